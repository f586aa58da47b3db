"""Measures of one question's outcome, and what they say about all: means, intervals, differences.

Every measure is a number from 0 to 1 for each question that it applies to, so that every figure is a mean over n
questions. Set measures give a right refusal 1 and a wrong answer 0; a question that failed scores 0 in all of them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, R, Success, nDCG
from scipy import stats

from corpus import fold
from eval.cases import Case, name_of
from eval.systems import Ranked
from service import AskReply, DocumentReply

MEASURES = {  # name -> heading
    "correct": "全对",
    "exact": "集合全同",
    "precision": "准确率",
    "recall": "召回率",
    "f1": "F1",
    "count": "数目",
    "departments": "部门",
    "table": "表",
    "quote": "引文",
    "answered": "该答而答",
    "decline_recall": "该拒而拒",
    "decline_precision": "拒而该拒",
    "citations": "引用有效",
    "parity": "繁简一致",
    "best_expected": "首位",
    "five_best": "前五",
    "perhaps_first": "可能的首位",
    "perhaps_three": "可能的前三",
    "success@1": "success@1",
    "recall@5": "recall@5",
    "recall@10": "recall@10",
    "rr@10": "RR@10",
    "ndcg@10": "nDCG@10",
}
EXPLAINED = {  # for the report and the README
    "correct": "集合、数目、部门、表、引文凡标注的都对；应拒的拒了",
    "exact": "答案的集合与标注完全相同",
    "precision": "答案中标注的条目所占的比例",
    "recall": "标注的条目中答出的比例",
    "f1": "准确率与召回率的调和平均",
    "count": "count 与标注相同",
    "departments": "由谁牵头、协作的部门与标注相同",
    "table": "表的各行与标注相同；只问最多最少的，首句恰好说出这些部门",
    "quote": "有引用含标注的引文",
    "answered": "应当回答的问题得到了回答（未被拒）",
    "decline_recall": "应拒的问题拒了",
    "decline_precision": "拒答的问题中应拒的比例（分母随答案而变，不作配置之间的比较）",
    "citations": "引用在原文的位置上逐字相同，且在答案的条目之内",
    "parity": "问题转成 s2t、s2tw、s2hk 再转回，集合、数目、是否拒答都不变",
    "best_expected": "答案与相近条目中得分最高的是标注的条目",
    "five_best": "标注的条目中排在答案与相近条目得分前五的比例",
    "perhaps_first": "答“可能相关”时，列在首位的是标注的条目；应拒的问题没有标注的条目，算 0",
    "perhaps_three": "答“可能相关”时，列出的前三里有标注的条目；应拒的问题算 0",
    "success@1": "检索的首位是标注的条目",
    "recall@5": "检索的前五位含标注条目的比例",
    "recall@10": "检索的前十位含标注条目的比例",
    "rr@10": "第一个标注条目名次的倒数，十名之外为 0",
    "ndcg@10": "前十位的归一化折损累积增益",
}
RANKING = {
    "success@1": Success @ 1,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "rr@10": RR @ 10,
    "ndcg@10": nDCG @ 10,
}
NOT_RANKED = frozenset(  # kinds whose items are not found by their content
    "department number count field about follow-up unanswerable 部门 编号 数目 由谁 文件 追问 拒答".split()
)
RESAMPLES = 2000
PERMUTATIONS = 9999
SEED = 2017
Z = 1.96  # of the normal distribution's central 95 %
BATCH = 10_000_000  # numbers that a permutation test holds at once

Scores = dict[str, float]  # measure -> 0 to 1, where it applies


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over n questions with its bootstrap 95 % interval, which is None for a single question."""

    mean: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Sources:
    """What citations are checked against."""

    texts: Mapping[str, str]  # document -> its text
    extents: Mapping[tuple[str, str], tuple[int, int]]  # document, item id -> [start, end) of its body and note

    @classmethod
    def of(cls, documents: Sequence[DocumentReply]) -> "Sources":
        extents = {}
        for document in documents:
            ends = [*(item.start for item in document.items[1:]), len(document.text)]
            for item, end in zip(document.items, ends, strict=True):
                extents[document.id, item.id] = (item.start, end)
        return cls({document.id: document.text for document in documents}, extents)


