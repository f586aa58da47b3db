"""Learning, on one graphics card or, slowly, without: the teacher is tuned on questions and the laws' own pairs, then
a student of fewer layers learns to put texts where the teacher puts them.

Reads only what `prepare` and `teacher_arrays` wrote, so that nothing of the project need be installed where it runs.
"""

import itertools
import json
import math
import queue
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from .network import PAD, Network, Shape, clauses, likeness, whole
from .packed import Arrays, plain

TEXTS, TOKENIZER, TEACHER, STUDENT = "texts.npz", "tokenizer.json", "teacher.npz", "student.npz"
CLAUSE_ENDS = "，。；：、,;:"
TEMPERATURE = 0.03
HEADING = 48  # of a heading, a question, a thing said
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


def teacher_of(arrays: Arrays, device: str) -> Network:
    numbers = {name: plain(array) for name, array in arrays.items()}
    width = Shape(0).width
    shape = Shape(pieces=numbers["emb.word"].size // width)
    network = Network(shape)
    put = {
        "words.weight": numbers["emb.word"],
        "places.weight": numbers["emb.pos"].reshape(-1, width) + numbers["emb.type"].reshape(-1, width)[:1],
        "norm.weight": numbers["emb.ln.w"],
        "norm.bias": numbers["emb.ln.b"],
    }
    names = {"query": "q", "key": "k", "value": "v", "mixed": "ao", "inner": "fi", "outer": "fo"}
    norms = {"mixed_norm": "aln", "norm": "oln"}
    for layer in range(shape.layers):
        for ours, theirs in {**names, **norms}.items():
            put[f"layers.{layer}.{ours}.weight"] = numbers[f"l{layer}.{theirs}.w"]
            put[f"layers.{layer}.{ours}.bias"] = numbers[f"l{layer}.{theirs}.b"]
    state = network.state_dict()
    network.load_state_dict(
        {k: torch.from_numpy(np.ascontiguousarray(v)).reshape(state[k].shape) for k, v in put.items()}
    )
    return network.to(device)


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
        vocabulary = json.loads((folder / TOKENIZER).read_text(encoding="utf-8"))["model"]["vocab"]
        ends = torch.tensor([piece in CLAUSE_ENDS and bool(piece) for piece, _ in vocabulary])
        self.ends = ends.to(device).long()
        order = np.argsort(self.laws, kind="stable")
        bounds = np.searchsorted(self.laws[order], np.arange(self.laws.max() + 2))
        self._of_law = [order[start:end] for start, end in itertools.pairwise(bounds)]
        self._shuffled: list[int] = []
        sentence = {number for number, (piece, _) in enumerate(vocabulary) if piece and piece in "。；"}
        self._sentence = np.zeros(len(vocabulary), dtype=bool)
        self._sentence[list(sentence)] = True

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
            ends = np.flatnonzero(self._sentence[pieces])
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


class Amp:
    """bfloat16 on a graphics card, nothing elsewhere."""

    def __init__(self, device: str) -> None:
        self._device = device

    def __call__(self) -> torch.autocast:
        return torch.autocast(self._device, torch.bfloat16, enabled=self._device == "cuda")


def ahead(make: Callable[[], Any], count: int) -> Iterator[Any]:
    """What `make` gives, so many times, made by a thread a few steps ahead."""
    made: queue.Queue[Any] = queue.Queue(4)

    def fill() -> None:
        for _ in range(count):
            made.put(make())

    threading.Thread(target=fill, daemon=True).start()
    for _ in range(count):
        yield made.get()


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


def scores(network: Network, ends: torch.Tensor, batch: Batch) -> torch.Tensor:
    """(questions, texts) how alike they are."""
    asked = torch.cat([whole(network(one), one) for one in batch.questions])
    found = []
    for one in batch.texts:
        states = network(one)
        found.append(likeness(asked, whole(states, one), *clauses(states, one, ends)))
    return torch.cat(found, dim=1)


def contrast(found: torch.Tensor, batch: Batch) -> torch.Tensor:
    return functional.cross_entropy((found / TEMPERATURE).masked_fill(batch.ignored, -1e4), batch.own)


def schedule(
    network: Network, rate: float, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    fused = next(network.parameters()).is_cuda
    optimizer = torch.optim.AdamW(network.parameters(), rate, weight_decay=0.01, fused=fused)
    warm = max(1, steps // 20)
    return optimizer, torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / warm) * (1 + math.cos(math.pi * min(1.0, step / steps))) / 2
    )


def tune(
    network: Network, course: Course, steps: int, rate: float, sizes: tuple[int, int, int], on_step: Callable[[int, float], None],
    teacher: Network | None = None,
) -> None:  # fmt: skip
    """Contrastive, on written questions, headings and sentences; beside it, where there is a teacher, its scores."""
    device = course.device
    amp = Amp(device)
    optimizer, rates = schedule(network, rate, steps)
    network.train()
    for step, batch in enumerate(ahead(lambda: batches(course, *sizes), steps), 1):
        with amp():
            found = scores(network, course.ends, batch)
            loss = contrast(found, batch)
            if teacher is not None:
                with torch.no_grad():
                    meant = scores(teacher, course.ends, batch)
                loss = loss + functional.kl_div(
                    functional.log_softmax(found / TEMPERATURE, dim=1), functional.softmax(meant / TEMPERATURE, dim=1),
                    reduction="batchmean",
                )  # fmt: skip
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        rates.step()
        if step % 50 == 0 or step == steps:
            on_step(step, loss.item())
    network.eval()


def shallower(network: Network, layers: Sequence[int]) -> Network:
    """A copy with these of its layers."""
    shape = network.shape
    copy = Network(
        Shape(shape.pieces, shape.width, shape.heads, shape.inner, len(layers), shape.positions, shape.epsilon)
    )
    state = network.state_dict()
    own = {}
    for name in copy.state_dict():
        parts = name.split(".")
        if parts[0] == "layers":
            parts[1] = str(layers[int(parts[1])])
        own[name] = state[".".join(parts)]
    copy.load_state_dict(own)
    return copy.to(next(network.parameters()).device)


def distil(
    student: Network,
    teacher: Network,
    course: Course,
    steps: int,
    rate: float,
    size: int,
    on_step: Callable[[int, float], None],
) -> None:
    """Every piece's state, and the text's vector, near the teacher's: articles, headings, things said and questions."""
    amp = Amp(course.device)
    optimizer, rates = schedule(student, rate, steps)
    student.train()
    shares = [
        (course.texts, size // 2, 96),
        (course.headings, size // 8, 48),
        (course.said, size // 8, 48),
        (course.questions, size // 4, 48),
    ]
    turns = iter(range(steps))

    def batch() -> torch.Tensor:
        some, count, longest = shares[(0, 3, 0, 1, 0, 2, 0, 3)[next(turns) % 8]]
        return some.take(course.random.integers(len(some), size=count), longest)

    for step, pieces in enumerate(ahead(batch, steps), 1):
        with amp():
            with torch.no_grad():
                meant = teacher(pieces)
            states = student(pieces)
            counted = pieces != PAD
            each = 1 - functional.cosine_similarity(states[counted].float(), meant[counted].float(), dim=1)
            text = 1 - (whole(states, pieces) * whole(meant, pieces)).sum(1)
            loss = each.mean() + 2 * text.mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimizer.step()
        rates.step()
        if step % 200 == 0 or step == steps:
            on_step(step, loss.item())
    student.eval()


@dataclass(frozen=True, slots=True)
class Recipe:
    """Steps of each lesson, what a step looks at, and how fast it learns."""

    tuned: int = 390  # of the teacher, on questions, headings and sentences
    distilled: int = 1940  # of the student, towards the teacher
    finished: int = 750  # of the student, on questions, with the teacher's scores beside the labels
    asked: tuple[int, int, int] = (256, 96, 96)  # questions, headings, sentences a step
    texts: int = 768  # of which articles are a half
    rate: float = 5e-5
    distilling: float = 3e-4
    layers: tuple[int, ...] = (0, 2, 4, 6, 8, 11)  # of the teacher, with which the student begins
    seed: int = 0


def learn(folder: Path, recipe: Recipe, say: Callable[[str], None]) -> Network:
    """The student, from what `prepare` wrote to the folder."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(recipe.seed)
    course = Course(folder, device, recipe.seed)
    with np.load(folder / TEACHER) as arrays:
        teacher = teacher_of(dict(arrays), device)

    def lesson(name: str, steps: int) -> Callable[[int, float], None]:
        return lambda step, loss: say(f"{name} {step}/{steps} 损失 {loss:.3f}")

    tune(teacher, course, recipe.tuned, recipe.rate, recipe.asked, lesson("教师", recipe.tuned))
    student = shallower(teacher, recipe.layers)
    distil(
        student, teacher, course, recipe.distilled, recipe.distilling, recipe.texts, lesson("蒸馏", recipe.distilled)
    )
    tune(student, course, recipe.finished, recipe.rate, recipe.asked, lesson("学生", recipe.finished), teacher)
    return student


def write_student(network: Network, folder: Path) -> None:
    np.savez(folder / STUDENT, **{name: tensor.half().cpu().numpy() for name, tensor in network.state_dict().items()})


def read_student(folder: Path) -> Network:
    with np.load(folder / STUDENT) as arrays:
        state = {name: torch.from_numpy(array).float() for name, array in arrays.items()}
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    network = Network(Shape(len(state["words.weight"]), layers=layers))
    network.load_state_dict(state)
    return network


if __name__ == "__main__":  # on a machine with a graphics card and nothing of the project but this folder
    where = Path(sys.argv[1])
    write_student(learn(where, Recipe(), print), where)
