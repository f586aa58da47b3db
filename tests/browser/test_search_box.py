"""The search box in a real browser: typing, input methods, keys, states, on pages that are not its own."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import Host, Shoot

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    Open = Callable[..., Page]

WEB = Path(__file__).parents[2] / "service" / "web"
MODULE = WEB / "search-box.js"
TAG = "<!doctype html><meta charset=utf-8><title>内网</title>{tags}<script type=module src='{service}/search-box.js'></script>"
TYPED = "(text) => document.querySelector('yaodian-search').shadowRoot.querySelector('input').value === text"
SETTLED = 400  # milliseconds by which a search that typing causes has been sent


@pytest.fixture
def open_box(open_page: "Open", host: Host, service: str) -> "Open":
    """A plain page of another site, with these tags."""

    def opened(tags: str = "<yaodian-search></yaodian-search>", **more: Any) -> "Page":
        page = open_page(host.serve("/plain", TAG.format(tags=tags, service=service)), **more)
        page.wait_for_function("!!customElements.get('yaodian-search')")
        return page

    return opened


def field_of(page: "Page", at: int = 0) -> "Locator":
    return page.locator("yaodian-search").nth(at).get_by_role("combobox")


def options_of(page: "Page", at: int = 0) -> "Locator":
    return page.locator("yaodian-search").nth(at).get_by_role("option")


def hits_of(page: "Page", at: int = 0) -> "Locator":
    """The options that are items."""
    return options_of(page, at).filter(has=page.locator("b"))


@contextmanager
def stopped(page: "Page") -> Iterator[None]:
    """The page's clock stands still, but for `page.clock.run_for`: what is typed meanwhile is typed fast."""
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    yield
    page.clock.resume()


def requests_of(page: "Page") -> list[str]:
    """The paths asked of the API from now on, but for the list of documents."""
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if re.search("/api/(search|ask)", one.url) else None)
    return asked


def test_its_size_is_small(capsys: pytest.CaptureFixture[str]) -> None:
    size = len(gzip.compress(MODULE.read_bytes(), 9, mtime=0))
    with capsys.disabled():
        print(f" search-box.js: {size} bytes gzipped ", end="")
    assert size < 15 * 1024


@pytest.mark.parametrize("name", sorted(path.name for path in WEB.iterdir() if path.suffix in (".js", ".css")))
def test_it_uses_nothing_newer_than_chromium_86(name: str) -> None:
    source = (WEB / name).read_text(encoding="utf-8")
    newer = (
        r"\.at\(|structuredClone|Object\.hasOwn|replaceAll\(.*\bd\b|findLast|AbortSignal\.(timeout|any)|\binset:|:is\(|:where\(|:has\("
        r"|margin-inline|padding-inline|\\binset-|@container|@layer|\d[ds]vh|color-mix|light-dark|aspect-ratio|accent-color|static \{|^await |\.groups\.|toSorted|innerHTML"
        r"|insertAdjacentHTML|outerHTML|document\.write|\beval\(|new Function|signal: this\.#listeners"
    )
    assert re.findall(newer, source, re.MULTILINE) == []


def test_results_come_as_one_types_and_carry_the_source(open_box: "Open", shoot: Shoot) -> None:
    page = open_box()
    with stopped(page):
        field_of(page).press_sequentially("一带一路", delay=20)
    hits_of(page).nth(1).wait_for()
    assert hits_of(page).count() == 2
    option = hits_of(page).first
    assert option.locator("b").text_content() == "第31项"
    # the question is Simplified, the document Traditional
    assert option.locator("mark").all_text_contents() == ["一帶一路", "一帶一路"]
    assert option.get_attribute("href", timeout=1000).endswith("/documents/cnca-2017#item-31")  # type: ignore[union-attr]
    assert page.locator("yaodian-search").get_by_role("status").text_content() == "找到2项"
    shoot(page, "box-results")


def test_typing_fast_searches_once_and_a_late_reply_is_dropped(open_box: "Open", service: str) -> None:
    page = open_box()
    held: list[Route] = []
    page.route("**/api/search?q=%E5%93%81", lambda route: held.append(route))  # 品: its reply is held back
    asked = requests_of(page)
    with page.expect_request("**/api/search?q=%E5%93%81"):
        field_of(page).press_sequentially("品", delay=0)
    # not waited for, and not shown if it came
    with page.expect_event("requestfailed", lambda one: one.url.endswith("q=%E5%93%81")):
        with stopped(page):
            field_of(page).press_sequentially("牌建设", delay=10)
        hits_of(page).first.wait_for()
    assert len(asked) == 2
    shown = hits_of(page).all_text_contents()
    for route in held:
        route.continue_()
    page.wait_for_timeout(200)
    assert hits_of(page).all_text_contents() == shown != []


