"""A client's connection: how much it may send, how long it may take, and how many there may be.

What uvicorn's protocol leaves open is decided here: it reads heads of any size, waits for them and for bodies for ever,
keeps what a client does not read, and queues any number of requests.
"""

import asyncio
import json
import time
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Any, cast

import httptools
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from service.load import Load
from service.over import ASKER, Over, asker_of
from service.problems import TITLES

HEAD = 48 * 1024  # bytes of a request's headers together
HEADERS = 100
ADDRESS = 32 * 1024  # bytes; room for a question and the names of many documents
PIPELINED = 16  # requests that wait for their turn on one connection
HEAD_SECONDS, BODY_SECONDS, READ_SECONDS = 10.0, 15.0, 15.0  # to send a head, to send a body, to read a reply
RATE = 16 * 1024  # bytes of a body a second, and of a reply in READ_SECONDS, that win more time
LINGER = 2.0  # seconds in which one that was refused may read why
PARTING = 0.5  # seconds in which one that keeps its connection may still ask when the service ends
EARLY = 8 * 1024  # bytes of a body, from which on it is read by the one who answers
CONNECTIONS, SPARED = 2000, 64  # at most; and descriptors left for files
PROBES = ("/livez", "/readyz")  # always let in

TOO_LARGE = {
    414: f"请求的地址至多 {ADDRESS // 1024} KiB。",
    431: f"请求头至多 {HEADERS} 个、共 {HEAD // 1024} KiB。",
}
SLOW = "没有在规定的时间内收到完整的请求。"
MALFORMED = "应为 HTTP/1.1 的请求，实为别的内容。"
BUSY = "正在回答的问题太多，请稍候再试。"


@cache
def _problem(status: int, detail: str) -> bytes:
    content = {"type": "about:blank", "title": TITLES.get(status, "请求有误"), "status": status, "detail": detail}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


class _TooLargeError(Exception):
    """The status says what is."""


class _TooManyError(Exception):
    """Requests that wait for their turn."""


def connections(load: Load, over: Over, refused: Callable[[int], None]) -> type[asyncio.Protocol]:
    """What makes the connections of a server whose requests are counted in `load`; who is `over` a limit is refused.
    `refused` is told each status that a connection answers by itself."""
    most = room()

    def made(**given: Any) -> Connection:
        return Connection(load, over, refused, most, **given)

    return cast(type[asyncio.Protocol], made)


