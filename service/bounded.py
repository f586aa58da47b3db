"""How much a client may send, and how far it is with it."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.pace import Pace

HEAD = 48 * 1024  # bytes of a request's headers together
HEADERS = 100
ADDRESS = 32 * 1024  # bytes; room for a question and the names of many documents
PIPELINED = 16  # requests that wait for their turn on one connection


class TooLargeError(Exception):
    """The status says what is."""


class TooManyError(Exception):
    """Requests that wait for their turn."""


class Bounded(HttpToolsProtocol):
    """Reads no more than that: the parser ends with one of the errors above."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.scope = {}  # type: ignore[typeddict-item]  # until a request begins
        self._held = 0  # bytes that the parser took and nothing came of yet
        self._between = True  # it is in no message
        self._pace = Pace()

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= PIPELINED:
            raise TooManyError
        super().on_message_begin()
        self._held, self._between = 0, False
        self._pace.begin_head()

    def on_url(self, url: bytes) -> None:
        self._held = 0
        if len(self.url) + len(url) > ADDRESS:
            raise TooLargeError(414)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._held = 0
        self._pace.sent += len(name) + len(value)
        if len(self.headers) >= HEADERS or self._pace.sent > HEAD:
            raise TooLargeError(431)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._held = 0
        self._pace.begin_body()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._held = 0
        self._pace.sent += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._held, self._between = 0, True
        self._pace.end()
        super().on_message_complete()
