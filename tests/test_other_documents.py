"""Nothing is fitted to the packaged document: questions of every kind about two hand-written ones of other shapes."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus import fold, load_corpus
from index import Encoder, Index, Segmenter
from service import Assistant
from service.understanding import having

QUESTIONS = Path(__file__).parent / "questions"


def questions(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def renewal(segmenter: Segmenter, encoder: Encoder) -> Assistant:
    """一、 headings, （一） items that restart, notes of the form （甲局牵头，乙局配合）, Simplified."""
    return Assistant(Index.build(load_corpus(Path(__file__).parent / "renewal"), segmenter, encoder))


def check(assistant: Assistant, asked: dict[str, Any]) -> None:
    answer = assistant.ask(asked["question"], asked.get("history", ()))
    assert answer.declined == asked.get("declined", False), answer.text
    if "items" in asked:
        named_first = sorted(answer.items, key=lambda match: match.via == "collective")
        assert list(answer.items) == named_first
        assert sorted(match.item.id for match in answer.items) == sorted(asked["items"])
    if "count" in asked:
        assert answer.count == asked["count"]
    if "quote" in asked:
        assert any(asked["quote"] in citation.quote for citation in answer.citations)
    if "departments" in asked and answer.items:
        role = answer.plan.ask.role or "any"
        assert {name for match in answer.items for name in having(match.item, role)} == set(asked["departments"])
    if "table" in asked:
        counted = {fold(row.name): len(row.items) for row in answer.table or ()}
        assert {name: counted.get(fold(name)) for name in asked["table"]} == asked["table"]
    text = {document.id: document.text for document in assistant.documents}
    assert all(text[one.document][one.span.start : one.span.end] == one.quote for one in answer.citations)


@pytest.mark.parametrize("asked", questions("renewal-2022"), ids=lambda asked: asked["question"])
def test_a_third_document_answers_as_well(asked: dict[str, Any], renewal: Assistant) -> None:
    check(renewal, asked)


@pytest.mark.parametrize("asked", questions("fitness-2021"), ids=lambda asked: asked["question"])
def test_the_second_document_answers_as_well(asked: dict[str, Any], other: Assistant) -> None:
    check(other, asked)


def test_there_are_questions_enough_of_every_kind() -> None:
    both = [*questions("renewal-2022"), *questions("fitness-2021")]
    assert len(both) >= 120
    kinds = {
        "topic",
        "department",
        "number",
        "section",
        "count",
        "table",
        "field",
        "about",
        "follow-up",
        "unanswerable",
    }
    assert {asked["kind"] for asked in both} == kinds
