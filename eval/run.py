"""Cases through a system: replies, rankings, scores. A question that fails is kept, with its error."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from corpus import script_variants
from eval.cases import ALL, Case
from eval.metrics import (
    MEASURES,
    Figure,
    Scores,
    Sources,
    answer_scores,
    figure,
    is_ranked,
    latency,
    p_value,
    ranking_scores,
)
from eval.systems import Ranked, System
from service import AskReply

T = TypeVar("T")

NOT_PAIRED = frozenset({"decline_precision"})  # which questions it is about is up to the answers
Figures = dict[str, dict[str, dict[str, Figure]]]  # split -> kind -> measure -> figure
Asked = dict[str, dict[str, int]]  # split -> kind -> questions


@dataclass(slots=True)
class Outcome:
    """What came of one question."""

    case: Case
    reply: AskReply | None = None
    error: str | None = None
    seconds: float | None = None  # of the answer
    ranking: list[Ranked] = field(default_factory=list)
    scores: Scores = field(default_factory=dict)
    evidence: list[Ranked] = field(default_factory=list)  # what answering looked at; not kept of test questions


@dataclass(frozen=True, slots=True)
class Run:
    """One configuration's outcomes and figures."""

    name: str
    outcomes: list[Outcome]
    figures: Figures
    asked: Asked
    latency: dict[str, Figure]  # milliseconds


@dataclass(frozen=True, slots=True)
class Comparison:
    """`after` against `before` on the questions both have: after minus before, and whether chance explains it."""

    before: str
    after: str
    split: str
    measure: str
    difference: float
    p: float
    n: int
    better: tuple[str, ...]  # ids of the questions that changed
    worse: tuple[str, ...]


def run_cases(
    system: System, name: str, cases: Sequence[Case], on_step: Callable[[], None], *, answers: bool, parity: bool
) -> Run:
    """Every case asked, where `answers`, and ranked, where its content decides. `parity` asks it in other scripts too."""
    sources = Sources.of(system.documents) if answers else Sources({}, {})
    outcomes = []
    if answers and cases:  # the first answer fills caches
        _attempt(Outcome(cases[0]), lambda: system.ask(cases[0].question, (), cases[0].documents))
    for case in cases:
        outcome = Outcome(case)
        if answers:
            _ask(system, outcome, sources, parity)
        if is_ranked(case):
            outcome.ranking = _attempt(outcome, lambda case=case: system.rank(case.question, case.documents)) or []  # type: ignore[misc]
        outcomes.append(outcome)
        on_step()
    to_rank = [case for case in cases if is_ranked(case)]
    ranked = ranking_scores(to_rank, {outcome.case.id: outcome.ranking for outcome in outcomes})
    for outcome in outcomes:
        outcome.scores |= ranked.get(outcome.case.id, {})
    seconds = [outcome.seconds for outcome in outcomes if outcome.seconds is not None]
    return Run(name, outcomes, *figures_of(outcomes), latency(seconds) if seconds else {})


