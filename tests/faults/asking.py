"""Asks a service at a rate that does not wait for its answers, in a process of its own: `python -m tests.faults.asking`.

It keeps its connections, sends each question when it is due, and reads no more of a reply than its status and length.
"""

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import cast

import uvloop

TICK = 0.001  # seconds between two looks at what is due
QUESTIONS = ("哪些任务涉及一带一路", "法律部协作的任务里哪些涉及监管", "认证部牵头哪些任务", "第31项讲什么")

_number = itertools.count()


@dataclass
class Told:
    """What came of the questions of one run. Seconds are from when each was sent."""

    seconds: float
    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    others: list[int] = field(default_factory=list)  # statuses that are neither
    unasked: int = 0  # were due when no connection was free
    after: list[float] = field(default_factory=list)  # seconds of each answer to one who asks alone afterwards

    @property
    def asked(self) -> int:
        return len(self.answered) + len(self.refused) + len(self.others)

    def good(self, within: float) -> float:
        """Answers a second that came in time."""
        return sum(took <= within for took in self.answered) / self.seconds


def question(host: str) -> bytes:
    """One of those that take a few milliseconds; never the same request as one before, which would be remembered."""
    number = next(_number)
    asked = {"question": QUESTIONS[number % len(QUESTIONS)], "limit": 1 + number % 1000, "offset": number // 1000}
    body = json.dumps(asked, ensure_ascii=False).encode()
    head = f"POST /api/ask HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class Client(asyncio.Protocol):
    """One connection, with one question under way at most."""

    def __init__(self, host: str, done: Callable[["Client", int, float], None]) -> None:
        self._host, self._done = host, done
        self._received, self._left = b"", -1  # of the body, once the head has been read
        self._status, self._began = 0, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self._began:
            self._end(0)

    def ask(self) -> None:
        self._began = time.monotonic()
        self.transport.write(question(self._host))

    def data_received(self, data: bytes) -> None:
        if self._left < 0:
            self._received += data
            head, end, body = self._received.partition(b"\r\n\r\n")
            if not end:
                return
            self._status = int(head[9:12])
            self._left = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]) - len(body)
        else:
            self._left -= len(data)
        if self._left == 0:
            self._end(self._status)

    def _end(self, status: int) -> None:
        took, self._began, self._received, self._left = time.monotonic() - self._began, 0.0, b"", -1
        self._done(self, status, took)


async def asked(host: str, port: int, rate: float, seconds: float, connections: int) -> Told:
    """At `rate` questions a second; at 0 each connection asks again when it has its answer."""
    told, free = Told(seconds), list[Client]()
    end = 0.0

    def done(client: Client, status: int, took: float) -> None:
        if status == 200:
            told.answered.append(took)
        elif status == 503:
            told.refused.append(took)
        else:
            told.others.append(status)
        if not rate and time.monotonic() < end:
            client.ask()
        else:
            free.append(client)

    loop = asyncio.get_running_loop()
    clients = [
        (await loop.create_connection(lambda: Client(f"{host}:{port}", done), host, port))[1]
        for _ in range(connections)
    ]
    began = time.monotonic()
    end = began + seconds
    if rate:
        free += clients
        due = 0
        while (now := time.monotonic()) < end:
            while due < rate * (now - began):
                due += 1
                if free:
                    free.pop().ask()
                else:
                    told.unasked += 1
            await asyncio.sleep(TICK)
    else:
        for client in clients:
            client.ask()
    while len(free) < connections and time.monotonic() < end + 20:
        await asyncio.sleep(TICK)
    if rate:
        await _ask_alone(free.pop(), told)
    for client in clients:
        client.transport.close()
    return told


async def _ask_alone(client: Client, told: Told) -> None:
    """Ten questions, each after the answer to the one before."""
    for _ in range(10):
        done = asyncio.get_running_loop().create_future()
        client._done = lambda client, status, took, done=done: done.set_result((status, took))  # type: ignore[misc]
        client.ask()
        status, took = await done
        told.after.append(took if status == 200 else 60.0)


if __name__ == "__main__":
    host, port, rate, seconds, connections = sys.argv[1:]
    made = uvloop.run(asked(host, int(port), float(rate), float(seconds), int(connections)))
    print(json.dumps(asdict(made)))
