"""The words of a deadline and the day they come to."""

import datetime

import pytest

from corpus.deadlines import find_dues

ISSUED = datetime.date(2025, 3, 1)


def said(text: str, issued: datetime.date | None = ISSUED) -> list[tuple[str, str]]:
    dues = find_dues(text, issued)
    assert all(text[due.start : due.end] == due.text for due in dues)
    return [(due.text, str(due.by or "")) for due in dues]


@pytest.mark.parametrize(
    ("text", "words", "by"),
    [
        ("2025年12月底前建成书库。", "2025年12月底前", "2025-12-31"),
        ("名册于2025年12月31日前报送。", "2025年12月31日前", "2025-12-31"),
        ("12月底前建成书库。", "12月底前", "2025-12-31"),
        ("十月底前印发名册。", "十月底前", "2025-10-31"),
        ("年底前建成书库。", "年底前", "2025-12-31"),
        ("今年年底前建成书库。", "今年年底前", "2025-12-31"),
        ("明年6月底前建成书库。", "明年6月底前", "2026-06-30"),
        ("上半年印发名册。", "上半年", "2025-06-30"),
        ("第一季度印发名册。", "第一季度", "2025-03-31"),
        ("到2027年，书库遍及各镇。", "到2027年", "2027-12-31"),
        ("到２０２７年底，书库遍及各镇。", "到２０２７年底", "2027-12-31"),
        ("2027年底前书库遍及各镇。", "2027年底前", "2027-12-31"),
        ("2030年前书库遍及各镇。", "2030年前", "2030-12-31"),
        ("2026年中建成书库，", "", ""),
        ("2026年中完成书库。", "2026年中", "2026-06-30"),
        ("2025—2027年分三批建设书库。", "2025—2027年", "2027-12-31"),
        ("二〇二六年六月底前建成书库。", "二〇二六年六月底前", "2026-06-30"),
        ("民國115年底前建成書庫。", "民國115年底前", "2026-12-31"),
        ("公元2026年5月底前建成书库。", "公元2026年5月底前", "2026-05-31"),
        ("年内建成书库。", "年内", "2025-12-31"),
        ("书目每季度更新。", "每季度", ""),
        ("书目每年十月底前更新。", "每年十月底前", ""),
        ("书目定期更新。", "定期", ""),
        ("开放书库，长期坚持。", "长期坚持", ""),
    ],
)
def test_words_in_a_sentence(text: str, words: str, by: str) -> None:
    assert said(text) == ([(words, by)] if words else [])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("6月", [("6月", "2025-06-30")]),
        ("12 月", [("12 月", "2025-12-31")]),
        ("2026年12月", [("2026年12月", "2026-12-31")]),
        ("2026-06-30", [("2026-06-30", "2026-06-30")]),
        ("2026-2028", [("2026-2028", "2028-12-31")]),
        ("2026年6月持续跟踪", [("2026年6月", "2026-06-30"), ("持续跟踪", "")]),
        ("年内持续推进", [("年内持续推进", "2025-12-31")]),
        ("持续推进", [("持续推进", "")]),
        ("长期", [("长期", "")]),
        ("立即", [("立即", "")]),
        ("常态化", [("常态化", "")]),
        ("每半年", [("每半年", "")]),
    ],
)
def test_words_that_stand_alone(cell: str, expected: list[tuple[str, str]]) -> None:
    assert said(cell) == expected


@pytest.mark.parametrize(
    "text",
    [
        "落实2015年印发的《书库办法》。",
        "按照城发〔2020〕6号文件办理。",
        "本办法自2025年8月15日起施行，有效期至2027年12月31日。",
        "自2025年4月1日至2027年3月31日免费开放。",
        "截至2026年3月底，已建书库三处。",
        "完成《书库三年行动方案（2025—2027年）》所列事项。",
        "5年内培训两百人，成年读者不限。",
        "抽查不定期进行。",
        "2024年底前已建成两处。",
        "持续推进书库建设。",
        "读者预计2030年达三万人。",
    ],
)
def test_dates_that_ask_for_nothing(text: str) -> None:
    assert said(text) == []


def test_a_date_without_its_year_has_that_of_the_deadline_before_it_in_the_sentence() -> None:
    text = "2026年6月底前选址，10月底前开工。12月底前总结。"
    assert [by for _, by in said(text)] == ["2026-06-30", "2026-10-31", "2025-12-31"]
    assert [by for _, by in said(text, None)] == ["2026-06-30", "2026-10-31", "2026-12-31"]


def test_without_any_year_only_the_words_are_known() -> None:
    assert said("年底前建成书库，6月30日前选址。", None) == [("年底前", ""), ("6月30日前", "")]


def test_a_day_that_no_calendar_has_is_words_only() -> None:
    assert said("2026年6月31日前选址。") == [("2026年6月31日前", "")]


def test_the_same_deadline_is_said_once() -> None:
    assert said("年底前选址。年底前开工。") == [("年底前", "2025-12-31")]
