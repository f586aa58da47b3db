from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import index.dense
from index import Encoder, Index, Segmenter, Vectors
from tests.conftest import CharacterEncoder, small_corpus

TEXTS = ["甲乙丙丁的事", "甲甲甲甲，丙丙丙丙，乙的事啊", "丁丁丁丁，丙", "戊己庚辛"]


def vector(text: str) -> Vectors:
    return np.asarray(CharacterEncoder().encode([text])[0])


def test_similarity_is_the_mean_of_the_whole_texts_cosine_and_the_best(tmp_path: Path, segmenter: Segmenter) -> None:
    dense = Index.build(small_corpus(tmp_path, *TEXTS), segmenter, CharacterEncoder()).dense
    whole = 4 / (4**2 + 4**2 + 1) ** 0.5  # 甲 in the second text, of which one clause is 甲 alone
    assert np.allclose(dense.similarities(vector("甲")), [0.5, (whole + 1) / 2, 0, 0])


def test_a_broken_vector_matches_nothing(tmp_path: Path, segmenter: Segmenter) -> None:
    dense = Index.build(small_corpus(tmp_path, *TEXTS), segmenter, CharacterEncoder()).dense
    assert dense.similarities(np.array([np.nan, 0, 0, 1], dtype=np.float32)).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("sum_of_words", [True, False])
def test_of_many_items_those_compared_exactly_are_as_near_as_where_all_are(
    sum_of_words: bool, tmp_path: Path, segmenter: Segmenter, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = [f"{one}{other}，推进{other}，落实{one}的第{at}项措施" for at, (one, other) in enumerate(PAIRS)]
    corpus = small_corpus(tmp_path, *bodies)
    own: Encoder = encoder if sum_of_words else _Hidden(encoder)
    few = Index.build(corpus, segmenter, own)
    monkeypatch.setattr(index.dense, "FEW", 0)
    monkeypatch.setattr(index.dense, "LEARNT", 0)
    many = Index.build(corpus, segmenter, own)
    assert (few.dense.is_exact, many.dense.is_exact) == (True, False)
    for question in ("食品安全", "老百姓看病", "养老服务"):
        asked = encoder.encode([question])[0]
        assert np.allclose(few.dense.similarities(asked), many.dense.similarities(asked), atol=2e-3)
        best = np.argsort(-few.dense.similarities(asked))[:10]
        assert np.argsort(-many.dense.likeness(asked))[: len(PAIRS) // 2].tolist().count(best[0]) == 1
        assert [hit.item.id for hit in many.search(question)[:5]] == [hit.item.id for hit in few.search(question)[:5]]


WORDS = "食品 安全 养老 服务 医疗 教育 环境 交通 质量 认证 监管 品牌 人才 标准 电商 出口 农业 水利 消防 文化".split()
PAIRS = [(one, other) for one in WORDS for other in WORDS if one != other]


class _Hidden:
    """An encoder of which nothing is known but its vectors."""

    identity = "hidden"

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode(texts)


def test_many_items_of_which_few_have_clauses_are_indexed(tmp_path: Path, segmenter: Segmenter) -> None:
    """Too few to learn codes from: they are compared exactly."""
    bodies = [f"甲丁第{at}件" for at in range(1100)]
    bodies[7] = "甲甲甲甲，丙丙丙丙，乙的事啊"
    dense = Index.build(small_corpus(tmp_path, *bodies), segmenter, CharacterEncoder()).dense
    assert not dense.is_exact
    assert int(np.argmax(dense.similarities(vector("丙")))) == 7
