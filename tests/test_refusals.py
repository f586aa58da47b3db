"""Requests that are refused unread are those whose end is certain; all others are read first, and refused all the same."""

import asyncio
import socket
from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI

from service.load import Load
from service.refusals import is_whole
from tests.running import running

POST = b"POST /api/ask?x=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}"
GET = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"


@pytest.mark.parametrize("request_", [POST, GET, GET.replace(b"/ ", b"/livez2 "), POST.replace(b": 2", b":2")])
def test_one_request_in_one_piece_is_whole(request_: bytes) -> None:
    assert is_whole(request_)


@pytest.mark.parametrize(
    "request_",
    [
        b"",
        GET + GET,
        POST + b"\r\n",
        POST[:-1],
        GET[:-1],
        b"\r\n" + GET,
        GET.replace(b"1.1", b"1.0"),
        GET.replace(b"GET", b"HEAD"),
        GET.replace(b"/ ", b"/livez "),
        GET.replace(b"/ ", b"/readyz?x "),
        GET.replace(b"keep-alive", b"close"),
        GET.replace(b"Connection: keep-alive", b"connection : close"),
        GET.replace(b"Connection: keep-alive", b"A: b\r\n c: d"),
        GET.replace(b"Connection: keep-alive", b"Transfer-Encoding: chunked"),
        GET.replace(b"Connection: keep-alive", b"Upgrade: h2c"),
        GET.replace(b"\r\n", b"\n"),
        POST.replace(b"Host: a", b"Content-Length: 2"),
        POST.replace(b"Host: a", b"Expect: 100-continue"),
        POST.replace(b": 2", b": +2"),
        POST.replace(b": 2", b": 0002\0"),
        POST.replace(b": 2", b": 2, 2"),
    ],
)
def test_what_may_go_on_or_is_answered_otherwise_is_not(request_: bytes) -> None:
    assert not is_whole(request_)


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """Of a service that is always full."""
    monkeypatch.setattr(Load, "full", property(lambda load: True))
    app = FastAPI()

    @app.get("/livez")
    async def livez() -> str:
        return "lives"

    with running(app) as address:
        found = urlsplit(address)
        yield str(found.hostname), int(found.port or 0)


def test_read_or_not_all_are_refused_alike_and_the_connection_stays(place: tuple[str, int]) -> None:
    local = GET.replace(b"Host: a", b"Host: localhost")
    with socket.create_connection(place, timeout=20) as client:

        def replies(*parts: bytes) -> bytes:
            for part in parts:
                client.sendall(part)
            received = b""
            while b"\r\n\r\n" not in received:
                received += client.recv(65536)
            head, _, body = received.partition(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            while len(body) < length:
                body += client.recv(65536)
            lines = sorted(line for line in head.split(b"\r\n")[1:] if not line.startswith(b"date"))
            return b"\r\n".join([head.partition(b"\r\n")[0], *lines, body])

        unread, read = replies(POST), replies(POST + b"\r\n", b"")  # an empty line more: it is read
        assert unread == read
        assert unread.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 1" in unread
        assert replies(local.replace(b"/ ", b"/livez ")).endswith(b'"lives"')
        assert replies(GET[:10], GET[10:]) == read
        assert replies(GET) == read


def test_one_long_turn_is_no_overload_many_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that is loaded once keeps nobody out; questions that each take long do."""
    load, now, full = Load(), 0.0, []
    monkeypatch.setattr("service.load.time.monotonic", lambda: now)

    def work(client: int, seconds: float) -> None:
        nonlocal now
        now += seconds
        load.leave(client)
        full.append(load.full)

    async def asked(*turns: float) -> None:
        for client, seconds in enumerate(turns):
            load.enter(client, partial(work, client, seconds))
        while load.waiting:
            await asyncio.sleep(0)

    asyncio.run(asked(0.005, 1.0, *[0.005] * 20))
    assert not any(full)
    full.clear()
    asyncio.run(asked(*[0.1] * 40))
    assert any(full)
