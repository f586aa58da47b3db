"""Evidence of words: BM25 over token lists."""

import logging
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt
from bm25s.tokenization import Tokenized

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG

Scores = npt.NDArray[np.float32]  # (rows,)


class BM25:
    """BM25 (bm25s, Lucene's variant) over lists of words, one list a row."""

    def __init__(self, scorer: bm25s.BM25 | None, rows: int) -> None:
        self._scorer, self._rows = scorer, rows  # no scorer where no row has a word

    @classmethod
    def build(cls, rows: Sequence[Sequence[str]]) -> "BM25":
        vocabulary = {word: number for number, word in enumerate(sorted({word for row in rows for word in row}))}
        if not vocabulary:
            return cls(None, len(rows))
        scorer = bm25s.BM25()
        ids = [[vocabulary[word] for word in row] for row in rows]
        scorer.index(Tokenized(ids=ids, vocab=vocabulary), create_empty_token=False, show_progress=False)
        return cls(scorer, len(rows))

    @classmethod
    def load(cls, folder: Path, rows: int) -> "BM25":
        return cls(bm25s.BM25.load(folder) if folder.is_dir() else None, rows)

    def save(self, folder: Path) -> None:
        if self._scorer:
            self._scorer.save(folder, show_progress=False)

    def shares(self, words: Sequence[str]) -> Scores:
        """(rows,) float32: BM25 as a share of the most that these words can score, 0 to 1; 0 where a row has none of
        them. Words that stand in no row count in the whole, so that a stray common word makes no good match."""
        known = [word for word in words if self._scorer and word in self._scorer.vocab_dict]
        if not self._scorer or not known:
            return np.zeros(self._rows, dtype=np.float32)
        scores = np.asarray(self._scorer.get_scores(known), dtype=np.float32)
        return scores / np.float32(self._most(words))

    def _most(self, words: Sequence[str]) -> float:
        """What BM25 tends to as a row holds these words ever more often: the sum of their idf."""
        assert self._scorer
        rows_with = np.diff(self._scorer.scores["indptr"])  # of each word of the vocabulary
        vocabulary = self._scorer.vocab_dict
        holding = np.array([rows_with[vocabulary[word]] if word in vocabulary else 0 for word in words])
        return float(np.log1p((self._rows - holding + 0.5) / (holding + 0.5)).sum())