def test_enter_asks_and_shows_the_whole_answer(open_box: "Open", shoot: Shoot) -> None:
    page = open_box()
    page.evaluate(
        "document.querySelector('yaodian-search').addEventListener('yaodian-answer', (e) => { window.answered = e.detail.reply.count; })"
    )
    field_of(page).fill("国际部参与哪些任务")
    field_of(page).press("Enter")
    page.wait_for_function("window.answered")
    assert page.evaluate("window.answered") == 13
    said = page.locator("yaodian-search [part=answer]").text_content() or ""
    assert said.startswith("共有13项任务由国际部参与（9项写明，另有4项以统称列入）：")
    assert hits_of(page).count() == 13
    shoot(page, "box-answer")


def test_a_table_is_shown_as_one(open_box: "Open", shoot: Shoot) -> None:
    page = open_box()
    field_of(page).fill("哪个部门牵头最多")
    field_of(page).press("Enter")
    rows = page.locator("yaodian-search tbody tr")
    rows.first.wait_for()
    assert rows.first.locator("td").all_text_contents() == ["認可部", "9", "4、7、8、12、14、18、19、26、36"]
    shoot(page, "box-table")


@pytest.mark.parametrize(("composed", "committed"), [("yidaiyilu", "一带一路"), ("ㄧㄉㄞˋㄧㄌㄨˋ", "一帶一路")])
def test_an_input_method_searches_only_what_it_commits(composed: str, committed: str, open_box: "Open") -> None:
    page = open_box("<form action=/submitted><yaodian-search></yaodian-search></form>")
    asked = requests_of(page)
    field_of(page).click()
    typing = page.context.new_cdp_session(page)
    for end in range(1, len(composed) + 1):
        typing.send("Input.imeSetComposition", {"text": composed[:end], "selectionStart": end, "selectionEnd": end})
        page.wait_for_timeout(40)
    page.keyboard.press("Enter")  # while really composing
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(SETTLED)
    assert asked == []
    typing.send("Input.insertText", {"text": committed})
    # Safari ends the composition before the key: only the code tells
    for kind in ("rawKeyDown", "keyUp"):
        typing.send("Input.dispatchKeyEvent", {"type": kind, "key": "Enter", "windowsVirtualKeyCode": 229})
    hits_of(page).nth(1).wait_for()
    assert [one.split("/api/")[1].split("?")[0] for one in asked] == ["search"]
    assert hits_of(page).count() == 2
    assert "submitted" not in page.url


