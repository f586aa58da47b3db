from typing import Any

import pytest

from index import Index
from service import Assistant
from service.answering import Answer

LAW = "法律部牵头哪些任务"  # 8, 11, 16, 23, 24, 25, 33, 35
BRAND = "哪些任务提到品牌"  # 1, 3, 4, 5, 26, 27
ROAD = "哪些任务涉及一带一路"  # 31, 32
THIRD = "第三部分有哪些任务"  # 28 to 33


def ids(answer: Answer) -> list[int]:
    return [int(match.item.id) for match in answer.items]


@pytest.mark.parametrize(
    ("history", "question", "stands_alone", "expected"),
    [
        ([ROAD], "第二个呢", "第32项", [32]),
        ([ROAD], "前两个", "第31、32项", [31, 32]),
        ([BRAND], "倒数第二个", "第26项", [26]),
        ([BRAND], "最后两个由谁负责", "第26、27项由谁负责", [26, 27]),
        ([BRAND], "第2个和第3个", "第3、4项", [3, 4]),
        ([BRAND], "其中不是认证部牵头的有哪些", "第1、3至5、26、27项中不是认证部牵头的有哪些", [1, 3, 4, 26, 27]),
        ([BRAND], "刚才那些里认证部牵头的", "第1、3至5、26、27项中认证部牵头的", [5]),
        ([BRAND], "這些任務由誰牽頭", "第1、3至5、26、27项由誰牽頭", [1, 3, 4, 5, 26, 27]),
        ([BRAND], "再看看第一个的内容", "第1项内容", [1]),
        ([ROAD, "第二个呢"], "它由谁牵头", "第32项由谁牵头", [32]),
        ([LAW], "那国际部呢", "国际部牵头哪些任务", [31]),
        ([LAW], "那註冊部呢", "註冊部牵头哪些任务", [1, 3, 8, 17]),
        ([LAW], "那国际部协作的呢", "国际部协作的任务有哪些", [2, 12, 14, 18, 19, 20, 21, 22, 27, 32, 34, 35]),
        ([LAW], "那第二部分呢", "第二部分中法律部牵头哪些任务", [16, 23, 24, 25]),
        ([LAW], "其中涉及监管的", "第8、11、16、23至25、33、35项中涉及监管的", [11, 24, 25, 33]),
        ([LAW], "其中第二部分的有几项", "第8、11、16、23至25、33、35项中第二部分的有几项", [16, 23, 24, 25]),
        (
            ["法律部牵头多少项"],
            "分别是哪些",
            "第8、11、16、23至25、33、35项分别是哪些",
            [8, 11, 16, 23, 24, 25, 33, 35],
        ),
        (["法律部牵头多少项"], "国际部呢", "国际部牵头多少项", [31]),
        (
            ["国际部牵头哪些任务"],
            "那协作的呢",
            "國際部协作的任务有哪些",
            [2, 12, 14, 18, 19, 20, 21, 22, 27, 32, 34, 35],
        ),
        ([THIRD], "第四部分呢", "第四部分有哪些任务", [34, 35, 36, 37, 38]),
        ([ROAD], "换成两学一做", "哪些任务涉及两学一做", [34]),
        (["第31项由谁牵头"], "那第32项呢", "第32项由谁牵头", [32]),
        (["第31项由谁牵头"], "32呢", "第32项由谁牵头", [32]),
        (["第31项由谁牵头"], "协作部门呢", "第31项协作部门", [31]),
        (["第31项由谁牵头"], "它还牵头哪些任务", "國際部牵头哪些任务", [31]),
        (["哪个部门牵头最少"], "那国际部呢", "国际部牵头的任务有多少项", [31]),
        (["哪个部门牵头最多"], "其中国际部牵头几项", "国际部牵头几项", [31]),
        (["第7项"], "上一项呢", "第6项", [6]),
        (["第7项"], "下一项由谁牵头", "第8项由谁牵头", [8]),
        ([ROAD, "今天北京天气怎么样"], "第一个讲什么", "第31项讲什么", [31]),
        (["今天北京天气怎么样"], "那三同呢", "三同", [1]),
        ([ROAD], "第一个谁来配合它", "第31项谁来配合", [31]),
        ([ROAD, "第二个呢"], "谁协助它", "第32项谁协助", [32]),
        ([ROAD], "这两项各是哪家在牵头", "第31、32项各是哪家在牵头", [31, 32]),
        ([ROAD], "把牵头单位也列一下", "第31、32项牵头单位", [31, 32]),
        ([ROAD], "都涉及哪些部门", "第31、32项都涉及哪些部门", [31, 32]),
        ([ROAD, "谁印发的"], "第二个讲什么", "第32项讲什么", [32]),
        ([BRAND], "从里面挑出认证部牵头的", "第1、3至5、26、27项中挑出认证部牵头的", [5]),
        ([BRAND, "其中认证部牵头的"], "换实验室部看看", "第1、3至5、26、27项中实验室部牵头的", [26]),
        ([LAW, "其中涉及监管的"], "换认证部呢", "认证部牵头且涉及监管的任务有哪些", [9, 13]),
        ([LAW, "其中第二部分的"], "那认证部呢", "第2部分中认证部牵头的任务有哪些", [13, 14, 21]),
        (["第一部分有哪些任务", "其中认证部牵头的"], "那第二部分呢", "第二部分中認證部牵头的任务有哪些", [13, 14, 21]),
        (["只有法律部协作的任务"], "加起来几条", "第9、10、13、15、17项中加起来几条", [9, 10, 13, 15, 17]),
        (["没有牵头部门的任务"], "没有别的了吗", "没有牵头部门的任务", [38]),
        (
            ["国际部牵头几项"],
            "协作的又有多少",
            "國際部协作的任务有多少项",
            [2, 12, 14, 18, 19, 20, 21, 22, 27, 32, 34, 35],
        ),
        (["财务部牵头的有没有"], "那配合的有哪些", "財務部配合的任务有哪些", [20, 22, 32, 34, 37]),
        (["第37项谁牵头", "第38项谁牵头"], "那第31项呢", "第31项谁牵头", [31]),
        ([ROAD, "第38项谁牵头"], "第二个呢", "第32项", [32]),
        ([ROAD, "第38项谁牵头"], "还有吗", ROAD, [31, 32]),
        (["外交部牵头哪些任务"], "那信息办呢", "信息办牵头哪些任务", [20, 22]),
        ([ROAD], "那一共是多少项", "第31、32项中一共是多少项", [31, 32]),
    ],
)
def test_a_follow_up_asks_what_its_question_asks_alone(
    history: list[str], question: str, stands_alone: str, expected: list[int], assistant: Assistant
) -> None:
    answer = assistant.ask(question, history)
    assert (sorted(ids(answer)), answer.declined) == (sorted(expected), False)
    assert sorted(ids(assistant.ask(answer.plan.question))) == sorted(expected), answer.plan.question


