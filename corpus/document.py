"""What a document is, once parsed: spans of its text, parts, an outline of any depth, items and who does them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.bodies import own_words
from corpus.deadlines import Due
from corpus.script import fold, spellings
from corpus.span import Span

HeadRole = Literal[
    "addressees", "notice", "issuer", "date", "title", "document_number", "overall", "preamble", "heading",
    "attachments", "copies", "closing", "table",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeadPart:
    """Lines that are neither heading nor item: before the first item, between two headings, after the last item."""

    role: HeadRole
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """One of the texts in a file: the text itself, an attachment, or a second text that a notice issues.

    `id` is empty for the first; `a2` for attachment 2 and `t2` for a second text stand before the ids of their items.
    """

    id: str
    label: str  # 附件2, 《某某规定》; empty for the first
    title: str
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A heading of the outline; `span` covers its own lines, up to the first unit below it."""

    id: str  # 3, 2.1, a2.1: after `section-` it is its anchor
    number: int
    label: str  # 第3部分, 第3章
    title: str  # the heading as written, its own number included
    level: int  # 1 for the outermost
    part: Part
    span: Span


@dataclass(frozen=True, slots=True)
class Place:
    """A numbered unit inside an item, or a paragraph of it: what 第（二）项 and 第二款 of an article point at."""

    kind: Literal["项", "款", "目"]
    number: int
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A citable unit. `span` covers its whole lines; `text` is the body, without number and closing note."""

    document: str  # the document's id
    id: str  # 31; 3.2 where numbers restart under each heading; 17-1 for 第十七条之一; a2.3 in attachment 2
    number: int
    label: str  # 第31项, 第3章第2条, 第2部分（三）第4项, 附件2第3项
    steps: tuple["Step", ...]  # how it is reached from the outermost heading, its own number last
    path: tuple[Unit, ...]  # the headings above it, outermost first
    part: Part
    span: Span
    body: Span
    text: str
    notes: tuple[Span, ...] = ()  # department notes, in order; those at the end are no part of `text`
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()  # those the note names
    collective: tuple[str, ...] = ()  # those that support it only through words such as 各部室
    bodies: tuple[str, ...] = ()  # those of `lead` and `support` that are all of a kind: 各市、县政府
    responsible: bool = False  # `lead` are named as 责任单位 alone: the text says of none that it leads
    sharing: tuple[str, ...] = ()  # those of `support` that are named as responsible beside the first, which leads
    dues: tuple[Due, ...] = ()  # deadlines, those of the note first; offsets count in the document's text
    places: tuple[Place, ...] = ()
    leaders: tuple[str, ...] = ()  # people that are named as answering for it: 责任领导

    def __eq__(self, other: object) -> bool:
        """An item may be taken up more than once: its document and id say which it is."""
        return isinstance(other, Item) and self.id == other.id and self.document == other.document

    def __hash__(self) -> int:
        return hash((self.id, self.document))

    @property
    def unit(self) -> str:
        """What it is counted in: 条 of a law, 项 of all else."""
        return "条" if self.label.endswith("条") else "项"

    @property
    def supporting(self) -> tuple[str, ...]:
        """All that support the item: named first, then those it takes in collectively."""
        return self.support + self.collective

    @property
    def section(self) -> int | None:
        """The number of the outermost heading above it."""
        return self.path[0].number if self.path else None

    @property
    def note(self) -> Span | None:
        return self.notes[-1] if self.notes else None

    @property
    def due(self) -> Due | None:
        return self.dues[0] if self.dues else None


@dataclass(frozen=True, slots=True)
class Step:
    """One number on the way to an item: 第三章, （二）, 第十七条之一 (suffix 1)."""

    style: str
    number: int
    suffix: int = 0


@dataclass(frozen=True, slots=True)
class Warned:
    """Something odd that was read on over: a misprinted number, a note that cannot be read."""

    line: int  # from 1; 0 where it is of the whole document
    expected: str  # empty where `assumed` says it all
    found: str
    assumed: str

    def __str__(self) -> str:
        where = f"第{self.line}行：" if self.line else ""
        said = f"应为{self.expected}，实为{self.found}；" if self.expected else ""
        return f"{where}{said}{self.assumed}"


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """Spans of head, headings and items are adjacent and together cover `text`."""

    id: str
    title: str
    issuer: str | None
    date: datetime.date | None
    text: str
    head: tuple[HeadPart, ...]
    outline: tuple[Unit, ...]  # every heading, in reading order
    items: tuple[Item, ...]
    parts: tuple[Part, ...]
    number: str | None = None  # 国办发〔2020〕6号
    due_year: int | None = None  # in which most of its deadlines lie
    format: str = "txt"
    encoding: str | None = None
    warnings: tuple[Warned, ...] = ()

    @property
    def sections(self) -> tuple[Unit, ...]:
        """The outermost headings."""
        return tuple(unit for unit in self.outline if unit.level == 1)

    @property
    def head_text(self) -> str:
        """What its head says, and the lines between."""
        return "\n".join(self.text[part.span.start : part.span.end] for part in self.head)

    @property
    def departments(self) -> tuple[str, ...]:
        """Every department a note names, in order of first appearance and as first written."""
        return tuple(spellings(name for item in self.items for name in item.lead + item.support).values())

    @property
    def leaders(self) -> tuple[str, ...]:
        """Everybody that a note names as answering for an item, in order of first appearance."""
        return tuple(dict.fromkeys(name for item in self.items for name in item.leaders))

    def section_title(self, item: Item) -> str | None:
        return item.path[0].title if item.path else None

    @property
    def unit(self) -> str:
        """What its items are counted in."""
        return self.items[0].unit if self.items else "项"

    def collective_words(self, item: Item) -> tuple[str, ...]:
        """各部室, 下属单位: what its notes call those that support it collectively."""
        if not item.collective:
            return ()
        notes = [self.text[note.start : note.end] for note in item.notes]
        return tuple(dict.fromkeys(note[start:end] for note in notes for start, end in own_words(fold(note))))

    def items_by_part(self) -> dict[str, list[Item]]:
        """Of every part by its id, in order."""
        found: dict[str, list[Item]] = {part.id: [] for part in self.parts}
        for item in self.items:
            found[item.part.id].append(item)
        return found

    def spans(self) -> Iterator[Span]:
        """The spans of head, headings and items in reading order."""
        parts: list[HeadPart | Unit | Item] = [*self.head, *self.outline, *self.items]
        yield from sorted((part.span for part in parts if part.span.end > part.span.start), key=lambda span: span.start)
