"""The rows in which something stands, and where in them."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from index.letters import Places

Mask = npt.NDArray[np.bool_]
Spans = list[tuple[int, int]]


class Found(Mapping[int, Spans]):
    """Row -> [start, end) offsets in it, in order; these are made for the rows that are looked at."""

    def __init__(self, of: Places, spans: Callable[[slice, int], Spans]) -> None:
        """`of` is the row of each occurrence, in order."""
        self._of, self._spans = of, spans
        new = np.flatnonzero(np.concatenate(([True], of[1:] != of[:-1]))) if len(of) else np.zeros(0, dtype=np.int64)
        self._begins = np.append(new, len(of))
        self.rows: Places = of[new]  # each once, in order

    def among(self, mask: Mask | None) -> "Found":
        """Those in the rows of the mask; all where it is None."""
        return self if mask is None else _Among(self, mask[self.rows])

    def __getitem__(self, row: int) -> Spans:
        at = int(np.searchsorted(self.rows, row))
        if at == len(self.rows) or self.rows[at] != row:
            raise KeyError(row)
        return self._spans(slice(int(self._begins[at]), int(self._begins[at + 1])), row)

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows.tolist())

    def __len__(self) -> int:
        return len(self.rows)


class _Among(Found):
    def __init__(self, found: Found, kept: Mask) -> None:
        self._found, self.rows = found, found.rows[kept]

    def __getitem__(self, row: int) -> Spans:
        return self._found[row]
