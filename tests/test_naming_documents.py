"""Documents as people name them: by number, by part of a title, by place and year, in several places of a question."""

import datetime

import pytest

from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of

LISTS = {
    "list-2025": """云泽市2025年4件民生实事清单
1.新建口袋公园3处。（牵头单位：市住房和城乡建设局）
2.打通断头路5条。（牵头单位：市交通运输局）
3.新增托位300个。（牵头单位：市教育局、市人力资源和社会保障局）
4.改造老旧小区20个。（牵头单位：市住房和城乡建设局、统计局）
""",
    "list-2026": """云泽市2026年5件民生实事清单
1.打通断头路8条。（牵头单位：市交通运输局）
2.新增托位300个。（牵头单位：市教育局、市人力资源和社会保障局）
3.改造老旧小区20个。（牵头单位：市住房和城乡建设局、统计局）
4.开设零工驿站6个。（牵头单位：市人力资源和社会保障局）
5.开展居民收入调查。（牵头单位：市统计局、市教育局）
""",
    "prices": """汀州省菜市价格条例
（2012年5月1日汀州省人民政府令第61号公布 2024年3月1日汀州省人民政府令第88号修订）
第一条 为了管理菜市价格，制定本条例。
第二条 摊位应当明码标价。
第三条 不明码标价的，每次补助取消，按摊位费的百分之十处罚，上限一千元。
""",
    "camps": """国务院办公厅关于转发商业部《2026年稳菜价行动方案》的通知
国办函〔2026〕18号
各地：
（一）扩大冷库。支持建设冷库。
（二）减少损耗。推广净菜。
各地区、各有关部门要加强领导，确保各项措施落实。
国务院办公厅
2026年2月12日
""",
    "trade": """国务院关于支持自由贸易菜市深化改革若干措施的通知
国发〔2018〕38号
（一）允许夜间营业。（负责部门：商业部、药品监督管理局，适用范围：东部菜市）
（二）简化登记。（商业部、药品监督管理局等和各有关省级人民政府负责）
国务院
2018年11月7日
""",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    folder = tmp_path_factory.mktemp("named")
    return assistant_of(folder, LISTS, segmenter, encoder, datetime.date(2026, 11, 27))


def found(assistant: Assistant, *turns: str) -> list[str]:
    answer = assistant.ask(turns[-1], turns[:-1])
    return sorted(f"{match.item.document}#{match.item.id}" for match in answer.items)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("38号文第二条讲什么", ["trade#2"]),
        ("国发38号里商业部负责的", ["trade#1", "trade#2"]),
        ("国发〔2018〕38号那个自由菜市措施，药监局有哪些", ["trade#1", "trade#2"]),
        ("自贸菜市38号文第1条", ["trade#1"]),
        ("《国发〔2018〕38号》第二条讲什么", ["trade#2"]),
        ("“国发〔2018〕38号”第二条讲什么", ["trade#2"]),
        ("汀州省人民政府令第88号第二条", ["prices#2"]),
        ("88号令第二条", ["prices#2"]),
        ("省政府88号令，摊贩超市这些摊位要守啥", ["prices#2", "prices#3"]),
        ("稳菜价方案第二条", ["camps#2"]),
        ("2026年的行动方案里有哪些涉及净菜", ["camps#2"]),
        ("今年的行动方案第一条", ["camps#1"]),
        ("稳菜价行动方案里冷库的任务", ["camps#1"]),
    ],
)
def test_by_number_and_by_the_title_that_is_sent_on(assistant: Assistant, question: str, expected: list[str]) -> None:
    assert found(assistant, question) == expected


