"""A source -> `Document`: its parts, their outlines, the items and who does them until when.

What is odd is read on over and warned of; only a text in which nothing can be cited is refused.
"""

import datetime
import re
from collections.abc import Mapping, Sequence

from corpus.blocks import Block, between, closing_start, heading_span, inside_item, kept_inside, title_of
from corpus.dates import day_in_name
from corpus.document import Document, HeadPart, Part, Unit, Warned
from corpus.facts import due_year, facts_of
from corpus.head import head_parts, tail_start
from corpus.identify import Given, heading_names, names_of
from corpus.items import items_of
from corpus.lines import Line, ParseError, lines_of, lines_of_text, span_of
from corpus.markers import NAMED
from corpus.node import Node, Outline
from corpus.outline import outline_of
from corpus.parts import Segment, split_parts
from corpus.pasted import with_pasted_tables
from corpus.readers import Source
from corpus.script import fold
from corpus.settled import Settled
from corpus.span import Span
from corpus.titles import INNER

NOTHING_SETTLED = Settled()
PARSER_VERSION = 14  # raise it when the same text parses to something else: built indexes become stale


def parse_document(text: str, id: str) -> Document:
    """The document that a plain text holds. Raises ParseError."""
    return _Parser(text, with_pasted_tables(lines_of_text(text)), id).document("txt", None, {}, ())


def parse_source(source: Source, id: str, settled: Settled = NOTHING_SETTLED) -> Document:
    """The document that a file holds. Raises ParseError."""
    lines = with_pasted_tables(lines_of(source.lines))
    parser = _Parser(source.text, lines, id, settled)
    return parser.document(source.format, source.encoding, source.meta, source.warnings)


