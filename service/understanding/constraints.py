"""What a question wants of an item. Each condition knows which items fit, how an answer says it and how a question
writes it: a new condition is one small class here and one row of the grammar.

Which items fit is a set of rows, from the columns of the index: the items themselves are not looked at. What is written is
read back as the same condition.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from index import Columns, Fits, fits_all, fits_any


class Speaker(Protocol):
    """Who says a condition: our words in the asker's script, names as they are shown."""

    def say(self, template: str, **values: str | int) -> str: ...
    def name(self, source: str) -> str: ...
    def section(self, number: int) -> str: ...


class Constraint(Protocol):
    """One condition. `said` and `written` follow 涉及: 由教育局牵头, 在第3部分."""

    def rows(self, columns: Columns) -> Fits: ...
    def said(self, speaker: Speaker) -> str: ...
    def written(self) -> str: ...
    def denied(self) -> "Constraint": ...


@dataclass(frozen=True, slots=True)
class About:
    """A topic. Which items it concerns the index says: they are looked up before items are filtered."""

    topic: str
    not_: bool = False
    each: bool = False  # 电商和大数据分别: each part of what it lists by itself
    asked: str | None = field(default=None, compare=False)  # the question, where its meaning is the topic's
    one: bool = False  # 智慧城市那条: of several the one that begins with it

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(~columns.topic(self) if self.not_ else columns.topic(self))

    def said(self, speaker: Speaker) -> str:
        return speaker.say("不涉及“{topic}”" if self.not_ else "涉及“{topic}”", topic=speaker.name(self.topic))

    def written(self) -> str:
        return f"{'不' if self.not_ else ''}涉及“{self.topic}”{'的那条' if self.one else ''}"

    def denied(self) -> "Constraint":
        return About(self.topic, not self.not_, self.each, one=self.one)


@dataclass(frozen=True, slots=True)
class Not:
    one: Constraint

    def rows(self, columns: Columns) -> Fits:
        return self.one.rows(columns).denied()

    def said(self, speaker: Speaker) -> str:
        return speaker.say("不") + self.one.said(speaker)

    def written(self) -> str:
        return "不" + self.one.written()

    def denied(self) -> "Constraint":
        return self.one


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of them."""

    of: tuple[Constraint, ...]

    def rows(self, columns: Columns) -> Fits:
        return fits_any([one.rows(columns) for one in self.of])

    def said(self, speaker: Speaker) -> str:
        return speaker.say("或").join(one.said(speaker) for one in self.of)

    def written(self) -> str:
        return "或".join(one.written() for one in self.of)

    def denied(self) -> "Constraint":
        return Not(self)


def any_of(constraints: Sequence[Constraint]) -> Constraint:
    """Itself where it is one alone."""
    return constraints[0] if len(constraints) == 1 else AnyOf(tuple(constraints))


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of them, as one side of alternatives."""

    of: tuple[Constraint, ...]

    def rows(self, columns: Columns) -> Fits:
        return fits_all([one.rows(columns) for one in self.of], len(columns))

    def said(self, speaker: Speaker) -> str:
        return speaker.say("且").join(one.said(speaker) for one in self.of)

    def written(self) -> str:
        return "且".join(one.written() for one in self.of)

    def denied(self) -> "Constraint":
        return Not(self)
