"""Before every request: who asks. Without a right key nothing passes that needs one."""

import logging
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request

from service.access import ANYBODY, Access, Caller
from service.library import LibraryError
from service.problems import ASGIApp, Message, Receive, Send, for_a_person, problem

COOKIE = "yaodian-key"  # of the session of a browser, whose pages cannot send headers: for reading alone
OPEN = frozenset({"/livez", "/readyz", "/library", "/api/session", "/metrics"})  # nothing of a document is there
ASKING = frozenset({"/api/ask", "/api/export", "/api/feedback", "/api/model"})  # read, though their method is POST
CHALLENGE = {"WWW-Authenticate": "Bearer"}
WRONG = "密钥不对，或已废除。密钥写在 Authorization: Bearer 或 X-API-Key 里。"
NEEDED = "要有密钥才能读。密钥写在 Authorization: Bearer 或 X-API-Key 里；浏览器里先在 /library 填写。"


_log = logging.getLogger(__name__)


class Gate:
    """Puts the caller into each request, for the routes to ask what they may. A path that is not known to be open is
    closed where reading needs a key, however it is written."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        try:
            caller = self._caller(scope)
        except LibraryError as error:
            _log.error("%s", error)  # where the library is, is not for everybody
            return await problem(503, "文档库现在读不出来，密钥无法核对；详情已记入日志。")(scope, receive, send)
        asset = scope["path"] == "/search-box.js" or scope["path"].startswith("/web/")
        opened = asset or scope["path"] in OPEN
        if caller is None:
            return await self._refuse(WRONG, scope, receive, send)
        if self._access.read_key_required and not caller.may("reader") and not opened:
            return await self._refuse(NEEDED, scope, receive, send)
        scope.setdefault("state", {})["caller"] = caller
        return await self._app(scope, receive, _unkept(send) if caller.key and not asset else send)

    def _caller(self, scope: Message) -> Caller | None:
        """As the headers say; where these name no key, and it is only read, as the browser's session does."""
        headers = Headers(scope=scope)
        if "authorization" in headers or "x-api-key" in headers:
            return self._access.caller(headers)
        kept = _cookie(headers.get("cookie", ""))
        if kept and (scope["method"] in ("GET", "HEAD") or scope["path"] in ASKING):
            return self._access.caller({"x-api-key": kept}) or ANYBODY
        return ANYBODY

    async def _refuse(self, said: str, scope: Message, receive: Receive, send: Send) -> None:
        if for_a_person(scope):
            from service.pages import locked_page

            return await locked_page(CHALLENGE)(scope, receive, send)
        return await problem(401, said, CHALLENGE)(scope, receive, send)


def caller_of(request: Request) -> Caller:
    caller = request.scope.get("state", {}).get("caller", ANYBODY)
    assert isinstance(caller, Caller)
    return caller


def _cookie(header: str) -> str:
    try:
        kept = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return kept.value if kept else ""


def _unkept(send: Send) -> Send:
    """What one key may read is kept by no cache on the way."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Cache-Control"] = "no-store"
        await send(message)

    return sent
