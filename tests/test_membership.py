"""What a topic concerns: by phrase, under another name, without light words, by all its words, by meaning."""

from pathlib import Path

import pytest

from corpus import ends_as, listed_name, load_corpus, to_simplified
from index import Calibration, Index, Segmenter
from service import Assistant
from service.answering import Answer
from service.answering.core import core_of
from service.answering.membership import lightened, other_names
from tests.conftest import CharacterEncoder


def ids(answer: Answer) -> list[int]:
    return [int(match.item.id) for match in answer.items]


@pytest.fixture
def small(tmp_path: Path, segmenter: Segmenter) -> Assistant:
    """Five items; 甲乙丙丁 alone have a meaning, each its own."""
    (tmp_path / "a.txt").write_text(
        "通知\n1、发展电子商务。\n2、规范电商平台。\n3、打造知名品牌。\n4、甲甲甲甲。\n5、乙乙乙乙丙丁。\n",
        encoding="utf-8",
    )
    (tmp_path / "aliases.txt").write_text("电商 = 电子商务\n牌子 = 品牌\n", encoding="utf-8")
    index = Index.build(load_corpus(tmp_path), segmenter, CharacterEncoder())
    return Assistant(index.calibrated(Calibration(0.6, 0.9, 0.2)))


def test_the_phrase_decides_alone_where_it_stands(small: Assistant) -> None:
    assert ids(small.ask("电子商务")) == [1]
    assert ids(small.ask("知名品牌")) == [3]


@pytest.mark.parametrize(
    ("question", "expected", "said"),
    [
        ("涉及电子商务或品牌的任务", [1, 3], "涉及“电子商务或品牌”"),
        ("涉及电子商务、摆摊设点的任务", [1], "共有1项任务涉及“电子商务、摆摊设点”"),
        ("涉及戊己庚辛或者品牌的任务", [3], "涉及“戊己庚辛或者品牌”"),
    ],
)
def test_of_alternatives_those_are_given_that_are_written(
    small: Assistant, question: str, expected: list[int], said: str
) -> None:
    answer = small.ask(question)
    assert ids(answer) == expected
    assert said in answer.text


def test_what_is_done_to_a_thing_is_a_topic_and_who_asks_how_is_none(small: Assistant) -> None:
    answer = small.ask("街道办怎么给品牌")
    assert (ids(answer), answer.plan.unread) == ([3], ("街道办",))


def test_another_name_widens_the_set_and_the_answer_says_so(small: Assistant) -> None:
    answer = small.ask("哪些任务涉及电商")
    assert [(match.item.id, match.matched, match.via) for match in answer.items] == [
        ("1", "words", "alias"),
        ("2", "words", None),
    ]
    assert answer.text.endswith("其中第1项写作“电子商务”。")
    only = small.ask("牌子")
    assert [(match.item.id, match.via) for match in only.items] == [("3", "alias")]
    assert only.text.endswith("其中第3项写作“品牌”。")


def test_words_that_say_little_are_left_out_where_the_phrase_stands_nowhere(small: Assistant) -> None:
    answer = small.ask("品牌建设工作")
    assert (ids(answer), answer.plan.topic) == ([3], "品牌建设")
    assert answer.text.endswith("“品牌建设”没有原样出现，按“品牌”查找。")


def test_meaning_alone_answers_where_words_say_nothing_but_never_a_question_for_a_fact(small: Assistant) -> None:
    answer = small.ask("甲甲")
    assert [(match.item.id, match.matched) for match in answer.items] == [("4", "words")]  # it stands there
    answer = small.ask("甲呀甲")
    assert [(match.item.id, match.matched) for match in answer.items] == [("4", "meaning")]
    assert answer.text.startswith("没有任务写到“甲呀甲”，意思相近的有1项任务：")
    fact = small.ask("甲呀甲收费多少钱")
    assert (fact.items, [match.item.id for match in fact.related]) == ((), ["4"])


def test_what_is_only_near_is_related(small: Assistant) -> None:
    answer = small.ask("丙某丙")  # item 5 is 乙 four times, 丙 and 丁 once: a cosine of 0.24
    assert (answer.items, [match.item.id for match in answer.related]) == ((), ["5"])
    assert small.ask("电子商务").related == ()  # where the phrase decides, only words make related


def test_a_department_stands_in_a_list_that_ends_with_the_word(tmp_path: Path, segmenter: Segmenter) -> None:
    (tmp_path / "a.txt").write_text(
        "某办法\n1、报市场监督管理部门。\n2、民政、市场监督管理等部门检查。\n3、市场监督管理、公安和有关部门协同。\n"
        "4、遵守市场监督管理规定，报公安部门。\n5、市场监督管理所、公安部门。\n",
        encoding="utf-8",
    )
    assistant = Assistant(Index.build(load_corpus(tmp_path), segmenter, CharacterEncoder()))
    assert ids(assistant.ask("哪些任务涉及市场监管部门")) == [1, 2, 3]
    assert ids(assistant.ask("哪些任务涉及公安部门")) == [3, 4, 5]
    assert ids(assistant.ask("哪些任务涉及民政部门")) == [2]


