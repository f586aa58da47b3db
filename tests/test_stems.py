"""Departments named without the end of their name, before what they do."""

from pathlib import Path

import pytest

from index import Encoder, Index, Segmenter
from service import Assistant
from tests.conftest import small_corpus

BODIES = (
    "修缮河堤。（牵头部门：市水利局）",
    "发放育苗贷款。（牵头部门：农信社江口市分行）",
    "编印乡土教材。（牵头部门：省教育厅，协作部门：市教育局）",
    "巡查林地。（牵头部门：市林业局）",
    "明确养护负责单位，公园养护负责到人。（牵头部门：公园处，协作部门：养护处）",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("stems")
    return Assistant(Index.build(small_corpus(folder, *BODIES), segmenter, encoder))


@pytest.mark.parametrize(
    ("question", "numbers", "department"),
    [
        ("水利负责哪几项", [1], "市水利局"),
        ("林业牵头的任务有哪些", [4], "市林业局"),
        ("农信社牵头哪些", [2], "农信社江口市分行"),
        ("江口农信社负责哪些", [2], "农信社江口市分行"),
        ("江口 农信社负责哪些", [2], "农信社江口市分行"),
    ],
)
def test_a_stem_is_its_department_and_that_is_said(
    assistant: Assistant, question: str, numbers: list[int], department: str
) -> None:
    answer = assistant.ask(question)
    assert [match.item.number for match in answer.items] == numbers
    assert f"按“{department}”回答" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "教育负责哪几项",  # of two
        "水利负责人是谁",
        "公园养护负责到人的任务",  # an item says it
        "大坝水利负责哪几项",
    ],
)
def test_what_may_be_another_is_none(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).plan.named == ()
