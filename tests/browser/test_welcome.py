"""The chat page before anything is asked: a card for each document, all of it to be clicked."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from tests.browser.conftest import Shoot, serving
from tests.browser.test_choosing import address_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]

ISSUER = "清溪市市场监督管理局、清溪市发展和改革委员会、清溪市工业和信息化局、清溪市财政局"


@pytest.fixture(scope="module")
def dozen(
    tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder
) -> Iterator[Callable[[int], str]]:
    """A service over so many documents."""
    started = []

    def served(count: int) -> str:
        folder = tmp_path_factory.mktemp("dozen")
        for year in range(2024, 2024 - count, -1):
            text = f"清溪市{year}年工作要点\n\n{ISSUER}\n{year}年2月1日\n\n一、修建\n1.修路。（财政局）\n2.植树。（财政局）\n"
            (folder / f"plan-{year}.txt").write_text(text, encoding="utf-8")
        service = serving(Index.build(load_corpus(folder), segmenter, encoder), [])
        started.append(service)
        return service.__enter__()

    yield served
    for service in started:
        service.__exit__(None, None, None)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_document_says_what_may_be_asked_of_it(scheme: str, open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service, color_scheme=scheme)
    card = page.locator("#welcome .entry")
    assert card.locator(".facts span").all_text_contents() == ["國家認監委", "2017-02-15", "38项"]
    assert card.locator(".offers").first.locator(".chip").count() == 4
    shoot(page, f"welcome-{scheme}")
    card.get_by_role("button", name="法律部 8").click()
    turn = page.locator(".turn")
    turn.locator(".card").nth(7).wait_for()
    assert turn.locator(".card").count() == 8
    page.get_by_role("button", name="新的对话").click()
    card.locator(".offers").first.get_by_role("button").nth(2).click()
    page.locator(".turn .said", has_text="6项").wait_for()


def test_of_several_documents_each_asks_its_own(open_page: "Open", library: str, shoot: Shoot) -> None:
    page = open_page(library)
    shoot(page, "welcome-several")
    card = page.locator("#welcome .entry", has_text="2023年清溪市工作要点").first
    card.locator("summary", has_text="牵头部门").click()
    card.get_by_role("button", name="教育局").first.click()
    page.locator(".turn .card").first.wait_for()
    assert address_of(page)["document"] == ["plan-2023"]


def test_of_more_than_a_dozen_the_newest_are_shown(
    open_page: "Open", dozen: Callable[[int], str], shoot: Shoot
) -> None:
    assert open_page(dozen(12)).locator("#welcome .entry").count() == 12
    page = open_page(dozen(13))
    assert page.locator("#welcome .entry").count() == 6
    page.get_by_role("button", name="选一份来问").click()
    page.locator("#picker [role=option]").nth(13).wait_for()
    shoot(page, "welcome-many")


@pytest.mark.parametrize("width", [1200, 800, 320])
def test_a_long_issuer_does_not_break_the_card(
    width: int, open_page: "Open", dozen: Callable[[int], str], shoot: Shoot
) -> None:
    page = open_page(dozen(2), width=width)
    card = page.locator("#welcome .entry").first
    heights = card.locator(".facts span").evaluate_all("(all) => all.map((one) => one.getClientRects().length)")
    assert heights[1:] == [1] * len(heights[1:])  # date and count are not broken
    issuer, facts = card.locator(".issuer").bounding_box(), card.locator(".facts").bounding_box()
    assert issuer
    assert facts
    assert issuer["width"] > facts["width"] * 0.8  # not set in a narrow column
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shoot(page, f"welcome-issuer-{width}")
