"""Questions that clerks ask of one regulation: by a chapter with its heading, of another place after one, the hour, how
something is done, and what is near in meaning."""

from pathlib import Path

import pytest

from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of, found

MARKET = """晨光市集市管理条例
第一章 总则
第一条 为了规范集市，制定本条例。
第二章 摊位管理
第二条 废旧泡沫箱堆放在集市西侧。
第三条 摊主应当将废旧泡沫箱投放至回收点。
第四条 每日二十三时至次日五时，集市内不得装卸货物。
第三章 人防工程集市
第五条 人防工程内的集市应当设置指示灯。
第六条 管理人应当履行下列职责：
（一）清扫通道；
（二）检查电线。
第七条 管理人未履行职责的，由街道办事处责令改正。
第八条 摊主连续两个月不缴纳摊位费，经催交仍不缴纳的，管理人可以收回摊位。
第九条 摊主辱骂、殴打顾客的，由公安机关依法处理。
"""
MARKET_LAW = """集市管理条例
2012年3月1日国务院令第900号公布
第一条 集市的摊位应当编号。
第二条 摊主申请摊位，不受户籍限制。
"""
LOWER = """栖霞市集市管理条例
第一条 栖霞市的集市由商务部门管理。
第二条 人民防空工程内的集市应当设置疏散图。
第三条 管理人应当为保安配备个人防护用品。
第四条 卖菜农民申请摊位的，不收摊位费。
"""


