"""Measures worked out by hand, and those of ir-measures by its own hand."""

import math
from dataclasses import replace

import pytest

from eval.cases import Case
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
    set_scores,
)
from eval.systems import Config, Local, Ranked
from index import Index
from service import AskReply


@pytest.fixture(scope="module")
def local(first: Index) -> Local:
    return Local(first, Config.named("fused"))


@pytest.fixture(scope="module")
def sources(local: Local) -> Sources:
    return Sources.of(local.documents)


def case(question: str = "甲", **labels: object) -> Case:
    return replace(Case("1", question), **labels)  # type: ignore[arg-type]


def named(*numbers: int) -> tuple[str, ...]:
    return tuple(f"cnca-2017#{number}" for number in numbers)


def test_set_measures_of_a_partly_right_set() -> None:
    scores = set_scores(case(items=("1", "2", "3")), ["2", "3", "4", "5"], declined=False)
    assert scores == pytest.approx({"exact": 0, "precision": 2 / 4, "recall": 2 / 3, "f1": 4 / 7})


@pytest.mark.parametrize(
    ("label", "found", "declined", "right"),
    [
        (case(declined=True), [], True, 1),  # a right refusal
        (case(declined=True), ["1"], False, 0),  # an answer where none is due
        (case(declined=True), [], False, 0),  # 没有 is an answer too
        (case(items=("1",)), [], True, 0),  # a refusal where an answer is due
        (case(items=()), [], False, 1),  # the empty set, rightly
        (case(items=()), [], True, 0),
        (case(items=()), ["1"], False, 0),
        (case(items=("1", "2")), ["2", "1"], False, 1),  # order does not matter
    ],
)
def test_all_set_measures_are_0_or_1_where_one_side_has_no_set(
    label: Case, found: list[str], declined: bool, right: float
) -> None:
    assert set_scores(label, found, declined) == dict.fromkeys(("exact", "precision", "recall", "f1"), right)


def test_ranking_measures_equal_those_worked_out_by_hand() -> None:
    def ranking(*items: str) -> list[Ranked]:
        return [Ranked(item, 0.5) for item in items]  # all tied: the order given counts

    cases = [
        case(id="two", items=("a", "d")),
        case(id="graded", items=("a", "b"), grades=(1, 3)),
        case(id="far", items=("z",)),
        case(id="none", items=("a",)),
    ]
    scores = ranking_scores(
        cases,
        {
            "two": ranking("b", "a", "c"),
            "graded": ranking("a", "b"),
            "far": ranking(*"abcdefghijkz"),
        },
    )
    second = 1 / math.log2(3)  # the discount of the second place
    assert scores["two"] == pytest.approx(
        {"success@1": 0, "recall@5": 0.5, "recall@10": 0.5, "rr@10": 0.5, "ndcg@10": second / (1 + second)}
    )
    assert scores["graded"]["ndcg@10"] == pytest.approx((1 + 3 * second) / (3 + second))
    assert scores["far"] == scores["none"] == dict.fromkeys(scores["two"], 0)


def test_only_what_its_content_decides_is_ranked() -> None:
    assert is_ranked(case(items=("1",), kind="topic"))
    assert is_ranked(case(items=("1",)))
    assert not is_ranked(case(items=("1",), kind="department"))
    assert not is_ranked(case(items=("1",), history=("乙",)))
    assert not is_ranked(case())


def test_a_figure_is_a_mean_with_its_interval() -> None:
    spread = 1.96**2 / (3 + 1.96**2)  # Wilson's interval of 3 in 3, of 0 in 3
    assert figure([1.0, 1.0, 1.0]) == Figure(1.0, 1 - spread, 1.0, 3)
    assert figure([0.0, 0.0, 0.0]) == Figure(0.0, 0.0, spread, 3)
    assert (figure([0.5]).mean, figure([0.5]).low, figure([0.5]).n) == (0.5, None, 1)
    half = figure([0.0, 1.0] * 50)  # standard error 0.05: about 0.5 ± 0.098
    assert half.mean == 0.5
    assert half.low == pytest.approx(0.402, abs=0.02)
    assert half.high == pytest.approx(0.598, abs=0.02)
    assert figure([0.0, 1.0] * 50) == half