def answer_scores(case: Case, reply: AskReply | None, sources: Sources) -> Scores:
    """The measures of an answer; `reply` is None for a question that failed."""
    if reply is None:
        return dict.fromkeys(("correct", *_labelled(case), "citations"), 0.0)
    found = [name_of(item) for item in reply.items]
    scores = set_scores(case, found, reply.declined) if case.judges_set else {}
    if case.declined:
        scores["decline_recall"] = float(reply.declined)
    else:
        scores["answered"] = float(not reply.declined)
        scores |= _detail_scores(case, reply)
    decisive = [name for name in ("exact", "answered", "decline_recall", *_details(case)) if name in scores]
    scores["correct"] = float(all(scores[name] == 1 for name in decisive))
    if reply.declined:
        scores["decline_precision"] = float(case.declined)
    elif reply.items or reply.citations:
        scores["citations"] = _valid_citations(reply, sources)
    if reply.grade == "perhaps":
        near = [name_of(item) in (case.items or ()) for item in reply.related[:3]]
        scores["perhaps_first"], scores["perhaps_three"] = float(near[:1] == [True]), float(any(near))
    if is_ranked(case):
        expected = case.items or ()
        best = sorted((*reply.items, *reply.related), key=lambda item: -item.score)
        names = [name_of(item) for item in best]
        scores["best_expected"] = float(bool(names) and names[0] in expected)
        scores["five_best"] = len(set(names[:5]) & set(expected)) / min(len(expected), 5)
    return scores


def set_scores(case: Case, found: Sequence[str], declined: bool) -> Scores:
    """Precision, recall, F1 and whether the set is the very one: a right refusal and a right empty set score 1."""
    expected, got = set(case.items or ()), set(found)
    if case.declined or not expected:
        right = float(case.declined == declined and expected == got)
        return {"exact": right, "precision": right, "recall": right, "f1": right}
    common = len(expected & got)
    precision, recall = (common / len(got) if got else 0.0), common / len(expected)
    f1 = 2 * common / (len(expected) + len(got))
    return {"exact": float(expected == got), "precision": precision, "recall": recall, "f1": f1}


def ranking_scores(cases: Sequence[Case], rankings: Mapping[str, Sequence[Ranked]]) -> dict[str, Scores]:
    """Question id -> its ranking's measures, by ir-measures; a question without a ranking scores 0."""
    qrels = {case.id: relevance(case) for case in cases}
    run = {case.id: falling_scores(rankings.get(case.id, ())) for case in cases}
    names = {measure: name for name, measure in RANKING.items()}
    scores: dict[str, Scores] = {case.id: {} for case in cases}
    for metric in ir_measures.iter_calc([*names], qrels, run):
        scores[metric.query_id][names[metric.measure]] = metric.value
    return scores


def relevance(case: Case) -> dict[str, int]:
    """Item -> its grade, 1 where judges gave none."""
    items = case.items or ()
    return dict(zip(items, case.grades or [1] * len(items), strict=True))


def falling_scores(ranking: Sequence[Ranked]) -> dict[str, float]:
    """Item -> a score that falls by 1 from rank to rank: trec_eval orders ties its own way."""
    return {hit.item: float(len(ranking) - rank) for rank, hit in enumerate(ranking)}


def is_ranked(case: Case) -> bool:
    """Its items are found by what they say, not by number, department or an earlier question."""
    return bool(case.items) and not case.history and case.kind not in NOT_RANKED


def figure(values: Sequence[float]) -> Figure:
    """The mean; its interval by the percentile bootstrap over questions, with a fixed seed; Wilson's where all
    questions score alike."""
    sample = np.asarray(values, dtype=np.float64)
    mean, n = float(sample.mean()), len(sample)
    if n < 2:
        return Figure(mean, None, None, n)
    if np.ptp(sample) == 0:  # resampling alike values gives alike means: no width, though n is small
        spread = Z**2 / (n + Z**2)
        return Figure(mean, mean * (1 - spread), mean + (1 - mean) * spread, n)
    low, high = bootstrap(sample, np.mean)
    return Figure(mean, low, high, n)