@pytest.fixture(scope="module")
def markets(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    texts = {"market": MARKET, "law": MARKET_LAW, "lower": LOWER}
    return assistant_of(tmp_path_factory.mktemp("markets"), texts, segmenter, encoder)


@pytest.mark.parametrize(
    "question",
    [
        "晨光市集市管理条例第二章摊位管理都规定了什么",
        "晨光市集市管理条例第二章“摊位管理”有哪些条款",
        "晨光市集市管理条例第二章讲摊位，具体有哪几条",
    ],
)
def test_the_heading_behind_the_number_of_a_chapter_is_no_topic(markets: Assistant, question: str) -> None:
    assert found(markets, question) == ["market 2", "market 3", "market 4"]


def test_what_is_not_its_heading_is_one(markets: Assistant) -> None:
    assert found(markets, "晨光市集市管理条例第二章泡沫箱有哪些规定") == ["market 2", "market 3"]


@pytest.mark.parametrize("follow_up", ["栖霞市的条例是怎么规定的", "那栖霞的呢", "栖霞的有什么规定"])
def test_another_place_is_asked_what_was_asked_before(markets: Assistant, follow_up: str) -> None:
    assert found(markets, "晨光市集市管理条例对人防工程有什么规定", follow_up) == ["lower 2"]


def test_what_is_left_of_a_topic_stands_as_a_word(markets: Assistant) -> None:
    """人防 of 人防工程 stands in 个人防护."""
    assert "lower 3" not in found(markets, "栖霞市集市管理条例里人防工程怎么规定")


def test_a_place_before_a_title_that_is_another_document(markets: Assistant) -> None:
    assert found(markets, "栖霞的集市管理条例里，卖菜农民申请摊位要不要交摊位费") == ["lower 4"]


def test_the_hour_is_told(markets: Assistant) -> None:
    answer = markets.ask("晨光市集市管理条例规定，夜里几点到几点不能装卸货物")
    assert [match.item.id for match in answer.items] == ["4"]
    assert "二十三时至次日五时" in answer.text


def test_how_something_is_done_is_told_where_it_is_said(markets: Assistant) -> None:
    assert found(markets, "晨光市集市管理条例里废旧泡沫箱应该怎么投放") == ["market 3"]
    assert found(markets, "晨光市集市管理条例里废旧泡沫箱应该怎么办") == ["market 2", "market 3"]


def test_what_a_regulation_provides_is_no_part_of_whom_it_is_of(markets: Assistant) -> None:
    assert found(markets, "晨光市集市管理条例规定管理人要履行哪些职责") == ["market 6"]


def test_what_is_handled_is_what_was_told_before(markets: Assistant) -> None:
    assert found(markets, "摊主殴打顾客，按晨光市集市管理条例怎么处理") == ["market 9"]


def test_the_one_item_that_is_near_is_given_as_near(markets: Assistant) -> None:
    answer = markets.ask("晨光市集市管理条例里，摊主老是不交摊位费可以把摊位收走吗")
    assert found(markets, answer.plan.question) == ["market 8"]
    assert answer.text.startswith("没有条款写到")


def test_what_nothing_is_near_to_is_not_answered(markets: Assistant) -> None:
    answer = markets.ask("晨光市集市管理条例里，集市夏天放电影要批吗")
    assert answer.declined


def test_what_is_punished_is_quoted_with_its_entry(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    text = """松山市养鸽条例
第一条 鸽舍应当登记。
第二条 有下列行为之一的，按照下列规定处理：
（一）在楼顶未经登记养鸽的，责令改正；逾期不改正的，处二百元罚款。
（二）放任鸽群扰民的，责令改正；拒不改正的，处五百元罚款。
第三条 本条例所称养鸽人包括养鸽的个人和单位。
第四条 申请鸽舍登记时应当提供下列材料：
（一）房产证；
（二）鸽种说明。
"""
    pigeons = assistant_of(tmp_path, {"pigeons": text}, segmenter, encoder)
    said = pigeons.ask("松山市养鸽条例里未经登记养鸽罚多少").text
    assert "“（一）在楼顶未经登记养鸽的，责令改正；”“逾期不改正的，处二百元罚款。”〔第2条〕" in said
    assert "五百元" not in said
    assert found(pigeons, "松山市养鸽条例里办鸽舍登记要交哪些证明") == ["pigeons 4"]
    assert found(pigeons, "养鸽人是什么意思") == ["pigeons 3"]
    refused = pigeons.ask("松山市养鸽条例第一条违反了怎么罚")
    assert refused.text.startswith("第1条没有写处罚，也没有条款引用它来写处罚")


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    texts = {
        "yangzhou": "扬州市养鸽条例\n第一条 个人养信鸽不得超过二十只。\n第二条 养鸽扰民的，处一百元罚款。\n",
        "luoyang": "洛阳市市区养鸽规定\n第一条 市区禁止放养信鸽。\n第二条 放养信鸽的，处三百元罚款。\n",
        "wenzhou": "温州市养鸽管理条例\n第一条 鸽舍不得搭在阳台。\n第二条 鸽舍搭在阳台的，处五十元罚款。\n",
    }
    return assistant_of(tmp_path_factory.mktemp("cities"), texts, segmenter, encoder)


@pytest.mark.parametrize("question", ["杭州养鸽扰民罚多少", "请问杭州市养鸽罚多少", "在广东养鸽要罚款吗"])
def test_a_place_without_a_document_is_not_answered_from_others(cities: Assistant, question: str) -> None:
    assert cities.ask(question).reason == "no_such_document"


@pytest.mark.parametrize("question", ["江苏养鸽扰民罚多少", "扬州养鸽扰民罚多少", "养鸽扰民罚多少"])
def test_a_place_of_a_document_is(cities: Assistant, question: str) -> None:
    assert found(cities, question) == ["yangzhou 2"]


def test_each_of_the_places_named_is_asked(cities: Assistant) -> None:
    """What 洛阳 has is called 规定, what 扬州 has 条例."""
    turns = ["洛阳和扬州的养鸽规定里哪些涉及信鸽", "其中扬州的"]
    assert found(cities, turns[0]) == ["luoyang 1", "luoyang 2", "yangzhou 1"]
    assert found(cities, *turns) == ["yangzhou 1"]


@pytest.mark.parametrize("question", ["对比洛阳和温州的罚款", "比较一下洛阳和温州的罚款", "洛阳和温州的罚款有什么不同"])
def test_a_topic_of_two_unlike_documents_stands_side_by_side(cities: Assistant, question: str) -> None:
    assert found(cities, question) == ["luoyang 2", "wenzhou 2"]


def test_conduct_that_is_handled_is_answered_by_its_penalty(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    text = """青石市碑刻管理条例
第一条 拓印活动结束后，拓印人应当办理备案手续。
第二条 参观者不得有下列行为：
（一）攀爬碑座；
（二）在碑身刻画。
第三条 违反本条例第二条规定的，由文物部门处一百元罚款。
第四条 有下列行为之一的，责令限期改正：
（一）不按规定登记碑刻的；
（二）不按规定办理拓印备案手续的。
第五条 碑刻的迁移，报省文物部门批准。
第六条 碑刻的复制，报市文物部门批准。
"""
    stones = assistant_of(tmp_path, {"stones": text}, segmenter, encoder)
    answer = stones.ask("拓印不按规定办备案手续的怎么处理")
    assert [match.item.id for match in answer.items] == ["4"]
    assert "责令限期改正" in answer.text
    turns = ["参观者不得有哪些行为", "对有这些行为的人怎么处理"]
    assert found(stones, *turns) == ["stones 3"]
    assert found(stones, "碑刻要迁移到外地，报谁批准") == ["stones 5"]


@pytest.mark.parametrize(
    "question",
    [
        "北京来的鸽子进入扬州要不要登记",
        "上海市民到温州养鸽，鸽舍能不能搭在阳台",
        "大理石鸽舍行不行",
        "开封的饲料怎么扔",
    ],
)
def test_whoever_comes_from_elsewhere_is_asked_of_here(cities: Assistant, question: str) -> None:
    assert cities.ask(question).reason != "no_such_document"


def test_a_county_that_no_list_names_may_be_in_the_region(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    texts = {
        "a": "石臼县养鸽条例\n第一条 养鸽扰民的，处十元罚款。\n",
        "b": "西浦县养鸽条例\n第一条 养鸽扰民的，处二十元罚款。\n",
    }
    counties = assistant_of(tmp_path, texts, segmenter, encoder)
    assert found(counties, "浙江养鸽扰民罚多少") == ["a 1", "b 1"]


def test_of_a_penalty_nothing_is_left_out_for_what_denies(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    """第一条 says what must be done, 第二条 punishes by its number; 第三条 denies it itself."""
    text = """青石市煤气条例
第一条 煤气商应当取得煤气许可证。
第二条 违反本条例第一条规定的，处五万元罚款。
第三条 向未取得煤气许可证的商户供气的，处一万元罚款。
第四条 装修垃圾投放至东侧。
第五条 装修垃圾混合投放的，处五十元罚款。
第六条 装修垃圾另行堆放。
"""
    gas = assistant_of(tmp_path, {"gas": text}, segmenter, encoder)
    assert found(gas, "没有取得煤气许可证怎么罚") == ["gas 2", "gas 3"]
    told = gas.ask("装修垃圾怎么投放")
    assert [match.item.id for match in told.items] == ["4"]
    assert told.text.endswith("另有2条也写到：第5条、第6条。")
    assert found(gas, "装修垃圾怎么处理") == ["gas 4", "gas 5", "gas 6"]


def test_what_denies_something_else_denies_nothing(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    text = """青石市贷款办法
第一条 支持符合条件的商户无还本续贷。
第二条 符合条件的商户可以申请贷款。
"""
    loans = assistant_of(tmp_path, {"loans": text}, segmenter, encoder)
    answer = loans.ask("不符合条件怎么办")
    assert [match.item.id for match in answer.items] == ["1", "2"]
    assert answer.text.startswith("没有理解“不”")


def test_editions_are_called_by_what_all_of_them_are_called(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    texts = {
        "old": "青石市优化集市环境条例\n2020年3月27日青石市人民代表大会常务委员会通过\n第一条 招标公开。\n",
        "new": "青石市优化集市环境条例\n2024年3月27日青石市人民代表大会常务委员会通过\n第一条 招标公开、公平。\n",
        "other": "白石市优化集市环境条例\n2020年5月8日白石市人民代表大会常务委员会通过\n第一条 招标有序。\n",
    }
    markets = assistant_of(tmp_path, texts, segmenter, encoder)
    assert found(markets, "2020年和2024年青石集市环境条例里关于招标的") == ["new 1", "old 1"]
    assert len(markets.ask("集市环境条例第一条").plan.offers) == 3


@pytest.mark.parametrize("question", ["不可回收的鸽笼怎么处理", "没有主人的鸽子怎么处理"])
def test_a_thing_that_is_called_with_a_denial_is_no_conduct(cities: Assistant, question: str) -> None:
    assert cities.ask(question).plan.figure is None


def test_a_denial_in_a_list_is_one(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    text = """青石市渡船条例
第一条 渡船应当有渡船标志。
第二条 未悬挂船号、渡船标志的，渡口应当劝返。
第三条 每日22点之后禁止鸣笛。
"""
    ferry = assistant_of(tmp_path, {"ferry": text}, segmenter, encoder)
    assert found(ferry, "没有渡船标志怎么办") == ["ferry 2"]
    assert found(ferry, "几点之后禁止鸣笛") == ["ferry 3"]
