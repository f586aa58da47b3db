"""Sixty ways to ask for what is not so: never answered with the opposite, whatever else is not understood."""

import pytest

from service import Assistant
from service.understanding.constraints import About
from tests.test_questions import named_by

TOPIC = """
    不涉及品牌的任务 没有涉及品牌的任务 未涉及品牌的任务 不提品牌的任务 没提到品牌的任务 没有提到品牌的任务 没提及品牌的 不包含品牌的任务 不包括品牌的任务
    不含品牌的任务 跟品牌无关的任务 与品牌无关的任务 和品牌没关系的任务 跟品牌不相关的任务 与品牌不沾边的任务 同品牌没有关系的任务 和品牌不搭界的工作
    哪些任务与品牌无关 哪些任务和品牌没有关系 哪些任务不涉及品牌 哪些任务没写品牌 哪些工作没有写到品牌 哪些任务不是关于品牌的 不是品牌的任务
    非品牌的任务 除品牌外的任务 除了品牌以外的任务 除了品牌，其他任务 除去品牌的任务 排除品牌的任务 去掉品牌的任务 剔除涉及品牌的任务 品牌以外的任务
    品牌之外的任务 不讲品牌的任务 没有讲品牌的 没讲到品牌的任务 不谈品牌的任务 不要品牌的任务 别列品牌的任务 不看品牌的任务 不属于品牌的任务
    没有品牌的任务 无品牌的任务 并非品牌的任务 不针对品牌的任务 没有针对品牌的任务 没出现品牌的任务 没有出现品牌两个字的任务 不关品牌的事的任务
    不带品牌的任务 品牌没有提到的任务 品牌不涉及的任务 不包含“品牌”的任务 没有“品牌”的条目 不写品牌的条目
""".split()  # fmt: skip
DEPARTMENT = """
    不是法律部牵头的任务 不由法律部牵头的任务 非法律部牵头的任务 法律部不牵头的任务 法律部没有牵头的任务 法律部没牵头的任务 除法律部牵头的以外的任务 不归法律部负责的任务
    并非法律部牵头的任务 不属于法律部牵头的任务 法律部并未牵头的任务 排除法律部牵头的任务
""".split()  # fmt: skip


def opposite(question: str, wanted: str, assistant: Assistant) -> str:
    answer = assistant.ask(question)
    numbers = {match.item.number for match in answer.items}
    right = {item.number for item in named_by(wanted)}
    return "right" if numbers == right else "declined" if answer.declined else "opposite"


@pytest.mark.parametrize("question", TOPIC)
def test_a_topic_denied_is_never_answered_as_wanted(question: str, assistant: Assistant) -> None:
    assert opposite(question, "all - text:品牌", assistant) != "opposite"


@pytest.mark.parametrize("question", DEPARTMENT)
def test_a_department_denied_is_never_answered_as_wanted(question: str, assistant: Assistant) -> None:
    assert opposite(question, "all - lead:法律部", assistant) != "opposite"


def test_most_of_them_are_understood(assistant: Assistant) -> None:
    understood = [opposite(question, "all - text:品牌", assistant) for question in TOPIC]
    understood += [opposite(question, "all - lead:法律部", assistant) for question in DEPARTMENT]
    assert len(understood) >= 60
    assert understood.count("right") >= 0.9 * len(understood)


@pytest.mark.parametrize("topic", ["海外仓建设", "品牌外包装", "服务外包发展"])
def test_outside_within_a_word_denies_nothing(topic: str, assistant: Assistant) -> None:
    assert assistant.ask(f"涉及{topic}的任务").plan.where == (About(topic),)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("没做品牌怎么办", "品牌"),
        ("没有品牌的企业怎么扶持", "品牌"),
        ("不搞品牌会怎么样", "品牌"),
        ("我没有品牌，能不能申报", "品牌"),
        ("现在打造品牌不？", "品牌"),
    ],
)
def test_a_denial_that_is_told_denies_nothing(question: str, topic: str, assistant: Assistant) -> None:
    where = assistant.ask(question).plan.where
    assert [one.topic for one in where if isinstance(one, About) and not one.not_ and topic in one.topic], where
    assert not [one for one in where if isinstance(one, About) and one.not_], where


@pytest.mark.parametrize(
    "question",
    """没有品牌的 没有品牌的有哪些 哪些没有品牌 不讲品牌的呢 没有品牌 没写品牌 非品牌 不是品牌 没有品牌的为什么 电商，不讲品牌 电商但没有品牌 有电商没有品牌
    国际部牵头的任务，不含品牌""".split(),
)
def test_a_denial_that_says_which_is_meant(question: str, assistant: Assistant) -> None:
    assert About("品牌", True) in assistant.ask(question).plan.where