def room() -> int:
    """Connections at most: half of the descriptors that the system gives, as many may wait to be taken in at once."""
    try:
        import resource
    except ImportError:  # Windows
        return CONNECTIONS
    wanted = SPARED + 2 * CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return CONNECTIONS if soft == resource.RLIM_INFINITY else max(16, min(CONNECTIONS, (soft - SPARED) // 2))


class Connection(HttpToolsProtocol):
    def __init__(self, load: Load, over: Over, refused: Callable[[int], None], most: int, **given: Any) -> None:
        super().__init__(**given)
        self._load, self._over, self._refused, self._most = load, over, refused, most
        self._held = 0  # bytes that the parser took and nothing came of yet
        self._sent = 0  # bytes of headers, or of the body
        self._since: float | None = None  # when the head or the body that is being read began
        self._in_body = False
        self._unread: tuple[float, int] | None = None  # since when how many bytes wait for the client to read
        self._unstarted: tuple[RequestResponseCycle, ASGI3Application] | None = None
        self._answered: RequestResponseCycle | None = None  # the one being answered, of several in a row
        self._deaf = False  # whatever still comes is thrown away
        self._parting = False
        self.scope = {}  # type: ignore[typeddict-item]  # until a request begins
        self._check: asyncio.TimerHandle | None = None

    # what a connection is

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._since = now = time.monotonic()
        self._check = self.loop.call_later(1, self._check_time)
        if len(self.connections) > self._most:
            idle = [one for one in self.connections if isinstance(one, Connection) and one is not self and one.idle]
            # whoever has been about to ask for longest, or else one who may ask again, or else the new one
            min(idle, key=lambda one: one._since or now + 1, default=self).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._check:
            self._check.cancel()
        self._load.leave(self)
        if self._answered and not self._answered.response_complete:
            self._answered.disconnected = True
            self._answered.message_event.set()
        super().connection_lost(exc)

    @property
    def idle(self) -> bool:
        """No answer is under way, and no body."""
        return not self._in_body and (self.cycle is None or self.cycle.response_complete)

    # how much

    def data_received(self, data: bytes) -> None:
        if self._deaf:
            return
        self._unset_keepalive_if_required()
        self._held += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._stop(error.__context__)
            return
        except httptools.HttpParserUpgrade:
            self._answer_last(self.cycle)  # as if it had not been asked for
            return
        if self._held > HEAD:
            self._refuse(431, TOO_LARGE[431])
        elif self.idle and self._since is None and self.timeout_keep_alive_task is None:
            self._since = time.monotonic()  # empty lines before a request

    def _stop(self, reason: BaseException | None) -> None:
        match reason:
            case _TooLargeError():
                self._refuse(int(str(reason)), TOO_LARGE[int(str(reason))])
            case _TooManyError():
                self._answer_last(self.pipeline[0][0])
            case _:
                self._refuse(400, MALFORMED)

    def _answer_last(self, cycle: RequestResponseCycle) -> None:
        self._deaf, self._since, cycle.keep_alive = True, None, False

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= PIPELINED:
            raise _TooManyError
        super().on_message_begin()
        self._held = self._sent = 0
        self._since = time.monotonic() if self._since is None else self._since

    def on_url(self, url: bytes) -> None:
        self._held = 0
        if len(self.url) + len(url) > ADDRESS:
            raise _TooLargeError(414)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._held = 0
        self._sent += len(name) + len(value)
        if len(self.headers) >= HEADERS or self._sent > HEAD:
            raise _TooLargeError(431)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._held = self._sent = 0
        self._since, self._in_body = time.monotonic(), True
        super().on_headers_complete()
        if self._parting:
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        self._held = 0
        self._sent += len(body)
        super().on_body(body)
        if self._unstarted and len(self.cycle.body) > EARLY:
            self._begin_early()

    def on_message_complete(self) -> None:
        self._held = self._sent = 0
        self._since, self._in_body = None, False
        super().on_message_complete()
        if self._unstarted:
            cycle, app = self._unstarted
            self._unstarted = None
            self._let_in(cycle, app)

    # when it is answered

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        if not cycle.more_body:
            self._let_in(cycle, app)
            return
        self._unstarted = cycle, app
        if cycle.waiting_for_100_continue:
            self._begin_early()

    def _begin_early(self) -> None:
        assert self._unstarted
        cycle, app = self._unstarted
        self._unstarted = None
        super()._start_asgi_task(cycle, app)

    def _let_in(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        start = super()._start_asgi_task

        def begin() -> None:
            if self.transport.is_closing():
                self._load.leave(self)  # nobody waits for it any more
            else:
                self._answered = cycle
                start(cycle, app)

        asker = asker_of(cycle.scope)
        cycle.scope["state"][ASKER] = asker
        if cycle.scope["path"] in PROBES:
            begin()
        elif refusal := self._over.refusal(asker):
            self._turn_away(cycle, 429, *refusal)
        elif self._load.full:
            self._turn_away(cycle, 503, 1, BUSY)
        else:
            self._load.enter(self, begin)

    def _turn_away(self, cycle: RequestResponseCycle, status: int, seconds: int, detail: str) -> None:
        """For now: the connection stays."""
        cycle.response_started = cycle.response_complete = True
        self._write_problem(status, detail, f"retry-after: {seconds}\r\n", close=not cycle.keep_alive)
        self.on_response_complete()

    def on_response_complete(self) -> None:
        self._load.leave(self)
        super().on_response_complete()
        if self._in_body and self.cycle.response_complete:  # answered before all of it was sent
            self.loop.call_later(LINGER, self._end_body, self._since)

    def _end_body(self, since: float | None) -> None:
        if self._in_body and self._since == since:
            self.transport.abort()

    # how long

    def _check_time(self) -> None:
        """Once a second, until the connection is closed."""
        self._check = self.loop.call_later(1, self._check_time)
        now = time.monotonic()
        if self._unread_for(now) > READ_SECONDS:
            self.transport.abort()
        elif self._deaf or self._since is None or self.flow.read_paused:
            return
        elif self._in_body:
            if now - self._since > BODY_SECONDS + self._sent / RATE:
                self._refuse(408, SLOW)
        elif now - self._since > HEAD_SECONDS:
            self._refuse(408, SLOW)

    def _unread_for(self, now: float) -> float:
        """Seconds in which the client has read next to nothing of what waits for it."""
        waiting = self.transport.get_write_buffer_size()
        if not waiting:
            self._unread = None
        elif self._unread is None or waiting <= self._unread[1] - RATE:
            self._unread = now, waiting
        else:
            self._unread = self._unread[0], max(waiting, self._unread[1])
        return now - self._unread[0] if self._unread else 0

    def pause_writing(self) -> None:
        """As much waits for the client to read as may: it is no work of the service's any more."""
        super().pause_writing()
        self._load.leave(self)

    # how it ends

    def _refuse(self, status: int, detail: str) -> None:
        """The last words on this connection; none where an answer is under way."""
        self._deaf = True
        if self.cycle and not self.cycle.response_complete:
            if not self._in_body:  # an earlier request is being answered
                self._answer_last(self.cycle)
                return
            if self.cycle.response_started or self.pipeline:
                self.transport.abort()
                return
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._unstarted = None
        self._write_problem(status, detail, close=True)

    def _write_problem(self, status: int, detail: str, more: str = "", *, close: bool) -> None:
        self._refused(status)
        body = _problem(status, detail)
        head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{more}" + ("connection: close\r\n" if close else "")
        usual = b"".join(b"%s: %s\r\n" % header for header in self.server_state.default_headers)
        kind = (
            b"content-type: application/problem+json\r\nx-content-type-options: nosniff\r\ncontent-length: %d\r\n\r\n"
            % len(body)
        )
        self.transport.write(head.encode() + usual + kind + (b"" if self.scope.get("method") == "HEAD" else body))
        if close and not self.transport.is_closing():
            self._deaf = True
            if self.transport.can_write_eof():  # which an encrypted one cannot
                self.transport.write_eof()  # closed at once, what the client still sends would reset it before it reads this
            self.loop.call_later(LINGER, self.transport.abort)

    def shutdown(self) -> None:
        """The service ends: what was asked is answered, and told to be the last."""
        self._parting = True
        if self.idle:
            self.loop.call_later(PARTING, self._part)
        else:
            self.cycle.keep_alive = False

    def _part(self) -> None:
        if self.idle:
            self.transport.close()
