import json
from pathlib import Path

import numpy as np
import pytest

from index import Segmenter
from index.encoder import StaticEncoder
from index.train.evaluate import chosen_weight, read_squad
from index.train.export import export
from index.train.pairs import PairSampler, read_laws

ARTICLES = [
    {"title": "食品法", "heading": "总则", "text": "生产食品应当安全。销售食品应当新鲜；不得掺假。"},
    {"title": "道路法", "heading": "", "text": "机动车应当年检。"},
] * 5


@pytest.fixture
def laws_file(tmp_path: Path) -> Path:
    path = tmp_path / "laws.jsonl"
    path.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in ARTICLES), encoding="utf-8")
    return path


def test_a_sentence_is_paired_with_the_rest_of_its_article(laws_file: Path, segmenter: Segmenter) -> None:
    laws = read_laws(laws_file, segmenter)
    sampler = PairSampler(laws, laws.articles, seed=0)
    sentence, rest = sampler.sentence_and_rest(laws.articles[0])
    words = [laws.vocabulary[row] for row in np.concatenate([sentence, rest])]
    assert sorted(words) == sorted(segmenter.search_words(ARTICLES[0]["text"]))


def test_pairs_are_the_same_for_a_seed(laws_file: Path, segmenter: Segmenter) -> None:
    laws = read_laws(laws_file, segmenter)
    one, two = (PairSampler(laws, laws.articles, seed=3).batch(8) for _ in range(2))
    assert all((a == c).all() and (b == d).all() for (a, b), (c, d) in zip(one, two, strict=True))


def test_8_bit_rows_come_back_to_within_half_a_step(tmp_path: Path) -> None:
    table = np.array([[0, 0], [3, 4], [-1, 0.5]], dtype=np.float32)
    export(tmp_path, ["[UNK]", "认证", "监管"], table)
    vectors = StaticEncoder(tmp_path, Segmenter()).encode(["认证", "监管", "别的"])
    assert np.abs(vectors - [[0.6, 0.8], [-0.894427, 0.447214], [0, 0]]).max() < 0.5 / 127
    assert vectors[2].tolist() == [0, 0]


def test_the_lowest_weight_of_words_that_costs_little_is_chosen() -> None:
    assert chosen_weight({1.0: 0.960, 0.9: 0.959, 0.8: 0.956, 0.7: 0.950, 0.6: 0.958}) == 0.8


def test_questions_of_a_squad_file_point_at_their_passage(tmp_path: Path) -> None:
    paragraphs = [
        {"context": "甲", "qas": [{"question": "一"}]},
        {"context": "乙", "qas": [{"question": "二"}, {"question": "三"}]},
    ]
    (tmp_path / "q.json").write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}))
    assert read_squad(tmp_path / "q.json") == (["一", "二", "三"], [0, 1, 1], ["甲", "乙"])
