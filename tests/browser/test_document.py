"""The document page where the document is a table, has attachments, or only a few items."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Shoot

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]

PAGE = "/documents/tasks"


def test_a_link_leads_to_the_row_of_a_table(open_page: "Open", tabled: str, shoot: Shoot) -> None:
    page = open_page(f"{tabled}{PAGE}#item-a1.2", height=500)
    target = page.locator("tbody:target")
    assert target.locator("td").all_text_contents() == ["2", "更新学校的数据目录。", "市数据局、市教育局", "长期"]
    assert target.evaluate("(node) => getComputedStyle(node).backgroundColor") == "rgb(255, 233, 168)"
    assert page.title().startswith("附件1第2项 · ")
    assert page.locator("table.rows thead th").all_text_contents() == ["序号", "任务", "责任单位", "完成时限"]
    shoot(page, "document-table")


def test_a_department_filters_the_rows(open_page: "Open", tabled: str) -> None:
    page = open_page(tabled + PAGE)
    page.get_by_role("button", name="市教育局").click()
    assert page.locator(".item:visible").evaluate_all("(all) => all.map((one) => one.id)") == ["item-a1.2"]
    assert page.locator("h2.title").is_visible()
    assert not page.get_by_role("heading", name="一、重点任务").is_visible()
    page.get_by_role("button", name="市水务局").click()
    assert page.locator(".item:visible").count() == 1
    assert not page.locator("table.rows").is_visible()
    assert page.get_by_role("heading", name="一、重点任务").is_visible()


def test_deadlines_stand_at_items_and_in_cells(open_page: "Open", tabled: str) -> None:
    page = open_page(tabled + PAGE)
    assert page.locator("#item-1 .due").text_content() == "时限 2025-06-30"
    assert page.locator("tbody .due").all_text_contents() == ["时限 2025-12-31", "时限 2025-09-30"]


def test_the_outline_leads_to_the_attachment(open_page: "Open", tabled: str) -> None:
    page = open_page(tabled + PAGE, height=400)
    assert page.locator(".outline li").all_text_contents() == [
        "某市2025年任务分工的通知 1项",
        "一、重点任务",
        "附件1　任务分工表 3项",
    ]
    page.get_by_role("link", name="附件1").click()
    top = page.locator("h2.title").bounding_box()
    assert top
    assert 0 < top["y"] < 400


@pytest.mark.parametrize("width", [320, 390, 640])
def test_on_a_small_screen_each_cell_says_what_it_is(width: int, open_page: "Open", tabled: str, shoot: Shoot) -> None:
    page = open_page(tabled + PAGE, width=width, height=700, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cells = page.locator("#item-a1\\.1 td")
    said = cells.evaluate_all("(all) => all.map((one) => getComputedStyle(one, '::before').content)")
    assert [one.strip('"\u3000') for one in said] == ["序号", "任务", "责任单位", "完成时限"]
    lefts = cells.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().left)")
    assert len(set(lefts)) == 1  # one below the other
    page.locator("table.rows").scroll_into_view_if_needed()
    shoot(page, f"document-table-{width}")


def test_a_wide_screen_gives_a_table_more_room_than_a_line_of_text(open_page: "Open", tabled: str) -> None:
    widths = {}
    for width in (1100, 1280, 1920):
        page = open_page(tabled + PAGE, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        edges = "(one) => { const box = one.getBoundingClientRect(); return [box.left, box.right]; }"
        table, item, side = (page.locator(one).evaluate(edges) for one in ("table.rows", "#item-1", ".side"))
        assert table[0] > side[1]
        widths[width] = table[1] > item[1]
    assert widths == {1100: False, 1280: True, 1920: True}


def test_the_row_of_the_link_is_told_without_colours(open_page: "Open", tabled: str) -> None:
    page = open_page(f"{tabled}{PAGE}#item-a1.2", forced_colors="active")
    assert page.locator("tbody:target td").first.evaluate("(one) => getComputedStyle(one).borderTopWidth") == "3px"


def test_the_table_is_printed_with_its_head(open_page: "Open", tabled: str) -> None:
    page = open_page(tabled + PAGE, width=794)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    assert page.locator("table.rows thead").is_visible()
    assert page.locator("tbody.item:visible").count() == 3
    assert not page.get_by_text("下载原文件").is_visible()
    assert page.locator("thead").evaluate("(node) => getComputedStyle(node).display") == "table-header-group"
