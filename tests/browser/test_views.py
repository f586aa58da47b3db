"""One set of items as cards, as a table, by department and by section; what is on a card."""

import io
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from tests.browser.conftest import Host, Shoot, becomes, serving
from tests.browser.test_pages import ask, labels_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    Open = Callable[..., Page]

TOWN = """某市2025年工作要点

某市人民政府
2025年1月5日

一、产业
1.建设园区。推进数字产业园区建设，完善配套设施，引进企业。让企业留得住。（牵头单位：市发改委；配合单位：市财政局、各部门；完成时限：2025年6月底前）
2.扩大消费。组织消费季活动，<b>发放</b>消费券。（牵头单位：市商务局；配合单位：市财政局；完成时限：2025年12月底前）
二、民生
3.新建学校十所，改建学校五所，增加学位。（牵头单位：市教育局、市发改委；完成时限：2025年9月底前）
4.改造老旧小区，加装电梯。（牵头单位：市住建局；配合单位：市教育局）
"""
CLIPBOARD = ("clipboard-read", "clipboard-write")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder, host: Host) -> Iterator[str]:
    """Four tasks in two parts, with departments and deadlines."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "town.txt").write_text(TOWN, encoding="utf-8")
    with serving(Index.build(load_corpus(folder), segmenter, encoder), [host.origin]) as address:
        yield address


def view(turn: "Locator", name: str) -> None:
    turn.locator(".views").get_by_text(name, exact=True).click()


def rows_of(turn: "Locator") -> list[list[str]]:
    rows = turn.locator("table.items tbody tr")
    return [rows.nth(at).locator("th, td").all_text_contents() for at in range(rows.count())]


def labels(turn: "Locator") -> list[str]:
    return turn.locator("table.items tbody th").all_text_contents()


def is_focused(locator: "Locator") -> bool:
    return bool(locator.evaluate("(node) => document.activeElement === node"))


# How it was read


def test_a_condition_is_taken_away_by_mouse_and_by_keys(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service)
    turn = ask(page, "认证部牵头且与电商有关的任务")
    assert turn.locator(".read-as").text_content() == "理解为：由认证部牵头、且涉及“电商”的任务"
    assert turn.locator(".condition").all_text_contents() == ["由认证部牵头", "涉及“电商”"]
    shoot(page, "views-reading")
    turn.get_by_role("button", name="去掉这个条件：由认证部牵头").click()
    second = page.locator(".turn").nth(1)
    second.locator(".card").nth(1).wait_for()
    assert labels_of(second) == ["第9项", "第20项"]
    assert second.locator(".asked").text_content() == "涉及“电商”的任务有哪些"
    turn.get_by_role("button", name="去掉这个条件：涉及“电商”").focus()
    page.keyboard.press("Enter")
    third = page.locator(".turn").nth(2)
    third.locator(".card").nth(8).wait_for()
    assert labels_of(third) == [f"第{number}项" for number in (2, 5, 6, 8, 9, 10, 13, 14, 21)]
    becomes(page, "document.activeElement.id === 'question'")


def test_without_a_condition_the_script_stays(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "認證部牽頭且與電商有關的任務")
    turn.locator(".condition").first.click()
    second = page.locator(".turn").nth(1)
    second.locator(".card").nth(1).wait_for()
    assert (second.locator(".said").text_content() or "").startswith("共有2項任務涉及“電商”")


def test_what_was_recognised_is_offered_after_a_refusal(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "由认证部牵头且涉及养猪的任务")
    turn.locator(".next").get_by_role("button", name="由认证部牵头的任务有哪些").click()
    page.locator(".turn").nth(1).locator(".card").nth(8).wait_for()


# The views


def test_the_view_of_a_set_is_chosen_and_remembered(open_page: "Open", town: str) -> None:
    page = open_page(town)
    turn = ask(page, "列出所有任务")
    assert turn.locator(".views label").all_text_contents() == ["卡片", "表格", "按部门", "按部分"]
    assert turn.locator(".card").count() == 4
    before = turn.locator(".views").bounding_box()
    view(turn, "表格")
    assert labels(turn) == ["第1项", "第2项", "第3项", "第4项"]
    assert turn.locator(".views").bounding_box() == before
    page.keyboard.press("ArrowRight")  # the choice has the focus
    assert turn.locator("summary .name").all_text_contents() == ["市发改委", "市商务局", "市教育局", "市住建局"]
    assert turn.locator("summary .own").all_text_contents() == ["2项", "1项", "1项", "1项"]
    assert turn.locator(".in-group").nth(2).locator(".where a").all_text_contents() == ["第3项"]
    page.keyboard.press("ArrowRight")
    assert turn.locator("summary .name").all_text_contents() == ["一、产业", "二、民生"]
    page.reload()
    again = page.locator(".turn")
    again.locator(".in-group").nth(1).wait_for()
    assert again.locator(".views input:checked").get_attribute("value") == "section"
    assert ask(page, "第1项").locator(".views").count() == 0  # of one item there is one view
    assert page.locator(".turn").nth(1).locator(".card").count() == 1


def test_the_table_shows_the_deciding_sentence_and_unfolds_it(open_page: "Open", town: str, shoot: Shoot) -> None:
    page = open_page(town, color_scheme="dark")
    turn = ask(page, "哪些任务涉及企业")
    assert turn.locator(".views").count() == 0
    turn = ask(page, "列出所有任务")
    view(turn, "表格")
    assert turn.locator("thead th").all_text_contents() == ["编号", "内容", "牵头部门", "协作部门", "时限"]
    cell = turn.locator("td.task").first
    sentence = "建设园区。推进数字产业园区建设，完善配套设施，引进企业。"
    assert cell.locator(".text").text_content() == f"{sentence}…"
    cell.get_by_role("button").click()
    assert cell.locator(".text").text_content() == f"{sentence}让企业留得住。"
    assert cell.get_by_role("button").get_attribute("aria-expanded") == "true"
    cell.locator(".text").click()  # so is the sentence itself
    assert cell.locator(".text").text_content() == f"{sentence}…"
    assert turn.locator("td.task").nth(3).get_by_role("button").count() == 0  # nothing is folded
    assert rows_of(turn)[0][2:] == ["市发改委", "市财政局、各部门", "2025年6月底前"]
    shoot(page, "views-table-dark")


def test_the_table_sorts_by_its_columns(open_page: "Open", town: str) -> None:
    page = open_page(town)
    turn = ask(page, "列出所有任务")
    view(turn, "表格")
    due = turn.get_by_role("columnheader", name="时限")
    due.get_by_role("button").click()
    assert labels(turn) == ["第1项", "第3项", "第2项", "第4项"]  # one without a deadline comes last
    assert due.get_attribute("aria-sort") == "ascending"
    assert is_focused(due.get_by_role("button"))
    page.keyboard.press("Enter")
    assert labels(turn) == ["第2项", "第3项", "第1项", "第4项"]
    page.keyboard.press("Enter")
    assert (labels(turn), due.get_attribute("aria-sort")) == (["第1项", "第2项", "第3项", "第4项"], None)
    lead = turn.get_by_role("columnheader", name="牵头部门").get_by_role("button")
    lead.click()
    assert [row[2] for row in rows_of(turn)] == ["市住建局", "市发改委", "市商务局", "市教育局、市发改委"]


def test_columns_are_hidden_and_stay_so(open_page: "Open", town: str) -> None:
    page = open_page(town)
    turn = ask(page, "列出所有任务")
    view(turn, "表格")
    turn.locator(".columns summary").click()
    turn.get_by_label("协作部门").uncheck()
    heads = ["编号", "内容", "牵头部门", "时限"]
    assert turn.locator("thead th").all_text_contents() == heads
    page.keyboard.press("Escape")
    assert turn.get_by_label("协作部门").is_hidden()
    assert is_focused(turn.locator(".columns summary"))
    turn.locator(".columns summary").click()
    page.locator("h2.asked").click()  # a press beside it closes it, too
    assert turn.get_by_label("协作部门").is_hidden()
    page.reload()
    page.locator("table.items tbody tr").nth(3).wait_for()
    assert page.locator("thead th").all_text_contents() == heads


def test_a_column_with_nothing_in_it_is_not_shown(open_page: "Open", town: str) -> None:
    page = open_page(town)
    turn = ask(page, "第3至4项")
    view(turn, "表格")
    assert turn.locator("thead th").all_text_contents() == ["编号", "内容", "牵头部门", "协作部门", "时限"]
    turn = ask(page, "市发改委牵头的任务")
    assert turn.locator(".views input:checked").get_attribute("value") == "table"
    turn = ask(page, "第4项")
    assert turn.locator(".card").count() == 1


READ = """async (kind) => {
    const [item] = await navigator.clipboard.read();
    return (await item.getType(kind)).text();
}"""


@pytest.mark.parametrize("way", ["ClipboardItem", "event"])
def test_the_table_is_copied_as_a_table(way: str, open_page: "Open", town: str) -> None:
    page = open_page(town, permissions=list(CLIPBOARD))
    if way == "event":  # an older browser, or a page without https
        page.evaluate("delete window.ClipboardItem")
    turn = ask(page, "列出所有任务")
    view(turn, "表格")
    turn.locator(".columns summary").click()
    turn.get_by_label("协作部门").uncheck()
    page.keyboard.press("Escape")
    turn.get_by_role("columnheader", name="时限").get_by_role("button").click()
    turn.get_by_role("button", name="复制表格").click()
    turn.get_by_role("button", name="已复制").wait_for()
    if way == "event":
        page.evaluate("() => { const frame = document.createElement('iframe'); document.body.append(frame); }")
    text = page.evaluate("navigator.clipboard.readText()")
    lines = [line.split("\t") for line in text.splitlines()]
    assert [line[0] for line in lines] == ["编号", "第1项", "第3项", "第2项", "第4项"]
    assert lines[0] == ["编号", "内容", "牵头部门", "时限"]
    assert lines[1][1].endswith("让企业留得住。")  # whole
    if way == "ClipboardItem":
        html = page.evaluate(READ, "text/html")
        assert html.count("<tr>") == 5
        assert re.findall("<th width[^>]*>(.*?)</th>", html) == lines[0]  # one name for one column, in the file too
        assert re.search("<td[^>]*>市教育局、市发改委</td><td[^>]*>2025年9月底前</td>", html)
        assert sum(map(int, re.findall('width="([0-9]+)%"', html))) in range(198, 203)  # as wide as the page
        assert "&lt;b&gt;发放&lt;/b&gt;" in html  # what the document says is no markup


def test_a_table_of_counts_is_copied_as_a_table(open_page: "Open", service: str) -> None:
    page = open_page(service, permissions=list(CLIPBOARD))
    turn = ask(page, "哪个部门牵头最多")
    turn.get_by_role("button", name="复制表格").click()
    turn.get_by_role("button", name="已复制").wait_for()
    html = page.evaluate(READ, "text/html")
    assert re.findall("<th>(.*?)</th>", html) == ["名称", "项数", "条目"]
    assert re.findall("<td[^>]*>(.*?)</td>", html)[:3] == ["認可部", "9", "4、7、8、12、14、18、19、26、36"]


def test_the_file_is_the_table_that_is_shown(open_page: "Open", town: str) -> None:
    page = open_page(town)
    turn = ask(page, "列出所有任务")
    view(turn, "表格")
    turn.locator(".columns summary").click()
    turn.get_by_label("内容").uncheck()
    page.keyboard.press("Escape")
    for _ in range(2):
        turn.get_by_role("columnheader", name="时限").get_by_role("button").click()

    def downloaded() -> list[tuple[object, ...]]:
        with page.expect_download() as download:
            turn.get_by_role("button", name="下载 .xlsx").click()
        book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
        turn.get_by_role("button", name="下载 .xlsx").wait_for()
        return list(book["答案"].iter_rows(values_only=True))

    heads, *rows = downloaded()
    assert heads == ("编号", "牵头部门", "协作部门", "时限")
    assert [[cell or "" for cell in row] for row in rows] == rows_of(turn)
    view(turn, "按部门")
    heads, *rows = downloaded()
    assert heads[:2] == ("部门", "编号")
    assert [row[:2] for row in rows][:3] == [("市发改委", "第1项"), ("市发改委", "第3项"), ("市商务局", "第2项")]


def test_a_large_set_stays_light(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service)
    turn = ask(page, "列出所有任务")
    assert turn.locator(".card").count() == 10
    box = turn.locator(".next").bounding_box()
    assert box
    assert box["y"] < 2000  # 38 cards were 4,990 px
    shoot(page, "views-cards")
    turn.get_by_role("button", name="再看其余28项").click()
    assert turn.locator(".card").count() == 38
    assert is_focused(turn.locator(".where a").nth(10))
    view(turn, "按部门")
    assert turn.locator(".in-group").count() == 14
    assert turn.locator(".in-group[open]").count() == 1
    assert turn.locator(".card").count() == 9  # of a group that is closed none is made
    turn.locator(".in-group summary").nth(1).click()
    turn.locator(".in-group").nth(1).locator(".card").first.wait_for()
    shoot(page, "views-departments")


def test_on_paper_the_whole_set_stands(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "列出所有任务")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert turn.locator(".card:visible").count() == 38
    assert turn.locator(".view-bar:visible, .more-line:visible").count() == 0


def test_on_paper_a_table_is_not_cut(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "法律部牵头哪些任务")
    view(turn, "表格")
    rows = turn.locator("table.items tbody tr")
    assert any(text.startswith("…") or text.endswith("…") for text in rows.locator(".task .text").all_text_contents())
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not any("…" in text for text in rows.locator(".task .text").all_text_contents())
    assert turn.locator("table.items button").count() == 0  # in a head that is repeated it would be blank
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert turn.locator("thead button").count() == 3


def test_items_of_several_documents_name_theirs_in_every_view(open_page: "Open", library: str) -> None:
    page = open_page(library)
    turn = ask(page, "垃圾分类")
    view(turn, "按部门")
    first = turn.locator(".in-group").first
    titles = [f"《{year}年清溪市工作要点》三、保护生态" for year in (2024, 2023)]
    assert first.locator(".where span").all_text_contents()[:2] == titles
    assert turn.locator("summary .own").all_text_contents() == ["3项", "1条"]  # each in its own unit
    view(turn, "表格")
    assert turn.locator("thead th").all_text_contents()[-1] == "文件"
    assert [row[-1] for row in rows_of(turn)][:2] == [
        "《2024年清溪市工作要点》",
        "《清溪市生活垃圾管理办法（2023年）》",
    ]


def test_groups_that_are_asked_for_are_shown_as_groups(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "按部分分组列出所有任务")
    assert turn.locator(".views input:checked").get_attribute("value") == "section"
    assert turn.locator("summary .own").count() == 4
    assert turn.locator("table").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_every_view_fits(width: int, scheme: str, open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service, width=width, height=700, color_scheme=scheme)
    turn = ask(page, "法律部协作的任务")
    for name in ("卡片", "表格", "按部门", "按部分"):
        view(turn, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        shoot(page, f"views-{width}-{name}-{scheme}")


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_a_row_of_the_table_is_read_without_moving_it(width: int, open_page: "Open", service: str) -> None:
    page = open_page(service, width=width, height=700)
    turn = ask(page, "法律部协作的任务")
    view(turn, "表格")
    assert turn.locator(".scroll").evaluate("(node) => node.scrollWidth - node.clientWidth") == 0
    row = turn.get_by_role("row").nth(1)  # it is still a table
    assert row.get_by_role("cell").nth(1).text_content() == "注冊部"
    boxes = [row.get_by_role("cell").nth(at).bounding_box() for at in range(3)]
    lefts, tops, ends = zip(*((box["x"], box["y"], box["y"] + box["height"]) for box in boxes if box), strict=True)
    assert lefts == (16, 16, 16)
    assert tops[1:] >= ends[:2]  # below each other
    said = row.get_by_role("cell").nth(1).evaluate("(node) => getComputedStyle(node, '::before').content")
    assert said == '"牵头部门"'  # each cell says what it is
    turn.get_by_role("columnheader", name="牵头部门").get_by_role("button").click()
    assert turn.get_by_role("columnheader", name="牵头部门").get_attribute("aria-sort") == "ascending"


# Cards


def test_who_leads_and_who_supports_stand_apart_and_the_one_asked_about_is_marked(
    open_page: "Open", service: str, shoot: Shoot
) -> None:
    page = open_page(service)
    turn = ask(page, "法律部协作的任务")
    turn.get_by_role("button", name="再看其余6项").click()
    assert turn.locator(".card").count() == 16
    for at in range(16):  # on every card, through words for all too
        sought = turn.locator(".card").nth(at).locator(".sought")
        assert sought.count() == 1
        assert "法律部" in (sought.text_content() or "")
    first = turn.locator(".card").first
    assert first.locator(".role").all_text_contents() == ["牵头", "协作"]
    assert first.locator(".lead").all_text_contents() == ["注冊部"]
    weights = [
        first.locator(kind).first.evaluate("(one) => getComputedStyle(one).fontWeight")
        for kind in (".lead", ".department:not(.lead, .sought)")
    ]
    assert weights == ["600", "400"]
    shoot(page, "views-roles")


def test_the_documents_own_words_for_all_are_shown(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "第20项")
    words = turn.locator(".for-all summary")
    assert words.text_content() == "各部室、下屬單位"
    assert turn.locator(".for-all .names").is_hidden()
    words.click()
    names = turn.locator(".for-all .names").text_content() or ""
    assert names.startswith("指：")
    assert len(names.split("、")) == 15
    asked = ask(page, "法律部协作的任务且涉及电商").locator(".for-all summary")
    assert asked.text_content() == "各部室、下屬單位（含法律部）"


def test_the_deadline_is_on_the_card(open_page: "Open", town: str) -> None:
    turn = ask(open_page(town), "第2项")
    assert turn.locator(".due").text_content() == "2025年12月底前"
    assert turn.locator(".role").all_text_contents() == ["牵头", "协作", "时限"]


def test_asked_who_the_item_is_read_at_once(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "一带一路的任务由谁牵头")
    assert turn.locator(".said").text_content() == "第31项：牵头部门：国际部\n第32项：牵头部门：办公室"
    assert turn.locator(".card .text").first.is_visible()
    turn = ask(page, "列出所有任务的牵头部门")
    assert "第38项" not in (turn.locator(".said").text_content() or "")  # the cards say it


def test_what_is_perhaps_meant_looks_different(open_page: "Open", service: str) -> None:
    page = open_page(service)
    perhaps = ask(page, "几个国家一起认一张证").locator(".card").first
    found = ask(page, "第7项").locator(".card").first
    style = "(one) => [getComputedStyle(one).borderTopStyle, getComputedStyle(one).backgroundColor]"
    assert perhaps.is_visible()
    assert perhaps.evaluate(style)[0] == "dashed"
    assert perhaps.evaluate(style)[1] != found.evaluate(style)[1]