def latency(seconds: Sequence[float]) -> dict[str, Figure]:
    """Milliseconds: p50 and p95 with their intervals."""
    sample = np.asarray(seconds) * 1000
    figures = {}
    for name, share in (("p50", 50), ("p95", 95)):
        value = float(np.percentile(sample, share))
        low, high = bootstrap(sample, partial(np.percentile, q=share)) if len(sample) > 1 else (None, None)
        figures[name] = Figure(value, low, high, len(sample))
    return figures


def bootstrap(sample: npt.NDArray[np.float64], statistic: object) -> tuple[float, float]:
    interval = stats.bootstrap(
        (sample,), statistic, n_resamples=RESAMPLES, method="percentile", vectorized=True, rng=SEED
    ).confidence_interval
    return float(interval.low), float(interval.high)


def p_value(differences: Sequence[float]) -> float:
    """Of the paired permutation test on the mean of the differences, two-sided; 1 where one or none differs."""
    changed = np.asarray([difference for difference in differences if difference], dtype=np.float64)
    if len(changed) < 2:
        return 1.0  # questions that are equal add nothing to any permutation's sum
    test = stats.permutation_test(
        (changed,),
        np.sum,
        permutation_type="samples",
        n_resamples=PERMUTATIONS,
        vectorized=True,
        batch=max(1, BATCH // len(changed)),
        rng=SEED,
    )
    return float(test.pvalue)


def _labelled(case: Case) -> list[str]:
    """The measures that the label alone makes apply."""
    names = [*_details(case)]
    if case.judges_set:
        names += ["exact", "precision", "recall", "f1"]
    names.append("decline_recall" if case.declined else "answered")
    return names + (["best_expected", "five_best"] if is_ranked(case) else [])


def _details(case: Case) -> list[str]:
    names = ("count", "departments", "table", "quote")
    return [name for name in names if getattr(case, name) is not None and not case.declined]


def _detail_scores(case: Case, reply: AskReply) -> Scores:
    right = {
        "count": reply.count == case.count,
        "departments": _names(_departments(reply)) == _names(case.departments or ()),
        "table": _has_table(case.table or {}, reply),
        "quote": any(fold(case.quote or "") in fold(citation.quote) for citation in reply.citations),
    }
    return {name: float(right[name] and not reply.declined) for name in _details(case)}


def _departments(reply: AskReply) -> list[str]:
    """Those the answer gives to a question for departments."""
    field = reply.plan.field
    lead = [name for item in reply.items for name in item.lead if field in ("lead", "responsible", "any")]
    lead += [name for item in reply.items for name in item.sharing if field == "responsible"]
    return lead + [name for item in reply.items for name in item.support if field in ("support", "any")]


def _has_table(expected: Mapping[str, int], reply: AskReply) -> bool:
    rows = {fold(row.name): row.count for row in reply.table or ()}
    wanted = {fold(name): number for name, number in expected.items()}
    if rows == wanted:
        return True
    sentence, named = fold(re.split("[。\n]", reply.answer, maxsplit=1)[0]), set()
    for name in sorted(rows, key=len, reverse=True):  # 信息化办公室 is not 办公室
        if name in sentence:
            named.add(name)
            sentence = sentence.replace(name, "\n")
    return wanted.items() <= rows.items() and named == wanted.keys()


def _names(departments: Sequence[str]) -> set[str]:
    return {fold(name) for name in departments}


def _valid_citations(reply: AskReply, sources: Sources) -> float:
    """Share of the citations that are verbatim at their offsets, and of a member where they cite an item; an answer
    of items that cites none has none that is valid."""
    if not reply.citations:
        return 0.0
    answer = {(item.document, item.id) for item in reply.items}
    valid = 0
    for citation in reply.citations:
        text = sources.texts.get(citation.document, "")
        verbatim = bool(citation.quote) and text[citation.start : citation.end] == citation.quote
        if citation.id is None:
            valid += verbatim
        else:
            cited = (citation.document, citation.id)
            start, end = sources.extents.get(cited, (0, 0))
            valid += verbatim and cited in answer and start <= citation.start and citation.end <= end
    return valid / len(reply.citations)
