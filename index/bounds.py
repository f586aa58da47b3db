"""Where rows begin among all letters, and marks between them: told of many places at once, at the cost of a look each."""

from functools import cached_property

import numpy as np

from index.found import Mask
from index.letters import Array, Places

BLOCK = 5  # bits: of every 32 letters the row of the first is kept


class Bounds:
    """`starts` is the first letter of each row, `gaps` the letter that follows each mark, in order."""

    def __init__(self, starts: Array, gaps: Array, letters: int) -> None:
        self._starts, self._gaps, self._letters = starts, gaps, letters

    def before(self, places: Places, side: str = "left") -> Places:
        """How many marks stand before these letters; with `right`, those right before it, too."""
        return np.searchsorted(self._gaps, places, side=side)  # type: ignore[call-overload,no-any-return]

    def start(self, row: int) -> int:
        """Where a row begins, marks counted."""
        start = self._starts[row]
        return int(start + self.before(start))

    def starts(self, rows: Places) -> Places:
        return np.asarray(self._starts[rows] + self.before(self._starts[rows]))

    def rows(self, places: Places) -> Places:
        """The row of each letter."""
        rows: Places = self._rows_of_blocks[places >> BLOCK]
        going = np.arange(len(rows))
        while len(going):
            going = going[self._ends[rows[going]] <= places[going]]
            rows[going] += 1
        return rows

    def together(self, places: Places, length: int) -> Mask:
        """No mark stands between the letters of the phrases of this length that begin there."""
        right = np.ones(len(places), dtype=bool)
        for offset in range(1, length):
            at = places + offset
            right &= (self._marked[at >> 3] >> (at & 7).astype(np.uint8) & 1) == 0
        return right

    @cached_property
    def _ends(self) -> Array:
        """The letter after each row."""
        return np.append(self._starts[1:], self._letters).astype(np.int64)

    @cached_property
    def _rows_of_blocks(self) -> Array:
        return np.searchsorted(self._starts, np.arange(0, self._letters, 1 << BLOCK), side="right") - 1

    @cached_property
    def _marked(self) -> Array:
        """Whether a mark stands right before each letter, a bit each: the place after the last letter has one, too."""
        marked = np.zeros(self._letters + 1, dtype=bool)
        marked[self._gaps] = True
        return np.packbits(marked, bitorder="little")
