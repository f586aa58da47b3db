"""Kinds of question beside sets: tables, groups, comparison, places, several questions, greetings, English; grades."""

import pytest

from corpus import to_simplified
from service import Assistant
from service.answering import Answer
from service.understanding import understand, written
from tests.test_questions import CASES, taking_part


def ids(answer: Answer) -> list[int]:
    return [int(match.item.id) for match in answer.items]


ALL = list(range(1, 39))
SETS: list[tuple[str, list[int]]] = [
    ("31和32有什么区别", [31, 32]),
    ("比较第31项和第32项", [31, 32]),
    ("31和32分别讲什么", [31, 32]),
    ("电商和大数据分别涉及哪些任务", [9, 20, 22, 24]),
    ("信息办牵头哪几项？科标部呢？", [20, 22, 27, 35]),
    ("第25条讲什么，由谁牵头", [25]),
    ("第二部分第三条", [14]),
    ("财务部被点名的任务", [37]),
    ("认可部跟科標部有交集的工作", [2, 4, 5, 7, 8, 12, 14, 18, 19, 20, 21, 22, 27, 28, 31, 32, 34, 35]),
    ("今年要搞哪些试点", [7, 20, 29]),
    ("取消了哪些许可", [15]),
    ("今年的工作重点是什么", ALL),
    ("总结一下第三部分", list(range(28, 34))),
    ("认政部牵头哪些任务", [2, 5, 6, 8, 9, 10, 13, 14, 21]),
    ("实验是部牵头的任务", [8, 15, 16, 21, 26, 28, 29, 30]),
    ("Which tasks involve the Belt and Road?", [31, 32]),
    ("What does item 25 say?", [25]),
    ("How many tasks are there?", ALL),
    ("谢谢！国际部牵头哪些任务", [31]),
]


