"""The items of two texts matched one to one: which are new, gone, changed or the same.

Those that read the same go together first, whatever their numbers; the others by words and meaning, the likest pair
first.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from corpus import Item, department_key, fold, spelling_key
from index.differing import Words, differing
from index.encoder import Encoder
from index.found import Mask
from index.meaning import SumOfWords, sums_of
from index.prepared import ends
from index.tokens import Segmenter
from index.vectors import Vectors
from index.weighed import Array, Scores, Weighed

Kind = Literal["new", "gone", "changed", "same"]

# Chosen on 3,000 articles of law, half of them with a third of their clauses and a seventh of their words taken away:
# of 500 pairs 450 to 459 are found, with some 70 to 90 that are none; by likeness alone it is 463 with 105 to 300, and
# the assignment of the greatest sum is worse at both. On the two pairs of texts in the tests any ALIKE of 0.20 to 0.40 is right.
WORDS = 0.6  # of a likeness the words' share, the rest is the meaning's
ALIKE = 0.35  # from which two items may be one that was changed,
LEAD = 0.04  # where each is so much nearer to the other than to any third,
OTHERS = 0.5  # more than that where other departments lead,
SURE = 0.65  # or where they are as like as this
NEAREST = 5  # of each item in meaning that are looked at, beside all that share words
ROWS = 256  # items compared in meaning at once

_MARKS = re.compile(r"[^\w]|_")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an item, from the one text to the other. Its number and its place are no change."""

    kind: Kind
    before: Item | None
    after: Item | None
    likeness: float = 1.0  # of the two, 0 to 1

    def words(self, segmenter: Segmenter) -> Words:
        """What of its text was removed and added."""
        return differing(self.before.text if self.before else "", self.after.text if self.after else "", segmenter)

    @property
    def fields(self) -> tuple[str, ...]:
        """Those that changed: lead, support, due."""
        if not (self.before and self.after):
            return ()
        before, after = _fields(self.before), _fields(self.after)
        return tuple(name for name in before if before[name] != after[name])


def changes_between(
    before: Sequence[Item], after: Sequence[Item], segmenter: Segmenter, encoder: Encoder
) -> tuple[Change, ...]:
    """In the order of `after`; what is gone stands behind what it stood behind before."""
    partner = {one: (other, 1.0) for one, other in _same(before, after)}
    taken = {other for other, _ in partner.values()}
    left = [at for at in range(len(before)) if at not in partner]
    free = [at for at in range(len(after)) if at not in taken]
    if left and free:
        for one, other, likeness in _alike([before[at] for at in left], [after[at] for at in free], segmenter, encoder):
            partner[left[one]] = free[other], likeness
    return _in_order(before, after, partner)


def _in_order(
    before: Sequence[Item], after: Sequence[Item], partner: dict[int, tuple[int, float]]
) -> tuple[Change, ...]:
    gone_behind: dict[int, list[Change]] = defaultdict(list)
    behind = -1
    for at, item in enumerate(before):
        if at in partner:
            behind = partner[at][0]
        else:
            gone_behind[behind].append(Change("gone", item, None, 0.0))
    origin = {other: (one, likeness) for one, (other, likeness) in partner.items()}
    made = [*gone_behind[-1]]
    for at, item in enumerate(after):
        if at in origin:
            one, likeness = origin[at]
            same = _reads(before[one]) == _reads(item) and _fields(before[one]) == _fields(item)
            made.append(Change("same" if same else "changed", before[one], item, likeness))
        else:
            made.append(Change("new", None, item, 0.0))
        made += gone_behind[at]
    return tuple(made)


# What reads the same


def _reads(item: Item) -> str:
    """The text as it counts: no punctuation, one script."""
    return _MARKS.sub("", spelling_key(item.text)) or item.text


def _fields(item: Item) -> dict[str, object]:
    return {
        "lead": frozenset(map(department_key, item.lead)),
        "support": frozenset(map(department_key, item.supporting)),
        "due": tuple(due.by or fold(due.text) for due in item.dues),
    }


def _same(before: Sequence[Item], after: Sequence[Item]) -> list[tuple[int, int]]:
    """Pairs that read the same, those with the same departments and deadlines first, in order."""
    pairs: list[tuple[int, int]] = []
    one, other = dict(enumerate(before)), dict(enumerate(after))
    for key in (lambda item: (_reads(item), *_fields(item).values()), _reads):
        waiting = defaultdict(list)
        for at, item in other.items():
            waiting[key(item)].append(at)
        found = [(at, waiting[key(item)].pop(0)) for at, item in one.items() if waiting[key(item)]]
        for first, second in found:
            del one[first], other[second]
        pairs += found
    return pairs


