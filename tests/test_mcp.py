"""Agents: the SDK's own client against a running service, and against `yaodian mcp` on standard input and output."""

import asyncio
import json
import os
import re
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import httpx2
import pytest
from fastapi.testclient import TestClient
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, ResourceLink, TextContent
from pydantic import BaseModel

from index import Encoder, Index, Segmenter
from service import AskReply
from service.item_replies import PlacedReply
from service.replies import DocumentsReply, SearchReply
from tests.browser.conftest import serving
from tests.libraries import OPEN, SECRETS, Kept, assistant_over, kept_in, served_by
from tests.running import running
from tests.test_cli import yaodian
from tests.test_completions import TURNS

REPLIES: dict[str, type[BaseModel]] = {
    "ask": AskReply,
    "search_items": SearchReply,
    "get_item": PlacedReply,
    "list_documents": DocumentsReply,
}
ERAS = ("auto", "legacy")  # without a handshake, and with the one of before 2026
Does = Callable[[Client], Awaitable[Any]]


@pytest.fixture(scope="module")
def address(first: Index) -> Iterator[str]:
    with serving(first, []) as address:
        yield address


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return kept_in(tmp_path_factory.mktemp("library"))


def over_http(address: str, does: Does, *, key: str | None = None, era: str = "auto") -> Any:
    async def done() -> Any:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=60) as http,
            Client(streamable_http_client(f"{address}/mcp", http_client=http), mode=era) as client,
        ):
            return await does(client)

    return asyncio.run(done())


def over_stdio(data: Path, does: Does, *options: str) -> Any:
    program = ["-c", "from service.cli import main; main()", "mcp", "--data", str(data), *options]

    async def done() -> Any:
        async with Client(StdioServerParameters(command=sys.executable, args=program, env=dict(os.environ))) as client:
            return await does(client)

    return asyncio.run(done())


def asked(address: str, question: str, history: list[str], key: str | None = None) -> dict[str, Any]:
    body = json.dumps({"question": question, "history": history}).encode()
    headers = {"Content-Type": "application/json", **({"X-API-Key": key} if key else {})}
    reply: dict[str, Any] = json.load(urlopen(Request(f"{address}/api/ask", body, headers)))
    return reply


def timeless(reply: dict[str, Any] | None) -> dict[str, Any]:
    assert reply is not None
    return {name: value for name, value in reply.items() if name != "took_ms"}


def text_of(result: CallToolResult) -> str:
    assert isinstance(result.content[0], TextContent)
    return result.content[0].text


def links_of(result: CallToolResult) -> list[str]:
    return [one.uri for one in result.content if isinstance(one, ResourceLink)]


@pytest.mark.parametrize("era", ERAS)
def test_ten_turns_give_what_the_api_gives(address: str, era: str) -> None:
    async def does(client: Client) -> list[CallToolResult]:
        questions = [question for question, _ in TURNS]
        return [
            await client.call_tool("ask", {"question": one, "history": questions[:at]})
            for at, one in enumerate(questions)
        ]

    history: list[str] = []
    for (question, expected), result in zip(TURNS, over_http(address, does, era=era), strict=True):
        reply = asked(address, question, history)
        assert timeless(result.structured_content) == timeless(reply)
        assert [item["id"] for item in reply["items"]] in ([], expected)
        assert links_of(result) == [address + item["url"] for item in reply["items"]]
        history.append(question)


@pytest.mark.parametrize("era", ERAS)
def test_tools_only_read_and_say_what_they_reply(address: str, era: str) -> None:
    async def does(client: Client) -> Any:
        assert "逐字" in (client.instructions or "")
        return (await client.list_tools()).tools

    tools = over_http(address, does, era=era)
    assert [tool.name for tool in tools] == list(REPLIES)
    for tool in tools:
        assert tool.annotations
        assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
        assert list(tool.output_schema["properties"]) == list(REPLIES[tool.name].model_fields)
    limit = tools[0].input_schema["properties"]["limit"]
    assert (limit["minimum"], limit["maximum"], limit["default"]) == (1, 1000, 200)


def test_every_tool_answers_with_links_that_open_and_quotes_that_stand(address: str) -> None:
    async def does(client: Client) -> list[CallToolResult]:
        return [
            await client.call_tool("ask", {"question": "哪些任务涉及一带一路"}),
            await client.call_tool("search_items", {"query": "一带一路", "limit": 1}),
            await client.call_tool("get_item", {"document": "cnca-2017", "item": "31", "around": 1}),
            await client.call_tool("list_documents"),
        ]

    ask, search, item, documents = over_http(address, does)
    page = f"{address}/documents/cnca-2017"
    assert [links_of(one) for one in (ask, search, item, documents)] == [
        [f"{page}#item-31", f"{page}#item-32"],
        [f"{page}#item-31"],
        [f"{page}#item-30", f"{page}#item-31", f"{page}#item-32"],
        [page],
    ]
    html = urlopen(page).read().decode()
    assert all(f'id="item-{number}"' in html for number in (30, 31, 32))
    source = json.load(urlopen(f"{address}/api/documents/cnca-2017"))["text"]
    for one in ask.structured_content["citations"]:
        assert source[one["start"] : one["end"]] == one["quote"]
    assert item.structured_content["text"] in source
    assert item.structured_content["text"].split("\n")[0] in re.sub(r"\\(.)", r"\1", text_of(item))
    assert text_of(ask).startswith("共有2项任务涉及“一带一路”：\n\n> “")
    assert search.structured_content["total"] == 2
    assert documents.structured_content["documents"][0]["items"] == 38


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("ask", {"question": ""}, "参数 question 不合要求"),
        ("ask", {"question": "字" * 501}, "参数 question 不合要求"),
        ("ask", {"question": "第1项", "limit": 0, "history": [""]}, "参数 history、limit 不合要求"),
        ("ask", {"question": "第1项", "documents": ["没有的"]}, "所选的文档中有没载入的；现有1份：cnca-2017。"),
        ("get_item", {"document": "没有的", "item": "1"}, "没有这份文档。全部文档见 list_documents。"),
        ("get_item", {"document": "cnca-2017", "item": "39"}, "没有这个编号的条目"),
    ],
)
def test_what_is_wrong_is_told_and_not_said_again(tool: str, given: dict[str, Any], said: str, address: str) -> None:
    result = over_http(address, lambda client: client.call_tool(tool, given))
    assert result.is_error
    assert said in text_of(result)
    assert not text_of(result).startswith("Error")
    assert "字字" not in text_of(result)


