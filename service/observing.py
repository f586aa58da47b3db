"""What is seen of each request: its route, its status, how long it took, under an id that the client is told. Never what was
asked."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import Response
from starlette.datastructures import Headers, MutableHeaders

from service.base_path import rooted
from service.gate import CHALLENGE, caller_of
from service.logs import request_id
from service.metrics import KIND, Metrics
from service.problems import ASGIApp, Message, Receive, Send

ID = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")  # an id that is taken over from who asks, such as a proxy
ROUTE = "route"  # in the state of the request: its template
UNKNOWN = "-"  # of an address that there is not

_log = logging.getLogger("yaodian.requests")
Seen = Callable[[str, str, int, float], None]  # method, route, status, seconds


class Routed:
    """Innermost: where the routes begin. Notes the template of the address, `/api/documents/{id}`, which those without read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})
        scope = rooted(scope) if scope["type"] == "http" else scope
        try:
            await self._app(scope, receive, send)
        finally:
            scope["state"][ROUTE] = _template(scope)


class Observed:
    """Outermost, so that what is refused on the way is seen, too."""

    def __init__(self, app: ASGIApp, seen: Seen) -> None:
        self._app, self._seen = app, seen

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        began, method, status = time.perf_counter(), scope["method"], 500
        id = _id(scope)
        request_id.set(id)
        state = scope.setdefault("state", {})

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[ID] = id
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            seconds = time.perf_counter() - began
            route = state.get(ROUTE, UNKNOWN)
            self._seen(method, route, status, seconds)
            if _log.isEnabledFor(logging.INFO):
                told = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
                _log.info("请求", extra=told)


def add_metrics(app: FastAPI, metrics: Metrics) -> None:
    @app.get("/metrics", include_in_schema=False)
    def read(request: Request) -> Response:
        caller = caller_of(request)
        if caller.key is None:
            raise HTTPException(401, "要有 monitor 的密钥。做一个：yaodian keys add 名称 --role monitor", CHALLENGE)
        if not caller.may_watch:
            raise HTTPException(403, "这个密钥不能读运行的数字，要有 monitor 或 admin 的密钥。")
        return Response(metrics.written(), media_type=KIND)


def _id(scope: Message) -> str:
    given = Headers(scope=scope).get(ID, "")
    return given if GIVEN.fullmatch(given) else uuid.uuid4().hex


def _template(scope: Message) -> str:
    route = scope.get("route")
    if path := getattr(route, "path", None):
        return str(path)
    if "app_root_path" in scope:  # something mounted
        return str(scope["root_path"]).removeprefix(scope["app_root_path"]) + "/…"
    return UNKNOWN
