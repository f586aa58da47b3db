"""What is offered to be asked: it can be asked."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index import Encoder, Segmenter
from service import Assistant
from service.answering import Answer, Voice, compose, items_of
from service.suggestions import follow_ups, opening_questions, without_each
from service.understanding import Plan
from tests.conftest import assistant_of

QUESTIONS = Path(__file__).parents[1] / "eval" / "questions" / "cnca-2017.jsonl"
OF_OTHER = Path(__file__).parent / "questions" / "fitness-2021.jsonl"
OF_YEARS = (
    "2023年工作要点里商务局牵头的任务",
    "2023年商务工作要点里商务局牵头且与消费有关的任务",
    "《生活垃圾管理条例》（2023年）里涉及罚款的条款",
    "不要2022年的，商务局牵头哪些任务",
)


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
        # refused: what was recognised
        ("由认证部牵头且涉及养猪的任务", ["由认证部牵头的任务有哪些"]),
        ("認證部的預算是多少", ["由認證部參與的任務有哪些"]),
        ("第三部分养猪的任务", ["第3部分中任务有哪些"]),
        ("机器人在食堂", ["第2项讲什么", "第22项讲什么", "第4项讲什么", "涉及“机器人”的任务有哪些"]),
        ("第99项", ["第38项讲什么"]),
        ("第六部分有哪些任务", [f"第{number}部分有哪些任务" for number in range(1, 5)]),
        ("税务局负责的任务", ["财务部牵头哪些任务", "有哪些部门"]),  # 务 stands in both
        ("认证部2019年牵头哪些", ["由认证部牵头的任务有哪些"]),
        ("6月底前要完成哪些任务", []),  # no deadline is written: asked again it would be refused again
        ("认证部6月底前要完成哪些任务", ["由认证部参与的任务有哪些"]),
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


def asked(assistant: Assistant, path: Path) -> Iterator[Answer]:
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        yield assistant.ask(row["question"], row.get("history", ()))


def answered(plan: Plan, assistant: Assistant) -> Answer:
    """The plan itself, whatever was typed."""
    chosen = [one for one in assistant.documents if one.id in plan.documents] if plan.asked_of else assistant.documents
    documents = type(assistant.documents)(chosen)
    return compose(plan, assistant.topics_found(plan, documents), documents, Voice("hans", documents), assistant.index)


def without_at(plan: Plan, at: int) -> Plan:
    """Less this condition; what else made it unanswerable is not written."""
    if plan.asked_of and at == 0:
        return replace(plan, asked_of=None)
    at -= bool(plan.asked_of)
    where = plan.where[:at] + plan.where[at + 1 :]
    return replace(plan, where=where, figure=None, asks_fact=False, denial_unread=False, unread=())


def shown(answer: Answer) -> tuple[object, ...]:
    rows = [(row.name, [item.id for item in row.items]) for row in answer.table or ()]
    return answer.declined, [(item.document, item.id) for item in items_of(answer.items)], rows


@pytest.mark.parametrize("which", ["packaged", "other", "years"])
def test_a_question_without_a_condition_is_the_plan_without_it(
    which: str, assistant: Assistant, other: Assistant, editions: Assistant
) -> None:
    one = {"packaged": assistant, "other": other, "years": editions}[which]
    answers = [editions.ask(question) for question in OF_YEARS] if which == "years" else None
    checked = 0
    for answer in answers or asked(one, QUESTIONS if which == "packaged" else OF_OTHER):
        for at, (said, question) in enumerate(without_each(answer)):
            if question is not None:
                less, anew = without_at(answer.plan, at), one.ask(question)
                if any(match.matched == "meaning" for match in anew.items):
                    continue  # it is the meaning of the words asked, and these are fewer
                assert shown(anew) == shown(answered(less, one)), (answer.plan.question, said, question)
                checked += 1
    assert checked > {"packaged": 400, "other": 20, "years": 5}[which]


def test_a_condition_without_which_nothing_is_asked_stays(assistant: Assistant) -> None:
    assert without_each(assistant.ask("第31项")) == [("第31项", None)]
    assert without_each(assistant.ask("质量管理体系认证证书有效期几年"))[0][1] is None
    assert without_each(assistant.ask("哪些任务涉及一带一路")) == [("涉及“一带一路”", "任务有哪些")]  # all of them


def test_a_question_without_a_condition_keeps_its_script(assistant: Assistant) -> None:
    answer = assistant.ask("認證部牽頭且與電商有關的任務")
    assert [question for _, question in without_each(answer)] == ["涉及“電商”的任務有哪些", "由認證部牽頭的任務有哪些"]
    assert assistant.ask("由認證部牽頭的任務有哪些").script == "hant"


def test_articles_are_suggested_as_articles(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    text = "松山市养鸽条例\n第一章 总则\n第一条 鸽舍登记。\n第二章 附则\n第二条 鸽舍编号。\n"
    pigeons = assistant_of(tmp_path, {"pigeons": text}, segmenter, encoder)
    (document,) = pigeons.documents
    offered = opening_questions(pigeons.index.corpus, document)
    assert "第2章有哪些条款" in offered
    assert not any("任务" in one for one in offered)
    assert all(not pigeons.ask(one).declined for one in offered)
