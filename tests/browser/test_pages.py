"""The chat page and the document page in a real browser."""

import io
import json
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from service.question_log import QuestionLog
from tests.browser.conftest import Host, Shoot, becomes

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    Open = Callable[..., Page]


MIDDLES = "(all) => all.map((one) => { const box = one.getBoundingClientRect(); return Math.round((box.top + box.bottom) / 6); })"


def ask(page: "Page", question: str) -> "Locator":
    """Asks, and gives the turn with its answer."""
    turns = page.locator(".turn").count()
    page.get_by_label("问题", exact=True).fill(question)
    page.keyboard.press("Enter")
    turn = page.locator(".turn").nth(turns)
    turn.locator(".said, .cards, .failed").first.wait_for()
    return turn


def labels_of(turn: "Locator") -> list[str]:
    return turn.locator(".cards:not(.related .cards) .where a").all_text_contents()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_question_is_answered_with_cards_and_followed_up(
    scheme: str, open_page: "Open", service: str, shoot: Shoot
) -> None:
    page = open_page(service, color_scheme=scheme)
    shoot(page, f"chat-empty-{scheme}")
    page.get_by_role("button", name="哪些任务涉及一带一路").click()
    turn = page.locator(".turn").first
    turn.locator(".card").nth(1).wait_for()
    assert labels_of(turn) == ["第31项", "第32项"]
    assert turn.locator("mark").all_text_contents() == ["一帶一路", "一帶一路", "一帶一路"]
    assert turn.locator(".card").first.locator(".department.lead").all_text_contents() == ["國際部"]
    assert turn.locator(".card a").first.get_attribute("href") == "/documents/cnca-2017#item-31"
    shoot(page, f"chat-answer-{scheme}")
    page.get_by_role("button", name="其中国际部牵头的").click()
    page.locator(".turn").nth(1).locator(".card").wait_for()
    assert labels_of(page.locator(".turn").nth(1)) == ["第31项"]
    page.locator(".turn").nth(1).locator(".next").wait_for()
    assert page.locator(".next").count() == 1  # only the last answer is gone on from
    assert page.get_by_label("问题", exact=True).evaluate("(input) => document.activeElement === input")


def test_how_it_was_read_is_shown_and_a_condition_is_taken_away(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "认证部牵头且与电商有关的任务")
    assert turn.locator(".read-as").text_content() == "理解为：由认证部牵头、且涉及“电商”的任务"
    turn.get_by_role("button", name="去掉这个条件：由认证部牵头").click()
    page.locator(".turn").nth(1).locator(".card").nth(1).wait_for()
    assert labels_of(page.locator(".turn").nth(1)) == ["第9项", "第20项"]


def test_the_nearest_stand_open_and_may_be_gone_on_from(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service)
    turn = ask(page, "几个国家一起认一张证")
    assert turn.locator(".nearest .perhaps").all_text_contents() == ["可能相关"] * 3
    assert turn.locator(".nearest .card").first.is_visible()
    shoot(page, "chat-perhaps")
    turn.locator(".nearest button").first.click()
    page.locator(".turn").nth(1).locator(".card").wait_for()
    assert page.locator(".turn").nth(1).locator(".card").count() == 1


def test_a_set_is_shown_as_a_table(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service)
    turn = ask(page, "把国际部牵头的任务列成表")
    assert turn.locator("table.items thead th").all_text_contents() == [
        "编号",
        "内容",
        "牵头部门",
        "协作部门",
    ]  # none has a deadline
    assert turn.locator("table.items tbody th").all_text_contents() == ["第31项"]
    shoot(page, "chat-item-table")


def test_what_is_near_is_folded_and_labelled(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service)
    turn = ask(page, "哪些任务涉及碳排放")
    assert turn.locator(".said").text_content() == "没有找到涉及“碳排放”的任务。"
    assert turn.locator("summary").text_content() == "相近的5项（不在答案之内）"
    assert not turn.locator(".card").first.is_visible()
    turn.locator("summary").click()
    assert turn.locator(".card").first.is_visible()
    shoot(page, "chat-declined")