def test_the_permutation_test_counts_signs() -> None:
    # Of the 256 ways to sign eight ones, 2 × (1 + 8) have a sum as far from 0 as seven against one
    assert p_value([1.0] * 7 + [-1.0] + [0.0] * 20) == pytest.approx(18 / 256)
    assert p_value([0.0, 0.0]) == 1
    assert p_value([]) == p_value([1.0, 0.0]) == 1


def test_latency_is_in_milliseconds() -> None:
    figures = latency([0.001, 0.002, 0.003, 0.004, 0.005])
    assert (figures["p50"].mean, figures["p95"].mean) == pytest.approx((3.0, 4.8))
    assert figures["p50"].n == 5


def scores_of(local: Local, sources: Sources, label: Case, reply: AskReply | None = None) -> Scores:
    return answer_scores(label, reply or local.ask(label.question, label.history), sources)


def test_a_right_answer_scores_1_in_everything_that_applies(local: Local, sources: Sources) -> None:
    label = case("哪些任务涉及一带一路", items=named(31, 32), count=2)
    scores = scores_of(local, sources, label)
    assert scores.pop("five_best") == scores.pop("best_expected") == 1
    assert scores == dict.fromkeys(
        ("exact", "precision", "recall", "f1", "answered", "count", "correct", "citations"), 1.0
    )


def test_one_wrong_label_makes_the_answer_not_all_right(local: Local, sources: Sources) -> None:
    scores = scores_of(local, sources, case("哪些任务涉及一带一路", items=named(31, 32), count=3))
    assert (scores["exact"], scores["count"], scores["correct"]) == (1, 0, 0)


def test_what_is_not_labelled_is_not_judged(local: Local, sources: Sources) -> None:
    counted = scores_of(local, sources, case("法律部牵头多少项", count=8))
    assert counted == {"answered": 1, "count": 1, "correct": 1, "citations": 1}
    misquoted = scores_of(local, sources, case("谁印发的", quote="2017年2月15日"))
    assert misquoted == {"answered": 1, "quote": 0, "correct": 0, "citations": 1}
    empty = scores_of(local, sources, case("法律部牵头多少项", items=()))  # labelled: the empty set
    assert (empty["exact"], empty["correct"]) == (0, 0)
    refused = scores_of(local, sources, case("今天北京天气怎么样", declined=True, count=0))
    assert refused["correct"] == 1


def test_departments_are_those_the_answer_was_asked_for(local: Local, sources: Sources) -> None:
    lead = case("第31项由谁牵头", items=named(31), departments=("国际部",))  # the source writes 國際部
    assert scores_of(local, sources, lead)["departments"] == 1
    assert scores_of(local, sources, replace(lead, departments=("国际部", "研究所")))["departments"] == 0
    assert scores_of(local, sources, replace(lead, question="第31项讲什么"))["departments"] == 0
    nobody = case("第38项由谁牵头", items=named(38), departments=())  # declined: that is no answer
    assert scores_of(local, sources, nobody)["departments"] == 0
    both = case("第9项和第10项分别由哪个部门牵头", items=named(9, 10), departments=("认证部",))
    assert scores_of(local, sources, both)["departments"] == 1


def test_a_table_is_right_row_for_row_or_in_the_departments_its_first_sentence_names(
    local: Local, sources: Sources
) -> None:
    most = case("哪个部门牵头最多", table={"认可部": 9, "认证部": 9})
    assert scores_of(local, sources, most)["table"] == 1
    assert scores_of(local, sources, replace(most, table={"认可部": 9}))["table"] == 0  # a tie is named whole
    assert scores_of(local, sources, replace(most, table={"认可部": 9, "认证部": 8}))["table"] == 0
    reply = local.ask("哪个部门牵头最多", ())
    every = {row.name: row.count for row in reply.table or ()}
    assert scores_of(local, sources, replace(most, table=every))["table"] == 1
    shorter = [row.model_copy(update={"name": "可部", "count": 9}) for row in reply.table or ()][:1]
    named_alike = reply.model_copy(update={"table": [*(reply.table or ()), *shorter]})  # 可部 stands in 认可部
    assert scores_of(local, sources, most, named_alike)["table"] == 1
    del every["機關黨委"]
    assert scores_of(local, sources, replace(most, table=every))["table"] == 0


def test_a_quote_must_stand_in_a_citation(local: Local, sources: Sources) -> None:
    assert scores_of(local, sources, case("谁印发的", quote="国家认监委"))["quote"] == 1
    assert scores_of(local, sources, case("谁印发的", quote="2017年2月15日"))["quote"] == 0


