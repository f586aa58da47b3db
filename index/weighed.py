"""The words of two documents' texts, weighed by how few of the texts have them: which pairs share some, and how much."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.words import ranges

Array = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]

COMMON = 30  # items of a text that have a word from which on it tells none apart


@dataclass(frozen=True, slots=True)
class Weighed:
    """The different words of each text, with what each weighs: the rarer, the more."""

    words: Array  # of all texts one after the other, in order
    bounds: Array
    weights: Scores  # of each word of the vocabulary
    before: int  # texts of the first document

    @classmethod
    def of(cls, tokens: Array, bounds: Array, before: int, vocabulary: int) -> "Weighed":
        texts = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        owner, words = np.divmod(np.unique(texts * vocabulary + tokens), max(1, vocabulary))
        holding = np.bincount(words, minlength=vocabulary)
        weights = np.log1p((len(bounds) - 1) / np.maximum(holding, 1))
        return cls(words, np.searchsorted(owner, np.arange(len(bounds))), weights, before)

    def pairs(self) -> Array:
        """Row × columns + column of each pair that shares a word."""
        owner = np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))
        order = np.argsort(self.words, kind="stable")  # owners of a word in order: those of the first document first
        words, owner = self.words[order], owner[order]
        starts = np.searchsorted(words, np.arange(len(self.weights) + 1))
        in_first = np.concatenate(([0], np.cumsum(owner < self.before)))
        own = in_first[starts[1:]] - in_first[starts[:-1]]
        others = np.diff(starts) - own
        few = (own > 0) & (others > 0) & (own <= COMMON) & (others <= COMMON)
        own, others, starts = own[few], others[few], starts[:-1][few]
        left = ranges(starts, own)  # entries of the first document under these words
        times = np.repeat(others, own)
        columns = owner[ranges(np.repeat(starts + own, own), times)] - self.before
        total = len(self.bounds) - 1 - self.before
        return np.unique(np.repeat(owner[left], times) * total + columns)

    def shared(self, rows: Array, columns: Array) -> Scores:
        """Of each pair, the weight of the words that both have, as a share of the weight of all: twice over both (Dice)."""
        columns = columns + self.before
        summed = np.concatenate(([0.0], np.cumsum(self.weights[self.words])))
        weight = summed[self.bounds[1:]] - summed[self.bounds[:-1]]
        lengths = np.diff(self.bounds)
        pair = np.repeat(np.arange(len(rows)), lengths[rows])
        words = self.words[ranges(self.bounds[rows], lengths[rows])]
        if not len(self.words):
            return np.zeros(len(rows))
        held = np.repeat(np.arange(len(lengths)), lengths) * len(self.weights) + self.words  # in order
        sought = columns[pair] * len(self.weights) + words
        at = np.minimum(np.searchsorted(held, sought), len(held) - 1)
        both = np.bincount(pair, weights=np.where(held[at] == sought, self.weights[words], 0), minlength=len(rows))
        whole = weight[rows] + weight[columns]
        return np.where(whole > 0, 2 * both / np.where(whole > 0, whole, 1), 0)
