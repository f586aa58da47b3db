"""Conditions on where in the texts an item stands: under a heading, in an attachment, among these items."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Item, Place, Unit, bare_heading, to_simplified
from index import Columns, Fits
from service.understanding.constraints import Constraint, Speaker


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

    def denied(self) -> Constraint:
        return Elsewhere(self)


@dataclass(frozen=True, slots=True)
class Under:
    """Under one of these headings, of whatever level."""

    units: tuple[Unit, ...]

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.under(self.units))

    def said(self, speaker: Speaker) -> str:
        return speaker.say("在“{titles}”", titles="、".join(speaker.name(title) for title in self._titles))

    def written(self) -> str:
        return "、".join(f"“{to_simplified(title)}”部分" for title in self._titles) + "中"

    @property
    def _titles(self) -> tuple[str, ...]:
        """附则 once, where one document's 第六章 附则 is another's 第八章 附则."""
        bare = {bare_heading(unit.title) for unit in self.units}
        return tuple(bare) if len(bare) == 1 < len(self.units) else tuple(unit.title for unit in self.units)

    def denied(self) -> Constraint:
        return Elsewhere(self)


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

    def denied(self) -> Constraint:
        return Elsewhere(self)


NAMED = 3  # documents that are named one by one


@dataclass(frozen=True, slots=True)
class InDocument:
    """Of these documents, the newest first."""

    ids: tuple[str, ...]
    titles: tuple[str, ...]  # short ones
    words: str = ""  # how the question said which: 2017年

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.of_documents(self.ids))

    def said(self, speaker: Speaker) -> str:
        titles = "、".join(f"《{speaker.name(title)}》" for title in self.titles[:NAMED])
        if len(self.ids) <= NAMED:
            return speaker.say("在{titles}中", titles=titles)
        return speaker.say("在{titles}等{count}份文件中", titles=titles, count=len(self.ids))

    def written(self) -> str:
        if self.words and len(self.ids) > 1:
            return f"{self.words}中"
        return "、".join(f"《{title}》" for title in self.titles) + "中"

    def denied(self) -> Constraint:
        return Elsewhere(self)


@dataclass(frozen=True, slots=True)
class InText(InDocument):
    """Of one text in the file of this document, by whose title it was asked for."""

    part: str = ""

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.of_documents(self.ids) & columns.of_parts((self.part,)))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Not there."""

    place: Constraint

    def rows(self, columns: Columns) -> Fits:
        return self.place.rows(columns).denied()

    def said(self, speaker: Speaker) -> str:
        return speaker.say("不") + self.place.said(speaker)

    def written(self) -> str:
        return "不在" + self.place.written().removesuffix("中")

    def denied(self) -> Constraint:
        return self.place


@dataclass(frozen=True, slots=True)
class Numbered:
    """These very items, and the numbers asked for that no item has."""

    items: Sequence[Item]
    numbers: tuple[int, ...]
    places: tuple[Place, ...] = ()  # inside the one item: 第二款, 第（一）项

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.of(self.items))

    def said(self, speaker: Speaker) -> str:
        return speaker.say(f"第{{numbers}}{unit_of(self.items)}", numbers=ranges(self.numbers))

    def written(self) -> str:
        return f"{items_written(self.items)}中"

    def denied(self) -> Constraint:
        return Without(self.items)


@dataclass(frozen=True, slots=True)
class Within:
    """Among these items: 第20项之后的, 其中…."""

    items: Sequence[Item]

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.of(self.items))

    def said(self, speaker: Speaker) -> str:
        numbers = ranges([item.number for item in self.items])
        return speaker.say(f"在第{{numbers}}{unit_of(self.items)}中", numbers=numbers)

    def written(self) -> str:
        return f"{items_written(self.items)}中"

    def denied(self) -> Constraint:
        return Without(self.items)


@dataclass(frozen=True, slots=True)
class Without:
    """Not these items."""

    items: Sequence[Item]

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(~columns.of(self.items))

    def said(self, speaker: Speaker) -> str:
        numbers = ranges([item.number for item in self.items])
        return speaker.say(f"不含第{{numbers}}{unit_of(self.items)}", numbers=numbers)

    def written(self) -> str:
        return f"不包括{items_written(self.items)}"

    def denied(self) -> Constraint:
        return Within(self.items)


def ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 -> 1至3、7."""
    ordered = sorted(set(numbers))
    starts = [n for i, n in enumerate(ordered) if i == 0 or ordered[i - 1] != n - 1]
    ends = [n for i, n in enumerate(ordered) if i == len(ordered) - 1 or ordered[i + 1] != n + 1]
    pairs = zip(starts, ends, strict=True)
    return "、".join(
        str(low) if low == high else f"{low}{'、' if high == low + 1 else '至'}{high}" for low, high in pairs
    )


def unit_of(items: Sequence[Item]) -> str:
    """条 of a law, 项 of all else."""
    return "条" if items and all(item.unit == "条" for item in items) else "项"


def items_written(items: Sequence[Item]) -> str:
    """How a question names these items: 第1至3、7项; by id where numbers do not tell them apart."""
    unit = unit_of(items)
    if all(item.id == str(item.number) for item in items):
        return f"第{ranges([item.number for item in items])}{unit}"
    return "、".join(f"{item.id}{unit}" for item in items)


PLACES = (InSection, Under, InPart, Within, InDocument)  # where in the text, not what of it: written and said apart
