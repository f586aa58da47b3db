"""A document as its page shows it: the whole source in reading order, each stretch under its anchor."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus import Document, Item, Span
from service.understanding import departments_of, name_key

_NUMBER = re.compile(r"[（(]?[\d一二三四五六七八九十百]+(?:[.-]\d+)*[)）.、．]?")


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    kind: str = ""  # number, body
    due: str = ""  # the last day of a deadline that stands here


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]

    @property
    def heads(self) -> bool:
        """It says one thing across all columns, as a merged cell does."""
        return len(self.cells) > 1 and len({cell.text for cell in self.cells if cell.text}) == 1

    @property
    def said(self) -> str:
        return next((cell.text for cell in self.cells if cell.text), "")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the source as it came: before + body + after, or rows."""

    kind: str  # title, head, subheading, row, table, part, section, mark, item
    anchor: str
    before: str
    body: str
    after: str
    lead: tuple[str, ...] = ()  # departments of an item, each as the document first writes it
    support: tuple[str, ...] = ()
    level: int = 2  # of a heading, as in h2
    label: str = ""  # of an item: 第3项
    due: str = ""  # of an item: its deadline's last day, or its words where it has none
    rows: tuple[Row, ...] = ()  # of an item or a line of a table
    header: Row | None = None  # of a table
    blocks: tuple["Block", ...] = ()  # of a table: its items and lines

    @property
    def width(self) -> int:
        """Columns of a table."""
        return max(len(row.cells) for block in self.blocks for row in block.rows)


def blocks_of(document: Document) -> Iterator[Block]:
    """All of the document; rows that follow each other are a table."""
    for is_row, group in groupby(_blocks(document), lambda block: bool(block.rows)):
        blocks = list(group)
        # a tab after a number makes no table: others name columns, or have cells after what is to be done
        if is_row and any(block.kind == "row" or "\t" in block.after for block in blocks):
            yield _table(blocks)
        else:
            yield from blocks


def _blocks(document: Document) -> Iterator[Block]:
    names = departments_of([document])
    kinds = {"title": "title", "table": "row", "heading": "subheading"}
    at = {part.span.start: (kinds.get(part.role, "head"), "", part.span) for part in document.head}
    if document.head:
        kind, _, span = at[document.head[0].span.start]
        at[document.head[0].span.start] = (kind, "head", span)
    at |= {
        unit.span.start: ("section", unit.id, unit.span) for unit in document.outline if unit.span.start < unit.span.end
    }
    items = {item.span: item for item in document.items}
    held = {unit.span.start: unit for unit in document.outline if unit.span.start == unit.span.end}
    levels = {unit.id: unit.level for unit in document.outline}
    starts = {part.span.start: part for part in document.parts[1:]}
    for span in document.spans():
        if part := starts.get(span.start):
            said = part.label if part.title in part.label else f"{part.label}　{part.title}"
            yield Block("part", f"part-{part.id}", "", said, "", level=1)
        if unit := held.get(span.start):  # a section whose heading is the item's own first line
            yield Block("mark", f"section-{unit.id}", "", unit.title, "")
        if span in items:
            yield _item_block(document, items[span], names)
            continue
        kind, anchor, _ = at[span.start]
        body = document.text[span.start : span.end].rstrip("\r\n")
        if kind == "section":
            heading, _, below = body.partition("\n")
            yield Block(kind, f"section-{anchor}", "", heading, below, level=min(levels[anchor] + 1, 6))
        elif body.strip():
            level = 1 if span.start < document.parts[0].span.end else 2
            yield Block(kind, anchor, "", body, "", level=level, rows=_rows(document, span) if kind == "row" else ())


def _item_block(document: Document, item: Item, names: Mapping[str, str]) -> Block:
    before = document.text[item.span.start : item.body.start]
    after = document.text[item.body.end : item.span.end].rstrip()
    lead, support = (tuple(names[name_key(name)] for name in role) for role in (item.lead, item.supporting))
    rows = _rows(document, item.span, item)
    due = _day(item) if item.due else ""
    return Block(
        "item", f"item-{item.id}", before, item.text, after, lead, support, label=item.label, due=due, rows=rows
    )


def _day(item: Item) -> str:
    """2025-12-31; 长期 where no day can be told."""
    assert item.due
    return item.due.by.isoformat() if item.due.by else item.due.text


def _rows(document: Document, span: Span, item: Item | None = None) -> tuple[Row, ...]:
    """The lines of a row, cut at its tabs; none where the first has no cells."""
    lines = document.text[span.start : span.end].rstrip("\r\n").split("\n")
    if "\t" not in lines[0]:
        return ()
    rows, at = [], span.start
    for line in lines:
        rows.append(Row(tuple(_cells(line, at, item))))
        at += len(line) + 1
    return tuple(rows)


def _cells(line: str, at: int, item: Item | None) -> Iterator[Cell]:
    numbered = False
    for text in line.split("\t"):
        end = at + len(text)
        kind = due = ""
        if item and at <= item.body.start <= end and text.strip():
            kind = "body"
        elif item and not numbered and end < item.body.start and _NUMBER.fullmatch(text.strip()):
            kind, numbered = "number", True
        if item and item.due:
            stands_here = item.span.start <= item.due.start < item.span.end
            if at <= item.due.start < end if stands_here else kind == "body":
                due = _day(item) if item.due.by else ""  # its words stand here
        yield Cell(text.strip(), kind, due)
        at = end + 1


def _table(blocks: Sequence[Block]) -> Block:
    """The first line names the columns, unless it is an item or says one thing across all."""
    first = blocks[0]
    headed = first.kind == "row" and len(blocks) > 1 and not first.rows[0].heads
    header = first.rows[0] if headed else None
    return Block("table", first.anchor, "", "", "", header=header, blocks=tuple(blocks[1:] if headed else blocks))
