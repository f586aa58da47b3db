"""The encoder beside the bundled one, and what it decides: made vectors by hand, the real model on the real document."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from corpus import PACKAGED, load_corpus
from index import BUNDLED, Index, Segmenter, load_encoder
from index.contextual import LONGEST, SCALE, TOKENIZER, ContextEncoder, Encoded
from index.encoder import CONTEXT
from index.in_context import (
    BY_PIECES,
    COUNTS,
    FEW,
    MODEL,
    NEAREST,
    PIECE_COUNTS,
    PIECES,
    SHORT,
    VECTORS,
    InContext,
    context_arrays,
)
from index.letters import Array, Arrays
from index.prepared import Contextual, Prepared, prepare
from index.ranking import ahead


@pytest.fixture(scope="module")
def encoder() -> ContextEncoder:
    return ContextEncoder(BUNDLED / CONTEXT)


@pytest.fixture(scope="module")
def index() -> Index:
    corpus = load_corpus(PACKAGED)
    segmenter = Segmenter(corpus.words)
    return Index.build(corpus, segmenter, load_encoder(None, segmenter))


def test_a_text_has_its_own_vector_and_one_of_each_clause(encoder: ContextEncoder) -> None:
    encoded = encoder.encode_items(["推进养老服务的认证，完善各项标准和制度；好。", "加强国际合作"])
    # the whole, two clauses and not the last, which is too short; the whole and its only clause
    assert encoded.counts.tolist() == [3, 2]
    assert encoded.vectors.shape == (5, 384)
    assert np.allclose(np.linalg.norm(encoded.vectors, axis=1), 1, atol=1e-5)


def test_each_piece_has_a_vector_of_eight_bits(encoder: ContextEncoder) -> None:
    texts = ["推进养老服务的认证，完善各项标准和制度；好。", "加强国际合作"]
    encoded = encoder.encode_items(texts)
    tokenizer = Tokenizer.from_file(str(BUNDLED / CONTEXT / TOKENIZER))
    assert encoded.piece_counts.tolist() == [
        len(tokenizer.encode(text, add_special_tokens=False).ids) for text in texts
    ]
    assert encoded.pieces.dtype == np.int8
    assert encoded.pieces.shape == (encoded.piece_counts.sum(), 128)
    assert np.allclose(np.linalg.norm(encoded.pieces / SCALE, axis=1), 1, atol=0.03)
    _, asked = encoder.encode_question(texts[1])
    same = encoded.pieces[encoded.piece_counts[0] :] / SCALE
    assert np.allclose((asked * same).sum(axis=1), 1, atol=0.03)


def test_both_scripts_give_the_same_vectors(encoder: ContextEncoder) -> None:
    traditional, simplified = (encoder.encode_items([text]) for text in ("養老服務認證", "养老服务认证"))
    assert np.array_equal(traditional.vectors, simplified.vectors)
    assert np.array_equal(traditional.pieces, simplified.pieces)


def test_a_text_has_the_same_vectors_in_whatever_company(encoder: ContextEncoder) -> None:
    alone = encoder.encode_items(["推进养老服务认证"]).vectors
    beside = encoder.encode_items(
        ["推进养老服务认证", "建立健全检验检测机构资质认定的各项制度，并加以落实" * 3]
    ).vectors
    assert np.allclose(alone, beside[: len(alone)], atol=1e-4)


def test_a_long_text_is_read_to_its_end(encoder: ContextEncoder) -> None:
    filler = "健全工作制度，" * LONGEST
    encoded = encoder.encode_items([f"{filler}停止受理养老机构的认证申请。"])
    first, last = encoded.vectors[1], encoded.vectors[encoded.counts[0] - 1]
    question, pieces = encoder.encode_question("停止受理养老机构的认证申请")
    nearest = (encoded.pieces.astype(np.float32) @ pieces.T).argmax(axis=0)
    assert (nearest >= len(encoded.pieces) - len(pieces) - 1).all()
    assert last @ question > first @ question + 0.3


@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        ("老人院归谁管", "推进养老服务认证", "加强出口食品监管"),
        ("小孩子上瘾怎么办", "防止未成年人沉迷网络", "公布行政处罚的信息"),
        ("以后不用批了", "停止受理、不再审批的许可事项", "举办国际研讨会"),
    ],
)
def test_everyday_words_come_near_what_documents_say(encoder: ContextEncoder, asked: str, near: str, far: str) -> None:
    question, _ = encoder.encode_question(asked)
    vectors = [encoder.encode_items([text]).vectors[0] for text in (near, far)]
    assert question @ vectors[0] > question @ vectors[1] + 0.1


class Asked(ContextEncoder):
    """A question's vectors are given."""

    def __init__(self, vector: Sequence[float], pieces: Sequence[Sequence[float]]) -> None:
        super().__init__(BUNDLED / CONTEXT)
        made = np.array(vector, dtype=np.float32), np.array(pieces, dtype=np.float32).reshape(len(pieces), 2)
        self._of_question = lambda folded: made  # type: ignore[assignment]


