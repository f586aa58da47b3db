import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from corpus import PACKAGED, Document, ParseError, fold, parse_document

FIRST = (PACKAGED / "cnca-2017.txt").read_text(encoding="utf-8")
SECOND = (Path(__file__).parent / "documents" / "fitness-2021.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def first() -> Document:
    return parse_document(FIRST, id="cnca-2017")


@pytest.fixture(scope="module")
def second() -> Document:
    return parse_document(SECOND, id="fitness-2021")


def folded(names: tuple[str, ...]) -> list[str]:
    return [fold(name) for name in names]


def test_the_head_of_the_first_document(first: Document) -> None:
    assert [part.role for part in first.head] == ["addressees", "notice", "issuer", "date", "title", "overall"]
    assert (first.title, first.issuer, first.date) == (
        "2017年認證認可工作要點",
        "國家認監委",
        datetime.date(2017, 2, 15),
    )


def test_the_first_document_has_4_sections_and_38_items(first: Document) -> None:
    assert [section.number for section in first.sections] == [1, 2, 3, 4]
    assert first.sections[3].title == "四、樹立一批標桿性創新創優典型,全面提升自身建設水平"
    assert [item.number for item in first.items] == list(range(1, 39))
    assert [sum(item.section == n for item in first.items) for n in (1, 2, 3, 4)] == [11, 16, 6, 5]


@pytest.mark.parametrize(("text", "id"), [(FIRST, "cnca-2017"), (SECOND, "fitness-2021")])
def test_spans_are_adjacent_and_cover_the_file(text: str, id: str) -> None:
    document = parse_document(text, id)
    spans = list(document.spans())
    assert spans[0].start == 0
    assert spans[-1].end == len(text)
    assert all(before.end == after.start for before, after in pairwise(spans))


def test_an_items_text_is_its_body_without_number_and_note(first: Document) -> None:
    item = first.items[8]
    assert item.text.startswith("貫徹落實《國務院")
    assert item.text.endswith("堅守質量安全底線。")
    assert item.note
    assert first.text[item.note.start : item.note.end] == "(牽頭部門:認證部,協作部門:法律部)"
    assert all(first.text[i.body.start : i.body.end] == i.text for i in first.items)


def test_departments_are_counted_as_the_document_names_them(first: Document) -> None:
    leads = [name for item in first.items for name in folded(item.lead)]
    assert len(leads) == 50
    assert sum(len(item.lead) > 1 for item in first.items) == 9
    assert (leads.count("认可部"), leads.count("认证部"), leads.count("法律部")) == (9, 9, 8)
    assert sum("法律部" in folded(item.support) for item in first.items) == 12
    assert [item.number for item in first.items if "法律部" in folded(item.collective)] == [20, 22, 32, 34]
    assert [item.number for item in first.items if folded(item.support) == ["法律部"]] == [9, 10, 13, 15, 17]


def test_a_collective_word_takes_in_every_department_but_the_lead(first: Document) -> None:
    item = first.items[33]
    assert folded(item.lead) == ["机关党委"]
    assert item.support == ()
    assert set(item.collective) == set(first.departments) - set(item.lead)
    assert len(first.departments) == 16


def test_the_last_item_names_no_department(first: Document) -> None:
    item = first.items[37]
    assert (item.lead, item.supporting, item.note) == ((), (), None)
    assert item.text.endswith("提高人才供給質量。")


def test_a_document_of_another_shape(second: Document) -> None:
    assert (second.title, second.date) == ("关于印发《清河市全民健身促进办法》的通知", datetime.date(2021, 11, 20))
    assert second.issuer == "清河市人民政府办公室"
    assert [(item.id, item.label) for item in second.items] == [
        ("1.1", "第1章第1条"),
        ("1.2", "第1章第2条"),
        ("1.3", "第1章第3条"),
        ("2.1", "第2章第1条"),
        ("2.2", "第2章第2条"),
        ("3.1", "第3章第1条"),
    ]


def test_an_item_of_several_paragraphs_keeps_them_and_references_open_nothing(second: Document) -> None:
    third, fifth = second.items[2], second.items[4]
    assert third.text.startswith("健身知识宣传")
    assert third.text.endswith("第二条规定的经费可以用于讲座。")
    assert fifth.text == "学校场馆在课余时间向市民开放，\n　　按第1项要求办理登记。"


def test_department_notes_on_a_line_of_their_own_and_in_full_width_brackets(second: Document) -> None:
    assert (second.items[1].lead, second.items[1].support) == (("市财政局",), ("市体育局",))
    assert (second.items[3].lead, second.items[3].support) == (("市体育局",), ("市卫生健康委",))
    assert second.items[2].lead == ("市体育局", "市教育局")
    assert second.items[2].collective == ("市财政局", "市卫生健康委")


def test_list_numbers_in_brackets_under_headings() -> None:
    document = parse_document("一、总体安排\n（一）甲事。\n（二）乙事。\n二、保障措施\n（一）丙事。\n", id="x")
    assert [(i.id, i.section, i.text) for i in document.items] == [
        ("1.1", 1, "甲事。"),
        ("1.2", 1, "乙事。"),
        ("2.1", 2, "丙事。"),
    ]


def test_numbers_without_headings_are_items() -> None:
    document = parse_document("通知\n1、甲事。\n2、乙事。\n", id="x")
    assert [(i.id, i.section, i.text) for i in document.items] == [("1", None, "甲事。"), ("2", None, "乙事。")]


def test_paragraphs_under_chinese_numbers_stay_in_their_item_where_one_has_no_list() -> None:
    document = parse_document("一、甲事\n（一）细则。\n二、乙事\n从速办理。\n", id="x")
    assert [(i.id, i.text) for i in document.items] == [("1", "甲事\n（一）细则。"), ("2", "乙事\n从速办理。")]


def articles(*lines: str) -> list[tuple[str, str]]:
    return [(item.id, item.text) for item in parse_document("\n".join(lines), id="x").items]


def test_a_line_that_may_refer_to_an_article_opens_it_only_where_it_is_the_next() -> None:
    assert articles("第一条 甲事。", "第二条与会人员签到。", "第三条 丙事。") == [
        ("1", "甲事。"),
        ("2", "与会人员签到。"),
        ("3", "丙事。"),
    ]
    assert articles("第一条 甲事。", "第二条所列除外。", "第二条 乙事。") == [
        ("1", "甲事。\n第二条所列除外。"),
        ("2", "乙事。"),
    ]
    assert articles("第一条 甲事。", "第二条内设机构。") == [("1", "甲事。"), ("2", "内设机构。")]


@pytest.mark.parametrize(
    ("body", "lead", "support"),
    [
        ("办好此事。（甲部牵头，乙部、丙局配合）", ("甲部",), ("乙部", "丙局")),
        ("办好此事。（由甲部负责）", ("甲部",), ()),
        ("办好此事。（甲办牵头；乙大队、丙街道配合）", ("甲办",), ("乙大队", "丙街道")),
        ("办好此事。（甲局会同乙局负责）", ("甲局", "乙局"), ()),
        ("办好此事。（甲局牵头，乙局、丙局按职责分工负责）", ("甲局", "乙局", "丙局"), ()),
        ("办好此事。〔牵头单位：甲局〕", ("甲局",), ()),
        ("办好此事。牵头部门：甲部；协作部门：乙部", ("甲部",), ("乙部",)),
        ("办好此事。（责任单位：甲局、乙局按职责分工负责）", ("甲局", "乙局"), ()),
        ("办好此事。（牵头部门：甲部，协作部门：乙部、乙部）", ("甲部",), ("乙部",)),
        ("办好此事。\n责任单位：甲局\n配合单位：乙局", ("甲局",), ("乙局",)),
    ],
)
def test_ways_to_write_a_department_note(body: str, lead: tuple[str, ...], support: tuple[str, ...]) -> None:
    for line_end in ("\n", "\r\n"):
        (item,) = parse_document(f"1、{body}\n".replace("\n", line_end), id="x").items
        assert (item.text, item.lead, item.support) == ("办好此事。", lead, support)


@pytest.mark.parametrize(
    "body",
    [
        "建立（协作）机制，长期坚持。",
        "发挥（牵头单位）作用。",
        "推进工作（见附表）",
        "总结经验（含甲部）。",
        "落实（主体责任）",
        "扩大（公众参与）",
    ],
)
def test_brackets_in_a_sentence_are_no_note(body: str) -> None:
    (item,) = parse_document(f"1、{body}\n", id="x").items
    assert (item.text, item.note) == (body, None)


def test_bodies_outside_are_no_collective_words() -> None:
    items = parse_document(
        "1、甲事。（责任单位：甲局；配合单位：各区县人民政府）\n2、乙事。（责任单位：乙局；配合单位：有关部门）\n",
        id="x",
    ).items
    assert [(item.support, item.collective) for item in items] == [
        (("各区县人民政府",), ()),
        ((), ("甲局", "各区县人民政府")),
    ]


@pytest.mark.parametrize(
    "signature",
    [
        "清河市政府\n2021年11月20日",
        "2021 年 11 月 20 日\n清河市政府",
        "清河市政府\n\n2021年11月20日\n（此件公开发布）\n抄送：市委办。",
    ],
)
def test_a_signature_is_no_part_of_the_last_item(signature: str) -> None:
    document = parse_document(f"通知\n1、甲事。\n2、乙事。\n{signature}\n", id="x")
    assert document.items[-1].text == "乙事。"
    assert (document.issuer, document.date) == ("清河市政府", datetime.date(2021, 11, 20))


def test_windows_line_ends_change_no_text() -> None:
    document = parse_document(SECOND.replace("\n", "\r\n"), id="x")
    assert document.items[1].text == "全民健身经费列入预算，每年增长不低于百分之五。"
    assert document.items[1].lead == ("市财政局",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("7.加強", "8.加強", "第14行：应为编号7，实为编号8"),
        ("協作部門:法律部、認可部、研究所)", "協作部門)", "第8行：应为用“、”分隔的部门名称"),
        ("1.總結", "2.總結", "第8行：应为编号1，实为编号2"),
        ("7.加強", "6.加強", "第14行：应为编号7，实为重复的编号6"),
        ("三、實施", "五、實施", "第36行：应为第3部分的标题，实为编号5"),
        ("(牽頭部門:注冊部,協作部門:法律部、認可部、研究所)", "(牽頭部門注冊部)", "第8行：应为部门说明"),
        (
            "(牽頭部門:注冊部,協作部門:法律部、認可部、研究所)",
            "(牽頭部門:,協作部門:法律部)",
            "第8行：应为用“、”分隔的部门名称",
        ),
        (
            "(牽頭部門:注冊部,協作部門:法律部、認可部、研究所)",
            "(牽頭部門:注冊部",
            "第8行：应为部门说明在条目末尾以“)”结束",
        ),
        ("(牽頭部門:認證部,協作部門:法律部)\n10", "(牽頭部門:認證部)另行通知。\n10", "第16行：应为部门说明在条目末尾"),
    ],
)
def test_what_cannot_be_understood_names_line_and_expectation(old: str, new: str, message: str) -> None:
    assert old in FIRST
    with pytest.raises(ParseError, match=message.replace("(", r"\(").replace(")", r"\)")):
        parse_document(FIRST.replace(old, new, 1), id="broken")


def test_a_note_that_names_first_and_then_says_more_is_an_error() -> None:
    with pytest.raises(ParseError, match="第1行：应为部门说明"):
        parse_document("1、办好此事。（甲局牵头，2023年底前完成）\n", id="x")


def test_text_without_numbered_items_is_an_error() -> None:
    with pytest.raises(ParseError, match="至少一个编号条目"):
        parse_document("今天开会。\n明天休息。\n", id="x")
    with pytest.raises(ParseError, match="至少一个编号条目"):
        parse_document("", id="x")
