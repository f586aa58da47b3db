"""Whether a short word stands in items as a word: 人防 does not in 个人防护."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus import Item
from index import Hits, Index
from service.answering.found import Documents, Found

SHORTEST = 2  # letters, of more than which a word stands wherever its letters do
LOOKED_AT = 50  # items, of more than which a word stands in some


def as_words(found: Found | None, index: Index) -> Found | None:
    """Those of the items in which what was sought does; None where there are none."""
    if found is None or len(found.sought) > SHORTEST or len(found.rows) > LOOKED_AT:
        return found
    parts = tuple(_where_words(hits, index) for hits in found.parts)
    return replace(found, parts=parts) if any(map(len, parts)) else None


def count_as_word(word: str, index: Index, documents: Documents) -> int:
    """In how many items it stands; 0 where in none of these as a word."""
    if len(word) > SHORTEST:
        return index.count(word, documents)
    found = index.look_up(word, documents).found
    if not 0 < len(found) <= LOOKED_AT:
        return len(found)
    return len(found) if any(_stands(index.items[row], spans, index) for row, spans in found.items()) else 0


def _where_words(hits: Hits, index: Index) -> Hits:
    every = [hit for row in hits.rows.tolist() for hit in hits.of_row(row)]
    return hits.where(np.array([_stands(hit.item, hit.highlights, index) for hit in every], dtype=bool))


def _stands(item: Item, spans: Sequence[tuple[int, int]], index: Index) -> bool:
    return not all(index.crosses_words(item.text, start, end) for start, end in spans)
