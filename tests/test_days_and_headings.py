"""What a document says beside a topic: the day from which it holds, and what the heading of a section says of it."""

from pathlib import Path

import pytest

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from service import Assistant

STALLS = """梅渡市夜市摊位管理办法
一、总则
（一）适用范围。本办法适用于全市夜市。
（二）用语。经营户是取得摊位的人。
二、经营户基本条件
（一）健康要求。持有健康证。
（二）信用要求。近三年没有食品安全事故。
三、收费
（一）收费标准。每月收费由市场处另行公布，经营户要按期缴费。
（二）检查。市场处定期检查。
四、附则
（一）解释。本办法由市场处解释。
（二）施行。本办法自2031年7月1日起施行。
"""
BOATS = """梅渡市游船管理办法
第一条 游船按号停靠。
第二条 本办法自公布之日起施行。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("days")
    (folder / "stalls.txt").write_text(STALLS, encoding="utf-8")
    (folder / "boats.txt").write_text(BOATS, encoding="utf-8")
    return Assistant(Index.build(load_corpus(folder), segmenter, encoder))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("摊位管理办法什么时候开始施行", ["stalls#4.2"]),
        ("摊位管理办法何时施行", ["stalls#4.2"]),
        ("游船管理办法哪天起施行", ["boats#2"]),
        ("摊位管理办法里经营户要具备哪些条件", ["stalls#2.1", "stalls#2.2"]),
    ],
)
def test_it_is_told_where_it_is_written(assistant: Assistant, question: str, expected: list[str]) -> None:
    answer = assistant.ask(question)
    assert [f"{match.item.document}#{match.item.id}" for match in answer.items] == expected


@pytest.mark.parametrize("question", ["摊位管理办法里什么时候检查", "摊位管理办法里什么时候缴费"])
def test_no_day_is_made_of_what_tells_none(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.reason, list(answer.items)) == ("no_match", [])