def test_alone_in_a_role_is_asked_of_the_department_before(assistant: Assistant) -> None:
    answer = assistant.ask("单独由它一家协作的是哪些", ["法律部协作哪些任务"])
    assert (ids(answer), answer.plan.roles[0].rule) == ([9, 10, 13, 15, 17], "only")


def test_a_question_about_the_document_leaves_nothing_unclear(assistant: Assistant) -> None:
    assert assistant.ask("一共有几项", ["谁印发的"]).count == 38
    assert assistant.ask("都涉及哪些部门", ["谁印发的"]).count == 16


@pytest.mark.parametrize("history", [[], ["今天北京天气怎么样"]])
@pytest.mark.parametrize("question", ["第二个呢", "其中国际部牵头的是哪项", "还有吗", "为什么", "它由谁牵头", "上一项"])
def test_with_nothing_to_follow_it_asks_what_is_meant(question: str, history: list[str], assistant: Assistant) -> None:
    answer = assistant.ask(question, history)
    assert (answer.reason, answer.items) == ("out_of_scope", ())
    assert answer.text.startswith("这像是接着上一个问题问的，但前面没有可以接着问的答案。")


@pytest.mark.parametrize("question", ["第三个呢", "下一项", "它还牵头哪些任务"])
def test_what_the_answer_before_does_not_have_is_not_guessed(question: str, assistant: Assistant) -> None:
    assert assistant.ask(question, [ROAD]).reason == "out_of_scope"


def test_more_and_why_keep_the_set_and_say_so(assistant: Assistant) -> None:
    more, why = (assistant.ask(question, [ROAD]) for question in ("还有别的吗", "為什麼是這兩項"))
    assert ids(more) == ids(why) == [31, 32]
    assert more.text.startswith("没有了，全部就是这些。\n共有2项任务涉及“一带一路”：")
    assert why.text == "這2項任務入選，是因為：\n第31項：正文寫有“一帶一路”\n第32項：正文寫有“一帶一路”"


def test_the_rows_of_a_table_are_not_counted_in(assistant: Assistant) -> None:
    answer = assistant.ask("第二个呢", ["哪个部门牵头最多"])
    assert (answer.reason, answer.plan.question) == ("out_of_scope", "第二个呢")
    assert answer.text.startswith("这像是接着上一个问题问的，但前面没有可以接着问的答案。")