def test_declining_is_measured_both_ways(local: Local, sources: Sources) -> None:
    right = scores_of(local, sources, case("今天北京天气怎么样", declined=True))
    assert (right["decline_recall"], right["decline_precision"], right["correct"]) == (1, 1, 1)
    wrong = scores_of(local, sources, case("今天北京天气怎么样", items=named(1)))
    assert (wrong["answered"], wrong["decline_precision"], wrong["correct"]) == (0, 0, 0)
    assert "decline_recall" not in wrong
    answered = scores_of(local, sources, case("第31项讲什么", declined=True))
    assert (answered["decline_recall"], answered["correct"]) == (0, 0)
    assert "decline_precision" not in answered


def test_a_citation_must_be_verbatim_at_its_offsets_and_in_a_member(local: Local, sources: Sources) -> None:
    label = case("哪些任务涉及一带一路", items=named(31, 32))
    reply = local.ask(label.question, ())
    first, second = reply.citations
    for broken in (
        first.model_copy(update={"start": first.start + 1, "end": first.end + 1}),  # elsewhere
        first.model_copy(update={"quote": first.quote + "。"}),  # not verbatim
        first.model_copy(update={"id": "30"}),  # of no member
        second.model_copy(update={"id": "31"}),  # of another member than it says
        first.model_copy(update={"id": "32"}),
        first.model_copy(update={"end": first.start, "quote": ""}),  # nothing
        first.model_copy(update={"document": "another"}),
    ):
        spoilt = reply.model_copy(update={"citations": [broken, second]})
        assert scores_of(local, sources, label, spoilt)["citations"] == 0.5
    assert scores_of(local, sources, label, reply.model_copy(update={"citations": []}))["citations"] == 0
    one = reply.model_copy(update={"items": reply.items[:1]})  # the second citation is verbatim, but of no member
    assert scores_of(local, sources, label, one)["citations"] == 0.5


def test_the_best_scored_of_items_and_related_is_looked_at(local: Local, sources: Sources) -> None:
    reply = local.ask("哪些任务涉及一带一路", ())
    near = [reply.items[0].model_copy(update={"id": id, "score": 0.3}) for id in ("5", "6", "7", "8")]
    reply = reply.model_copy(update={"related": near})  # by score: two items, then 5, 6, 7, and 8 in the sixth place
    scores = scores_of(local, sources, case(items=named(5, 31)), reply)
    assert (scores["best_expected"], scores["five_best"]) == (1, 1)
    scores = scores_of(local, sources, case(items=named(7, 8)), reply)
    assert (scores["best_expected"], scores["five_best"]) == (0, 0.5)
    assert scores_of(local, sources, case(items=named(31, 32, 5, 6, 7, 8)), reply)["five_best"] == 1  # no more fit


def test_the_nearest_that_are_named_as_nearest_are_judged(local: Local, sources: Sources) -> None:
    reply = local.ask("哪些任务涉及一带一路", ())
    near = [reply.items[0].model_copy(update={"id": id}) for id in ("5", "6", "7", "8")]
    perhaps = reply.model_copy(update={"grade": "perhaps", "declined": True, "items": [], "related": near})

    def judged(label: Case) -> tuple[float, float]:
        scores = scores_of(local, sources, label, perhaps)
        return scores["perhaps_first"], scores["perhaps_three"]

    assert judged(case(items=named(5))) == (1, 1)
    assert judged(case(items=named(7))) == (0, 1)
    assert judged(case(items=named(8))) == (0, 0)  # it is the fourth
    assert judged(case(declined=True)) == (0, 0)
    assert "perhaps_first" not in scores_of(local, sources, case(items=named(31, 32)), reply)


def test_a_question_that_failed_scores_0_in_every_measure_that_applies(sources: Sources) -> None:
    scores = answer_scores(case(items=("1",), count=1, departments=("甲部",)), None, sources)
    assert set(scores.values()) == {0.0}
    assert answer_scores(case(count=1), None, sources) == dict.fromkeys(
        ("correct", "count", "answered", "citations"), 0.0
    )
    assert {"correct", "exact", "f1", "count", "departments", "answered", "citations", "best_expected"} <= scores.keys()
    assert answer_scores(case(declined=True), None, sources)["decline_recall"] == 0


def test_every_measure_has_a_heading_and_an_explanation() -> None:
    from eval.metrics import EXPLAINED

    assert MEASURES.keys() == EXPLAINED.keys()
