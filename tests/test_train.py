import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from index import Segmenter
from index.encoder import StaticEncoder
from index.train.card import Training, write_card, write_training
from index.train.evaluate import held_back_laws, read_squad, success
from index.train.export import export
from index.train.gloss import Glosses, encode_glosses, read_glosses
from index.train.laws import articles_of, convert
from index.train.pairs import Article, PairSampler, read_laws
from index.train.recipe import Recipe
from tests.conftest import CharacterEncoder

ROOT = Path(__file__).parent.parent

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
    assert [text.tolist() for side in one for text in side] == [text.tolist() for side in two for text in side]


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
    from sentence_transformers import SentenceTransformer  # loaded here: it takes seconds, and few tests need it
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

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
    assert steps == [(2, 2)]
    encode({"车": "law cart", "法": "law"})  # a word glossed otherwise: one gloss is new
    assert steps == [(2, 2), (1, 1)]


@pytest.mark.parametrize(("glossed", "licence"), [(0, "cc-by-4.0"), (9, "cc-by-sa-4.0")])
def test_the_card_names_the_licence_that_the_data_ask_for(tmp_path: Path, glossed: int, licence: str) -> None:
    export(tmp_path, ["[UNK]", "认证"], np.array([[0, 0], [3, 4]], dtype=np.float32))
    recipe = {"without": ["whiten"], "dimensions": 2, "steps": 3, "batch": 4, "seed": 5}
    measured = {"slice": "首句 → 其余", "questions": 8, "share": 0.7, "low": 0.6, "high": 0.8}
    write_training(tmp_path, Training("python -m index.train", recipe, 2, 6, glossed, "english", 3, 1.0, [measured]))
    ablation = tmp_path / "ablation.json"
    gain = {"mean": 0.5, "gain": 0.125, "low": 0.1, "high": 0.15}
    rows = [
        {"trained": trained, "step": step, "figures": {"改述": gain}}
        for trained, step in (("as committed", ""), ("without", "characters"), ("with", "substitute"))
    ]
    ablation.write_text(json.dumps({"sets": {"改述": "ndcg@10"}, "rows": rows}), encoding="utf-8")
    write_card(tmp_path, ablation)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert f"license: {licence}\n" in card
    assert ("CC-CEDICT" in card) == (glossed > 0)
    assert "| 首句 → 其余 | 8 | 0.700 | 0.600–0.800 |" in card
    assert "| 本模型 | 0.500 | · |" in card
    assert "| 省去 `characters` | 0.500 | +0.125（+0.100–+0.150） |" in card
    assert "| 加上 `substitute` | 0.500 | +0.125（+0.100–+0.150） |" in card
    assert "- `characters`" in card
    assert "- `whiten`" not in card


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


def test_whitening_evens_out_what_meanings_differ_by() -> None:
    vectors = np.array([[3, 1], [-3, 1], [3, -1], [-3, -1]], dtype=np.float32)
    kept = Glosses(["甲", "乙", "丙", "丁"], vectors).reduced(2).vectors
    even = Glosses(["甲", "乙", "丙", "丁"], vectors).reduced(2, whiten=0.5).vectors
    assert abs(kept[0]).tolist() == pytest.approx([3 / 10**0.5, 1 / 10**0.5])
    assert abs(even[0]).tolist() == pytest.approx([0.5**0.5, 0.5**0.5])


def trained(laws_file: Path, segmenter: Segmenter, checkpoint: Path, without: str = "", steps: int = 20) -> np.ndarray:
    from index.train.model import train

    laws = read_laws(laws_file, segmenter)
    recipe = Recipe(frozenset(without.split()), dimensions=4, steps=steps, batch=4)
    meaning = Glosses(["食品"], np.array([[0.6, 0.8, 0, 0]], dtype=np.float32))
    sampler = PairSampler(laws, laws.articles, seed=0)
    model = train(laws, sampler, recipe, meaning, checkpoint, lambda step, loss: None)
    return model.table()[[laws.vocabulary.index("食品"), laws.vocabulary.index("安全")]]


