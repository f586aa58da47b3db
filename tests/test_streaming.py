"""An answer in parts is the answer: put together they are the reply that is sent without."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus import load_corpus
from index import Encoder, EngineError, Index, Segmenter
from service import Assistant
from service.app import create_app
from service.parts import SOME, Part, joined
from tests.conftest import loaded

QUESTIONS = Path(__file__).parent.parent / "eval" / "questions"
EVENTS = {"Accept": "text/event-stream"}
LONG = "第3项讲什么" + "，谢谢" * 30  # as many characters as are answered in a thread


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(loaded(assistant))) as client:
        yield client


def parts_of(stream: str) -> list[Part]:
    events = [event for event in stream.split("\n\n")[:-1] if not event.startswith(":")]
    lines = [event.split("\n") for event in events]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in lines]


def both(client: TestClient, request: dict[str, Any]) -> tuple[dict[str, Any], list[Part]]:
    """The reply, and its parts; without the time that either took."""
    reply, stream = client.post("/api/ask", json=request), client.post("/api/ask", json=request, headers=EVENTS)
    assert stream.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    parts = parts_of(stream.text)
    assert parts[-1][1].pop("took_ms") >= 0
    return {name: value for name, value in reply.json().items() if name != "took_ms"}, parts


def test_the_parts_of_many_questions_are_their_replies(client: TestClient) -> None:
    cases = [json.loads(line) for file in sorted(QUESTIONS.glob("*.jsonl")) for line in file.read_text().splitlines()]
    questions = list(dict.fromkeys(case["question"] for case in cases))[::8]
    assert len(questions) > 100
    for question in questions:
        reply, parts = both(client, {"question": question})
        assert joined(parts) == reply, question


def test_the_parts_of_a_dialogue_and_of_a_page_of_it_are_its_replies(client: TestClient) -> None:
    history: list[str] = []
    for question in ("一共有多少项任务", "其中法律部牵头的", "第二个呢", "哪个部门牵头最多", "今天天气怎么样"):
        for more in ({}, {"limit": 2, "offset": 1}, {"script": "hant"}, {"script": "hans"}):
            reply, parts = both(client, {"question": question, "history": history, **more})
            assert joined(parts) == reply
        history.append(question)


def test_the_parts_of_what_changed_are_its_replies(editions: Assistant) -> None:
    with TestClient(create_app(loaded(editions))) as client:
        for question in ("2024年的要点和2023年的有什么不同", "2024年比2023年多了哪些任务", "历年各部门牵头几项"):
            reply, parts = both(client, {"question": question})
            assert joined(parts) == reply
            assert len(reply["changes"]) in (0, len(reply["items"]))


def test_how_it_was_read_and_how_many_come_first_and_the_items_some_at_a_time(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    lines = "".join(f"{number}.推进第{number}个平台的建设。(牵头部门:甲局)\n" for number in range(1, 121))
    (tmp_path / "a.txt").write_text(f"某市2025年工作要点\n{lines}", encoding="utf-8")
    assistant = Assistant(Index.build(load_corpus(tmp_path), segmenter, encoder))
    with TestClient(create_app(loaded(assistant))) as client:
        reply, parts = both(client, {"question": "甲局牵头哪些任务"})
    assert [name for name, _ in parts] == ["plan", "count", "items", "items", "items", "rest", "end"]
    assert parts[0][1]["reading"] == "由甲局牵头的任务"
    assert parts[1][1]["count"] == 120
    assert [len(part["items"]) for name, part in parts if name == "items"] == [SOME, SOME, 20]
    assert joined(parts) == reply


def test_what_is_refused_is_refused_as_without(client: TestClient) -> None:
    for request, status in (({"question": ""}, 422), ({"question": "第1项", "documents": ["没有的"]}, 422)):
        reply = client.post("/api/ask", json=request, headers=EVENTS)
        assert (reply.status_code, reply.headers["Content-Type"]) == (status, "application/problem+json")
        assert reply.json() == client.post("/api/ask", json=request).json()


class Slow(Assistant):
    """Takes a while, and then perhaps fails."""

    fails = False

    def ask(self, *given: Any, **named: Any) -> Any:
        time.sleep(0.3)
        if self.fails:
            raise EngineError("milvus://10.0.0.1")
        return super().ask(*given, **named)


def slowly(first: Index, monkeypatch: pytest.MonkeyPatch, *, fails: bool, deadline: float) -> str:
    monkeypatch.setattr("service.streaming.HEARTBEAT", 0.05)
    monkeypatch.setattr("service.streaming.DEADLINE", deadline)
    monkeypatch.setattr(Slow, "fails", fails)
    with TestClient(create_app(loaded(Slow(first)))) as client:
        return client.post("/api/ask", json={"question": LONG}, headers=EVENTS).text


def test_while_it_is_looked_for_there_is_a_sign_of_life(first: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = slowly(first, monkeypatch, fails=False, deadline=10)
    assert stream.startswith(": \n\n: \n\n")
    assert [item["id"] for item in joined(parts_of(stream))["items"]] == ["3"]


def test_what_goes_wrong_later_is_told_by_an_event(first: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    for fails, deadline, said in ((True, 10, "存放索引的 Milvus 没有应答"), (False, 0.1, "没有在规定的时间内找完")):
        stream = slowly(first, monkeypatch, fails=fails, deadline=deadline)
        ((name, problem),) = parts_of(stream)
        assert (name, problem["status"]) == ("error", 503)
        assert said in problem["detail"]
        assert "10.0.0.1" not in stream
