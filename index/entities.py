"""The arrays of an index -> what an engine takes in, some items or clauses at a time, and what is kept here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from index.archive import Archive
from index.assembled import Assembled, encoded
from index.dense import texts_of
from index.encoder import Encoder
from index.held import rows_of, vocabulary_of
from index.letters import Array, Arrays, Places, code_of
from index.lexical import Scores
from index.meaning import Texts
from index.vectors import Vectors
from index.words import ranges

HELD = ("places", "bm25_rows", "bm25_scores", "items.faiss", "clauses.faiss")  # not kept here
PAIR = 1.0  # the weight of each pair of letters: it stands there, or not
BATCH = 1000  # items or clauses sent at once: some 2.5 MB

Entity = dict[str, Any]
Sparse = dict[int, float]


@dataclass(frozen=True, slots=True)
class Entities:
    """`lengths` are those that vectors had, filled in as they are made."""

    arrays: Arrays
    whole: Texts
    parts: Texts
    lengths: tuple[Scores, Scores]  # of items and of clauses
    by_row: Places  # the BM25 postings, in the order of rows

    @classmethod
    def of(cls, assembled: Assembled, encoder: Encoder) -> "Entities":
        arrays = assembled.arrays
        whole, parts, found = texts_of(arrays, encoder, lambda: _vectors(assembled, encoder))
        lengths = np.ones(whole.count, dtype=np.float32), np.ones(parts.count, dtype=np.float32)
        return cls({**arrays, **found}, whole, parts, lengths, np.argsort(arrays["bm25_rows"], kind="stable"))

    @property
    def dimensions(self) -> int:
        return int(self.whole.vectors(np.arange(min(1, self.whole.count)))[0].shape[1])

    def items(self) -> Iterator[list[Entity]]:
        """{row, pairs, words, meaning} of every item."""
        bounds = np.searchsorted(self.arrays["bm25_rows"][self.by_row], np.arange(self.whole.count + 1))
        for rows, vectors in _batches(self.whole, self.lengths[0]):
            pairs = pairs_of(self.arrays, rows)
            words = [self._words(self.by_row[bounds[row] : bounds[row + 1]]) for row in rows.tolist()]
            yield [
                {"row": row, "pairs": own, "words": scores, "meaning": vector}
                for row, own, scores, vector in zip(rows.tolist(), pairs, words, vectors, strict=True)
            ]

    def clauses(self) -> Iterator[list[Entity]]:
        """{clause, meaning} of every clause that has a meaning of its own."""
        for numbers, vectors in _batches(self.parts, self.lengths[1]):
            yield [{"clause": number, "meaning": one} for number, one in zip(numbers.tolist(), vectors, strict=True)]

    def kept(self) -> Arrays:
        """What stays here; complete when all have been sent."""
        counted = self.arrays["counted"]
        stretches = np.ones(len(counted), dtype=np.float32)
        stretches[counted] = self.lengths[1]
        norms = {"item_norms": self.lengths[0], "stretch_norms": stretches}
        return {name: array for name, array in self.arrays.items() if name not in HELD} | norms

    def _words(self, postings: Places) -> Sparse:
        """Word -> BM25 score of one row; of a row without words one that nobody asks for."""
        words = np.searchsorted(self.arrays["bm25_bounds"], postings, side="right") - 1
        scores = self.arrays["bm25_scores"][postings]
        return dict(zip(words.tolist(), scores.tolist(), strict=True)) or {len(vocabulary_of(self.arrays)): PAIR}


def pairs_of(arrays: Mapping[str, Array], rows: Places) -> list[Sparse]:
    """Of each of these neighbouring rows, the pairs of letters that stand in it, by their place among all; of a row
    without letters one that nobody asks for."""
    starts = np.append(arrays["starts"], len(arrays["letters"]))[rows[0] : rows[-1] + 2].astype(np.int64)
    letters = arrays["letters"][starts[0] : starts[-1]]
    at = ranges(starts[:-1] - starts[0], np.diff(starts) - 1)
    owner = np.repeat(np.arange(len(rows)), np.diff(starts) - 1)
    numbers = np.searchsorted(arrays["codes"], code_of(letters[at], letters[at + 1]))
    codes = np.unique(owner * (len(arrays["codes"]) + 1) + numbers)
    owner, numbers = np.divmod(codes, len(arrays["codes"]) + 1)
    bounds = np.searchsorted(owner, np.arange(len(rows) + 1)).tolist()
    own = [numbers[begin:end].tolist() for begin, end in pairwise(bounds)]
    return [dict.fromkeys(one or [len(arrays["codes"])], PAIR) for one in own]


def _batches(texts: Texts, lengths: Scores) -> Iterator[tuple[Places, Vectors]]:
    for numbers in texts.batches(BATCH):
        vectors, lengths[numbers] = texts.vectors(numbers)
        yield numbers, vectors.astype(np.float32)


def _vectors(assembled: Assembled, encoder: Encoder) -> tuple[Vectors, Array]:
    """Of an encoder that is not a sum of words: those kept, or made anew where so few items need none."""
    arrays = assembled.arrays
    if "vectors" in arrays:
        return arrays["vectors"], arrays["vector_bounds"]
    return encoded(Archive(arrays, assembled.headers), encoder)


def count_of(arrays: Mapping[str, Array]) -> tuple[int, int]:
    """How many items and clauses there are."""
    return rows_of(arrays), len(arrays["clause_owner"])
