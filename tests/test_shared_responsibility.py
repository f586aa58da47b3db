"""Documents that name several departments as responsible and say that the first of them leads: 负责 is said of all of these,
牵头 of the first alone."""

import datetime

import pytest

from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of

HARBOUR = """青禾市2031年港口建设任务清单
1、疏浚航道。（交通局、水务局、财政局负责。列第一位的为牵头单位，下同）
2、改建码头。（财政局、交通局负责）
3、整修灯塔。（水务局负责，交通局配合）
4、培训引航员。（教育局负责）
"""


@pytest.fixture(scope="module")
def assistant(segmenter: Segmenter, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("documents")
    return assistant_of(folder, {"harbour": HARBOUR}, segmenter, encoder, datetime.date(2031, 6, 1))


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("财政局负责哪些任务", [1, 2]),
        ("负责的是财政局的有哪些", [1, 2]),
        ("财政局牵头哪些任务", [2]),
        ("财政局管哪些", [1, 2]),
        ("交通局负责的任务", [1, 2]),  # the third it only supports
        ("交通局协作哪些任务", [2, 3]),
        ("哪些任务不由交通局负责", [3, 4]),
        ("交通局和财政局都负责的任务", [1, 2]),
        ("只由教育局负责的任务", [4]),
    ],
)
def test_who_is_responsible(assistant: Assistant, question: str, items: list[int]) -> None:
    answer = assistant.ask(question)
    assert [match.item.number for match in answer.items] == items
    assert answer.count == len(items)


def test_each_is_said_as_the_document_says_it(assistant: Assistant) -> None:
    assert "共有2项任务由财政局负责" in assistant.ask("财政局负责哪些任务").text
    assert "责任单位：交通局、水务局、财政局" in assistant.ask("第1项由谁负责").text
    assert "牵头部门：交通局" in assistant.ask("第1项由谁牵头").text
    assert "牵头部门：交通局" in assistant.ask("第1项谁负责牵头").text
    assert "牵头部门：教育局" in assistant.ask("第4项谁负责").text


@pytest.mark.parametrize(
    "question", ["哪个部门负责的任务最多", "各部门分别负责几项", "负责最多的是哪个部门", "各项任务分别由谁负责"]
)
def test_all_that_are_responsible_are_counted(assistant: Assistant, question: str) -> None:
    rows = assistant.ask(question).table or ()
    assert {row.name: len(row.items) for row in rows} == {"交通局": 2, "财政局": 2, "水务局": 2, "教育局": 1}


def test_several_may_be_responsible_and_one_leads(assistant: Assistant) -> None:
    assert [match.item.number for match in assistant.ask("几家单位共同负责的有哪些").items] == [1, 2]
    answer = assistant.ask("由财政局负责但不是牵头的有哪些")
    assert [match.item.number for match in answer.items] == [1]


def test_who_leads_none_is_said_to_be_responsible(assistant: Assistant) -> None:
    answer = assistant.ask("水务局牵头的任务里涉及航道的")
    assert (answer.count, "由水务局负责的有1项任务" in answer.text) == (0, True)


def test_a_question_after_another_keeps_to_it(assistant: Assistant) -> None:
    answer = assistant.ask("那水务局呢", ["财政局负责哪些任务"])
    assert [match.item.number for match in answer.items] == [1, 3]
    answer = assistant.ask("那第2项呢", ["第1项由谁负责"])
    assert (answer.plan.question, "责任单位：财政局、交通局" in answer.text) == ("第2项由谁负责", True)
    answer = assistant.ask("那负责的呢", ["财政局协作哪些任务"])
    assert [match.item.number for match in answer.items] == [1, 2]
