"""Regulations asked by the name of their place alone, and entries of articles: 第四项 of what was spoken of, or punished."""

from pathlib import Path

import pytest

from corpus import entry_alone, find_references, region_asked, region_before, region_of
from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of, found

BEIJING = """北京庙会管理条例
第一条 庙会，是指在寺庙附近举办的集市。
第二条 禁止损毁庙会标志。
第三条 违反本条例第二条规定的，处二百元罚款。
"""
NINGBO = """宁波市庙会管理条例
第一条 庙会摊位转让时，应当告知管理人。
第二条 摊主应当遵守下列规定：
（一）不占通道；
（二）不用明火；
（三）收摊后清扫。
第三条 违反本条例第二条第（一）（二）项规定的，处五十元罚款；违反第（三）项规定的，处二十元罚款。
第四条 展销的犬只应当拴养，遗弃犬只的，处一百元罚款。
第五条 庙会历史街区由文旅部门命名，宁波历史街区的名录另行公布。
"""
LUOYANG = """洛阳市庙会管理办法
第一条 禁止损毁庙会标志。
第二条 损毁庙会标志的，对单位处一千元罚款，对个人处一百元罚款。
第三条 巡查无主犬由公安机关负责。
"""


@pytest.fixture(scope="module")
def fairs(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    texts = {"beijing": BEIJING, "ningbo": NINGBO, "luoyang": LUOYANG}
    return assistant_of(tmp_path_factory.mktemp("fairs"), texts, segmenter, encoder)


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("北京损毁庙会标志罚多少", ["beijing 3"]),
        ("北京的庙会是什么意思", ["beijing 1"]),
        ("宁波庙会摊位转让时要告知谁", ["ningbo 1"]),
        ("比较北京和洛阳损毁标志的规定", ["beijing 2", "luoyang 1", "luoyang 2"]),
    ],
)
def test_a_bare_place_chooses_its_document(fairs: Assistant, question: str, items: list[str]) -> None:
    assert sorted(found(fairs, question)) == items


@pytest.mark.parametrize("question", ["西安庙会管理条例有什么规定", "南京的庙会怎么管", "西安市庙会管理条例第二条"])
def test_a_place_that_has_none_is_said(fairs: Assistant, question: str) -> None:
    assert fairs.ask(question).reason == "no_such_document"


def test_a_city_of_a_province_with_a_document_is_asked_which(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    texts = {
        "henan": "河南省庙会管理条例\n第一条 庙会登记。\n第二条 庙会收费。\n",
        "luoyang": "洛阳市庙会管理条例\n第一条 庙会免费。\n第二条 庙会夜间关闭。\n",
    }
    fairs = assistant_of(tmp_path, texts, segmenter, encoder)
    assert fairs.ask("郑州庙会管理条例第二条").reason == "which_document"


@pytest.mark.parametrize(
    ("turns", "items"),
    [
        (["宁波第二条第（三）项怎么罚"], ["ningbo 3"]),
        (["宁波第二条讲什么", "违反第三项罚多少"], ["ningbo 3"]),
        (["宁波第二条讲什么", "违反第三项罚多少", "那第一项呢"], ["ningbo 2"]),
    ],
)
def test_an_entry_is_of_the_article_spoken_of(fairs: Assistant, turns: list[str], items: list[str]) -> None:
    assert found(fairs, *turns) == items


def test_a_list_is_quoted_behind_its_lead(fairs: Assistant) -> None:
    assert (
        "“摊主应当遵守下列规定：”“（一）不占通道；\n（二）不用明火；\n（三）收摊后清扫。”"
        in fairs.ask("宁波摊主应当遵守什么").text
    )


def test_a_word_that_counts_restricts_nothing(fairs: Assistant) -> None:
    answer = fairs.ask("宁波遗弃犬只罚多少")
    assert (answer.plan.unread, [match.item.id for match in answer.items]) == ((), ["4"])


@pytest.mark.parametrize("question", ["洛阳损毁庙会标志罚单位多少", "洛阳损毁庙会标志罚个人多少"])
def test_whom_it_costs_is_no_part_of_the_topic(fairs: Assistant, question: str) -> None:
    assert found(fairs, question) == ["luoyang 2"]


@pytest.mark.parametrize("follow_up", ["哪份没有提到", "哪些文件没有提到"])
def test_which_do_not_mention_what_was_asked(fairs: Assistant, follow_up: str) -> None:
    answer = fairs.ask(follow_up, ["哪些文件提到损毁庙会标志"])
    assert [row.name for row in answer.table or ()] == ["《宁波市庙会管理条例》"]


def test_another_document_is_asked_the_same_topic(fairs: Assistant) -> None:
    answer = fairs.ask("宁波的呢", ["洛阳哪个部门负责巡查无主犬"])
    assert ([one.topic for one in answer.plan.topics], answer.plan.told) == (["巡查无主犬"], ())
    assert "没有理解" not in answer.text


def test_regions_are_read() -> None:
    assert region_asked("请问杭州养鸽罚多少")[0] == "杭州"
    assert (region_asked("开封的食品"), region_asked("开封市的食品")[0]) == ((), "开封")
    assert (region_asked("北京来的犬只"), region_asked("上海市民养犬")) == ((), ())
    assert (region_before("请问西安")[0], region_before("这份"), region_of("北京历史名城条例")) == ("西安", (), "北京")


@pytest.mark.parametrize(
    ("text", "referred"),
    [
        ("违反第十条第(一)(二)项规定的,处罚;违反第(四)项规定的", [(10, [1, 2]), (10, [4])]),
        ("违反本条例第二十六条第三至五项规定的", [(26, [3, 4, 5])]),
        ("违反第(四)项规定的", []),
    ],
)
def test_entries_alone_are_of_the_article_before(text: str, referred: list[tuple[int, list[int]]]) -> None:
    assert [(one.first, sorted(one.entries)) for one in find_references(text, 30)] == referred


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("违反第四项罚多少", 4),
        ("违反第四项怎么罚款", 4),
        ("第十条第四项", None),
        ("第三项到第五项", None),
        ("有几项", None),
    ],
)
def test_an_entry_without_its_article(question: str, number: int | None) -> None:
    entry = entry_alone(question)
    assert (entry.number if entry else None) == number


def test_sizes_are_told_and_titles_are_listed_with_their_places(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    rail = """石川市电车条例
第一条 禁止携带重量超过三十公斤的物品进站。
第二条 犬绳的长度不超过两米。
第三条 擅自投入运营的，处二万元以上五万元以下罚款。
第四条 拒不改正的，处二万元以上五万元以下的罚款。
"""
    texts = {"rail": rail, "other": "白浪市电车条例\n第一条 本条例适用于有轨电车。\n"}
    trams = assistant_of(tmp_path, texts, segmenter, encoder)
    assert "三十公斤" in trams.ask("石川市电车条例规定超过多重的物品不能带进站").text
    assert "两米" in trams.ask("石川市电车条例里犬绳多长").text
    assert found(trams, "石川市电车条例里哪几条规定了二万元以上五万元以下的罚款") == ["rail 3", "rail 4"]
    answer = trams.ask("石川、白浪这两部电车条例，哪些提到了有轨电车")
    assert (answer.plan.ask.kind, [row.name for row in answer.table or ()]) == ("documents", ["《白浪市电车条例》"])
