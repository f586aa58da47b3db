"""Time limits that rules set, where no deadline is written."""

from pathlib import Path

import pytest

from corpus import in_other_numerals
from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of

RULES = """青山市办事规则
第一条 窗口应当自受理之日起十五个工作日内作出决定。
第二条 名单公示不少于5个工作日。
第三条 申请人近3年内没有违法记录。
第四条 发现事故的，24小时内报告。
第五条 窗口设在一楼。
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("office"), {"rules": RULES}, segmenter, encoder)


@pytest.mark.parametrize("question", ["哪些条规定了时限", "规定了多少天内必须办完的有哪些条款"])
def test_articles_that_set_a_limit_are_found(office: Assistant, question: str) -> None:
    answer = office.ask(question)
    assert [match.item.id for match in answer.items] == ["1", "2", "4"]
    assert answer.text.startswith("写到期限的有3条：")


@pytest.mark.parametrize("question", ["哪些条规定了多少个工作日的时限", "哪些条款写了几个工作日的时限"])
def test_a_limit_in_the_unit_that_is_asked(office: Assistant, question: str) -> None:
    assert [match.item.id for match in office.ask(question).items] == ["1", "2"]


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("写了15个工作日的条款", ["1"]),
        ("哪些事项的办理期限是十五个工作日", ["1"]),
        ("哪些事项要求窗口在15个工作日内办理", ["1"]),
        ("公示五个工作日的是哪条", ["2"]),
    ],
)
def test_a_limit_in_other_numerals(office: Assistant, question: str, items: list[str]) -> None:
    assert [match.item.id for match in office.ask(question).items] == items


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("5个工作日", ["五个工作日"]),
        ("十五日内", ["15日内"]),
        ("103元", ["一百零三元"]),
        ("1010元", ["一千零一十元"]),
        ("三千元", ["3000元"]),
        ("两年", ["2年", "二年"]),
        ("2人", ["二人", "两人"]),
        ("第五条", []),
        ("2017年", []),
        ("2次供水", []),
        ("一带一路", []),
    ],
)
def test_amounts_in_other_numerals(typed: str, written: list[str]) -> None:
    assert in_other_numerals(typed) == written


def test_an_amount_is_asked_with_what_it_is_said_of(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    texts = {
        "fish": "青山市养鱼办法\n第一条 养鱼应当登记。\n第二条 本办法有效期5年。\n第三条 五年未换水的，应当清塘。\n",
        "duck": "青山市养鸭办法\n第一条 鸭棚五年一修。\n第二条 本办法有效期三年。\n",
    }
    office = assistant_of(tmp_path, texts, segmenter, encoder)
    for question in ("哪些文件写明有效期是5年", "哪些文件有效期是五年"):
        assert [row.name for row in office.ask(question).table or ()] == ["《青山市养鱼办法》"]