@pytest.mark.parametrize(("question", "expected"), SETS)
def test_the_set_is_the_one_meant(question: str, expected: list[int], assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (sorted(ids(answer)), answer.declined) == (expected, False)


@pytest.mark.parametrize(
    "question", ["任务清单", "分工表", "督办清单", "帮我列个表", "给我写个督办清单", "把所有任务做成表格"]
)
def test_lists_are_tables(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (ids(answer), answer.layout) == (ALL, "table")


def test_groups_are_rows_of_items(assistant: Assistant) -> None:
    answer = assistant.ask("按部门分组列出所有任务")
    groups = {to_simplified(row.name): len(row.items) for row in answer.table or ()}
    assert (groups["认可部"], groups["国际部"], answer.layout) == (9, 1, "department")
    by_section = assistant.ask("按部分列出所有任务")
    assert [len(row.items) for row in by_section.table or ()] == [11, 16, 6, 5]


def test_two_items_are_compared_by_their_departments(assistant: Assistant) -> None:
    answer = assistant.ask("第37项和第38项有什么不同")
    assert answer.text.startswith(
        "第37项、第38项并列如下。它们没有共同的部门。\n只有第37项有的部门：办公室、法律部、财务部。"
    )


def test_a_summary_is_said_to_be_none(assistant: Assistant) -> None:
    assert assistant.ask("总结一下第三部分").text.startswith("这里不作概括，只列出条目。\n共有6项任务（在第3部分）：")


def test_an_item_has_a_place(assistant: Assistant) -> None:
    assert assistant.ask("第29条属于哪一部分").text.startswith("第29项在第3部分：三、实施一批示范性基础工程")


@pytest.mark.parametrize("question", ["你好", "您好！", "谢谢", "你能做什么", "hello"])
def test_a_greeting_is_returned(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.plan.ask.kind, answer.declined, answer.items) == ("chat", False, ())


def test_what_was_not_read_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("认证部唯一的任务")
    assert answer.text.startswith("没有理解“唯一”，按“由认证部参与的任务”回答。")
    denied = assistant.ask("品牌不到现场的任务")
    assert denied.declined


def test_an_unknown_document_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("《药品管理办法》里有哪些任务")
    assert (answer.reason, answer.items) == ("out_of_scope", ())
    assert answer.text.startswith("现有文件里没有“《药品管理办法》”。")
    assert assistant.ask("《2017年认证认可工作要点》一共有多少项任务").count == 38
    assert assistant.ask("去年有哪些任务").declined


@pytest.mark.parametrize(
    ("question", "grade"),
    [
        ("哪些任务涉及一带一路", "found"),
        ("小老板花不起钱送检有没有便宜的检测平台", "found"),
        ("几个国家一起认一张证", "perhaps"),
        ("红烧肉怎么做", "outside"),
        ("今天北京天气怎么样", "outside"),
    ],
)
def test_an_answer_has_one_of_three_grades(question: str, grade: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.grade, answer.declined) == (grade, grade != "found")
    if grade == "perhaps":
        assert (answer.reason, answer.items, answer.related[0].item.id) == ("no_match", (), "31")
        assert "意思最接近的是：第31项、" in answer.text


def test_the_reading_names_every_condition(assistant: Assistant) -> None:
    answer = assistant.ask("第二部分里法律部牵头且涉及监管的任务有几项")
    assert answer.reading == "在第2部分、且由法律部牵头、且涉及“监管”的任务有几项"


PHRASINGS = [
    ("{}牵头哪些任务", "lead"),
    ("{}负责哪些工作", "lead"),
    ("今年{}牵头哪些任务", "lead"),
    ("{}今年牵头哪些任务", "lead"),
    ("{}有哪些任务", "any"),
    ("{year}年{}有哪些任务", "any"),
    ("{}的职责", "any"),
    ("我是{}的，我们今年有什么任务", "any"),
    ("请列出{}的任务清单", "any"),
    ("{}要做什么", "any"),
    ("{}今年要做什么", "any"),
    ("{}今年有哪些任务", "any"),
    ("{}今年的重点工作", "any"),
    ("{}主要干什么", "any"),
    ("{}需要完成哪些工作", "any"),
]


@pytest.mark.parametrize(("phrasing", "role"), PHRASINGS)
def test_every_way_to_ask_what_a_department_has_to_do(
    phrasing: str, role: str, assistant: Assistant, other: Assistant
) -> None:
    for one in (assistant, other):
        (document,) = one.documents
        year = document.date.year if document.date else 0
        for name in document.departments:
            answer = one.ask(phrasing.format(to_simplified(name), year=year))
            expected = {item.id for item in document.items if to_simplified(name) in taking_part(item, role)}
            assert {match.item.id for match in answer.items} == expected, (phrasing, name)
            assert not answer.declined


def test_a_plan_is_written_and_read_back_to_the_same_set(assistant: Assistant) -> None:
    """Of every labelled question that asks for a set, a number or who, in either half."""
    vocabulary = assistant.vocabulary
    asked = [
        case.question
        for case in CASES
        if case.kind in ("topic", "department", "number", "count", "field") and not case.declined
    ]
    different = []
    for question in asked:
        answer = assistant.ask(question)
        again = assistant.ask(written(answer.plan))
        if answer.plan.ask.part is None and (ids(again), again.count) != (ids(answer), answer.count):
            different.append((question, written(understand(question, vocabulary))))
    assert len(asked) > 250
    assert different == []


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "比较第31项和第32项",  # 31 names ten; 32 is led by 办公室, and all others support it as 各部室、下屬單位
            "共同的部门：国际部、法律部、认可部、认证部、注册部、实验室部、科标部、研究所、认可中心、认证认可协会。\n"
            "第32项没有逐一写明，用的是统称：各部室、下属单位。\n"
            "只有第32项有的部门：办公室、信息办、信安中心、信息中心、机关党委、财务部。\n"
            "其中信息办、信安中心、信息中心、机关党委、财务部，第32项用的是统称：各部室、下属单位。\n第31项：",
        ),
        ("比较第2项和第3项", "共同的部门：实验室部。\n只有第2项有的部门：认证部、认可部、国际部、科标部。\n"),
    ],
)
def test_a_comparison_says_who_is_meant_only_by_words_for_all(question: str, said: str, assistant: Assistant) -> None:
    assert said in assistant.ask(question).text