class _Parser:
    def __init__(self, text: str, lines: Sequence[Line], id: str, settled: Settled = NOTHING_SETTLED) -> None:
        self.text, self.id, self.lines, self.settled = text, id, lines, settled
        self.folded = fold(text)
        self.head: list[HeadPart] = []
        self.first: list[HeadPart] = []  # of the head, what stands above the first item
        self.signed: list[HeadPart] = []  # signatures below items
        self.units: list[Unit] = []
        self.blocks: list[Block] = []
        self.parts: list[Part] = []
        self.texts, self.given = 0, Given()  # texts beside the first, and the ids of all parts
        self.warnings: list[Warned] = []

    def document(self, format: str, encoding: str | None, meta: Mapping[str, str], warnings: Sequence[str]) -> Document:
        for segment in split_parts(self.lines, tuple(map(fold, self.settled.attachments))):
            self._read(segment)
        if not self.blocks:
            last = self.lines[-1].number if self.lines else 1
            raise ParseError(f"第{last}行：应为至少一个编号条目、表格的行或一段正文，实为没有可引用的文字")
        facts = facts_of(self.text, self.first, self.signed, self.folded, meta)
        date = self.settled.date or facts.date or day_in_name(self.id)
        outside = "\n".join(self.text[part.span.start : part.span.end] for part in self.head)
        issued = date or self._year(facts.title)
        items, unread = items_of(self.blocks, self.id, self.text, outside, issued, self.settled)
        self.warnings += unread
        told = [Warned(0, "", "", warning) for warning in warnings]
        return Document(
            id=self.id,
            title=self.settled.title or facts.title or self.id,
            issuer=self.settled.issuer or facts.issuer,
            date=date,
            text=self.text,
            head=tuple(sorted(self.head, key=lambda part: part.span.start)),
            outline=tuple(sorted(self.units, key=lambda unit: (unit.span.start, unit.level))),
            items=tuple(items),
            parts=tuple(self.parts),
            number=facts.number,
            due_year=due_year(items),
            format=format,
            encoding=encoding,
            warnings=(*told, *sorted(self.warnings, key=lambda one: one.line)),
        )

    def _year(self, title: str | None) -> datetime.date | None:
        """The first day of the year that a title names, where nothing dates the text: 12月底前 is of that year."""
        titles = [title or "", *(part.title for part in self.parts)]
        years = (re.search(r"(?<!\d)20\d\d(?=\s?年)(?!\s?年?\s?[-—–至到])", fold(one)) for one in titles)
        found = next((year for year in years if year), None)
        return datetime.date(int(found[0]), 1, 1) if found else None

    # One text

    def _read(self, segment: Segment) -> None:
        outline = outline_of(segment.lines, self.settled.item)
        above = head_parts(outline.before) if outline.before else []
        part = self._part(segment, above)
        within = kept_inside(outline)
        if not self.parts:
            self.first = above
        self.parts.append(part)
        self.head += above
        self.head += [
            HeadPart("table" if line.cells else "heading", line.span) for line in outline.between if line not in within
        ]
        blocks = self._blocks(outline, part, within)
        if blocks:
            self._close(blocks)
        self.blocks += blocks
        self._check_numbers(outline)

    def _part(self, segment: Segment, above: Sequence[HeadPart]) -> Part:
        title = next((self.text[one.span.start : one.span.end] for one in above if one.role == "title"), "")
        title = re.sub(r"\s*\n\s*", "", title.strip())
        span = span_of(segment.lines) if segment.lines else Span(0, 0)
        if not self.parts:
            return Part("", "", title, span)
        if segment.attachment is not None:
            id, label = f"a{segment.attachment}", segment.said
        else:
            self.texts += 1
            id, label = f"t{self.texts + 1}", f"《{title.translate(INNER)}》" if title else ""
        return Part(self.given.free(id), label or f"第{len(self.parts) + 1}篇", title, span)

    def _blocks(self, outline: Outline, part: Part, within: Sequence[Line]) -> list[Block]:
        items = outline.items()
        headings = [node for node in outline.nodes() if not node.is_item and not inside_item(node)]
        sections = [node for node in items if node.beside_headings and node.depth == 0 and node.marker]
        named = names_of(items, headings, part.id, part.label)
        called = heading_names([*headings, *sections], part.id, part.label)
        units: dict[Node, Unit] = {}
        for node in [*headings, *sections]:
            name = called[node]
            units[node] = Unit(
                name.id, node.number, name.label, title_of(self.text, node), node.depth + 1, part, heading_span(node)
            )
            self._keep_lead(node, units[node])
        self.units += units.values()
        blocks = []
        for node in items:
            lines = node.all_lines()
            lines = sorted([*lines, *between(lines, within)], key=lambda line: line.number)
            if node in units:
                lines = lines if units[node].span.end == units[node].span.start else lines[1:]
            own = node.lines[0]
            start = (
                own.span.start + own.marker.end
                if lines[0] is own and own.marker and node.marker
                else lines[0].span.start
            )
            path = tuple(units[one] for one in node.chain() if one in units)
            name = named[node]
            if name.repeated:
                self._warn(own, "不重复的编号", f"又一个编号{node.number}：“{own.shown}”", f"记作 {name.id}")
            blocks.append(Block(node, lines, start, part, name.id, name.label, path))
        return blocks

    def _keep_lead(self, node: Node, unit: Unit) -> None:
        """What a section says that only states aims, and a heading without anything below it."""
        if node.is_item or node.children:
            return
        rest = [line for line in node.lines if line.span.start >= unit.span.end]
        if any(not line.is_blank for line in rest):
            self.head.append(HeadPart("overall", span_of(rest)))
        elif not node.lines[0].said:
            self._warn(node.lines[0], "编号后有正文", f"空条目“{node.lines[0].shown}”", "不作为条目")
        elif node.style in NAMED or node.style == "一、":
            self._warn(node.lines[0], "标题下有条目或正文", f"“{node.lines[0].shown}”下没有", "只作标题")

    # What stands below the last item

    def _close(self, blocks: list[Block]) -> None:
        last = blocks[-1]
        if start := tail_start(last.lines):
            tail = head_parts(last.lines[start:], signature=True)
            self.signed += tail
            self.head += tail
            last.lines = last.lines[:start]
        if (start := closing_start([block.lines for block in blocks])) is not None:
            self.head.append(HeadPart("closing", span_of(last.lines[start:])))
            last.lines = last.lines[:start]

    # Numbers

    def _check_numbers(self, outline: Outline) -> None:
        """Warns of numbers that skip or go back among the units of one style."""
        before: dict[str, Node] = {}
        for node in outline.nodes():
            if node.marker is None or inside_item(node):
                continue
            last = before.get(node.marker.style)
            before[node.marker.style] = node
            number, previous = node.number, last.number if last else 0
            anew = number == 1 and (last is None or last.parent is not node.parent or number == previous)
            if number == previous + 1 or anew or (number == previous and node.marker.suffix):
                continue
            self._warn(node.lines[0], f"编号{previous + 1}", f"编号{number}：“{node.lines[0].shown}”", "照原文的编号读")

    def _warn(self, line: Line, expected: str, found: str, assumed: str) -> None:
        self.warnings.append(Warned(line.number, expected, found, assumed))