def test_words_start_from_their_meanings_and_are_held_to_them(
    laws_file: Path, segmenter: Segmenter, tmp_path: Path
) -> None:
    for without in ("", "average", "contrast", "characters frequency"):
        row = trained(laws_file, segmenter, tmp_path / "c", without)[0]
        assert abs(float(row @ [0.6, 0.8, 0, 0] / np.linalg.norm(row))) > 0.9  # its weight may be learned below 0
    assert trained(laws_file, segmenter, tmp_path / "c", "contrast", steps=1)[0].tolist() == pytest.approx(
        trained(laws_file, segmenter, tmp_path / "c", "contrast", steps=99)[0].tolist()
    )


def test_a_training_that_was_cut_off_goes_on_to_the_same_weights(
    laws_file: Path, segmenter: Segmenter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.train.model import train

    monkeypatch.setattr("index.train.model.KEPT_EVERY", 5)
    checkpoint = tmp_path / "work" / "c"
    whole = trained(laws_file, segmenter, checkpoint)
    assert not checkpoint.exists()
    laws = read_laws(laws_file, segmenter)
    recipe = Recipe(dimensions=4, steps=20, batch=4)
    meaning = Glosses(["食品"], np.array([[0.6, 0.8, 0, 0]], dtype=np.float32))

    def cut(step: int, loss: float) -> None:
        if step == 13:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(laws, PairSampler(laws, laws.articles, seed=0), recipe, meaning, checkpoint, cut)
    assert checkpoint.exists()
    seen: list[int] = []
    model = train(
        laws,
        PairSampler(laws, laws.articles, seed=0),
        recipe,
        meaning,
        checkpoint,
        lambda step, loss: seen.append(step),
    )
    assert seen == [*range(11, 21)]
    assert (model.table()[laws.vocabulary.index("食品")] == whole[0]).all()


def test_a_step_changes_the_rows_it_took_alone() -> None:
    import torch

    from index.train.model import Table

    table = Table(torch.zeros(3, 2))
    (table.take(torch.tensor([1])) * torch.tensor([2.0, -3.0])).sum().backward()  # type: ignore[no-untyped-call]
    table.step(1, rate=0.5)  # Adam's first step is the rate, against the gradient's sign
    assert table.rows.tolist() == [[0, 0], pytest.approx([-0.5, 0.5]), [0, 0]]


LAW = """\
# 某某条例

2001年某月某日通过

<!-- INFO END -->

## 第一章　总 则

第一条 为了加强广告的管理，维护市容，制定本条例。

第二条之一 本条例适用于城市建成区。下列除外：

（一）车身；

## 第二章 附则

第三条 本条例自公布之日起施行。
"""


def test_articles_of_a_law_carry_their_heading_and_lose_their_number(tmp_path: Path) -> None:
    expected = [
        {"title": "某某条例", "heading": "总 则", "text": "为了加强广告的管理，维护市容，制定本条例。"},
        {"title": "某某条例", "heading": "总 则", "text": "本条例适用于城市建成区。下列除外：（一）车身；"},
    ]  # the third is shorter than 15 characters
    assert list(articles_of(LAW)) == expected
    (tmp_path / "a.md").write_text(LAW, encoding="utf-8")
    (tmp_path / "b.md").write_text(LAW, encoding="utf-8")
    (tmp_path / "c.md").write_text("# 说明\n", encoding="utf-8")
    out = tmp_path / "laws.jsonl"
    assert convert(tmp_path, out) == (2, [tmp_path / "c.md"])
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == expected


def test_an_article_alone_on_its_line_and_a_law_cut_at_items() -> None:
    law = "# 甲法\n<!-- INFO END -->\n第一条\n为了加强广告的管理，维护市容，制定本条例。\n"
    assert [one["text"] for one in articles_of(law)] == ["为了加强广告的管理，维护市容，制定本条例。"]
    cut = "# 决定\n<!-- INFO END -->\n一、将第二条 修改为应当加强广告的管理工作。\n"
    assert [one["text"] for one in articles_of(cut)] == ["将第二条 修改为应当加强广告的管理工作。"]


def test_held_back_articles_are_counted_alike_though_one_is_empty(laws_file: Path, segmenter: Segmenter) -> None:
    content = laws_file.read_text(encoding="utf-8")
    laws_file.write_text('{"title": "空", "heading": "", "text": "。"}\n' + content, encoding="utf-8")
    laws = read_laws(laws_file, segmenter)
    assert len(laws.articles) == 11  # one for each line of the file
    assert len(PairSampler(laws, laws.articles[:2], seed=0).batch(3)[0]) == 3


def test_articles_that_give_no_pair_are_an_error(laws_file: Path, segmenter: Segmenter) -> None:
    laws = read_laws(laws_file, segmenter)
    with pytest.raises(ValueError, match="找不出可学的文本对"):
        PairSampler(laws, [Article(np.array([], dtype=np.int32), [])], seed=0).batch(1)


def keys(laws_file: Path) -> list[str]:
    """Those of a run, and of another with an article less."""
    from index.train.model import _key

    laws = read_laws(laws_file, Segmenter())
    first = _key(laws, Recipe(frozenset("average contrast glosses whiten".split())), None)
    laws.articles.pop()
    return [first, _key(laws, Recipe(), None)]


def test_a_run_has_one_key_in_every_process_and_another_for_other_articles(laws_file: Path) -> None:
    mine = keys(laws_file)
    assert len({*mine}) == 2
    script = "import sys; from pathlib import Path; from tests.test_train import keys; print(*keys(Path(sys.argv[1])))"
    other = subprocess.run(
        [sys.executable, "-c", script, str(laws_file)],
        env={**os.environ, "PYTHONHASHSEED": "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.split() == mine


def test_success_is_the_share_of_nearest_texts_that_are_right() -> None:
    encoder = CharacterEncoder()
    found = success("甲", ["甲甲", "乙", "丙"], [0, 1, 0], ["甲", "乙", "丙"], [0, 1, 2], encoder)
    # Wilson at 2 of 3: (0.6667 + 0.6403 ± 0.7643) / 2.2805
    assert (found.share, found.low, found.high) == pytest.approx((2 / 3, 0.2077, 0.9385), abs=1e-3)
    slices = held_back_laws([("甲乙", "甲。乙"), ("丙丁", "丙。丁")], encoder)
    assert [(one.slice, one.questions, one.share) for one in slices] == [
        ("标题 → 条文", 2, 1.0),
        ("首句 → 其余", 2, 0.5),
    ]


def test_8_bit_rows_come_back_to_within_half_a_step(tmp_path: Path) -> None:
    table = np.array([[0, 0], [3, 4], [-1, 0.5]], dtype=np.float32)
    export(tmp_path, ["[UNK]", "认证", "监管"], table)
    vectors = StaticEncoder(tmp_path, Segmenter()).encode(["认证", "监管", "别的"])
    assert np.abs(vectors - [[0.6, 0.8], [-0.894427, 0.447214], [0, 0]]).max() < 0.5 / 127
    assert vectors[2].tolist() == [0, 0]


def test_questions_of_a_squad_file_point_at_their_passage(tmp_path: Path) -> None:
    paragraphs = [
        {"context": "甲", "qas": [{"question": "一"}]},
        {"context": "乙", "qas": [{"question": "二"}, {"question": "三"}]},
    ]
    (tmp_path / "q.json").write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}))
    assert read_squad(tmp_path / "q.json") == (["一", "二", "三"], [0, 1, 1], ["甲", "乙"])


def test_the_ablation_turns_each_step_over() -> None:
    assert Recipe().without == {"substitute"}
    assert Recipe().toggled("whiten").without == {"substitute", "whiten"}
    assert Recipe().toggled("substitute").without == frozenset()
    assert Recipe().toggled("glosses").without == {"glosses", "whiten", "substitute", "average"}  # they need glosses
