"""Whether a short word stands in items as a word: 人防 does not in 个人防护."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

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
    count = index.count(word, documents)
    if len(word) > SHORTEST or not 0 < count <= LOOKED_AT:
        return count
    hits = index.search(word, documents)
    return count if len(_where_words(hits.where(hits.phrase), index)) else 0


def _where_words(hits: Hits, index: Index) -> Hits:
    standing: Sequence[bool] = [_stands(hits, row, index) for row in hits.rows.tolist()]
    return hits.where(np.array(standing, dtype=bool))


def _stands(hits: Hits, row: int, index: Index) -> bool:
    (hit,) = hits.of_row(row)
    return not all(index.crosses_words(hit.item.text, start, end) for start, end in hit.highlights)
