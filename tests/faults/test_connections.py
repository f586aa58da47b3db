"""Clients that send too much, too slowly or nothing, that do not read, and that are too many.

n: 6 heads too large, 400,000 pipelined requests, 300 slow sockets of 5 kinds, 400 half-open sockets on 256 descriptors.
"""

import asyncio
import contextlib
import json
import os
import re
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.test_serving import bytes_of, serving
from tests.waiting import until

ASK = json.dumps({"question": "哪些任务涉及一带一路"}, ensure_ascii=False).encode()
SOON = 1.0  # seconds in which others are answered, whatever one client does
ENDED = 30  # seconds after which nothing slow is left


def request(path: str = "/livez", *headers: str, body: bytes = b"", method: str = "GET") -> bytes:
    head = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
    if body:
        head += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", ""]).encode() + body


def status(received: bytes) -> int:
    return int(received.split(b" ", 2)[1]) if received else 0


class Service:
    def __init__(self, address: str, process: int) -> None:
        found = re.fullmatch(r"http://(.+):(\d+)", address)
        assert found
        self.place, self.process = (found[1], int(found[2])), process

    def connect(self) -> socket.socket:
        return socket.create_connection(self.place, timeout=20)

    def lives(self) -> float:
        """Seconds that `/livez` takes."""
        began = time.monotonic()
        with self.connect() as client:
            client.sendall(request("/livez", "Connection: close"))
            assert status(everything(client)) == 200
        return time.monotonic() - began

    def sockets(self) -> int:
        count = 0
        for file in Path(f"/proc/{self.process}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):  # closed meanwhile
                count += os.readlink(file).startswith("socket:")
        return count


def everything(client: socket.socket) -> bytes:
    received = b""
    try:
        while part := client.recv(65536):
            received += part
    except ConnectionError:
        pass
    return received


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def service(data: Path) -> Iterator[Service]:
    with serving(data) as (address, process):
        yield Service(address, process.pid)


LARGE: dict[str, tuple[int, Callable[[], Iterator[bytes]]]] = {
    "one header": (431, lambda: iter([request()[:-2] + b"A: ", *[b"a" * 65536] * 1024])),
    "a header's name": (431, lambda: iter([request()[:-2], *[b"a" * 65536] * 64])),
    "many headers": (431, lambda: iter([request()[:-2], *[b"".join(b"A%d: b\r\n" % n for n in range(10_000))] * 40])),
    "fifty large ones": (431, lambda: iter([request()[:-2], *[b"A: " + b"a" * 5000 + b"\r\n"] * 50])),
    "an address": (414, lambda: iter([b"GET /?q=", *[b"a" * 65536] * 256])),
    "a trailer": (
        431,
        lambda: iter(
            [request("/api/ask", "Transfer-Encoding: chunked", method="POST"), b"0\r\nA: ", *[b"a" * 65536] * 64]
        ),
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_head_too_large_is_refused_at_once_and_costs_nobody_else(name: str, service: Service) -> None:
    expected, parts = LARGE[name]
    before, sent = bytes_of(service.process, "Rss"), 0
    with service.connect() as client:
        try:
            for part in parts():
                client.sendall(part)
                sent += len(part)
        except ConnectionError:
            pass
        assert status(everything(client)) in (expected, 0)  # 0: reset, as much was still on its way
        assert service.lives() < SOON
    assert bytes_of(service.process, "Rss") - before < 20_000_000


def test_a_head_a_little_too_large_is_told_why(service: Service) -> None:
    for sent, expected in (
        (request("/livez", *(f"A{n}: b" for n in range(99))), 200),
        (request("/livez", *(f"A{n}: b" for n in range(100))), 431),
        (request("/livez", "A: " + "a" * 40_000), 200),
        (request("/livez", "A: " + "a" * 49_500), 431),
        (request("/livez?q=" + "a" * 32_000), 200),
        (request("/livez?q=" + "a" * 33_000), 414),
        (b"HELLO\r\n\r\n", 400),
    ):
        with service.connect() as client:
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            received = everything(client)
            assert status(received) == expected
            if expected != 200:
                assert b"application/problem+json" in received
                assert not json.loads(received.partition(b"\r\n\r\n")[2])["detail"].isascii()


def test_pipelined_requests_are_answered_in_order_up_to_a_number(service: Service) -> None:
    with service.connect() as client:
        client.sendall(request() * 9 + request("/livez", "Connection: close"))
        assert everything(client).count(b"HTTP/1.1 200") == 10


def test_a_flood_of_pipelined_requests_ends_with_its_connection(service: Service) -> None:
    before = bytes_of(service.process, "Rss")
    with service.connect() as client:
        client.setblocking(False)
        flood, began = memoryview(request() * 400_000), time.monotonic()
        while flood and time.monotonic() - began < 5:
            try:
                flood = flood[client.send(flood) :]
            except BlockingIOError:
                time.sleep(0.01)
            except ConnectionError:
                break
        assert service.lives() < SOON
    assert bytes_of(service.process, "Rss") - before < 20_000_000


async def slow(place: tuple[str, int], first: bytes, then: bytes) -> None:
    """Sends a little each second for as long as it may."""
    reader, writer = await asyncio.open_connection(*place)
    writer.write(first)
    ended = asyncio.create_task(reader.read())
    while not ended.done():
        await asyncio.wait([ended], timeout=1)
        writer.write(then)
    writer.close()
    await asyncio.gather(ended, return_exceptions=True)


POST = request("/api/ask", method="POST", body=ASK)
SLOW = {
    "silent": (b"", b""),
    "half a head": (request()[:-2], b""),
    "a trickling head": (request()[:-2], b"A: b\r\n"),
    "empty lines": (b"\r\n", b"\r\n"),
    "half a body": (POST[:-5], b""),
    "a trickling body": (POST[: -len(ASK)], b" "),
    "a chunked body": (request("/api/ask", "Transfer-Encoding: chunked", method="POST"), b"1\r\n \r\n"),
}


def test_nobody_slow_is_left_after_thirty_seconds(service: Service) -> None:
    async def all_of_them() -> None:
        each = [slow(service.place, first, then) for first, then in SLOW.values() for _ in range(40)]
        await asyncio.wait_for(asyncio.gather(*each), timeout=ENDED)

    asyncio.run(all_of_them())
    assert service.lives() < SOON


def test_who_does_not_read_is_let_go(service: Service) -> None:
    time.sleep(3)  # until those who were refused before are gone, too
    free, clients = service.sockets(), []
    for _ in range(20):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(service.place)
        client.sendall(request("/docs") * 2 + request("/static-offline-docs/swagger-ui-bundle.js") * 10)
        clients.append(client)
    until(lambda: service.sockets() >= free + 20, ENDED)
    assert until(lambda: service.sockets() <= free, ENDED)
    assert service.lives() < SOON
    for client in clients:
        client.close()


def test_more_half_open_sockets_than_descriptors_shut_nobody_out(data: Path) -> None:
    with serving(data, descriptors=256) as (address, process):
        few, clients = Service(address, process.pid), []
        for _ in range(400):
            clients.append(few.connect())
            clients[-1].sendall(request()[:-2])
        times = [few.lives() for _ in range(20)]
        assert max(times) < 2 * SOON  # a second where the system had to try again to connect
        assert few.sockets() < 256
        for client in clients:
            client.close()
