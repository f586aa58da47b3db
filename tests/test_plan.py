from typing import Any

import pytest

from index import Index
from service.plan import Plan, Vocabulary, plan_question


@pytest.fixture(scope="module")
def vocabulary(first: Index) -> Vocabulary:
    return Vocabulary.of(first.corpus.documents, first)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("哪些任务涉及一带一路", "一带一路"),
        ("哪些任務涉及“一帶一路”", "一帶一路"),
        ("与食品安全有关的任务有哪些", "食品安全"),
        ("跟食品安全有关的有哪些", "食品安全"),
        ("请问关于人才队伍建设的要求是什么", "人才队伍建设"),
        ("帮我查一下双随机一公开", "双随机一公开"),
        ("有没有提到手机的", "手机"),
        ("品牌建设有什么措施", "品牌建设"),
        ("互联网+事中事后监管怎么做", "互联网+事中事后监管"),
        ("我想了解一下大数据方面的工作", "大数据"),
        ("养老", "养老"),
        ("浙江制造在哪一项里", "浙江制造"),
        ("试点都写在哪些条目里", "试点"),
        ("“知名品牌”出现在哪项", "知名品牌"),
        ("统计年报由哪项任务规定", "统计年报"),
        ("三同工程怎么推进", "三同工程"),
        ("哪一項講“三同”", "三同"),
        ("哪一项专门讲人才队伍", "人才队伍"),
        ("领跑者是哪一条", "领跑者"),
        ("存在问题", "存在问题"),
        ("任务", "任务"),
        ("质量要求", "质量要求"),
        ("和谐稳定", "和谐稳定"),
        ("对外合作", "对外合作"),
        ("哪些任务涉及国有", "国有"),
        ("目的", "目的"),
        ("所有制改革", "所有制改革"),
        ("针对性培训", "针对性培训"),
        ("第三方职业资格", "第三方职业资格"),
        ("十三五规划", "十三五规划"),
    ],
)
def test_the_grammar_of_asking_never_reaches_the_topic(question: str, topic: str, vocabulary: Vocabulary) -> None:
    plan = plan_question(question, vocabulary)
    assert (plan.intent, plan.topic, plan.is_filtered) == ("items", topic, False)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("国际部牵头哪些任务", {"lead": ("國際部",)}),
        ("由國際部牽頭的任務", {"lead": ("國際部",)}),
        ("牵头部门是国际部的任务", {"lead": ("國際部",)}),
        ("法律部协作的任务", {"support": ("法律部",)}),
        ("国际部参与的任务", {"any": ("國際部",)}),
        ("注册管理部负责什么", {"lead": ("注冊部",)}),
        ("只有法律部协作的任务", {"support": ("法律部",), "rule": "only"}),
        ("不是法律部牵头的", {"lead": ("法律部",), "rule": "none"}),
        ("认证部或认可部牵头的任务", {"lead": ("認證部", "認可部"), "rule": "any"}),
        ("法律部和认可部共同牵头的任务", {"lead": ("法律部", "認可部")}),
        ("法律部牵头、认可部协作的任务", {"lead": ("法律部",), "support": ("認可部",)}),
        ("除法律部外，认可部牵头的任务", {"lead": ("認可部",), "exclude": ("法律部",)}),
        ("认可部不参与的任务", {"exclude": ("認可部",)}),
        ("外交部牵头哪些任务", {"unknown": "外交部"}),
    ],
)
def test_departments_and_their_roles_are_understood(
    question: str, expected: dict[str, Any], vocabulary: Vocabulary
) -> None:
    plan = plan_question(question, vocabulary)
    found = {name: getattr(plan.departments, name) for name in expected}
    assert (found, plan.topic) == (expected, None)


def test_a_department_and_a_topic_are_told_apart(vocabulary: Vocabulary) -> None:
    plan = plan_question("认证部牵头且与电商有关的任务", vocabulary)
    assert (plan.departments.lead, plan.topic) == (("認證部",), "电商")


def test_a_word_that_only_begins_like_a_department_is_none(vocabulary: Vocabulary) -> None:
    plan = plan_question("认证部门的监管", vocabulary)
    assert (bool(plan.departments), plan.topic) == (False, "认证部门的监管")


@pytest.mark.parametrize(
    ("question", "numbers"),
    [("第25条讲什么", (25,)), ("28号任务", (28,)), ("３１", (31,)), ("第31至33项", (31, 32, 33)), ("最后一项", (38,))],
)
def test_numbers_are_looked_up(question: str, numbers: tuple[int, ...], vocabulary: Vocabulary) -> None:
    plan = plan_question(question, vocabulary)
    assert (plan.intent, plan.numbers, plan.topic) == ("lookup", numbers, None)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("第三部分有哪些任务", Plan("section", "第三部分有哪些任务", sections=(3,), names_items=True)),
        ("一共有多少项任务", Plan("count", "一共有多少项任务", names_items=True)),
        ("哪个部门牵头最多", Plan("count", "哪个部门牵头最多", tally="lead")),
        ("第31项由谁牵头", Plan("field", "第31项由谁牵头", numbers=(31,), field="lead")),
        ("一带一路由谁牵头", Plan("field", "一带一路由谁牵头", topic="一带一路", field="lead")),
        ("谁印发的", Plan("about", "谁印发的", field="issuer")),
        ("这个文件讲了什么", Plan("about", "这个文件讲了什么", field="overall", names_items=True)),
        ("什么时候发布的", Plan("about", "什么时候发布的", field="date")),
        ("？？？", Plan("none", "？？？")),
    ],
)
def test_each_kind_of_question_has_its_intent(question: str, expected: Plan, vocabulary: Vocabulary) -> None:
    assert plan_question(question, vocabulary) == expected
