"""Rows of tables as units of an outline."""

from collections.abc import Sequence
from itertools import pairwise

from corpus.columns import Column, columns
from corpus.lines import Line, is_short, paragraphs
from corpus.node import Node, Outline
from corpus.numbering import to_int

LONGEST_HEADING = 60  # characters of a heading on a line of its own


def tables_of(lines: Sequence[Line]) -> dict[int, tuple[Column, ...]]:
    """The indexes of rows, each with what its table's columns hold; only tables whose columns tell what is to be done. A
    heading between two rows leaves the table one."""
    rows = [at for at, line in enumerate(lines) if line.cells]
    starts = [at for at in rows if lines[at].header] or rows[:1]
    found: dict[int, tuple[Column, ...]] = {}
    for start, end in pairwise([*starts, len(lines)]):
        body = [at for at in rows if start <= at < end and not lines[at].header]
        header = cell_texts(lines[start]) if lines[start].header else ()
        held = columns(header, [cell_texts(lines[at]) for at in body])
        if held and (header or "number" in held):
            found |= dict.fromkeys(body, tuple(held))
    return found


def heads_rows(node: Node) -> bool:
    """The node is a short heading, with nothing of its own but rows."""
    return is_short(node.lines[0].said, LONGEST_HEADING) and not any(paragraphs(node.lines[1:]))


def add_row(outline: Outline, row: Line, held: tuple[Column, ...], parent: Node | None) -> None:
    """A node of its own where the row says what is to be done; else it goes on with the row before."""
    siblings = parent.children if parent else outline.roots
    cells = dict(zip(held, cell_texts(row), strict=False))
    if cells.get("task", "").strip():
        number = to_int(cells.get("number", "").strip().rstrip(".、")) or len(siblings) + 1
        siblings.append(Node([row], None, number, parent, columns=held))
    elif siblings:
        siblings[-1].lines.append(row)
    else:
        outline.before.append(row)


def cell_texts(row: Line) -> list[str]:
    start = row.span.start
    return [row.folded[cell.start - start : cell.end - start] for cell in row.cells]
