"""A conversation: kept over reload and Back, begun anew, copied, printed; what is wrong with an answer is told."""

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from tests.browser.conftest import Shoot, becomes, serving
from tests.browser.test_pages import ask, labels_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]

CLIPBOARD = ["clipboard-read", "clipboard-write"]
THREE = ["哪些任务涉及一带一路", "第二个呢", "它由谁牵头"]


@pytest.fixture(scope="module")
def forgetful(first: Index) -> Iterator[str]:
    """A service that keeps no questions."""
    with serving(first, []) as address:
        yield address


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Iterator[str]:
    """Sixty items that all speak of 采购."""
    folder = tmp_path_factory.mktemp("sixty")
    items = "".join(f"{number}、第{number}类物资的采购应当公开。\n" for number in range(1, 61))
    (folder / "a.txt").write_text(f"甲市采购要点\n{items}", encoding="utf-8")
    with serving(Index.build(load_corpus(folder), segmenter, encoder), []) as address:
        yield address


def three_asked(page: "Page") -> list[str]:
    """Asks three questions; gives what was answered."""
    for question in THREE:
        ask(page, question)
    return answers(page, 3)


def answers(page: "Page", count: int) -> list[str]:
    becomes(page, "(count) => document.querySelectorAll('.turn[data-answered]').length === count", count)
    return page.locator(".turn .said, .turn .cards .text").all_text_contents()


def test_it_survives_a_reload(open_page: "Open", service: str) -> None:
    page = open_page(service)
    said = three_asked(page)
    page.evaluate("window.scrollTo(0, 150)")
    page.reload()
    assert answers(page, 3) == said
    assert page.locator(".asked").all_text_contents() == THREE
    becomes(page, "window.scrollY === 150")
    assert ask(page, "下一项呢").locator(".cards .where a").first.text_content() == "第33项"  # it goes on from there


def test_it_survives_going_away_and_back(open_page: "Open", service: str) -> None:
    page = open_page(service)
    said = three_asked(page)
    page.get_by_role("link", name="2017年認證認可工作要點").first.click()
    page.wait_for_url("**/documents/cnca-2017")
    page.get_by_role("link", name="提问").click()
    assert answers(page, 3) == said
    page.goto(f"{service}/?q=第7项")  # a link of its own begins another
    assert len(answers(page, 1)) == 1
    page.go_back()
    assert answers(page, 3) == said


def test_a_new_one_forgets_it(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service)
    assert not page.get_by_role("button", name="新的对话").is_visible()
    three_asked(page)
    shoot(page, "conversation")
    page.get_by_role("button", name="新的对话").click()
    assert page.locator("#welcome").is_visible()
    assert page.locator(".turn").count() == 0
    assert page.url == f"{service}/"
    assert page.locator("#question").evaluate("(node) => document.activeElement === node")
    page.reload()
    assert page.locator("#welcome").is_visible()
    page.goto(service)
    assert page.locator("#welcome").is_visible()
    assert ask(page, "第二个呢").locator(".declined").count() == 1  # nothing goes before it


def test_where_it_cannot_be_asked_again_it_may_be_tried_later(open_page: "Open", service: str) -> None:
    page = open_page(service, quiet=True)
    said = three_asked(page)
    page.route("**/api/ask", lambda route: route.abort())
    page.reload()
    page.locator(".failed").wait_for()
    page.unroute("**/api/ask")
    page.get_by_role("button", name="重试").click()
    assert answers(page, 3) == said
    assert page.locator(".turn").count() == 3


def test_where_nothing_can_be_kept_the_page_works(open_page: "Open", service: str) -> None:
    page = open_page(service)
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('refused'); }})")
    page.reload()
    assert labels_of(ask(page, "第7项")) == ["第7项"]


