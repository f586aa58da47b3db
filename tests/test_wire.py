"""What is written is what `replies` describes: every field, in its order, and nothing more."""

import json
from typing import Literal

import pytest
from pydantic import BaseModel

from corpus import load_corpus, to_simplified
from service.answering import Match
from service.assistant import Assistant
from service.item_replies import ItemReply, PlacedReply
from service.parts import Json
from service.replies import AskReply, DocumentReply, DocumentSummary, SearchReply
from service.requests import AskRequest
from service.wire import Wire, written

QUESTIONS = (
    "哪些任务涉及一带一路",
    "哪些任務涉及“一帶一路”",
    "按部门分组列出所有任务",
    "哪个部门牵头最多",
    "谁印发的",
    "不由法律部牵头的任务",
    "今天北京天气怎么样",
    "第3项讲什么，由谁牵头",
)


def check(model: type[BaseModel], reply: Json) -> None:
    sent = json.loads(written(reply))
    assert json.dumps(model.model_validate(sent, strict=False).model_dump(mode="json")) == json.dumps(sent)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_written_as_described(assistant: Assistant, question: str) -> None:
    reply = Wire(assistant.index.corpus).ask(
        AskRequest(question=question), assistant.ask(question), assistant.version, 0
    )
    check(AskReply, reply)
    assert list(reply)[-1] == "took_ms"


@pytest.mark.parametrize("question", QUESTIONS)
def test_in_hans_a_reading_aid_goes_with_it(question: str, assistant: Assistant) -> None:
    request = AskRequest(question=question, script="hans")
    reply = Wire(assistant.index.corpus).ask(request, assistant.ask(question, script="hans"), assistant.version, 0)
    check(AskReply, reply)
    for item in [*reply["items"], *reply["related"]]:
        assert item["text"] != item["hans"]["text"] == to_simplified(item["text"])
        assert len(item["text"]) == len(item["hans"]["text"])  # so that highlights hold for both
    for row in reply["table"] or []:
        assert (row["name_hans"] or row["name"]) == to_simplified(row["name"])
    for citation in reply["citations"]:  # verbatim as ever
        document = assistant.documents[0]
        assert document.text[citation["start"] : citation["end"]] == citation["quote"]


def test_without_it_nothing_is_converted(assistant: Assistant, other: Assistant) -> None:
    def asked(one: Assistant, script: Literal["auto", "hans", "hant"]) -> list[Json]:
        request = AskRequest(question="第3项", script=script)
        reply = Wire(one.index.corpus).ask(request, one.ask("第3项", script=script), one.version, 0)
        items: list[Json] = reply["items"]
        return items

    assert [one["hans"] for script in ("auto", "hant") for one in asked(assistant, script)] == [None, None]
    assert [one["hans"] for one in asked(other, "hans")] == [None]  # written in Simplified


def test_documents_items_and_hits_are_written_as_described(assistant: Assistant, other: Assistant) -> None:
    for one in (assistant, other):
        wire = Wire(one.index.corpus)
        for document in one.documents:
            check(DocumentReply, wire.document(document))
            check(DocumentSummary, wire.summary(document))
            check(ItemReply, wire.item(Match(document.items[0], "number")))
            check(PlacedReply, wire.placed(document, 0, 2, "hans", hans=True))
        check(SearchReply, wire.search("认证", one.search("认证"), 0, 10, 0))


def test_the_failures_of_a_corpus_are_told() -> None:
    assert Wire(load_corpus()).failures == []
