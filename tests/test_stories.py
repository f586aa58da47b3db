"""What happened, told before what is asked: where it is not understood, it still says which of several articles is meant."""

import pytest

from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of

RULES = """青山市工伤条例
第一条 康复费用由基金支付。
第二条 鉴定费用由用人单位承担，没有单位的由本人承担。
第三条 学生在实习单位受到伤害的，费用由实习单位和学校分担。
第四条 交通费用凭票报销。
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("office"), {"rules": RULES}, segmenter, encoder)


def test_of_several_those_that_hold_the_most_of_it_are_the_answer(office: Assistant) -> None:
    answer = office.ask("学生在实习单位摔伤，费用由谁承担")
    assert [match.item.id for match in answer.items] == ["3"]
    assert "没有理解“学生在实习单位摔伤”" in answer.text
    assert answer.text.endswith("只列其中写到“学生在实习单位摔伤”最多的，另有3条没有列出。")


def test_one_word_of_it_chooses_nothing(office: Assistant) -> None:
    assert len(office.ask("我在学生食堂门口打翻了汤，费用由谁承担").items) == 4
