"""What of a query stands literally in items: the whole phrase, or else its content words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.found import Found, Mask
from index.hits import Floats, Rows


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    found: Found  # the phrase
    by_word: Sequence[Found]  # each content word, where the phrase stands nowhere
    rows: Rows  # in order, those asked in which something stands
    coverage: Floats  # (rows,) the share of the content words that do; 1 where the phrase does

    @classmethod
    def of(cls, found: Found, by_word: Sequence[Found], asked: Mask | None, items: int) -> "Literal":
        if len(found) or not by_word:
            return cls(found, (), found.rows, np.ones(len(found)))
        covered = np.zeros(items, dtype=np.int16)
        for one in by_word:
            covered[one.rows] += 1
        rows = np.flatnonzero(covered if asked is None else covered * asked)
        return cls(found, by_word, rows, covered[rows] / len(by_word))

    @property
    def is_phrase(self) -> bool:
        return len(self.found) > 0

    def mask(self, items: int) -> Mask:
        mask = np.zeros(items, dtype=bool)
        mask[self.rows] = True
        return mask
