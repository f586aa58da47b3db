"""Time limits that rules set, where no deadline is written."""

import pytest

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


@pytest.mark.parametrize(
    "question", ["哪些条规定了时限", "哪些条规定了多少个工作日的时限", "规定了多少天内必须办完的有哪些条款"]
)
def test_articles_that_set_a_limit_are_found(office: Assistant, question: str) -> None:
    answer = office.ask(question)
    assert [match.item.id for match in answer.items] == ["1", "2", "4"]
    assert answer.text.startswith("写到期限的有3条：")
