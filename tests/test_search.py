from pathlib import Path

import numpy as np
import pytest

from corpus import spelling_key
from index import Calibration, Encoder, Index, Segmenter, fuse
from index.prepared import parts_of
from tests.conftest import CharacterEncoder, small_corpus


@pytest.fixture
def small(tmp_path: Path, segmenter: Segmenter) -> Index:
    corpus = small_corpus(tmp_path, "甲甲。推行“雙隨機、一公開”。", "乙。养老服务和养老金融。", "丙。食品安全与养老。")
    return Index.build(corpus, segmenter, CharacterEncoder())


def test_an_item_where_the_whole_query_stands_comes_first_with_its_highlights(small: Index) -> None:
    hits = small.search("養老服務")
    assert (hits[0].item.id, hits[0].phrase, hits[0].coverage, hits[0].highlights) == ("2", True, 1.0, ((2, 6),))
    assert [hit.phrase for hit in hits[1:]] == [False, False]


def test_a_literal_hit_comes_before_a_better_score(tmp_path: Path, segmenter: Segmenter) -> None:
    corpus = small_corpus(tmp_path, "监管，" + "丙丁戊己庚辛壬癸" * 20 + "甲食品", "甲甲甲食。甲品。甲甲", "乙")
    first, second, _ = Index.build(corpus, segmenter, CharacterEncoder()).search("甲食品")
    assert (first.item.id, first.phrase, second.phrase) == ("1", True, False)
    assert second.score > first.score


def test_without_the_phrase_each_content_word_counts(small: Index) -> None:
    hits = {hit.item.id: hit for hit in small.search("食品的养老")}
    assert (hits["3"].phrase, hits["3"].coverage) == (False, 1.0)
    assert (hits["2"].phrase, hits["2"].coverage) == (False, 0.5)
    assert hits["3"].highlights == ((2, 4), (7, 9))
    assert hits["2"].highlights == ((2, 4), (7, 9))


def test_punctuation_between_the_characters_of_a_phrase_is_overlooked(small: Index) -> None:
    hit = small.search("双随机一公开")[0]
    assert (hit.item.id, hit.phrase) == ("1", True)
    assert hit.item.text[slice(*hit.highlights[0])] == "雙隨機、一公開"


def test_meaning_finds_what_no_word_does(small: Index) -> None:
    assert small.search("甲")[0].meaning == pytest.approx(1)
    assert small.search("丙丁")[0].item.id == "3"
    assert small.search("丙丁")[0].meaning == pytest.approx(0.5**0.5)


def test_documents_limit_what_is_given_back(small: Index) -> None:
    assert small.search("养老", documents=["absent"]) == []
    assert len(small.search("养老", documents=["a"])) == 3


def test_a_phrase_in_another_document_does_not_stand_for_those_asked(tmp_path: Path, segmenter: Segmenter) -> None:
    (tmp_path / "b.txt").write_text("通知\n1、养老金融。\n", encoding="utf-8")
    index = Index.build(small_corpus(tmp_path, "金融与养老。"), segmenter, CharacterEncoder())
    (hit,) = index.search("养老金融", documents=["a"])
    assert (hit.item.document, hit.phrase, hit.coverage) == ("a", False, 1.0)


def test_fusion_weighs_shares_of_words_and_cosines() -> None:
    words, meaning = np.array([0.5, 0.0], dtype=np.float32), np.array([0.1, 0.3], dtype=np.float32)
    assert fuse(words, meaning, weight=0.8).tolist() == pytest.approx([0.42, 0.06])


def test_a_stray_common_word_says_less_than_meaning(tmp_path: Path, segmenter: Segmenter) -> None:
    corpus = small_corpus(tmp_path, "甲乙丙丁。", "推进工作安排。", "别的安排")
    index = Index.build(corpus, segmenter, CharacterEncoder())
    best = index.search("甲乙丙丁怎么推进")[0]
    assert best.item.id == "1"
    assert best.words < 0.7


def test_an_item_is_near_by_one_of_its_clauses(tmp_path: Path, segmenter: Segmenter) -> None:
    corpus = small_corpus(tmp_path, "丙丙丙丙，子甲乙丑，寅卯", "甲乙丙丙丙丙")
    assert parts_of(corpus.documents[0].items[0]) == [
        "丙丙丙丙，子甲乙丑，寅卯",
        "丙丙丙丙",
        "子甲乙丑",
    ]  # 寅卯 is too short
    assert parts_of(corpus.documents[0].items[1]) == ["甲乙丙丙丙丙"]
    near, far = Index.build(corpus, segmenter, CharacterEncoder()).search("乙甲")
    whole = 2 / (18**0.5 * 2**0.5)  # 甲乙 with 甲乙丙丙丙丙
    assert (near.item.id, far.item.id) == ("1", "2")
    assert near.meaning == pytest.approx((whole + 1) / 2)
    assert far.meaning == pytest.approx(whole)


def test_the_calibration_decides_what_is_near(small: Index) -> None:
    near = small.calibrated(Calibration(meaning=0.7)).search("丙丁")[0]
    assert near.meaning == pytest.approx(0.5**0.5)
    assert near.near
    assert not small.calibrated(Calibration(meaning=0.71)).search("丙丁")[0].near


def test_the_phrase_finds_exactly_what_a_substring_search_does(first: Index) -> None:
    for phrase in ("品牌", "一带一路", "全面质量管理", "监管", "电商"):
        expected = [item.id for item in first.items if phrase in spelling_key(item.text)]
        assert sorted((hit.item.id for hit in first.search(phrase) if hit.phrase), key=int) == expected


def test_meaning_finds_beside_more_literal_hits_than_the_pool_holds(tmp_path: Path, segmenter: Segmenter) -> None:
    corpus = small_corpus(tmp_path, *["推进食品"] * 120, "甲")
    hits = Index.build(corpus, segmenter, CharacterEncoder()).search("甲食品")
    assert len(hits) == 121
    assert [hit.item.id for hit in hits if hit.near] == ["121"]


def test_items_of_one_text_keep_reading_order(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    index = Index.build(small_corpus(tmp_path, *["婴儿车须经认证。"] * 37), segmenter, encoder)
    for query in ("婴儿车怎么管", "老百姓", "工程质量", "年检"):
        assert [hit.item.id for hit in index.search(query)] == [str(number) for number in range(1, 38)]


def test_the_thesaurus_lets_everyday_words_find_what_documents_call_otherwise(
    tmp_path: Path, segmenter: Segmenter
) -> None:
    (tmp_path / "thesaurus.txt").write_text("蓝蓝的 = 甲\n", encoding="utf-8")
    index = Index.build(small_corpus(tmp_path, "丙丙丙丙事。", "甲甲甲甲事。"), segmenter, CharacterEncoder())
    assert index.formal_words("藍藍的那個") == ["甲"]
    assert index.formal_words("蓝蓝的甲") == []  # it says so already
    best, other = index.search("蓝蓝的那个")
    assert (best.item.id, best.related, other.related) == ("2", True, False)
    assert best.score > other.score == 0
    # it is no evidence: neither what was typed nor what it means is near
    assert (best.near, best.meaning, best.words, best.highlights) == (False, 0, 0, ())