@pytest.mark.parametrize("question", ["为什么", "还有吗"])
def test_an_aside_after_what_only_the_head_says_is_answered(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question, ["哪些任务涉及稳中求进"])
    assert any("穩中求進" in citation.quote for citation in answer.citations)


def test_a_question_that_stands_alone_ignores_history(assistant: Assistant) -> None:
    for question in ("第31项由谁牵头", "哪些任务涉及试点", "一共有多少项任务", "那第5项讲什么呢"):
        alone, after = assistant.ask(question), assistant.ask(question, [LAW, ROAD])
        assert (ids(after), after.text) == (ids(alone), alone.text)
        assert not after.plan.from_history


def test_items_are_named_by_id_where_numbers_restart(other: Assistant) -> None:
    answer = other.ask("第二个呢", ["第二条"])  # 1.2 and 2.2
    assert [match.item.id for match in answer.items] == ["2.2"]
    assert other.ask("其中市教育局负责的", ["第二条"]).plan.question == "1.2条、2.2条中由市教育局牵头的任务有哪些"


class Counting(Assistant):
    """Counts the answers that it composes."""

    composed = 0

    def _composed(self, *given: Any) -> Answer:
        self.composed += 1
        return super()._composed(*given)


def test_a_long_history_is_answered_once(first: Index) -> None:
    counting = Counting(first)
    history = ["哪些任务涉及品牌", *["第二个呢", "谁牵头", "它在哪个部分"] * 6, "第一个呢"]
    assert [match.item.id for match in counting.ask("谁牵头", history).items] == ["1"]
    assert counting.composed <= len(history) + 1
    before = counting.composed
    assert [match.item.id for match in counting.ask("第三个呢", history).items] == ["4"]
    assert counting.composed == before + 1


def test_a_history_of_questions_that_stand_alone_is_not_answered(first: Index) -> None:
    counting = Counting(first)
    history = [f"第{number}项讲什么" for number in range(1, 21)]
    assert [match.item.id for match in counting.ask("它由谁牵头", history).items] == ["20"]
    assert counting.composed == 2
    assert [match.item.id for match in counting.ask("它们有什么区别", history).items] == ["19", "20"]
    assert counting.composed == 5


@pytest.mark.parametrize(
    ("before", "question", "numbers"),
    [
        ("法律部的督办清单，做成表格", "其中法律部牵头的，做成表格", [8, 11, 16, 23, 24, 25, 33, 35]),
        ("认证部牵头的任务", "其中涉及电商的，列成表", [9]),
        ("认证部牵头的任务", "其中有哪些由法律部协作，做成表格", [9, 10, 13]),
        ("认证部牵头的任务", "把它们列成表", [2, 5, 6, 8, 9, 10, 13, 14, 21]),
    ],
)
def test_a_set_that_is_narrowed_may_be_a_table(
    before: str, question: str, numbers: list[int], assistant: Assistant
) -> None:
    answer = assistant.ask(question, [before])
    assert ([match.item.number for match in answer.items], answer.layout) == (numbers, "table")


def test_a_role_that_narrows_is_understood_and_stands_once(assistant: Assistant) -> None:
    once = assistant.ask("其中牵头的", ["法律部的督办清单"])
    again = assistant.ask("只要它牵头的", ["法律部的督办清单", "其中牵头的"])
    for answer in (once, again):
        assert [match.item.number for match in answer.items] == [8, 11, 16, 23, 24, 25, 33, 35]
        assert (answer.plan.unread, len(answer.plan.where)) == ((), 2)


def test_a_place_in_the_list_that_may_be_a_number_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("第四项谁牵头", ["法律部牵头哪些任务"])
    assert answer.text.startswith("“第四项”按“第23项”回答。")
    assert not assistant.ask("第四个谁牵头", ["法律部牵头哪些任务"]).plan.corrections


def test_what_is_not_wanted_is_said_behind_the_question(assistant: Assistant) -> None:
    """Not all of the question is taken away."""
    assert ids(assistant.ask("认证部牵头哪些任务，涉及电商的不要")) == [2, 5, 6, 8, 10, 13, 14, 21]


def test_where_two_topics_meet_nowhere_what_is_nearest_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("涉及一带一路且涉及品牌的任务")
    assert (ids(answer), answer.count) == ([], 0)
    assert answer.text.startswith("没有任务涉及“一带一路”且涉及“品牌”。\n意思最接近的是：第31项、第32项、")
