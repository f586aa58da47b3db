"""Phrases found literally, from the places of pairs of letters."""

import random
import re

import numpy as np

from corpus import begins_with_amount, spelling_key
from index import Index
from index.texts import Texts


def test_a_phrase_is_found_in_every_row_with_its_offsets() -> None:
    texts = Texts.of(["甲乙甲乙", "丙", "乙甲"])
    assert texts.find("甲乙") == {0: [(0, 2), (2, 4)]}
    assert texts.find("甲") == {0: [(0, 1), (2, 3)], 2: [(1, 2)]}
    assert texts.find("乙丙") == {}
    assert texts.find("") == {}


def test_a_phrase_never_crosses_two_rows() -> None:
    assert Texts.of(["甲", "乙"]).find("甲\0乙") == {}
    assert Texts.of(["甲", "乙"]).find_loosely("甲乙") == {}


def test_a_number_is_no_word_inside_a_longer_one() -> None:
    assert Texts.of(["中国2025", "第25条", "25"]).find_word("25") == {1: [(1, 3)], 2: [(0, 2)]}
    assert Texts.of(["监管"]).find_word("监") == {0: [(0, 1)]}


def test_an_amount_is_none_inside_a_longer_one() -> None:
    texts = Texts.of(["十五个工作日", "第五个工作日、五个工作日", "2015年", "5、15年"])
    assert texts.find("五个工作日") == {1: [(1, 6), (7, 12)]}
    assert texts.find("15年") == {3: [(2, 5)]}
    assert (texts.stands("个工作日"), texts.stands("5年")) == (True, False)
    assert texts.find_loosely("5年") == {}
    assert Texts.of(["（3）人员密集", "3人"]).find_loosely("3人") == {1: [(0, 2)]}


def test_punctuation_can_be_overlooked() -> None:
    texts = Texts.of(["推行“双随机、一公开”监管"])
    assert texts.find_loosely("双随机一公开") == {0: [(3, 10)]}
    assert texts.find_loosely("“”") == {}
    assert Texts.of(["2017年", "版本2.0"]).find_loosely("2.0") == {1: [(2, 5)]}


ODD = ["2.0版", "、、，、、", "x2.0y 2.0 a.b", "甲甲甲甲、甲甲", "、甲、甲、", "", "𠀀甲𠀀", "a", "哈哈哈"]


def occurrences(text: str, phrase: str) -> list[tuple[int, int]]:
    """Of an amount those before which no number goes on."""
    begins = "(?<![0-9〇零一二三四五六七八九十百千])" if begins_with_amount(phrase) else ""
    return [match.span() for match in re.finditer(begins + re.escape(phrase), text)]


def test_every_stretch_of_every_text_is_found_as_looking_through_all_of_them_finds_it(first: Index) -> None:
    rows = [*(spelling_key(item.text) for item in first.items), *ODD]
    texts, draw = Texts.of(rows), random.Random(0)
    for _ in range(3000):
        text = draw.choice(rows if draw.random() < 0.7 else ODD) or "甲"
        begin = draw.randrange(len(text))
        phrase = text[begin : begin + draw.randint(1, 8)]
        expected = {row: spans for row, other in enumerate(rows) if (spans := occurrences(other, phrase))}
        assert texts.find(phrase) == expected, phrase
        assert texts.stands(phrase) or not expected


def test_of_each_spelling_the_first_places_are_enough() -> None:
    texts = Texts.of(["甲乙甲乙", "丙甲乙", "甲丙"])
    places = texts.places_of_pairs(*(np.array([ord(one) for one in some], dtype=np.uint16) for some in ("甲", "乙丙")))
    assert list(texts.occurrences(places, 2, most=2)) == [("甲乙", 0, 0, 2), ("甲乙", 0, 2, 4), ("甲丙", 2, 0, 2)]