@pytest.mark.parametrize(
    ("text", "is_listed"),
    [
        ("民政等部门", True),
        ("民政、公安等有关部门", True),
        ("民政以及公安部门", True),
        ("民政和其他部门", True),
        ("民政及其有关部门", False),  # those of its own
        ("民政和应急处置由有关部门负责", False),
        ("民政工作，公安等部门", False),
        ("民政" + "以及甲" * 40 + "应当", False),  # and does not take a minute
    ],
)
def test_where_a_list_of_departments_ends(text: str, is_listed: bool) -> None:
    assert ends_as(text, 2, "部门") is is_listed


def test_what_is_no_sector_is_in_no_list() -> None:
    assert listed_name("市场监督管理部门") == ("市场监督管理", "部门")
    assert listed_name("快递企业") == ("快递", "企业")
    assert [listed_name(one) for one in ("政府部门", "有关部门", "主管部门", "部门", "工作人员")] == [None] * 5


@pytest.mark.parametrize(
    ("topic", "lighter"),
    [
        ("品牌建设", ["品牌"]),
        ("公共服务平台的建设", ["公共服务平台", "公共服务"]),
        ("推進人才隊伍建設工作", ["推進人才隊伍建設", "推進人才隊伍", "人才隊伍"]),
        ("建设工作", ["建设"]),
        ("工作", []),
        ("食品安全", []),
    ],
)
def test_light_words_go_one_after_the_other(topic: str, lighter: list[str]) -> None:
    assert list(lightened(topic)) == lighter


@pytest.mark.parametrize(
    ("topic", "names"),
    [
        ("双随机", ["双随机、一公开"]),
        ("雙隨機檢查", ["双随机、一公开检查"]),
        ("双随机、一公开", []),  # it is the name already
        ("路路通倡议", ["路路通"]),
    ],
)
def test_other_names_of_a_topic(topic: str, names: list[str]) -> None:
    assert list(other_names(topic, {"双随机": "双随机、一公开", "路路通倡议": "路路通"})) == names


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("一代一路", "一带一路"),  # sounds alike
        ("哪些任務涉及物連網", "物聯網"),
        ("三位一休", "三位一体"),  # one of four is wrong
        ("云乔平台", "云桥平台"),  # a word of it
        ("yidaiyilu", "一带一路"),  # its sounds, typed plain
    ],
)
def test_a_near_miss_in_spelling_is_answered_as_meant_and_said(question: str, meant: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert ids(answer) == ids(assistant.ask(meant))
    (said,) = answer.plan.corrections
    assert said.typed in question
    assert to_simplified(said.meant) == to_simplified(meant)
    assert answer.statements[0].kind == "corrected"


@pytest.mark.parametrize("question", ["今天北京天气怎么样", "碳排放", "火星探测", "完成时限", "有没有完成时限"])
def test_nothing_is_offered_where_nothing_is_near(question: str, assistant: Assistant) -> None:
    assert "您是否要找" not in assistant.ask(question).text


@pytest.mark.parametrize(
    ("topic", "words", "counts", "core"),
    [
        (
            "医保个人账户扣钱",
            ["医保", "个人", "账户", "扣", "钱"],
            {"个人账户": 2, "医保": 9, "扣钱": 0},
            ("个人账户",),
        ),
        ("收上来的租金收入", ["收上来", "的", "租金", "收入"], {"租金收入": 2, "收上来": 0}, ("租金收入",)),  # 4 of 7
        ("收上来的房屋租金", ["收上来", "的", "房屋", "租金"], {"租金": 2, "收上来": 0}, ()),  # 2 of 7
        ("办下来的收入", ["办下来", "的", "收入"], {"收入": 2}, ()),  # one word alone
    ],
)
def test_the_most_of_a_topic(topic: str, words: list[str], counts: dict[str, int], core: tuple[str, ...]) -> None:
    def count(phrase: str) -> int:
        return max((counts[one] for one in counts if phrase in one), default=0)

    said = {word: count(word) for word in words if len(word) > 1}
    assert core_of(topic, words, said, count, 5) == core


def test_a_number_belongs_to_what_it_counts() -> None:
    words = ["2", "级", "待遇", "的", "限额", "标准"]

    def count(phrase: str) -> int:
        counts = {"2级待遇": 3, "限额标准": 3, "待遇": 9}
        return max((counts[one] for one in counts if phrase in one), default=0)

    said = {word: count(word) for word in ("待遇", "限额", "标准")}
    assert core_of("2级待遇的限额标准", words, said, count, 5) == ("2级待遇", "限额标准")