def test_a_large_set_shows_clauses_that_unfold(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service)
    turn = ask(page, "哪些任务涉及认证")
    cards = turn.locator(".card .text")
    assert cards.count() == 10
    turn.get_by_role("button", name="再看其余20项").click()
    assert cards.count() == 30
    heights = "(all) => all.map((one) => one.offsetHeight)"
    assert max(cards.evaluate_all(heights)) < 60  # two lines
    shoot(page, "chat-many")
    turn.get_by_role("button", name="展开全文").click()
    assert max(cards.evaluate_all(heights)) > 100
    assert turn.locator(".cut").count() == 0
    assert turn.get_by_role("button", name="收起").is_visible()


def test_a_table_links_to_its_items(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service)
    turn = ask(page, "哪个部门牵头最多")
    assert turn.locator("tbody tr").first.locator("th, td").all_text_contents() == [
        "認可部",
        "9",
        "4、7、8、12、14、18、19、26、36",
    ]
    assert turn.locator("tbody a").first.get_attribute("href") == "/documents/cnca-2017#item-4"
    shoot(page, "chat-table")


def test_a_set_is_downloaded_whole(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "国际部牵头哪些任务")
    with page.expect_download() as download:
        turn.get_by_role("button", name="下载 .xlsx").click()
    assert download.value.suggested_filename == "国际部牵头哪些任务.xlsx"
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    rows = list(book["答案"].iter_rows(values_only=True))
    assert rows[0] == ("编号", "部分", "内容", "牵头部门", "协作部门", "文件")
    assert [(row[0], row[3]) for row in rows[1:]] == [("第31项", "國際部")]  # in one script with its text
    with page.expect_download() as download:
        turn.get_by_role("button", name="下载文本").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("国际部牵头哪些任务\n\n共有1项任务由国际部牵头：\n\n第31项　三、")


