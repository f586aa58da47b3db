"""What a word means: the sentences in which a document defines it."""

import datetime

import pytest

from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of

DAY = datetime.date(2031, 5, 1)
RULES = """青山市摊位管理办法
第一条 为了规范集市和流动摊位，制定本办法。
第二条 本办法所称集市，是指有固定场地的市场。本办法所称流动摊位是指没有固定场地的摊位。
第三条 集市由街道办事处管理，流动摊位由社区管理。
第四条 被登记人（以下简称摊主）应当明码标价，价格承诺应当公示。
第五条 本办法所称价格承诺，指摊主写明的最高价格。摊主应当亮证。
第六条 夜间亮证的摊位可以延时。
第七条 停业超过3天的，由管理员批准。
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("rules"), {"rules": RULES}, segmenter, encoder, DAY)


@pytest.mark.parametrize(
    ("question", "items", "quoted"),
    [
        ("什么是集市", ["2"], "本办法所称集市，是指有固定场地的市场。"),
        ("集市是什么意思", ["2"], "本办法所称集市，是指有固定场地的市场。"),
        ("流动摊位怎么定义的", ["2"], "本办法所称流动摊位是指没有固定场地的摊位。"),
        ("流动摊位是什么", ["2"], "本办法所称流动摊位是指没有固定场地的摊位。"),
        ("什么叫价格承诺", ["5"], "本办法所称价格承诺，指摊主写明的最高价格。"),
        ("摊主指什么", ["4"], "以下简称摊主"),
    ],
)
def test_what_defines_it_is_the_answer(rules: Assistant, question: str, items: list[str], quoted: str) -> None:
    answer = rules.ask(question)
    assert [match.item.id for match in answer.items] == items, answer.text
    assert quoted in answer.text
    assert "写明了" in answer.text


def test_each_of_two_is_defined(rules: Assistant) -> None:
    answer = rules.ask("集市和流动摊位的定义")
    assert [match.item.id for match in answer.items] == ["2"]
    assert "是指有固定场地的市场" in answer.text
    assert "是指没有固定场地的摊位" in answer.text


def test_a_follow_up_asks_for_the_meaning_of_another(rules: Assistant) -> None:
    answer = rules.ask("流动摊位呢", ["什么是集市"])
    assert answer.text.startswith("第2条写明了“流动摊位”是什么：\n“本办法所称流动摊位是指")


def test_what_is_not_defined_is_said(rules: Assistant) -> None:
    answer = rules.ask("什么是亮证")
    assert answer.text == "没有条款写明“亮证”是什么。写到它的是：第5条、第6条。"
    assert (answer.reason, answer.grade) == ("no_match", "perhaps")


@pytest.mark.parametrize(
    ("question", "topic"),
    [("投诉的原则是什么", "投诉"), ("什么是所称集", "集"), ("什么是停业超过", "停业")],
)
def test_no_other_word_is_taken_for_what_is_asked(rules: Assistant, question: str, topic: str) -> None:
    assert f"写明了“{topic}" not in rules.ask(question).text


def test_one_number_is_no_misspelling_of_another(rules: Assistant) -> None:
    answer = rules.ask("停业超过8天的谁批准")
    assert not answer.plan.corrections
    assert "按“停业超过3天" not in answer.text


@pytest.mark.parametrize("question", ["第三条是什么意思", "哪些条款写到集市的定义", "摊主应当做什么"])
def test_other_questions_stay_what_they_are(rules: Assistant, question: str) -> None:
    assert not rules.ask(question).plan.asks_definition


OTHERS = {
    "rules": RULES,
    "plan": """青山市人民政府办公室关于印发《集市登记公示制度和集市抽查制度的意见》的通知
（一）登记结果一年内不能变更。
（二）扣除方式由市商务局规定，于每年6月底前报青山市人民政府办公室。
（三）抽查结果报青山市人民政府办公室备案。
青山市人民政府办公室
2030年1月5日
""",
}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("two"), OTHERS, segmenter, encoder, DAY)


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("集市两项制度意见里哪些提到青山市人民政府办公室", ["2", "3"]),
        ("青山市人民政府办公室印发的意见有哪些任务", ["1", "2", "3"]),
        ("两项制度意见里哪些规定一年内不能变更", ["1"]),
        ("集市制度意见里哪些规定扣除方式", ["2"]),
        ("集市公示制度的意见第二项什么时候报", ["2"]),
    ],
)
def test_words_of_asking_that_a_text_writes(two: Assistant, question: str, items: list[str]) -> None:
    answer = two.ask(question)
    assert [(match.item.document, match.item.id) for match in answer.items] == [("plan", id) for id in items]
