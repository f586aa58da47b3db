import pytest

from index import Index
from service.understanding import Ask, InRole, Plan, Vocabulary, understand


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
    plan = understand(question, vocabulary)
    assert (plan.topic, plan.is_filtered) == (topic, False)
    assert plan.ask.kind in ("items", "content")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("国际部牵头哪些任务", [InRole("lead", ("國際部",))]),
        ("由國際部牽頭的任務", [InRole("lead", ("國際部",))]),
        ("牵头部门是国际部的任务", [InRole("lead", ("國際部",))]),
        ("法律部协作的任务", [InRole("support", ("法律部",))]),
        ("国际部参与的任务", [InRole("any", ("國際部",))]),
        ("注册管理部负责什么", [InRole("lead", ("注冊部",))]),
        ("只有法律部协作的任务", [InRole("support", ("法律部",), "only")]),
        ("不是法律部牵头的", [InRole("lead", ("法律部",), "none")]),
        ("认证部或认可部牵头的任务", [InRole("lead", ("認證部", "認可部"), "any")]),
        ("法律部和认可部共同牵头的任务", [InRole("lead", ("法律部", "認可部"))]),
        ("法律部牵头、认可部协作的任务", [InRole("lead", ("法律部",)), InRole("support", ("認可部",))]),
        ("除法律部外，认可部牵头的任务", [InRole("any", ("法律部",), "none"), InRole("lead", ("認可部",))]),
        ("认可部不参与的任务", [InRole("any", ("認可部",), "none")]),
        ("财务部被点名的任务", [InRole("any", ("財務部",), named=True)]),
    ],
)
def test_departments_and_their_roles_are_understood(
    question: str, expected: list[InRole], vocabulary: Vocabulary
) -> None:
    plan = understand(question, vocabulary)
    assert (list(plan.where), plan.topic, plan.unread) == (expected, None, ())


def test_an_unknown_department_is_no_topic(vocabulary: Vocabulary) -> None:
    plan = understand("外交部牵头哪些任务", vocabulary)
    assert (plan.unknown_department, plan.where) == ("外交部", ())


def test_a_department_and_a_topic_are_told_apart(vocabulary: Vocabulary) -> None:
    plan = understand("认证部牵头且与电商有关的任务", vocabulary)
    assert (plan.roles, plan.topic) == ((InRole("lead", ("認證部",)),), "电商")


def test_a_word_that_only_begins_like_a_department_is_none(vocabulary: Vocabulary) -> None:
    plan = understand("认证部门的监管", vocabulary)
    assert (plan.roles, plan.topic) == ((), "认证部门的监管")


@pytest.mark.parametrize(
    ("question", "numbers"),
    [("第25条讲什么", (25,)), ("28号任务", (28,)), ("３１", (31,)), ("第31至33项", (31, 32, 33)), ("最后一项", (38,))],
)
def test_numbers_are_looked_up(question: str, numbers: tuple[int, ...], vocabulary: Vocabulary) -> None:
    plan = understand(question, vocabulary)
    assert (plan.numbers, plan.topic) == (numbers, None)


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        ("第三部分有哪些任务", Ask("items")),
        ("一共有多少项任务", Ask("count")),
        ("哪个部门牵头最多", Ask("tally", "lead")),
        ("第31项由谁牵头", Ask("who", "lead")),
        ("一带一路由谁牵头", Ask("who", "lead")),
        ("谁印发的", Ask("about", part="issuer")),
        ("这个文件讲了什么", Ask("about", part="gist")),
        ("什么时候发布的", Ask("about", part="date")),
        ("？？？", Ask("none")),
    ],
)
def test_each_kind_of_question_asks_its_own(question: str, ask: Ask, vocabulary: Vocabulary) -> None:
    assert understand(question, vocabulary).ask == ask


def test_a_plan_is_a_value(vocabulary: Vocabulary) -> None:
    assert understand("？？？", vocabulary) == Plan("？？？", Ask("none"))
