"""Who asks the model tells it of nothing that they may not read, whatever its replies name."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from index import Encoder, Segmenter
from service.access import Access
from service.app import create_app
from service.llm import Llm
from tests.conftest import loaded
from tests.libraries import SECRETS, Kept, assistant_over, kept_in
from tests.models import ModelServer, model_server, says

OUTSIDE = ("nobody", "reader", "reader of another")
UNREAD = "湖边的水草谁来打理呀"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return kept_in(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with model_server(says({})) as server:
        yield server


@pytest.fixture(scope="module")
def client(kept: Kept, model: ModelServer, segmenter: Segmenter, encoder: Encoder) -> Iterator[TestClient]:
    access = Access(kept.data)
    served = loaded(assistant_over(kept.library, segmenter, encoder))
    with TestClient(create_app(served, access=access, llm=Llm(model.url, "m"))) as client:
        yield client


def ask(client: TestClient, who: str, kept: Kept, **body: Any) -> dict[str, Any]:
    client.app.state.helping.client._until = 0  # type: ignore[attr-defined]
    headers = {} if who == "nobody" else {"X-API-Key": kept.keys[who]}
    reply: dict[str, Any] = client.post("/api/model", json=body, headers=headers).json()
    return reply


@pytest.mark.parametrize("who", OUTSIDE)
def test_an_outsiders_questions_tell_the_model_of_nothing_closed(
    who: str, client: TestClient, kept: Kept, model: ModelServer
) -> None:
    model.bodies.clear()
    guesses: list[Any] = [
        {"kind": "items", "topic": "湿地修复"},
        {"kind": "items", "topic": "占道经营", "documents": ["qixia"]},
        {"kind": "items", "departments": [{"name": "琉璃湾管理处", "role": "lead"}]},
        {"kind": "summary"},
    ]
    for guess in guesses:
        model.behaviour = says(guess)
        replies = [ask(client, who, kept, question=one, phrase=True) for one in (UNREAD, "占道经营")]
        assert not [word for word in SECRETS if word in json.dumps(replies, ensure_ascii=False)]
    assert model.bodies
    assert not [word for word in SECRETS if word in json.dumps(model.bodies, ensure_ascii=False)]


def test_an_insiders_question_is_read_of_all_that_they_may_read(
    client: TestClient, kept: Kept, model: ModelServer
) -> None:
    model.behaviour = says({"kind": "items", "topic": "湿地修复", "documents": ["qixia"]})
    answer = ask(client, "reader of it", kept, question=UNREAD)["answer"]
    assert [(item["document"], item["number"]) for item in answer["items"]] == [("qixia", 1)]


def test_a_wrong_key_is_refused_and_a_browsers_session_may_ask(client: TestClient, kept: Kept) -> None:
    assert client.post("/api/model", json={"question": UNREAD}, headers={"X-API-Key": "yd_wrong"}).status_code == 401
    client.post("/api/session", headers={"X-API-Key": kept.keys["reader of it"]})
    found = client.post("/api/model", json={"question": UNREAD}).json()["answer"]
    assert [item["document"] for item in found["items"]] == ["qixia"]
    client.cookies.clear()
