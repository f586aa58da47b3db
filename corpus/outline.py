"""Lines of one text -> a tree of numbered units, its items marked."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from corpus.columns import Column
from corpus.groups import grouped
from corpus.itemhood import FRAGMENT, mark_items
from corpus.lines import Line, is_short
from corpus.markers import NAMED, STYLES, Style
from corpus.node import Node, Outline
from corpus.rows import LONGEST_HEADING, add_row, heads_rows, tables_of

_LAST_CHAPTER = re.compile(r"\s*附\s{0,4}则\s*")  # without a number


def outline_of(lines: Sequence[Line], item: Style | None = None) -> Outline:
    """The tree of the lines, its items marked; paragraphs where nothing is numbered. `item` settles which style of
    number is the items', where there are any of it."""
    opening = _opening(lines)
    articles = any(lines[at].marker.style == "条" for at in opening)  # type: ignore[union-attr]
    tables = {} if articles else tables_of(lines)
    if not opening and not tables:
        return _paragraphs(lines)
    outline = _grown(lines, opening, tables)
    if not articles:
        outline.roots = grouped(outline.roots, None, outline.before)
    settled = item if any(node.style == item for node in outline.nodes()) else None
    mark_items(outline.roots, settled)
    return outline


# Which lines open a unit


def _opening(lines: Sequence[Line]) -> set[int]:
    """The indexes of the lines that open a unit of the outline."""
    marked = [at for at, line in enumerate(lines) if line.marker and not line.cells]
    articles = [at for at in marked if lines[at].marker.style == "条" and lines[at].marker.sure]  # type: ignore[union-attr]
    if articles:
        return _articles(lines, marked, articles[0])
    last: dict[Style, int] = {}
    opening = set()
    for at in marked:
        marker = lines[at].marker
        assert marker
        if marker.sure or marker.number == last.get(marker.style, 0) + 1:
            opening.add(at)
            last[marker.style] = marker.number
    return opening


def _articles(lines: Sequence[Line], marked: Sequence[int], first: int) -> set[int]:
    """In a text of articles: these, 编 章 节, and 一、 where it stands above them as a heading."""
    headed = any(lines[at].marker.style == "一、" and is_short(lines[at].said, 20) for at in marked if at < first)  # type: ignore[union-attr]
    opening = set()
    previous = 0
    for position, at in enumerate(marked):
        marker = lines[at].marker
        assert marker
        if (marker.style in NAMED and is_short(lines[at].folded, LONGEST_HEADING)) or (
            marker.style == "一、" and headed and is_short(lines[at].said, 20)
        ):
            opening.add(at)
        elif marker.style == "条" and (marker.sure or _is_next(lines, marked[position:], previous)):
            opening.add(at)
            previous = marker.number
    return opening


def _is_next(lines: Sequence[Line], marked: Sequence[int], previous: int) -> bool:
    """第三条所列… opens article 3 where article 2 came before and no surer article 3 follows."""
    marker = lines[marked[0]].marker
    assert marker
    following = (lines[at].marker for at in marked[1:])
    surer = next((m.number for m in following if m and m.style == "条" and m.sure), 0)
    return marker.number == previous + 1 and surer != marker.number


# Which style stands under which


def _ranks(lines: Sequence[Line], opening: set[int]) -> dict[Style, int]:
    """The styles in use, outermost first: in their usual order, but where a text turns two of them around (1. over
    （一）), as it has them more often."""
    markers = [line.marker for at, line in enumerate(lines) if at in opening and line.marker]
    used = [style for style in STYLES if any(marker.style == style for marker in markers)]
    begins: dict[tuple[Style, Style], int] = {}  # (above, below): how often below begins right after above
    for before, after in pairwise(markers):
        if after.number == 1 and before.style != after.style:
            begins[before.style, after.style] = begins.get((before.style, after.style), 0) + 1
    for _ in used:
        for at, (above, below) in enumerate(pairwise(list(used))):
            turned = begins.get((below, above), 0) > begins.get((above, below), 0)
            if turned and above not in NAMED and used[at : at + 2] == [above, below]:
                used[at], used[at + 1] = below, above
    return {style: rank for rank, style in enumerate(used)}


def _grown(lines: Sequence[Line], opening: set[int], tables: Mapping[int, tuple[Column, ...]]) -> Outline:
    outline = Outline([], [])
    ranks = _ranks(lines, opening)
    open_nodes: list[Node] = []
    for at, line in enumerate(lines):
        if at in opening:
            assert line.marker
            while open_nodes and ranks[open_nodes[-1].style] >= ranks[line.marker.style]:  # type: ignore[index]
                open_nodes.pop()
            node = Node([line], line.marker, line.marker.number, open_nodes[-1] if open_nodes else None)
            _add(outline, node)
            open_nodes.append(node)
        elif at in tables and (not open_nodes or heads_rows(open_nodes[-1])):
            add_row(outline, line, tables[at], open_nodes[-1] if open_nodes else None)
        elif open_nodes and not _is_heading_between(lines, at, opening):
            last = next((row for row in reversed(open_nodes[-1].children) if row.columns), open_nodes[-1])
            last.lines.append(line)
        else:
            if _LAST_CHAPTER.fullmatch(line.folded):  # the chapter before it has ended
                open_nodes.clear()
            (outline.between if outline.roots else outline.before).append(line)
    return outline


def _add(outline: Outline, node: Node) -> None:
    (node.parent.children if node.parent else outline.roots).append(node)


def _is_heading_between(lines: Sequence[Line], at: int, opening: set[int]) -> bool:
    """A short line without a number between an item that has ended and the next one; a heading by the file's own markup."""
    line = lines[at]
    if line.is_blank or line.cells or line.marker:
        return False
    following = next((after for after in range(at + 1, len(lines)) if not lines[after].is_blank), None)
    above = next((lines[before] for before in range(at - 1, -1, -1) if not lines[before].is_blank), None)
    if following not in opening or above is None:
        return False
    if line.kind == "heading":
        return True
    ended = re.search(r"[。;!?)\]】〕]$", above.folded.strip()) is not None
    return ended and is_short(line.folded, 30) and not re.search(r":|[)\]】〕]$", line.folded.strip())


def _paragraphs(lines: Sequence[Line]) -> Outline:
    """Each paragraph an item, from the first that is a sentence on; short lines between are headings."""
    outline = Outline([], [])
    for line in lines:
        says = not is_short(line.folded, 40) and not line.is_blank and len(line.said) >= FRAGMENT
        if says and (outline.roots or not line.folded.rstrip().endswith(":")):
            outline.roots.append(Node([line], None, len(outline.roots) + 1, is_item=True))
        elif not outline.roots:
            outline.before.append(line)
        else:
            outline.between.append(line)
    return outline
