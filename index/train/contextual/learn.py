"""Learning, on one graphics card or, slowly, without: the teacher is tuned on questions and the laws' own pairs, then
a student of fewer layers learns to put texts where the teacher puts them.

Needs nothing of the project but this folder.
"""

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch.nn import functional

from .course import HEADING, Batch, Course, ahead, batches
from .network import PAD, Network, Shape, clauses, likeness, whole
from .packed import Arrays, plain

TEACHER, STUDENT = "teacher.npz", "student.npz"
TEMPERATURE = 0.03
TOLD = 50  # steps between two words of how it goes

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Lesson:
    """How a network is taught: so many steps at this rate, told of now and then."""

    steps: int
    rate: float
    on_step: Callable[[int, float], None]

    def teach(self, network: Network, make: Callable[[], T], loss_of: Callable[[T], torch.Tensor]) -> None:
        """`make` gives the batch of a step, in a thread a few steps ahead. In bfloat16 on a graphics card."""
        device = next(network.parameters()).device.type
        optimizer = torch.optim.AdamW(network.parameters(), self.rate, weight_decay=0.01, fused=device == "cuda")
        rates = torch.optim.lr_scheduler.LambdaLR(optimizer, self._share)
        network.train()
        for step, batch in enumerate(ahead(make, self.steps), 1):
            with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
                loss = loss_of(batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            rates.step()
            if step % TOLD == 0 or step == self.steps:
                self.on_step(step, loss.item())
        network.eval()

    def _share(self, step: int) -> float:
        """Of the rate: it rises in the first twentieth, then falls along a cosine."""
        warm = max(1, self.steps // 20)
        return min(1.0, (step + 1) / warm) * (1 + math.cos(math.pi * min(1.0, step / self.steps))) / 2


def tune(
    network: Network, course: Course, sizes: tuple[int, int, int], lesson: Lesson, teacher: Network | None = None
) -> None:
    """Contrastive, on written questions, headings and sentences; beside it, where there is a teacher, its scores."""

    def loss_of(batch: Batch) -> torch.Tensor:
        found = scores(network, course.ends, batch)
        loss = contrast(found, batch)
        if teacher is None:
            return loss
        with torch.no_grad():
            meant = scores(teacher, course.ends, batch)
        found, meant = found / TEMPERATURE, meant / TEMPERATURE
        apart = functional.kl_div(found.log_softmax(dim=1), meant.softmax(dim=1), reduction="batchmean")
        return loss + apart

    lesson.teach(network, lambda: batches(course, *sizes), loss_of)


def shallower(network: Network, layers: Sequence[int]) -> Network:
    """A copy with these of its layers."""
    copy = Network(replace(network.shape, layers=len(layers)))
    state = network.state_dict()
    own = {}
    for name in copy.state_dict():
        parts = name.split(".")
        if parts[0] == "layers":
            parts[1] = str(layers[int(parts[1])])
        own[name] = state[".".join(parts)]
    copy.load_state_dict(own)
    return copy.to(next(network.parameters()).device)


def distil(student: Network, teacher: Network, course: Course, size: int, lesson: Lesson) -> None:
    """Every piece's state, and the text's vector, near the teacher's: articles, headings, things said and questions."""
    articles = course.texts, size // 2, 96
    headings, said = (course.headings, size // 8, HEADING), (course.said, size // 8, HEADING)
    questions = course.questions, size // 4, HEADING
    turns = cycle((articles, questions, articles, headings, articles, said, articles, questions))

    def batch() -> torch.Tensor:
        some, count, longest = next(turns)
        return some.take(course.random.integers(len(some), size=count), longest)

    def loss_of(pieces: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            meant = teacher(pieces)
        states, counted = student(pieces), pieces != PAD
        each = 1 - functional.cosine_similarity(states[counted].float(), meant[counted].float(), dim=1)
        text = 1 - (whole(states, pieces) * whole(meant, pieces)).sum(1)
        return each.mean() + 2 * text.mean()

    lesson.teach(student, batch, loss_of)


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

    def lesson(name: str, steps: int, rate: float) -> Lesson:
        return Lesson(steps, rate, lambda step, loss: say(f"{name} {step}/{steps} 损失 {loss:.3f}"))

    tune(teacher, course, recipe.asked, lesson("教师", recipe.tuned, recipe.rate))
    student = shallower(teacher, recipe.layers)
    distil(student, teacher, course, recipe.texts, lesson("蒸馏", recipe.distilled, recipe.distilling))
    tune(student, course, recipe.asked, lesson("学生", recipe.finished, recipe.rate), teacher)
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
