"""A narrower vector for each piece: a linear map of the finished model's states, learnt so that the pieces of a question find
theirs in the text that answers it. It needs no graphics card: about half an hour on one core.

python -m index.train.contextual.narrow --laws laws.jsonl.xz
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import torch
import typer
from rich.console import Console
from torch.nn import functional

from index.contextual import NARROWING, ContextEncoder
from index.encoder import BUNDLED, CONTEXT
from index.train.lines import read_lines
from index.vectors import Vectors, unit

QUESTIONS = Path(__file__).parent.parent / "questions.jsonl"
WIDTH = 128
LONGEST = 110  # pieces of a text
STEPS, ASKED, RATE = 1500, 48, 1e-3  # questions of a step
SHARPNESS = 20.0  # to begin with: of how alike two are
TOLD = 100  # steps between two words of how it goes
AT_ONCE = 1000  # texts
SAMPLE = 60_000  # pieces from which the map is begun

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Exercise:
    """Questions, the number of the text that answers each, the texts, and what law each is of, a number."""

    questions: list[str]
    answers: list[int]
    texts: list[str]
    laws: list[int]


def exercise_of(laws: Sequence[dict[str, str]], asked: Iterable[dict[str, object]], seed: int = 0) -> Exercise:
    """Beside each article that answers another of its law, whichever comes."""
    of_law: dict[str, list[int]] = {}
    for number, article in enumerate(laws):
        of_law.setdefault(article["title"], []).append(number)
    draw = random.Random(seed)
    place: dict[str, int] = {}
    titles = {"": 0}
    made = Exercise([], [], [], [])

    def put(text: str, title: str) -> int:
        if text not in place:
            place[text] = len(made.texts)
            made.texts.append(text)
            made.laws.append(titles.setdefault(title, len(titles)))
        return place[text]

    own: list[str] = []
    for one in asked:
        said = laws[int(str(one["article"]))] if "article" in one else None
        number = put(said["text"], said["title"]) if said else put(str(one["text"]), "")
        wordings = [str(wording) for wording in one["questions"]]  # type: ignore[attr-defined]
        made.questions.extend(wordings)
        made.answers.extend([number] * len(wordings))
        own += [said["title"]] if said else []
    for title in own:
        put(laws[draw.choice(of_law[title])]["text"], title)
    return made


class States:
    """Of each text those of its pieces, of length 1, in half precision."""

    def __init__(self, texts: Sequence[str], encoder: ContextEncoder) -> None:
        rows: list[npt.NDArray[np.float16]] = []
        for first in range(0, len(texts), AT_ONCE):
            for stretches in encoder.states(texts[first : first + AT_ONCE]):
                states = np.concatenate([own[1:-1] for _, own in stretches])[:LONGEST]
                rows.append(unit(states).astype(np.float16))
        self.flat, self.bounds = np.concatenate(rows), np.cumsum([0, *map(len, rows)])

    def take(self, rows: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """(rows, the longest's pieces, width), and which of them there are."""
        spans = [(int(self.bounds[row]), int(self.bounds[row + 1])) for row in rows]
        shape = len(rows), max(end - start for start, end in spans)
        states = np.zeros((*shape, self.flat.shape[1]), dtype=np.float32)
        there = np.zeros(shape, dtype=bool)
        for at, (start, end) in enumerate(spans):
            states[at, : end - start], there[at, : end - start] = self.flat[start:end], True
        return torch.from_numpy(states), torch.from_numpy(there)


def alike(
    asked: tuple[torch.Tensor, torch.Tensor], texts: tuple[torch.Tensor, torch.Tensor], narrowing: torch.Tensor
) -> torch.Tensor:
    """(questions, texts) the mean over the question's pieces of the cosine with the text's nearest."""
    (ours, our), (theirs, their) = asked, texts
    one, other = (functional.normalize(states @ narrowing.T, dim=-1) for states in (ours, theirs))
    cosines = torch.einsum("qiw,tjw->qitj", one, other).masked_fill(~their[None, None], -2.0)
    nearest = cosines.max(dim=3).values * our[:, :, None]
    found: torch.Tensor = nearest.sum(dim=1) / our.sum(dim=1)[:, None]
    return found


def learn_narrowing(
    exercise: Exercise, encoder: ContextEncoder, say: Say, *, width: int = WIDTH, steps: int = STEPS, seed: int = 0
) -> Vectors:
    """(width, the model's width): contrastive, among the texts of the other questions and one of the same law each."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    draw = np.random.default_rng(seed)
    say(f"{len(exercise.questions)} 个问题、{len(exercise.texts)} 段文字 …")
    asked, texts = States(exercise.questions, encoder), States(exercise.texts, encoder)
    narrowing = torch.nn.Parameter(_begun(texts.flat, width, draw))
    sharpness = torch.nn.Parameter(torch.tensor(SHARPNESS).log())
    optimizer = torch.optim.AdamW(
        [{"params": [narrowing], "lr": RATE}, {"params": [sharpness], "lr": 10 * RATE}], weight_decay=1e-4
    )
    rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, [RATE, 10 * RATE], steps, pct_start=0.1)
    answers, laws = np.array(exercise.answers), np.array(exercise.laws)
    of_law = {law: np.flatnonzero(laws == law) for law in np.unique(laws).tolist()}
    left: list[int] = []
    for step in range(1, steps + 1):
        if len(left) < ASKED:
            left = draw.permutation(len(answers)).tolist()
        numbers, left = left[:ASKED], left[ASKED:]
        right = answers[numbers]
        rivals = [draw.choice(of_law[laws[row]]) for row in right.tolist()]
        rows = list(dict.fromkeys([*right.tolist(), *map(int, rivals)]))
        own = torch.tensor([rows.index(row) for row in right.tolist()])
        found = alike(asked.take(numbers), texts.take(rows), narrowing) * sharpness.exp()
        loss = functional.cross_entropy(found, own)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        rates.step()
        if step % TOLD == 0 or step == steps:
            say(f"第 {step} 步，损失 {loss.item():.3f}")
    return narrowing.detach().numpy()


def _begun(states: npt.NDArray[np.float16], width: int, draw: np.random.Generator) -> torch.Tensor:
    """The directions in which pieces differ most."""
    some = states[draw.integers(len(states), size=min(SAMPLE, len(states)))].astype(np.float32)
    return torch.from_numpy(np.linalg.svd(some, full_matrices=False)[2][:width].copy())


def write_narrowing(laws: Path, questions: Path, folder: Path, say: Say) -> None:
    """Of the model in the folder, which is finished, into it."""
    exercise = exercise_of([*read_lines(laws)], read_lines(questions))
    found = learn_narrowing(exercise, ContextEncoder(folder), say)
    np.save(folder / NARROWING, found.astype(np.float16))


def main(
    laws: Annotated[Path, typer.Option(help="法条，一行一个 JSON：title, heading, text（可为 .xz）", exists=True)],
    questions: Annotated[Path, typer.Option(help="问题与它们所问的法条或条目", exists=True)] = QUESTIONS,
    model: Annotated[Path, typer.Option(help="已经写好的模型的文件夹，narrowing.npy 也写在这里", exists=True)] = BUNDLED
    / CONTEXT,
) -> None:
    """学每个字词的窄向量：一个核心约半小时，不要显卡。"""
    log = Console(stderr=True, highlight=False)
    write_narrowing(laws, questions, model, log.print)
    log.print(f"已写入 {model / NARROWING}")


if __name__ == "__main__":
    typer.run(main)
