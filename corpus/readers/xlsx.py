"""Spreadsheets: each visible sheet is a table, its values as the sheet shows them."""

import io
import re
from typing import TYPE_CHECKING

from corpus.readers.archive import DAMAGED, Archive
from corpus.readers.cell_formats import shown
from corpus.readers.source import Source, SourceError, SourceLine
from corpus.readers.tables import PLACES, TOO_LARGE, Cell, table_lines

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CELLS = 1_000_000  # filled cells that a workbook may have
DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|表)\s*\d*", re.IGNORECASE)  # a name that nobody gave
MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([A-Za-z]{1,3}\d{1,7}:[A-Za-z]{1,3}\d{1,7})["']""")
UNCOMPUTED = re.compile(rb"<f\b[^<>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")


def read_xlsx(content: bytes) -> Source:
    """Sheet by sheet: the title above, the heading, a row for each row. Hidden sheets are left out and said."""
    from openpyxl import load_workbook

    archive = Archive(content, "xlsx")
    sheets = [archive.checked(name) for name in sorted(archive.names) if re.search(r"\.(?:xml|rels)$", name)]
    if any(_covered(sheet) > PLACES for sheet in sheets):
        raise SourceError(TOO_LARGE)
    try:
        book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    except SourceError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part makes it meet
        raise SourceError(DAMAGED.format(format="xlsx")) from error
    warnings = []
    if any(UNCOMPUTED.search(sheet) for sheet in sheets):
        warnings.append("有的公式没有保存结果，这些单元格按空白处理；用表格软件打开后重新保存即可。")
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in book.worksheets:
        if sheet not in visible:
            warnings.append(f"工作表“{sheet.title}”是隐藏的，未读取。")
    lines: list[SourceLine] = []
    for sheet in visible:
        found = _sheet(sheet)
        if found and len(visible) > 1 and not DEFAULT_NAME.fullmatch(sheet.title.strip()):
            lines.append(SourceLine(sheet.title.strip(), "heading", 1))
        lines += found
    return Source("xlsx", None, tuple(lines), {}, tuple(warnings))


def _covered(sheet: bytes) -> int:
    """Places that merged cells cover, each of which openpyxl makes an object of."""
    from openpyxl.utils import range_boundaries

    count = 0
    for found in MERGED.finditer(sheet):
        left, top, right, bottom = range_boundaries(found[1].decode())
        count += ((right or 0) - (left or 0) + 1) * ((bottom or 0) - (top or 0) + 1)
    return count


def _sheet(sheet: "Worksheet") -> list[SourceLine]:
    """The filled part of a sheet; what is only formatted, perhaps to the last column, is not visited."""
    if len(sheet._cells) > CELLS:
        raise SourceError(f"应为至多 {CELLS // 10_000} 万个单元格的表格，实为更多；请拆分后再试。")
    texts = {
        place: shown(cell.value, cell.number_format) for place, cell in sheet._cells.items() if cell.value is not None
    }
    texts = {place: text for place, text in texts.items() if text.strip()}
    merged = {
        (area.min_row, area.min_col): (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        for area in sheet.merged_cells.ranges
        if (area.min_row, area.min_col) in texts
    }
    hidden = {
        (row, column)
        for (top, left), (height, width) in merged.items()
        for row in range(top, top + height)
        for column in range(left, left + width)
    } - merged.keys()
    rows = sorted({row for row, _ in texts} | {row for row, _ in hidden})
    columns = sorted({column for _, column in texts})
    grid = []
    for row in rows:
        cells = []
        for column in columns:
            if (row, column) in hidden:
                continue
            height, width = merged.get((row, column), (1, 1))
            covered = sum(column <= other < column + width for other in columns)
            below = sum(row <= other < row + height for other in rows)
            cells.append(Cell(texts.get((row, column), ""), max(1, covered), max(1, below)))
        grid.append(cells)
    return table_lines(grid)
