"""What each step of the encoder's training gives: the model against those trained with one step less, or more."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from corpus import Corpus
from eval.cases import Case, name_of
from eval.metrics import bootstrap, is_ranked, ranking_scores
from eval.systems import Ranked, UnmeasurableError, build_index
from index import POOL, Index

_VARIANT = re.compile(r"(without|with)-(.+)")  # of the folders that `index.train --ablation` writes


Trained = Literal["as committed", "without", "with"]


@dataclass(frozen=True, slots=True)
class Gain:
    """A model's mean, and how much more there is with the step than without it, with the 95 % interval of the paired
    bootstrap."""

    mean: float
    gain: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    trained: Trained
    step: str  # left out or added; "" for the model itself
    figures: dict[str, Gain]  # by name of the set of questions


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions over a corpus, and the measure that counts."""

    corpus: Corpus
    cases: Sequence[Case]
    measure: str


def variants_in(folder: Path) -> list[tuple[Path, Trained, str]]:
    """Each model that training wrote to compare with: its folder, and the step it was trained without or with."""
    named = [(path, _VARIANT.fullmatch(path.name)) for path in sorted(folder.iterdir()) if path.is_dir()]
    return [(path, "without" if found[1] == "without" else "with", found[2]) for path, found in named if found]


def ablation(
    full: str | None, folder: Path, sets: dict[str, Asked], on_step: Callable[[], None] = lambda: None
) -> list[Row]:
    """The full model and each in `folder`, ranking by meaning alone. Raises UnmeasurableError, EncoderError."""
    if not (variants := variants_in(folder)):
        raise UnmeasurableError(
            f"{folder} 里没有名为 without-步骤 的模型；先训练：python -m index.train … --ablation {folder}"
        )
    base: dict[str, list[float]] = {}
    for name, asked in sets.items():
        base[name] = _scores(full, asked)
        on_step()
    rows = []
    for path, trained, step in variants:
        figures = {}
        for name, asked in sets.items():
            scores = _scores(str(path), asked)
            without, having = (scores, base[name]) if trained == "without" else (base[name], scores)
            figures[name] = _gain(scores, np.array(having) - np.array(without))
            on_step()
        rows.append(Row(trained, step, figures))
    rows.sort(key=lambda row: -max(gain.gain for gain in row.figures.values()))
    itself = {name: _gain(scores, np.zeros(len(scores))) for name, scores in base.items()}
    return [Row("as committed", "", itself), *rows]


def _gain(scores: Sequence[float], gains: npt.NDArray[np.float64]) -> Gain:
    low, high = bootstrap(gains, np.mean) if np.ptp(gains) else (float(gains[0]), float(gains[0]))
    return Gain(float(np.mean(scores)), float(gains.mean()), low, high)


def to_json(rows: Sequence[Row], sets: dict[str, Asked]) -> str:
    content = {"sets": {name: asked.measure for name, asked in sets.items()}, "rows": [asdict(row) for row in rows]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _scores(encoder: str | None, asked: Asked) -> list[float]:
    """Of each question that content decides, in order."""
    index = build_index(asked.corpus, encoder)
    cases = [case for case in asked.cases if is_ranked(case)]
    scores = ranking_scores(cases, {case.id: _by_meaning(index, case.question) for case in cases})
    return [scores[case.id][asked.measure] for case in cases]


def _by_meaning(index: Index, question: str) -> list[Ranked]:
    """The best items by meaning alone; one without any similarity is not found."""
    similarities = index.dense.similarities(index.encoder.encode([question])[0])
    best = np.argsort(-similarities, kind="stable")[:POOL]
    return [Ranked(name_of(index.items[row]), float(similarities[row])) for row in best if similarities[row]]
