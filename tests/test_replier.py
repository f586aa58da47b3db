import asyncio
import json
import threading
from typing import Any

import pytest

from service.assistant import Assistant
from service.replier import FEW, SHORT, Replier
from service.requests import AskRequest


def replies(replier: Replier, *requests: AskRequest) -> list[dict[str, Any]]:
    async def asked() -> list[bytes]:
        return [await replier.ask(request) for request in requests]

    return [json.loads(reply) for reply in asyncio.run(asked())]


def test_a_question_asked_again_is_answered_once(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    replier = Replier(assistant, None)
    (first,) = replies(replier, AskRequest(question="第3项讲什么"))
    monkeypatch.setattr(replier, "_answered", None)
    (again,) = replies(replier, AskRequest(question="第3项讲什么"))
    assert {**first, "took_ms": 0} == {**again, "took_ms": 0}
    assert list(again)[-1] == "took_ms"


def test_questions_that_differ_in_anything_are_answered_apart(assistant: Assistant) -> None:
    asked = {"question": "哪些任务涉及一带一路"}
    different: list[dict[str, Any]] = [
        {},
        {"script": "hant"},
        {"limit": 1},
        {"offset": 1},
        {"history": ["第3项讲什么"]},
        {"question": "第3项讲什么", "history": ["哪些任务涉及一带一路"]},
    ]
    requests = [AskRequest(**{**asked, **one}) for one in different]
    both = replies(Replier(assistant, None), *requests, *requests)
    alone = [replies(Replier(assistant, None), request)[0] for request in requests]
    assert [{**one, "took_ms": 0} for one in both] == [{**one, "took_ms": 0} for one in alone * 2]


@pytest.mark.parametrize(
    ("characters", "items", "elsewhere"), [(SHORT, FEW, False), (SHORT + 1, FEW, True), (1, FEW + 1, True)]
)
def test_what_may_take_long_is_done_in_another_thread(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, characters: int, items: int, elsewhere: bool
) -> None:
    monkeypatch.setattr(assistant.index, "items", [assistant.index.items[0]] * items)
    replier = Replier(assistant, None)
    where = asyncio.run(replier.done(threading.current_thread, characters))
    assert (where is not threading.current_thread()) == elsewhere
