"""What an answer is: statements, the items and quotes that they rest on, and the words that say them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from corpus import Document, Item, Span
from service.understanding import Layout, Plan

Reason = Literal[
    "out_of_scope", "no_match", "no_such_item", "no_such_section", "no_such_department", "field_absent"
]  # fmt: skip
Matched = Literal["number", "words", "meaning", "section", "department"]
Script = Literal["hans", "hant"]
Via = Literal["collective", "alias"]
Grade = Literal["found", "perhaps", "outside"]


@dataclass(frozen=True, slots=True)
class Match:
    """An item of the answer, or a related one, and why it is there."""

    item: Item
    matched: Matched
    score: float = 1.0  # 0 to 1
    via: Via | None = None
    highlights: tuple[tuple[int, int], ...] = ()  # [start, end) in item.text


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: quote == document.text[span.start:span.end]. Without item it is of the head or a heading."""

    document: str  # the document's id
    span: Span
    quote: str
    item: Item | None = None
    section: int | None = None

    @classmethod
    def of(cls, document: Document, span: Span, item: Item | None = None, section: int | None = None) -> "Citation":
        return cls(document.id, span, document.text[span.start : span.end], item, section)


@dataclass(frozen=True, slots=True)
class Row:
    """A department or a section and the items counted for it."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the answer says: its kind and values are decided first, then worded."""

    kind: str
    text: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    plan: Plan
    statements: tuple[Statement, ...]
    script: Script  # of the text
    considered: int  # items looked at
    items: tuple[Match, ...] = ()  # the whole set, in document order
    related: tuple[Match, ...] = ()  # near, but not part of the answer; best first
    citations: tuple[Citation, ...] = ()
    table: tuple[Row, ...] | None = None
    count: int | None = None
    reason: Reason | None = None  # why it is declined
    departments: tuple[str, ...] = ()  # that it names as what was asked for
    meant: str | None = None  # what stands in some item and is spelt nearly like a topic that stands in none
    layout: Layout | None = None  # how the items are to be shown
    reading: str = ""  # how the question was read, in a sentence
    conditions: tuple[str, ...] = ()  # the same, condition by condition, as in `plan.where`
    perhaps: bool = False  # declined, but the nearest are worth showing
    parts: tuple["Answer", ...] = ()  # of several questions in one, in order

    @property
    def declined(self) -> bool:
        return self.reason is not None

    @property
    def text(self) -> str:
        return "\n".join(statement.text for statement in self.statements)

    @property
    def grade(self) -> Grade:
        return "found" if self.reason is None else "perhaps" if self.perhaps else "outside"
