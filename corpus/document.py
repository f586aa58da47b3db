"""What a numbered document is, once parsed: spans of its text, sections, items and their departments."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.script import spellings

HeadRole = Literal[
    "addressees", "notice", "issuer", "date", "title", "document_number", "overall", "preamble", "heading"
]
DepartmentRole = Literal["lead", "support"]

# How a department note names the two roles, folded: (牵头部门:…,协作部门:…), 责任单位：…；配合单位：….
ROLE_WORDS: dict[DepartmentRole, tuple[str, ...]] = {
    "lead": ("牵头", "主办", "责任", "负责", "主责"),
    "support": ("协作", "配合", "协办", "协助", "参与", "参加"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of `Document.text`."""

    start: int
    end: int

    def stripped(self, text: str) -> "Span":
        """Without the white space at its ends."""
        content = text[self.start : self.end]
        start = self.end - len(content.lstrip())
        return Span(start, start + len(content.strip()))


@dataclass(frozen=True, slots=True)
class HeadPart:
    """A line that is neither section heading nor item: mostly before the first item, sometimes a signature after
    the last, or a 编 or 节 heading between (`heading`)."""

    role: HeadRole
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with items below it; `title` is the heading as written, its own number included."""

    number: int
    title: str
    label: str  # 第3部分, 第3章
    span: Span


@dataclass(frozen=True, slots=True, eq=False)  # an item equals itself alone: cheap as a key
class Item:
    """One numbered paragraph. `span` covers its whole lines; `text` is the body, without number and note."""

    document: str  # the document's id
    id: str  # 31, or 3.2 where numbers restart under each heading
    number: int
    label: str  # 第31项, 第3章第2条
    section: int | None
    span: Span
    body: Span
    text: str
    note: Span | None
    lead: tuple[str, ...]
    support: tuple[str, ...]  # those the note names
    collective: tuple[str, ...]  # those that support it only through words such as 各部室

    @property
    def supporting(self) -> tuple[str, ...]:
        """All that support the item: named first, then those it takes in collectively."""
        return self.support + self.collective


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """Spans of head, sections and items are adjacent and together cover `text`."""

    id: str
    title: str
    issuer: str | None
    date: datetime.date | None
    text: str
    head: tuple[HeadPart, ...]
    sections: tuple[Section, ...]
    items: tuple[Item, ...]

    @property
    def departments(self) -> tuple[str, ...]:
        """Every department a note names, in order of first appearance and as first written."""
        return tuple(spellings(name for item in self.items for name in item.lead + item.support).values())

    def section_title(self, item: Item) -> str | None:
        return next((section.title for section in self.sections if section.number == item.section), None)

    def spans(self) -> Iterator[Span]:
        """The spans of head, sections and items in reading order."""
        parts: list[HeadPart | Section | Item] = [*self.head, *self.sections, *self.items]
        yield from sorted((part.span for part in parts), key=lambda span: span.start)
