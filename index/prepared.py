"""What an index needs of one document, made from it alone: the same whatever other documents there are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus import Document, Item, Packed, fold, pack, spelling_key
from index.letters import Array, Arrays, split
from index.tokens import Segmenter

_CLAUSE = re.compile(r"[^。；;！!？?，,：:\n]+")
SHORTEST = 4  # characters of a clause that means something by itself


@dataclass(frozen=True, slots=True)
class Prepared:
    """Its words stand once, the texts as numbers of them: items are made of stretches, stretches of words."""

    packed: Packed
    letters: Arrays
    words: tuple[str, ...]
    tokens: Array  # (words of all items,) numbers of `words`
    stretches: Array  # (stretches,) how many of the tokens are each stretch's
    counted: Array  # (stretches,) it has a meaning of its own: a clause of several, not too short
    items: Array  # (items,) how many of the stretches are each item's


def prepare(document: Document, segmenter: Segmenter) -> Prepared:
    numbers: dict[str, int] = {}
    tokens: list[int] = []
    stretches: list[int] = []
    counted: list[bool] = []
    items: list[int] = []
    for item in document.items:
        own, folded = stretches_of(item), fold(item.text)
        items.append(len(own))
        for begin, end, is_counted in own:
            words = segmenter.search_words(folded[begin:end])
            tokens += [numbers.setdefault(word, len(numbers)) for word in words]
            stretches.append(len(words))
            counted.append(is_counted)
    return Prepared(
        pack(document),
        split([spelling_key(item.text) for item in document.items]),
        tuple(numbers),
        np.array(tokens, dtype=np.int32),
        np.array(stretches, dtype=np.int32),
        np.array(counted, dtype=bool),
        np.array(items, dtype=np.int32),
    )


def stretches_of(item: Item) -> list[tuple[int, int, bool]]:
    """[start, end) of the text between stops, and whether each stretch is one of several clauses by which the item is
    found."""
    stretches = [match.span() for match in _CLAUSE.finditer(item.text)]
    long = [len(item.text[begin:end].strip()) >= SHORTEST for begin, end in stretches]
    several = sum(long) > 1
    return [(*span, several and one) for span, one in zip(stretches, long, strict=True)]


def parts_of(item: Item) -> list[str]:
    """The texts by whose meaning an item is found: the whole, and each of its clauses where it has several."""
    return [item.text, *(item.text[begin:end] for begin, end, counted in stretches_of(item) if counted)]


def ends(counts: Sequence[int] | Array) -> Array:
    """(n + 1,) where each of the counted begins, and the end of all."""
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
