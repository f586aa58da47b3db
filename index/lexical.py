"""Evidence of words: BM25 over token lists, and where a phrase stands literally."""

import logging
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt
from bm25s.tokenization import Tokenized

from index.spelling import Spellings

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG

Scores = npt.NDArray[np.float32]  # (rows,)
Found = dict[int, list[tuple[int, int]]]  # row -> [start, end) offsets in it


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


class Texts:
    """Literal look-up in all rows at once; offsets count from the row's start."""

    _BETWEEN = "\0"  # stands between two rows and in no phrase
    # between digits punctuation means something: 2.0 is not 20
    _PUNCTUATION = re.compile(r"(?<!\d)[^\w\0]|[^\w\0](?!\d)")

    def __init__(self, rows: Sequence[str]) -> None:
        cleaned = [row.replace(self._BETWEEN, " ") for row in rows]
        self._joined = self._BETWEEN.join(cleaned)
        self._starts = np.cumsum([0] + [len(row) + 1 for row in cleaned[:-1]]).tolist()
        self._letters = self._PUNCTUATION.sub("", self._joined)
        kept = np.ones(len(self._joined), dtype=bool)
        kept[[match.start() for match in self._PUNCTUATION.finditer(self._joined)]] = False
        self._positions = np.flatnonzero(kept).astype(np.int32)  # of each of _letters in _joined

    def find(self, phrase: str) -> Found:
        """Row -> (start, end) of each occurrence that does not overlap the one before; rows in order."""
        return self._at_rows((at, at + len(phrase)) for at in self._occurrences(self._joined, phrase))

    def find_word(self, word: str) -> Found:
        """The same for a word: Latin letters and digits must not go on before or after it."""
        pattern = rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])"
        return (
            self._at_rows(match.span() for match in re.finditer(pattern, self._joined))
            if word.isascii()
            else self.find(word)
        )

    def find_loosely(self, phrase: str) -> Found:
        """The same without regard to punctuation and spaces: 多规合一 stands in “多规”合一."""
        letters = self._PUNCTUATION.sub("", phrase)
        found = self._occurrences(self._letters, letters)
        last = len(letters) - 1
        return self._at_rows((int(self._positions[at]), int(self._positions[at + last]) + 1) for at in found)

    def spelt_like(self, phrase: str) -> Found:
        """Row -> where a phrase stands that is spelt nearly like this one."""
        return self._at_rows(self._spellings.alike(phrase))

    def spelt_in_letters(self, letters: str) -> Found:
        """Row -> where a phrase stands that these Latin letters write."""
        return self._at_rows(self._spellings.in_letters(letters))

    @cached_property
    def _spellings(self) -> Spellings:
        return Spellings(self._joined)

    def _occurrences(self, text: str, phrase: str) -> Iterator[int]:
        at = text.find(phrase) if phrase and self._BETWEEN not in phrase else -1
        while at >= 0:
            yield at
            at = text.find(phrase, at + len(phrase))

    def _at_rows(self, spans: Iterable[tuple[int, int]]) -> Found:
        found: Found = {}
        for start, end in spans:
            row = bisect_right(self._starts, start) - 1
            found.setdefault(row, []).append((start - self._starts[row], end - self._starts[row]))
        return found
