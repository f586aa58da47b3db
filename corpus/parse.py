"""Text -> `Document`. What cannot be understood is an error that names the line; nothing is skipped."""

import dataclasses
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Document, HeadPart, HeadRole, Item, Section, Span
from corpus.head import head_parts, parse_date, signature_start
from corpus.lines import Block, Line, ParseError, is_short, lines_of
from corpus.notes import find_note, is_collective
from corpus.numbering import Style
from corpus.script import fold, spellings

PARSER_VERSION = 2  # raise it when the same text parses to something else: built indexes become stale

# the first that occurs opens sections, the others are kept as head parts
HEADINGS: tuple[Style, ...] = ("编", "部分", "章", "节")


def parse_document(text: str, id: str) -> Document:
    """The document that `text` holds. Raises ParseError."""
    lines = list(lines_of(text))
    outline = _outline(lines)
    head_lines, blocks = _split(lines, outline)
    signature: list[Line] = []
    if start := signature_start(blocks[-1]):
        signature = blocks[-1].lines[start:]
        del blocks[-1].lines[start:]
    sections: list[Section] = []
    numbered: list[tuple[Section | None, Block]] = []
    others: list[HeadPart] = []
    for block in blocks:
        if block.marker.style == outline.section:
            sections.append(_section(block, text, expected=len(sections) + 1))
        elif block.marker.style == outline.item:
            numbered.append((sections[-1] if sections else None, block))
        else:
            others.append(HeadPart("heading", block.span))
    restarts = _restarts(numbered)
    _check_numbers(numbered, restarts)
    head = [*head_parts(head_lines), *others, *head_parts(signature, signature=True)]
    return Document(
        id=id,
        title=_part_text(head, "title", text) or id,
        issuer=_part_text(head, "issuer", text),
        date=parse_date(fold(_part_text(head, "date", text) or "")),
        text=text,
        head=tuple(head),
        sections=tuple(sections),
        items=_with_collective([_item(block, text, id, section, restarts) for section, block in numbered]),
    )


# Outline: which numbering opens sections, which items


@dataclass(frozen=True, slots=True)
class _Outline:
    section: Style | None
    item: Style
    other: tuple[Style, ...] = ()

    def opens(self, line: Line) -> bool:
        return line.marker is not None and line.marker.style in (self.section, self.item, *self.other)


def _outline(lines: list[Line]) -> _Outline:
    markers = [line.marker for line in lines if line.marker]
    styles = list(dict.fromkeys(marker.style for marker in markers))
    starts = list(dict.fromkeys(marker.style for marker in markers if marker.number == 1)) or styles
    if "条" in starts:
        headings = [style for style in HEADINGS if style in styles]
        return _Outline(headings[0] if headings else None, "条", tuple(headings[1:]))
    if not starts:
        last = lines[-1].number if lines else 1
        raise ParseError(last, "至少一个编号条目（如“1.”“一、”“（一）”“第一条”）", "没有编号的文本")
    outer = starts[0]
    inner = styles[styles.index(outer) + 1 :]
    if inner and _are_headings(outer, inner[0], lines):
        return _Outline(outer, inner[0])
    return _Outline(None, outer)


def _are_headings(outer: Style, inner: Style, lines: list[Line]) -> bool:
    """True when every `outer` line is a heading over `inner` items; False when it is itself an item."""
    _, blocks = _split(lines, _Outline(None, outer))
    has_items = [any(line.marker and line.marker.style == inner for line in block.lines) for block in blocks]
    if not all(is_short(block.first.folded, 80) for block in blocks):
        return False
    for block, nested in zip(blocks, has_items, strict=True):
        if not nested and all(line.is_blank for line in block.lines[1:]):
            raise ParseError(block.first.number, "标题下有编号条目", f"“{block.first.shown}”下没有条目")
    return all(has_items)


