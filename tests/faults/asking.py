"""Asks a service at a rate that does not wait for its answers, in a process of its own: `python -m tests.faults.asking`.

It keeps its connections, sends each question when it is due, and reads no more of a reply than its status and length.
All seconds are those of the processor that the service has used, so that what else the machine does counts neither for
nor against it: on a machine with nothing else to do they are seconds, as a service that is asked too much never rests.
"""

import asyncio
import itertools
import json
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import cast

import uvloop

TICK = 0.001  # seconds between two looks at what is due
QUESTIONS = ("哪些任务涉及一带一路", "法律部协作的任务里哪些涉及监管", "认证部牵头哪些任务", "第31项讲什么")

_number = itertools.count()


class Clock:
    """Seconds of processor that a process has used."""

    def __init__(self, process: int) -> None:
        self._tasks = Path(f"/proc/{process}/task")
        self._looked = self._seen = 0.0

    def __call__(self) -> float:
        if (now := time.monotonic()) - self._looked > TICK / 2:
            self._looked, self._seen = now, self._read()
        return self._seen

    def _read(self) -> float:
        return sum(int((task / "schedstat").read_text().split()[0]) for task in self._tasks.iterdir()) / 1e9


@dataclass
class Told:
    """What came of the questions of one run. Seconds are from when each was sent."""

    seconds: float
    answered: list[float] = field(default_factory=list)
    late: int = 0  # answers that came when the run was over
    refused: list[float] = field(default_factory=list)
    others: list[int] = field(default_factory=list)  # statuses that are neither
    unasked: int = 0  # were due when no connection was free
    after: list[float] = field(default_factory=list)  # seconds of each answer to one who asks alone afterwards

    @property
    def asked(self) -> int:
        return len(self.answered) + self.late + len(self.refused) + len(self.others)

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

    def __init__(self, host: str, clock: Clock, done: Callable[["Client", int, float], None]) -> None:
        self._host, self._clock, self._done = host, clock, done
        self._received, self._left = b"", -1  # of the body, once the head has been read
        self._status = 0
        self._began: float | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self._began is not None:
            self._end(0)

    def ask(self) -> None:
        self._began = self._clock()
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
        took = round(self._clock() - (self._began or 0), 4)
        self._began, self._received, self._left = None, b"", -1
        self._done(self, status, took)


async def asked(host: str, port: int, process: int, rate: float, seconds: float, connections: int) -> Told:
    """At `rate` questions a second; at 0 each connection asks again when it has its answer."""
    told, free, clock = Told(seconds), deque[Client](), Clock(process)
    end = 0.0

    def done(client: Client, status: int, took: float) -> None:
        if status == 200 and clock() > end:
            told.late += 1
        elif status == 200:
            told.answered.append(took)
        elif status == 503:
            told.refused.append(took)
        else:
            told.others.append(status)
        if not rate and clock() < end:
            client.ask()
        else:
            free.append(client)

    loop = asyncio.get_running_loop()

    async def connected() -> Client:
        return (await loop.create_connection(lambda: Client(f"{host}:{port}", clock, done), host, port))[1]

    clients = [await connected() for _ in range(connections)]
    began = clock()
    end = began + seconds
    if rate:
        free += clients
        due = 0
        while (now := clock()) < end:
            # one that has nothing to do would use no processor, and time would stand still
            while due < rate * (now - began) or len(free) == connections:
                due += 1
                if not free:
                    told.unasked += 1
                elif (client := free.popleft()).transport.is_closing():  # it had nothing to ask for long
                    connections -= 1
                else:
                    client.ask()
            await asyncio.sleep(TICK)
    else:
        for client in clients:
            client.ask()
        while clock() < end:
            await asyncio.sleep(TICK)
    told.seconds = clock() - began
    until = time.monotonic() + 20
    while len(free) < connections and time.monotonic() < until:
        await asyncio.sleep(TICK)
    if rate:
        await _ask_alone(await connected(), told)
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
    host, port, process, rate, seconds, connections = sys.argv[1:]
    made = uvloop.run(asked(host, int(port), int(process), float(rate), float(seconds), int(connections)))
    print(json.dumps(asdict(made)))
