"""A search over an engine: the same steps as over arrays, with what they look up asked for."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from index.dense import Dense
from index.encoder import Encoder
from index.engine import Engine
from index.held import Held, rows_of, vocabulary_of
from index.letters import Array, Places, code_of
from index.lexical import BM25, Scores
from index.texts import Texts
from index.words import Vocabulary, ranges

REMEMBERED = 256  # pairs whose places are kept: a question asks for the same ones several times


def held_elsewhere(arrays: Mapping[str, Array], encoder: Encoder, engine: Engine) -> Held:
    """`arrays` are those that the engine does not hold."""
    texts = Texts({**arrays, "places": PlacesElsewhere(arrays, engine)})  # type: ignore[dict-item]
    bm25 = BM25Elsewhere(arrays, vocabulary_of(arrays), rows_of(arrays), engine)
    return Held(texts, bm25, Dense(arrays, encoder, (engine.items, engine.clauses)), engine)


class PlacesElsewhere:
    """The places of every pair of letters, one pair after the other, as `Texts` slices them. The engine says in which
    rows a pair stands, the letters of these rows where: what it says too much is not believed."""

    def __init__(self, arrays: Mapping[str, Array], engine: Engine) -> None:
        self._letters, self._starts = arrays["letters"], arrays["starts"]
        self._codes, self._begins = arrays["codes"], arrays["begins"]
        self._engine = engine
        self._of_pairs: Callable[[int, int], Places] = lru_cache(maxsize=REMEMBERED)(self._found)

    def __getitem__(self, wanted: slice) -> Places:
        first, end = np.searchsorted(self._begins, [wanted.start, wanted.stop]).tolist()
        return self._of_pairs(first, end)

    def _found(self, first: int, end: int) -> Places:
        """In the order of the text, which is also that of one pair's places."""
        if first == end:
            return np.zeros(0, dtype=np.int32)
        rows = self._engine.holding(range(first, end))
        begins = self._starts[rows].astype(np.int64)
        ends = np.append(self._starts, len(self._letters))[rows + 1]
        at = ranges(begins, ends - begins - 1)  # what ends a row begins no pair
        codes = code_of(self._letters[at], self._letters[at + 1])
        found = at[(codes >= self._codes[first]) & (codes <= self._codes[end - 1])]
        return np.asarray(found, dtype=np.int32)


class BM25Elsewhere(BM25):
    """The engine adds up; what is most, the counts here say."""

    def __init__(self, arrays: Mapping[str, Array], vocabulary: Vocabulary, rows: int, engine: Engine) -> None:
        none = np.zeros(0, dtype=np.int32)
        super().__init__({**arrays, "bm25_scores": none, "bm25_rows": none}, vocabulary, rows)
        self._engine = engine

    def shares(self, words: Sequence[str]) -> Scores:
        """0 also of rows that are not among the best that the engine gives."""
        scores = np.zeros(self._rows, dtype=np.float32)
        numbers = [self._vocabulary.find(word) for word in words]
        if known := Counter(number for number in numbers if number >= 0):
            rows, sums = self._engine.scored(known)
            scores[rows] = sums
        most = self._most(numbers)
        return scores / np.float32(most) if most else scores