@pytest.mark.parametrize(
    ("question", "said"),
    [("国办发〔2018〕121号第一条", "国办发〔2018〕121号"), ("柳州省菜市价格条例第二条", "柳州省菜市价格条例")],
)
def test_what_there_is_not_is_said(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.reason == "no_such_document"
    assert f"“{said}”" in answer.text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("去年教育局牵头的民生实事有哪些", ["list-2025#3"]),
        ("云泽今年的民生实事里人社局牵头的", ["list-2026#2", "list-2026#4"]),
        ("25年的民生实事第2件", ["list-2025#2"]),
        ("断头路这个事，云泽去年和今年的清单上各是哪几条", ["list-2025#2", "list-2026#1"]),
        ("市里2026年的民生实事里住建局牵头的", ["list-2026#3"]),
    ],
)
def test_by_place_and_year_wherever_they_stand(assistant: Assistant, question: str, expected: list[str]) -> None:
    assert found(assistant, question) == expected


def test_a_number_of_a_list_that_several_years_have_asks_which(assistant: Assistant) -> None:
    answer = assistant.ask("民生实事第2件是什么")
    assert (answer.reason, [offer.document for offer in answer.plan.offers]) == (
        "which_document",
        ["list-2026", "list-2025"],
    )


@pytest.mark.parametrize(
    "question",
    ["民生实事25年26年各是多少件", "教育局牵头的民生实事，2025年几件，2026年几件", "云泽历年民生实事各有多少件"],
)
def test_how_many_in_each(assistant: Assistant, question: str) -> None:
    table = {row.document: len(row.items) for row in assistant.ask(question).table or ()}
    assert table == ({"list-2026": 2, "list-2025": 1} if "教育局" in question else {"list-2026": 5, "list-2025": 4})


def test_since_when_among_those_that_a_title_fits(assistant: Assistant) -> None:
    assert found(assistant, "零工驿站是从哪一年开始写进民生实事的") == ["list-2026#4"]


def test_a_department_with_and_without_its_level_is_one(assistant: Assistant) -> None:
    assert found(assistant, "今年统计局牵头的民生实事") == ["list-2026#3", "list-2026#5"]
    assert found(assistant, "今年市统计局牵头的民生实事") == ["list-2026#3", "list-2026#5"]


# Compared


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("今年的民生实事跟去年比，新加了哪几件", {"new": ["4", "5"]}),
        ("两年的民生实事，哪些今年没了", {"gone": ["1"]}),
        ("2025年的民生实事，到2026年哪些不再列入了", {"gone": ["1"]}),
        ("去年有、今年拿掉的民生实事", {"gone": ["1"]}),
        ("市交通局去年和今年领的民生实事一样不一样", {"changed": ["1"]}),
    ],
)
def test_two_years_compared(assistant: Assistant, question: str, kinds: dict[str, list[str]]) -> None:
    changes: dict[str, list[str]] = {}
    for one in assistant.ask(question).changes:
        item = one.item
        changes.setdefault(one.change.kind, []).append(item.id)
    assert changes == kinds


def test_a_comparison_stays_with_the_department_spoken_of(assistant: Assistant) -> None:
    answer = assistant.ask("今年比去年多了哪件", ["2025年和2026年民生实事里人社局牵头的有哪些"])
    assert [one.item.id for one in answer.changes] == ["4"]


# What follows


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("菜市价格条例第二条", "该条例第三条呢"), ["prices#3"]),
        (("2025年民生实事教育局牵头哪些", "2026年的有几项"), ["list-2026#2", "list-2026#5"]),
        (("民生实事25年第1件", "26年的第9件呢"), []),
        (("稳菜价方案有没有写冷库", "自贸菜市38号文有没有？"), []),
    ],
)
def test_a_follow_up_of_another_document(assistant: Assistant, turns: tuple[str, ...], expected: list[str]) -> None:
    assert found(assistant, *turns) == expected


def test_which_of_them_somebody_issued(assistant: Assistant) -> None:
    answer = assistant.ask("其中由国务院印发的是哪一份", ["2018年的文件有哪些"])
    assert [row.document for row in answer.table or ()] == ["trade"]


def test_what_an_item_says_of_what_is_asked_is_shown(assistant: Assistant) -> None:
    assert found(assistant, "菜市价格条例第三条，处罚上限是多少") == ["prices#3"]
    assert assistant.ask("菜市价格条例第二条的电话是多少").reason == "field_absent"
