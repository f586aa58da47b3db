import math

import pytest

from index.lexical import BM25, Texts


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


def test_a_phrase_is_found_in_every_row_with_its_offsets() -> None:
    texts = Texts(["甲乙甲乙", "丙", "乙甲"])
    assert texts.find("甲乙") == {0: [(0, 2), (2, 4)]}
    assert texts.find("甲") == {0: [(0, 1), (2, 3)], 2: [(1, 2)]}
    assert texts.find("乙丙") == {}
    assert texts.find("") == {}


def test_a_phrase_never_crosses_two_rows() -> None:
    assert Texts(["甲", "乙"]).find("甲\0乙") == {}
    assert Texts(["甲", "乙"]).find_loosely("甲乙") == {}


def test_a_number_is_no_word_inside_a_longer_one() -> None:
    assert Texts(["中国2025", "第25条", "25"]).find_word("25") == {1: [(1, 3)], 2: [(0, 2)]}
    assert Texts(["监管"]).find_word("监") == {0: [(0, 1)]}


def test_punctuation_can_be_overlooked() -> None:
    texts = Texts(["推行“双随机、一公开”监管"])
    assert texts.find_loosely("双随机一公开") == {0: [(3, 10)]}
    assert texts.find_loosely("“”") == {}
    assert Texts(["2017年", "版本2.0"]).find_loosely("2.0") == {1: [(2, 5)]}
