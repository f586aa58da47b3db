"""The texts of the training, as numbers of pieces, and batches of them.

Reads only what `prepare` wrote, so that nothing of the project need be installed where it runs.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from .network import PAD

TEXTS = "texts.npz"
HEADING = 48  # pieces of a heading, a question, a thing said
GROUPS = 6  # of texts of like length, so that little is padded
RIVALS = 3  # texts of the same law beside each right one
LONGEST = 128  # pieces of a text in training

Pieces = npt.NDArray[np.uint16]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """`own` is of each question its right text, `ignored` which others are right as well."""

    questions: list[torch.Tensor]
    texts: list[torch.Tensor]
    own: torch.Tensor
    ignored: torch.Tensor


class Texts:
    """Rows of piece numbers, any of them as one padded tensor."""

    def __init__(self, flat: Pieces, bounds: Numbers, device: str) -> None:
        self.flat, self.bounds, self.device = flat, bounds, device

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def pieces(self, row: int, longest: int = LONGEST) -> Pieces:
        return self.flat[self.bounds[row] : min(self.bounds[row + 1], self.bounds[row] + longest)]

    def take(self, rows: Sequence[int] | Numbers, longest: int = LONGEST) -> torch.Tensor:
        return padded([self.pieces(int(row), longest) for row in rows], self.device)


class Course:
    """The texts, and batches of them."""

    def __init__(self, folder: Path, device: str, seed: int = 0) -> None:
        data = np.load(folder / TEXTS)
        names = ("texts", "headings", "said", "questions")
        self.texts, self.headings, self.said, self.questions = (
            Texts(data[name], data[f"{name}_at"], device) for name in names
        )
        self.answers, self.laws = data["answers"], data["laws"]
        self.random = np.random.default_rng(seed)
        self.device = device
        self.ends = torch.from_numpy(data["clause_ends"]).to(device).long()
        self._sentence_ends = data["sentence_ends"]
        order = np.argsort(self.laws, kind="stable")
        bounds = np.searchsorted(self.laws[order], np.arange(self.laws.max() + 2))
        self._of_law = [order[start:end] for start, end in pairwise(bounds)]
        self._shuffled: list[int] = []

    def asked(self, count: int) -> Numbers:
        """Numbers of questions, each once before any comes again."""
        while len(self._shuffled) < count:
            self._shuffled += self.random.permutation(len(self.answers)).tolist()
        taken, self._shuffled = self._shuffled[:count], self._shuffled[count:]
        return np.array(taken)

    def rivals(self, rows: Numbers) -> Numbers:
        """(rows, RIVALS) other texts of the same law; any text where it has no other."""
        found = np.empty((len(rows), RIVALS), dtype=np.int64)
        for line, row in zip(found, rows, strict=True):
            law = self._of_law[self.laws[row]]
            line[:] = (
                self.random.choice(law, RIVALS) if len(law) > 1 else self.random.integers(len(self.texts), size=RIVALS)
            )
        return found

    def sentences_and_rest(self, count: int) -> tuple[list[Pieces], list[Pieces]]:
        """Sentences of articles, and the articles without them."""
        left: list[Pieces] = []
        right: list[Pieces] = []
        while len(left) < count:
            row = int(self.random.integers(len(self.headings)))
            pieces = self.texts.flat[self.texts.bounds[row] + 1 : self.texts.bounds[row + 1] - 1]
            ends = np.flatnonzero(self._sentence_ends[pieces])
            starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
            if len(ends) < 2:
                continue
            chosen = int(self.random.integers(len(ends)))
            start, end = int(starts[chosen]), int(ends[chosen])
            if not 6 <= end - start <= 60:
                continue
            left.append(np.concatenate(([0], pieces[start:end], [2])))
            right.append(np.concatenate(([0], pieces[:start], pieces[end + 1 :], [2]))[:LONGEST])
        return left, right


def padded(rows: list[Pieces], device: str) -> torch.Tensor:
    """(rows, the longest's pieces)."""
    filled = np.full((len(rows), max(map(len, rows))), PAD, dtype=np.int64)
    for line, row in zip(filled, rows, strict=True):
        line[: len(row)] = row
    return torch.from_numpy(filled).to(device)


def batches(course: Course, asked: int, headings: int, sentences: int) -> Batch:
    """Written questions, headings and sentences, and the texts that they are to find among the others': rivals of the
    same law, and each other's."""
    numbers = course.asked(asked)
    right = course.answers[numbers]
    titled = course.random.integers(len(course.headings), size=headings)
    rows = np.concatenate((right, titled, course.rivals(right).ravel()))
    left, rest = course.sentences_and_rest(sentences)
    texts = [course.texts.pieces(row) for row in rows] + rest
    number = np.concatenate((rows, -1 - np.arange(sentences)))  # of one text twice, the same
    law = np.concatenate((course.laws[rows], -1 - np.arange(sentences)))
    own = np.concatenate((np.arange(asked + headings), len(rows) + np.arange(sentences)))
    ignored = number[own][:, None] == number[None, :]
    # a heading is that of many articles of its law: the others are no wrong answers to it
    ignored[asked:] |= law[own[asked:]][:, None] == law[None, :]
    ignored[np.arange(len(own)), own] = False
    order = np.argsort([len(text) for text in texts], kind="stable")
    places = np.argsort(order, kind="stable")
    device = course.device
    return Batch(
        [course.questions.take(numbers), course.headings.take(titled, HEADING), padded(left, device)],
        [padded([texts[one] for one in group], device) for group in np.array_split(order, GROUPS)],
        torch.from_numpy(places[own]).to(device),
        torch.from_numpy(ignored[:, order]).to(device),
    )


def ahead(make: Callable[[], Any], count: int) -> Iterator[Any]:
    """What `make` gives, so many times, made by a thread a few steps ahead."""
    made: queue.Queue[Any] = queue.Queue(4)

    def fill() -> None:
        for _ in range(count):
            made.put(make())

    threading.Thread(target=fill, daemon=True).start()
    for _ in range(count):
        yield made.get()
