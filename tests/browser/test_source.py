"""The source beside the answer: opened by a citation, read item by item, closed by Escape and by Back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Shoot, becomes
from tests.browser.test_pages import ask

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    Open = Callable[..., Page]

FOCUSED = "(node) => document.activeElement === node"


def opened(page: "Page", citation: "Locator") -> "Locator":
    """Opens the source by a click, and gives its panel once the item is there."""
    citation.click()
    panel = page.locator("dialog.beside")
    panel.locator(".cited").wait_for()
    return panel


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_citation_opens_its_item_in_its_place(scheme: str, open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service, color_scheme=scheme)
    card = ask(page, "哪些任务涉及一带一路").locator(".card").first
    before = card.bounding_box()
    panel = opened(page, card.get_by_role("link", name="第31项"))
    assert panel.locator("h2").text_content() == "《2017年認證認可工作要點》"
    assert panel.locator(".path").text_content().startswith("三、")  # type: ignore[union-attr]
    assert panel.locator(".label").all_text_contents() == ["第29项", "第30项", "第31项", "第32项", "第33项"]
    assert panel.locator(".cited mark").first.text_content() == "一帶一路"
    assert panel.locator(".cited").is_visible()
    assert panel.locator(".cited .lead").all_text_contents() == ["國際部"]
    after = card.bounding_box()
    assert before
    assert after
    assert (after["width"], after["y"]) == (before["width"], before["y"])  # the answer is not set anew
    assert panel.get_by_role("link", name="看全文").get_attribute("href") == "/documents/cnca-2017#item-31"
    assert panel.get_by_role("link", name="下载原文件").get_attribute("href") == "/documents/cnca-2017/original"
    shoot(page, f"source-{scheme}")


def test_the_items_named_in_the_prose_open_it_too(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "一带一路的任务由谁牵头")
    assert turn.locator(".said").text_content() == "第31项：牵头部门：国际部\n第32项：牵头部门：办公室"
    panel = opened(page, turn.locator(".said").get_by_role("link", name="第32项"))
    assert panel.locator(".cited .label").text_content() == "第32项"


def test_the_documents_own_words_for_all_stand_in_it(open_page: "Open", service: str) -> None:
    page = open_page(service)
    panel = opened(page, ask(page, "第32项").locator(".card").get_by_role("link", name="第32项"))
    words = panel.locator(".cited .for-all summary")
    assert words.text_content() == "各部室、下屬單位"
    assert panel.locator(".cited .names").is_hidden()
    words.click()
    assert (panel.locator(".cited .names").text_content() or "").startswith("指：")


def test_it_is_read_on_item_by_item(open_page: "Open", service: str) -> None:
    page = open_page(service)
    panel = opened(page, ask(page, "第2项").locator(".card").get_by_role("link", name="第2项"))
    cited = panel.locator(".cited .label")
    panel.get_by_role("button", name="上一项").click()
    becomes(page, "document.querySelector('.cited .label').textContent === '第1项'")
    assert panel.get_by_role("button", name="上一项").get_attribute("aria-disabled") == "true"
    assert panel.get_by_role("button", name="上一项").evaluate(FOCUSED)
    page.keyboard.press("Enter")
    assert cited.text_content() == "第1项"
    panel.get_by_role("button", name="下一项").click()
    becomes(page, "document.querySelector('.cited .label').textContent === '第2项'")
    becomes(page, "document.querySelector('dialog [role=status]').textContent === '第2项'")
    assert page.url.endswith("#source=cnca-2017/2")
    page.go_back()  # however far it was read
    becomes(page, "!document.querySelector('dialog.beside').open")


@pytest.mark.parametrize("width", [1300, 900, 390])
def test_escape_and_back_close_it_and_the_focus_returns(
    width: int, open_page: "Open", service: str, shoot: Shoot
) -> None:
    page = open_page(service, width=width)
    link = ask(page, "国际部牵头哪些任务").locator(".card").get_by_role("link", name="第31项")
    asked = page.url
    panel = opened(page, link)
    assert panel.locator("h2").evaluate(FOCUSED)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shoot(page, f"source-{width}")
    page.keyboard.press("Escape")
    becomes(page, "!document.querySelector('dialog.beside').open")
    assert link.evaluate(FOCUSED)
    assert page.url == asked
    opened(page, link)
    page.go_back()
    becomes(page, "!document.querySelector('dialog.beside').open")
    assert link.evaluate(FOCUSED)
    opened(page, link)
    panel.get_by_role("button", name="关闭原文").click()
    becomes(page, "!document.querySelector('dialog.beside').open")
    assert page.locator(".turn").count() == 1


def test_the_address_opens_it(open_page: "Open", service: str) -> None:
    page = open_page(f"{service}/?q=哪些任务涉及一带一路#source=cnca-2017/32")
    panel = page.locator("dialog.beside")
    panel.locator(".cited").wait_for()
    assert panel.locator(".cited .label").text_content() == "第32项"
    page.locator(".turn .card").first.wait_for()
    page.keyboard.press("Escape")
    becomes(page, "!document.querySelector('dialog.beside').open")
    assert "#" not in page.url
    assert page.locator(".turn").count() == 1


def test_with_ctrl_a_citation_opens_the_document(open_page: "Open", service: str) -> None:
    page = open_page(service)
    link = ask(page, "第7项").locator(".card").get_by_role("link", name="第7项")
    with page.context.expect_page() as other:
        link.click(modifiers=["ControlOrMeta"])
    other.value.wait_for_url("**/documents/cnca-2017#item-7")
    assert not page.locator("dialog.beside").evaluate("(panel) => panel.open")


def test_a_question_may_be_asked_beside_it(open_page: "Open", service: str) -> None:
    page = open_page(service, width=1300)
    opened(page, ask(page, "第7项").locator(".card").get_by_role("link", name="第7项"))
    ask(page, "第8项").locator(".card").wait_for()
    assert page.locator("dialog.beside .cited .label").text_content() == "第7项"
    page.go_back()
    becomes(page, "!document.querySelector('dialog.beside').open")
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == "第8项"


def test_an_item_that_cannot_be_had_is_said(open_page: "Open", service: str) -> None:
    page = open_page(f"{service}/#source=cnca-2017/99", quiet=True)
    page.locator("dialog.beside .failed").wait_for()
    assert page.locator("dialog.beside .failed").text_content() == "这份文档没有这个编号的条目。"


def test_what_is_said_does_not_take_a_longer_label_for_a_shorter(open_page: "Open", service: str) -> None:
    page = open_page(service)
    said = page.evaluate(
        """async () => {
          const { linked } = await import("/web/said.js");
          const items = [{ label: "第3项", url: "/a" }, { label: "附件1第4项", url: "/b" }];
          return linked("附件2第3项、第3项、附件1第4项", items).map((part) => part.href ? `<${part.textContent}>` : part).join("");
        }"""
    )
    assert said == "附件2第3项、<第3项>、<附件1第4项>"
