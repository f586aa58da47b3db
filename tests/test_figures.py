"""Amounts that texts tell, and the answers to questions that ask for one."""

from pathlib import Path

import pytest

from corpus import FigureKind, find_figures, has_figure, kind_of_unit, load_corpus
from index import Encoder, Index, Segmenter
from service import Assistant
from tests.conftest import assistant_of, small_corpus

RENEWAL = Path(__file__).parent / "renewal"
KINDS: tuple[FigureKind, ...] = ("money", "span", "day", "age", "share", "contact")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("按每人3000元给予补贴", {"money"}),
        ("处五万元以上二十万元以下罚款", {"money"}),
        ("最长不得超过3年", {"span"}),
        ("十五个工作日内作出决定", {"span"}),
        ("自2021年5月1日起施行", {"day"}),
        ("每年3月份受理", {"day"}),
        ("年满65周岁的老年人", {"age"}),
        ("给予租金总额的50%", {"share"}),
        ("达到百分之八十", {"share"}),
        ("处违法所得三倍以下罚款", {"share"}),
        ("电话：020-88888888", {"contact"}),
        ("2020年以来第三年成立", set()),
    ],
)
def test_an_amount_is_known_by_its_kind(text: str, kinds: set[str]) -> None:
    assert {kind for kind in KINDS if has_figure(text, kind)} == kinds


def test_a_number_counts_what_its_unit_names() -> None:
    assert find_figures("改造三十家市场，新建60个公园", "number", "家") == [(2, 5)]
    assert find_figures("改造三十家市场，新建60个公园", "number", "公园") == [(10, 15)]


def test_a_unit_says_what_kind_is_asked() -> None:
    units = {"万元": "money", "钱": "money", "个工作日": "span", "岁": "age", "成": "share", "家": "number"}
    assert {unit: kind_of_unit(unit) for unit in units} == units


