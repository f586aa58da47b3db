"""Texts -> unit vectors: the bundled model, or any sentence-transformers model."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from safetensors import safe_open

from corpus import fold
from index.arrays import Arrays, kept, mapped
from index.checksum import checksum, checksum_of_all
from index.contextual import GRAPH, NARROWING, TOKENIZER, ContextEncoder
from index.own_models import EncoderError, checksum_of_folder, loading
from index.tokens import Segmenter
from index.trie import TRIE_VERSION, Trie
from index.vectors import Vectors, unit

READER_VERSION = 2  # raise it when the same files give other vectors: built indexes become stale

BUNDLED = Path(__file__).parent / "model"
CONTEXT = "context"  # in that folder
SUMS = "SHA256SUMS"  # in that folder, as `sha256sum` writes it of these:
_BUNDLED_FILES = [
    "model.safetensors",
    "tokenizer.json",
    *(f"{CONTEXT}/{name}" for name in (GRAPH, TOKENIZER, NARROWING)),
]
_VOCABULARY = "vocabulary.safetensors"


class Encoder(Protocol):
    """What search needs of an encoder. `identity` changes whenever its vectors may."""

    @property
    def identity(self) -> str: ...
    def encode(self, texts: Sequence[str]) -> Vectors: ...


class StaticEncoder:
    """Reads a sentence-transformers `StaticEmbedding` folder without torch: a table look-up and a mean.

    Expects what `index.train` writes: `model.safetensors` with `embeddings` (words, dimensions) int8 and
    `weights` (words,) float32, and a `tokenizer.json` with a word-level vocabulary over jieba's words. `cache` is a
    folder that keeps the vocabulary in a form that loads at once.
    """

    def __init__(
        self, folder: Path, segmenter: Segmenter, cache: Path | None = None, context: ContextEncoder | None = None
    ) -> None:
        weights, tokenizer = folder / "model.safetensors", folder / "tokenizer.json"
        tensors = mapped(weights)
        self._embeddings, self._weights = tensors["embeddings"], tensors["weights"]
        source = f"{TRIE_VERSION} {checksum_of_all([tokenizer])}"
        arrays = kept(cache / _VOCABULARY if cache else None, source, lambda: _vocabulary(tokenizer))
        self._numbers = Trie(arrays)  # word -> row + 1
        self._segmenter = segmenter
        self.context = context
        own = f"static{READER_VERSION}:{checksum_of_all([weights, tokenizer])}"
        self.identity = f"{own} {context.identity}" if context else own

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self._embeddings.shape[1]), dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            if rows := [number - 1 for word in self.words(text) if (number := self._numbers.get(word))]:
                vector += self._weights[rows] @ self._embeddings[rows]
        return unit(vectors)

    def words(self, text: str) -> list[str]:
        """The words of a text that have a vector; of a word that has none, its characters that do. Joined by spaces
        they are what sentence-transformers takes for the same vector."""
        found: list[str] = []
        for word in self._segmenter.search_words(text):
            found += [word] if self._numbers.get(word) else filter(self._numbers.get, word)
        return found

    def rows_of(self, word: str) -> list[int]:
        """The rows of the table that a word of a text adds."""
        if number := self._numbers.get(word):
            return [number - 1]
        return [number - 1 for character in word if (number := self._numbers.get(character))]

    def vectors_of(self, rows: npt.NDArray[np.int32]) -> Vectors:
        """(rows, dimensions): what each of them adds, not brought to any length."""
        return np.asarray(self._embeddings[rows] * self._weights[rows][:, None], dtype=np.float32)

    def products(self, rows: npt.NDArray[np.int32], vector: Vectors) -> Vectors:
        """(rows,): each of `vectors_of` times the vector."""
        return np.asarray((self._embeddings[rows].astype(np.float32) @ vector) * self._weights[rows], dtype=np.float32)

    @staticmethod
    def reads(folder: Path) -> bool:
        """True for a folder in the format above; other models are for sentence-transformers itself."""
        weights, tokenizer = folder / "model.safetensors", folder / "tokenizer.json"
        if not (weights.is_file() and tokenizer.is_file()):
            return False
        with safe_open(weights, framework="numpy") as tensors:
            ours = {"embeddings", "weights"} == set(tensors.keys())
        return ours and b'"WhitespaceSplit"' in tokenizer.read_bytes()


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by folder or hub name, over folded text. Loading takes seconds."""

    def __init__(self, name: str) -> None:
        with loading("编码模型", name, "sentence-transformers 模型", "不设 YAODIAN_ENCODER 即使用自带模型。"):
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(name, device="cpu")
        self.identity = f"sentence-transformers:{checksum_of_folder(name) or f'{name} {self._weights()}'}"

    def _weights(self) -> str:
        """SHA-256 of the weights: what a hub has under a name may change."""
        digest = hashlib.sha256()
        for name, tensor in sorted(self._model.state_dict().items()):
            digest.update(name.encode() + tensor.cpu().float().numpy().tobytes())
        return digest.hexdigest()

    def encode(self, texts: Sequence[str]) -> Vectors:
        folded = [fold(text) for text in texts]
        return unit(np.asarray(self._model.encode(folded, show_progress_bar=False), dtype=np.float32))


def load_encoder(name: str | None, segmenter: Segmenter, cache: Path | None = None) -> Encoder:
    """The bundled encoder for None, else the sentence-transformers model of that folder or hub name. `cache` is a
    folder that keeps what of it loads faster in another form."""
    folder = BUNDLED if name is None else Path(name)
    if name is None:
        _check_bundled(folder)
    if name is None:
        return StaticEncoder(folder, segmenter, cache, ContextEncoder(folder / CONTEXT))
    if StaticEncoder.reads(folder):
        return StaticEncoder(folder, segmenter, cache)
    return SentenceTransformerEncoder(name)


def _check_bundled(folder: Path) -> None:
    """Raises EncoderError unless every file is as it was bundled: a damaged weight would answer wrongly and say nothing."""
    repair = "请重新安装：pip install --force-reinstall yaodian"
    try:
        sums = [line.split() for line in (folder / SUMS).read_text(encoding="ascii").splitlines()]
        for expected, file in sums:
            found = checksum(folder / file)
            if found != expected:
                raise EncoderError(
                    f"自带的编码模型已损坏：{folder / file} 的 SHA-256 应为 {expected[:12]}…，实为 {found[:12]}…。{repair}"
                )
    except (OSError, ValueError) as error:
        raise EncoderError(f"自带的编码模型不完整：{folder} 中应有 {SUMS} 所列的文件（{error}）。{repair}") from error
    if [file for _, file in sums] != _BUNDLED_FILES:
        raise EncoderError(f"自带的编码模型不完整：{folder / SUMS} 应列出 {'、'.join(_BUNDLED_FILES)}。{repair}")


def _vocabulary(tokenizer: Path) -> Arrays:
    rows: dict[str, int] = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    return Trie.arrays_of({word: row + 1 for word, row in rows.items()})