def test_a_cancelled_composition_searches_nothing(open_box: "Open") -> None:
    page = open_box()
    field_of(page).press_sequentially("监管")
    hits_of(page).first.wait_for()
    field_of(page).press("Escape")
    asked = requests_of(page)
    typing = page.context.new_cdp_session(page)
    typing.send("Input.imeSetComposition", {"text": "pin", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(50)
    typing.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
    page.wait_for_timeout(SETTLED)
    assert (asked, field_of(page).input_value()) == ([], "监管")


def test_by_keyboard_from_typing_to_the_opened_item(open_box: "Open", service: str) -> None:
    page = open_box("<input id=before><yaodian-search></yaodian-search>")
    page.keyboard.press("Control+k")
    page.keyboard.type("品牌", delay=20)
    hits_of(page).first.wait_for()

    def chosen() -> str | None:
        return field_of(page).get_attribute("aria-activedescendant")

    assert (chosen(), field_of(page).get_attribute("aria-expanded")) == (None, "true")
    page.keyboard.press("ArrowDown")
    first = chosen()
    page.keyboard.press("End")
    last = chosen()
    assert hits_of(page).last.get_attribute("id") == last != first
    page.keyboard.press("Home")
    assert chosen() == first == hits_of(page).first.get_attribute("id")
    page.keyboard.press("ArrowUp")  # back to what is typed
    assert chosen() is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    label = hits_of(page).nth(1).locator("b").text_content()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{service}/documents/cnca-2017#item-*")
    assert page.url.endswith(f"#item-{label.strip('第项')}")  # type: ignore[union-attr]
    assert page.locator(":target").is_visible()


def test_escape_closes_then_clears_then_is_the_hosts(open_box: "Open") -> None:
    page = open_box()
    page.evaluate(
        "window.escapes = 0; addEventListener('keydown', (e) => { if (e.key === 'Escape') window.escapes += 1; })"
    )
    field_of(page).press_sequentially("监管")
    hits_of(page).first.wait_for()
    for closed, value, escapes in ((False, "监管", 0), (False, "", 0), (False, "", 1)):
        page.keyboard.press("Escape")
        assert page.locator("yaodian-search [part=panel]").is_visible() is closed
        assert (field_of(page).input_value(), page.evaluate("window.escapes")) == (value, escapes)


def test_typed_keys_are_not_the_hosts_hot_keys(open_box: "Open") -> None:
    page = open_box()
    page.evaluate(
        "window.heard = []; for (const t of ['keydown', 'keyup', 'keypress']) document.addEventListener(t, (e) => window.heard.push(e.key))"
    )
    field_of(page).press_sequentially("s/j?")
    page.keyboard.press("Backspace")
    assert page.evaluate("window.heard") == []
    page.keyboard.press("Control+s")
    assert "s" in page.evaluate("window.heard")


def test_the_slash_focuses_the_first_box_but_not_from_a_field(open_box: "Open") -> None:
    page = open_box("<input id=own><yaodian-search id=a></yaodian-search><yaodian-search id=b></yaodian-search>")
    page.locator("#own").focus()
    page.keyboard.type("/")
    assert page.locator("#own").input_value() == "/"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "a"
    assert field_of(page).input_value() == ""
    page.evaluate("document.activeElement.blur(); document.querySelector('#a').setAttribute('shortcut', 'none')")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "b"


def test_recent_questions_are_kept_and_can_be_deleted(open_box: "Open", shoot: Shoot) -> None:
    page = open_box("<yaodian-search suggestions='谁印发的|第一部分有哪些任务'></yaodian-search>")
    for question in ("哪些任务涉及品牌", "第7项", "谁印发的"):
        field_of(page).fill(question)
        field_of(page).press("Enter")
        page.locator("yaodian-search [part=foot]").wait_for()
        page.wait_for_function("document.querySelector('yaodian-search').shadowRoot.querySelector('[role=option]')")
        # what stood there may be the answer to the question before
        page.wait_for_function("asked => Object.values(localStorage).join().includes(asked)", arg=question)
    page.reload()
    field_of(page).click()
    options_of(page).nth(3).wait_for()
    texts = [text.strip("✕") for text in options_of(page).all_text_contents()]
    assert texts == ["谁印发的", "第7项", "哪些任务涉及品牌", "第一部分有哪些任务"]
    shoot(page, "box-recent")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    options_of(page).nth(3).wait_for()
    texts = [text.strip("✕") for text in options_of(page).all_text_contents()]
    assert texts == ["第7项", "哪些任务涉及品牌", "谁印发的", "第一部分有哪些任务"]
    options_of(page).first.locator(".drop").click()
    page.get_by_role("button", name="清除记录").click()
    options_of(page).first.wait_for()
    assert options_of(page).all_text_contents() == ["谁印发的", "第一部分有哪些任务"]
    assert page.evaluate("Object.values(localStorage).join()") == "[]"


def test_no_history_keeps_nothing(open_box: "Open") -> None:
    page = open_box("<yaodian-search no-history></yaodian-search>")
    field_of(page).fill("第7项")
    field_of(page).press("Enter")
    hits_of(page).first.wait_for()
    assert page.evaluate("localStorage.length") == 0


def test_a_host_may_open_what_is_selected_itself(open_box: "Open") -> None:
    page = open_box()
    page.evaluate(
        "addEventListener('yaodian-select', (e) => { e.preventDefault(); window.chosen = [e.detail.url, e.detail.item.number]; })"
    )
    field_of(page).press_sequentially("一带一路")
    hits_of(page).last.click()
    assert page.evaluate("window.chosen[1]") == 32
    assert page.url.endswith("/plain")


# Each state is designed


def test_nothing_found_offers_to_ask(open_box: "Open", shoot: Shoot) -> None:
    page = open_box()
    field_of(page).press_sequentially("qqq")
    page.locator("yaodian-search [part=answer]").filter(has_text="字面上没有找到，按回车提问。").wait_for()
    shoot(page, "box-nothing")
    page.get_by_role("button", name="提问：qqq").click()
    page.wait_for_function(
        "document.querySelector('yaodian-search').shadowRoot.querySelector('[role=status]').textContent.startsWith('没有答案')"
    )
    assert field_of(page).evaluate("(input) => input.getRootNode().activeElement === input")


def test_a_declined_question_says_why_and_lists_what_is_near(open_box: "Open", shoot: Shoot) -> None:
    page = open_box()
    field_of(page).fill("哪些任务涉及垃圾分类")
    field_of(page).press("Enter")
    said = page.locator("yaodian-search [part=answer]").filter(has_text="没有找到涉及“垃圾分类”的任务。")
    said.wait_for()
    assert said.text_content().startswith("没有找到涉及“垃圾分类”的任务。")  # type: ignore[union-attr]
    shoot(page, "box-declined")
    field_of(page).fill("外交部牵头哪些任务")
    field_of(page).press("Enter")
    page.get_by_text("文件中没有名为“外交部”的部门").first.wait_for()


def test_a_misspelling_is_answered_as_meant_and_said(open_box: "Open") -> None:
    page = open_box()
    field_of(page).fill("哪些任务涉及人材队伍")
    field_of(page).press("Enter")
    page.get_by_text("“人材队伍”按“人才队伍”回答。").first.wait_for()
    page.get_by_text("共有1项任务涉及“人才队伍”").first.wait_for()


def test_the_first_click_offers_though_the_service_is_slow(open_box: "Open") -> None:
    page = open_box()

    def late(route: "Route") -> None:
        page.wait_for_timeout(200)
        route.continue_()

    page.route("**/api/documents", late)
    field_of(page).click()
    options_of(page).first.wait_for()


def test_escape_closes_from_wherever_in_the_box(open_box: "Open") -> None:
    page = open_box()
    field_of(page).fill("第7项")
    field_of(page).press("Enter")
    hits_of(page).first.wait_for()
    page.get_by_role("button", name="清空").focus()
    page.keyboard.press("Escape")
    assert not page.locator("yaodian-search [part=panel]").is_visible()
    assert field_of(page).evaluate("(input) => input.getRootNode().activeElement === input")


def test_what_is_quoted_is_not_said_twice(open_box: "Open") -> None:
    page = open_box()
    for question, said in (("第25条讲什么", ""), ("37至40", "没有第39、40项：现有编号是第1至38项。")):
        field_of(page).fill(question)
        field_of(page).press("Enter")
        page.wait_for_function(
            "(text) => document.querySelector('yaodian-search').shadowRoot.querySelector('.foot a:not([hidden])')?.href.includes(encodeURIComponent(text))",
            arg=question,
        )
        assert page.locator("yaodian-search [part=answer]").text_content() == said


def test_waiting_is_shown_only_where_it_is_long(open_box: "Open", shoot: Shoot) -> None:
    page = open_box()
    held: list[Route] = []
    page.route("**/api/search**", lambda route: held.append(route))
    page.clock.install()  # time goes on only when told
    field_of(page).press_sequentially("监管")
    page.clock.run_for(300)
    assert not page.locator("yaodian-search .waiting").is_visible()
    page.clock.run_for(200)
    page.locator("yaodian-search .waiting").wait_for()
    assert page.locator("yaodian-search [part=answer]").text_content() == "正在查找……"
    shoot(page, "box-waiting")
    held[0].continue_()
    hits_of(page).first.wait_for()
    assert page.locator("yaodian-search .waiting").count() == 0


def test_an_error_can_be_retried(open_box: "Open", shoot: Shoot) -> None:
    page = open_box(quiet=True)
    problem = json.dumps({"detail": "正在载入文档、索引与编码模型，请稍候再试。"})
    cross = {"Access-Control-Allow-Origin": "*"}
    page.route("**/api/ask", lambda route: route.fulfill(status=503, body=problem, headers=cross))
    field_of(page).fill("哪些任务涉及品牌")
    field_of(page).press("Enter")
    alert = page.locator("yaodian-search").get_by_role("alert")
    page.get_by_role("button", name="重试").wait_for()
    assert alert.text_content() == "正在载入文档、索引与编码模型，请稍候再试。"
    shoot(page, "box-error")
    page.unroute("**/api/ask")
    page.get_by_role("button", name="重试").click()
    page.get_by_text("共有6项任务涉及“品牌”").first.wait_for()
    assert alert.text_content() == ""


def test_offline_says_so_and_goes_on_when_online(open_box: "Open", shoot: Shoot) -> None:
    page = open_box(quiet=True)
    page.context.set_offline(True)
    field_of(page).press_sequentially("监管")
    page.get_by_text("没有网络连接。").first.wait_for()
    shoot(page, "box-offline")
    page.context.set_offline(False)
    hits_of(page).first.wait_for()


def test_an_unreachable_or_ill_named_service_is_explained(open_box: "Open") -> None:
    page = open_box(
        "<yaodian-search endpoint='http://127.0.0.1:9'></yaodian-search><yaodian-search endpoint='ftp://x'></yaodian-search>",
        quiet=True,
    )
    for at, said in enumerate(("连不上问答服务。", "问答服务的地址写得不对，请告诉维护这个网页的人。")):
        field_of(page, at).fill("监管")
        page.locator("yaodian-search").nth(at).locator("[part=answer]").get_by_text(said).wait_for()


def test_an_unknown_document_is_named(open_box: "Open") -> None:
    page = open_box("<yaodian-search document='other'></yaodian-search>", quiet=True)
    field_of(page).fill("监管")
    page.get_by_text("所选的文档中有没载入的；现有1份：cnca-2017。").first.wait_for()


@pytest.mark.parametrize(
    ("page_style", "dark"),
    [
        ("", False),  # a page that says nothing is white, whatever the system likes
        ("html { color-scheme: light dark }", True),
        ("body { background: #111 }", True),
        ("html { color-scheme: light dark } body { background: #fff }", False),
    ],
)
def test_by_itself_it_is_as_dark_as_the_page(page_style: str, dark: bool, open_box: "Open", shoot: Shoot) -> None:
    page = open_box(
        f"<style>{page_style}</style><yaodian-search lang=zh-Hant></yaodian-search>"
        "<yaodian-search theme=dark></yaodian-search><yaodian-search theme=light></yaodian-search>",
        color_scheme="dark",
    )
    paper = "(input) => getComputedStyle(input.parentElement).backgroundColor"
    night, day = "rgb(27, 30, 35)", "rgb(255, 255, 255)"
    assert [field_of(page, at).evaluate(paper) for at in range(3)] == [night if dark else day, night, day]
    field_of(page).fill("哪些任务涉及品牌")
    field_of(page).press("Enter")
    page.get_by_text("共有6項任務涉及“品牌”").first.wait_for()
    shoot(page, f"box-{'dark' if dark else 'light'}")


def test_on_a_phone_the_panel_fits_the_screen(open_box: "Open", shoot: Shoot) -> None:
    page = open_box(
        "<div style='width:120px;margin-left:200px'><yaodian-search></yaodian-search></div>", width=360, height=640
    )
    field_of(page).press_sequentially("监管")
    hits_of(page).first.wait_for()
    box = page.locator("yaodian-search [part=panel]").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] + box["height"] <= 640
    shoot(page, "box-phone")


def test_the_key_is_shown_where_there_is_room_and_lets_clicks_through(open_box: "Open", shoot: Shoot) -> None:
    page = open_box(
        "<div style='width:600px'><yaodian-search></yaodian-search></div>"
        "<div style='width:220px'><yaodian-search></yaodian-search></div>"
    )
    hint = page.locator("yaodian-search kbd")
    box = hint.first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert field_of(page).evaluate("(input) => input.getRootNode().activeElement === input")
    options_of(page).first.wait_for()  # as where the input is clicked
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    for width, room in ((600, True), (300, False), (600, True)):
        page.evaluate("(width) => { document.querySelector('div').style.width = `${width}px`; }", width)
        page.wait_for_function(
            "(room) => (document.querySelector('yaodian-search').shadowRoot.querySelector('kbd').offsetWidth > 0) === room",
            arg=room,
        )
    page.evaluate("document.querySelector('yaodian-search').remove()")  # the second has the key now
    assert hint.evaluate("(one) => [one.hidden, one.offsetWidth]") == [False, 0]
    page.evaluate("document.querySelector('yaodian-search').setAttribute('placeholder', '搜')")
    page.wait_for_function("document.querySelector('yaodian-search').shadowRoot.querySelector('kbd').offsetWidth > 0")
    shoot(page, "box-narrow")


def test_the_foot_stays_in_sight_and_hides_no_option(open_box: "Open", shoot: Shoot) -> None:
    page = open_box()
    field_of(page).fill("国际部参与哪些任务")
    field_of(page).press("Enter")
    hits_of(page).nth(12).wait_for()
    part = "yaodian-search [part={}]"

    def boxes() -> dict[str, tuple[float, float]]:
        found = {}
        for name in ("foot", "panel"):
            box = page.locator(part.format(name)).bounding_box()
            assert box
            found[name] = (box["y"], box["y"] + box["height"])
        return found

    assert page.locator(part.format("panel")).evaluate("(node) => node.scrollHeight > node.clientHeight + 100")
    for key in ("ArrowDown", "End", "Home", *["ArrowDown"] * 7):
        page.keyboard.press(key)
        at = boxes()
        assert at["panel"][1] - 3 < at["foot"][1] <= at["panel"][1]
        chosen = page.locator("yaodian-search [aria-selected=true]").bounding_box()
        assert chosen
        assert at["panel"][0] <= chosen["y"]
        assert chosen["y"] + chosen["height"] <= at["foot"][0]
    shoot(page, "box-foot")


def test_a_table_is_opened_on_the_chat_page(open_box: "Open", service: str) -> None:
    page = open_box("<yaodian-search document='cnca-2017'></yaodian-search>")
    field_of(page).fill("哪个部门牵头最多")
    field_of(page).press("Enter")
    page.locator("yaodian-search tbody tr").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.locator("yaodian-search [aria-selected=true]").text_content() == "在问答页打开这张表"
    href = str(page.locator("yaodian-search [aria-selected=true]").get_attribute("href"))
    assert href.startswith(f"{service}/?q=")
    assert href.endswith("&document=cnca-2017")
    assert page.get_by_role("link", name="在问答页继续").get_attribute("href") == href
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    chat = opened.value
    chat.locator("tbody tr").first.wait_for()
    assert chat.locator("tbody tr").first.locator("th, td").all_text_contents()[:2] == ["認可部", "9"]
    field_of(page).fill("督办清单")
    field_of(page).press("Enter")
    hits_of(page).nth(30).wait_for()
    assert options_of(page).first.text_content() == "在问答页打开这张表"


def test_of_several_documents_each_line_says_which(open_page: "Open", host: Host, library: str, shoot: Shoot) -> None:
    page = open_page(host.serve("/several", TAG.format(tags="<yaodian-search></yaodian-search>", service=library)))
    field_of(page).press_sequentially("垃圾")
    hits_of(page).first.wait_for()
    titles = page.locator("yaodian-search .where .title")
    assert titles.count() == hits_of(page).count() > 3
    shoot(page, "box-several")
    for question, title in (("分几个部分", "《2024年清溪市工作要点》"), ("2022年的第3项", "《2022年清溪市工作要点》")):
        field_of(page).fill(question)
        field_of(page).press("Enter")
        page.wait_for_function(
            "(title) => document.querySelector('yaodian-search').shadowRoot.querySelector('.where .title')?.textContent === title",
            arg=title,
        )
        assert titles.first.evaluate("(node) => node.scrollWidth <= node.clientWidth")  # not cut
    field_of(page).fill("哪个部门牵头最多")
    field_of(page).press("Enter")
    row = page.locator("yaodian-search tbody tr").first
    row.wait_for()
    assert row.locator("td").nth(2).text_content() == (
        "《2022年清溪市工作要点》5；《2023年清溪市工作要点》7、9；《2024年清溪市工作要点》1、3"
    )
    one = page.locator("yaodian-search tbody tr").filter(has_text="大数据局")  # both of its items are in one document
    assert one.locator("td").nth(2).text_content() == "《2024年清溪市工作要点》3、21"
    shoot(page, "box-several-table")


# What happens at once, or in an odd order


def test_going_back_to_what_is_shown_drops_the_search_between(open_box: "Open") -> None:
    page = open_box()
    with stopped(page):
        field_of(page).press_sequentially("监管")
    hits_of(page).first.wait_for()
    shown = hits_of(page).all_text_contents()
    held: list[Route] = []
    page.route("**/api/search**", lambda route: held.append(route))
    with page.expect_request("**/api/search**"):
        page.keyboard.type("风")
    page.keyboard.press("Backspace")
    page.wait_for_timeout(SETTLED)
    for route in held:
        route.continue_()
    page.wait_for_timeout(200)
    assert len(held) == 1
    assert (field_of(page).input_value(), hits_of(page).all_text_contents()) == ("监管", shown)


def test_a_composition_that_begins_at_once_is_waited_for(open_box: "Open") -> None:
    page = open_box()
    asked = requests_of(page)
    field_of(page).click()
    typing = page.context.new_cdp_session(page)
    with stopped(page):
        typing.send("Input.insertText", {"text": "监"})
        typing.send("Input.imeSetComposition", {"text": "gu", "selectionStart": 2, "selectionEnd": 2})
        page.wait_for_function(TYPED, arg="监gu")
        page.clock.run_for(SETTLED)
        assert asked == []
        typing.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
        page.wait_for_function(TYPED, arg="监")
    hits_of(page).first.wait_for()
    assert [one.split("q=")[1] for one in asked] == ["%E7%9B%91"]


def test_escape_cancels_what_is_under_way(open_box: "Open") -> None:
    page = open_box()
    held: list[Route] = []
    page.route("**/api/ask", lambda route: held.append(route))
    field_of(page).evaluate("(input) => { input.value = '第7项'; }")
    field_of(page).press("Enter")
    page.wait_for_timeout(100)
    page.keyboard.press("Escape")
    for route in held:
        route.continue_()
    page.wait_for_timeout(300)
    assert not page.locator("yaodian-search [part=panel]").is_visible()
    assert field_of(page).input_value() == "第7项"
    page.keyboard.press("End")
    page.keyboard.type("呢")
    page.keyboard.press("Escape")
    page.wait_for_timeout(SETTLED)
    assert not page.locator("yaodian-search [part=panel]").is_visible()


def test_only_a_failure_that_is_shown_is_repeated_when_online(open_box: "Open") -> None:
    page = open_box(quiet=True)
    page.context.set_offline(True)
    field_of(page).fill("第7项")
    field_of(page).press("Enter")
    page.get_by_text("没有网络连接。").first.wait_for()
    page.get_by_role("button", name="清空").click()
    asked = requests_of(page)
    page.context.set_offline(False)
    page.wait_for_timeout(SETTLED)
    assert asked == []


def test_recent_questions_do_not_wait_for_the_service(open_box: "Open") -> None:
    page = open_box()
    field_of(page).fill("第7项")
    field_of(page).press("Enter")
    hits_of(page).first.wait_for()
    page.reload()
    page.route("**/api/documents", lambda route: None)
    field_of(page).click()
    page.get_by_role("option", name="第7项").wait_for()


def test_a_key_event_without_a_key_is_borne(open_box: "Open") -> None:
    page = open_box("<input id=own><yaodian-search></yaodian-search>")
    page.evaluate("document.getElementById('own').dispatchEvent(new Event('keydown', {bubbles: true}))")


def test_hits_that_come_late_leave_the_arrow_keys_where_they_were(open_box: "Open") -> None:
    """The last letters' reply comes while the reader is already at an option of the letters before."""
    page = open_box("<yaodian-search></yaodian-search>")
    held: list[Route] = []
    page.route("**/api/search?q=%E4%B8%80%E5%B8%A6%E4%B8%80%E8%B7%AF", lambda route: held.append(route))  # 一带一路
    field_of(page).press_sequentially("一带一")
    hits_of(page).nth(1).wait_for()
    field_of(page).press("ArrowDown")
    chosen = page.locator("yaodian-search [aria-selected=true]").get_attribute("href")
    field_of(page).press_sequentially("路")
    while not held:
        page.wait_for_timeout(10)
    before = hits_of(page).first.element_handle()
    held.pop().continue_()
    page.wait_for_function("(old) => !old.isConnected", arg=before)
    assert page.locator("yaodian-search [aria-selected=true]").get_attribute("href") == chosen
    field_of(page).press("Enter")
    page.wait_for_url(str(chosen))


def test_choosing_with_the_mouse_leaves_the_caret_in_the_box(open_box: "Open") -> None:
    page = open_box("<yaodian-search suggestions='第7项'></yaodian-search>")
    field_of(page).click()
    options_of(page).first.click()
    hits_of(page).first.wait_for()
    assert field_of(page).evaluate("(input) => input.getRootNode().activeElement === input")


def test_the_shortcut_leads_to_the_first_box_that_can_be_seen(open_box: "Open") -> None:
    page = open_box(
        "<yaodian-search id=a style='display:none'></yaodian-search><yaodian-search id=b></yaodian-search><yaodian-search id=c></yaodian-search>"
    )
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "b"
    page.evaluate("document.activeElement.blur(); document.body.prepend(document.getElementById('c'))")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "c"
    hints = page.locator("yaodian-search kbd").evaluate_all("(all) => all.map((one) => one.hidden)")
    assert hints == [False, True, True]


def test_attributes_may_change_later(open_box: "Open") -> None:
    page = open_box()
    field_of(page).press_sequentially("监管")
    hits_of(page).first.wait_for()
    page.evaluate("document.querySelector('yaodian-search').setAttribute('question', '第7项')")
    assert not page.locator("yaodian-search [part=panel]").is_visible()
    assert field_of(page).input_value() == "第7项"
    page.evaluate("document.querySelector('yaodian-search').setAttribute('endpoint', 'http://127.0.0.1:9')")


def test_by_itself_the_answer_is_in_the_script_of_the_question(open_box: "Open") -> None:
    page = open_box("<yaodian-search lang=auto></yaodian-search>")
    field_of(page).fill("哪些任務涉及品牌")
    field_of(page).press("Enter")
    page.get_by_text("共有6項任務涉及“品牌”").first.wait_for()


def test_the_panel_follows_its_field(open_box: "Open") -> None:
    page = open_box("<div id=above></div><yaodian-search></yaodian-search>")
    field_of(page).press_sequentially("监管")
    hits_of(page).first.wait_for()
    page.evaluate("document.getElementById('above').style.height = '200px'")
    page.wait_for_timeout(100)
    boxes = [page.locator(f"yaodian-search [part={part}]").bounding_box() for part in ("field", "panel")]
    assert boxes[0]
    assert boxes[1]
    assert round(boxes[1]["y"] - boxes[0]["y"] - boxes[0]["height"]) == 6


# On hosts that are not kind

HOSTILE = """
<!doctype html><meta charset=gbk><title>内网门户</title>
<style>
* { color: red !important; font-size: 40px !important; text-transform: uppercase !important; letter-spacing: 9px !important; line-height: 3 !important }
input, button, a, div, span, table, mark { display: none !important; background: lime !important }
header { position: fixed; top: 0; left: 0; right: 0; height: 300px; z-index: 9999; pointer-events: none; background: rgba(0, 0, 255, .1) }
section { overflow: hidden; height: 60px; transform: translateX(5px) }
</style>
<header></header>
<section><yaodian-search placeholder="搜一搜"></yaodian-search></section>
<section><yaodian-search document="cnca-2017"></yaodian-search></section>
<script type="module" src="%s/search-box.js"></script>
"""


def test_two_boxes_on_a_hostile_gbk_page(open_page: "Open", host: Host, service: str, shoot: Shoot) -> None:
    page = open_page(host.serve("/hostile", HOSTILE % service, encoding="gbk"))
    assert field_of(page).get_attribute("placeholder") == "搜一搜"
    for at in (0, 1):
        field_of(page, at).click()
        page.keyboard.type("一带一路", delay=10)
        hits_of(page, at).nth(1).wait_for()
        option = hits_of(page, at).first
        styles = option.locator(".text").evaluate(
            "(node) => { const s = getComputedStyle(node); return [s.color, parseFloat(s.fontSize) < 18, s.textTransform, s.letterSpacing]; }"
        )
        assert styles == ["rgb(29, 33, 41)", True, "none", "normal"]
        # it lies above the header and is not clipped by its section
        box = option.bounding_box()
        assert box
        on_top = f"document.elementFromPoint({box['x'] + 20}, {box['y'] + 20}).tagName"
        assert page.evaluate(on_top) == "YAODIAN-SEARCH"
        assert page.locator("yaodian-search [part=panel]:visible").count() == 1
        if at == 0:
            page.keyboard.press("Escape")
    shoot(page, "box-hostile")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{service}/documents/cnca-2017#item-31")


def test_a_strict_policy_is_not_violated(open_page: "Open", host: Host, service: str) -> None:
    policy = f"default-src 'none'; script-src {service}; connect-src {service}; require-trusted-types-for 'script'"
    page = open_page(
        host.serve(
            "/strict",
            TAG.format(tags="<yaodian-search></yaodian-search>", service=service),
            Content_Security_Policy=policy,
        )
    )
    page.evaluate(
        "window.violations = []; document.addEventListener('securitypolicyviolation', (e) => window.violations.push(e.violatedDirective))"
    )
    field_of(page).click()
    page.keyboard.type("一带一路", delay=10)
    hits_of(page).nth(1).wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("共有2项任务涉及“一带一路”").first.wait_for()
    assert page.evaluate("window.violations") == []
    assert field_of(page).evaluate("(input) => getComputedStyle(input.parentElement).display") == "flex"


def test_a_site_that_is_not_allowed_is_told_so(open_page: "Open", host: Host, service: str) -> None:
    address = host.serve("/other", TAG.format(tags="<yaodian-search></yaodian-search>", service=service))
    page = open_page(address.replace("127.0.0.1", "localhost"), quiet=True)  # another origin
    with page.expect_console_message(lambda said: "--allow-origin" in said.text) as warned:
        field_of(page).fill("监管")
        page.get_by_text("这个网页还没有获准使用问答服务，请告诉维护的人。").first.wait_for()
    assert f"yaodian serve --allow-origin {page.evaluate('location.origin')}" in warned.value.text
    page.route("**/livez", lambda route: route.abort())  # and one that is not there
    page.route("**/api/**", lambda route: route.abort())
    field_of(page).fill("监管部门")
    page.get_by_text("连不上问答服务。").first.wait_for()
