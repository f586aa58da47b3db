"""Of the hits of several searches the best of each item, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index import Hits, Mask, Rows


@dataclass(frozen=True, slots=True)
class Best:
    """The best hit of each row, in the order in which rows first come; of one search alone in reading order."""

    rows: Rows
    score: npt.NDArray[Any]
    phrase: Mask
    known: Mask  # something of the query stands there
    evident: Mask
    related: Mask
    perhaps: Mask

    @classmethod
    def of(cls, several: Sequence[Hits]) -> "Best":
        if len(several) == 1:
            (one,) = several
            known = one.phrase | (one.coverage > 0)
            return cls(one.rows, one.score, one.phrase, known, one.evident, one.related, one.perhaps)
        rows, phrase = _every(several, "rows", np.int64), _every(several, "phrase", bool)
        score = np.concatenate([one.shown_score(one.order) for one in several] or [np.zeros(0)])
        order = np.lexsort((np.arange(len(rows)), -score, rows))
        begins = np.concatenate(([True], rows[order][1:] != rows[order][:-1])) if len(rows) else np.zeros(0, dtype=bool)
        _, first = np.unique(rows, return_index=True)
        best = order[begins][np.argsort(first)]
        known = phrase[best] | (_every(several, "coverage", np.float64)[best] > 0)
        evident, related, perhaps = (_every(several, name, bool)[best] for name in ("evident", "related", "perhaps"))
        return cls(rows[best], score[best], phrase[best], known, evident, related, perhaps)

    def first(self, chosen: Mask, most: int) -> Rows:
        """The first so many of the rows chosen: where the phrase stands, then by score."""
        at = np.flatnonzero(chosen)
        if len(at) > most:
            rank = self.score[at] + 4.0 * self.phrase[at]
            at = at[rank >= np.partition(rank, len(at) - most)[len(at) - most]]
        return self.rows[at[np.lexsort((-self.score[at], ~self.phrase[at]))]][:most]


def _every(several: Sequence[Hits], name: str, kind: type) -> npt.NDArray[Any]:
    return np.concatenate([getattr(one, name)[one.order] for one in several] or [[]]).astype(kind)
