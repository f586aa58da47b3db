"""Lines of one text -> a tree of numbered units, and which of them are items.

An item is the deepest numbered unit that says something of its own: under 一、 the （一） where each of them says
something, under （一） the 1. where （一） is no more than a heading. An article (条) is an item whatever lists it holds.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from corpus.columns import Column, columns
from corpus.lines import Line, is_short, paragraphs
from corpus.markers import NAMED, STYLES, Marker, Style
from corpus.numbering import to_int

LONGEST_HEADING = 60  # characters of a heading on a line of its own
DEEPEST_HEADING = 3  # headings above an item at most
FRAGMENT = 12  # characters on average under which the units below a heading are a list of words, not items

_AIMS = re.compile(r"(?:总体要求|总要求|总体目标|发展目标|总体思路)(?:和.{0,8}目标)?[。:]?")
_SENTENCE_INSIDE = re.compile(r"[。;!?].")


@dataclass(slots=True, eq=False)
class Node:
    """A unit with its own lines, up to the first unit below it. Without marker: a row of a table, or a paragraph."""

    lines: list[Line]
    marker: Marker | None = None
    number: int = 0
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    is_item: bool = False
    columns: tuple[Column, ...] = ()  # of a row of a table
    beside_headings: bool = False  # other units of its level are headings

    @property
    def depth(self) -> int:
        """Units above it."""
        return 0 if self.parent is None else self.parent.depth + 1

    @property
    def style(self) -> Style | None:
        return self.marker.style if self.marker else None

    def chain(self) -> list["Node"]:
        """From the outermost unit above it to itself."""
        return [*(self.parent.chain() if self.parent else []), self]

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all_lines(self) -> list[Line]:
        return [line for node in self.walk() for line in node.lines]


@dataclass(slots=True)
class Outline:
    """`before` are the lines above the first unit; `between` are headings without a number, by the node they follow."""

    before: list[Line]
    roots: list[Node]
    between: list[Line] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        for root in self.roots:
            yield from root.walk()

    def items(self) -> list[Node]:
        return [node for node in self.nodes() if node.is_item]


def outline_of(lines: Sequence[Line], item: Style | None = None) -> Outline:
    """The tree of the lines, its items marked; paragraphs where nothing is numbered. `item` settles which style of
    number is the items', where there are any of it."""
    opening = _opening(lines)
    if not opening:
        return _rows(lines) or _paragraphs(lines)
    outline = _grown(lines, opening, _ranks(lines, opening))
    settled = item if any(node.style == item for node in outline.nodes()) else None
    for root in outline.roots:
        _mark_items(root, settled, several=len(outline.roots) > 1)
    for root in outline.roots:
        root.beside_headings = any(other.style == root.style and not other.is_item for other in outline.roots)
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


def _grown(lines: Sequence[Line], opening: set[int], ranks: dict[Style, int]) -> Outline:
    outline = Outline([], [])
    open_nodes: list[Node] = []
    for at, line in enumerate(lines):
        if at not in opening:
            if not open_nodes:
                outline.before.append(line)
            elif _is_heading_between(lines, at, opening):
                outline.between.append(line)
            else:
                open_nodes[-1].lines.append(line)
            continue
        marker = line.marker
        assert marker
        while open_nodes and ranks[open_nodes[-1].style] >= ranks[marker.style]:  # type: ignore[index]
            open_nodes.pop()
        parent = open_nodes[-1] if open_nodes else None
        node = Node([line], marker, marker.number, parent)
        (parent.children if parent else outline.roots).append(node)
        open_nodes.append(node)
    return outline


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


# Which units are items


def _mark_items(node: Node, settled: Style | None, *, several: bool) -> None:
    above = settled is not None and any(one.style == settled for one in node.walk() if one is not node)
    if node.style in ("条", settled) or not (above or _is_heading(node)):
        node.is_item = node.style not in NAMED and not _states_aims(node, several) and _says_something(node)
        return
    for child in node.children:
        _mark_items(child, settled, several=True)


def _says_something(node: Node) -> bool:
    return any(line.said for line in node.all_lines())


def _states_aims(node: Node, several: bool) -> bool:
    """总体要求, 发展目标: a section in prose that only says what for."""
    first, *rest = node.lines
    is_alone = any(paragraphs(rest)) and _AIMS.fullmatch(first.said) is not None
    return several and node.depth == 0 and node.style in ("一、", "壹、", "部分") and not node.children and is_alone


def _is_heading(node: Node) -> bool:
    """True where it only stands above what is below it."""
    if node.style in NAMED:
        return True
    if not node.children or node.depth >= DEEPEST_HEADING:
        return False
    said, lead = node.lines[0].said, list(paragraphs(node.lines[1:]))
    if len(said) > LONGEST_HEADING or _SENTENCE_INSIDE.search(said):
        return False
    if node.style in ("一、", "壹、"):
        return True
    lengths = [len(child.lines[0].said) + sum(len(line.said) for line in child.lines[1:]) for child in node.children]
    deeper = any(child.children for child in node.children)
    says = deeper or sum(lengths) / len(lengths) >= FRAGMENT
    return not lead and not said.endswith((":", ";", ",")) and says


# Where nothing is numbered


def _rows(lines: Sequence[Line]) -> Outline | None:
    """The rows of the tables, each numbered as its own column says, or in order; None where no table has tasks."""
    outline = Outline([], [])
    for is_row, group in groupby(lines, key=lambda line: bool(line.cells)):
        some = list(group)
        nodes = _table(some) if is_row else []
        outline.roots += nodes
        if not nodes:
            (outline.between if outline.roots else outline.before).extend(some)
        elif some[0].header:
            outline.between.append(some[0])
    return outline if outline.roots else None


def _table(rows: Sequence[Line]) -> list[Node]:
    """A node a row; none where the table's columns do not tell what is to be done."""
    header = rows[0] if rows[0].header else None
    body = [row for row in rows if not row.header]
    found = columns(cell_texts(header) if header else (), [cell_texts(row) for row in body])
    nodes = []
    for position, row in enumerate(body, start=1):
        cells = dict(zip(found, cell_texts(row), strict=False))
        if cells.get("task", "").strip():
            number = to_int(cells.get("number", "").strip().rstrip(".、"))
            nodes.append(Node([row], None, number or position, columns=tuple(found), is_item=True))
        elif nodes:
            nodes[-1].lines.append(row)
    return nodes


def cell_texts(row: Line) -> list[str]:
    start = row.span.start
    return [row.folded[cell.start - start : cell.end - start] for cell in row.cells]


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
