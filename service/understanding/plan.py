"""A question understood: what is asked, of which items, and what of it was not understood."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import Item
from service.understanding.between import Between
from service.understanding.constraints import About, AllOf, AnyOf, Constraint, Not
from service.understanding.definition import Asked
from service.understanding.figure import Figure
from service.understanding.places import Elsewhere, InSection, Numbered, Within
from service.understanding.roles import Held, InRole, Role

AskKind = Literal[
    "items", "count", "content", "who", "tally", "sections", "about", "compare", "place", "due", "summary", "changes", "documents", "chat", "none"
]  # fmt: skip
Order = Literal["most", "least", "none", "notboth", "every", "first", "last"]
Part = Literal[
    "issuer", "date", "overall", "gist", "notice", "addressees", "title", "number", "departments", "sections"
]
Layout = Literal["table", "department", "section"]
Chat = Literal["greeting", "thanks", "ability"]
Aside = Literal["more", "why"]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: the items, their number, who has a role in them, how often each department has it, …"""

    kind: AskKind = "items"
    role: Role | None = None  # of `who` and `tally`
    order: Order = "most"  # which departments or sections a tally is after
    exactly: int | None = None  # or those that are counted so often
    top: int | None = None  # or so many of the first
    part: Part | None = None  # of the document
    chat: Chat | None = None
    number: bool = False  # of `who`: how many they are
    text: bool = False  # what the items say is asked, too
    due: Literal["first", "last"] | None = None  # of the items, those due first or last
    each: bool = False  # document by document: 各年


@dataclass(frozen=True, slots=True)
class Correction:
    """What was typed and what was read in its place."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One of the documents that may have been meant, and the question that asks it alone."""

    document: str
    title: str
    question: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A question understood."""

    question: str  # the effective, stand-alone question
    ask: Ask = Ask()
    where: tuple[Constraint, ...] = ()
    layout: Layout | None = None
    also: tuple["Plan", ...] = ()  # further questions in the same words, answered after it
    unread: tuple[str, ...] = ()  # what was not understood, and is said
    denial_unread: bool = False  # one of them denies: no answer may be given as if it did not
    way: str = ""  # what is done with it: 垃圾怎么投放
    told: tuple[str, ...] = ()  # words that deny what is told: 没系安全带怎么罚
    unknown_department: str | None = None
    unknown_document: str | None = None
    between: Between | None = None  # the two documents that are compared
    corrections: tuple[Correction, ...] = ()
    asks_fact: bool = False  # an amount, a date, a person: what an item near in meaning does not give
    figure: Figure | None = None  # an amount, a day, a price: an item that tells it is the answer
    asks_definition: Asked = None  # what the topic means
    enumerated: str = ""  # 义务, 材料: of what the topic has or is to have a list is asked
    names_items: bool = False  # speaks of tasks, articles or the document, not of its topic alone
    from_history: bool = False
    follows_up: bool = False  # cannot be understood without the question before
    picked: bool = False  # 第二个: of the list before, which stays the list
    aside: Aside | None = None  # 还有吗, 为什么: asks of the answer before, whose plan this is
    asked_of: Constraint | None = None  # which documents it chose: these alone are asked all else
    documents: tuple[str, ...] = ()  # their ids, the newest first; empty where all are asked
    offers: tuple[Offer, ...] = ()  # where one document was meant and several may be, the newest first
    offered: int = 0  # how many these are

    def of(self, kind: type) -> list[Constraint]:
        """The conditions of this class, those inside alternatives too."""
        return [one for one in _leaves(self.where) if isinstance(one, kind)]

    def of_kind(self, kind: type) -> bool:
        """Whether some condition, as it stands, is of this class."""
        return any(isinstance(one, kind) for one in self.where)

    @property
    def denials(self) -> tuple[Constraint, ...]:
        """The conditions that say what an item is not."""
        return tuple(one for one in self.where if is_denial(one))

    @property
    def demands(self) -> tuple[Constraint, ...]:
        """The others."""
        return tuple(one for one in self.where if not is_denial(one))

    @property
    def asks_lacking(self) -> bool:
        """The documents without any such item: 哪份文件没有提到…."""
        return self.ask.kind == "documents" and self.ask.order in ("none", "notboth")

    @property
    def topics(self) -> tuple[About, ...]:
        return tuple(one for one in self.of(About) if isinstance(one, About))

    @property
    def topic(self) -> str | None:
        """What the items are to be about, as typed."""
        return next((one.topic for one in self.topics if not one.not_), None)

    @property
    def roles(self) -> tuple[InRole, ...]:
        return tuple(one for one in self.of(InRole) if isinstance(one, InRole))

    @property
    def sections(self) -> tuple[int, ...]:
        return tuple(number for one in self.of(InSection) if isinstance(one, InSection) for number in one.numbers)

    @property
    def numbered(self) -> Numbered | None:
        return next((one for one in self.where if isinstance(one, Numbered)), None)

    @property
    def numbers(self) -> tuple[int, ...]:
        return self.numbered.numbers if self.numbered else ()

    @property
    def within(self) -> Sequence[Item] | None:
        return next((one.items for one in self.where if isinstance(one, Within)), None)

    @property
    def named(self) -> tuple[str, ...]:
        """The departments asked for, in whatever role."""
        return tuple(dict.fromkeys(name for one in self.roles if one.rule != "none" for name in one.names))

    @property
    def is_filtered(self) -> bool:
        """Something other than a topic says which items are meant."""
        return any(not isinstance(one, About) or one.not_ for one in self.where)

    @property
    def holding(self) -> Held | None:
        return next((one for one in self.of(Held) if isinstance(one, Held)), None)


def is_denial(one: Constraint) -> bool:
    """It says what an item is not."""
    return (
        isinstance(one, Elsewhere | Not)
        or (isinstance(one, About) and one.not_)
        or (isinstance(one, InRole) and one.rule == "none")
    )


def _leaves(conditions: Iterable[Constraint]) -> Iterator[Constraint]:
    for one in conditions:
        if isinstance(one, AnyOf | AllOf):
            yield from _leaves(one.of)
        else:
            yield one
