"""Errors -> RFC 9457 problem+json, in one place. No detail echoes the input."""

import logging
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Route

from index import EngineError
from service.assistant import NoDocumentsError, UnknownDocumentError
from service.base_path import path_of
from service.library import BusyError, LibraryError, UnknownEntryError
from service.requests import EXPECTED, NAMES

MAX_BODY = 64 * 1024  # bytes
COMPLETIONS = "/v1/"  # what is below it speaks OpenAI's API
MAX_CONVERSATION = 4 * 1024 * 1024  # bytes, of a chat client's, which sends all that was said

TITLES = {
    400: "请求有误",
    401: "需要密钥",
    403: "不许这样做",
    404: "没有找到",
    405: "不支持的请求方法",
    409: "现在不能这样做",
    408: "请求超时",
    413: "请求过大",
    414: "地址过长",
    422: "参数不合要求",
    421: "主机名不对",
    429: "请求太多",
    431: "请求头过大",
    500: "服务内部错误",
    503: "暂时不能回答",
}

_log = logging.getLogger(__name__)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Message, Receive, Send], Awaitable[None]]


class NotReadyError(Exception):
    """Documents, index and encoder are not loaded; the message says why."""


REFUSALS = (UnknownDocumentError, NoDocumentsError, NotReadyError, EngineError)  # what asking may end in


def refusal(error: Exception) -> tuple[int, str]:
    """The status and the words of one of `REFUSALS`."""
    match error:
        case UnknownDocumentError():
            return 422, str(error)
        case NoDocumentsError():
            return 404, "没有可以提问的文档；要密钥才能读的，请带上密钥。"
        case EngineError():
            _log.error("%s", error)  # where the engine is, is not for everybody
            return 503, "存放索引的 Milvus 没有应答，请稍候再试；详情已记入日志。"
        case _:
            return 503, str(error)


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, parameters: Sequence[str] = ()
) -> JSONResponse:
    """`parameters` are those that should have been otherwise: for programs, `detail` says it in words."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, "请求有误"),
        "status": status,
        "detail": detail,
    }
    if parameters:
        content["parameters"] = list(parameters)
    return JSONResponse(content, status, headers, media_type="application/problem+json")


def told(
    request: Request,
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    parameters: Sequence[str] = (),
) -> Response:
    """To a person with a browser as a page, to a program as a problem."""
    if not for_a_person(request.scope):
        return problem(status, detail, headers, parameters)
    from service.pages import problem_page

    return problem_page(status, TITLES.get(status, "请求有误"), detail, headers or {})


def for_a_person(scope: Message) -> bool:
    """Whether a page is asked for, and not what a page or a program asks."""
    accepted = dict(scope["headers"]).get(b"accept", b"")
    return scope["method"] in ("GET", "HEAD") and b"text/html" in accepted and not path_of(scope).startswith("/api/")


def add_problem_handlers(app: FastAPI) -> None:
    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        detail, parameters = _expected(error)
        return told(request, 422, detail, parameters=parameters)

    @app.exception_handler(UnknownDocumentError)
    async def unknown_document(request: Request, error: UnknownDocumentError) -> Response:
        return told(request, *refusal(error), parameters=["documents"])

    @app.exception_handler(NoDocumentsError)
    async def no_documents(request: Request, error: NoDocumentsError) -> Response:
        return told(request, *refusal(error))

    @app.exception_handler(NotReadyError)
    async def not_ready(request: Request, error: NotReadyError) -> Response:
        return told(request, *refusal(error))

    @app.exception_handler(LibraryError)
    async def library(request: Request, error: LibraryError) -> Response:
        if isinstance(error, UnknownEntryError):
            return told(request, 404, str(error))
        if isinstance(error, BusyError):
            return told(request, 409, str(error))
        ours = isinstance(error.__cause__, OSError | sqlite3.Error)  # nothing that was asked: the disk, or the database
        return told(request, 503 if ours else 422, str(error))

    @app.exception_handler(EngineError)
    async def engine(request: Request, error: EngineError) -> Response:
        return told(request, *refusal(error))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        details = {
            400: "请求体无法读取，应为 UTF-8 编码的 JSON。",
            404: "没有这个地址：可能写错了，或者已经不用。接口说明见 /docs。",
            405: "这个地址不支持该请求方法。",
        }
        own = error.detail if error.status_code not in (400, 405) and not error.detail.isascii() else None
        detail = own or details.get(error.status_code, "请求无法处理。")
        response = told(request, error.status_code, detail, error.headers)
        if error.status_code == 405:
            response.headers["Allow"] = ", ".join(_allowed(app, path_of(request.scope)))
        return response

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> Response:
        return told(request, 500, "服务内部错误，已记入日志。")


def _allowed(app: FastAPI, path: str) -> list[str]:
    """The methods of all routes of this path; the framework names those of the first."""
    routes = [route for route in app.routes if isinstance(route, Route) and route.path_regex.match(path)]
    methods = {method for route in routes for method in route.methods or ()} or {"GET"}  # of files
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


def _expected(error: RequestValidationError) -> tuple[str, list[str]]:
    """What each refused parameter should have been, never what it was; and which these are."""
    fields = list(dict.fromkeys(str(part) for one in error.errors() for part in one["loc"] if part in EXPECTED))
    if fields:
        return "；".join(f"{NAMES[field]}{EXPECTED[field]}" for field in fields) + "。", fields
    return '请求体应为 JSON 对象，例如 {"question": "哪些任务涉及垃圾分类"}。', []


class BodyLimit:
    """Answers 413 to a body over its limit, whether or not its length was announced."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("POST", "PATCH"):  # what is PUT has its own limit
            return await self._app(scope, receive, send)
        body, most = b"", MAX_CONVERSATION if scope["path"].startswith(COMPLETIONS) else MAX_BODY
        more = int(dict(scope["headers"]).get(b"content-length", b"0") or 0) <= most
        announced_too_much = not more
        while more and len(body) <= most:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
        if announced_too_much or len(body) > most:
            return await problem(413, f"请求体至多 {most // 1024} KiB。")(scope, receive, send)
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        return await self._app(scope, replay, send)
