"""Question files that are tables: JSONL, CSV and .xlsx -> rows, each value still as it came."""

import csv
import io
import json
import string
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from eval.cases import COLUMNS, QuestionsError, Row, column_of, is_blank
from eval.workbooks import check_workbook

MOST_ROWS, MOST_COLUMNS = 100_000, 200  # of a sheet: one stray cell at its far end would cost gigabytes

Headings = dict[int, str]  # position of the column, from 0 -> column
_KNOWN = "、".join(f"{names[0]}/{names[1]}" for names in COLUMNS.values())


def read_jsonl(path: Path) -> Iterator[Row]:
    """One JSON object a line, its keys the columns' English names."""
    for number, line in enumerate(decoded(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise QuestionsError(f"{path}：第{number}行：应为一行一个 JSON 对象，读不懂：{error}") from error
        if not isinstance(values, dict):
            raise QuestionsError(f"{path}：第{number}行：应为 JSON 对象，实为“{line[:40]}”")
        if unknown := [key for key in values if key not in COLUMNS]:
            raise QuestionsError(f"{path}：第{number}行：未知的键“{unknown[0]}”；可用的键：{'、'.join(COLUMNS)}")
        yield Row(number, values, lambda column, number=number: f"第{number}行“{column}”")  # type: ignore[misc]


def read_csv(path: Path, remarks: list[str]) -> Iterator[Row]:
    """Comma, semicolon or tab separated; UTF-8 (a byte order mark is no part of it) or GB18030."""
    text = decoded(path)
    delimiter = max("\t;,", key=text.lstrip().partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    lines: list[tuple[int, list[Any]]] = []
    began = 1  # a quoted cell may run over several lines: the row is named by its first
    try:
        for cells in reader:
            lines.append((began, [*cells]))
            began = reader.line_num + 1
    except csv.Error as error:
        raise QuestionsError(f"{path}：第{began}行：引号没有成对，或一格太长：{error}") from error
    yield from _rows(
        lines, str(path), lambda number, position, name: f"第{number}行第{position + 1}列（{name}）", remarks
    )


def read_xlsx(path: Path, remarks: list[str]) -> Iterator[Row]:
    """The first sheet that holds anything; a merged cell's value counts for every row it covers."""
    try:
        check_workbook(path)
        sheets = load_workbook(path, data_only=True).worksheets
    except QuestionsError:
        raise
    except Exception as error:  # openpyxl raises whatever its zip and XML readers do
        raise QuestionsError(
            f"{path}：应为 .xlsx 工作簿，读不懂（{str(error) or type(error).__name__}）。加密的先去掉密码，.xls 先另存为 .xlsx。"
        ) from error
    for sheet in sheets:
        if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
            raise QuestionsError(
                f"{path}：工作表“{sheet.title}”占到第 {sheet.max_row} 行、{get_column_letter(sheet.max_column)} 列，"
                f"应在 {MOST_ROWS} 行、{MOST_COLUMNS} 列之内。末尾多半有误填的格，请删去多余的行列再存。"
            )
    filled = [sheet for sheet in sheets if _has_values(sheet)]
    if not filled:
        return
    sheet = next((sheet for sheet in filled if sheet.sheet_state == "visible"), filled[0])
    if others := [other.title for other in filled if other is not sheet]:
        remarks.append(f"只读了工作表“{sheet.title}”，没有读：{'、'.join(others)}")
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, area.max_row + 1):
            cells[row - 1][area.min_col - 1] = cells[area.min_row - 1][area.min_col - 1]
    lines = [(number, row) for number, row in enumerate(cells, start=1)]

    def where(number: int, position: int, name: str) -> str:
        return f"工作表“{sheet.title}”{get_column_letter(position + 1)}{number}（{name}）"

    yield from _rows(lines, str(path), where, remarks)


def decoded(path: Path) -> str:
    """The file's text, from UTF-8 or else GB18030. Raises QuestionsError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise QuestionsError(f"{path}：读不了（{error.strerror}）") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise QuestionsError(f"{path}：应为 UTF-8 或 GB18030 的文本，实为其他编码。")


def _rows(lines: Sequence[tuple[int, list[Any]]], source: str, where: Any, remarks: list[str]) -> Iterator[Row]:
    filled = [(number, cells) for number, cells in lines if not all(is_blank(cell) for cell in cells)]
    if not filled:
        return
    (heading_line, headings), *body = filled
    columns = _columns(headings, source, lambda position, name: where(heading_line, position, name))
    names = {column: (position, str(headings[position]).strip()) for position, column in columns.items()}
    if empty := sum(number > heading_line for number, _ in lines) - len(body):
        remarks.append(f"跳过 {empty} 个空行")

    def place(number: int, column: str) -> str:
        position, name = names.get(column) or (None, column)
        return f"第{number}行（没有“{name}”列）" if position is None else str(where(number, position, name))

    for number, cells in body:
        values = {column: cells[position] for position, column in columns.items() if position < len(cells)}
        for position, cell in enumerate(cells):
            if position not in columns and not is_blank(cell):
                raise QuestionsError(
                    f"{source}：{where(number, position, '没有标题')}：有内容“{str(cell)[:20]}”而这一列没有标题；"
                    "多余的列请删去，含分隔符的内容请放在引号里。"
                )
        yield Row(number, values, lambda column, number=number: place(number, column))  # type: ignore[misc]


def _columns(headings: Sequence[Any], source: str, where: Any) -> Headings:
    columns: Headings = {}
    for position, heading in enumerate(headings):
        if is_blank(heading):
            continue
        column = column_of(heading)
        if column is None:
            raise QuestionsError(
                f"{source}：{where(position, heading)}：未知的列“{heading}”；不需要的列和表头上方的说明行请删去，可用的列：{_KNOWN}"
            )
        if column in columns.values():
            raise QuestionsError(f"{source}：{where(position, heading)}：列“{column}”重复")
        columns[position] = column
    if "question" not in columns.values():
        found = "、".join(str(heading).strip(string.whitespace) for heading in headings if not is_blank(heading))
        raise QuestionsError(f"{source}：标题行应有“问题”（question）一列，实有：{found}")
    return columns


def _has_values(sheet: Worksheet) -> bool:
    return any(not is_blank(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
