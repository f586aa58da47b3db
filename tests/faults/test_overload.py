"""More questions than can be answered: answers go on, refusals come at once; and the end of a service under load.

n: three rounds of 1.2 s of the service's processor at what it can answer, at 5 and at 10 times that; 40 clients at the end.
"""

import asyncio
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

import pytest

from tests.faults.asking import Told
from tests.faults.test_connections import Service, request, status
from tests.test_serving import serving

SECONDS = 3.0
IN_TIME = 1.0
ROUNDS, PROCESSOR = 3, 1.2  # seconds that each run takes of the service's processor
TIMES = (5, 10)
GOODPUT = 0.8  # of what it answers when it is asked just as much as it can
REFUSED = 0.1
CLIENTS, PATIENT = 100, 32  # who ask when a question is due, and who wait for each answer

_number = itertools.count()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("data")) as (address, process):
        yield Service(address, process.pid)


def question(*headers: str) -> bytes:
    """Another one each time: the same would be remembered."""
    asked = {"question": "法律部协作的任务里哪些涉及监管", "limit": 1 + next(_number) % 1000}
    body = json.dumps(asked, ensure_ascii=False).encode()
    return request("/api/ask", *headers, method="POST", body=body)


class Client:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def ask(self, *headers: str) -> tuple[int, float, bytes]:
        """Status, seconds and head of the reply."""
        began = time.monotonic()
        self.writer.write(question(*headers))
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        await self.reader.readexactly(length)
        return status(head), time.monotonic() - began, head


@asynccontextmanager
async def clients(service: Service, count: int) -> AsyncIterator[list[Client]]:
    made = [Client(*await asyncio.open_connection(*service.place)) for _ in range(count)]
    yield made
    for client in made:
        client.writer.close()


def told(service: Service, rate: float, connections: int) -> Told:
    """Of one run of `asking`; a rate of 0 is as much as it answers."""
    given = (*service.place, service.process, rate, PROCESSOR, connections)
    program = [sys.executable, "-m", "tests.faults.asking", *map(str, given)]
    return Told(**json.loads(subprocess.check_output(program, timeout=120)))


def test_overload_costs_few_answers_and_refuses_soon(service: Service) -> None:
    told(service, 0, PATIENT)  # all is loaded
    kept: dict[int, list[float]] = {times: [] for times in TIMES}
    refused: list[float] = []
    for _ in range(ROUNDS):
        able = told(service, 0, PATIENT).good(IN_TIME)
        for times in TIMES:
            found = told(service, times * able, CLIENTS)
            assert found.others == []
            assert found.asked > 0.8 * times * able * found.seconds
            kept[times].append(found.good(IN_TIME) / able)
            refused += found.refused
            assert max(found.after) < IN_TIME
            print(f"able {able:.0f}/s, {times} times: good {kept[times][-1]:.2f}, refused {len(found.refused)}")
    refused.sort()
    print(f"refused after p50 {median(refused):.3f} p99 {refused[len(refused) * 99 // 100]:.3f} s")
    assert refused[len(refused) * 99 // 100] < REFUSED
    for times in TIMES:
        assert median(kept[times]) >= GOODPUT, kept[times]
    assert service.lives() < IN_TIME


def test_one_client_over_its_limit_does_not_slow_others(tmp_path: Path) -> None:
    """Fifty connections that ask again at once when refused, and one that asks twenty times a second."""
    flooding, patient = "X-Forwarded-For: 10.0.0.1", "X-Forwarded-For: 10.0.0.2"
    refused, over, ended = 0, asyncio.Event(), False

    async def flood(client: Client) -> None:
        nonlocal refused
        while not ended:
            code, _, _ = await client.ask(flooding)
            refused += code == 429
            if code == 429:
                over.set()

    async def asked(service: Service) -> list[float]:
        end, took = time.monotonic() + SECONDS, []
        async with clients(service, 1) as (client,):
            while time.monotonic() < end:
                code, seconds, _ = await client.ask(patient)
                assert code == 200
                took.append(seconds)
                await asyncio.sleep(0.05)
        return sorted(took)

    async def compared(service: Service) -> tuple[list[float], list[float]]:
        nonlocal ended, refused
        alone = await asked(service)
        async with clients(service, 50) as many:
            floods = [asyncio.create_task(flood(client)) for client in many]
            await over.wait()
            await asyncio.sleep(0.5)  # what was let in before is answered
            refused = 0
            beside = await asked(service)
            ended = True
            await asyncio.gather(*floods)
        return alone, beside

    with serving(tmp_path / "data", "--limit", "200/hour", "--trusted-proxy", "127.0.0.1") as (address, process):
        alone, beside = asyncio.run(compared(Service(address, process.pid)))
    middle, slow = (tuple(took[len(took) * part // 100] for took in (alone, beside)) for part in (50, 95))
    print(f"{refused / SECONDS:.0f} refusals/s; alone and beside them p50 {middle}, p95 {slow}")
    assert refused > 100
    assert slow[1] < max(REFUSED, 3 * slow[0])


def test_who_asked_before_the_end_is_answered_and_told(tmp_path: Path) -> None:
    async def ended(service: Service, process: int) -> list[tuple[int, float, bytes]]:
        async with clients(service, 40) as many:
            await asyncio.gather(*(client.ask() for client in many))  # kept-alive from now on
            asked = [asyncio.create_task(client.ask()) for client in many[:20]]
            await asyncio.sleep(0)
            os.kill(process, signal.SIGTERM)
            replies = list(await asyncio.gather(*asked))
            await asyncio.sleep(0.15)  # uvicorn looks ten times a second whether it is to end
            return replies + list(await asyncio.gather(*(client.ask() for client in many[20:])))

    with serving(tmp_path / "data") as (address, process):
        replies = asyncio.run(ended(Service(address, process.pid), process.pid))
        process.wait(timeout=10)
    assert [code for code, _, _ in replies] == [200] * 40
    # the last were asked after the service had taken the signal in
    assert b"connection: close" in replies[-1][2]
