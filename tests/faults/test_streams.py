"""Streams that nobody reads, and the end of a service while there are some.

n: 50 streams for 4 s, 2 ends with 20 of them; with YAODIAN_FAULTS=long 2 minutes and 30 ends.
"""

import asyncio
import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import FastAPI

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from service import Assistant
from service.app import create_app
from tests.conftest import loaded
from tests.faults.test_connections import Service, everything, request, status
from tests.running import running
from tests.test_serving import serving
from tests.waiting import until

LONG = os.environ.get("YAODIAN_FAULTS") == "long"
STREAMS, SECONDS, ENDS, OPEN = 50, 120 if LONG else 4, 30 if LONG else 2, 20
ENDED = 10.0  # seconds in which a service ends, whoever does not read
QUESTION = json.dumps({"question": "甲局牵头哪些任务", "limit": 1000}).encode()
STREAM = request("/api/ask", "Accept: text/event-stream", method="POST", body=QUESTION)
PLAIN = request("/api/ask", method="POST", body=QUESTION)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of 400 items whose reply, some 6 MB, fits into no socket's buffers."""
    folder = tmp_path_factory.mktemp("documents")
    text = "推进数据平台的建设" + "龘" * 4040  # of which no model knows anything: it takes least to index
    lines = "".join(f"{number}.第{number}件：{text}(牵头部门:甲局)\n" for number in range(1, 401))
    (folder / "a.txt").write_text(f"某市2025年工作要点\n{lines}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def app(documents: Path, segmenter: Segmenter, encoder: Encoder) -> FastAPI:
    app = create_app(loaded(Assistant(Index.build(load_corpus(documents), segmenter, encoder))))

    @app.get("/tasks")
    async def tasks() -> int:
        return len(asyncio.all_tasks())

    return app


@pytest.fixture
def service(app: FastAPI) -> Iterator[Service]:
    with running(app) as address:
        yield Service(address, os.getpid())


def stalled(place: tuple[str, int]) -> socket.socket:
    """One who has begun to read a stream."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(20)
    client.connect(place)
    client.sendall(STREAM)
    received = b""
    while b"event: " not in received:
        part = client.recv(1024)
        assert part, received
        received += part
    assert status(received) == 200
    return client


def tasks(service: Service) -> int:
    with service.connect() as client:
        client.sendall(request("/tasks", "Connection: close"))
        return int(everything(client).rpartition(b"\r\n\r\n")[2])


def test_streams_that_nobody_reads_leave_nothing_and_keep_nobody_waiting(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not LONG:
        monkeypatch.setattr("service.pace.READ_SECONDS", 1.0)
    sockets, busy = service.sockets(), tasks(service)
    clients = [stalled(service.place) for _ in range(STREAMS)]
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with service.connect() as client:  # who reads is answered meanwhile
            client.sendall(request("/api/search?q=%E5%B9%B3%E5%8F%B0", "Connection: close"))
            assert status(everything(client)) == 200
        time.sleep(0.5)
    assert until(lambda: service.sockets() <= sockets + STREAMS)  # their own ends, which are this process's, too
    for client in clients:
        client.close()
    assert until(lambda: service.sockets() <= sockets)
    assert until(lambda: tasks(service) <= busy)


def test_a_service_with_open_streams_ends_and_cuts_no_plain_answer(documents: Path, tmp_path: Path) -> None:
    for _ in range(ENDS):
        with serving(tmp_path, "--documents", str(documents)) as (address, process):
            service = Service(address, process.pid)
            streams = [stalled(service.place) for _ in range(OPEN)]
            plain = [service.connect() for _ in range(4)]
            for client in plain:
                client.sendall(PLAIN)
            time.sleep(0.5)  # until they are heard; nobody reads their answers, which fit into no buffers
            with ThreadPoolExecutor(len(plain)) as readers:
                answers = readers.map(everything, plain)
                began = time.monotonic()
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=20)
                assert time.monotonic() - began < ENDED
                assert process.stderr
                assert process.stderr.read() == ""  # no stream is worth a word in the log
                for answer in answers:
                    head, _, body = answer.partition(b"\r\n\r\n")
                    assert status(head) == 200
                    assert len(json.loads(body)["items"]) == 400
            for client in [*streams, *plain]:
                client.close()