def figures_of(outcomes: Iterable[Outcome]) -> tuple[Figures, Asked]:
    """For each split, and all of them, each kind and all of them: every measure that applies, and how many were asked."""
    groups: dict[tuple[str, str], dict[str, list[float]]] = {}
    asked: Asked = {}
    for outcome in outcomes:
        for split in dict.fromkeys((ALL, outcome.case.split or ALL)):
            for kind in (ALL, outcome.case.kind):
                values = groups.setdefault((split, kind), {})
                kinds = asked.setdefault(split, {})
                kinds[kind] = kinds.get(kind, 0) + 1
                for measure, score in outcome.scores.items():
                    values.setdefault(measure, []).append(score)
    figures: Figures = {}
    for (split, kind), values in groups.items():
        figures.setdefault(split, {})[kind] = {measure: figure(scores) for measure, scores in values.items()}
    return figures, asked


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold of meaning would give: the items that words decide, and where they decide nothing those of at
    least this similarity."""

    threshold: float
    precision: float
    recall: float
    added: float = 1.0  # precision of what meaning alone gives; 1 where it gives nothing
    answered: float = 1.0  # of the questions that have items, those that get some
    declined: float = 1.0  # of the unanswerable questions, those that get none


def threshold_curve(outcomes: Sequence[Outcome]) -> list[Point]:
    """Micro precision and recall over the questions decided by content, the unanswerable ones among them; of test
    questions nothing is kept, so that it rests on dev alone where a set is divided."""
    asked = [o for o in outcomes if o.evidence and (is_ranked(o.case) or (o.case.declined and not o.case.history))]
    unseen = [o for o in outcomes if is_ranked(o.case) and not o.evidence and o.case.is_shown]
    found = [(hit, hit.item in (outcome.case.items or ())) for outcome in asked for hit in outcome.evidence]
    if not any(right for _, right in found) or any(hit.meaning is None for hit, _ in found):
        return []
    expected = sum(len(outcome.case.items or ()) for outcome in (*asked, *unseen))
    answerable = [o for o in (*asked, *unseen) if not o.case.declined]
    unanswerable = [o for o in asked if o.case.declined]
    points = []
    for step in range(101):
        threshold = step / 100
        taken = [(hit, right) for hit, right in found if _is_taken(hit, threshold)]
        rights = [right for _, right in taken]
        added = [right for hit, right in taken if not hit.member]
        points.append(
            Point(
                threshold,
                _share(rights),
                sum(rights) / expected,
                _share(added),
                _share([any(_is_taken(hit, threshold) for hit in o.evidence) for o in answerable]),
                _share([not any(_is_taken(hit, threshold) for hit in o.evidence) for o in unanswerable]),
            )
        )
    return points


def _is_taken(hit: Ranked, threshold: float) -> bool:
    return bool(hit.member) or (hit.open and (hit.meaning or 0.0) >= threshold)


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 1.0


def compare(
    before: str, old: Mapping[str, Scores], after: str, new: Mapping[str, Scores], split: str = ALL
) -> list[Comparison]:
    """Each measure on the questions where both have it. `old` and `new` map question ids to scores."""
    comparisons = []
    for measure in (measure for measure in MEASURES if measure not in NOT_PAIRED):
        ids = [id for id in new if measure in new[id] and measure in old.get(id, {})]
        if not ids:
            continue
        changes = {id: new[id][measure] - old[id][measure] for id in ids}
        comparisons.append(
            Comparison(
                before=before,
                after=after,
                split=split,
                measure=measure,
                difference=sum(changes.values()) / len(ids),
                p=p_value(list(changes.values())),
                n=len(ids),
                better=tuple(id for id in ids if changes[id] > 1e-9),
                worse=tuple(id for id in ids if changes[id] < -1e-9),
            )
        )
    return comparisons


def _ask(system: System, outcome: Outcome, sources: Sources, parity: bool) -> None:
    case = outcome.case
    began = time.perf_counter()
    outcome.reply = _attempt(outcome, lambda: system.ask(case.question, case.history, case.documents))
    outcome.seconds = time.perf_counter() - began
    outcome.scores = answer_scores(case, outcome.reply, sources)
    if case.is_shown and not case.history:
        outcome.evidence = _attempt(outcome, lambda: system.evidence(case.question, case.documents)) or []
    if parity:
        same = outcome.reply is not None
        for variant in script_variants(case.question):
            other = _attempt(outcome, lambda variant=variant: system.ask(variant, case.history, case.documents))  # type: ignore[misc]
            same = same and other is not None and outcome.reply is not None and _gist(other) == _gist(outcome.reply)
        outcome.scores["parity"] = float(same)


def _attempt(outcome: Outcome, ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except Exception as error:  # whatever a system does wrong counts as a wrong answer, and is reported
        outcome.error = outcome.error or f"{type(error).__name__}：{error}"
        return None


def _gist(reply: AskReply) -> tuple[object, ...]:
    """What must not depend on the script of the question."""
    items = [(item.document, item.id) for item in reply.items]
    rows = [(row.name, row.count) for row in reply.table or ()]
    return reply.declined, reply.count, items, [count for _, count in rows]
