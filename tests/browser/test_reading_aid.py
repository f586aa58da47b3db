"""In 简, what is written in Traditional is read in Simplified, and quoted as it is."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.conftest import Shoot
from tests.browser.test_pages import ask, labels_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]


def test_in_hans_items_are_read_in_simplified(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("简", exact=True).click()
    turn = ask(page, "哪些任务涉及一带一路")
    text = turn.locator(".card .text").first
    assert text.text_content().startswith("深入实施《共同推动认证认可服务“一带一路”建设")  # type: ignore[union-attr]
    assert turn.locator("mark").all_text_contents() == ["一带一路", "一带一路", "一带一路"]
    assert turn.locator(".department").first.text_content() == "国际部"  # one script within a line
    assert turn.locator(".converted span").text_content() == "文件写的是繁体，下面转为简体供阅读"
    shoot(page, "aid")
    turn.get_by_role("button", name="复制", exact=True).click()
    turn.get_by_role("button", name="已复制").wait_for()
    assert "“深入實施《共同推動" in page.evaluate("navigator.clipboard.readText()")
    turn.get_by_role("button", name="看原文用字").click()
    assert text.text_content().startswith("深入實施")  # type: ignore[union-attr]
    assert labels_of(turn) == ["第31项", "第32项"]
    back = turn.get_by_role("button", name="转为简体")
    assert back.evaluate("(node) => document.activeElement === node")
    back.click()
    assert text.text_content().startswith("深入实施")  # type: ignore[union-attr]
    assert turn.locator(".next").count() == 1


def test_the_department_asked_about_is_marked_and_tables_are_copied_as_written(open_page: "Open", service: str) -> None:
    page = open_page(service, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("简", exact=True).click()
    turn = ask(page, "法律部协作且由国际部牵头的任务")
    assert turn.locator(".sought").first.evaluate("(node) => node.firstChild.textContent") == "国际部"
    turn = ask(page, "哪些任务涉及一带一路")
    turn.locator(".views").get_by_text("表格", exact=True).click()
    assert turn.locator("td.lead").first.text_content() == "国际部"
    turn.get_by_role("button", name="复制表格").click()
    turn.get_by_role("button", name="已复制").wait_for()
    assert "國際部" in page.evaluate("navigator.clipboard.readText()")


def test_the_choice_is_remembered_and_said_again(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "哪个部门牵头最多")
    assert turn.locator("tbody th").first.text_content() == "認可部"
    assert turn.locator(".converted").count() == 0  # nothing was chosen
    page.get_by_text("简", exact=True).click()
    page.locator("tbody th", has_text="认可部").first.wait_for()
    page.reload()
    page.locator("tbody th", has_text="认可部").first.wait_for()
    page.get_by_text("繁", exact=True).click()
    page.locator("tbody th", has_text="認可部").first.wait_for()


def test_of_an_earlier_answer_nothing_is_gone_on_from(open_page: "Open", service: str) -> None:
    page = open_page(service)
    page.get_by_text("简", exact=True).click()
    first = ask(page, "第7项")
    ask(page, "第8项")
    first.get_by_role("button", name="看原文用字").click()
    assert page.locator(".next").count() == 1
    assert first.locator(".next").count() == 0


def test_beside_the_answer_the_source_stays_verbatim(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service)
    page.get_by_text("简", exact=True).click()
    ask(page, "哪些任务涉及一带一路").get_by_role("link", name="第31项").click()
    cited = page.locator("dialog .cited")
    assert cited.locator(".text").first.text_content().startswith("深入實施")  # type: ignore[union-attr]
    assert cited.locator(".aid").text_content().startswith("深入实施")  # type: ignore[union-attr]
    assert cited.locator(".aid mark").first.text_content() == "一带一路"
    assert cited.locator(".facts span").first.text_content() == "牵头：国际部"
    shoot(page, "aid-source")
