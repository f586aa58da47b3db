"""The similarity of any items with a question, worked out exactly: each item's mean of two cosines, its whole text's and
its best clause's.

An encoder that adds up vectors of words needs no vector of any text: a text's cosine is the sum over its words. Of any
other encoder every vector is kept.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from index.letters import Array, Arrays, Places
from index.lexical import Scores
from index.vectors import Vectors, unit
from index.words import Vocabulary, ranges


@runtime_checkable
class SumOfWords(Protocol):
    """An encoder whose vector of a text is the sum over its words, brought to length 1."""

    def rows_of(self, word: str) -> list[int]: ...
    def vectors_of(self, rows: Array) -> Vectors: ...
    def products(self, rows: Array, vector: Vectors) -> Scores: ...


class Meaning(Protocol):
    def similarities(self, rows: Places, vector: Vectors) -> Scores:
        """Of these items, for the unit vector (dimensions,)."""
        ...


class ByWords:
    """Items as words, words as rows of the encoder's table."""

    def __init__(self, arrays: Mapping[str, Array], encoder: SumOfWords) -> None:
        self._arrays, self._encoder = arrays, encoder

    def similarities(self, rows: Places, vector: Vectors) -> Scores:
        items, bounds = self._arrays["item_bounds"], self._arrays["stretch_bounds"]
        counts = (items[rows + 1] - items[rows]).astype(np.int64)
        stretches = ranges(items[rows].astype(np.int64), counts)
        begins = bounds[stretches].astype(np.int64)
        lengths = bounds[stretches + 1] - begins
        tokens = self._arrays["tokens"][ranges(begins, lengths)]
        running = np.concatenate(([0.0], np.cumsum(self._of_words(tokens, vector), dtype=np.float64)))
        last = np.cumsum(lengths)
        sums = running[last] - running[last - lengths]
        owner = np.repeat(np.arange(len(rows)), counts)
        whole = np.bincount(owner, weights=sums, minlength=len(rows)) / self._arrays["item_norms"][rows]
        counted = self._arrays["counted"][stretches]
        best = whole.copy()
        np.maximum.at(best, owner[counted], sums[counted] / self._arrays["stretch_norms"][stretches[counted]])
        return ((whole + best) / 2).astype(np.float32)

    def _of_words(self, tokens: Array, vector: Vectors) -> Scores:
        """Each word's part of the cosine: worked out once for a word, however often it stands."""
        bounds = self._arrays["word_bounds"]
        known = np.zeros(len(bounds) - 1, dtype=bool)
        known[tokens] = True
        words = np.flatnonzero(known)
        lengths = (bounds[words + 1] - bounds[words]).astype(np.int64)
        rows = self._arrays["word_rows"][ranges(bounds[words].astype(np.int64), lengths)]
        running = np.concatenate(([0.0], np.cumsum(self._encoder.products(rows, vector), dtype=np.float64)))
        last = np.cumsum(lengths)
        scores = np.zeros(len(known), dtype=np.float32)
        scores[words] = running[last] - running[last - lengths]
        return scores[tokens]


class ByVectors:
    """Every vector kept: of each item its whole text's, then its clauses'."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._vectors, self._bounds = arrays["vectors"], arrays["vector_bounds"]

    def similarities(self, rows: Places, vector: Vectors) -> Scores:
        counts = (self._bounds[rows + 1] - self._bounds[rows]).astype(np.int64)
        chosen = ranges(self._bounds[rows].astype(np.int64), counts)
        cosines = self._vectors[chosen].astype(np.float32) @ vector
        whole = cosines[np.cumsum(counts) - counts]
        best = whole.copy()
        np.maximum.at(best, np.repeat(np.arange(len(rows)), counts), cosines)
        return np.asarray((whole + best) / 2, dtype=np.float32)


# Worked out once, when the index is built


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts that have a vector, items or clauses: `vectors` of any of them, by number."""

    count: int
    vectors: Callable[[Places], tuple[Vectors, Scores]]  # of length 1, and the lengths that they had

    def batches(self, most: int) -> Iterator[Places]:
        """The numbers of all, in order, so many at once."""
        for first in range(0, self.count, most):
            yield np.arange(first, min(first + most, self.count))


def by_words(arrays: Mapping[str, Array], begins: Array, ends: Array, table: Vectors) -> Texts:
    """Texts whose tokens lie between these bounds; `table` is the vector of each word."""

    def vectors(chosen: Places) -> tuple[Vectors, Scores]:
        first, counts = begins[chosen].astype(np.int64), (ends[chosen] - begins[chosen]).astype(np.int64)
        sums = sums_of(table, arrays["tokens"], first, counts)
        norms = np.linalg.norm(sums, axis=1)
        return unit(sums), np.where(norms > 0, norms, 1).astype(np.float32)

    return Texts(len(begins), vectors)


def rows_of_words(vocabulary: Vocabulary, encoder: SumOfWords) -> Arrays:
    rows: list[int] = []
    bounds = [0]
    for number in range(len(vocabulary)):
        rows += encoder.rows_of(vocabulary[number])
        bounds.append(len(rows))
    return {"word_rows": np.array(rows, dtype=np.int32), "word_bounds": np.array(bounds, dtype=np.int32)}


def table_of(arrays: Mapping[str, Array], encoder: SumOfWords) -> Vectors:
    """The vector of each word of the vocabulary."""
    rows, bounds = arrays["word_rows"], arrays["word_bounds"]
    dimensions = encoder.vectors_of(np.zeros(1, dtype=np.int32)).shape[1]
    vectors = encoder.vectors_of(rows) if len(rows) else np.zeros((0, dimensions), dtype=np.float32)
    return sums_of(vectors, np.arange(len(rows)), bounds[:-1].astype(np.int64), np.diff(bounds).astype(np.int64))


def sums_of(table: Vectors, tokens: Array, begins: Places, counts: Places) -> Vectors:
    """(texts, dimensions): of each text the sum of its tokens' vectors. All first tokens are added up, then all second
    ones …: ten times as fast as text by text."""
    sums = np.zeros((len(begins), table.shape[1]), dtype=np.float32)
    order = np.argsort(-counts, kind="stable")  # the longest first
    first, lengths = begins[order], -counts[order]
    for place in range(int(counts.max(initial=0))):
        longer = int(np.searchsorted(lengths, -place))
        sums[:longer] += table[tokens[first[:longer] + place]]
    found = np.empty_like(sums)
    found[order] = sums
    return found
