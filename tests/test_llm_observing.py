"""What an operator sees of the language model: figures counted by hand, and what the doctor finds of it."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service import Assistant
from service.app import create_app
from service.doctor import Finding
from service.llm import Llm
from service.llm.examined import examined_model
from service.metrics import Metrics
from tests.conftest import loaded
from tests.models import ModelServer, model_server, raw, says
from tests.test_cli import yaodian
from tests.test_observing import Figures, figures


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with model_server(says({"ok": True})) as server:
        yield server


def test_what_is_asked_of_the_model_is_counted(assistant: Assistant, model: ModelServer) -> None:
    metrics = Metrics()
    app = create_app(loaded(assistant), metrics=metrics, llm=Llm(model.url, "m"))
    client = TestClient(app)

    def ask() -> object:
        reply = client.post("/api/model", json={"question": "第31项讲什么", "phrase": True}).json()
        return reply["fault"]

    def found() -> Figures:
        metrics.model_rests(app.state.helping.client.rests)
        return {name: value for name, value in figures(metrics.written().decode()).items() if "llm" in name[0]}

    assert found()["yaodian_llm_requests_total", "answered"] == 0  # there from the beginning
    said = [
        {"text": "第31项由国际部牵头。", "items": ["31"]},
        {"text": "第31项由法律部牵头。", "items": ["31"]},
        {"text": "第31项由国际部牵头。", "items": ["99"]},
    ]
    model.behaviour = says({"sentences": said})
    assert ask() is None
    model.behaviour = raw(b"", 401)
    assert [ask() for _ in range(4)] == [*["模型服务答复 401"] * 3, "模型接连出错，暂时不问它"]
    counted = found()
    assert {name[1]: value for name, value in counted.items() if name[0] == "yaodian_llm_requests_total"} == {
        "answered": 1,
        "fault": 3,
        "busy": 0,
        "resting": 1,
    }
    assert counted["yaodian_llm_seconds_count",] == 4
    assert counted["yaodian_llm_resting",] == 1
    assert (counted["yaodian_llm_sentences_total", "kept"], counted["yaodian_llm_sentences_total", "dropped"]) == (1, 2)


def examined(url: str, model: str = "m") -> Finding:
    (found,) = examined_model(Llm(url, model))
    return found


def test_a_model_that_answers_is_well(model: ModelServer) -> None:
    for models, more in ((("m", "n"), ""), ((), "（它不列出模型）")):
        model.models = models
        found = examined(model.url)
        assert (found.state, found.repair) == ("ok", "")
        assert found.said.startswith(f"m 在 {model.url}，一个小的答复用 ")
        assert found.said.endswith(f"秒{more}")
    assert model.paths == ["/v1/models", "/v1/chat/completions"] * 2


def test_what_is_wrong_with_a_model_is_told_with_what_to_do(model: ModelServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    away = examined(f"http://127.0.0.1:{port}/v1")
    assert (away.state, away.said) == ("fail", f"连不上 http://127.0.0.1:{port}/v1（ConnectError）")
    assert "--llm" in away.repair
    model.models = ("n", "o")
    other = examined(model.url)
    assert (other.state, other.repair) == ("fail", "写明：--llm-model n")
    assert other.said == f"{model.url} 没有名为 m 的模型，有 n、o"
    model.listing = 401
    locked = examined(model.url)
    assert (locked.state, "YAODIAN_LLM_KEY" in locked.repair) == ("fail", True)
    assert model.bodies == []  # nothing was asked of it
    model.listing, model.models, model.behaviour = 200, ("m",), raw(b"{")
    odd = examined(model.url)
    assert (odd.state, odd.said) == ("fail", "m 答不了：模型的回复不是所要的 JSON")


def test_the_doctor_looks_at_the_model_that_is_named(model: ModelServer, tmp_path: Path) -> None:
    model.models = ("m",)
    told = yaodian("doctor", "--json", "--port", "0", "--llm", model.url, "--llm-model", "m", data=tmp_path)
    last = json.loads(told.stdout)[-1]
    assert (last["what"], last["state"]) == ("语言模型", "ok")
