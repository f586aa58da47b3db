import datetime
import os
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


def test_a_section_without_numbers_is_an_item_and_changes_no_other() -> None:
    document = parse_document("一、甲事\n（一）细则。\n二、乙事\n从速办理。\n", id="x")
    assert [(i.id, i.label, i.text) for i in document.items] == [
        ("1", "第1项", "细则。"),
        ("2", "第2部分", "从速办理。"),
    ]
    assert [unit.title for unit in document.sections] == ["一、甲事", "二、乙事"]


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
        ("办好此事。（甲局牵头，乙局、丙局按职责分工负责）", ("甲局",), ("乙局", "丙局")),
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
        ((), ("甲局",)),
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
    ("old", "new", "line", "expected", "found"),
    [
        ("7.加強", "8.加強", 14, "编号7", "编号8"),
        ("7.加強", "6.加強", 14, "编号7", "编号6"),
        ("1.總結", "2.總結", 8, "编号1", "编号2"),
        ("三、實施", "五、實施", 36, "编号3", "编号5"),
    ],
)
def test_a_misprinted_number_is_read_on_over_with_a_warning(
    old: str, new: str, line: int, expected: str, found: str
) -> None:
    assert old in FIRST
    document = parse_document(FIRST.replace(old, new, 1), id="odd")
    assert len(document.items) == 38
    assert any(
        one.line == line and one.expected == expected and one.found.startswith(found) for one in document.warnings
    )


def test_the_first_document_gives_no_warning(first: Document) -> None:
    assert first.warnings == ()


def test_a_note_that_cannot_be_read_stays_in_the_text_with_a_warning() -> None:
    document = parse_document(FIRST.replace("(牽頭部門:注冊部,協作", "(牽頭部門:,協作", 1), id="odd")
    assert len(document.items) == 38
    broken = parse_document(
        FIRST.replace("(牽頭部門:注冊部,協作部門:法律部、認可部、研究所)", "(牽頭部門:注冊部", 1), id="odd"
    )
    assert len(broken.items) == 38


def test_text_without_numbers_is_read_as_paragraphs() -> None:
    document = parse_document(
        "关于开会的通知\n各科室：\n今天下午三点在二楼开会，请准时参加。\n会后请把会议室收拾干净再离开。\n", id="x"
    )
    assert document.title == "关于开会的通知"
    assert [(i.id, i.label, i.text) for i in document.items] == [
        ("1", "第1段", "今天下午三点在二楼开会，请准时参加。"),
        ("2", "第2段", "会后请把会议室收拾干净再离开。"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "通知", "一、\n二、\n"])
def test_text_in_which_nothing_can_be_cited_is_an_error(text: str) -> None:
    with pytest.raises(ParseError, match="应为至少一个编号条目"):
        parse_document(text, id="x")


def parsed_or_refused(text: str) -> Document | str:
    try:
        return parse_document(text, id="x")
    except ParseError as error:
        return str(error)


LONG = os.environ.get("YAODIAN_FAULTS") == "long"


def test_every_prefix_of_a_document_parses_or_is_refused_in_a_sentence() -> None:
    for text in (FIRST[:1500], SECOND, "关于某事的通知\n第三条规定的事项另行通知。"):
        for end in range(0, len(text), 1 if LONG else 5):
            document = parsed_or_refused(text[:end])
            if isinstance(document, str):
                assert "应为" in document
                continue
            assert all(document.text[i.body.start : i.body.end] == i.text for i in document.items)
            assert all(before.end == after.start for before, after in pairwise(document.spans()))


def test_a_list_of_attachments_has_no_items() -> None:
    text = "甲局关于晒场的通知\n一、租金\n（一）减租。\n（二）免租。\n二、本通知自2024年3月4日起施行，有效期5年。\n附件：\n１．限额\n２．标准\n甲局\n2024年3月4日\n"
    document = parse_document(text, "d")
    assert [(str(item.number), item.text) for item in document.items] == [
        ("1", "减租。"),
        ("2", "免租。"),
        ("2", "本通知自2024年3月4日起施行，有效期5年。"),
    ]


def test_a_title_over_two_lines_of_which_the_first_ends_with_a_kind_of_file() -> None:
    text = "某市政府关于全面推行行政规范性文件\n合法性审核机制的意见\n（一）审核。\n（二）备案。\n"
    assert parse_document(text, "d").title == "某市政府关于全面推行行政规范性文件合法性审核机制的意见"
