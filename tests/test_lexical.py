import math

import numpy as np
import pytest

from index.lexical import BM25, bm25_of
from index.prepared import ends
from index.words import Vocabulary


def bm25(*rows: list[str]) -> BM25:
    words = sorted({word for row in rows for word in row})
    tokens = np.array([words.index(word) for row in rows for word in row], dtype=np.int32)
    encoded = [word.encode() for word in words]
    vocabulary = Vocabulary(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends([len(one) for one in encoded]))
    return BM25(bm25_of(tokens, ends([len(row) for row in rows]), len(words)), vocabulary, len(rows))


def test_bm25_scores_equal_those_worked_out_by_hand() -> None:
    # Lucene's BM25, k1 1.5, b 0.75: three rows of 2, 1 and 3 words (mean 2); 甲 stands in two of them.
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    expected = [idf * 1 / (1 + 1.5 * (0.25 + 0.75 * length / 2)) for length in (2, 1)]
    scored = bm25(["甲", "乙"], ["甲"], ["丙", "丙", "丁"])
    assert (scored.shares(["甲"]) * idf).tolist() == pytest.approx([*expected, 0.0])
    unseen = math.log(1 + (3 + 0.5) / 0.5)  # the idf of a word that no row has
    assert (scored.shares(["甲", "戊"]) * (idf + unseen)).tolist() == pytest.approx([*expected, 0.0])


def test_unknown_words_no_words_and_empty_rows_score_nothing() -> None:
    scored = bm25(["甲"], [])
    assert scored.shares(["乙"]).tolist() == [0, 0]
    assert scored.shares([]).tolist() == [0, 0]
    assert bm25([], []).shares(["甲"]).tolist() == [0, 0]
