"""What an index needs of one document, made from it alone: the same whatever other documents there are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus import Document, Item, Packed, fold, pack, spelling_key
from index.contextual import Encoded
from index.letters import Array, Arrays, split
from index.tokens import Segmenter

_CLAUSE = re.compile(r"[^。；;！!？?，,：:\n]+")
SHORTEST = 4  # characters of a clause that means something by itself


@dataclass(frozen=True, slots=True)
class Contextual:
    """What the encoder of this identity has made of its items' texts."""

    model: str
    encoded: Encoded


@dataclass(frozen=True, slots=True)
class Prepared:
    """Its words stand once, maybe among others, the texts as numbers of them: items are made of stretches, stretches of
    words."""

    packed: Packed
    letters: Arrays
    words: tuple[str, ...]
    tokens: Array  # (words of all items,) numbers of `words`
    stretches: Array  # (stretches,) how many of the tokens are each stretch's
    counted: Array  # (stretches,) it has a meaning of its own: a clause of several, not too short
    items: Array  # (items,) how many of the stretches are each item's
    context: Contextual | None = None  # of an index before


def prepare(document: Document, segmenter: Segmenter) -> Prepared:
    return prepare_all([document], segmenter)[0]


def prepare_all(documents: Sequence[Document], segmenter: Segmenter) -> list[Prepared]:
    """Each by itself; cutting their texts together only saves time, and their `words` are one tuple."""
    items = [item for document in documents for item in document.items]
    folded = [fold(item.text) for item in items]
    own = [stretches_of(item) for item in items]
    texts = [text[begin:end] for text, spans in zip(folded, own, strict=True) for begin, end, _ in spans]
    cut = segmenter.cut_all(texts)
    stretches, items_at = ends([len(spans) for spans in own]), ends([len(one.items) for one in documents])
    tokens = ends(cut.counts)
    counted = np.array([is_counted for spans in own for _, _, is_counted in spans], dtype=bool)
    prepared = []
    for document, first, end in zip(documents, items_at[:-1], items_at[1:], strict=True):
        these = slice(stretches[first], stretches[end])
        prepared.append(
            Prepared(
                pack(document),
                split([spelling_key(item.text) for item in document.items]),
                cut.words,
                cut.tokens[tokens[these.start] : tokens[these.stop]],
                cut.counts[these],
                counted[these],
                np.diff(stretches[first : end + 1]).astype(np.int32),
            )
        )
    return prepared


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
