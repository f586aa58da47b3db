"""axe-core finds nothing serious on the pages and in the open box, light and dark."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import unavailable

if TYPE_CHECKING:
    from playwright.sync_api import Page

STATES = {
    "chat": ("/", "#question", None),
    "answer": ("/?q=哪些任务涉及认证", None, ".card"),
    "conversation": ("/?q=哪些任务涉及一带一路", None, "#dialogue:not([hidden]) .anew"),
    "reading aid": ("/?q=哪些任务涉及一带一路", "简", ".converted"),
    "source": ("/?q=哪些任务涉及一带一路#source=cnca-2017/31", None, "dialog .cited"),
    "table": ("/?q=哪个部门牵头最多", None, "tbody"),
    "table of items": ("/?q=列出所有任务", "表格", "table.items"),
    "groups of items": ("/?q=列出所有任务", "按部门", ".in-group .card"),
    "columns": ("/?q=列出所有任务", "表格", "table.items"),
    "words for all": ("/?q=法律部协作的任务且涉及电商", None, ".for-all"),
    "perhaps": ("/?q=几个国家一起认一张证", None, ".nearest"),
    "declined": ("/?q=哪些任务涉及垃圾分类", None, ".declined"),
    "document": ("/documents/cnca-2017#item-31", None, ":target"),
    "demo": ("/demo", None, "yaodian-search"),
    "results": ("/demo", "一带一路", "yaodian-search mark"),
    "box answer": ("/demo", "国际部参与哪些任务\n", "yaodian-search [part=answer]"),
    "box table": ("/demo", "哪个部门牵头最多\n", "yaodian-search tbody"),
    "recent": ("/demo", "第7项\n", "yaodian-search [role=option]"),
    "nothing": ("/demo", "qqq", "yaodian-search .action"),
}
OF_SEVERAL = {
    "welcome": ("/", "#question"),
    "choosing": ("/", "#picker [role=option]"),
    "groups": ("/?q=垃圾分类", ".group .card"),
    "changes": ("/?q=和去年比有什么变化", "table.changes"),
    "years": ("/?q=各年各部门牵头几项", "table.years"),
    "absent": ("/?document=absent", "#absent"),
    "documents": ("/documents?q=2023", ".entry"),
    "other years": ("/documents/plan-2023#item-99", ".editions"),
}


@pytest.fixture(scope="module")
def axe() -> str:
    path = os.environ.get("YAODIAN_AXE")
    if not path or not Path(path).is_file():
        unavailable("没有 axe-core：npm install axe-core，再设 YAODIAN_AXE=node_modules/axe-core/axe.min.js")
    return Path(path or "").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_nothing_serious_is_found(
    state: str, scheme: str, axe: str, open_page: "Callable[..., Page]", service: str
) -> None:
    path, typed, awaited = STATES[state]
    page = open_page(service + path, color_scheme=scheme)
    if path == "/demo" and typed:
        page.get_by_role("combobox").first.click()
        page.keyboard.type(typed.strip())
        if typed.endswith("\n"):
            page.keyboard.press("Enter")
    if path.startswith("/?q=") and typed:
        page.locator(".card, table").first.wait_for()
        page.locator(".scripts").get_by_text(typed, exact=True).first.click()
    if awaited:
        page.locator(awaited).first.wait_for()
    if state in ("columns", "words for all"):
        page.locator(".columns summary" if state == "columns" else ".for-all summary").first.click()
    if state == "recent":
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
    check(page, axe)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_nothing_serious_is_found_in_what_is_read_in_simplified(
    width: int, scheme: str, axe: str, open_page: "Callable[..., Page]", service: str
) -> None:
    page = open_page(service, width=width, color_scheme=scheme)
    page.get_by_text("简", exact=True).click()
    page.locator(".aid-note").wait_for()
    check(page, axe)
    page.goto(f"{service}/?q=法律部协作的任务#source=cnca-2017/20")  # a table, its rows in one column on a phone
    page.locator("dialog .aid-place").wait_for()
    check(page, axe)
    page.keyboard.press("Escape")
    page.locator(".views").get_by_text("表格", exact=True).click()
    page.locator("table.items").wait_for()
    check(page, axe)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", OF_SEVERAL)
def test_nothing_serious_is_found_with_several_documents(
    state: str, scheme: str, axe: str, open_page: "Callable[..., Page]", library: str
) -> None:
    path, awaited = OF_SEVERAL[state]
    page = open_page(library + path, color_scheme=scheme)
    if state == "choosing":
        page.locator("#chooser").click()
    page.locator(awaited).first.wait_for()
    check(page, axe)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_nothing_serious_is_found_in_a_document_with_a_table(
    width: int, scheme: str, axe: str, open_page: "Callable[..., Page]", tabled: str
) -> None:
    page = open_page(f"{tabled}/documents/tasks#item-a1.2", width=width, color_scheme=scheme)
    page.locator("tbody:target").wait_for()
    check(page, axe)


def check(page: "Page", axe: str) -> None:
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        (violation["id"], node["target"], node["failureSummary"])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert serious == []
    assert len(found["passes"]) > 10
