"""Several documents, and more items than a reply lists."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from tests.browser.conftest import Host, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder, host: Host) -> Iterator[str]:
    """Two documents without sections, of 6 and of 240 items that all speak of 采购."""
    folder = tmp_path_factory.mktemp("many")
    for name, title, count in (("a", "甲市采购办法", 6), ("b", "乙市采购办法", 240)):
        items = "".join(f"{number}、第{number}类物资的采购应当公开。\n" for number in range(1, count + 1))
        (folder / f"{name}.txt").write_text(f"{title}\n{items}", encoding="utf-8")
    with serving(Index.build(load_corpus(folder), segmenter, encoder), [host.origin]) as address:
        yield address


def test_the_box_names_the_document_and_counts_what_it_does_not_list(open_page: "Open", many: str, host: Host) -> None:
    tag = f"<!doctype html><title>x</title><script type=module src={many}/search-box.js></script><yaodian-search></yaodian-search>"
    page = open_page(host.serve("/many", tag))
    page.get_by_role("combobox").fill("采购")
    page.get_by_role("combobox").press("Enter")
    page.get_by_text("这里列出前200项，共246项").wait_for()
    assert page.get_by_role("option").count() == 200
    assert page.get_by_role("option").nth(0).locator(".where").text_content() == "第1项《甲市采购办法》"
    assert page.get_by_role("option").nth(6).locator(".where").text_content() == "第1项《乙市采购办法》"
    assert page.get_by_role("status").text_content() == "共有246项任务涉及“采购”。答案共246项"
    page.evaluate("document.querySelector('yaodian-search').setAttribute('document', 'a')")
    page.get_by_role("combobox").press("Enter")
    page.get_by_text("共有6项任务涉及“采购”").first.wait_for()
    assert page.get_by_role("option").nth(0).locator(".where").text_content() == "第1项"


def test_the_chat_shows_cards_below_their_document(open_page: "Open", many: str) -> None:
    page = open_page(f"{many}/?q=采购")
    page.get_by_text("网页上至多列出前200项，下载的文件里是全部246项。").wait_for()
    assert page.locator(".group h3").all_text_contents() == ["甲市采购办法", "乙市采购办法"]
    assert page.locator(".group").nth(0).locator(".card").count() == 6
    assert page.locator(".group").nth(1).locator(".card").count() == 4  # ten at first
    assert page.locator(".group").nth(1).locator(".own").text_content() == "共240项，这里列出194项"
    next_chips = page.locator(".next").bounding_box()
    assert next_chips
    assert next_chips["y"] < 1600
    for shown, label in ((60, "再看50项（还有190项）"), (110, "再看50项（还有140项）")):
        page.get_by_role("button", name=label).click()
        assert page.locator(".turn .card").count() == shown
    page.get_by_text("表格", exact=True).click()
    assert page.locator("table.items tbody tr").count() == 20


def test_unlike_documents_are_shown_side_by_side_and_not_as_changes(open_page: "Open", many: str) -> None:
    page = open_page(f"{many}/?q=比较《甲市采购办法》和《乙市采购办法》")
    page.get_by_text("是两份不同的文件，不是前后两个版本").first.wait_for()
    chips = page.locator(".chips.kinds .chip").all_text_contents()
    assert [chip.split()[0] for chip in chips] == ["全部", "写得一样", "只在《乙市采购办法》"]
    assert page.locator("table.changes thead th").all_text_contents() == ["《甲市采购办法》", "《乙市采购办法》"]
    assert page.locator("table.changes del, table.changes ins").count() == 0
