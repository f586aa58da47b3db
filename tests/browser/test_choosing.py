"""Choosing which documents are asked, and answers from several of them: three years of a plan, two versions of a
regulation; and more documents than a list shows."""

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from tests.browser.conftest import Host, Shoot, becomes, serving
from tests.browser.test_pages import ask, labels_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    Open = Callable[..., Page]

PAYLOAD = "<img src=x onerror=pwned()>"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder, host: Host) -> Iterator[str]:
    """Seventy documents, one of whose titles is markup."""
    folder = tmp_path_factory.mktemp("choosing")
    for year in range(1951, 2020):
        text = f"某市{year}年工作要点\n\n某市人民政府\n{year}年2月1日\n\n1.修路{year}米。\n2.植树。\n"
        (folder / f"plan-{year}.txt").write_text(text, encoding="utf-8")
    text = f"关于{PAYLOAD}的通知\n\n某市人民政府\n2021年2月1日\n\n1.不得{PAYLOAD}。\n2.植树。\n"
    (folder / f'a"&{PAYLOAD.replace("/", "")}.txt').write_text(text, encoding="utf-8")
    with serving(Index.build(load_corpus(folder), segmenter, encoder), [host.origin]) as address:
        yield address


def open_chooser(page: "Page") -> "Locator":
    """Opens the list, and gives its options once they are there."""
    page.locator("#chooser").click()
    options = page.locator("#picker [role=option]")
    options.nth(1).wait_for()
    return options


def address_of(page: "Page") -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def asked(page: "Page", click: Callable[[], object]) -> dict[str, Any]:
    """What is sent to the service by a click."""
    with page.expect_request("**/api/ask") as request:
        click()
    body: dict[str, Any] = json.loads(request.value.post_data or "")
    return body


def titles_of(turn: "Locator") -> list[str]:
    return turn.locator(".group h3").all_text_contents()


def test_nothing_is_chosen_where_there_is_one_document(open_page: "Open", service: str) -> None:
    page = open_page(service)
    assert page.locator("#chooser").count() == 0
    assert page.locator(".entries").count() == 0


def test_the_welcome_shows_the_newest(open_page: "Open", many: str, library: str) -> None:
    page = open_page(many)
    cards = page.locator(".entry")
    assert cards.count() == 6
    assert cards.nth(1).locator(".facts span").all_text_contents() == ["某市人民政府", "2019-02-01", "2项"]
    page.get_by_role("link", name="查看全部").click()
    page.wait_for_url("**/documents")
    assert page.locator(".entry").count() == 50
    assert open_page(library).locator(".entry").count() == 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_document_is_chosen_by_keys_and_kept_in_the_address(
    scheme: str, open_page: "Open", many: str, shoot: Shoot
) -> None:
    requests: list[str] = []
    page = open_page(many, color_scheme=scheme)
    page.on("request", lambda request: requests.append(request.url))
    assert page.locator("#picker").is_hidden()
    page.locator("#chooser").focus()
    page.keyboard.press("ArrowUp")
    options = page.locator("#picker [role=option]")
    options.nth(50).wait_for()
    assert options.count() == 51  # all, and those shown of seventy
    assert page.locator("#picker [role=status]").text_content() == "共70份，这里是最新的50份；写几个字再找"
    shoot(page, f"choosing-{scheme}")
    page.keyboard.type("1960 要点")
    page.keyboard.press("Enter")  # before it is found
    page.locator("#chooser .name", has_text="《某市1960年工作要点》").wait_for()
    assert page.locator("#picker").is_hidden()
    assert address_of(page) == {"document": ["plan-1960"]}
    assert page.get_by_label("问题", exact=True).evaluate("(input) => document.activeElement === input")
    page.get_by_role("button", name="第2项讲什么").wait_for()  # what is offered is of this document
    turn = ask(page, "植树")
    assert labels_of(turn) == ["第2项"]
    assert turn.locator(".scope").text_content() == "只问《某市1960年工作要点》"
    assert address_of(page) == {"q": ["植树"], "document": ["plan-1960"]}
    page.reload()
    page.locator(".turn .card").wait_for()
    assert labels_of(page.locator(".turn")) == ["第2项"]
    assert page.locator("#chooser .name").text_content() == "《某市1960年工作要点》"
    assert len([url for url in requests if "/api/documents" in url]) <= 5


