import math

import pytest

from index.lexical import BM25


def test_bm25_scores_equal_those_worked_out_by_hand() -> None:
    # Lucene's BM25, k1 1.5, b 0.75: three rows of 2, 1 and 3 words (mean 2); 甲 stands in two of them.
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    expected = [idf * 1 / (1 + 1.5 * (0.25 + 0.75 * length / 2)) for length in (2, 1)]
    bm25 = BM25.build([["甲", "乙"], ["甲"], ["丙", "丙", "丁"]])
    assert (bm25.shares(["甲"]) * idf).tolist() == pytest.approx([*expected, 0.0])
    unseen = math.log(1 + (3 + 0.5) / 0.5)  # the idf of a word that no row has
    assert (bm25.shares(["甲", "戊"]) * (idf + unseen)).tolist() == pytest.approx([*expected, 0.0])


def test_unknown_words_no_words_and_empty_rows_score_nothing() -> None:
    bm25 = BM25.build([["甲"], []])
    assert bm25.shares(["乙"]).tolist() == [0, 0]
    assert bm25.shares([]).tolist() == [0, 0]
    assert BM25.build([[], []]).shares(["甲"]).tolist() == [0, 0]
