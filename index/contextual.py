"""Vectors that know in what company words stand: a small transformer, asked where a question's words decide nothing.

A text's vector is the mean of its pieces' states, a clause's the mean of those of its own pieces, read within the text.
The model is an ONNX graph of 8-bit weights; it is loaded when it is first asked, about a third of a second and 150 MB.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpus import fold
from index.checksum import checksum_of_all
from index.letters import Array
from index.vectors import Vectors, unit

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

GRAPH, TOKENIZER = "model.onnx", "tokenizer.json"
READER_VERSION = 1  # raise it when the same files give other vectors: built indexes become stale

FIRST, LAST, PAD = 0, 2, 1  # numbers of the pieces that stand before and after a text, and beside a shorter one
CLAUSE_ENDS = frozenset("，。；：、,;:")
SHORTEST = 4  # pieces of a clause that counts
LONGEST = 126  # pieces that are read together; of a longer text so many after so many, cut behind a clause
AT_ONCE = 16  # stretches of a batch
REMEMBERED = 1024  # questions

Pieces = npt.NDArray[np.int64]


class ContextEncoder:
    """Reads what `index.train.contextual` writes. May be asked from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loading = Lock()
        self._of_question = lru_cache(REMEMBERED)(lambda folded: self.encode_items([folded])[0][0])

    @cached_property
    def identity(self) -> str:
        """Changes whenever the vectors may."""
        files = [self._folder / name for name in (GRAPH, TOKENIZER)]
        return f"context{READER_VERSION}:{checksum_of_all(files)}"

    def encode_items(self, texts: Sequence[str]) -> tuple[Vectors, Array]:
        """The vectors of each text and then of its clauses, all of length 1, and (texts,) how many are each one's."""
        tokenizer, session = self._loaded
        cut = [[*self._stretches(one.ids)] for one in tokenizer.encode_batch([fold(text) for text in texts])]
        states = _states([stretch for own in cut for stretch in own], session)
        vectors: list[Vectors] = []
        for own in cut:
            whole, clauses = np.zeros(0, dtype=np.float32), []
            for pieces in own:
                some = next(states)
                whole = some.sum(axis=0) + (whole if len(whole) else 0)
                clauses += [part.sum(axis=0) for part in self._clauses(some, pieces)]
            vectors.append(unit(np.stack([whole, *clauses])))
        return np.concatenate(vectors), np.array([len(one) for one in vectors], dtype=np.int32)

    def encode_question(self, text: str) -> Vectors:
        """(width,) of length 1."""
        return np.asarray(self._of_question(fold(text)))

    def _stretches(self, pieces: Sequence[int]) -> Iterator[Pieces]:
        """What is read together, the first and the last piece around it."""
        numbers = np.array(pieces, dtype=np.int64)
        while len(numbers) > LONGEST:
            ends = np.flatnonzero(self._ends[numbers[:LONGEST]])
            cut = int(ends[-1]) + 1 if len(ends) and ends[-1] >= LONGEST // 2 else LONGEST
            yield np.concatenate(([FIRST], numbers[:cut], [LAST]))
            numbers = numbers[cut:]
        yield np.concatenate(([FIRST], numbers, [LAST]))

    def _clauses(self, states: Vectors, pieces: Pieces) -> Iterator[Vectors]:
        """(pieces, width) of each clause that is long enough, its stop with it."""
        bounds = [1, *(np.flatnonzero(self._ends[pieces]) + 1).tolist(), len(pieces) - 1]
        for start, end in pairwise(bounds):
            if end - start >= SHORTEST:
                yield states[start:end]

    @cached_property
    def _ends(self) -> npt.NDArray[np.bool_]:
        """Of each number of a piece, whether a clause ends with it."""
        pieces = self._loaded[0].get_vocab()
        ends = np.zeros(len(pieces), dtype=bool)
        ends[[number for piece, number in pieces.items() if piece in CLAUSE_ENDS]] = True
        return ends

    def release(self) -> None:
        """What was loaded is loaded again when it is next asked: a process that built an index and splits into several
        keeps none of it."""
        with self._loading:
            self.__dict__.pop("_load", None)

    @property
    def _loaded(self) -> "tuple[Tokenizer, InferenceSession]":
        with self._loading:
            return self._load

    @cached_property
    def _load(self) -> "tuple[Tokenizer, InferenceSession]":
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        options = SessionOptions()
        options.intra_op_num_threads = _processors()
        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.no_truncation()
        return tokenizer, InferenceSession(str(self._folder / GRAPH), options, providers=["CPUExecutionProvider"])


def _processors() -> int:
    """Those that this process may use: with more threads than these they would wait for each other, at full speed."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _states(stretches: Sequence[Pieces], session: "InferenceSession") -> Iterator[Vectors]:
    """(pieces, width) of each; those of like length are worked out together."""
    order = sorted(range(len(stretches)), key=lambda number: len(stretches[number]))
    found: dict[int, Vectors] = {}
    for first in range(0, len(order), AT_ONCE):
        numbers = order[first : first + AT_ONCE]
        padded = np.full((len(numbers), len(stretches[numbers[-1]])), PAD, dtype=np.int64)
        for line, number in zip(padded, numbers, strict=True):
            line[: len(stretches[number])] = stretches[number]
        (states,) = session.run(None, {"pieces": padded})
        found |= {n: own[: len(stretches[n])] for n, own in zip(numbers, np.asarray(states), strict=True)}
    return (found[number] for number in range(len(stretches)))
