"""A model that hangs, drips, floods, errs or points elsewhere: within limits, and never more than one retry."""

import asyncio
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from service.llm import Client, Llm, LlmError
from tests.models import Body, ModelServer, model_server, raw, says

SHORT, LONG = 0.6, 20.0  # seconds: for one that does not answer, and for one that does on a machine that is busy


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with model_server(says({"fine": 1})) as server:
        yield server


def asked(client: Client, times: int = 1) -> list[Any]:
    """What each of the questions, one after the other, came to: the object or the error's words."""

    async def run() -> list[Any]:
        found: list[Any] = []
        for _ in range(times):
            try:
                found.append(await client.complete("系统", "问题", {"type": "object"}))
            except LlmError as error:
                found.append(str(error))
        await client.close()
        return found

    return asyncio.run(run())


def client_of(server: ModelServer, limit: float = LONG, **more: Any) -> Client:
    return Client(Llm(server.url, "m", "secret"), limit=limit, **more)


def test_the_model_is_asked_by_schema_with_the_key_in_the_header_alone(model: ModelServer) -> None:
    assert asked(client_of(model)) == [{"fine": 1}]
    (body,) = model.bodies
    assert (body["model"], body["temperature"]) == ("m", 0)
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert (model.keys, model.paths) == (["Bearer secret"], ["/v1/chat/completions"])
    assert "secret" not in json.dumps(body)
    assert "secret" not in repr(client_of(model).llm)


def test_words_around_the_object_are_passed_over(model: ModelServer) -> None:
    model.behaviour = says('<think>{"a": 0}</think>好的：\n```json\n{"a": 1}\n```')
    assert asked(client_of(model)) == [{"a": 1}]


def test_a_server_without_schemas_is_asked_once_more_without(model: ModelServer) -> None:
    def behave(handler: BaseHTTPRequestHandler, body: Body) -> None:
        (raw(b"{}", 400) if "response_format" in body else says({"a": 2}))(handler, body)

    model.behaviour = behave
    assert asked(client_of(model)) == [{"a": 2}]
    assert len(model.bodies) == 2


def test_bad_replies_are_tried_once_more_and_no_oftener(model: ModelServer) -> None:
    for content in (
        b"",
        b"{",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b"\xff\xfe",
    ):
        model.bodies.clear()
        model.behaviour = raw(content)
        assert asked(client_of(model)) == ["模型的回复不是所要的 JSON"]
        assert len(model.bodies) == 2
    model.bodies.clear()
    model.behaviour = raw(b"", 401)  # a wrong key is not right the second time
    assert asked(client_of(model)) == ["模型服务答复 401"]
    assert len(model.bodies) == 1


def test_one_that_hangs_or_drips_is_let_go_in_time(model: ModelServer) -> None:
    def hang(handler: BaseHTTPRequestHandler, body: Body) -> None:
        model.ended.wait(20)

    def drip(handler: BaseHTTPRequestHandler, body: Body) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not model.ended.wait(0.05):
            handler.wfile.write(b" ")

    for behaviour in (hang, drip):
        model.behaviour = behaviour
        assert asked(client_of(model, SHORT)) == ["模型没有在0.6秒内答完"]


def test_a_hundred_megabytes_are_not_read(model: ModelServer) -> None:
    written = []

    def flood(handler: BaseHTTPRequestHandler, body: Body) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(1600):
            handler.wfile.write(b"x" * 65536)
            written.append(65536)

    model.behaviour = flood
    assert asked(Client(Llm(model.url, "m"), limit=20)) == ["模型的回复超过256 KiB"]
    assert sum(written) < 40_000_000  # what the sockets hold besides


def test_a_redirect_is_not_followed_nor_a_packed_reply_unpacked(model: ModelServer) -> None:
    with model_server(says({"a": 1})) as elsewhere:
        model.behaviour = raw(b"", 307, Location=f"{elsewhere.url}/chat/completions")
        assert asked(client_of(model)) == ["模型服务答复 307"]
        assert elsewhere.paths == []
    model.behaviour = raw(b"\x1f\x8b\x08", 200, **{"Content-Encoding": "gzip"})
    assert asked(client_of(model)) == ["模型的回复不是所要的 JSON"]


def test_no_proxy_of_the_environment_is_used(model: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with model_server(says({"proxied": 1})) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        assert asked(client_of(model)) == [{"fine": 1}]
        assert proxy.paths == []


def test_after_three_faults_it_is_left_alone_for_a_while(model: ModelServer) -> None:
    now = [0.0]
    model.behaviour = raw(b"", 401)
    client = client_of(model, clock=lambda: now[0])

    async def run() -> list[str]:
        said = []
        for at in (0, 1, 2, 3, 40):
            now[0] = at
            if at == 40:
                model.behaviour = says({"a": 1})
            try:
                said.append(str(await client.complete("", "", {})))
            except LlmError as error:
                said.append(str(error))
        await client.close()
        return said

    assert asyncio.run(run()) == [*["模型服务答复 401"] * 3, "模型接连出错，暂时不问它", "{'a': 1}"]
    assert len(model.bodies) == 4


def test_more_than_four_at_once_are_not_waited_for(model: ModelServer) -> None:
    def slow(handler: BaseHTTPRequestHandler, body: Body) -> None:
        model.ended.wait(0.3)
        says({"a": 1})(handler, body)

    model.behaviour = slow
    client = Client(Llm(model.url, "m"), limit=20)

    async def run() -> list[Any]:
        found = await asyncio.gather(*(client.complete("", "", {}) for _ in range(6)), return_exceptions=True)
        await client.close()
        return [str(one) for one in found]

    assert asyncio.run(run()) == [*["{'a': 1}"] * 4, *["模型正忙"] * 2]


@pytest.mark.parametrize(
    ("url", "model_name"),
    [("ftp://a/v1", "m"), ("http://", "m"), ("http://u:p@a/v1", "m"), ("http://a/v1?x=1", "m"), ("http://a/v1", None)],
)
def test_an_address_that_cannot_be_is_refused(url: str, model_name: str | None) -> None:
    with pytest.raises(ValueError, match=r"应为|不能|还要"):
        Llm.of(url, model_name, {})


def test_the_key_comes_from_the_environment() -> None:
    assert Llm.of("http://a/v1/", "m", {"YAODIAN_LLM_KEY": "k"}) == Llm("http://a/v1", "m", "k")
    assert Llm.of("https://a/v1", "m", {"YAODIAN_LLM_KEY": ""}).key is None