def _split(lines: list[Line], outline: _Outline) -> tuple[list[Line], list[Block]]:
    """Lines before the first marker, and the blocks that markers open; other lines join the block before them."""
    head: list[Line] = []
    blocks: list[Block] = []
    for number, line in enumerate(lines):
        if outline.opens(line) and (line.marker.sure or _continues(line, blocks, lines[number + 1 :])):  # type: ignore[union-attr]
            blocks.append(Block([line]))
        else:
            (blocks[-1].lines if blocks else head).append(line)
    return head, blocks


def _continues(line: Line, blocks: list[Block], following: list[Line]) -> bool:
    """第三条所列… opens article 3 where article 2 came before and no surer article 3 follows."""
    assert line.marker
    articles = [block.marker.number for block in blocks if block.marker.style == line.marker.style]
    surer = next((m.number for m in (f.marker for f in following) if m and m.style == line.marker.style and m.sure), 0)
    return line.marker.number == (articles[-1] if articles else 0) + 1 and surer != line.marker.number


# Sections, items and their numbers


def _restarts(numbered: list[tuple[Section | None, Block]]) -> bool:
    """True when numbers begin again at 1 under the second heading."""
    starts = (after.marker.number for (left, _), (right, after) in pairwise(numbered) if left and left is not right)
    return next(starts, None) == 1


def _check_numbers(numbered: list[tuple[Section | None, Block]], restarts: bool) -> None:
    """Numbers are 1, 2, 3 …, all through or anew under each heading."""
    previous, previous_section = 0, numbered[0][0]
    for section, block in numbered:
        if restarts and section is not previous_section:
            previous = 0
        number = block.marker.number
        if number != previous + 1:
            found = "重复的" if number == previous else ""
            raise ParseError(block.first.number, f"编号{previous + 1}", f"{found}编号{number}：“{block.first.shown}”")
        previous, previous_section = number, section


def _section(block: Block, text: str, expected: int) -> Section:
    number, style = block.marker.number, block.marker.style
    if number != expected:
        raise ParseError(block.first.number, f"第{expected}部分的标题", f"编号{number}：“{block.first.shown}”")
    title = text[block.first.span.start : block.first.span.end].strip()
    unit = style if style in HEADINGS else "部分"
    return Section(number, title, f"第{number}{unit}", block.span)


def _item(block: Block, text: str, document: str, section: Section | None, restarts: bool) -> Item:
    note = find_note(block)
    number, start = block.marker.number, block.span.start + block.marker.end
    body = Span(start, note.span.start if note else block.span.end).stripped(text)
    if body.start == body.end:
        raise ParseError(block.first.number, "条目正文", f"空条目“{block.first.shown}”")
    names = [(role, text[span.start : span.end]) for role, span in note.names] if note else []
    label = f"第{number}{'条' if block.marker.style == '条' else '项'}"
    within = section if restarts else None
    return Item(
        document=document,
        id=f"{within.number}.{number}" if within else str(number),
        number=number,
        label=f"{within.label}{label}" if within else label,
        section=section.number if section else None,
        span=block.span,
        body=body,
        text=text[body.start : body.end],
        note=note.span if note else None,
        lead=tuple(name for role, name in names if role == "lead"),
        support=tuple(name for role, name in names if role == "support"),
        collective=(),
    )


def _with_collective(items: list[Item]) -> tuple[Item, ...]:
    """Collective words (各部室, 下属单位) replaced by every department that the document names."""
    every = spellings(name for item in items for name in item.lead + item.support if not is_collective(name))
    replaced = []
    for item in items:
        lead, support = (spellings(n for n in names if not is_collective(n)) for names in (item.lead, item.support))
        is_partial = any(is_collective(name) for name in item.support)
        added = [name for key, name in every.items() if key not in lead | support] if is_partial else []
        named = dataclasses.replace(item, lead=tuple(lead.values()), support=tuple(support.values()))
        replaced.append(dataclasses.replace(named, collective=tuple(added)))
    return tuple(replaced)


def _part_text(head: list[HeadPart], role: HeadRole, text: str) -> str | None:
    span = next((part.span for part in head if part.role == role), None)
    return text[span.start : span.end].strip() if span else None
