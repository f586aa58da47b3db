import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import BUNDLED, Encoder, EncoderError, Segmenter, load_encoder
from index.encoder import StaticEncoder
from index.train.export import export
from index.vectors import unit

TEXTS = ["哪些任务涉及一带一路", "完善強制性產品認證制度和實施機制", "ＣＣＣ认证", "龘靐", ""]


def test_the_bundled_vectors_equal_those_of_sentence_transformers(encoder: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(BUNDLED), device="cpu")
    assert isinstance(encoder, StaticEncoder)
    expected = model.encode([" ".join(encoder.words(text)) for text in TEXTS[:3]])
    assert np.abs(encoder.encode(TEXTS[:3]) - expected).max() < 1e-5


def test_of_a_word_without_a_vector_its_characters_count(tmp_path: Path) -> None:
    export(tmp_path, ["[UNK]", "认", "证", "监管"], np.array([[0, 0], [3, 4], [0, 5], [5, 0]], dtype=np.float32))
    encoder = StaticEncoder(tmp_path, Segmenter())
    assert encoder.words("認證监管龘") == ["认", "证", "监管"]
    assert encoder.encode(["认证"])[0].tolist() == pytest.approx([3 / 90**0.5, 9 / 90**0.5], abs=0.01)


def test_vectors_have_length_1_and_a_text_of_unknown_words_is_zero(encoder: Encoder) -> None:
    assert np.linalg.norm(encoder.encode(TEXTS), axis=1).tolist() == pytest.approx([1, 1, 1, 0, 0], abs=1e-6)


def test_both_scripts_have_the_same_vector(encoder: Encoder) -> None:
    simplified, traditional = encoder.encode(["强制性产品认证", "強制性產品認證"])
    assert (simplified == traditional).all()


def test_the_bundled_encoder_needs_no_torch() -> None:
    program = (
        "import sys; from index import Segmenter, load_encoder; load_encoder(None, Segmenter()).encode(['认证']);"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "[]"


def test_another_sentence_transformers_model_can_be_named_by_folder(tmp_path: Path, segmenter: Segmenter) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel

    vocabulary = {"[UNK]": 0, "认证": 1, "监管": 2}
    weights = np.array([[0, 0], [3, 4], [0, 5]], dtype=np.float32)
    static = StaticEmbedding(Tokenizer(WordLevel(vocabulary, unk_token="[UNK]")), embedding_weights=weights)
    SentenceTransformer(modules=[static], device="cpu").save(str(tmp_path / "model"))
    named = load_encoder(str(tmp_path / "model"), segmenter)
    assert named.encode(["認證", "监管"]).tolist() == pytest.approx(np.array([[0.6, 0.8], [0, 1]]))


def test_a_model_that_cannot_be_loaded_is_named_with_what_to_do(tmp_path: Path, segmenter: Segmenter) -> None:
    with pytest.raises(EncoderError, match=r"无法加载编码模型.*YAODIAN_ENCODER"):
        load_encoder(str(tmp_path), segmenter)


def test_without_sentence_transformers_its_models_are_refused_with_what_to_install(
    tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderError, match=r"pip install 'yaodian\[encoders\]'"):
        load_encoder(str(tmp_path), segmenter)


def test_what_is_not_finite_becomes_zero_never_nan() -> None:
    assert unit(np.array([[np.nan, 3], [0, 0], [np.inf, 0]], dtype=np.float32)).tolist() == [[0, 1], [0, 0], [0, 0]]


def test_a_vocabulary_kept_for_another_model_is_not_used(tmp_path: Path) -> None:
    rows = np.array([[0, 0], [3, 4], [0, 5]], dtype=np.float32)
    for folder, vocabulary in (("a", ["[UNK]", "认", "证"]), ("b", ["[UNK]", "证", "认"])):
        (tmp_path / folder).mkdir()
        export(tmp_path / folder, vocabulary, rows)
    for folder, expected in (("a", [0.6, 0.8]), ("b", [0, 1]), ("a", [0.6, 0.8])):
        encoder = StaticEncoder(tmp_path / folder, Segmenter(), tmp_path / "kept")
        assert encoder.encode(["认"])[0].tolist() == pytest.approx(expected, abs=0.01)