def test_an_answer_and_its_link_are_copied(open_page: "Open", service: str) -> None:
    page = open_page(service, permissions=["clipboard-read", "clipboard-write"])
    turn = ask(page, "国际部牵头哪些任务")
    turn.get_by_role("button", name="复制", exact=True).click()
    turn.get_by_role("button", name="已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("国际部牵头哪些任务\n理解为：由国际部牵头的任务\n共有1项任务由国际部牵头：\n“")
    assert copied.endswith("〔第31项〕\n——《2017年認證認可工作要點》")
    turn.get_by_role("button", name="复制链接").click()
    page.wait_for_timeout(100)
    again = open_page(page.evaluate("navigator.clipboard.readText()"))
    again.locator(".card").wait_for()
    assert labels_of(again.locator(".turn")) == ["第31项"]


def test_the_address_is_a_permalink_that_stands_alone(open_page: "Open", service: str) -> None:
    page = open_page(service)
    ask(page, "哪些任务涉及一带一路")
    ask(page, "第二个呢")
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == "第32项"
    alone = open_page(page.url)
    alone.locator(".card").wait_for()
    assert labels_of(alone.locator(".turn")) == ["第32项"]


def test_the_prose_is_in_the_script_that_is_chosen(open_page: "Open", service: str) -> None:
    page = open_page(service)
    page.get_by_text("繁", exact=True).click()
    turn = ask(page, "国际部牵头哪些任务")
    assert turn.locator(".said").text_content() == "共有1項任務由國際部牽頭："


def test_a_disliked_answer_is_logged_where_the_log_is_on(
    open_page: "Open", service: str, question_log: QuestionLog
) -> None:
    page = open_page(service)
    turn = ask(page, "哪些任务涉及试点")
    turn.get_by_role("button", name="漏了").click()
    turn.get_by_text("已记下这个问题，谢谢。").wait_for()
    rows = [json.loads(line) for line in question_log.path.read_text(encoding="utf-8").splitlines()]
    assert [row["note"][:6] for row in rows if row["question"] == "哪些任务涉及试点"] == ["用户认为漏了"]


def test_enter_that_ends_a_composition_asks_nothing(open_page: "Open", service: str) -> None:
    page = open_page(service)
    page.get_by_label("问题", exact=True).click()
    typing = page.context.new_cdp_session(page)
    typing.send("Input.imeSetComposition", {"text": "renwu", "selectionStart": 5, "selectionEnd": 5})
    page.keyboard.press("Enter")
    typing.send("Input.insertText", {"text": "任务"})
    for kind in ("rawKeyDown", "keyUp"):
        typing.send("Input.dispatchKeyEvent", {"type": kind, "key": "Enter", "windowsVirtualKeyCode": 229})
    page.wait_for_timeout(300)
    assert page.locator(".turn").count() == 0
    page.keyboard.press("Enter")
    page.locator(".turn").wait_for()


def test_a_failed_question_can_be_retried(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service, quiet=True)
    page.route("**/api/ask", lambda route: route.abort())
    turn = ask(page, "第7项")
    assert turn.locator(".failed").text_content() == "连不上服务，请稍后再试。"
    shoot(page, "chat-failed")
    page.unroute("**/api/ask")
    turn.get_by_role("button", name="重试").click()
    page.locator(".card").wait_for()
    assert page.locator(".turn").count() == 1


def test_a_service_that_hangs_is_given_up(open_page: "Open", service: str) -> None:
    page = open_page(service, quiet=True)
    page.clock.install()
    page.route("**/api/ask", lambda route: None)
    page.locator("#question").fill("第7项")
    page.keyboard.press("Enter")
    page.clock.run_for(14_000)
    assert page.locator(".waiting").is_visible()
    page.clock.run_for(2_000)
    page.get_by_text("服务没有及时回应，请稍后再试。").first.wait_for()
    page.unroute("**/api/ask")
    ask(page, "第8项").locator(".card").wait_for()


def test_another_question_does_not_wait_for_the_first(open_page: "Open", service: str) -> None:
    page = open_page(service, quiet=True)
    page.route("**/api/ask", lambda route: route.continue_() if "第8项" in (route.request.post_data or "") else None)
    page.locator("#question").fill("第7项")
    page.keyboard.press("Enter")
    turn = ask(page, "第8项")
    turn.locator(".card").wait_for()
    assert labels_of(turn) == ["第8项"]
    assert page.locator(".failed").text_content() == "没有等到答案，先问了别的。"


def test_the_last_answer_is_said_again_in_the_script_chosen(open_page: "Open", service: str) -> None:
    page = open_page(service)
    ask(page, "国际部牵头哪些任务")
    page.get_by_text("繁", exact=True).click()
    page.get_by_text("共有1項任務由國際部牽頭：").first.wait_for()
    assert page.locator(".department.lead").text_content() == "國際部（所問的部門）"
    page.reload()
    page.get_by_text("共有1項任務由國際部牽頭：").first.wait_for()


def test_what_is_being_written_and_what_was_answered_are_not_lost(open_page: "Open", service: str) -> None:
    page = open_page(service, quiet=True)
    ask(page, "国际部牵头哪些任务")
    page.locator("#question").fill("草稿")
    page.route("**/api/ask", lambda route: route.abort())
    page.get_by_text("繁", exact=True).click()
    page.locator(".failed").wait_for()
    assert page.locator(".card").count() == 1
    assert page.locator("#question").input_value() == "草稿"
    page.unroute("**/api/ask")
    turn = ask(page, "它由谁牵头")
    assert turn.locator(".said").text_content() == "第31項：牽頭部門：國際部"


def test_only_an_answered_question_is_said_again(open_page: "Open", service: str) -> None:
    page = open_page(service, quiet=True)
    ask(page, "第7项")
    page.route("**/api/ask", lambda route: route.abort())
    ask(page, "第8项")
    page.get_by_text("繁", exact=True).click()
    page.wait_for_timeout(200)
    assert page.locator(".asked").all_text_contents() == ["第7项", "第8项"]


def _fulfil(body: str, route: "Route") -> None:
    route.fulfill(body=body)


def test_a_reply_of_another_shape_is_explained(open_page: "Open", service: str) -> None:
    page = open_page(service, quiet=True)
    for body in ("{}", "<html>登录</html>"):
        page.unroute_all()
        page.route("**/api/ask", partial(_fulfil, body))
        assert ask(page, "第7项").locator(".failed").text_content() == "服务回应有误，请稍后再试。"


def test_what_cannot_be_answered_leaves_a_way_on(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "今天天气怎么样")
    assert turn.locator(".related").count() == 0
    assert turn.locator(".next button").first.text_content() == "哪些任务涉及一带一路"
    page.locator("#question").fill("   ")
    page.keyboard.press("Enter")
    assert page.locator(".turn").count() == 1


def test_on_a_phone_nothing_is_wider_than_the_screen(open_page: "Open", service: str, shoot: Shoot) -> None:
    for path in ("/", "/documents/cnca-2017", "/demo"):
        page = open_page(service + path, width=360, height=700)
        if path == "/":
            ask(page, "哪个部门牵头最多")
            ask(page, "国际部参与哪些任务")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        shoot(page, f"phone{path.replace('/', '-')}")


def test_the_header_of_the_narrowest_screen_covers_nothing(open_page: "Open", library: str, shoot: Shoot) -> None:
    for path, shown in (("/?q=垃圾分类", ".asked"), ("/documents/plan-2024#item-9", ":target")):
        page = open_page(library + path, width=320, height=640)
        page.locator(shown).wait_for()
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        bar, box = page.locator(".bar").bounding_box(), page.locator(shown).bounding_box()
        assert bar
        assert box
        assert bar["y"] + bar["height"] <= box["y"], path
        assert len(set(page.locator(".bar > .brand, .bar nav a:visible").evaluate_all(MIDDLES))) == 1  # one line
        shoot(page, f"narrowest{path[:5].replace('/', '-')}")


def test_the_ends_of_a_segmented_control_are_round(open_page: "Open", service: str) -> None:
    page = open_page(service)
    ends = page.locator("#scripts span")
    radii = "(node) => { const s = getComputedStyle(node); return [s.borderTopLeftRadius, s.borderTopRightRadius].map(parseFloat); }"
    rounds = [[radius > 0 for radius in ends.nth(at).evaluate(radii)] for at in range(3)]
    assert rounds == [[True, False], [False, False], [False, True]]


def test_at_twice_the_size_the_pages_hold(open_page: "Open", service: str) -> None:
    page = open_page(f"{service}/documents/cnca-2017", width=640, height=480, device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_an_address_that_is_none_has_a_page(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(f"{service}/absent", quiet=True)
    assert page.locator("h1").text_content() == "没有找到"
    shoot(page, "absent")
    page.get_by_role("link", name="回到提问").click()
    page.wait_for_url(f"{service}/")
    page = open_page(service, quiet=True)  # and a host that is none is told in words
    page.route("**/api/ask", lambda route: route.fulfill(status=421, body='{"detail": "启动时写明 --allow-host"}'))
    with page.expect_console_message(lambda said: "--allow-host" in said.text):
        turn = ask(page, "第7项")
    assert turn.locator(".failed").text_content() == "服务不以这个网址应答，请告诉维护的人。"


# The document page


def test_the_item_of_the_link_is_shown_and_highlighted(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(f"{service}/documents/cnca-2017#item-31")
    target = page.locator(":target")
    assert target.text_content().startswith("31.深入實施")  # type: ignore[union-attr]
    box = target.bounding_box()
    assert box
    assert 60 < box["y"] < 700
    assert target.evaluate("(node) => getComputedStyle(node).backgroundColor") == "rgb(255, 233, 168)"
    shoot(page, "document")


def test_departments_filter_the_items(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(f"{service}/documents/cnca-2017", color_scheme="dark")
    shown = page.locator(".item:visible")
    assert shown.count() == 38
    page.get_by_role("button", name="國際部").click()
    assert shown.count() == 13  # 4 of them through words for all departments
    assert page.locator("#filtered").text_content() == "國際部参与的13项；再按一次显示全部"
    page.get_by_text("牵头", exact=True).click()
    assert shown.all_text_contents()[0].startswith("31.")
    assert page.locator(".source h2:visible").count() == 1
    shoot(page, "document-filtered")
    page.evaluate("location.hash = '#item-1'")  # a hidden item that is linked to is shown
    becomes(page, "document.querySelectorAll('.item:not([hidden])').length === 38")
    page.get_by_role("button", name="國際部").click()
    page.get_by_role("link", name=re.compile("^一、")).click()  # of a heading that is hidden
    assert shown.count() == 38
    assert page.get_by_role("button", name="研究所").is_disabled()  # leads none


def test_a_filter_shows_its_first_item(open_page: "Open", service: str) -> None:
    page = open_page(f"{service}/documents/cnca-2017#item-30")
    page.get_by_role("button", name="注冊部").click()
    top = page.locator("#item-1").bounding_box()
    assert top
    assert 0 <= top["y"] < 400


def test_the_box_searches_within_the_page(open_page: "Open", service: str) -> None:
    page = open_page(f"{service}/documents/cnca-2017")
    page.keyboard.press("/")
    page.keyboard.type("两学一做", delay=20)
    page.locator("yaodian-search [role=option] mark").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/cnca-2017#item-34")
    assert page.locator(":target").is_visible()


def test_the_outline_comes_back_when_the_window_widens(open_page: "Open", service: str) -> None:
    page = open_page(f"{service}/documents/cnca-2017", width=800)
    assert not page.locator(".outline").is_visible()
    page.set_viewport_size({"width": 1300, "height": 800})
    page.locator(".outline").wait_for()


def test_it_reads_without_javascript(open_page: "Open", service: str) -> None:
    page = open_page(f"{service}/documents/cnca-2017", java_script_enabled=False)
    assert page.locator(".item:visible").count() == 38
    assert not page.locator(".filter").is_visible()
    page.get_by_role("link", name=re.compile("^三、")).click()
    assert page.url.endswith("#section-3")


def test_in_print_only_the_text_is_left(open_page: "Open", service: str) -> None:
    for path in ("/documents/cnca-2017", "/"):
        page = open_page(service + path)
        if path == "/":
            ask(page, "国际部牵头哪些任务")
        page.emulate_media(media="print")
        for unwanted in (".bar", ".side", ".composer", ".tools", ".next"):
            assert page.locator(f"{unwanted}:visible").count() == 0, unwanted
        assert page.locator(".item:visible, .card:visible").count() == (1 if path == "/" else 38)


def test_the_demo_shows_three_boxes_and_routes_the_third(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(f"{service}/demo")
    assert page.get_by_role("combobox").count() == 3
    assert page.get_by_role("combobox").nth(2).input_value() == "哪些任务涉及一带一路"
    shoot(page, "demo")
    page.get_by_role("combobox").nth(2).press("Enter")
    page.get_by_text("共有2项任务").first.wait_for()
    page.locator("#routed [role=option]").first.click()
    assert page.locator("#chosen").text_content().startswith("选中第31项：深入實施")  # type: ignore[union-attr]


def test_the_snippet_works_on_another_site(open_page: "Open", host: Host, service: str) -> None:
    snippet = open_page(f"{service}/demo").locator("#snippet").text_content()
    page = open_page(host.serve("/pasted", f"<!doctype html><title>内网</title>{snippet}"))
    page.get_by_role("combobox").fill("一带一路")
    page.locator("yaodian-search mark").first.wait_for()
    assert page.locator("yaodian-search [role=option]").count() == 2
