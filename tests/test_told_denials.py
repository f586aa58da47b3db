"""Conduct that is told with a denial, 没办证就卖的怎么罚, is answered by what says it with a denial; and what follows it."""

import pytest

from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of, found

HARBOUR = """青浦市渔港管理条例
（2021年3月1日青浦市人民代表大会常务委员会通过 2021年5月20日南江省人民代表大会常务委员会批准）
第一条 渔船进港应当办理进港登记。
第二条 渔港经营者应当按照规定公示收费标准。
第三条 有下列情形之一的，不予批准夜间装卸：
（一）航道正在疏浚的；
（二）风力超过七级的。
第四条 渔船连续三次未缴纳靠泊费的，渔港经营者可以停止供水。
第五条 泊位内的垃圾，已委托保洁的，由保洁企业清运；未委托保洁的，由渔船所有人清运。
第六条 渔船未办理进港登记的，处二百元罚款；已办理进港登记但超期停留的，处五十元罚款。
第七条 渔港经营者不得有下列行为：
（一）强制装卸；
（二）抬高价格。
第八条 违反本条例第七条规定的，处三千元罚款。
"""
LAKE = """白石市渔港管理办法
（2022年4月2日白石市人民代表大会常务委员会通过 2022年6月1日北江省人民代表大会常务委员会批准）
第一条 渔港经营者应当对举报人给予奖励。
第二条 渔船进港应当办理进港登记。
"""
BAY = """红滩市渔港岸线管理条例
（2019年7月9日红滩市人民代表大会常务委员会通过 2019年9月30日南江省人民代表大会常务委员会批准）
第一条 举报违法排污，经查证属实的，由渔港经营者给予举报人奖励。
第二条 夜间不得鸣笛。
"""


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    texts = {"harbour": HARBOUR, "lake": LAKE, "bay": BAY}
    return assistant_of(tmp_path_factory.mktemp("ports"), texts, segmenter, encoder)


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("青浦市渔港管理条例里，渔船没有办理进港登记要罚多少钱", "6"),
        ("青浦市渔港管理条例里，哪些情况不批准夜间装卸", "3"),
        ("青浦市渔港管理条例里，什么情形不批准夜间装卸", "3"),
        ("青浦市渔港管理条例里，没有委托保洁的泊位垃圾由谁清运", "5"),
    ],
)
def test_what_is_told_with_a_denial_is_found(ports: Assistant, question: str, item: str) -> None:
    answer = ports.ask(question)
    assert found(ports, question) == [f"harbour {item}"]
    assert not [one for one in answer.plan.where if getattr(one, "not_", False)]
    assert "没有理解" not in answer.text


def test_of_those_that_say_it_the_ones_that_deny_it(ports: Assistant) -> None:
    """第一条 and 第六条 write 办理进港登记; not done it is in the latter alone."""
    assert found(ports, "青浦市渔港管理条例里涉及进港登记的条款") == ["harbour 1", "harbour 6"]
    assert found(ports, "青浦市渔港管理条例里没办进港登记会怎样") == ["harbour 6"]


def test_where_nothing_denies_it_that_is_said(ports: Assistant) -> None:
    text = ports.ask("红滩市渔港岸线管理条例里，没有给予举报人奖励会怎样").text
    assert text.startswith("没有理解“没有”")


@pytest.mark.parametrize(
    ("turns", "item"),
    [
        (["青浦市渔港管理条例里，渔港经营者不得有哪些行为", "有这些行为的，按青浦的条例怎么处罚"], "8"),
        (["青浦市渔港管理条例里，渔港经营者不得有哪些行为", "那青浦市渔港管理条例里，违反了怎么处罚"], "8"),
    ],
)
def test_the_penalty_of_what_was_listed_before(ports: Assistant, turns: list[str], item: str) -> None:
    assert found(ports, *turns) == [f"harbour {item}"]


@pytest.mark.parametrize(
    "question",
    ["这三份文件里，哪些规定了给予举报人奖励", "这些文件里哪些提到给予举报人奖励", "三份文件中哪些写了给予举报人奖励"],
)
def test_which_of_the_documents_say_it(ports: Assistant, question: str) -> None:
    answer = ports.ask(question)
    assert answer.plan.ask.kind == "documents"
    assert [row.name for row in answer.table or ()] == ["《白石市渔港管理办法》", "《红滩市渔港岸线管理条例》"]


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("哪些渔港管理条例是南江省人大常委会批准的", ["harbour", "bay"]),
        ("哪几部文件是2022年通过的", ["lake"]),
        ("哪部条例是2019年批准的", ["bay"]),
    ],
)
def test_which_were_approved(ports: Assistant, question: str, documents: list[str]) -> None:
    answer = ports.ask(question)
    assert (answer.plan.ask.kind, sorted(answer.plan.documents)) == ("documents", sorted(documents))


def test_a_number_of_several_asks_which(ports: Assistant) -> None:
    asked = ports.ask("南江省人大常委会批准的渔港条例第二条讲什么")
    assert (asked.reason, sorted(offer.document for offer in asked.plan.offers)) == (
        "which_document",
        ["bay", "harbour"],
    )
    assert found(ports, "南江省人大常委会批准的那两部渔港条例第二条讲什么") == ["harbour 2", "bay 2"]


def test_one_of_a_year_though_another_is_called_so_itself(ports: Assistant) -> None:
    """渔港管理条例 is what the one of 2021 is called at its end; that of 2019 is one, too."""
    assert found(ports, "2019年通过的那部渔港管理条例第二条") == ["bay 2"]