def test_what_is_known_of_a_document_stands_in_a_line(open_page: "Open", library: str) -> None:
    for path in ("/", "/documents"):
        page = open_page(library + path, width=1920)
        facts = page.locator(".facts").first.locator("span")
        assert facts.all_text_contents() == ["清溪市人民政府办公室", "2024-02-06", "22项"]
        tops = facts.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().top)")
        rights = facts.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().right)")
        lefts = facts.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().left)")
        assert len(set(tops)) == 1, path
        assert all(left - right < 20 for left, right in zip(lefts[1:], rights, strict=False)), path


def test_what_only_a_screen_can_do_is_not_printed(open_page: "Open", library: str) -> None:
    page = open_page(f"{library}/?q=垃圾分类")
    page.locator(".group .card").first.wait_for()
    page.emulate_media(media="print")
    assert page.locator(".group .card:visible").count() == 4
    assert page.locator("button:visible:not(.condition)").count() == 0  # conditions are words of the sentence


def test_all_are_asked_again(open_page: "Open", library: str) -> None:
    page = open_page(f"{library}/?document=waste-2019")
    assert page.get_by_role("button", name="第9条讲什么").is_visible()
    options = open_chooser(page)
    assert options.nth(5).locator(".now").text_content() == "（现在问的）"
    page.keyboard.press("Home")
    options.nth(0).click()
    assert page.locator("#chooser .name").text_content() == "全部文件"
    assert address_of(page) == {}
    assert "documents" not in asked(page, lambda: ask(page, "罚款"))


