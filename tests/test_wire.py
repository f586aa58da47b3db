"""What is written is what `replies` describes: every field, in its order, and nothing more."""

import json

import pytest
from pydantic import BaseModel

from corpus import load_corpus
from service.answering import Match
from service.assistant import Assistant
from service.item_replies import ItemReply, PlacedReply
from service.replies import AskReply, DocumentReply, DocumentSummary, SearchReply
from service.requests import AskRequest
from service.wire import Json, Wire, written

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


def test_documents_items_and_hits_are_written_as_described(assistant: Assistant, other: Assistant) -> None:
    for one in (assistant, other):
        wire = Wire(one.index.corpus)
        for document in one.documents:
            check(DocumentReply, wire.document(document))
            check(DocumentSummary, wire.summary(document))
            check(ItemReply, wire.item(Match(document.items[0], "number")))
            check(PlacedReply, wire.placed(document, 0, 2, "hant"))
        check(SearchReply, wire.search("认证", one.search("认证"), 0, 10, 0))


def test_the_failures_of_a_corpus_are_told() -> None:
    assert Wire(load_corpus()).failures == []
