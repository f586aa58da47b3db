"""Documents prepared one by one -> the arrays of an index."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.archive import Archive, archive_of
from index.columns import columns_of
from index.dense import dense_of
from index.encoder import Encoder
from index.in_context import context_arrays, context_of
from index.letters import Array, Arrays, together
from index.lexical import bm25_of
from index.prepared import Prepared, ends, parts_of
from index.vectors import Vectors
from index.words import row_bounds, words_of

BATCH = 256  # items whose texts are encoded at once


@dataclass(frozen=True, slots=True)
class Assembled:
    """`headers` are of the documents; `names` what the columns number."""

    arrays: Arrays
    headers: tuple[dict[str, Any], ...]
    names: dict[str, tuple[str, ...]]
    failures: tuple[tuple[str, str], ...] = ()  # files that are no documents, and why


def assemble(every: Sequence[Prepared], encoder: Encoder) -> Assembled:
    packed = [one.packed for one in every]
    columns, names = columns_of(packed)
    arrays: Arrays = {**archive_of(packed), **columns, **together([one.letters for one in every])}
    arrays |= words_of(every)
    arrays |= bm25_of(arrays["tokens"], row_bounds(arrays), len(arrays["vocabulary_bounds"]) - 1)
    headers = tuple(one.header for one in packed)
    arrays |= dense_of(arrays, encoder, lambda: encoded(Archive(arrays, headers), encoder))
    if context := context_of(encoder):
        arrays |= context_arrays(every, [item.text for item in Archive(arrays, headers)], context)
    return Assembled(arrays, headers, names)


def encoded(items: Archive, encoder: Encoder) -> tuple[Vectors, Array]:
    """The vectors of each item's whole text and clauses, and where each item's begin."""
    vectors: list[Vectors] = []
    counts: list[int] = []
    for first in range(0, len(items), BATCH):
        parts = [parts_of(item) for item in items[first : first + BATCH]]
        counts += map(len, parts)
        vectors.append(encoder.encode([part for own in parts for part in own]))
    return np.concatenate(vectors), ends(counts)
