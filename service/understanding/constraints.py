"""What a question wants of an item. Each condition knows which items fit, how an answer says it and how a question
writes it: a new condition is one small class here and one row of the grammar.

Which items fit is a set of rows, from the columns of the index: the items themselves are not looked at. What is written is
read back as the same condition.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from corpus import Item, Place, Unit, to_simplified
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
class DueBy:
    """To be done by this day, and after `since`; any day where there is none."""

    by: datetime.date | None = None
    since: datetime.date = datetime.date.min

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.due if self.by is None else columns.due_between(self.since, self.by))

    def said(self, speaker: Speaker) -> str:
        if self.by is None:
            return speaker.say("写有时限")
        if self.since > datetime.date.min:
            whole = self.since.month != self.by.month
            return speaker.say(
                f"在{{year}}年{'' if whole else '{month}月'}到期", year=self.by.year, month=self.by.month
            )
        return speaker.say("在{year}年{month}月{day}日前完成", year=self.by.year, month=self.by.month, day=self.by.day)

    def written(self) -> str:
        if self.by is None:
            return "有完成时限"
        if self.since.month != self.by.month and self.since > datetime.date.min:
            return f"时限到{self.by.year}年"
        month = f"{self.by.year}年{self.by.month}月"
        return f"{month}到期" if self.since > datetime.date.min else f"{month}{self.by.day}日前完成"

    def denied(self) -> "Constraint":
        return Not(self)


@dataclass(frozen=True, slots=True)
class InSection:
    """Under one of these headings."""

    numbers: tuple[int, ...]

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.in_sections(self.numbers) & ~columns.attached)

    def said(self, speaker: Speaker) -> str:
        return speaker.say("在{sections}", sections="、".join(map(speaker.section, self.numbers)))

    def written(self) -> str:
        return f"第{ranges(self.numbers)}部分中"

    def denied(self) -> "Constraint":
        return Not(self)


@dataclass(frozen=True, slots=True)
class Under:
    """Under one of these headings, of whatever level."""

    units: tuple[Unit, ...]

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.under(self.units))

    def said(self, speaker: Speaker) -> str:
        return speaker.say("在“{titles}”", titles="、".join(speaker.name(unit.title) for unit in self.units))

    def written(self) -> str:
        return "、".join(f"“{to_simplified(unit.title)}”部分" for unit in self.units) + "中"

    def denied(self) -> "Constraint":
        return Not(self)


@dataclass(frozen=True, slots=True)
class InPart:
    """In these texts of a file: its attachments, or all but those."""

    ids: tuple[str, ...]
    label: str  # 附件, 附件2, 正文

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.of_parts(self.ids))

    def said(self, speaker: Speaker) -> str:
        return speaker.say(f"在{self.label}")

    def written(self) -> str:
        return f"{self.label}中"

    def denied(self) -> "Constraint":
        return Not(self)


@dataclass(frozen=True, slots=True)
class InDocument:
    """Of these documents."""

    ids: tuple[str, ...]
    titles: tuple[str, ...]

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.of_documents(self.ids))

    def said(self, speaker: Speaker) -> str:
        return speaker.say("在{titles}中", titles="、".join(f"《{speaker.name(title)}》" for title in self.titles))

    def written(self) -> str:
        return "".join(f"《{title}》中" for title in self.titles)

    def denied(self) -> "Constraint":
        return Not(self)


@dataclass(frozen=True, slots=True)
class Numbered:
    """These very items, and the numbers asked for that no item has."""

    items: Sequence[Item]
    numbers: tuple[int, ...]
    places: tuple[Place, ...] = ()  # inside the one item: 第二款, 第（一）项

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.of(self.items))

    def said(self, speaker: Speaker) -> str:
        return speaker.say("第{numbers}项", numbers=ranges(self.numbers))

    def written(self) -> str:
        return f"{items_written(self.items)}中"

    def denied(self) -> "Constraint":
        return Without(self.items)


@dataclass(frozen=True, slots=True)
class Within:
    """Among these items: 第20项之后的, 其中…."""

    items: Sequence[Item]

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.of(self.items))

    def said(self, speaker: Speaker) -> str:
        return speaker.say("在第{numbers}项中", numbers=ranges([item.number for item in self.items]))

    def written(self) -> str:
        return f"{items_written(self.items)}中"

    def denied(self) -> "Constraint":
        return Without(self.items)


@dataclass(frozen=True, slots=True)
class Without:
    """Not these items."""

    items: Sequence[Item]

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(~columns.of(self.items))

    def said(self, speaker: Speaker) -> str:
        return speaker.say("不含第{numbers}项", numbers=ranges([item.number for item in self.items]))

    def written(self) -> str:
        return f"不包括{items_written(self.items)}"

    def denied(self) -> "Constraint":
        return Within(self.items)


@dataclass(frozen=True, slots=True)
class About:
    """A topic. Which items it concerns the index says: they are looked up before items are filtered."""

    topic: str
    not_: bool = False
    each: bool = False  # 电商和大数据分别: each part of what it lists by itself
    asked: str | None = field(default=None, compare=False)  # the question, where its meaning is the topic's

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(~columns.topic(self) if self.not_ else columns.topic(self))

    def said(self, speaker: Speaker) -> str:
        return speaker.say("不涉及“{topic}”" if self.not_ else "涉及“{topic}”", topic=speaker.name(self.topic))

    def written(self) -> str:
        return f"{'不' if self.not_ else ''}涉及“{self.topic}”"

    def denied(self) -> "Constraint":
        return About(self.topic, not self.not_, self.each)


@dataclass(frozen=True, slots=True)
class Not:
    one: Constraint

    def rows(self, columns: Columns) -> Fits:
        return self.one.rows(columns).denied()

    def said(self, speaker: Speaker) -> str:
        if self.one == DueBy():
            return speaker.say("没有写明时限")
        return speaker.say("不") + self.one.said(speaker)

    def written(self) -> str:
        if isinstance(self.one, InSection):
            return f"不在第{ranges(self.one.numbers)}部分"
        if isinstance(self.one, InPart):
            return f"不在{self.one.label}"
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


def ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 -> 1至3、7."""
    ordered = sorted(set(numbers))
    starts = [n for i, n in enumerate(ordered) if i == 0 or ordered[i - 1] != n - 1]
    ends = [n for i, n in enumerate(ordered) if i == len(ordered) - 1 or ordered[i + 1] != n + 1]
    pairs = zip(starts, ends, strict=True)
    return "、".join(
        str(low) if low == high else f"{low}{'、' if high == low + 1 else '至'}{high}" for low, high in pairs
    )


def items_written(items: Sequence[Item]) -> str:
    """How a question names these items: 第1至3、7项; by id where numbers do not tell them apart."""
    unit = "条" if all(item.label.endswith("条") for item in items) else "项"
    if all(item.id == str(item.number) for item in items):
        return f"第{ranges([item.number for item in items])}{unit}"
    return "、".join(f"{item.id}{unit}" for item in items)


PLACES = (InSection, Under, InPart, Within, InDocument)  # where in the text, not what of it: written and said apart