def test_the_list_closes_and_keeps_what_was_chosen(open_page: "Open", library: str) -> None:
    page = open_page(f"{library}/?document=plan-2022")
    open_chooser(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.locator("#picker").is_hidden()
    assert page.locator("#chooser").evaluate("(button) => document.activeElement === button")
    open_chooser(page)
    page.locator("h1").click()
    assert page.locator("#picker").is_hidden()
    assert page.locator("#chooser .name").text_content() == "《2022年清溪市工作要点》"
    open_chooser(page)
    page.keyboard.type("没有的")
    page.get_by_text("没有这样的文件；少写几个字再找。").wait_for()
    page.keyboard.press("Enter")
    assert page.locator("#picker").is_visible()


def test_a_list_that_does_not_come_is_explained(open_page: "Open", library: str) -> None:
    page = open_page(library, quiet=True)
    page.route("**/api/documents**", lambda route: route.abort())
    page.locator("#chooser").click()
    page.locator("#picker").get_by_text("连不上服务，请稍后再试。").wait_for()
    page.unroute_all()
    page.keyboard.type("2022")
    page.locator("#picker [role=option]", has_text="2022年").wait_for()


def test_a_link_to_a_document_that_is_gone_asks_nothing_unseen(open_page: "Open", library: str, shoot: Shoot) -> None:
    page = open_page(f"{library}/?document=gone&q=罚款")
    assert page.locator("#absent").is_visible()
    assert page.locator("#question").input_value() == "罚款"
    assert page.locator(".turn").count() == 0
    shoot(page, "choosing-absent")
    page.keyboard.press("Enter")
    page.locator(".turn .card").first.wait_for()
    assert page.locator("#absent").is_hidden()


def test_cards_stand_below_their_document(open_page: "Open", library: str, shoot: Shoot) -> None:
    page = open_page(library)
    turn = ask(page, "垃圾分类")
    assert sorted(titles_of(turn)) == [
        "2022年清溪市工作要点",
        "2023年清溪市工作要点",
        "2024年清溪市工作要点",
        "清溪市生活垃圾管理办法（2023年）",
    ]
    group = turn.locator(".group[data-group=waste-2023]")
    assert group.locator(".facts span").all_text_contents() == ["2023-09-12", "1条"]
    assert group.locator("h3 a").get_attribute("href") == "/documents/waste-2023"
    shoot(page, "choosing-groups")
    only = group.get_by_role("button", name="只看这份")
    assert asked(page, only.click)["documents"] == ["waste-2023"]
    page.locator(".turn").nth(1).locator(".group .card").wait_for()
    assert titles_of(page.locator(".turn").nth(1)) == ["清溪市生活垃圾管理办法（2023年）"]
    assert page.locator("#chooser .name").text_content() == "《清溪市生活垃圾管理办法（2023年）》"


def reshaped(change: Callable[[dict[str, Any]], object]) -> Callable[["Route"], None]:
    """Lets the service answer, and changes its reply."""

    def handle(route: "Route") -> None:
        response = route.fetch()
        reply = response.json()
        change(reply)
        route.fulfill(response=response, json=reply)

    return handle


def test_documents_come_in_the_order_and_with_the_counts_of_the_reply(open_page: "Open", library: str) -> None:
    counts = {"waste-2023": 3, "plan-2022": 1, "plan-2024": 1, "plan-2023": 1, "waste-2019": 7}
    unit = {"waste": "条", "plan-": "项"}
    documents = [
        {
            "id": id,
            "title": id,
            "short_title": id,
            "short_title_hans": None,
            "issuer": None,
            "issuer_hans": None,
            "number": None,
            "date": None,
            "count": n,
            "unit": unit[id[:5]],
        }
        for id, n in counts.items()
    ]
    page = open_page(library)
    page.route("**/api/ask", reshaped(lambda reply: reply.update(documents=documents)))
    turn = ask(page, "垃圾分类")
    groups = turn.locator(".group").evaluate_all("(all) => all.map((one) => one.dataset.group)")
    assert groups == ["waste-2023", "plan-2022", "plan-2024", "plan-2023"]
    assert turn.locator(".own").all_text_contents() == ["共3条，这里列出1条", "1项", "1项", "1项", "7条"]
    turn.locator(".others summary").click()
    only = turn.locator(".others li").get_by_role("button", name="只看这份：《清溪市生活垃圾管理办法（2019年）》")
    page.unroute_all()
    assert asked(page, only.click)["documents"] == ["waste-2019"]
    page.locator(".turn").nth(1).locator(".card, .said").first.wait_for()


def test_which_document_is_meant_is_asked_with_buttons(open_page: "Open", library: str, shoot: Shoot) -> None:
    def which(reply: dict[str, Any]) -> None:
        if reply["question"] != "第五条讲什么":
            return
        choices = [
            {"document": "waste-2023", "title": PAYLOAD, "question": "《清溪市生活垃圾管理办法》第3条讲什么"},
            {"document": "plan-2022", "title": "2022年清溪市工作要点", "question": "植树造林"},
        ]
        statement = {"kind": "which_document", "text": "问的是哪一份：\n· 甲", "values": {}, "items": []}
        reply.update(
            declined=True, reason="which_document", choices=choices, items=[], citations=[], statements=[statement]
        )

    page = open_page(library)
    page.route("**/api/ask", reshaped(which))
    turn = ask(page, "第五条讲什么")
    buttons = turn.locator(".choices button")
    assert buttons.all_text_contents() == [f"《{PAYLOAD}》", "《2022年清溪市工作要点》"]
    assert turn.locator(".said").text_content() == "问的是哪一份："
    assert turn.locator(".next").count() == 0
    shoot(page, "choosing-which")
    assert asked(page, buttons.nth(1).click)["question"] == "植树造林"
    page.locator(".turn").nth(1).locator(".card").first.wait_for()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 320)])
