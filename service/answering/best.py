"""Of the hits of several searches the best of each item, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index import Hits, Mask, Rows


@dataclass(frozen=True, slots=True)
class Best:
    """The best hit of each row, in the order in which rows first come."""

    rows: Rows
    score: npt.NDArray[Any]
    phrase: Mask
    known: Mask  # something of the query stands there
    evident: Mask
    related: Mask
    meaning: npt.NDArray[Any]

    @classmethod
    def of(cls, several: Sequence[Hits]) -> "Best":
        rows, score = _every(several, "rows", np.int64), _every(several, "shown_score", np.float64)
        order = np.lexsort((np.arange(len(rows)), -score, rows))
        begins = np.concatenate(([True], rows[order][1:] != rows[order][:-1])) if len(rows) else np.zeros(0, dtype=bool)
        _, first = np.unique(rows, return_index=True)
        best = order[begins][np.argsort(first)]
        phrase, related = (_every(several, name, bool)[best] for name in ("phrase", "related"))
        known = phrase | (_every(several, "coverage", np.float64)[best] > 0)
        evident, meaning = _every(several, "evident", bool)[best], _every(several, "meaning", np.float64)[best]
        return cls(rows[best], score[best], phrase, known, evident, related, meaning)


def _every(several: Sequence[Hits], name: str, kind: type) -> npt.NDArray[Any]:
    return np.concatenate([getattr(one, name) for one in several] or [[]]).astype(kind)
