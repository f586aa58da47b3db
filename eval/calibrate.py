"""The constants that depend on the encoder, chosen on the dev questions."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from eval.cases import Case
from eval.metrics import is_ranked, ranking_scores
from eval.run import Outcome, Point, run_cases, threshold_curve
from eval.systems import Config, Local
from index import Calibration, Index

WEIGHTS = tuple(round(0.05 * step, 2) for step in range(21))  # of words; meaning has the rest
RERANK_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)
MEASURE = "ndcg@10"
SURE = 0.75  # of the items that meaning alone makes an answer, those that must be right
MISSED = 0.1  # of the expected items, those that need not be shown as related


@dataclass(frozen=True, slots=True)
class Swept:
    """How well the questions of each kind are ranked with one weight of words: the measure's mean, 0 to 1."""

    words_weight: float
    kinds: dict[str, float]

    @property
    def mean(self) -> float:
        """Of the kinds, each counting the same however many its questions."""
        return float(np.mean([*self.kinds.values()]))


def sweep(index: Index, cases: Sequence[Case], on_step: Callable[[], None] = lambda: None) -> list[Swept]:
    """Every weight of words, on the questions that content decides and that are not test."""
    asked = [case for case in cases if is_ranked(case) and case.is_shown]
    found = []
    for weight in WEIGHTS if asked else ():
        scores = _scores(Local(index, Config(str(weight), weight, None)), asked)
        kinds = sorted({case.kind for case in asked})
        means = {
            kind: float(np.mean([scores[case.id][MEASURE] for case in asked if case.kind == kind])) for kind in kinds
        }
        found.append(Swept(weight, means))
        on_step()
    return found


def _scores(local: Local, asked: Sequence[Case]) -> dict[str, dict[str, float]]:
    """Of each case by its id."""
    return ranking_scores(asked, {case.id: local.rank(case.question, case.documents) for case in asked})


def best_weight(swept: Sequence[Swept]) -> float:
    """That of the best mean over kinds; of equals, the one that trusts words more."""
    return max(swept, key=lambda one: (round(one.mean, 6), one.words_weight)).words_weight


def best_rerank_weight(index: Index, cases: Sequence[Case]) -> float | None:
    """That of the reranker's score with which the same questions are ranked best; of equals, the lowest. None without a
    reranker."""
    asked = [case for case in cases if is_ranked(case) and case.is_shown]
    if index.reranker is None or not asked:
        return None
    means: dict[float, float] = {}
    for weight in RERANK_WEIGHTS:
        local = Local(index.calibrated(replace(index.calibration, rerank_weight=weight)), Config.named("fused"))
        means[weight] = round(float(np.mean([scores[MEASURE] for scores in _scores(local, asked).values()])), 6)
    return max(means, key=lambda weight: (means[weight], -weight))


def best_threshold(curve: Sequence[Point]) -> float:
    """The lowest threshold of meaning from which on SURE of what meaning alone gives is right."""
    chosen = 1.0
    for point in sorted(curve, key=lambda point: -point.threshold):
        if point.added < SURE:
            break
        chosen = point.threshold
    return chosen


def related_floor(outcomes: Sequence[Outcome]) -> float:
    """The similarity that all but MISSED of the expected items have, where words decide nothing; rounded down."""
    similarities = [
        hit.meaning
        for outcome in outcomes
        for hit in outcome.evidence
        if hit.open and hit.meaning is not None and hit.item in (outcome.case.items or ())
    ]
    return max(0.0, math.floor(float(np.quantile(similarities, MISSED)) * 100) / 100) if similarities else 0.0


def calibrate(
    index: Index, cases: Sequence[Case], on_step: Callable[[], None] = lambda: None
) -> tuple[Calibration, list[Swept], list[Point]] | None:
    """The constants and what they were chosen by; None where no question serves: dev ones whose content decides."""
    index = index.calibrated(replace(index.calibration, context_weight=0.0))  # of the encoder itself
    swept = sweep(index, cases, on_step)
    dev = [case for case in cases if case.is_shown]
    outcomes = run_cases(Local(index, Config.named("fused")), "fused", dev, lambda: None, answers=True, parity=False)
    curve = threshold_curve(outcomes.outcomes)
    if not swept or not curve:
        return None
    rerank = best_rerank_weight(index.calibrated(replace(index.calibration, words_weight=best_weight(swept))), cases)
    threshold = best_threshold(curve)
    floor = min(related_floor(outcomes.outcomes), threshold)
    chosen = Calibration(best_weight(swept), threshold, floor)
    return chosen if rerank is None else replace(chosen, rerank_weight=rerank), swept, curve
