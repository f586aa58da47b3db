"""Spreadsheets: values as shown, headings, merged cells, hidden sheets."""

import datetime
import io

import pytest
from openpyxl import Workbook

from corpus.readers.cell_formats import shown
from corpus.readers.xlsx import read_xlsx


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("value", "format", "expected"),
    [
        (1.0, "General", "1"), (1.5, "General", "1.5"), (0.05, "0%", "5%"), (0.125, "0.0%", "12.5%"), (1234567, "#,##0", "1,234,567"),
        (2.5, "0.00", "2.50"), (True, "General", "TRUE"), (7, "00", "07"), (3, '0"项"', "3项"),
        (datetime.datetime(2026, 12, 31), 'yyyy"年"m"月"', "2026年12月"), (datetime.datetime(2026, 3, 5), "yyyy-mm-dd", "2026-03-05"),
        (datetime.datetime(2026, 3, 5), "mm-dd-yy", "2026/3/5"), (datetime.datetime(2026, 3, 5, 9, 7), "yyyy/m/d h:mm", "2026/3/5 9:07"),
        ("持续推进", "General", "持续推进"),
    ],
)  # fmt: skip
def test_a_value_as_the_sheet_shows_it(value: object, format: str, expected: str) -> None:
    assert shown(value, format) == expected


def test_title_heading_of_two_lines_and_merged_cells() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for values in (["任务清单"], ["序号", "任务", "责任单位", None], [None, None, "牵头", "配合"], [1, "甲", "市经信局", "市科技局\n市教育局"],
                   [2, None, "市财政局", None]):  # fmt: skip
        sheet.append(values)
    for area in ("A1:D1", "A2:A3", "B2:B3", "C2:D2", "B4:B5"):
        sheet.merge_cells(area)
    lines = read_xlsx(saved(book)).lines
    assert [line.text for line in lines] == [
        "任务清单",
        "序号\t任务\t责任单位/牵头\t责任单位/配合",
        "1\t甲\t市经信局\t市科技局 市教育局",
        "2\t甲\t市财政局\t",
    ]
    assert [line.header for line in lines] == [False, True, False, False]


def test_hidden_sheets_are_left_out_and_said_and_named_sheets_are_headings() -> None:
    book = Workbook()
    for name in ("甲表", "乙表", "丙表"):
        sheet = book.create_sheet(name)
        sheet.append(["序号", "任务"])
        sheet.append([1, name])
    book["丙表"].sheet_state = "hidden"
    source = read_xlsx(saved(book))
    assert [line.text for line in source.lines] == ["甲表", "序号\t任务", "1\t甲表", "乙表", "序号\t任务", "1\t乙表"]
    assert source.lines[0].kind == "heading"
    assert source.warnings == ("工作表“丙表”是隐藏的，未读取。",)


def test_a_formula_without_a_result_is_said() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "任务"])
    sheet.append(["=1+1", "甲"])
    source = read_xlsx(saved(book))
    assert source.lines[1].text == "\t甲"
    assert "公式" in source.warnings[0]


def test_what_is_only_formatted_far_away_is_not_visited() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "任务"])
    sheet["XFD1048576"].number_format = "0.00"
    assert [line.text for line in read_xlsx(saved(book)).lines] == ["序号\t任务"]
