"""Tables of Word documents: rows with their merged cells, or plain lines where a table only lays out the page."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from corpus.readers.source import SourceLine
from corpus.readers.tables import Cell, table_lines
from corpus.readers.word_xml import contents, number, setting, switched

WIDEST = 63  # columns that Word gives a table at most
LONG_CELL = 600  # characters; a cell that has more, and most of the table's text, is a column of the page's layout
LAYOUT_ROWS, LAYOUT_COLUMNS = 4, 3  # of a red head, a signature or the block that says who printed it
# What stands alone in a cell of such a table: 某某市人民政府文件, 某政发〔2021〕3号, 签发人：…, a date, 抄送：…
OFFICIAL = re.compile(
    r".{2,40}文件|文件|.{1,20}[〔\[（(【]\d{4}[〕\]）)】]第?\d{1,5}号|签发人[：:].{0,20}|抄送[：:].*|"
    r"(?:\d{4}|[二一][〇○零Ｏ九一二三四五六七八]{3})年.{1,3}月.{1,3}日(?:印发)?"
)

Reader = Callable[[Element], list[SourceLine]]


@dataclass(slots=True)
class _Found:
    """A cell as the file has it."""

    column: int
    span: int
    merged: bool  # downwards
    going_on: bool  # belongs to the cell above
    lines: list[SourceLine]
    rows: int = 1


def lines_of_table(table: Element, read: Reader) -> list[SourceLine]:
    """`read` gives the lines of a cell, which are read once and in order, as their automatic numbers count."""
    heads: list[bool] = []
    rows: list[list[_Found]] = []
    for node in contents(table, "tr"):
        properties = node.find("trPr")
        if properties is None or properties.find("del") is None:
            rows.append(_cells(node, rows[-1] if rows else [], read))
            heads.append(switched(properties, "tblHeader") or False)
    _merge(rows)
    grid = [_shown(row, head) for row, head in zip(rows, heads, strict=True)]
    lines = table_lines(grid)
    if _is_layout(rows, lines):
        return [line for row in rows for found in row if not found.going_on for line in found.lines]
    return lines


def _cells(row: Element, above: list[_Found], read: Reader) -> list[_Found]:
    column = _span(row, "trPr/gridBefore", least=0)
    cells: list[_Found] = []
    starts = {(found.column, found.span) for found in above if found.merged}
    for node in contents(row, "tc"):
        span = _span(node, "tcPr/gridSpan", least=1)
        beside = node.find("tcPr/hMerge")
        if beside is not None and beside.get("val") != "restart" and cells:
            cells[-1].span += span  # older files merge to the right cell by cell
        else:
            merge = node.find("tcPr/vMerge")
            going_on = merge is not None and merge.get("val") != "restart" and (column, span) in starts
            cells.append(_Found(column, span, merge is not None, going_on, [] if going_on else read(node)))
        column += span
    return cells


def _span(node: Element, path: str, least: int) -> int:
    return min(max(number(setting(node, path), least), least), WIDEST)


def _merge(rows: list[list[_Found]]) -> None:
    """Tells every cell how many rows it covers."""
    open_cells: dict[int, _Found] = {}
    for row in rows:
        following = {}
        for found in row:
            above = open_cells.get(found.column)
            if found.going_on and above is not None:
                above.rows += 1
                following[found.column] = above
            else:
                following[found.column] = found
        open_cells = following


def _shown(row: list[_Found], head: bool) -> list[Cell]:
    """Cells at the places where they start; what is left of the first one is empty."""
    before = min((found.column for found in row), default=0)
    cells = [Cell("", before, heading=head)] if before else []
    for found in row:
        if not found.going_on:
            text = "\n".join(line.text for line in found.lines)
            cells.append(Cell(text, found.span, found.rows, head))
    return cells


def _is_layout(rows: list[list[_Found]], lines: list[SourceLine]) -> bool:
    """One column, one row of two cells, long text beside something short, or the head or foot of an official letter."""
    texts = [["".join(line.text for line in found.lines) for found in row] for row in rows]
    columns = {found.column for row in rows for found in row if found.lines}
    if len(columns) < 2 or (len(rows) == 1 and len(rows[0]) < LAYOUT_COLUMNS):
        return True
    lengths = [len(text) for row in texts for text in row]
    if max(lengths) >= LONG_CELL and max(lengths) * 2 >= sum(lengths):
        return True
    small = len(rows) <= LAYOUT_ROWS and len(columns) <= LAYOUT_COLUMNS and not any(line.header for line in lines)
    return small and any(
        OFFICIAL.fullmatch(re.sub(r"\s", "", line.text)) for row in rows for found in row for line in found.lines
    )
