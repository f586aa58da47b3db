"""Evidence of words: BM25 (Lucene's variant) with the score of each word in each row worked out beforehand."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from index.letters import Array, Arrays
from index.prepared import ends
from index.words import Vocabulary

K1, B = 1.5, 0.75

Scores = npt.NDArray[np.float32]  # (rows,)


def bm25_of(tokens: Array, bounds: Array, words: int) -> Arrays:
    """`bounds` is where each row's tokens begin. For each word the rows that have it, and its score there."""
    rows = len(bounds) - 1
    lengths = np.diff(bounds).astype(np.float64)
    codes = tokens.astype(np.int64) * max(1, rows) + np.repeat(np.arange(rows), np.diff(bounds))
    codes.sort()
    new = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1]))) if len(codes) else np.zeros(0, np.int64)
    times = np.diff(np.append(new, len(codes))).astype(np.float64)
    word, row = np.divmod(codes[new], max(1, rows))
    holding = np.bincount(word, minlength=words)
    idf = np.log1p((rows - holding + 0.5) / (holding + 0.5))
    mean = float(lengths.mean()) if len(codes) else 1.0
    damped = K1 * (1 - B + B * lengths / mean)
    scores = idf[word] * times / (damped[row] + times)
    return {
        "bm25_scores": scores.astype(np.float32),
        "bm25_rows": row.astype(np.int32),
        "bm25_bounds": ends(holding).astype(np.int32),
    }


class BM25:
    def __init__(self, arrays: Mapping[str, Array], vocabulary: Vocabulary, rows: int) -> None:
        self._scores, self._rows_of = arrays["bm25_scores"], arrays["bm25_rows"]
        self._bounds, self._vocabulary, self._rows = arrays["bm25_bounds"], vocabulary, rows

    def shares(self, words: Sequence[str]) -> Scores:
        """(rows,) float32: BM25 as a share of the most that these words can score, 0 to 1; 0 where a row has none of
        them. Words that stand in no row count in the whole, so that a stray common word makes no good match."""
        scores = np.zeros(self._rows, dtype=np.float32)
        numbers = [self._vocabulary.find(word) for word in words]
        for number in numbers:
            if number >= 0:
                own = slice(int(self._bounds[number]), int(self._bounds[number + 1]))
                scores[self._rows_of[own]] += self._scores[own]  # a row stands once among those of a word
        most = self._most(numbers)
        return scores / np.float32(most) if most else scores

    def _most(self, numbers: Sequence[int]) -> float:
        """What BM25 tends to as a row holds these words ever more often: the sum of their idf."""
        holding = np.array([self._bounds[one + 1] - self._bounds[one] if one >= 0 else 0 for one in numbers])
        return float(np.log1p((self._rows - holding + 0.5) / (holding + 0.5)).sum())
