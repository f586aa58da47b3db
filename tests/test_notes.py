"""Every way to write who does an item, read alone."""

import datetime

import pytest

from corpus.assignment import Assigned, Unassigned, assign

ISSUED = datetime.date(2025, 3, 1)


def read(text: str) -> Assigned:
    [assigned] = assign([Unassigned(text)], ISSUED)
    return assigned


def shown(text: str) -> str:
    """lead / support, with ! where they are only responsible."""
    one = read(text)
    return f"{'!' if one.responsible else ''}{' '.join(one.lead)} / {' '.join(one.support)}"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("（牵头部门:文化局、教育局,协作部门:财政局）", "文化局 教育局 / 财政局"),
        ("（文化局牵头，教育局、财政局配合）", "文化局 / 教育局 财政局"),
        ("（甲牵头，乙、丙配合）", "甲 / 乙 丙"),
        ("（甲、乙按职责分工负责）", "!甲 乙 / "),
        ("（文化局牵头，教育局、财政局按职责分工负责）", "文化局 / 教育局 财政局"),
        ("（文化局、教育局按照职责分工负责）", "!文化局 教育局 / "),
        ("（文化局、教育局分别负责）", "!文化局 教育局 / "),
        ("（文化局、教育局等部门负责）", "!文化局 教育局 / "),
        ("（文化局会同教育局和财政局负责）", "!文化局 教育局 财政局 / "),
        ("（责任单位：文化局、教育局，清河市政府）", "!文化局 教育局 清河市政府 / "),
        ("（牵头单位：文化局；责任单位：教育局、财政局；配合单位：图书馆）", "文化局 / 教育局 财政局 图书馆"),
        ("（文化局负责）", "!文化局 / "),
        ("（文化局指导，各镇政府负责落实。以下均需落实，不再列出）", "!各镇政府 / 文化局"),
        ("（文化局、教育局指导）", " / 文化局 教育局"),
        ("（文化局负责指导）", "!文化局 / "),
        ("（文化局、教育局等有关部门和单位按职责分工负责）", "!文化局 教育局 / "),
        ("（负责部门：文化局、教育局，适用范围：东部，以下适用范围均为全市）", "!文化局 教育局 / "),
        ("（文化局、教育局等和各有关镇政府负责）", "!文化局 教育局 各有关镇政府 / "),
        ("（由文化局负责）。", "!文化局 / "),
        ("（文化局负责，教育局、财政局配合）", "!文化局 / 教育局 财政局"),
        ("（文化局牵头抓总，教育局具体负责，图书馆配合落实）", "文化局 / 教育局 图书馆"),
        ("（文化局牵头、教育局配合）", "文化局 / 教育局"),
        ("（文化局、应急管理部、省教育厅）", "!文化局 应急管理部 省教育厅 / "),
        ("〔责任单位：市场监管局（知识产权局）、书库管理所（筹）〕", "!市场监管局（知识产权局） 书库管理所（筹） / "),
        ("【文化局牵头，教育局配合】", "文化局 / 教育局"),
        ("[责任单位:文化局]", "!文化局 / "),
        ("（责任单位：市场监管局（知识产权局、标准化院）、教育局）", "!市场监管局（知识产权局、标准化院） 教育局 / "),
        ("（責任單位：環境及生態局、文化和旅遊廳及教育局）", "!環境及生態局 文化和旅遊廳 教育局 / "),
        ("（勞工及福利局/發展局）", "!勞工及福利局 發展局 / "),
        ("（责任单位：文化\n局、教育局按职责分\r\n工负责）", "!文化局 教育局 / "),
        ("（责任单位：和平区政府、和县人民政府）", "!和平区政府 和县人民政府 / "),
        ("（牵头单位：文化局，配合单位：无）", "文化局 / "),
        ("（责任领导：张三；责任单位：文化局；责任人：李四）", "!文化局 / "),
        ("（责任单位：文化局、教育局、财政局，以下均需各地落实不再重复列出）", "!文化局 教育局 财政局 / "),
        ("（牵头部门：文化局，协作部门：教育局、教育局）", "文化局 / 教育局"),
        ("责任单位：文化局", "!文化局 / "),
        ("牵头部门：文化局；协作部门：教育局。", "文化局 / 教育局"),
        ("\n牵头单位：文化局\n\n责任单位：教育局，\n财政局\n配合单位：图书馆", "文化局 / 教育局 财政局 图书馆"),
        ("\r\n责任单位：\r\n文化局、教育局\r\n", "!文化局 教育局 / "),
        ("\n部门分工：文化局牵头，教育局配合。", "文化局 / 教育局"),
        ("\n牵头领导：张三\n责任单位：文化局", "!文化局 / "),
    ],
)
def test_forms_of_a_note(note: str, expected: str) -> None:
    text = f" 在各镇建书库。{note}"
    one = read(text)
    assert shown(text) == expected
    assert (text[slice(*one.body)], one.warnings) == ("在各镇建书库。", ())


@pytest.mark.parametrize(
    "name",
    [
        *(
            "各市、县〔市、区〕政府",
            "各市、县（市、区）人民政府",
            "各区、县级市政府",
            "各区、县级市",
            "各区",
            "各设区市",
        ),
        *("各有关单位", "各级行业主管部门", "各行业主管部门", "国务院各部门", "市级各有关部门", "相关县（市、区）政府"),
        *("各地級以上市人民政府", "州直相关单位", "區直各部門", "各街道", "有关政策局"),
    ],
)
def test_words_for_many_bodies_of_a_kind_are_one_body(name: str) -> None:
    one = read(f"在各镇建书库。（牵头单位：文化局；配合单位：教育局、{name}）")
    assert (one.lead, one.support, one.bodies, one.collective) == (("文化局",), ("教育局", name), (name,), ())


