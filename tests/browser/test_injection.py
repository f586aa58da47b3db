"""Markup in titles, texts, questions and answers is shown as text: nothing of it becomes an element or runs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from tests.browser.conftest import Host, becomes, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]

PAYLOADS = (Path(__file__).parent / "payloads.txt").read_text(encoding="utf-8").splitlines()
WATCH = "window.ran = 0; window.pwned = () => { window.ran += 1; }; window.alert = window.pwned;"
# what the pages build answers from; an element of any other name came from data
KNOWN = set(
    "A ARTICLE B BUTTON DEL DETAILS DIV FIELDSET H1 H2 H3 INPUT INS KBD LABEL LEGEND LI MARK OL P SECTION SPAN SUMMARY TABLE TBODY TD TH THEAD TR UL".split()
)
NAMES = """(root) => [...new Set([...root.querySelectorAll('*')].map((node) => node.tagName))]"""
ATTRIBUTES = """(root) => [...root.querySelectorAll('*')].flatMap((node) => [...node.attributes])
    .filter((one) => one.name.startsWith('on') || (/href|src|action|data$/i.test(one.name) && /^\\s*(javascript|data|vbscript):/i.test(one.value))).length"""


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder, host: Host
) -> Iterator[str]:
    """A service whose documents are made of markup: the id, the title, every item."""
    folder = tmp_path_factory.mktemp("hostile")
    items = "".join(f"{number}、{payload}。\n" for number, payload in enumerate(PAYLOADS, start=1))
    title = "关于<img src=x onerror=pwned()><script>pwned()</script>的通知"
    (folder / 'x"><img src=x onerror=pwned()>.txt').write_text(f"{title}\n{items}", encoding="utf-8")
    index = Index.build(load_corpus(folder), segmenter, encoder)
    assert len(index.items) == len(PAYLOADS) >= 80
    with serving(index, [host.origin]) as address:
        yield address


def check(page: "Page", root: str) -> None:
    assert set(page.locator(root).evaluate(NAMES)) <= KNOWN
    assert page.locator(root).evaluate(ATTRIBUTES) == 0
    assert page.evaluate("window.ran") == 0


def test_the_pages_show_markup_as_text(open_page: "Open", hostile: str) -> None:
    page = open_page(f"{hostile}/")
    page.add_init_script(WATCH)
    page.reload()
    page.locator(".documents a").click()
    page.locator(".item").first.wait_for()
    texts = page.locator(".item").all_text_contents()
    assert [text.strip() for text in texts] == [
        f"{number}、{payload}。" for number, payload in enumerate(PAYLOADS, start=1)
    ]
    assert page.locator("h1").text_content() == "关于<img src=x onerror=pwned()><script>pwned()</script>的通知"
    check(page, ".source")
    page.goto(f"{hostile}/demo")
    assert page.locator("yaodian-search").count() == 3
    assert page.evaluate("window.ran") == 0


def test_the_chat_shows_markup_as_text(open_page: "Open", hostile: str) -> None:
    page = open_page(f"{hostile}/")
    page.add_init_script(WATCH)
    page.reload()
    for at, payload in enumerate(PAYLOADS):
        page.locator("#question").fill(payload)
        page.keyboard.press("Enter")
        page.locator(".turn").nth(at).locator(".said, .card").first.wait_for()
        assert page.locator(".asked").nth(at).text_content() == payload.strip()
    check(page, "#turns")
    assert page.locator(".card").count() >= len(PAYLOADS)


# counts the replies to searches and to questions that the page has made use of
COUNT = """
    window.used = { search: 0, ask: 0 };
    const json = Response.prototype.json;
    Response.prototype.json = async function () {
      const reply = await json.call(this);
      setTimeout(() => { window.used[new URL(this.url).pathname.split("/").pop()] += 1; });
      return reply;
    };"""


def test_the_box_shows_markup_as_text_without_any_policy(open_page: "Open", hostile: str, host: Host) -> None:
    tag = f"<!doctype html><title>x</title><script>{WATCH}{COUNT}</script><script type=module src={hostile}/search-box.js></script><yaodian-search></yaodian-search>"
    page = open_page(host.serve("/unguarded", tag))
    field = page.get_by_role("combobox")
    field.click()
    page.get_by_role("option").first.wait_for()  # what it asks of the documents has come
    for used, payload in enumerate(PAYLOADS, start=1):
        for kind in ("search", "ask"):
            field.fill(payload) if kind == "search" else field.press("Enter")
            becomes(page, "([kind, used]) => window.used[kind] === used", [kind, used])
            check(page, "yaodian-search .box")


def test_the_attributes_of_the_box_are_text(open_page: "Open", hostile: str, host: Host) -> None:
    tag = f"<!doctype html><title>x</title><script>{WATCH}</script><script type=module src={hostile}/search-box.js></script><yaodian-search></yaodian-search>"
    page = open_page(host.serve("/unguarded", tag), quiet=True)
    box = page.locator("yaodian-search")
    set_to = "(box, [name, text]) => box.setAttribute(name, text)"
    for payload in PAYLOADS:
        box.evaluate(set_to, ["suggestions", payload.replace("|", "/")])
        page.get_by_role("combobox").click()
        page.get_by_role("option").first.wait_for()
        assert page.get_by_role("option").first.text_content() == payload.replace("|", "/").strip()
        check(page, "yaodian-search .box")
        page.keyboard.press("Escape")
    for name in ("placeholder", "question", "document", "endpoint", "theme", "lang", "shortcut"):
        box.evaluate(set_to, [name, "<img src=x onerror=pwned()>"])
        box.evaluate(set_to, [name, "javascript:pwned()"])
        page.get_by_role("combobox").click()
        page.wait_for_timeout(100)
        check(page, "yaodian-search .box")


def test_a_service_cannot_make_the_box_open_a_script(open_page: "Open", hostile: str, host: Host) -> None:
    """Even one that answers wrongly: an address that is not http(s) is not offered."""
    tag = f"<!doctype html><title>x</title><script>{WATCH}</script><script type=module src={hostile}/search-box.js></script><yaodian-search></yaodian-search>"
    page = open_page(host.serve("/unguarded", tag), quiet=True)

    def answer(route: object) -> None:
        reply = route.fetch()  # type: ignore[attr-defined]
        text = reply.text().replace("/documents/", "javascript:pwned()//")
        route.fulfill(response=reply, body=text)  # type: ignore[attr-defined]

    page.route("**/api/search**", answer)
    page.get_by_role("combobox").fill("script")
    page.get_by_text("问答服务回应有误。").first.wait_for()
    assert page.locator("yaodian-search [href^='javascript:']").count() == 0
    page.unroute("**/api/search**")
    page.get_by_role("button", name="重试").click()
    page.get_by_role("option").first.wait_for()
    assert page.evaluate("window.ran") == 0
