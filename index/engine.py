"""The small interface behind which an existing engine holds what is large: what a search asks of it, what fills it.

It finds candidates and orders them. What decides stays here: that a phrase stands in a text is seen in the text, and a
similarity that counts is worked out from the item's own words or vectors.
"""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.assembled import Assembled
from index.encoder import Encoder
from index.hits import Rows
from index.letters import Array, Arrays
from index.lexical import Scores
from index.vectors import Vectors


class EngineError(Exception):
    """An engine that cannot be used; the message says what was expected, what was found, and what repairs it."""


class GenerationError(EngineError):
    """One that answers, but does not hold the generation, or not whole."""


class Nearest(Protocol):
    """Vectors of items or clauses, searched as faiss's are."""

    d: int  # dimensions

    def search(self, asked: Vectors, most: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        """Inner products and numbers of the nearest, (1, found) each, best first; `asked` is (1, d)."""
        ...


class Engine(Protocol):
    """One generation of an index. Raises EngineError."""

    @property
    def items(self) -> Nearest: ...
    @property
    def clauses(self) -> Nearest: ...
    def holding(self, pairs: range) -> Rows:
        """All rows in which one of these pairs of letters stands, in order; pairs by their place among all."""
        ...

    def scored(self, words: Mapping[int, float]) -> tuple[Rows, Scores]:
        """The rows that have the highest sums of these words' BM25 scores, so many times each, and the sums; words by
        their number."""
        ...

    def close(self) -> None:
        """What is asked next connects anew: before a fork."""
        ...


class Holder(Protocol):
    """A place that holds generations, each by its name. Raises EngineError."""

    @property
    def address(self) -> str:
        """As it is told and kept: without a password."""
        ...

    def ready(self) -> None:
        """Seen to answer: before what takes long."""
        ...

    def fill(self, generation: str, assembled: Assembled, encoder: Encoder) -> Arrays:
        """Takes in what it is to hold; gives what is kept here."""
        ...

    def opened(self, generation: str, arrays: Mapping[str, Array]) -> Engine:
        """A generation, seen to be whole and to be that of the arrays kept here. Raises GenerationError, too."""
        ...

    def drop(self, generation: str) -> None:
        """Nothing where it has none of that name."""
        ...