@pytest.mark.parametrize(
    ("note", "dues"),
    [
        ("（文化局牵头，2025年12月底前完成）", [("2025年12月底前", "2025-12-31")]),
        ("（各部门分别负责，年内持续推进）", [("年内持续推进", "2025-12-31")]),
        ("（牵头单位：文化局；完成时限：2026年6月）", [("2026年6月", "2026-06-30")]),
        ("（文化局负责，6月底前印发书目，每季度通报）", [("6月底前", "2025-06-30"), ("每季度", "")]),
        ("\n责任单位：文化局\n完成时限：长期坚持", [("长期坚持", "")]),
        ("\n责任单位：文化局\n完成时限：按全市部署", [("按全市部署", "")]),
        ("（主辦單位：文化局；辦理期程：民國115年6月底前）", [("民國115年6月底前", "2026-06-30")]),
    ],
)
def test_deadlines_in_a_note_come_before_those_of_the_body(note: str, dues: list[tuple[str, str]]) -> None:
    text = f"到2027年，建成书库。{note}"
    one = read(text)
    assert [(due.text, str(due.by or "")) for due in one.dues] == [*dues, ("到2027年", "2027-12-31")]
    assert all(text[due.start : due.end] == due.text for due in one.dues)
    assert text[slice(*one.body)] == "到2027年，建成书库。"


def test_each_note_of_an_item_counts_and_only_those_at_its_end_are_cut() -> None:
    text = "建书库：\n- 选址。（文化局牵头，教育局配合）\n- 开工（建设局负责）。\n- 布展。（图书馆、教育局负责）"
    one = read(text)
    assert (one.lead, one.support, one.responsible) == (
        ("文化局", "建设局", "图书馆", "教育局"),
        ("教育局",),
        False,
    )
    assert len(one.notes) == 3
    assert text[slice(*one.body)].endswith("布展。")
    assert "（文化局牵头，教育局配合）" in text[slice(*one.body)]


@pytest.mark.parametrize(
    "text",
    [
        *("建立（协作）机制，长期坚持。", "发挥（牵头单位）作用。", "推进工作（见附表）", "总结经验（含文化局）。"),
        *("压实（主体责任）", "扩大（公众参与）", "按《书库办法（试行）》办理（试行）", "实施行动（2025—2027年）"),
        *(
            "按《意见》（城发〔2020〕3号）办理",
            "建设设施。（医院、学校、图书馆）",
            "谁建谁管（谁使用谁负责）",
            "（专人负责）",
        ),
        *(
            "日常由文化局负责。",
            "对（书籍质量）负责（另有规定的除外）",
            "（一）选址；（二）开工。",
            "甲）乙（丙",
            "（" * 30,
        ),
    ],
)
def test_brackets_in_a_sentence_are_no_note(text: str) -> None:
    one = read(text)
    assert (text[slice(*one.body)], one.notes, one.lead, one.support, one.warnings) == (text, (), (), (), ())


@pytest.mark.parametrize(
    ("note", "warning"),
    [
        ("（牵头部门文化局）", "应为部门说明“（牵头单位：甲、乙，配合单位：丙）”，实为“（牵头部门文化局）”"),
        ("（牵头部门：文化局", "应为部门说明以“)”结束，实为“（牵头部门：文化局”"),
        (
            "（牵头部门：，协作部门：）",
            "应为部门说明“（牵头单位：甲、乙，配合单位：丙）”，实为“（牵头部门：，协作部门：）”",
        ),
        (
            "（文化局牵头，“书香”活动的承办者配合）",
            "应为部门说明“（甲牵头，乙、丙配合）”，实为“（文化局牵头，“书香”活动的承办者配合）”",
        ),
    ],
)
def test_what_only_looks_like_a_note_is_warned_of_and_stays(note: str, warning: str) -> None:
    text = f"建书库。{note}"
    one = read(text)
    assert (text[slice(*one.body)], one.notes, one.lead) == (text, (), ())
    assert one.warnings == (warning,)


def test_a_part_that_cannot_be_read_is_warned_of_and_the_others_count() -> None:
    one = read("建书库。（牵头部门：，协作部门：财政局）")
    assert (one.lead, one.support) == ((), ("财政局",))
    assert one.warnings == ("应为用“、”分隔的部门名称，实为“牵头部门:,”",)


def test_a_note_before_the_end_names_its_departments_and_stays() -> None:
    text = "建书库。（牵头部门：文化局）另行通知。"
    one = read(text)
    assert (text[slice(*one.body)], one.lead, one.notes) == (text, ("文化局",), ((4, 14),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("整治农贸市场，由市场监管局牵头，城管局、公安局配合。", "市场监管局 / 城管局 公安局"),
        ("由市教育局牵头，每月检查一次。", "市教育局 / "),
        ("由专人牵头，群众配合。", " / "),
        ("讲清楚由谁牵头，做好衔接。", " / "),
        ("改造旧小区，责任单位：住建局。", "!住建局 / "),
    ],
)
def test_a_clause_that_says_who_leads_stays_in_the_text(text: str, expected: str) -> None:
    assert shown(text) == expected
    assert read(text).body == (0, len(text))
