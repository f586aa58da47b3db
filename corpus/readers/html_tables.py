"""Tables of web pages: those that hold data, told from those that only lay out the page."""

import re

from selectolax.lexbor import LexborNode

from corpus.readers.spaces import clean, joined
from corpus.readers.tables import Cell

LONG_CELL = 600  # characters; a cell that has more, and most of the table's text, is a column of the page's layout
BREAKS = frozenset("br p div li tr h1 h2 h3 h4 h5 h6".split())


def data_table(node: LexborNode) -> bool:
    """A table with rows and columns of its own and nothing but text in its cells."""
    if any(inner.mem_id != node.mem_id for inner in node.css("table")):
        return False
    rows = [row for row in rows_of(node) if row]
    lengths = [len(cell.text) for row in rows for cell in row]
    if not lengths or max(map(len, rows)) < 2 or (len(rows) < 2 and len(rows[0]) < 3):
        return False
    return max(lengths) < LONG_CELL or max(lengths) * 2 < sum(lengths)


def rows_of(table: LexborNode) -> list[list[Cell]]:
    return [_cells(row) for row in table.css("tr")]


def _cells(row: LexborNode) -> list[Cell]:
    found = []
    for node in row.iter():
        if node.tag in ("td", "th"):
            found.append(Cell(_text(node), _span(node, "colspan"), _span(node, "rowspan"), node.tag == "th"))
    return found


def _span(node: LexborNode, name: str) -> int:
    written = re.match(r"\s*(\d{1,4})", node.attributes.get(name) or "")
    return min(max(int(written[1]), 1), 1000) if written else 1


def _text(cell: LexborNode) -> str:
    parts = [""]
    for node in cell.traverse(include_text=True):
        if node.tag == "-text":
            parts[-1] += re.sub(r"\s*\n\s*", "", node.text_content or "")
        elif node.tag in BREAKS:
            parts.append("")
    return joined([clean(part) for part in parts])
