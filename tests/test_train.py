import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from index import Segmenter
from index.encoder import StaticEncoder
from index.train.card import Figures, write_card
from index.train.evaluate import chosen_weight, read_squad
from index.train.export import export
from index.train.gloss import Glosses, encode_glosses, read_glosses
from index.train.model import train
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


CEDICT = """\
# CC-CEDICT
嬰兒車 婴儿车 [ying1 er2 che1] /baby carriage/pram/stroller/CL:輛|辆[liang4]/
童車 童车 [tong2 che1] /baby carriage/pram/see also 嬰兒車|婴儿车[ying1 er2 che1]/
衞 衞 [wei4] /variant of 衛|卫[wei4]/
這是一個太長的詞條 这是一个太长的词条 [zhe4] /too long/
"""


def test_glosses_are_read_without_measure_words_and_references(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text(CEDICT, encoding="utf-8")
    with gzip.open(tmp_path / "c.gz", "wt", encoding="utf-8") as file:
        file.write(CEDICT)
    expected = {"婴儿车": "baby carriage; pram; stroller", "童车": "baby carriage; pram"}
    assert read_glosses(tmp_path / "c.txt") == read_glosses(tmp_path / "c.gz") == expected


def test_gloss_vectors_are_kept_for_the_next_training(tmp_path: Path) -> None:
    words = Tokenizer(WordLevel({"[UNK]": 0, "cart": 1, "law": 2}, unk_token="[UNK]"))
    static = StaticEmbedding(words, embedding_weights=np.array([[0, 0], [3, 4], [5, 0]], dtype=np.float32))
    SentenceTransformer(modules=[static], device="cpu").save(str(tmp_path / "english"))
    steps: list[tuple[int, int]] = []

    def encode(glosses: dict[str, str]) -> list[list[float]]:
        cache = tmp_path / "work" / "glosses.npz"
        found = encode_glosses(
            glosses, str(tmp_path / "english"), cache, lambda done, total: steps.append((done, total))
        )
        assert found.words == sorted(glosses)
        return found.vectors.round(2).tolist()  # type: ignore[no-any-return]

    expected = pytest.approx(np.array([[1, 0], [0.6, 0.8]]), abs=0.01)
    assert encode({"车": "cart", "法": "law"}) == expected  # 法 sorts before 车
    assert encode({"车": "cart", "法": "law"}) == expected
    assert steps == [(2, 2)]
    encode({"车": "cart"})
    assert steps == [(2, 2), (1, 1)]
    encode({"车": "law"})  # the same word, glossed otherwise
    assert steps == [(2, 2), (1, 1), (1, 1)]


@pytest.mark.parametrize(("glossed", "licence"), [(0, "cc-by-4.0"), (9, "cc-by-sa-4.0")])
def test_the_card_names_the_licence_that_the_data_ask_for(tmp_path: Path, glossed: int, licence: str) -> None:
    success = {1.0: 0.9, 0.8: 0.8, 0.0: 0.7}
    write_card(
        tmp_path,
        Figures(
            "python -m index.train", 5, 6, glossed, "english", 3, 2, 1, 4, 0, 1.0, 7, success, "q.json", 8, success
        ),
    )
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert f"license: {licence}\n" in card
    assert ("CC-CEDICT" in card) == (glossed > 0)
    assert "| q.json：问题 → 段落 | 8 | 0.900 | 0.700 | 0.800 |" in card


def test_words_glossed_alike_may_stand_for_each_other() -> None:
    vectors = np.array([[1, 0, 0], [0.8, 0.6, 0], [0.7, 0.714, 0], [0, 0, 1]], dtype=np.float32)
    glosses = Glosses(["甲", "乙", "丙", "丁"], vectors)
    rows = {"甲": 5, "乙": 6, "丙": 7, "丁": 8}
    # 甲·乙 = 0.8 and 乙·丙 = 0.988 are alike, 甲·丙 = 0.7 is not
    found = glosses.neighbours(rows, [5, 6, 8])
    assert {row: list(others) for row, others in found.items()} == {5: [6], 6: [7, 5]}


def test_fewer_dimensions_keep_what_differs_most() -> None:
    vectors = np.array([[3, 0.1, 0], [-3, 0.1, 0], [3, -0.1, 0], [-3, -0.1, 0]], dtype=np.float32)
    reduced = Glosses(["甲", "乙", "丙", "丁"], vectors).reduced(1).vectors
    assert abs(reduced).ravel().tolist() == [1, 1, 1, 1]
    assert reduced[0, 0] == reduced[2, 0] == -reduced[1, 0]


def test_asked_words_are_replaced_by_those_that_may_stand_for_them(laws_file: Path, segmenter: Segmenter) -> None:
    laws = read_laws(laws_file, segmenter, ["新鲜", "婴儿车", "罕见词条"])
    assert "婴儿车" in laws.vocabulary
    assert "罕见词条" not in laws.vocabulary  # jieba does not know it
    stroller = laws.vocabulary.index("婴儿车")
    neighbours = {row: np.array([stroller]) for row in range(len(laws.vocabulary)) if row != stroller}
    sampler = PairSampler(laws, laws.articles, 0, neighbours)
    asked = np.concatenate([sampler.question_and_article(laws.articles[0])[0] for _ in range(100)])
    assert stroller in asked
    assert stroller not in np.concatenate(
        [PairSampler(laws, laws.articles, 0).question_and_article(laws.articles[0])[0] for _ in range(100)]
    )


def test_words_start_from_their_meanings_and_are_held_to_them(laws_file: Path, segmenter: Segmenter) -> None:
    laws = read_laws(laws_file, segmenter)
    meaning = np.array([[0.6, 0.8, 0, 0]], dtype=np.float32)
    model = train(
        laws,
        PairSampler(laws, laws.articles, seed=0),
        dimensions=4,
        steps=20,
        batch=4,
        meanings=Glosses(["食品"], meaning),
        on_step=lambda step, loss: None,
    )
    row = model.vectors.detach().numpy()[laws.vocabulary.index("食品")]
    assert float(row @ meaning[0] / np.linalg.norm(row)) > 0.9


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