def test_changes_stand_side_by_side(scheme: str, width: int, open_page: "Open", library: str, shoot: Shoot) -> None:
    page = open_page(f"{library}/?q=和去年比有什么变化", color_scheme=scheme, width=width)
    table = page.locator("table.changes")
    table.wait_for()
    heads = table.locator("thead th").all_text_contents()
    assert heads == ["原：《2023年清溪市工作要点》2023-02-10", "现：《2024年清溪市工作要点》2024-02-06"]
    assert table.locator("tr.of").all_text_contents() == ["新增 7项", "删去 5项", "改动 12项"]
    row = table.locator("tbody.changed tr").nth(1)
    assert row.locator("del").all_text_contents() == ["30"]
    assert row.locator("ins").all_text_contents() == ["45", "新增上市企业2家", "金融办"]
    assert row.locator(".field").all_text_contents() == ["协作：未写明", "协作：金融办"]
    assert row.locator("td").nth(0).locator("a").get_attribute("href") == "/documents/plan-2023#item-7"
    assert "无人机" not in (page.locator(".said").text_content() or "")  # the table says it
    shoot(page, f"choosing-changes-{scheme}")
    page.get_by_role("button", name="改动 12").click()
    assert table.locator("tbody:visible").count() == 1
    shoot(page, f"choosing-changed-{scheme}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_one_click_compares(open_page: "Open", library: str) -> None:
    page = open_page(f"{library}/?document=plan-2022")
    compare = page.get_by_role("button", name="《2024年清溪市工作要点》和2023年比")
    assert "documents" not in asked(page, compare.click)
    page.locator("table.changes").wait_for()
    assert page.locator("#chooser .name").text_content() == "全部文件"
    for path, name in (
        ("/documents", "清溪市生活垃圾管理办法（2023年）：和2019年比"),
        ("/documents/waste-2023", "和2019年比"),
    ):
        page.goto(library + path)
        page.get_by_role("link", name=name, exact=True).click()
        page.locator("table.changes").wait_for()
        assert page.locator("table.changes thead a").nth(0).get_attribute("href") == "/documents/waste-2019"


def test_each_year_is_a_column(open_page: "Open", library: str, shoot: Shoot) -> None:
    page = open_page(library)
    turn = ask(page, "各年各部门牵头几项")
    heads = turn.locator("table.years thead th").all_text_contents()
    assert heads == ["名称", "《2024年清溪市工作要点》", "《2023年清溪市工作要点》", "《2022年清溪市工作要点》", "合计"]
    assert turn.locator("table.years tbody tr").first.locator("th, td").all_text_contents() == [
        "工信局",
        "2",
        "2",
        "1",
        "5",
    ]
    turn = ask(page, "哪些文件提到垃圾分类")
    row = turn.locator("tbody tr").first.locator("th, td")
    assert row.all_text_contents() == ["《2024年清溪市工作要点》", "1", "15"]
    assert row.nth(2).locator("a").get_attribute("href") == "/documents/plan-2024#item-15"
    shoot(page, "choosing-files")


def test_which_files_there_are_is_a_table_of_who_issued_them_and_when(
    open_page: "Open", library: str, shoot: Shoot, host: Host
) -> None:
    page = open_page(library)
    turn = ask(page, "有哪些文件")
    assert turn.locator("th[scope=col]").all_text_contents() == ["文件", "印发单位", "文号", "日期", "条目"]
    rows = [row.locator("th, td").all_text_contents() for row in turn.locator("tbody tr").all()]
    assert rows[:2] == [
        ["《2024年清溪市工作要点》", "清溪市人民政府办公室", "", "2024-02-06", "22项"],
        ["《清溪市生活垃圾管理办法（2023年）》", "清溪市人民政府", "", "2023-09-12", "19条"],
    ]
    assert (len(rows), turn.locator(".card").count()) == (5, 0)
    shoot(page, "files-listed")
    tag = f"<!doctype html><title>x</title><script type=module src={library}/search-box.js></script><yaodian-search></yaodian-search>"
    page = open_page(host.serve("/files", tag))
    field = page.get_by_role("combobox")
    field.fill("有哪些文件")
    field.press("Enter")
    said = page.locator("yaodian-search .said", has_text="2024年2月6日")
    said.wait_for()
    first = "《2024年清溪市工作要点》：清溪市人民政府办公室，2024年2月6日，22项"
    assert (said.inner_text().split("\n")[:2], page.locator("yaodian-search table").count()) == (
        ["共有5份文件：", first],
        0,
    )
    shoot(page, "files-listed-box")


def test_a_set_of_several_documents_is_a_table_with_their_titles(open_page: "Open", library: str) -> None:
    page = open_page(library)
    turn = ask(page, "把教育局牵头的任务列成表")
    assert turn.locator("table.items thead th").all_text_contents()[-1] == "文件"
    titles = turn.locator("table.items tr td:last-child").all_text_contents()
    assert titles == [f"《{year}年清溪市工作要点》" for year in (2024, 2023, 2022)]


def test_titles_are_text(open_page: "Open", many: str) -> None:
    page = open_page(many)
    page.add_init_script("window.ran = 0; window.pwned = () => { window.ran += 1; };")
    page.reload()
    open_chooser(page)
    page.keyboard.type("通知")
    option = page.locator("#picker [role=option]", has_text=PAYLOAD)
    option.wait_for()
    option.click()
    assert page.locator("#chooser .name").text_content() == f"《{PAYLOAD}的通知》" or PAYLOAD in (
        page.locator("#chooser .name").text_content() or ""
    )
    ask(page, "植树").locator(".card").first.wait_for()
    page.goto(f"{many}/documents?q={PAYLOAD}")
    page.locator(".entry a.title").first.click()
    page.locator(".item").first.wait_for()
    assert page.locator("main img").count() == 0
    assert page.evaluate("window.ran") == 0


def test_documents_are_searched_without_javascript(open_page: "Open", many: str) -> None:
    page = open_page(f"{many}/documents", java_script_enabled=False)
    assert page.locator(".entry").count() == 50
    page.get_by_role("link", name="下一页").click()
    assert page.locator(".entry").count() == 20
    page.get_by_label("找文件").fill("1960")
    page.get_by_role("button", name="查找").click()
    assert page.locator(".entry .title").all_text_contents() == ["某市1960年工作要点"]
    page.locator(".entry .title").click()
    page.get_by_role("link", name="1959年", exact=True).first.wait_for()


def test_the_page_says_which_item_its_address_is_of(open_page: "Open", library: str) -> None:
    page = open_page(f"{library}/documents/waste-2019#item-3")
    becomes(page, "document.title === '第3条 · 清溪市生活垃圾管理办法 · 要点问答'")
    assert page.locator("#absent").is_hidden()
    page.evaluate("location.hash = '#item-99'")
    page.locator("#absent").wait_for()
    assert page.title() == "清溪市生活垃圾管理办法 · 要点问答"


def test_on_a_phone_nothing_is_wider_than_the_screen(open_page: "Open", many: str, library: str, shoot: Shoot) -> None:
    for address in (many, f"{many}/documents", f"{library}/documents/plan-2023", f"{library}/?document=plan-2023"):
        page = open_page(address, width=320, height=640)
        if page.locator("#chooser").count():
            open_chooser(page)
            box = page.locator("#picker").bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 320
            assert box["y"] >= 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        shoot(page, f"choosing-phone-{urlsplit(address).path.strip('/').replace('/', '-') or 'chat'}")


def test_the_box_names_the_document_of_each_line(open_page: "Open", library: str, host: Host) -> None:
    tag = f"<!doctype html><title>x</title><script type=module src={library}/search-box.js></script><yaodian-search></yaodian-search>"
    page = open_page(host.serve("/several", tag))
    field = page.get_by_role("combobox")
    field.fill("幼儿园")
    lines = page.locator("yaodian-search [role=option] .where")
    lines.nth(2).wait_for()
    titles, sections = lines.locator(".title"), lines.locator("span:last-child")
    assert sorted(zip(titles.all_text_contents(), sections.all_text_contents(), strict=True)) == [
        ("《2022年清溪市工作要点》", "一、改善民生"),
        ("《2023年清溪市工作要点》", "一、改善民生"),
        ("《2024年清溪市工作要点》", "二、改善民生"),
    ]
    page.evaluate("document.querySelector('yaodian-search').setAttribute('document', 'plan-2022')")
    field.fill("幼儿")
    becomes(page, "document.querySelector('yaodian-search').shadowRoot.querySelectorAll('[role=option]').length === 1")
    assert lines.locator("span:last-child").all_text_contents() == ["一、改善民生"]
