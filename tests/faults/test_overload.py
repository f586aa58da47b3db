"""More questions than can be answered: answers go on, refusals come at once; and the end of a service under load.

n: 3 s at 5 and at 10 times what the service can answer; 40 clients at the end. An answer counts within 1 s.
"""

import asyncio
import itertools
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.faults.test_connections import Service, request, status
from tests.test_serving import serving

SECONDS = 3.0
IN_TIME = 1.0
# of what it answers when it is not asked too much; the client takes of the same processors, the more the more it asks
GOODPUT = {5: 0.6, 10: 0.25}
REFUSED = 0.1  # seconds, in the middle: who measures shares the processors with what is measured
AGAIN = 10.0  # seconds after which all is as before
CLIENTS = 400

_number = itertools.count()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("data")) as (address, process):
        yield Service(address, process.pid)


def question(*headers: str) -> bytes:
    """Another one each time: the same would be remembered."""
    body = json.dumps({"question": f"法律部协作的任务里哪些涉及监管{next(_number)}"}, ensure_ascii=False).encode()
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


async def capacity(service: Service) -> float:
    """Answers a second to four clients that wait for each."""
    answered, end = 0, time.monotonic() + SECONDS

    async def go_on(client: Client) -> None:
        nonlocal answered
        while time.monotonic() < end:
            code, _, _ = await client.ask()
            answered += code == 200

    async with clients(service, 4) as four:
        await asyncio.gather(*map(go_on, four))
    return answered / SECONDS


async def overload(service: Service, rate: float) -> list[tuple[int, float, bytes]]:
    """Replies to questions asked at that rate, by clients that keep their connections."""
    async with clients(service, CLIENTS) as many:
        free = list(many)
        asked: list[asyncio.Task[tuple[int, float, bytes]]] = []

        async def one(client: Client) -> tuple[int, float, bytes]:
            reply = await client.ask()
            free.append(client)
            return reply

        began = time.monotonic()
        while (elapsed := time.monotonic() - began) < SECONDS:
            while free and len(asked) < rate * elapsed:
                asked.append(asyncio.create_task(one(free.pop())))
            await asyncio.sleep(0.002)
        return list(await asyncio.gather(*asked))


async def until_normal(service: Service, able: float) -> float:
    """Seconds until one that waits for each answer has three in a row as soon as before."""
    began, soon = time.monotonic(), 0
    async with clients(service, 1) as (client,):
        while soon < 3 and time.monotonic() - began < AGAIN:
            code, seconds, _ = await client.ask()
            soon = soon + 1 if code == 200 and seconds < max(0.05, 8 / able) else 0
    return time.monotonic() - began


@pytest.mark.parametrize("times", [5, 10])
def test_overload_costs_few_answers_and_refuses_soon(times: int, service: Service) -> None:
    able = asyncio.run(capacity(service))
    replies = asyncio.run(overload(service, times * able))
    good = sum(code == 200 and seconds < IN_TIME for code, seconds, _ in replies) / SECONDS
    refused = sorted(seconds for code, seconds, _ in replies if code == 503)
    print(f"able {able:.0f}/s, asked {len(replies) / SECONDS:.0f}/s, good {good / able:.2f}, refused {len(refused)}")
    assert {code for code, _, _ in replies} <= {200, 503}
    assert good >= GOODPUT[times] * able
    if refused:
        print(f"refused after p50 {refused[len(refused) // 2]:.3f} p95 {refused[len(refused) * 95 // 100]:.3f} s")
        assert refused[len(refused) // 2] < REFUSED
    assert all(b"retry-after: 1" in head for code, _, head in replies if code == 503)
    assert service.lives() < IN_TIME
    assert asyncio.run(until_normal(service, able)) < AGAIN


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