# What is alike


def _alike(
    before: Sequence[Item], after: Sequence[Item], segmenter: Segmenter, encoder: Encoder
) -> list[tuple[int, int, float]]:
    """Pairs from the likest down, each item once."""
    texts = [item.text for item in (*before, *after)]
    cut = segmenter.cut_all(texts)
    words = Weighed.of(cut.tokens, ends(cut.counts), len(before), len(cut.words))
    vectors = _vectors(texts, cut.words, cut.tokens, ends(cut.counts), encoder)
    one, other = vectors[: len(before)], vectors[len(before) :]
    rows, columns = _candidates(words, one, other)
    shared = words.shared(rows, columns)
    meaning = np.einsum("ij,ij->i", one[rows], other[columns]).astype(np.float64)
    likeness = np.round(WORDS * shared + (1 - WORDS) * np.clip(meaning, 0, 1), 6)
    enough = np.where(_led_by_others(before, after, rows, columns), OTHERS, ALIKE)
    return _likest_first(rows, columns, likeness, enough, len(before), len(after))


def _led_by_others(before: Sequence[Item], after: Sequence[Item], rows: Array, columns: Array) -> Mask:
    """Of each pair, whether both say who leads, and none leads both."""
    one, other = ([frozenset(map(department_key, item.lead)) for item in items] for items in (before, after))
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    apart = [bool(one[at]) and bool(other[to]) and one[at].isdisjoint(other[to]) for at, to in pairs]
    return np.array(apart, dtype=bool)


def _likest_first(
    rows: Array, columns: Array, likeness: Scores, enough: Scores, before: int, after: int
) -> list[tuple[int, int, float]]:
    """Of pairs as like as each other that which moved less. `enough` is how like each must be."""
    moved = np.round(np.abs(rows / before - columns / after), 6)
    lead = likeness - np.maximum(_best_other(rows, likeness, before), _best_other(columns, likeness, after))
    kept = (likeness >= SURE) | (likeness >= enough) & (lead >= LEAD)
    rows, columns, likeness, moved = rows[kept], columns[kept], likeness[kept], moved[kept]
    free, open_ = np.ones(before, dtype=bool), np.ones(after, dtype=bool)
    pairs = []
    for at in np.lexsort((columns, rows, moved, -likeness)).tolist():
        one, other = int(rows[at]), int(columns[at])
        if free[one] and open_[other]:
            free[one] = open_[other] = False
            pairs.append((one, other, float(likeness[at])))
    return pairs


def _best_other(owner: Array, likeness: Scores, count: int) -> Scores:
    """Of each pair how like the best other pair of its owner is."""
    order = np.lexsort((-likeness, owner))
    starts = np.searchsorted(owner[order], np.arange(count + 1))
    ranked = np.append(likeness[order], [0.0, 0.0])
    best, second = ranked[starts[:-1]], np.where(np.diff(starts) > 1, ranked[starts[:-1] + 1], 0.0)
    is_best = np.zeros(len(owner), dtype=bool)
    is_best[order[starts[:-1][np.diff(starts) > 0]]] = True
    return np.where(is_best, second[owner], best[owner])


def _candidates(words: "Weighed", one: Vectors, other: Vectors) -> tuple[Array, Array]:
    """Pairs worth comparing: all that share a word that tells items apart, and the nearest of each in meaning."""
    codes = [words.pairs()]
    most = min(NEAREST, len(other))
    for first in range(0, len(one), ROWS):
        cosines = one[first : first + ROWS] @ other.T
        nearest = np.argpartition(-cosines, most - 1, axis=1)[:, :most].astype(np.int64)
        codes.append(((first + np.arange(len(cosines)))[:, None] * len(other) + nearest).ravel())
    rows, columns = np.divmod(np.unique(np.concatenate(codes)), len(other))
    return rows, columns


def _vectors(texts: Sequence[str], words: Sequence[str], tokens: Array, bounds: Array, encoder: Encoder) -> Vectors:
    if not isinstance(encoder, SumOfWords):
        return encoder.encode(texts)
    every = [encoder.rows_of(word) for word in words]
    counts = np.array([len(rows) for rows in every], dtype=np.int64)
    numbers = np.array([row for rows in every for row in rows], dtype=np.int64)
    found = encoder.vectors_of(numbers) if len(numbers) else np.zeros((1, 1), dtype=np.float32)
    table = sums_of(found, np.arange(len(numbers)), ends(counts)[:-1], counts)
    sums = sums_of(table, tokens, bounds[:-1], np.diff(bounds))
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), dtype=np.float32)
