"""What is offered to be asked: it can be asked."""

import json
from pathlib import Path

import pytest

from service import Assistant
from service.suggestions import follow_ups, opening_questions

QUESTIONS = Path(__file__).parents[1] / "eval" / "questions" / "cnca-2017.jsonl"


def test_opening_questions_come_from_the_document(assistant: Assistant, other: Assistant) -> None:
    corpus, second = assistant.index.corpus, other.index.corpus
    assert opening_questions(corpus, corpus.documents[0]) == [
        "哪些任务涉及一带一路",
        "注册部牵头哪些任务",
        "哪个部门牵头最多",
        "第20项讲什么",
        "第4部分有哪些任务",
        "谁印发的",
    ]
    assert opening_questions(second, second.documents[0])[0] == "市财政局牵头哪些任务"


@pytest.mark.parametrize("packaged", [True, False])
def test_opening_questions_are_answered(packaged: bool, assistant: Assistant, other: Assistant) -> None:
    asked = assistant if packaged else other
    for document in asked.documents:
        for question in opening_questions(asked.index.corpus, document):
            assert not asked.ask(question).declined, question


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        (
            "哪些任务涉及一带一路",  # 31 led by 国际部, 32 by 办公室, both in part 3
            ["其中国际部牵头的", "其中办公室牵头的", "它们分别由谁牵头", "第一个讲什么"],
        ),
        ("第31項講什麼", ["它由誰牽頭", "它的協作部門有哪些", "下一項講什麼"]),
        ("第38项讲什么", []),  # no department stands behind the last item
        ("国际部牵头哪些任务", ["它由谁牵头", "它的协作部门有哪些", "那科标部呢"]),
        ("哪个部门牵头最多", ["那协作的呢"]),
        ("今天天气怎么样", []),
        ("哪些任务涉及人材队伍", []),  # read as 人才队伍: the last item, led by none
        ("第38项由谁牵头", ["第38项讲什么"]),
    ],
)
def test_follow_ups_make_sense_after_the_answer(question: str, offered: list[str], assistant: Assistant) -> None:
    assert follow_ups(assistant.ask(question), assistant.documents) == offered


def test_every_follow_up_offered_is_answered(assistant: Assistant) -> None:
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    offered = 0
    for row in rows:
        history = [*row.get("history", ()), row["question"]]
        for question in follow_ups(assistant.ask(row["question"], history[:-1]), assistant.documents):
            answer = assistant.ask(question, history)
            assert not answer.declined, (history, question)
            offered += 1
    assert offered > 1000