@pytest.fixture(scope="module")
def renewal(segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return Assistant(Index.build(load_corpus(RENEWAL), segmenter, encoder))


@pytest.mark.parametrize(
    ("question", "item", "quote"),
    [
        ("每台电梯补助多少钱", "1.3", "对符合条件的楼栋，每台电梯补助二十万元，补助标准向社会公开。"),
        ("加装电梯审批最长几天", "1.3", "支持四层以上住宅加装电梯，把审批环节压缩到五个工作日以内。"),
        ("老年食堂用餐补贴要多大年纪", "2.2", "发展老年食堂，对七十岁以上老人用餐给予补贴。"),
        ("慢性病患者签约率达到百分之几", "2.5", "做实家庭医生签约服务，慢性病患者签约率三年内达到百分之八十。"),
        ("要改造多少家农贸市场", "3.2", "改造三十家农贸市场，统一设置公平秤和食品快检室，检测结果当日公布。"),
    ],
)
def test_what_tells_the_amount_is_quoted_and_nothing_else(
    renewal: Assistant, question: str, item: str, quote: str
) -> None:
    answer = renewal.ask(question)
    assert [match.item.id for match in answer.items] == [item]
    assert [citation.quote for citation in answer.citations] == [quote]


def test_an_amount_that_no_item_tells_is_no_answer(renewal: Assistant) -> None:
    answer = renewal.ask("社区书屋要花多少钱")
    assert (answer.declined, answer.grade) == (True, "perhaps")
    assert answer.text.startswith("没有条目写明所问的金额。意思最接近的是：第3部分第3项")


def test_of_one_item_the_sentence_that_tells_it(renewal: Assistant) -> None:
    assert (
        renewal.ask("第一部分第三项补多少钱").text
        == "“对符合条件的楼栋，每台电梯补助二十万元，补助标准向社会公开。”〔第1部分第3项〕"
    )
    assert renewal.ask("第三部分第一项补多少钱").text == "文件没有写明第3部分第1项的金额。"


def test_the_nearest_in_meaning_that_tells_it_is_told_as_such(renewal: Assistant) -> None:
    answer = renewal.ask("家里老人吃饭，送一趟最多收多少钱")
    assert [match.item.id for match in answer.items] == ["2.2"]
    assert "没有任务逐字写到所问的，意思最接近、写明金额的是第2部分第2项" in answer.text
    assert [citation.quote for citation in answer.citations] == ["鼓励餐饮企业参与送餐，送餐费用不得高于三元。"]


def test_what_is_asked_for_as_written_is_not_answered_by_what_is_near(renewal: Assistant) -> None:
    assert renewal.ask("有没有写家里老人吃饭，送一趟最多收多少钱").declined


def test_a_name_that_begins_with_a_denial_is_no_denial(renewal: Assistant) -> None:
    assert not renewal.ask("无犯罪记录证明去哪里开").items
    assert renewal.ask("不涉及电梯的任务什么时候完成").plan.topics[0].not_


@pytest.mark.parametrize(
    "question",
    [
        "补贴多少钱",
        "市民政局牵头的任务里每台电梯补助多少钱",
        "第二部分里每台电梯补助多少钱",
        "停车收费多少",
        "残疾人怎么申请送书",
    ],
)
def test_what_is_told_of_something_else_is_no_answer(renewal: Assistant, question: str) -> None:
    """Three yuan is for bringing a meal; the lift is of another part and department; a tenth of the places is no charge."""
    assert renewal.ask(question).declined


def test_the_kind_that_is_likelier_comes_first(renewal: Assistant) -> None:
    quotes = [citation.quote for citation in renewal.ask("加装电梯补助多少").citations]
    assert quotes == ["对符合条件的楼栋，每台电梯补助二十万元，补助标准向社会公开。"]


def test_a_follow_up_is_written_with_what_it_asks_for(renewal: Assistant) -> None:
    answer = renewal.ask("那电梯补助呢", ["送餐费最多多少钱"])
    assert answer.plan.question == "电梯补助多少钱"


def test_a_month_in_which_something_happened_is_no_deadline(renewal: Assistant) -> None:
    assert "到期" not in renewal.ask("2022年3月发生的积水怎么治理").text


def test_an_item_asked_by_its_number_and_a_topic_is_shown_whole(renewal: Assistant) -> None:
    assert renewal.ask("第二部分第二项老人补贴多少钱").text.startswith("第2部分第2项：“发展老年食堂")


def test_of_very_many_items_all_are_given(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    """It is not looked which of them tell it; none is left out in silence."""
    bodies = [f"发放渔船补贴{'三百元' if number % 2 else ''}，编号{number}。" for number in range(502)]
    answer = Assistant(Index.build(small_corpus(tmp_path, *bodies), segmenter, encoder)).ask("渔船补贴多少钱")
    assert (answer.count, len(answer.items)) == (502, 502)


def test_some_years_are_no_question(renewal: Assistant) -> None:
    assert renewal.ask("未来几年涉及电梯的任务").plan.figure is None
    assert len(renewal.ask("未来几年涉及电梯的任务").items) == 1


def test_items_about_charges_are_asked_for_as_items(renewal: Assistant) -> None:
    """A word for an amount asks for none where it is said which items are meant."""
    answer = renewal.ask("哪些任务涉及收费")
    assert (answer.plan.figure, [match.item.id for match in answer.items]) == (None, ["2.4", "3.4"])


def test_a_follow_up_asks_the_same_amount_of_something_else(renewal: Assistant) -> None:
    answer = renewal.ask("那电梯补助呢", ["送餐费最多多少钱"])
    assert [citation.quote for citation in answer.citations] == [
        "对符合条件的楼栋，每台电梯补助二十万元，补助标准向社会公开。"
    ]


def test_a_follow_up_that_nothing_was_read_of_is_not_answered_with_all(renewal: Assistant) -> None:
    assert renewal.ask("要是搬走以后才出这种事呢", ["加装电梯的审批"]).declined


DAYS = """青山市公积金条例
第一条 管理中心应当自受理提取申请之日起3日内作出准予的决定。
第二条 管理中心应当自受理贷款申请之日起15日内作出准予的决定。
第三条 社会团体的注册资金不少于10万元。
第四条 摊位租金由街道减免。
"""


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("days"), {"days": DAYS}, segmenter, encoder)


def test_of_several_that_tell_it_what_was_not_understood_tells_which(days: Assistant) -> None:
    answer = days.ask("职工申请公积金提取，管理中心应当几日内作出准予的决定")
    assert [match.item.id for match in answer.items] == ["1"]


@pytest.mark.parametrize("question", ["社会团体的注册资金最少要多少钱", "社会团体的注册资金至少要有多少钱才能保留"])
def test_at_the_least_is_how_much(days: Assistant, question: str) -> None:
    answer = days.ask(question)
    assert [match.item.id for match in answer.items] == ["3"]
    assert not any("少" in words for words in answer.plan.unread)


def test_a_part_of_what_is_asked_answers_no_number_that_it_does_not_tell(days: Assistant) -> None:
    """摊位 stands there, how many there are does not."""
    answer = days.ask("沿街摊位有多少家")
    assert answer.declined


def test_a_part_of_what_is_asked_is_told_as_a_part(days: Assistant) -> None:
    answer = days.ask("行业协会的注册资金最少要多少钱")
    assert not answer.items or "写到其中" in answer.text or "意思最接近" in answer.text