def test_a_key_reads_what_it_may_and_nothing_else_appears(kept: Kept, segmenter: Segmenter, encoder: Encoder) -> None:
    async def does(client: Client) -> list[CallToolResult]:
        return [
            await client.call_tool("list_documents"),
            await client.call_tool("ask", {"question": "鹿鸣湖"}),
            await client.call_tool("ask", {"question": "督办清单"}),
            await client.call_tool("ask", {"question": "第1项讲什么", "documents": ["qixia"]}),
            await client.call_tool("search_items", {"query": "占道经营"}),
            await client.call_tool("search_items", {"query": "湿地", "documents": ["qixia"]}),
            await client.call_tool("get_item", {"document": "qixia", "item": "1"}),
        ]

    with running(served_by(assistant_over(kept.library, segmenter, encoder), kept)) as address:
        for who in (None, "reader", "reader of another", "editor"):
            results = over_http(address, does, key=kept.keys[who] if who else None)
            told = "".join(one.model_dump_json() for at, one in enumerate(results) if at != 1)
            assert [one for one in SECRETS if one in told] == []
            assert "栖霞谷" not in results[1].model_dump_json()  # which says again what was asked
            assert results[0].structured_content["total"] == 1
            assert results[1].structured_content["items"] == []
            assert [one.is_error for one in results] == [False, False, False, True, False, True, True]
        for who in ("reader of it", "admin"):
            results = over_http(address, does, key=kept.keys[who])
            assert results[0].structured_content["total"] == 2
            assert [one["document"] for one in results[1].structured_content["items"]] == ["qixia"]
            assert not any(one.is_error for one in results)
        with pytest.raises(ExceptionGroup):
            over_http(address, does, key="yd_wrong")


def test_where_reading_needs_a_key_there_is_nothing_without(kept: Kept, segmenter: Segmenter, encoder: Encoder) -> None:
    app = served_by(assistant_over(kept.library, segmenter, encoder), kept, read_key_required=True)
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    with running(app) as address:
        tools = over_http(address, lambda client: client.list_tools(), key=kept.keys["reader"])
        assert len(tools.tools) == len(REPLIES)
        for key in (None, "yd_wrong"):
            with pytest.raises(ExceptionGroup):
                over_http(address, lambda client: client.list_tools(), key=key)
    with TestClient(app, base_url="http://localhost") as client:
        for headers in ({}, {"Authorization": "Bearer yd_wrong"}):
            reply = client.post("/mcp", json=call, headers={"Accept": "application/json, text/event-stream", **headers})
            assert (reply.status_code, reply.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_other_names_other_sites_and_streams_are_refused(address: str) -> None:
    accept = {"Accept": "application/json, text/event-stream"}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}

    def status(method: str = "POST", **headers: str) -> int:
        return httpx2.request(method, f"{address}/mcp", json=call, headers={**accept, **headers}).status_code

    assert status() == 200
    assert status(Origin=address) == 200
    assert status(Host="evil.example.com") == 421
    assert status(Origin="http://evil.example.com") == 403
    assert status(Origin="null") == 403
    assert [status(method) for method in ("GET", "DELETE", "PUT")] == [405, 405, 405]


def test_on_standard_input_and_output_it_answers_as_over_http(address: str, tmp_path: Path) -> None:
    async def does(client: Client) -> Any:
        result = await client.call_tool("ask", {"question": "第二个由谁牵头", "history": ["哪些任务涉及一带一路"]})
        return (await client.list_tools()).tools, result

    here = over_stdio(tmp_path, does, "--address", f"{address}/")
    there = over_http(address, does)
    assert here[0] == there[0]
    assert timeless(here[1].structured_content) == timeless(there[1].structured_content)
    assert here[1].content == there[1].content


def test_what_is_published_meanwhile_is_answered_from_then_on(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(OPEN, encoding="utf-8")

    async def does(client: Client) -> list[str]:
        def published() -> None:
            assert yaodian("add", str(tmp_path / "plan.txt"), data=tmp_path / "data").returncode == 0

        served = []
        for change in (lambda: None, published):
            await asyncio.to_thread(change)
            reply = (await client.call_tool("list_documents")).structured_content
            served += [one["id"] for one in (reply or {})["documents"]]
        return served

    assert over_stdio(tmp_path / "data", does) == ["cnca-2017", "plan"]
