"""A user's own cross-encoder, in small: made here, of random weights that are always the same."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from corpus import PACKAGED, load_corpus
from eval.calibrate import RERANK_WEIGHTS, best_rerank_weight
from eval.cases import Case
from index import Encoder, EncoderError, Index, Reranker, Segmenter
from index.reranker import MOST, in_order
from service import Assistant

pytestmark = pytest.mark.skipif(
    find_spec("sentence_transformers") is None, reason="it takes seconds to load, and is optional"
)
DECIDED, UNDECIDED = "一带一路", "东西坏了找谁说理"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer over single characters, with one score."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder = tmp_path_factory.mktemp("reranker")
    text = "".join(item.text for document in load_corpus(PACKAGED).documents for item in document.items)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(text) - set(" \n"))]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(20)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        initializer_range=1.0,
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def reranker(folder: Path) -> Reranker:
    return Reranker(str(folder))


@pytest.fixture(scope="module")
def index(segmenter: Segmenter, encoder: Encoder) -> Index:
    return Index.build(load_corpus(PACKAGED), segmenter, encoder)


def test_scores_are_the_librarys_own_and_the_same_every_time(reranker: Reranker, folder: Path) -> None:
    from sentence_transformers import CrossEncoder

    texts = ["养老服务认证", "人才培养"]
    scores = reranker.scores("養老", texts)
    own = CrossEncoder(str(folder), device="cpu").predict([("养老", one) for one in texts])
    assert np.allclose(scores, own, atol=1e-5)
    assert (scores == Reranker(str(folder)).scores("养老", texts)).all()
    assert ((scores > 0) & (scores < 1)).all()
    assert scores[0] != scores[1]


def test_the_nearest_are_put_in_its_order_and_no_others(index: Index, reranker: Reranker) -> None:
    before, after = index.search(UNDECIDED), index.reranked_by(reranker).search(UNDECIDED)
    first = [hit.item for hit in before][:MOST]
    scores = dict(zip(first, reranker.scores(UNDECIDED, [item.text for item in first]), strict=True))
    wanted = sorted(first, key=lambda item: -scores[item])
    assert wanted != first
    assert [hit.item for hit in after][:MOST] == wanted
    assert [hit.item for hit in after][MOST:] == [hit.item for hit in before][MOST:]


def test_what_words_decide_is_left_alone(index: Index, reranker: Reranker) -> None:
    before, after = index.search(DECIDED), index.reranked_by(reranker).search(DECIDED)
    assert [(hit.item, hit.score) for hit in before] == [(hit.item, hit.score) for hit in after]
    assert [match.item.id for match in Assistant(index.reranked_by(reranker)).ask("哪些任务涉及一带一路").items] == [
        "31",
        "32",
    ]


def test_a_weight_of_nothing_changes_no_order() -> None:
    scores, answers = np.array([0.5, 0.4, 0.1]), np.array([0.1, 0.9, 0.2])
    assert in_order(scores, answers, 0.0).tolist() == [0.5, 0.4, 0.1]
    assert in_order(scores, answers, 1.0).tolist() == [0.1, 0.5, 0.4]


def test_the_weight_is_chosen_on_the_questions(index: Index, reranker: Reranker) -> None:
    last = index.reranked_by(reranker).search(UNDECIDED)[0].item.id
    case = Case("one", UNDECIDED, (f"cnca-2017#{last}",), kind="paraphrase", split="dev")
    assert best_rerank_weight(index, [case]) is None
    assert best_rerank_weight(index.reranked_by(reranker), [case]) in RERANK_WEIGHTS[1:]


def test_what_is_no_reranker_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="CrossEncoder 的文件夹"):
        Reranker(str(tmp_path))
