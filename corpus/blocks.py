"""The lines of an outline that make a heading, an item, and what closes a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from corpus.document import Part, Unit
from corpus.head import ATTACHED
from corpus.lines import Line, is_short, span_of
from corpus.node import Node, Outline
from corpus.roles import ANY_ROLE, DEADLINES
from corpus.span import Span

_CLOSING = re.compile(
    r"(?:本|上述|以上|此前|原).{0,40}(?:施行|实施|执行|解释|废止|有效期|适用于)|.{0,30}(?:自.{1,20}起(?:施行|实施|执行)|同时废止|负责解释)|特此|专此|妥否"
    r"|各(?:地|级|有关|相关|单位|部门|[省市县区乡镇]|街道|处室|科室|成员|牵头|责任)[^。;]{0,60}?要(?!求|点|素|件|事|务|闻)"
)

_LABELLED = re.compile(rf"\s{{0,8}}(?:(?:{ANY_ROLE})[^:。,;]{{0,8}}|{'|'.join(DEADLINES)}):")


@dataclass(slots=True)
class Block:
    """An item before it is made: its lines, and where its text begins, after its number."""

    node: Node
    lines: list[Line]
    start: int
    part: Part
    id: str = ""
    label: str = ""
    path: tuple[Unit, ...] = ()

    @property
    def span(self) -> Span:
        return span_of(self.lines)


def inside_item(node: Node) -> bool:
    return any(above.is_item for above in node.chain()[:-1])


def kept_inside(outline: Outline) -> list[Line]:
    """Lines taken for headings between items that stand inside one."""
    spans = [(lines[0].number, lines[-1].number) for lines in (node.all_lines() for node in outline.items())]
    return [line for line in outline.between if any(first < line.number < last for first, last in spans)]


def between(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    return [line for line in others if lines[0].number < line.number < lines[-1].number]


def title_of(text: str, node: Node) -> str:
    line = node.lines[0]
    whole = text[line.span.start : line.span.end].strip()
    if node.is_item and not _stands_alone(node):
        return re.split(r"(?<=.)[。；;]", whole, maxsplit=1)[0]
    return whole.lstrip("# ")


def _stands_alone(node: Node) -> bool:
    """A heading on a line of its own, above what it heads."""
    first, *rest = node.lines
    below = (*rest, *(one for child in node.children for one in child.lines))
    own = takewhile(lambda line: not ATTACHED.match(line.folded), below)
    return is_short(first.said.rstrip("。:"), 60) and any(not line.is_blank for line in own)


def heading_span(node: Node) -> Span:
    first = node.lines[0]
    if node.is_item:
        return first.span if _stands_alone(node) else Span(first.span.start, first.span.start)
    if not node.children and any(not line.is_blank for line in node.lines[1:]):
        return first.span
    return span_of(node.lines)


def closing_start(every: Sequence[Sequence[Line]]) -> int | None:
    """Of the lines of all items, the line of the last item at which a closing paragraph begins: 本措施自…起施行. Where items
    have one paragraph each, any that follows the last one's note, too."""
    if len(every) == 1:
        return None
    usual = sorted(sum(not (line.is_blank or _labels(line)) for line in lines) for lines in every)[len(every) // 2]
    lines = every[-1]
    said = [at for at, line in enumerate(lines) if not line.is_blank]
    noted = next((at for at in reversed(said) if _labels(lines[at]) or _ends_with_note(lines[at])), None)
    for position, at in enumerate(said):
        if position == 0 or lines[at].marker or lines[at].cells or _labels(lines[at]):
            continue
        closes = _CLOSING.match(lines[at].folded.strip()) is not None
        if (closes and usual == 1) or (noted is not None and at > noted and usual <= 1):
            return at
    return None


def _labels(line: Line) -> bool:
    """牵头单位：县水利局, 完成时限：9月30日: a note on a line of its own."""
    return _LABELLED.match(line.folded) is not None


def _ends_with_note(line: Line) -> bool:
    return bool(
        re.search(r"[)\]〕】]\s*$", line.folded) and re.search(r"[(\[〔【]\S{0,30}(?:责任|牵头|负责|配合)", line.folded)
    )
