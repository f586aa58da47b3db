from pathlib import Path

import numpy as np
import pytest

from corpus import spelling_key
from index import Index, Segmenter, fuse
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


def test_fusion_weighs_z_scores() -> None:
    words, meaning = np.array([2.0, 0.0], dtype=np.float32), np.array([0.1, 0.3], dtype=np.float32)
    fused = fuse(words, meaning, weight=0.8)  # z-scores 1, -1 and -1, 1: 0.8 - 0.2 = 0.6 and -0.6
    assert fused.tolist() == pytest.approx([0.6, -0.6])
    assert fuse(np.zeros(2, dtype=np.float32), np.zeros(2, dtype=np.float32), weight=0.8).tolist() == [0.0, 0.0]


def test_among_many_items_the_best_comes_first_though_all_scores_shown_are_1(
    tmp_path: Path, segmenter: Segmenter
) -> None:
    bodies = [f"甲乙丙丁戊，编列{number}。" for number in range(400)]
    bodies += ["推进垃圾分类工作安排。", "垃圾分类，垃圾分类，垃圾分类。"]
    index = Index.build(small_corpus(tmp_path, *bodies), segmenter, CharacterEncoder())
    hits = index.search("垃圾分类怎样推进")
    assert [(hit.item.number, hit.score) for hit in hits[:2]] == [(401, 1.0), (402, 1.0)]
    assert [hit.item.number for hit in index.search("垃圾分类，垃圾分类怎样")[:2]] == [402, 401]


def test_the_phrase_finds_exactly_what_a_substring_search_does(first: Index) -> None:
    for phrase in ("品牌", "一带一路", "全面质量管理", "监管", "电商"):
        expected = [item.id for item in first.items if phrase in spelling_key(item.text)]
        assert sorted((hit.item.id for hit in first.search(phrase) if hit.phrase), key=int) == expected
