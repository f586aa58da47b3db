"""How like a query items are, by words and by meaning: those that may be its best hits, compared exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.dense import Dense
from index.found import Mask
from index.hits import Floats, Rows
from index.lexical import Scores
from index.literal import Literal
from index.ranking import best_others, fuse, highest, weighed
from index.vectors import Vectors

FEW = 600  # rows to choose from that are all compared exactly
LITERAL = 1000  # rows with all that was asked for, whose meaning is; of more, the others are ordered by their words
PARTLY = 400  # the best of those with some of the words
NEAREST = 200  # by a rough code, of the others: the nearest five of 142,425 were among 111 in 99 of 100 cases


@dataclass(frozen=True, slots=True)
class Asked:
    """A query's own words, or those that the thesaurus adds: (rows,) shares, a vector, and what they weigh of all."""

    shares: Scores
    vector: Vectors
    weight: np.float32


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of these rows, in order: the literal ones and the best others."""

    rows: Rows
    shares: Scores
    meaning: Scores
    likeness: Scores  # of the meaning, to which the thesaurus adds
    fused: Floats


def likeness_of(
    asked: Sequence[Asked], literal: Literal, within: Mask | None, dense: Dense, words_weight: float
) -> Likeness:
    """`asked` begins with the query's own words; `within` are the rows to choose from, all where it is None."""
    shares = weighed([(one.shares, one.weight) for one in asked])
    is_literal = literal.mask(len(shares))
    compared = _worth_comparing(shares, asked, literal, within, dense, words_weight)
    meanings = [dense.exactly(compared, one.vector) for one in asked]
    likeness = weighed([(meaning, one.weight) for meaning, one in zip(meanings, asked, strict=True)])
    # rounded: the last bits differ between processors, and between rows of one text
    fused = fuse(shares[compared], likeness, words_weight).round(6)
    others = np.flatnonzero(~is_literal[compared])
    shown = is_literal
    shown[compared[others[best_others(fused[others])]]] = True
    rows = np.flatnonzero(shown)
    full = [_spread(one, compared, rows, len(shares)) for one in (meanings[0], likeness)]
    every = fuse(shares[rows], full[1], words_weight).round(6)
    return Likeness(rows, asked[0].shares[rows], full[0], full[1], every)


def _spread(values: Scores, compared: Rows, rows: Rows, items: int) -> Scores:
    """Of these rows; 0 of those that are not compared."""
    whole = np.zeros(items, dtype=np.float32)
    whole[compared] = values
    return np.asarray(whole[rows])


def _worth_comparing(
    shares: Scores, asked: Sequence[Asked], literal: Literal, within: Mask | None, dense: Dense, words_weight: float
) -> Rows:
    """In order: all rows to choose from where these are few, else those nearest by a rough code."""
    if dense.is_exact:
        return np.arange(len(shares)) if within is None else np.flatnonzero(within)
    if within is not None and np.count_nonzero(within) <= FEW:
        return np.flatnonzero(within)
    rough = weighed([(dense.likeness(one.vector), one.weight) for one in asked])
    fused = fuse(shares, rough, words_weight)
    whole = literal.coverage == 1
    near = np.zeros(len(shares), dtype=bool)
    for rows, most in ((literal.rows[whole], LITERAL), (literal.rows[~whole], PARTLY)):
        near[rows[highest(fused[rows], most)]] = True
    least = float(fused.min())  # of all in which nothing was found
    fused[literal.rows if within is None else literal.mask(len(shares)) | ~within] = -1
    near[highest(fused, NEAREST, least)] = True
    return np.flatnonzero(near)
