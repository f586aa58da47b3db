"""Periods told from the day on which it is asked."""

import datetime

import pytest

from corpus import find_periods, load_corpus, period_told
from index import Encoder, Index, Segmenter
from service import Assistant

TODAY = datetime.date(2026, 11, 27)  # a Friday
DUES = """云泽市2026年工作任务
1.建书库。（牵头单位：文化局；完成时限：2026年6月底）
2.修桥。（牵头单位：交通局；完成时限：2026年11月30日）
3.补路。（牵头单位：交通局；完成时限：2026年12月底）
4.栽树。（牵头单位：园林局；完成时限：2027年1月31日）
"""


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("这个月", "2026年11月"),
        ("本月", "2026年11月"),
        ("上个月", "2026年10月"),
        ("下月", "2026年12月"),
        ("本季度", "2026年第四季度"),
        ("下季度", "2027年第一季度"),
        ("上半年", "2025年上半年"),
        ("2027年下半年", "2027年下半年"),
        ("去年第三季度", "2025年第三季度"),
        ("明年二季度", "2027年第二季度"),
        ("本周", "2026年11月23日至2026年11月29日"),
        ("2025年1月2日至2025年1月9日", "2025年1月2日至2025年1月9日"),
        ("下周", "2026年11月30日至2026年12月6日"),
    ],
)
def test_a_period(words: str, period: str) -> None:
    [(start, end, (first, last))] = find_periods(f"{words}要完成的", TODAY, 2025)
    assert (words, period_told(first, last)) == (f"{words}要完成的"[start:end], period)


@pytest.mark.parametrize("words", ["上半年前", "第三季度末", "一周年", "每个月", "上下半年来"])
def test_what_is_none(words: str) -> None:
    assert not [one for one in find_periods(words, TODAY, 2025) if words[one[0] : one[1]] == words]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    folder = tmp_path_factory.mktemp("periods")
    (folder / "tasks.txt").write_text(DUES, encoding="utf-8")
    return Assistant(Index.build(load_corpus(folder), segmenter, encoder), lambda: TODAY)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("这个月要完成哪些任务", ["2"]),
        ("本月到期的", ["2"]),
        ("下个月到期的有哪些", ["3"]),
        ("上半年要完成的任务", ["1"]),
        ("第四季度交通局要完成的", ["2", "3"]),
        ("明年一季度到期的", ["4"]),
        ("本周要做什么", []),
    ],
)
def test_what_is_due_in_it(assistant: Assistant, question: str, expected: list[str]) -> None:
    assert [match.item.id for match in assistant.ask(question).items] == expected


def test_it_is_written_and_read_again(assistant: Assistant) -> None:
    first = assistant.ask("下半年到期的任务")
    assert [match.item.id for match in assistant.ask("其中交通局牵头的", ["下半年到期的任务"]).items] == ["2", "3"]
    assert first.reading == "在2026年下半年到期的任务"


def test_without_deadlines_it_is_said(editions: Assistant) -> None:
    assert editions.ask("2024年的要点里这个月要完成的").reason == "field_absent"
