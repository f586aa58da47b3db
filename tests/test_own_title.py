"""A service of one document that is asked by its title, with marks or without."""

from pathlib import Path

import pytest

from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of
from tests.test_questions import named_by


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("2017年认证认可工作要点里涉及品牌的任务", "text:品牌"),
        ("认证认可工作要点里涉及品牌的任务", "text:品牌"),
        ("《2017年认证认可工作要点》里涉及品牌的任务", "text:品牌"),
        ("法律部在认证认可工作要点里牵头哪些", "lead:法律部"),
        ("认证认可工作要点有多少项", "all"),
        ("涉及认证认可的任务", "text:认证认可"),
        ("今年的认证认可工作要点有多少任务", "all"),
        ("这份认证认可工作要点涉及品牌的任务", "text:品牌"),
        ("我想知道认证认可工作要点里涉及品牌的任务", "text:品牌"),
    ],
)
def test_its_title_is_no_topic(question: str, wanted: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert {match.item.number for match in answer.items} == {item.number for item in named_by(wanted)}


def test_a_title_of_another_place_is_another_document(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    text = "松山市养鸽条例\n第一条 鸽舍应当登记。\n第二条 鸽群不得扰民。\n"
    pigeons = assistant_of(tmp_path, {"pigeons": text}, segmenter, encoder)
    assert [match.item.id for match in pigeons.ask("松山市养鸽条例第二条").items] == ["2"]
    assert [match.item.id for match in pigeons.ask("养鸽条例里怎么说登记").items] == ["1"]
    assert "没有“杭州市养鸽条例”" in pigeons.ask("杭州市养鸽条例第二条").text
