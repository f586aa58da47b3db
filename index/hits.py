"""What a search gives back: items with their evidence, made for those that are looked at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import overload

import numpy as np
import numpy.typing as npt

from corpus import Item
from index.found import Found, Mask
from index.lexical import Scores

Rows = npt.NDArray[np.int64]  # numbers of items, in any order
Floats = npt.NDArray[np.float64]


PHRASE = 4.0  # more than two scores can lie apart
FEW = 200  # hits, up to which the first are picked out and the others left in no order


@dataclass(frozen=True, slots=True)
class Hit:
    """An item and why it was found. Scores order; evidence decides."""

    item: Item
    score: float  # 0 to 1: words and meaning fused, on one scale for all hits of a search
    phrase: bool  # the whole query stands in the item's text
    coverage: float  # share of the query's content words that stand in the text, 0 to 1
    words: float  # BM25, as a share of the most that the query's words can score, 0 to 1
    meaning: float  # cosine with the item and with its nearest clause, the mean: -1 to 1
    near: bool  # the meaning is close enough to be evidence by itself
    related: bool  # and close enough to be worth a look
    highlights: tuple[tuple[int, int], ...]  # [start, end) in item.text, of the phrase or else of the words


@dataclass(frozen=True, eq=False)
class Hits(Sequence[Hit]):
    """Hits, each made when it is looked at: literal hits first, then by score, then in reading order. The arrays are of
    the hits in reading order: of very many, most are never put in any other."""

    items: Sequence[Item]  # of the whole index
    rows: Rows  # in order, each once
    score: Floats
    phrase: Mask
    coverage: Floats
    words: Scores
    meaning: Scores
    near: Mask
    likely: Mask  # near enough to be evidence beside other evidence
    perhaps: Mask  # the nearest may be what was meant
    sole: Mask  # and this one is, where one document was named
    related: Mask
    found: Found  # the phrase
    by_word: Sequence[Found]

    def where(self, chosen: Mask) -> "Hits":
        """Those chosen."""
        return replace(self, **{name: getattr(self, name)[chosen] for name in _ARRAYS})

    def of_row(self, row: int) -> list[Hit]:
        """The one of this row, if there is one."""
        at = int(np.searchsorted(self.rows, row))
        return [self._hit(at)] if at < len(self.rows) and self.rows[at] == row else []

    @cached_property
    def order(self) -> Rows:
        """Where each hit, the first first, stands in the arrays."""
        return np.lexsort((-self.score, ~self.phrase))

    def best(self, most: int, chosen: Mask | None = None) -> Rows:
        """The first so many of this order, of those chosen where some are."""
        at = np.arange(len(self)) if chosen is None else np.flatnonzero(chosen)
        rank = self.score[at] + PHRASE * self.phrase[at]
        if 0 < most < len(at):
            high = rank >= np.partition(rank, len(at) - most)[len(at) - most]
            at, rank = at[high], rank[high]
        return at[np.argsort(-rank, kind="stable")][:most]

    def shown_score(self, at: Rows) -> Floats:
        """As hits show it."""
        return np.asarray(np.round(np.maximum(self.score[at], 0.0), 4), dtype=np.float64)

    @property
    def evident(self) -> Mask:
        """Something of the query stands in the item, or its meaning is close."""
        return np.asarray(self.phrase | (self.coverage > 0) | self.near)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return len(self.rows) > 0

    def __iter__(self) -> Iterator[Hit]:
        return map(self._hit, self.order.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, at: int) -> Hit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Hit]: ...
    def __getitem__(self, at: int | slice) -> Hit | list[Hit]:
        chosen = range(len(self.rows))[at]
        if isinstance(chosen, int):
            return self._hit(int(self._first(chosen + 1)[chosen]))
        first = self._first(max(chosen, default=-1) + 1)
        return [self._hit(int(first[one])) for one in chosen]

    def _first(self, most: int) -> Rows:
        return self.best(most) if most <= FEW else self.order

    def _hit(self, at: int) -> Hit:
        row, phrase = int(self.rows[at]), bool(self.phrase[at])
        spans = self.found[row] if phrase else [span for one in self.by_word for span in one.get(row, ())]
        return Hit(
            item=self.items[row],
            score=round(max(0.0, float(self.score[at])), 4),
            phrase=phrase,
            coverage=float(self.coverage[at]),
            words=float(self.words[at]),
            meaning=float(self.meaning[at]),
            near=bool(self.near[at]),
            related=bool(self.related[at]),
            highlights=merged(spans),
        )


_ARRAYS = ("rows", "score", "phrase", "coverage", "words", "meaning", "near", "likely", "perhaps", "sole", "related")


def merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """In order, those that overlap made one."""
    together: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if together and start < together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((start, end))
    return tuple(together)