def test_the_whole_is_copied_as_text_and_as_html(open_page: "Open", service: str) -> None:
    page = open_page(service, permissions=CLIPBOARD)
    three_asked(page)
    page.get_by_role("button", name="复制整段对话").click()
    page.get_by_role("button", name="已复制").wait_for()
    text, html = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          return Promise.all(["text/plain", "text/html"].map(async (type) => (await item.getType(type)).text()));
        }"""
    )
    first, second, third = text.split("\n\n")
    assert first.startswith(
        "哪些任务涉及一带一路\n理解为：涉及“一带一路”的任务\n共有2项任务涉及“一带一路”：\n“深入實施"
    )
    assert "\n——《2017年認證認可工作要點》　國家認監委　2017-02-15\n" in first
    assert re.search(r"\n索引版本 [0-9a-f]{12}，20\d\d-\d\d-\d\d \d\d:\d\d 提问\nhttp://127", first)
    assert second.startswith("第二个呢（第32项）\n")
    assert "第32项：牵头部门：办公室" in third
    assert ">哪些任务涉及一带一路</h2>" in html
    assert f'href="{service}/documents/cnca-2017#item-31"' in html


def test_what_is_copied_says_where_it_is_cut(open_page: "Open", service: str) -> None:
    page = open_page(service, permissions=CLIPBOARD)
    turn = ask(page, "哪些任务涉及一带一路")
    turn.get_by_role("button", name="复制", exact=True).click()
    turn.get_by_role("button", name="已复制").wait_for()
    alone = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert alone[3].startswith("“深入實施《共同推動")
    assert alone[3].endswith("國際合作互認機制化。……”〔第31项〕")  # another sentence follows it
    assert alone[4].startswith("“廣泛動員")
    assert alone[4].endswith("典型。”〔第32项〕")  # whole
    page.get_by_role("button", name="复制整段对话").click()
    page.get_by_role("button", name="已复制").nth(0).wait_for()
    becomes(page, "navigator.clipboard.readText().then((text) => text.includes('索引版本'))")
    whole = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert whole[:5] == alone[:5]  # the same text


def test_what_is_copied_is_whole(open_page: "Open", many: str) -> None:
    """More items than the answer's own lines name: none is said to be in a list that is not copied."""
    page = open_page(many, permissions=CLIPBOARD)
    turn = ask(page, "采购")
    assert "见列表" not in (turn.locator(".said").text_content() or "")  # it stands right below
    turn.get_by_role("button", name="复制", exact=True).click()
    turn.get_by_role("button", name="已复制").wait_for()
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert [line for line in lines if line.startswith("“")] == [
        f"“第{n}类物资的采购应当公开。”〔第{n}项〕" for n in range(1, 61)
    ]
    assert not any("见列表" in line for line in lines)


def test_what_is_printed_says_what_it_is_from(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "国际部牵头哪些任务")
    turn.locator(".provenance span").wait_for(state="attached")
    assert not turn.locator(".provenance").is_visible()
    page.emulate_media(media="print")
    said = turn.locator(".provenance").inner_text()
    assert re.fullmatch(
        r"《2017年認證認可工作要點》　國家認監委　2017-02-15\n索引版本 [0-9a-f]{12}，[-\d]+ [:\d]+ 提问", said
    )
    assert not page.locator("#dialogue").is_visible()


@pytest.mark.parametrize("question", ["国际部牵头哪些任务", "哪些任务涉及碳排放"])
def test_a_report_is_copied_where_no_questions_are_kept(question: str, open_page: "Open", forgetful: str) -> None:
    page = open_page(forgetful, permissions=CLIPBOARD)
    turn = ask(page, question)
    turn.get_by_role("button", name="漏了").click()
    turn.get_by_role("button", name="报告已复制，请发给维护的人").wait_for()
    report = page.evaluate("navigator.clipboard.readText()")
    assert report.startswith(f"这个答案漏了（请写明漏了哪一项）：\n问题：{question}\n理解为：")
    assert ("列出的条目：第31项" in report) == (question == "国际部牵头哪些任务")
    assert re.search(r"\n索引版本：[0-9a-f]{12}\n时间：", report)


def test_only_questions_are_kept(open_page: "Open", service: str) -> None:
    page = open_page(service)
    three_asked(page)
    kept = json.loads(page.evaluate("sessionStorage.getItem('yaodian-conversations')"))
    ((conversation),) = kept.values()
    assert [turn["question"] for turn in conversation["turns"]] == THREE
    assert set(conversation["turns"][0]) == {"question", "document", "at", "version"}
