"""Lines of one text -> a tree of numbered units, and which of them are items.

An item is the deepest numbered unit that says something of its own: under 一、 the （一） where each of them says
something, under （一） the 1. where （一） is no more than a heading. An article (条) is an item whatever lists it holds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.columns import Column, columns
from corpus.lines import Line, is_short, paragraphs
from corpus.markers import NAMED, STYLES, Marker, Style
from corpus.numbering import to_int

LONGEST_HEADING = 60  # characters of a heading on a line of its own
SECTIONS: tuple[Style, ...] = ("编", "部分", "章", "节", "壹、", "一、")  # they head what is below them in any company
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
    group: bool = False  # a heading without a number, under which numbers begin anew

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
    articles = any(lines[at].marker.style == "条" for at in opening)  # type: ignore[union-attr]
    tables = {} if articles else _tables(lines)
    if not opening and not tables:
        return _paragraphs(lines)
    outline = _grown(lines, opening, tables)
    if not articles:
        outline.roots = grouped(outline.roots, None, outline.before)
    settled = item if any(node.style == item for node in outline.nodes()) else None
    alike = all(map(_is_heading, outline.roots))
    for root in outline.roots:
        _mark_items(root, settled, several=len(outline.roots) > 1, heads=alike)
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
        elif at in tables and (not open_nodes or _stands_above(open_nodes[-1])):
            _add_row(outline, line, tables[at], open_nodes[-1] if open_nodes else None)
        elif open_nodes and not _is_heading_between(lines, at, opening):
            last = next((row for row in reversed(open_nodes[-1].children) if row.columns), open_nodes[-1])
            last.lines.append(line)
        else:
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


# Headings without a number, under which numbers begin anew


def grouped(nodes: list[Node], parent: Node | None, lead: list[Line]) -> list[Node]:
    """Units of one level whose numbers begin at 1 again under a short line, brought under these lines as headings.
    `lead` is what stands above the first."""
    for node in nodes:
        node.children = grouped(node.children, node, node.lines)
    starts = [at for at, node in enumerate(nodes) if at and node.number == 1 and nodes[at - 1].number > 1]
    headings = [
        _heading_in(lead if at == 0 else _last(nodes[at - 1]).lines, at == 0 and parent is not None)
        for at in (0, *starts)
    ]
    alike = len({node.style for node in nodes}) == 1 and nodes[0].marker is not None if nodes else False
    if not (starts and alike and all(headings)):
        return nodes
    groups = []
    for number, (lines, (start, end)) in enumerate(
        zip(headings, pairwise([0, *starts, len(nodes)]), strict=True), start=1
    ):
        source = lead if start == 0 else _last(nodes[start - 1]).lines
        del source[len(source) - len(lines) :]
        group = Node(lines, None, number, parent, nodes[start:end], group=True)
        for node in group.children:
            node.parent = group
        groups.append(group)
    return groups


def _heading_in(lines: list[Line], below_heading: bool) -> list[Line]:
    """The last lines from the short one on that heads what follows; none where there is none among the last three."""
    least = 1 if below_heading or lines else 0
    said = [at for at, line in enumerate(lines) if not line.is_blank and at >= least]
    for at in said[-3:]:
        ended = at == 0 or re.search(r"[。;!?)\]】〕]$", lines[at - 1].folded.strip()) or at == least
        if ended and is_short(lines[at].folded, 40) and not lines[at].marker:
            return lines[at:]
    return []


def _last(node: Node) -> Node:
    return _last(node.children[-1]) if node.children else node


# Which units are items


def _mark_items(node: Node, settled: Style | None, *, several: bool, heads: bool = True) -> None:
    """`heads`: all units beside it are headings, too; where one says something of its own, each of them is an item."""
    if node.columns:
        node.is_item = True
        return
    above = settled is not None and any(one.style == settled for one in node.walk() if one is not node)
    stands_above = node.group or (_is_heading(node) and (heads or node.style in SECTIONS))
    if node.style == "条" or (settled and node.style == settled) or not (above or stands_above):
        node.is_item = node.style not in NAMED and not _states_aims(node, several) and _says_something(node)
        return
    alike = all(child.group or child.columns or _is_heading(child) for child in node.children)
    for child in node.children:
        _mark_items(child, settled, several=True, heads=alike)


def _says_something(node: Node) -> bool:
    return any(line.said for line in node.all_lines())


def _states_aims(node: Node, several: bool) -> bool:
    """总体要求, 发展目标: a section in prose that only says what for."""
    first, *rest = node.lines
    is_alone = any(paragraphs(rest)) and _AIMS.fullmatch(first.said) is not None
    return several and node.depth == 0 and node.style in ("一、", "壹、", "部分") and not node.children and is_alone


def _is_heading(node: Node) -> bool:
    """True where it only stands above what is below it."""
    if node.style in NAMED or node.group:
        return True
    if not node.children or node.depth >= DEEPEST_HEADING:
        return False
    said, lead = node.lines[0].said, list(paragraphs(node.lines[1:]))
    if len(said) > LONGEST_HEADING or _SENTENCE_INSIDE.search(said):
        return False
    if node.style in SECTIONS:
        return True
    if any(child.columns for child in node.children):
        return True
    lengths = [len(child.lines[0].said) + sum(len(line.said) for line in child.lines[1:]) for child in node.children]
    deeper = any(child.children for child in node.children)
    says = deeper or sum(lengths) / len(lengths) >= FRAGMENT
    return not lead and not said.endswith((":", ";", ",")) and says


# Rows of tables, and paragraphs where nothing is numbered


def _tables(lines: Sequence[Line]) -> dict[int, tuple[Column, ...]]:
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


def _stands_above(node: Node) -> bool:
    """The node is a short heading, with nothing of its own but rows."""
    return is_short(node.lines[0].said, LONGEST_HEADING) and not any(paragraphs(node.lines[1:]))


def _add_row(outline: Outline, row: Line, held: tuple[Column, ...], parent: Node | None) -> None:
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