def of_items(
    vectors: Sequence[Sequence[float]], counts: list[int], pieces: Sequence[Sequence[float]], own: list[int]
) -> Arrays:
    return {
        VECTORS: np.array(vectors, dtype=np.float32),
        COUNTS: np.array(counts, dtype=np.int32),
        PIECES: np.rint(np.array(pieces) * SCALE / 2).astype(np.int8),  # half as long: they are within its bounds
        PIECE_COUNTS: np.array(own, dtype=np.int32),
    }


def test_an_item_is_as_near_as_its_whole_its_best_clause_and_its_pieces() -> None:
    vectors = [[1.0, 0.0], [0.0, 1.0], [0.6, 0.8], [0.0, 1.0]]
    arrays = of_items(vectors, [3, 1], [[1, 0], [0, 1], [1, 0]], [1, 2])
    # of the first item the whole is at 0 and the best clause at 1; the second has its whole alone
    asked = Asked([0, 1], [])
    assert np.allclose(InContext(arrays, asked).similarities(np.array([0, 1]), ""), [0.5, 1.0], atol=1e-3)
    assert np.allclose(InContext(arrays, asked).similarities(np.array([1]), ""), [1.0], atol=1e-3)
    # the question's two pieces: the first item's only one is like one of them, the second has both; halves, as they are written
    asked = Asked([0, 1], [[1, 0], [0, 1]])
    by_pieces = np.array([0.25, 0.5])
    expected = (1 - BY_PIECES) * np.array([0.5, 1.0]) + BY_PIECES * by_pieces
    assert np.allclose(InContext(arrays, asked).similarities(np.array([0, 1]), ""), expected, atol=1e-2)


def test_only_the_nearest_are_compared_piece_by_piece() -> None:
    """The first is far by its vector; its piece, which is just the question's, is not looked at."""
    near = NEAREST + 1
    vectors = [[1.0, 0.0]] + [[0.0, 1.0]] * near
    arrays = of_items(vectors, [1] * (near + 1), [[0.0, 1.0]] + [[0.5, 0.5]] * near, [1] * (near + 1))
    found = InContext(arrays, Asked([0, 1], [[0, 1]])).similarities(np.arange(near + 1), "")
    assert found[0] == pytest.approx(BY_PIECES * 0.25, abs=0.01)
    assert np.allclose(found[1:], (1 - BY_PIECES) + BY_PIECES * 0.25, atol=0.01)


def test_of_those_that_are_equally_near_the_first_are_compared() -> None:
    many = NEAREST + 20
    arrays = of_items([[0.0, 1.0]] * many, [1] * many, [[0.0, 1.0]] * many, [1] * many)
    found = InContext(arrays, Asked([0, 1], [[0, 1]])).similarities(np.arange(many), "")
    assert np.allclose(found, (1 - BY_PIECES) + BY_PIECES * 0.5, atol=0.01)


