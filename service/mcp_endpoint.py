"""MCP over HTTP at /mcp: the tools are loaded when an agent first calls."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from anyio.to_thread import run_sync
from fastapi import FastAPI, Request
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

from service.problems import problem
from service.replier import Replier

ENDPOINT = "/mcp"


class McpEndpoint:
    """Answers every request by itself, in one reply: no session, and no stream that stays open."""

    def __init__(self, reader: Callable[[Request], Replier]) -> None:
        self._reader = reader
        self._answer: Callable[[Scope, Receive, Send], Any] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
            await problem(403, "别的网站的网页不能用这个地址。")(scope, receive, send)
            return
        if self._answer is None:
            self._answer = await run_sync(self._load)  # seconds, in which others are answered
        await self._answer(scope, receive, send)

    def _load(self) -> Callable[[Scope, Receive, Send], Any]:
        from service.mcp_tools import over_http, tools

        return over_http(tools(self._reader, lambda request: str(request.base_url).rstrip("/")))


class _Named(Route):
    """Tells that it was taken, as the framework's own routes do."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, found = super().matches(scope)
        return match, {**found, "route": self}


def add_mcp(app: FastAPI, reader: Callable[[Request], Replier]) -> None:
    app.router.routes.append(_Named(ENDPOINT, McpEndpoint(reader), methods=["POST"], include_in_schema=False))
