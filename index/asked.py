"""The columns as conditions ask of them: sets of items, as masks over all rows."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal

import numpy as np

from corpus import LEVELS, Document, Item, Unit
from index.assembled import Assembled
from index.found import Mask
from index.hits import Rows
from index.letters import Array
from index.selection import Items

Role = Literal["lead", "responsible", "support", "any"]


class Columns:
    """`topics` are the items that each topic concerns: looked up before they are asked for here."""

    def __init__(
        self,
        assembled: Assembled,
        documents: Sequence[Document],
        items: Sequence[Item],
        topics: Mapping[object, Mask] | None = None,
    ) -> None:
        self._assembled, self._documents, self._items, self._topics = assembled, documents, items, topics or {}
        arrays = assembled.arrays
        self.number, self.section, self.length = arrays["number"], arrays["section"], arrays["length"]
        self.article, self.responsible = arrays["article"], arrays["responsible"]
        self.first = arrays["document_at"]  # of each document its first row, and the end of all

    def about(self, topics: Mapping[object, Mask]) -> "Columns":
        made = Columns(self._assembled, self._documents, self._items, topics)
        made.__dict__.update({name: self.__dict__[name] for name in _MADE if name in self.__dict__})
        return made

    def __len__(self) -> int:
        return len(self.number)

    def topic(self, topic: object) -> Mask:
        found = self._topics.get(topic)
        return np.zeros(len(self), dtype=bool) if found is None else found

    def items(self, chosen: Mask) -> Items:
        return Items(self._items, np.flatnonzero(chosen), self.article)

    @cached_property
    def every(self) -> Items:
        return Items(self._items, np.arange(len(self)), self.article)

    def items_of(self, documents: Sequence[Document]) -> Items:
        """All of these, in the order of the index."""
        if len(documents) == len(self._documents):
            return self.every
        return self.items(self.of_documents(document.id for document in documents))

    # Which

    def of_documents(self, ids: Iterable[str]) -> Mask:
        own = np.zeros(len(self._documents), dtype=bool)
        own[[self.place[id] for id in ids]] = True
        return np.asarray(np.repeat(own, np.diff(self.first)))

    def documents_at(self, rows: Rows) -> Rows:
        """Of each row the place of its document in the index."""
        return np.asarray(np.searchsorted(self.first, rows, side="right") - 1)

    def documents_of(self, chosen: Mask) -> list[str]:
        """The ids of the documents in which some item is chosen, in the order of the index."""
        own = np.unique(self.documents_at(np.flatnonzero(chosen)))
        return [self._documents[at].id for at in own.tolist()]

    def of_parts(self, ids: Iterable[str]) -> Mask:
        """In these texts of a file, by their ids."""
        wanted = set(ids)
        known = np.array([name in wanted for name in self._assembled.names["parts"]], dtype=bool)
        return np.asarray(known[self._assembled.arrays["part"]])

    @cached_property
    def attached(self) -> Mask:
        """In an attachment."""
        return self.of_parts(name for name in self._assembled.names["parts"] if name.startswith("a"))

    def in_sections(self, numbers: Iterable[int]) -> Mask:
        """Under the outermost headings of these numbers."""
        return np.isin(self.section, list(numbers))

    def under(self, units: Iterable[Unit]) -> Mask:
        """Under one of these headings, of whatever level."""
        numbers = [self._units[unit] for unit in units if unit in self._units]
        return self._any("path", np.isin(self._assembled.arrays["path"], numbers))

    @cached_property
    def _units(self) -> dict[Unit, int]:
        every = (unit for document in self._documents for unit in document.outline)
        return {unit: number for number, unit in enumerate(every)}

    def of(self, items: Iterable[Item]) -> Mask:
        """These very items."""
        mask = np.zeros(len(self), dtype=bool)
        mask[items.rows if isinstance(items, Items) else [self.row(item) for item in items]] = True
        return mask

    def row(self, item: Item) -> int:
        at = self.place[item.document]
        return int(self.first[at]) + self._ids_of(at)[item.id]

    @cached_property
    def place(self) -> dict[str, int]:
        """Of each document by its id."""
        return {document.id: at for at, document in enumerate(self._documents)}

    @cached_property
    def _ids(self) -> dict[int, dict[str, int]]:
        return {}

    def _ids_of(self, at: int) -> dict[str, int]:
        """Of a document, the place of each item by its id."""
        if at not in self._ids:
            own = self._items[int(self.first[at]) : int(self.first[at + 1])]
            self._ids[at] = {item.id: place for place, item in enumerate(own)}
        return self._ids[at]

    # Deadlines

    @cached_property
    def due(self) -> Mask:
        return np.asarray(self._count("due") > 0)

    def due_between(self, since: datetime.date, by: datetime.date) -> Mask:
        days = self._assembled.arrays["due"]
        return self._any("due", (days >= max(1, since.toordinal())) & (days <= by.toordinal()))

    @property
    def open_dues(self) -> tuple[str, ...]:
        """The words of deadlines that name no day: 持续推进, folded."""
        return self._assembled.names["open_dues"]

    def due_openly(self, words: str) -> Mask:
        number = -1 - self.open_dues.index(words) if words in self.open_dues else 0
        return self._any("due", (self._assembled.arrays["due"] == number) & (number < 0))

    def days(self, chosen: Mask) -> Array:
        """The days on which these are due, as numbers."""
        days = self._assembled.arrays["due"][np.repeat(chosen, self._count("due"))]
        return np.asarray(days[days > 0])

    # Departments, by their folded names

    def having(self, name: str, role: Role, *, named: bool = False) -> Mask:
        """The department has the role there; where not only `named`, also through words for all. 省发展改革委、统计局: where a
        document writes 省统计局, too, that is one."""
        found = self._named(name, role, named=named)
        for other in self._siblings.get(name, ()):
            own = self._named(other, role, named=named)
            if len(other) < len(name):  # without its level it is another's elsewhere
                own = own & self._beside(self._named(name, "any", named=True))
            found = found | own
        return found

    def _named(self, name: str, role: Role, *, named: bool) -> Mask:
        number = self.numbers.get(name, -1)
        masks = [self._any(one, self._assembled.arrays[one] == number) for one in _roles(role, named)]
        return np.asarray(np.logical_or.reduce(masks))

    def _beside(self, mask: Mask) -> Mask:
        """All items of the documents of which some are chosen."""
        some = np.logical_or.reduceat(mask, self.first[:-1]) if len(mask) else mask
        return np.asarray(np.repeat(some, np.diff(self.first)))

    @cached_property
    def _siblings(self) -> dict[str, tuple[str, ...]]:
        """统计局 -> 省统计局, and back, where there is one such level alone."""
        levels: dict[str, list[str]] = {}
        for name in self.numbers:
            if name[0] in LEVELS and name[1:] in self.numbers:
                levels.setdefault(name[1:], []).append(name)
        alone = {bare: several[0] for bare, several in levels.items() if len(several) == 1}
        return {one: (other,) for pair in alone.items() for one, other in (pair, pair[::-1])}

    def departments_of(self, role: Role, chosen: Mask) -> tuple[Array, Array]:
        """Rows, and the number of a department that has the role there, by name or not: each pair once."""
        rows, numbers = self._pairs(_roles(role, False))
        kept = chosen[rows]
        return rows[kept], numbers[kept]

    def _pairs(self, roles: Sequence[str]) -> tuple[Array, Array]:
        """Of each item, the departments in these roles, each once."""
        rows = np.concatenate([np.repeat(np.arange(len(self)), self._count(one)) for one in roles])
        numbers = np.concatenate([self._assembled.arrays[one] for one in roles])
        return np.divmod(np.unique(rows * (len(self.numbers) + 1) + numbers), len(self.numbers) + 1)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Of each folded department's name."""
        return {name: number for number, name in enumerate(self._assembled.names["departments"])}

    def holders(self, role: Role) -> Array:
        """(items,) how many names there are in the role, by name or through words for all."""
        return np.asarray(np.sum([self._count(one) for one in _roles(role, False)], axis=0))

    def different(self, role: Role) -> Array:
        """(items,) how many departments are named in the role, each once."""
        rows, _ = self._pairs(_roles(role, True))
        return np.bincount(rows, minlength=len(self))

    @cached_property
    def sharing(self) -> Mask:
        """Several are responsible, of whom the first leads."""
        return np.asarray(self._count("sharing") > 0)

    @cached_property
    def collective(self) -> Mask:
        """Words for all departments take part."""
        return np.asarray(self._count("collective") > 0)

    def _count(self, name: str) -> Array:
        return np.diff(self._assembled.arrays[f"{name}_at"])

    def _any(self, name: str, entries: Mask) -> Mask:
        """The items of which some entry is chosen."""
        running = np.concatenate(([0], np.cumsum(entries)))
        bounds = self._assembled.arrays[f"{name}_at"]
        return np.asarray(running[bounds[1:]] > running[bounds[:-1]])


_MADE = ("every", "attached", "_units", "place", "_ids", "due", "numbers", "_siblings", "sharing", "collective")


_NAMED: dict[Role, tuple[str, ...]] = {
    "lead": ("lead",),
    "responsible": ("lead", "sharing"),
    "support": ("support",),
    "any": ("lead", "support"),
}


def _roles(role: Role, named: bool) -> tuple[str, ...]:
    own = _NAMED[role]
    return own if named or role in ("lead", "responsible") else (*own, "collective")
