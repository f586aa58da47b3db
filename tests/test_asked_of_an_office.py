"""An office with this year's plan, last year's, and rules: what its clerks ask of one, of both, of a day, of a penalty."""

import datetime
from pathlib import Path

import pytest

from corpus import find_dues, parse_document
from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of, found

LAST_YEAR = """霜河市园林局关于印发2025年工作要点的通知
一、绿化
1. 推进古树名木保护。（绿化科牵头，监察科配合）
2. 新建口袋公园五处，6月30日前完工。（公园科牵头）
"""
THIS_YEAR = """霜河市园林局关于印发《2026年全市园林工作要点》的通知
一、绿化
1.做好古树和名木等资源保护。夏灌期间确保7月至9月高温期间不断水。
牵头单位：公园科
完成时限：9月30日

2.新建口袋公园七处。
牵头单位：绿化科
完成时限：6月30日

3.修订专门苗圃目录。
牵头单位：绿化科
完成时限：9月30日

各科室要于2026年3月10日前报送方案。
"""
RULES = """霜河市公园岗位补贴管理办法
第一条 公园管理单位、苗圃、游乐企业应当安装视频监控。
第二条 每座公园的园长不超过2名，管护队长与养护工每个月至少谈话一次。
第三条 公园可以适当收取费用，收费项目应当公示。需要收取费用的游乐设施对学生优惠。
第四条 有下列情形的，不得录用：因虚报冒领补贴被清退的。
第五条 用人单位虚报、冒领、套取岗位补贴的，责令退回，三年内不得申报。
第六条 专门苗圃的占地比例不低于公园面积的百分之四。
第七条 普通苗圃由所有人养护。
第八条 家庭困难的养护工，每年可以领取救助金五百元。
"""
PARKS = """关于进一步支持古树名木等园林资源保护利用的实施意见
一、基本要求
（一）坚持保护优先。
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    texts = {"last": LAST_YEAR, "this": THIS_YEAR, "rules": RULES, "parks": PARKS}
    return assistant_of(tmp_path_factory.mktemp("office"), texts, segmenter, encoder)


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("2026年要点里9月30日到期的任务有哪些", ["this 1", "this 3"]),
        ("2026年要点里完成时限是6月30日的任务", ["this 2"]),
        ("2026年要点里9月30日前完成的任务", ["this 1", "this 2", "this 3"]),
        ("补贴管理办法里提到专门苗圃的条款", ["rules 6"]),  # not of every 苗圃
        ("补贴管理办法里涉及苗圃企业的条款", ["rules 1"]),  # 苗圃、游乐企业
        ("补贴管理办法里，用人单位虚报冒领岗位补贴怎么处罚", ["rules 5"]),  # 虚报、冒领、套取
        ("补贴管理办法里每座公园的园长最多几个人", ["rules 2"]),
        ("补贴管理办法里管护队长多久至少要跟养护工谈话一次", ["rules 2"]),
        ("补贴管理办法对收费是怎么规定的", ["rules 3"]),  # asks for no amount
        ("补贴管理办法里专门苗圃的占地要达到多少比例", ["rules 6"]),
        ("补贴管理办法里困难的养护工一年能拿多少救助金", ["rules 8"]),
    ],
)
def test_what_is_asked_of_one_document(office: Assistant, question: str, items: list[str]) -> None:
    answer = office.ask(question)
    assert found(office, question) == items
    assert "没有理解" not in answer.text


def test_a_year_that_is_of_another_document_makes_no_title_of_a_topic(office: Assistant) -> None:
    """古树名木 is a part of a title, too; the plans of both years are asked, and the one that words it otherwise as well."""
    question = "古树名木保护，2025年和2026年工作要点里谁牵头"
    assert office.ask(question).plan.documents == ("this", "last")
    assert found(office, question) == ["this 1", "last 1"]
    assert "牵头部门：公园科" in office.ask(question).text


def test_what_stands_below_the_last_note_is_of_no_item() -> None:
    document = parse_document(THIS_YEAR, "this")
    assert [item.number for item in document.items] == [1, 2, 3]
    last = document.items[-1]
    assert last.text == "修订专门苗圃目录。"
    assert [due.by for due in last.dues] == [datetime.date(2026, 9, 30)]
    assert [part.role for part in document.head][-1] == "closing"


def test_a_period_is_no_deadline() -> None:
    day = datetime.date(2026, 1, 1)
    assert find_dues("确保7月至9月伏旱期间不断水", day) == []
    assert [due.by for due in find_dues("于9月底前完成", day)] == [datetime.date(2026, 9, 30)]
    assert [due.by for due in find_dues("6月底前做好汛期期间的巡查", day)] == [datetime.date(2026, 6, 30)]


def test_a_label_in_a_line_of_its_own_is_of_the_item_before() -> None:
    text = "某局工作要点\n1.检修渡船。\n责任科室：安全科\n完成时限：6月底前\n2.组织演练。\n责任科室：航务科\n完成时限：9月底前\n"
    document = parse_document(text, "a")
    assert [part.role for part in document.head if part.role == "closing"] == []
    assert [(item.lead, item.dues[0].text) for item in document.items] == [
        (("安全科",), "6月底前"),
        (("航务科",), "9月底前"),
    ]


OLD = """北溪市集市条例
（2005年3月1日北溪市人民代表大会常务委员会通过）
第一条 集市应当公示价格。
"""
MENDED = """南溪市集市条例
（2005年6月1日南溪市人民代表大会常务委员会通过 2010年6月1日南溪市人民代表大会常务委员会修正）
第一条 摊主占用通道的，处罚款。
"""
OTHER = """东溪市集市条例
（2015年6月1日东溪市人民代表大会常务委员会通过）
第一条 摊主占用通道的，处罚款。
"""


@pytest.fixture(scope="module")
def markets(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    texts = {"old": OLD, "mended": MENDED, "other": OTHER}
    return assistant_of(tmp_path_factory.mktemp("markets"), texts, segmenter, encoder)


def test_the_newest_may_be_asked_after_the_oldest(markets: Assistant) -> None:
    said = markets.ask("最新的是哪份", history=("最早的是哪份",)).text
    assert said.startswith("最新的是《东溪市集市条例》")


def test_so_many_of_a_year(markets: Assistant) -> None:
    """Of 2005 one was issued and one was passed: 两部 are both."""
    assert set(markets.ask("2005年的两部条例各有多少条").plan.documents) == {"old", "mended"}
    assert found(markets, "2005年的两部条例里哪些提到罚款") == ["mended 1"]


def test_a_year_in_which_none_is_the_newest_is_looked_for_in_the_heads(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    """1986年发布的, of what was amended later; a place may be any of 省市."""
    texts = {
        "duty": "渡口费暂行规定\n1986年4月28日 国务院发布\n1990年6月7日 第一次修订\n第一条 本规定由财政部负责解释。\n",
        "north": "北溪市渡口条例\n（2015年6月1日北溪市人民代表大会常务委员会通过）\n第一条 渡口收取过渡费。\n",
        "south": "南溪市渡口条例\n（2016年6月1日南溪市人民代表大会常务委员会通过）\n第一条 渡口免费。\n",
    }
    asked = assistant_of(tmp_path, texts, segmenter, encoder)
    assert found(asked, "1986年发布的那个规定由哪个部门负责解释") == ["duty 1"]
    assert asked.ask("1985年发布的那个规定由哪个部门负责解释").reason == "no_such_document"
    assert found(asked, "哪些省市的渡口条例里还有过渡费的规定") == ["north 1"]
