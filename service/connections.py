"""A client's connection: how much it may send, how long it may take, and how many there may be.

What uvicorn's protocol leaves open is decided here: it reads heads of any size, waits for them and for bodies for ever,
keeps what a client does not read, and queues any number of requests.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any, cast

import httptools
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from service.bounded import HEAD, Bounded, TooLargeError, TooManyError
from service.load import Load
from service.over import ASKER, Over, asker_of
from service.refusals import AGAIN, BUSY, MALFORMED, PROBES, SLOW, TOO_LARGE, is_whole, refusal
from service.room import room

LINGER = 2.0  # seconds in which one that was refused may read why
PARTING, READ = 0.5, 0.01  # seconds in which one that keeps its connection may still ask when the service ends
UNREAD = 3.0  # seconds after which one that does not read is let go then
EARLY = 8 * 1024  # bytes of a body, from which on it is read by the one who answers


def connections(load: Load, over: Over, refused: Callable[[int], None]) -> type[asyncio.Protocol]:
    """What makes the connections of a server whose requests are counted in `load`; who is `over` a limit is refused.
    `refused` is told each status that a connection answers by itself."""
    most = room()

    def made(**given: Any) -> Connection:
        return Connection(load, over, refused, most, **given)

    return cast(type[asyncio.Protocol], made)


class Connection(Bounded):
    def __init__(self, load: Load, over: Over, refused: Callable[[int], None], most: int, **given: Any) -> None:
        super().__init__(**given)
        self._load, self._over, self._refused, self._most = load, over, refused, most
        self._turned_away = 0.0  # when, without being read
        self._unstarted: tuple[RequestResponseCycle, ASGI3Application] | None = None
        self._answered: RequestResponseCycle | None = None  # the one being answered, of several in a row
        self._deaf = False  # whatever still comes is thrown away
        self._parting = False
        self._check: asyncio.TimerHandle | None = None

    # what a connection is

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        now = time.monotonic()
        self._check = self.loop.call_later(1, self._check_time)
        if len(self.connections) > self._most:
            idle = [one for one in self.connections if isinstance(one, Connection) and one is not self and one.idle]
            # whoever has been about to ask for longest, or else one who may ask again, or else the new one
            min(idle, key=lambda one: one._pace.since or now + 1, default=self).transport.abort()

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
        return not self._pace.in_body and (self.cycle is None or self.cycle.response_complete)

    # how much

    def data_received(self, data: bytes) -> None:
        if self._deaf:
            return
        if self._load.full and self._between and not self._held and self.idle and not self._parting and is_whole(data):
            self._turn_away_unread()
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
        elif self.idle and self.timeout_keep_alive_task is None:
            self._pace.begin_head()  # by empty lines before it

    def _stop(self, reason: BaseException | None) -> None:
        match reason:
            case TooLargeError():
                self._refuse(int(str(reason)), TOO_LARGE[int(str(reason))])
            case TooManyError():
                self._answer_last(self.pipeline[0][0])
            case _:
                self._refuse(400, MALFORMED)

    def _answer_last(self, cycle: RequestResponseCycle) -> None:
        self._deaf, self._pace.since, cycle.keep_alive = True, None, False

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        if self._parting:
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        if self._unstarted and len(self.cycle.body) > EARLY:
            self._begin_early()

    def on_message_complete(self) -> None:
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
            self._turn_away(cycle, 503, AGAIN, BUSY)
        else:
            self._load.enter(self, begin)

    def _turn_away(self, cycle: RequestResponseCycle, status: int, seconds: int, detail: str) -> None:
        """For now: the connection stays."""
        cycle.response_started = cycle.response_complete = True
        bodyless = cycle.scope["method"] == "HEAD"
        self._write(status, detail, after=seconds, close=not cycle.keep_alive, bodyless=bodyless)
        self.on_response_complete()

    def _turn_away_unread(self) -> None:
        """When there are many this is most of the work: it costs half as much."""
        self._pace.end()
        self._turned_away = time.monotonic()
        if self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
        self._write(503, BUSY, after=AGAIN)

    def timeout_keep_alive_handler(self) -> None:
        left = self._turned_away + self.timeout_keep_alive - time.monotonic()
        if left > 0:  # it has asked meanwhile
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    def on_response_complete(self) -> None:
        self._load.leave(self)
        super().on_response_complete()
        if self._pace.in_body and self.cycle.response_complete:  # answered before all of it was sent
            self.loop.call_later(LINGER, self._end_body, self._pace.since)

    def _end_body(self, since: float | None) -> None:
        if self._pace.in_body and self._pace.since == since:
            self.transport.abort()

    # how long

    def _check_time(self) -> None:
        """Once a second, until the connection is closed."""
        self._check = self.loop.call_later(1, self._check_time)
        now = time.monotonic()
        if self._pace.reads_too_slowly(now, self.transport.get_write_buffer_size()):
            self.transport.abort()
        elif not (self._deaf or self.flow.read_paused) and self._pace.sends_too_slowly(now):
            self._refuse(408, SLOW)

    def pause_writing(self) -> None:
        """As much waits for the client to read as may: it is no work of the service's any more."""
        super().pause_writing()
        self._load.leave(self)

    # how it ends

    def _refuse(self, status: int, detail: str) -> None:
        """The last words on this connection; none where an answer is under way."""
        self._deaf = True
        if self.cycle and not self.cycle.response_complete:
            if not self._pace.in_body:  # an earlier request is being answered
                self._answer_last(self.cycle)
                return
            if self.cycle.response_started or self.pipeline:
                self.transport.abort()
                return
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._unstarted = None
        self._write(status, detail, close=True, bodyless=self.scope.get("method") == "HEAD")

    def _write(self, status: int, detail: str, *, after: int = 0, close: bool = False, bodyless: bool = False) -> None:
        self._refused(status)
        usual = b"".join([b"%s: %s\r\n" % header for header in self.server_state.default_headers])
        self.transport.write(refusal(status, detail, usual, after=after, close=close, bodyless=bodyless))
        if close and not self.transport.is_closing():
            self._deaf = True
            if self.transport.can_write_eof():  # which an encrypted one cannot
                self.transport.write_eof()  # closed at once, what the client still sends would reset it before it reads this
            self.loop.call_later(LINGER, self.transport.abort)

    def shutdown(self) -> None:
        """The service ends: what was asked is answered, and told to be the last."""
        self._parting = True
        if self.idle:
            # what has arrived by then is read before it is looked at
            self.loop.call_later(PARTING, self.loop.call_later, READ, self._part)
        else:
            self.cycle.keep_alive = False
            self.loop.call_later(UNREAD, self._give_up)

    def _give_up(self) -> None:
        """Who does not read what is being sent is not waited for."""
        if self.flow.write_paused and not self.idle:
            self.transport.abort()

    def _part(self) -> None:
        if self.idle:
            self.transport.close()
