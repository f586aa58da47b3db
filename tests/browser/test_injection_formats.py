"""Markup in every field of a document, in every format that it can come in, on every page: with the pages' policy taken
away nothing of it runs either.

n: 6 formats × 5 payloads, 9 fields each; 5 pages and the two answers of each document.
"""

from collections.abc import Callable, Iterator
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from openpyxl import Workbook

from index import Segmenter
from service.library import Library
from tests.browser.conftest import becomes
from tests.browser.test_injection import ATTRIBUTES, WATCH
from tests.conftest import CharacterEncoder
from tests.libraries import Kept, assistant_over, kept_in, served_by
from tests.readers.pdfs import column_of, pdf
from tests.readers.word_files import table, word_file
from tests.readers.words import p
from tests.running import running

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]

PAYLOADS = (
    "<img src=x onerror=pwned()>",
    "<svg onload=pwned()>",
    "\"'><script>pwned()</script>",
    "<a href=javascript:pwned()>甲</a>",
    "</title></script><iframe srcdoc='<script>parent.pwned()</script>'>",
)
ELEMENTS = "img:not([src^='/']), svg[onload], iframe, script:not([src]), [onerror], [onload], a[href^='javascript:']"


def lines(mark: str) -> list[str]:
    """Title, issuer, section, text, departments, deadline, annex."""
    return [
        f"关于{mark}工作的通知", f"{mark}市数据局", "2025年3月1日", f"一、{mark}重点任务",
        f"1.办好{mark}甲事，2025年6月底前{mark}完成。(牵头部门:{mark}局，协作部门：乙{mark}局；完成时限：2025年6月底前{mark})",
        f"2.办好{mark}乙事，各单位要认真组织实施。（责任单位：{mark}局）", "附件1", f"{mark}任务清单",
    ]  # fmt: skip


def rows(mark: str) -> list[list[str]]:
    """Of the annex."""
    return [["序号", f"{mark}任务", "责任单位", "完成时限"], ["1", f"建成{mark}平台", f"{mark}局", f"2025年{mark}"]]


def as_text(mark: str) -> bytes:
    return "\n".join(lines(mark)).encode()


def as_markdown(mark: str) -> bytes:
    """As it is, and in code, whose words stand for themselves."""
    head, *cells = ("|" + "|".join(row) + "|" for row in rows(mark))
    return "\n\n".join([*lines(mark), f"1.做`{mark}`", "\n".join([head, "|-|-|-|-|", *cells])]).encode()


def as_page(mark: str) -> bytes:
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}" for cell in row) for row in rows(mark))
    return f"<title>{escape(mark)}</title>{''.join(f'<p>{escape(one)}' for one in lines(mark))}<table>{cells}</table>".encode()


def as_word(mark: str) -> bytes:
    body = "".join(p(escape(one)) for one in lines(mark))
    return word_file(body + table(*([escape(cell) for cell in row] for row in rows(mark))), title=mark)


def as_sheet(mark: str) -> bytes:
    book, buffer = Workbook(), BytesIO()
    assert book.active is not None
    for row in [[lines(mark)[0]], *rows(mark)]:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def as_pdf(mark: str) -> bytes:
    return pdf([column_of(lines(mark))])


FORMATS = {"txt": as_text, "md": as_markdown, "html": as_page, "docx": as_word, "xlsx": as_sheet, "pdf": as_pdf}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Every format with every payload, the payload in its file's name and in its id, too."""
    folder = tmp_path_factory.mktemp("library")
    kept = kept_in(folder)
    for suffix, made in FORMATS.items():
        for number, mark in enumerate(PAYLOADS):
            file = folder / f"in.{suffix}"
            file.write_bytes(made(mark))
            named = mark.replace("/", "")
            kept.library.add(file, name=f"{named}.{suffix}", id=f"{suffix}{number}{named}"[:100], by=mark)
    return kept


@pytest.fixture(scope="module")
def address(kept: Kept, segmenter: Segmenter) -> Iterator[str]:
    with running(served_by(assistant_over(kept.library, segmenter, CharacterEncoder()), kept)) as address:
        yield address


@pytest.fixture
def page(open_page: "Open", address: str) -> "Page":
    page = open_page(f"{address}/livez", bypass_csp=True, quiet=True)
    page.add_init_script(WATCH)
    return page


def check(page: "Page") -> None:
    page.wait_for_timeout(50)
    assert page.locator(ELEMENTS).count() == 0
    assert page.locator("body").evaluate(ATTRIBUTES) == 0
    assert page.evaluate("window.ran") == 0


def ids(library: Library) -> list[str]:
    """Of the documents made of markup."""
    return [one.id for one in library.list() if one.id.startswith(tuple(FORMATS))]


def test_without_a_policy_markup_would_run(page: "Page") -> None:
    """Else what follows would prove nothing."""
    page.goto(page.url)
    page.evaluate(f"document.body.innerHTML = {PAYLOADS[0]!r}")
    becomes(page, "window.ran === 1")


def test_a_document_shows_markup_as_text(page: "Page", address: str, kept: Kept) -> None:
    shown = ids(kept.library)
    assert len(shown) == len(FORMATS) * len(PAYLOADS)
    for id in shown:
        page.goto(f"{address}/documents/{quote(id, safe='')}")
        text = page.locator("article.source").text_content() or ""
        assert any(mark[:8] in text for mark in PAYLOADS), id
        check(page)


@pytest.mark.parametrize("path", ["/", "/documents", "/demo"])
def test_a_page_of_all_shows_markup_as_text(path: str, page: "Page", address: str) -> None:
    page.goto(address + path)
    check(page)


@pytest.mark.parametrize("suffix", FORMATS)
def test_answers_show_markup_as_text(suffix: str, page: "Page", address: str, kept: Kept) -> None:
    for id in [one for one in ids(kept.library) if one.startswith(suffix)][:2]:
        page.goto(f"{address}/?document={quote(id, safe='')}")
        for at, question in enumerate(("按部门分组列出所有任务", "第1项讲什么")):
            page.locator("#question").fill(question)
            page.keyboard.press("Enter")
            page.locator(".turn").nth(at).locator(".said, .card").first.wait_for()
        check(page)
        assert any(mark[:8] in (page.locator("#turns").text_content() or "") for mark in PAYLOADS)


def test_the_box_shows_markup_as_text(page: "Page", address: str) -> None:
    page.goto(f"{address}/demo")
    field = page.get_by_role("combobox").first
    for asked in ("甲事", "pwned", "平台"):
        field.fill(asked)
        page.get_by_role("option").first.wait_for()
        check(page)
    field.press("Enter")
    check(page)


def test_the_library_shows_markup_as_text(page: "Page", address: str, kept: Kept) -> None:
    page.goto(f"{address}/library")
    page.get_by_label("密钥").fill(kept.keys["admin"])
    page.get_by_role("button", name="使用").click()
    page.locator("#desk").wait_for()
    check(page)
    for number in range(0, page.locator(".entry").count(), 4):
        page.locator(".entry").nth(number).click()
        page.locator("#opened:not([hidden])").wait_for()
        page.locator("#read").locator("*").first.wait_for(state="attached")
        check(page)
