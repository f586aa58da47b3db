"""Questions as people put them: with who they are, why they ask and what is to be done with the answer around what is asked."""

from pathlib import Path

import pytest

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from service import Assistant
from service.answering import Answer

PLAN = """某市数据工作方案
市数据局
2025年3月1日
一、总体目标
到2027年，数据用得起来。
二、重点任务
（一）打牢数据底座
1.建好机房。（牵头部门：市教育局，配合部门：市财政局；完成时限：2025年6月）
2.接通专网。（牵头部门：市水务局（市防汛办），配合部门：市教育局；完成时限：2026年6月）
（二）放开数据应用
1.开放校园课表。（牵头部门：市教育局）
2.开放水位数据。（牵头部门：市水务局（市防汛办）、市教育局；完成时限：2025年6月底前）
三、保障措施
（一）落实经费。（牵头部门：市财政局）
（二）组织培训。（牵头部门：市教育局）
附件
数据清单
1.课表数据。（牵头部门：市教育局）
2.水位数据。（牵头部门：市水务局）
3.票据数据。（牵头部门：市财政局；完成时限：持续推进）
"""


LIST = """某市数据清单
一、底座
1.建好机房。（牵头部门：市教育局）
二、应用
2.开放课表。（牵头部门：市教育局）
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    folder = tmp_path_factory.mktemp("plan")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    return Assistant(Index.build(load_corpus(folder), segmenter, encoder))


def ids(answer: Answer) -> list[str]:
    return [match.item.id for match in answer.items]


def test_the_plan_is_read_as_it_is_meant(town: Assistant) -> None:
    (document,) = town.documents
    assert [item.id for item in document.items] == "2.1.1 2.1.2 2.2.1 2.2.2 3.1 3.2 a1.1 a1.2 a1.3".split()


BRANDS = ["1", "3", "4", "5", "26", "27"]
ROAD = ["31", "32"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("我在企业里做采购，想找出提到品牌的任务", BRANDS),
        ("领导问起一带一路，相关的任务请帮忙找出来", ROAD),
        ("我们处在写品牌的材料，要点里哪些任务说到它", BRANDS),
        ("把涉及一带一路的任务全部列给我", ROAD),
        ("统计用：提到品牌的任务有哪些", BRANDS),
        ("同事想核实一下：品牌见于哪几项", BRANDS),
        ("跟一带一路有关的任务，处长马上要看", ROAD),
        ("一带一路这块都有什么安排", ROAD),
        ("品牌有什么支持措施没有", BRANDS),
        ("我刚调到国际部，今年我们部牵头什么任务", ["31"]),
        ("国际部牵头的几条找出来给主任看", ["31"]),
        ("想问问国际部负责牵头哪些事", ["31"]),
        ("第二部分打头的那一项", ["12"]),
        ("看一下 31 、 32", ROAD),
        ("从第31项看到第33项", ["31", "32", "33"]),
        ("我要对照着看31、32、33这三项，请列出来", ["31", "32", "33"]),
        ("国际部牵头的第一项任务是什么", ["31"]),
    ],
)
def test_what_is_said_around_a_question_is_no_topic(question: str, expected: list[str], assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (ids(answer), answer.declined, answer.plan.unread) == (expected, False, ())


def test_beside_the_answer_stands_what_is_near_to_words_passed_over(assistant: Assistant) -> None:
    answer = assistant.ask("出口食品的工厂，写到一带一路的任务")
    assert (ids(answer), answer.plan.unread, answer.related[0].item.id) == (ROAD, ("出口食品的工厂",), "1")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("附件里有哪些任务", ["a1.1", "a1.2", "a1.3"]),
        ("附件第2项讲什么", ["a1.2"]),
        ("附件3谁牵头", ["a1.3"]),
        ("附件最后一项", ["a1.3"]),
        ("附件第1项到第2项", ["a1.1", "a1.2"]),
        ("市教育局在附件里牵头哪些", ["a1.1"]),
        ("正文里市财政局牵头的任务", ["3.1"]),
        ("保障措施第一条", ["3.1"]),
        ("保障措施部分有几项任务", ["3.1", "3.2"]),
        ("重点任务的最后一项", ["2.2.2"]),
        ("放开数据应用里的第一项", ["2.2.1"]),
        ("“放开数据应用”这部分有哪几条", ["2.2.1", "2.2.2"]),
        ("二（一）有哪些任务", ["2.1.1", "2.1.2"]),
        ("2.1.2到2.2.2分别讲什么", ["2.1.2", "2.2.1", "2.2.2"]),
        ("2025年6月要完成的任务", ["2.1.1", "2.2.2"]),
        ("期限为2026年6月的任务有哪些", ["2.1.2"]),
        ("时限到2025年的任务", ["2.1.1", "2.2.2"]),
        ("哪些任务没有写明完成时限", ["2.2.1", "3.1", "3.2", "a1.1", "a1.2"]),
        ("市防汛办牵头哪些任务", ["2.1.2", "2.2.2", "a1.2"]),
        ("水务局牵头的任务", ["2.1.2", "2.2.2", "a1.2"]),
        ("财政局牵头的第一项", ["3.1"]),
        ("财政局牵头的任务里最后一项", ["a1.3"]),
        ("财政局的任务，牵头和配合都算", ["2.1.1", "3.1", "a1.3"]),
        ("期限是6月的任务", ["2.1.1", "2.1.2", "2.2.2"]),
        ("今年6月到期的", ["2.1.1", "2.1.2", "2.2.2"]),
        ("6月底前要完成的任务", ["2.1.1", "2.2.2"]),
        ("哪些是持续推进的", ["a1.3"]),
        ("期限写“持续推进”的任务", ["a1.3"]),
        ("哪个任务完成时限最晚", ["2.1.2"]),
        ("附件第1项和第3项", ["a1.1", "a1.3"]),
        ("连附件在内有几项任务", ["2.1.1", "2.1.2", "2.2.1", "2.2.2", "3.1", "3.2", "a1.1", "a1.2", "a1.3"]),
        ("财政局只配合的任务", ["2.1.1"]),
        ("教育局单独牵头、没有别的部门配合的任务", ["2.2.1", "3.2", "a1.1"]),
        ("教育局牵头、水务局却没参加的任务", ["2.1.1", "2.2.1", "3.2", "a1.1"]),
        ("教育局牵头加配合的任务", ["2.1.1", "2.1.2", "2.2.1", "2.2.2", "3.2", "a1.1"]),
    ],
)
def test_places_deadlines_and_departments_in_any_words(question: str, expected: list[str], town: Assistant) -> None:
    answer = town.ask(question)
    assert (sorted(ids(answer)), answer.declined, answer.plan.unread) == (sorted(expected), False, ())


@pytest.mark.parametrize(
    ("question", "departments"),
    [
        ("2.2.2有几个牵头部门", ["市水务局（市防汛办）", "市教育局"]),
        ("2.2.2有几家单位牵头", ["市水务局（市防汛办）", "市教育局"]),
        ("2.1.1除了牵头部门还有谁配合", ["市财政局"]),
        ("牵头的部门一共有多少个", ["市教育局", "市水务局（市防汛办）", "市财政局"]),
        ("牵头任务数量排在前两名的部门是哪几个", ["市教育局", "市水务局（市防汛办）"]),
        ("哪个部门一项牵头任务都没有", []),
    ],
)
def test_departments_are_counted_and_ranked(question: str, departments: list[str], town: Assistant) -> None:
    answer = town.ask(question)
    assert (list(answer.departments), answer.declined) == (departments, False)


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        (["附件第1项讲什么"], "那第2项呢", ["a1.2"]),
        (["附件第1项讲什么"], "下一条呢", ["a1.2"]),
        (["哪些任务提到数据"], "附件里的不要", ["2.2.2"]),
        (["哪些任务提到水位"], "再把提到课表的也加上", ["2.2.1", "2.2.2", "a1.1", "a1.2"]),
        (["市教育局参与哪些任务"], "去掉它牵头的", ["2.1.2"]),
        (["市财政局牵头哪些任务"], "第二项讲什么", ["a1.3"]),
        (["保障措施部分有哪些任务"], "最后那条由谁牵头", ["3.2"]),
        (["2.1.1讲什么"], "哪些部门给它配合", ["2.1.1"]),
        (["2.1.1讲什么", "2.2.2讲什么"], "它们有什么区别", ["2.1.1", "2.2.2"]),
        (["2.1.1讲什么"], "要到什么时候完成", ["2.1.1"]),
        (["市教育局牵头哪些任务"], "里头写了期限的", ["2.1.1", "2.2.2"]),
        (["市水务局牵头哪些任务"], "和市教育局都参与的有几条", ["2.1.2", "2.2.2"]),
    ],
)
def test_follow_ups_in_any_words(history: list[str], question: str, expected: list[str], town: Assistant) -> None:
    answer = town.ask(question, history)
    assert (ids(answer), answer.declined) == (expected, False)


def test_what_is_no_background_is_not_passed_over(assistant: Assistant) -> None:
    for question in ("国际部牵头的食堂管理任务", "涉及食堂管理的任务", "食堂管理由国际部负责吗"):
        assert assistant.ask(question).declined, question


def test_each_of_several_departments_is_counted(town: Assistant) -> None:
    answer = town.ask("市教育局和市财政局各牵头多少")
    assert [(row.name, len(row.items)) for row in answer.table or ()] == [("市教育局", 5), ("市财政局", 2)]
    assert answer.count == 7


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        (["哪些任务涉及品牌"], "第一部分的留下，其他不要", ["1", "3", "4", "5"]),
        (["哪些任务涉及品牌"], "把第一部分的去掉", ["26", "27"]),
        (["第31项讲什么", "那第32项呢"], "这两项分别讲什么", ROAD),
        (["第31项讲什么"], "后一条", ["32"]),
    ],
)
def test_removals_pairs_and_steps(history: list[str], question: str, expected: list[str], assistant: Assistant) -> None:
    answer = assistant.ask(question, history)
    assert (ids(answer), answer.declined, answer.plan.unread) == (expected, False, ())


def test_the_other_role_of_an_item_whose_lead_was_asked(assistant: Assistant) -> None:
    answer = assistant.ask("那配合的呢", ["第31项由谁牵头"])
    assert (ids(answer), answer.plan.ask.role) == (["31"], "support")


def test_a_document_without_general_demands_is_told_by_title_and_parts(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    (tmp_path / "list.txt").write_text(LIST, encoding="utf-8")
    asked = Assistant(Index.build(load_corpus(tmp_path), segmenter, encoder))
    answer = asked.ask("用一句话说说，这是份关于什么的文件")
    assert [citation.quote for citation in answer.citations] == ["某市数据清单", "一、底座", "二、应用"]
    assert asked.ask("总体要求是什么").reason == "field_absent"


def test_what_is_longer_than_the_rest_of_its_clause_is_no_background(assistant: Assistant) -> None:
    answer = assistant.ask("自动驾驶路测牌照由谁审批")
    assert (ids(answer), answer.declined) == ([], True)


@pytest.mark.parametrize(("question", "missing"), [("附件第3项", "附件"), ("附件一有哪些任务", "附件1")])
def test_an_attachment_that_there_is_not_is_said(question: str, missing: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.declined, answer.plan.unknown_document) == (True, missing)
