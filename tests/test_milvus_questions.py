"""The labelled questions through milvus-lite, with the client that asks Milvus, and through the index's own arrays."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus import PACKAGED, find_sources
from index import Encoder, Milvus, Segmenter, address_of, build_index, load_index
from service import Assistant
from service.requests import AskRequest
from service.wire import Wire

QUESTIONS = Path(__file__).parent.parent / "eval" / "questions" / "cnca-2017.jsonl"


@pytest.fixture(scope="module")
def through_milvus(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    folder = tmp_path_factory.mktemp("milvus")
    sources, holder = find_sources(PACKAGED), Milvus(address_of(f"milvus://{folder}/m.db"))
    build_index(sources, segmenter, encoder, folder / "data", holder=holder)
    return Assistant(load_index(folder / "data", sources, segmenter, encoder, holder))


def test_what_milvus_holds_is_not_kept_twice(through_milvus: Assistant) -> None:
    kept = through_milvus.index.assembled.arrays.keys()
    assert kept.isdisjoint({"places", "bm25_rows", "bm25_scores", "items.faiss", "clauses.faiss"})


def test_all_questions_have_the_same_answers(assistant: Assistant, through_milvus: Assistant) -> None:
    cases = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    assert len(cases) == 554
    differing = []
    for case in cases:
        own, theirs = (replied(one, case) for one in (assistant, through_milvus))
        scores, their_scores = scores_of(own), scores_of(theirs)
        if own != theirs or scores != pytest.approx(their_scores, abs=1e-4):
            differing.append(case["question"])
    assert differing == []


def replied(assistant: Assistant, case: dict[str, Any]) -> dict[str, Any]:
    """As the API says it: items, count, whether it is declined, citations, text; but for the time it took."""
    answer = assistant.ask(case["question"], case.get("history", ()))
    reply = Wire(assistant.index.corpus).ask(AskRequest(question=case["question"]), answer, "", 0)
    assert {"items", "count", "declined", "citations", "answer"} <= reply.keys()
    return {name: value for name, value in reply.items() if name != "took_ms"}


def scores_of(value: Any) -> list[float]:
    """Every score in a reply, taken out of it."""
    if isinstance(value, list):
        return [score for one in value for score in scores_of(one)]
    if not isinstance(value, dict):
        return []
    own = [value.pop("score")] if value.get("score") is not None else []
    return own + [score for one in value.values() for score in scores_of(one)]
