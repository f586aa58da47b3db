"""Scores of items put together, the best of them chosen, and how high chance alone brings them."""

from collections.abc import Iterable, Sequence

import numpy as np

from index.dense import Dense
from index.encoder import Encoder
from index.found import Mask
from index.hits import Floats, Rows
from index.lexical import Scores

POOL = 100  # hits without literal evidence that a search gives back, best first
CHANCES = 64  # phrases by which it is told how near chance comes


def fuse(words: Scores, meaning: Scores, weight: float) -> Floats:
    """Weighted mean of words' shares and meaning's cosines. Neither is stretched to the spread of its ranking: where
    hardly a word of the query stands anywhere, words have little to say, and meaning decides."""
    return weight * words.astype(np.float64) + (1 - weight) * meaning.astype(np.float64)


def best_others(scores: Floats) -> Rows:
    """The numbers of the POOL highest; the first where scores are equal."""
    if len(scores) <= POOL:
        return np.arange(len(scores))
    last = np.partition(scores, len(scores) - POOL)[-POOL]
    better, equal = np.flatnonzero(scores > last), np.flatnonzero(scores == last)
    return np.concatenate((better, equal[: POOL - len(better)]))


def highest(scores: Floats, most: int, least: float | None = None) -> Rows:
    """The numbers of the highest so many, in no order; of those above `least`, which most do not exceed, if it is
    known."""
    if len(scores) <= most:
        return np.arange(len(scores))
    # most are equal, and numpy is slow at parting equals
    above = np.flatnonzero(scores > (scores.min() if least is None else least))
    if len(above) <= most:
        return above
    return above[np.argpartition(scores[above], len(above) - most)[-most:]]


def ahead(scores: Scores, lead: float) -> Mask:
    """The highest, if it is so far before the second."""
    order = np.argsort(-scores, kind="stable")
    leads = np.zeros(len(scores), dtype=bool)
    if len(scores) > 1 and scores[order[0]] - scores[order[1]] >= lead:
        leads[order[0]] = True
    return leads


def weighed(several: Sequence[tuple[Scores, np.float32]]) -> Scores:
    """Their sum, each as much as it weighs; one alone weighs all."""
    if len(several) == 1:
        return several[0][0]
    return np.asarray(sum(scores * weight for scores, weight in several), dtype=np.float32)


def by_chance(phrases: Iterable[str], encoder: Encoder, dense: Dense) -> list[float]:
    """How near the nearest item is to everyday phrases put together without regard to the items, in order."""
    every = sorted(phrases)
    step = max(1, len(every) // (2 * CHANCES))
    pairs = list(zip(every[::step], every[step // 2 :: step], strict=False))[: 2 * CHANCES]
    texts = [f"{one}{other}" for one, other in pairs][:CHANCES]
    return sorted(map(dense.highest, encoder.encode(texts) if texts else ()))
