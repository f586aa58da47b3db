"""A plan while it is being read: what the forms add to it, and the names they need."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from corpus import Reference
from index import Rows, fits_all
from service.understanding.between import Basis
from service.understanding.constraints import Constraint
from service.understanding.definition import Asked
from service.understanding.figure import Figure
from service.understanding.grammar import Found
from service.understanding.places import InPart, InSection, Numbered, Under, Within, Without
from service.understanding.plan import Ask, Correction, Layout
from service.understanding.tokens import Token
from service.understanding.vocabulary import Vocabulary


@dataclass(slots=True)
class Clause:
    """A condition and the tokens [first, last) that said it."""

    condition: Constraint
    first: int
    last: int


FEW = 100  # items of one number, that are looked at for their ids


@dataclass(slots=True)
class Draft:
    question: str
    vocabulary: Vocabulary
    ask: Ask = field(default_factory=Ask)
    asked: bool = False  # a form has said what is asked
    clauses: list[Clause] = field(default_factory=list)
    layout: Layout | None = None
    unread: list[str] = field(default_factory=list)
    denial_unread: bool = False
    way: str = ""
    told: list[str] = field(default_factory=list)
    unknown_department: str | None = None
    unknown_document: str | None = None
    corrections: list[Correction] = field(default_factory=list)
    asks_fact: bool = False
    asks_definition: Asked = None
    figure: Figure | None = None
    penal: bool = False  # it asks for a penalty
    enumerated: str = ""
    names_items: bool = False
    each: bool = False  # 分别, 各: what is listed is asked about one by one
    tables: bool = False
    basis: Basis | None = None  # of a comparison of two documents

    def typed(self, tokens: Sequence[Token]) -> str:
        """The stretch of the question from the first to the last of the tokens, in the asker's glyphs."""
        return self.question[tokens[0].start : tokens[-1].end] if tokens else ""

    def asks(self, **values: object) -> None:
        """What is asked; a part of the document, a table or who stands above a mere number."""
        self.ask = replace(self.ask, **values)  # type: ignore[arg-type]
        self.asked = True

    def add(self, condition: Constraint, first: int, last: int) -> None:
        self.clauses.append(Clause(condition, first, last))

    def has(self, kind: type) -> bool:
        return any(isinstance(one.condition, kind) for one in self.clauses)

    @property
    def sections(self) -> tuple[int, ...]:
        return tuple(
            number for one in self.clauses if isinstance(one.condition, InSection) for number in one.condition.numbers
        )

    # What references point at

    def in_sections(self, found: Reference) -> InSection:
        """最后一章 is counted in each document."""
        placed = [
            sections[place].number
            for sections in self.vocabulary.sections
            for place in indexes(found.places, len(sections))
        ]
        return InSection(tuple(dict.fromkeys((*found.numbers, *placed))))

    def pointed(self, reference: Reference) -> Constraint:
        """最后一项 is counted in each document, or in the section asked about; 第二部分第三条 may be its third item."""
        sections, columns = self.sections, self.vocabulary.index.columns
        counted = self._counted()
        rows = counted[columns.in_sections(sections)[counted]] if sections else counted
        number, every = columns.number[rows], self.vocabulary.items[0]
        placed = self._placed(rows, reference.places)
        numbers = tuple(dict.fromkeys((*reference.numbers, *columns.number[placed].tolist())))
        named = rows[np.isin(number, reference.numbers) | np.isin(rows, placed)]
        counts = bool(sections) or self.has(Under)
        if not counts and not len(named) and not len(placed) and reference.relation == "at":  # of attachments, then
            every_row = self.vocabulary.rows
            named = every_row[np.isin(columns.number[every_row], reference.numbers)]
        if counts and len(named) != len(reference.numbers) and not len(placed) and reference.relation == "at":
            named = self._placed(rows, reference.numbers)
            numbers = tuple(columns.number[named].tolist()) or numbers
        if not counts and len(named) > len(reference.numbers):
            named = self._bare(named)
        match reference.relation:
            case "except":
                return Without(every.at(named))
            case "within":
                return Within(every.at(named))
            case "on":
                return Within(every.at(rows[number >= min(numbers)]))
            case "after":
                return Within(every.at(rows[number > max(numbers)]))
            case "before":
                return Within(every.at(rows[number < min(numbers)]))
        return Numbered(every.at(named), numbers)

    def _bare(self, rows: Rows) -> Rows:
        """Those whose id is the number alone, in each text of a file where there are such: 1, and not 3.1."""
        if len(rows) > FEW:
            return rows
        every = self.vocabulary.items[0]
        items = every.at(rows)
        bare = [item.id.removeprefix(f"{item.part.id}.") == str(item.number) for item in items]
        with_bare = {(one.document, one.part.id) for one, is_bare in zip(items, bare, strict=True) if is_bare}
        kept = [
            is_bare or (one.document, one.part.id) not in with_bare for one, is_bare in zip(items, bare, strict=True)
        ]
        return np.asarray(rows[np.array(kept, dtype=bool)])

    def _counted(self) -> Rows:
        """The items that plain numbers count: of the texts and under the headings said, else outside attachments; all
        of a document where there are none."""
        rows, columns = self.vocabulary.rows, self.vocabulary.index.columns
        if places := [one.condition for one in self.clauses if isinstance(one.condition, InPart | Under)]:
            return rows[fits_all([place.rows(columns) for place in places], len(columns)).every[rows]]
        own = ~columns.attached
        if not own[rows].any():
            return rows
        has_own = np.logical_or.reduceat(own, columns.first[:-1])
        return np.asarray(rows[(own | ~np.repeat(has_own, np.diff(columns.first)))[rows]])

    def _placed(self, rows: Rows, places: Sequence[int]) -> Rows:
        """Of each document its items at these places, counted from 1, or from the end if negative."""
        if not places:
            return rows[:0]
        bounds = np.searchsorted(rows, self.vocabulary.index.columns.first)
        at = [
            bounds[document] + index
            for document in np.flatnonzero(np.diff(bounds)).tolist()
            for index in indexes(places, int(bounds[document + 1] - bounds[document]))
        ]
        return rows[np.array(at, dtype=np.int64)]


def indexes(places: Sequence[int], count: int) -> list[int]:
    """Places from 1, or from the end if negative, as indexes of a list of `count`."""
    found = [place - 1 if place > 0 else count + place for place in places]
    return [index for index in found if 0 <= index < count]


def draft_of(found: Found) -> Draft:
    """What a form adds to."""
    assert isinstance(found.draft, Draft)
    return found.draft
