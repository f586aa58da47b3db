"""Vectors that know in what company words stand: a small transformer, asked where a question's words decide nothing.

A text's vector is the mean of its pieces' states, a clause's the mean of those of its own pieces, read within the text.
Beside these each piece has a vector of its own, narrower and in 8 bits: a question is compared piece by piece with the
items whose vectors are nearest (late interaction). The model is an ONNX graph of 8-bit weights; it is loaded when it is
first asked, about a third of a second and 150 MB.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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

GRAPH, TOKENIZER, NARROWING = "model.onnx", "tokenizer.json", "narrowing.npy"
READER_VERSION = 2  # raise it when the same files give other vectors: built indexes become stale

FIRST, LAST, PAD = 0, 2, 1  # numbers of the pieces that stand before and after a text, and beside a shorter one
CLAUSE_ENDS = frozenset("，。；：、,;:")
SHORTEST = 4  # pieces of a clause that counts
LONGEST = 126  # pieces that are read together; of a longer text so many after so many, cut behind a clause
AT_ONCE = 16  # stretches of a batch
REMEMBERED = 1024  # questions
ALONE = 1  # threads for one text: two wait for one another longer than they work

SCALE = 254  # of a piece's vector in 8 bits: hardly any of its numbers is above a half

Pieces = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What has been made of some texts."""

    vectors: Vectors  # of each text and then of its clauses, all of length 1
    counts: Array  # (texts,) how many of them are each one's
    pieces: Array  # (pieces, narrow) int8, SCALE times a vector of length 1
    piece_counts: Array  # (texts,)


class ContextEncoder:
    """Reads what `index.train.contextual` writes. May be asked from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loading = Lock()
        self._sessions: dict[int, tuple[Tokenizer, InferenceSession]] = {}  # by the threads that they work in
        self._of_question = lru_cache(REMEMBERED)(self._question)

    @cached_property
    def identity(self) -> str:
        """Changes whenever the vectors may."""
        files = [self._folder / name for name in (GRAPH, TOKENIZER, NARROWING)]
        return f"context{READER_VERSION}:{checksum_of_all(files)}"

    def states(self, texts: Sequence[str]) -> Iterator[list[tuple[Pieces, Vectors]]]:
        """Of each text its stretches: the numbers of their pieces and the states of these, (pieces, width), the two around
        them included."""
        tokenizer, session = self._loaded(_processors() if len(texts) > 1 else ALONE)
        every = tokenizer.encode_batch([fold(text) for text in texts], add_special_tokens=False)
        cut = [[*self._stretches(one.ids)] for one in every]
        states = _states([stretch for own in cut for stretch in own], session)
        return ([(pieces, next(states)) for pieces in own] for own in cut)

    def encode_items(self, texts: Sequence[str]) -> Encoded:
        vectors: list[Vectors] = []
        narrow: list[Array] = []
        for stretches in self.states(texts):
            whole, inner = self._whole(stretches)
            clauses = [part.sum(axis=0) for pieces, states in stretches for part in self._clauses(states, pieces)]
            vectors.append(unit(np.stack([whole, *clauses])))
            narrow.append(np.rint(np.clip(SCALE * inner, -127, 127)).astype(np.int8))
        counts, piece_counts = (np.array(list(map(len, some)), dtype=np.int32) for some in (vectors, narrow))
        return Encoded(np.concatenate(vectors), counts, np.concatenate(narrow), piece_counts)

    def encode_question(self, text: str) -> tuple[Vectors, Vectors]:
        """(width,) of length 1; and of each piece (pieces, narrow), also of length 1."""
        return self._of_question(fold(text))

    def _question(self, folded: str) -> tuple[Vectors, Vectors]:
        [stretches] = self.states([folded])
        whole, pieces = self._whole(stretches)
        return unit(whole[None])[0], pieces

    def _whole(self, stretches: Sequence[tuple[Pieces, Vectors]]) -> tuple[Vectors, Vectors]:
        """Of a text the sum of all states, (width,), and its pieces' own vectors."""
        states = [own for _, own in stretches]
        narrow = self._narrow(np.concatenate([own[1:-1] for own in states]))
        return np.sum([own.sum(axis=0) for own in states], axis=0), narrow

    def _narrow(self, states: Vectors) -> Vectors:
        """(pieces, narrow) of length 1."""
        return unit(unit(states) @ self._narrowing.T)

    @cached_property
    def _narrowing(self) -> Vectors:
        """(narrow, width)"""
        return np.asarray(np.load(self._folder / NARROWING, allow_pickle=False), dtype=np.float32)

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
        pieces = self._loaded(ALONE)[0].get_vocab()
        ends = np.zeros(len(pieces), dtype=bool)
        ends[[number for piece, number in pieces.items() if piece in CLAUSE_ENDS]] = True
        return ends

    def release(self) -> None:
        """What was loaded is loaded again when it is next asked: a process that built an index and splits into several
        keeps none of it."""
        with self._loading:
            self._sessions.clear()

    def _loaded(self, threads: int) -> "tuple[Tokenizer, InferenceSession]":
        with self._loading:
            if threads not in self._sessions:
                self._sessions[threads] = self._load(threads)
            return self._sessions[threads]

    def _load(self, threads: int) -> "tuple[Tokenizer, InferenceSession]":
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        options = SessionOptions()
        options.intra_op_num_threads = threads
        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.no_truncation()
        return tokenizer, InferenceSession(str(self._folder / GRAPH), options, providers=["CPUExecutionProvider"])


def _processors() -> int:
    """Those that this process may use: with more threads than these they would wait for each other, at full speed. As
    many as OMP_NUM_THREADS says, as other libraries read it."""
    if (said := os.environ.get("OMP_NUM_THREADS", "")).isdecimal():
        return max(1, int(said))
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
