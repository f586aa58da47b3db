"""What each step of the encoder's training gives: the full model against those trained without one step."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from corpus import Corpus
from eval.cases import Case, name_of
from eval.metrics import bootstrap, is_ranked, ranking_scores
from eval.systems import Ranked, UnmeasurableError, build_index
from index import POOL, Index

PREFIX = "without-"  # of the folders that training without a step writes


@dataclass(frozen=True, slots=True)
class Gain:
    """A model's mean, and how much more the full model has, with the 95 % interval of the paired bootstrap."""

    mean: float
    gain: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    without: str  # the step left out; "" for the full model
    figures: dict[str, Gain]  # by name of the set of questions


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions over a corpus, and the measure that counts."""

    corpus: Corpus
    cases: Sequence[Case]
    measure: str


def ablation(
    full: str | None, folder: Path, sets: dict[str, Asked], on_step: Callable[[], None] = lambda: None
) -> list[Row]:
    """The full model and each in `folder`, ranking by meaning alone. Raises UnmeasurableError, EncoderError."""
    models = sorted(path for path in folder.glob(f"{PREFIX}*") if path.is_dir())
    if not models:
        raise UnmeasurableError(
            f"{folder} 里没有名为 {PREFIX}步骤 的模型；先训练：python -m index.train … --ablation {folder}"
        )
    rows = []
    best: dict[str, list[float]] = {}
    for model in (None, *models):
        figures = {}
        for name, asked in sets.items():
            scores = _scores(full if model is None else str(model), asked)
            gains = np.array(best.setdefault(name, scores)) - np.array(scores)
            low, high = bootstrap(gains, np.mean) if np.ptp(gains) else (float(gains[0]), float(gains[0]))
            figures[name] = Gain(float(np.mean(scores)), float(gains.mean()), low, high)
            on_step()
        rows.append(Row(model.name.removeprefix(PREFIX) if model else "", figures))
    return [rows[0], *sorted(rows[1:], key=lambda row: -max(gain.gain for gain in row.figures.values()))]


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