def test_more_than_a_few_items_have_no_such_vectors(encoder: ContextEncoder) -> None:
    assert context_arrays([], ["条"] * (FEW + 1), encoder) == {}


def test_items_longer_than_a_book_have_no_such_vectors(encoder: ContextEncoder) -> None:
    assert context_arrays([], ["条" * (SHORT // 2), "款" * (SHORT // 2), "项"], encoder) == {}


def test_vectors_of_an_index_before_are_taken_over(encoder: ContextEncoder) -> None:
    document = load_corpus(PACKAGED).documents[0]
    prepared = prepare(document, Segmenter(()))
    texts = [item.text for item in document.items]
    marked = np.full((len(texts), 384), 0.5, dtype=np.float32)  # no text has them

    def found(model: str) -> Array:
        one_each = np.ones(len(texts), dtype=np.int32)
        encoded = Encoded(marked, one_each, np.zeros((len(texts), 128), dtype=np.int8), one_each)
        own: Prepared = replace(prepared, context=Contextual(model, encoded))
        return context_arrays([own], texts, encoder)[VECTORS]

    assert np.array_equal(found(encoder.identity), marked)
    assert not np.array_equal(found("context0:another")[:5], marked[:5])


def test_it_is_written_whose_the_vectors_are(index: Index) -> None:
    arrays, encoder = index.assembled.arrays, index.encoder
    assert arrays[MODEL].tobytes().decode() in encoder.identity
    assert arrays[COUNTS].sum() == len(arrays[VECTORS])
    assert len(arrays[COUNTS]) == 38


def test_the_first_leads_only_so_far_before_the_second() -> None:
    assert ahead(np.array([0.2, 0.5, 0.43], dtype=np.float32), 0.06).tolist() == [False, True, False]
    assert ahead(np.array([0.2, 0.5, 0.45], dtype=np.float32), 0.06).tolist() == [False, False, False]
    assert ahead(np.array([0.5], dtype=np.float32), 0.06).tolist() == [False]


@pytest.fixture
def forgetful(index: Index) -> Index:
    """The same index without the encoder beside."""
    return index.calibrated(replace(index.calibration, context_weight=0.0))


def test_where_words_decide_nothing_it_finds_what_words_do_not(index: Index, forgetful: Index) -> None:
    asked = "买菜吃得放心"  # item 3 is on certifying what farms produce
    assert index.search(asked)[0].item.id == "3"
    assert forgetful.search(asked)[0].item.id == "1"


def test_the_first_by_far_is_an_answer(index: Index, forgetful: Index) -> None:
    asked = "小老板花不起钱送检有没有便宜的检测平台"  # item 28 gives small firms public platforms for testing
    assert [hit.item.id for hit in index.search(asked) if hit.near] == ["28"]
    assert not any(hit.near for hit in forgetful.search(asked))


def test_what_both_encoders_do_not_support_is_no_answer(index: Index) -> None:
    hits = index.search("量子计算")  # one item is far before the others, and has nothing to do with it
    assert not hits.near.any()
    assert not hits.perhaps.any()


def test_where_words_decide_it_is_not_asked(index: Index, forgetful: Index) -> None:
    for asked in ("一带一路", "电商", "国际合作互认"):
        assert [*index.search(asked)] == [*forgetful.search(asked)]


def test_another_model_stands_alone(tmp_path: Path) -> None:
    segmenter = Segmenter(())
    folder = tmp_path / "own"
    folder.mkdir()
    for name in ("model.safetensors", "tokenizer.json"):
        (folder / name).symlink_to(BUNDLED / name)
    corpus = load_corpus(PACKAGED)
    index = Index.build(corpus, segmenter, load_encoder(str(folder), segmenter))
    assert index.context is None
    assert VECTORS not in index.assembled.arrays
