"""What a search gives back: items with their evidence, made for those that are looked at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import overload

import numpy as np
import numpy.typing as npt

from corpus import Item
from index.found import Found, Mask
from index.lexical import Scores

Rows = npt.NDArray[np.int64]  # numbers of items, in any order
Floats = npt.NDArray[np.float64]


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


@dataclass(frozen=True, slots=True, eq=False)
class Hits(Sequence[Hit]):
    """Hits in order, each made when it is looked at. The arrays are of the hits, in their order."""

    items: Sequence[Item]  # of the whole index
    rows: Rows
    score: Floats
    phrase: Mask
    coverage: Floats
    words: Scores
    meaning: Scores
    near: Mask
    related: Mask
    found: Found  # the phrase
    by_word: Sequence[Found]

    def where(self, chosen: Mask) -> "Hits":
        """Those chosen, in the same order."""
        return replace(self, **{name: getattr(self, name)[chosen] for name in _ARRAYS})

    def of_row(self, row: int) -> list[Hit]:
        """The one of this row, if there is one."""
        return [self._hit(at) for at in np.flatnonzero(self.rows == row).tolist()]

    @property
    def shown_score(self) -> Floats:
        """As hits show it."""
        return np.asarray(np.round(np.maximum(self.score, 0.0), 4), dtype=np.float64)

    @property
    def evident(self) -> Mask:
        """Something of the query stands in the item, or its meaning is close."""
        return np.asarray(self.phrase | (self.coverage > 0) | self.near)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return len(self.rows) > 0

    def __iter__(self) -> Iterator[Hit]:
        return map(self._hit, range(len(self.rows)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, at: int) -> Hit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Hit]: ...
    def __getitem__(self, at: int | slice) -> Hit | list[Hit]:
        chosen = range(len(self.rows))[at]
        return self._hit(chosen) if isinstance(chosen, int) else [self._hit(one) for one in chosen]

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


_ARRAYS = ("rows", "score", "phrase", "coverage", "words", "meaning", "near", "related")


def merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """In order, those that overlap made one."""
    together: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if together and start < together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((start, end))
    return tuple(together)
