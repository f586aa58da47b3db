"""The report as one self-contained page: tables, plots as inline SVG with their text as text, failed questions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.cases import ALL, name_of
from eval.metrics import EXPLAINED, MEASURES, Figure
from eval.report import SPLITS, Report, expected_text, failures, found_text, kinds_of, splits_of, summary
from eval.run import Comparison, Outcome

HEADLINE = (  # measures of the first table; the rest unfolds below it
    "correct exact f1 count departments answered decline_recall citations parity success@1 ndcg@10".split()
)
SUMMED_UP = "correct exact f1 decline_recall answered citations parity ndcg@10".split()
RANKED = ("success@1", "ndcg@10")
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A mean with its interval, in a group of a plot."""

    series: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an item was left out or taken in."""

    item: str
    wrong: str  # 漏 or 多
    text: str
    rank: int | None  # among what answering looked at; None where nothing of it was seen
    score: float | None
    coverage: float | None
    meaning: float | None
    member: bool | None


@dataclass(frozen=True, slots=True)
class Failure:
    case_id: str
    kind: str
    question: str
    history: Sequence[str]
    expected: str
    found: str
    answer: str
    error: str | None
    wrong: Sequence[str]  # measures below 1
    plan: str
    note: str
    evidence: Sequence[Evidence]


def render_page(report: Report, texts: Mapping[str, str]) -> str:
    """`texts` are the items' bodies by document#id."""
    splits = splits_of(report)
    return _TEMPLATES.get_template("report.html").render(
        about=report.about,
        summary=summary(report),
        main=report.main,
        splits=splits,
        split_names=SPLITS,
        measures=MEASURES,
        kinds_of=kinds_of,
        explained=EXPLAINED,
        summed_up=SUMMED_UP,
        headline=[name for name in HEADLINE if _applies(report, name)],
        every=[name for name in MEASURES if _applies(report, name)],
        kinds_plot=_kinds_plot(report, splits),
        ablation_plots={split: _ablation_plot(report, split) for split in splits if len(report.runs) > 1},
        series={name: place for place, name in enumerate(splits)},
        run_series={run.name: place for place, run in enumerate(report.runs)},
        comparisons=[_shown(comparison, report) for comparison in report.comparisons],
        changes=any(one.better or one.worse for one in report.comparisons),
        unchanged=_unchanged(report.comparisons),
        curve=report.curve,
        swept=report.swept,
        chosen_weight=report.about.get("constants", {}).get("words_weight"),
        chosen=report.about.get("constants", {}).get("meaning"),
        failures=_by_kind([_failure(outcome, texts) for outcome in failures(report)]),
        hidden=sum(not o.case.is_shown and o.scores.get("correct", 1) < 1 for o in report.main.outcomes),
        errors=[
            (run.name, sum(outcome.error is not None for outcome in run.outcomes))
            for run in report.runs
            if any(outcome.error for outcome in run.outcomes)
        ],
    )


def _applies(report: Report, measure: str) -> bool:
    return any(measure in figures for figures in report.main.figures[ALL].values())


def _kinds_plot(report: Report, splits: Sequence[str]) -> list[Group]:
    """How many are all right, or for retrieval alone nDCG@10, kind by kind."""
    figures = report.main.figures
    measure = "correct" if _applies(report, "correct") else "ndcg@10"
    return [
        Group(
            "全部" if kind == ALL else kind,
            [Bar(s, figures[s][kind][measure]) for s in splits if measure in figures[s].get(kind, {})],
        )
        for kind in kinds_of(figures[ALL])
    ]


def _ablation_plot(report: Report, split: str) -> list[Group]:
    """Each run's ranking, kind by kind, and its answers."""
    groups = []
    for measure in (*RANKED, "best_expected", "five_best", "correct"):
        for kind in kinds_of(report.main.figures[split]):
            bars = [
                Bar(run.name, run.figures[split][kind][measure])
                for run in report.runs
                if measure in run.figures[split].get(kind, {})
            ]
            if bars and (kind == ALL) == (measure == "correct"):
                groups.append(Group(f"{MEASURES[measure]} · {'全部' if kind == ALL else kind}", bars))
    return groups


def _shown(comparison: Comparison, report: Report) -> tuple[Comparison, list[tuple[str, str]], int]:
    """The comparison, its changed questions that may be shown as (direction, question), and how many may not."""
    questions = {outcome.case.id: outcome.case for outcome in report.main.outcomes}
    changed = [("变好", id) for id in comparison.better] + [("变差", id) for id in comparison.worse]
    shown = [(way, f"{id} {questions[id].question}") for way, id in changed if questions[id].is_shown]
    return comparison, shown, len(changed) - len(shown)


def _unchanged(comparisons: Sequence[Comparison]) -> dict[str, list[str]]:
    """Pair of runs -> headings of the measures in which no question differs."""
    pairs: dict[str, list[str]] = {}
    for one in comparisons:
        if not (one.better or one.worse):
            pairs.setdefault(f"{one.before} → {one.after}，{one.split}", []).append(MEASURES[one.measure])
    return pairs


def _failure(outcome: Outcome, texts: Mapping[str, str]) -> Failure:
    case, reply = outcome.case, outcome.reply
    found = [name_of(item) for item in reply.items] if reply else []
    missing = [("漏", item) for item in case.items or () if item not in found]
    extra = [("多", item) for item in found if case.items is not None and item not in case.items]
    ranks = {hit.item: (rank, hit) for rank, hit in enumerate(outcome.evidence, start=1)}
    evidence = []
    for wrong, item in missing + extra:
        rank, hit = ranks.get(item, (None, None))
        seen = (hit.score, hit.coverage, hit.meaning, hit.member) if hit else (None, None, None, None)
        evidence.append(Evidence(item, wrong, texts.get(item, ""), rank, *seen))
    plan = {
        key: value
        for key, value in (reply.plan.model_dump() if reply else {}).items()
        if value not in (None, [], False)
    }
    plan.pop("question", None)
    return Failure(
        case_id=case.id,
        kind=case.kind,
        question=case.question,
        history=case.history,
        expected=expected_text(case),
        found=found_text(reply),
        answer=reply.answer if reply else "",
        error=outcome.error,
        wrong=[MEASURES[name] for name in MEASURES if name != "correct" and outcome.scores.get(name, 1) < 1],
        plan=json.dumps(plan, ensure_ascii=False),
        note=case.note,
        evidence=evidence,
    )


def _by_kind(all_failures: Sequence[Failure]) -> dict[str, list[Failure]]:
    kinds: dict[str, list[Failure]] = {}
    for failure in all_failures:
        kinds.setdefault(failure.kind, []).append(failure)
    return kinds
