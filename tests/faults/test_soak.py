"""Ten minutes of questions without a space, none of them asked twice, at seven tenths of what the service can: its memory
does not grow.

seed 20; n: 600 s at 70 % after 30 s of as many as it can; every eighth question is by meaning and asks the contextual
encoder. Limits: 1 MB/min after the first three minutes; one reply in a hundred may be
a refusal of who asks while the machine does something else.
"""

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from corpus import load_corpus
from tests.faults.test_connections import Service, request, status
from tests.test_serving import MB, bytes_of, serving

FULL, SECONDS, WARM = 30.0, 600.0, 180.0
CLIENTS, SHARE = 4, 0.7
SLOPE = 1 * MB  # a minute
ASKED = (
    "哪些任务涉及{}",
    "{}由谁牵头",
    "{}在哪一条",
    "法律部牵头的任务里哪些提到{}",
    "除了{}还有哪些任务",
    "{}什么时候完成",
)
EVERYDAY = (
    "几个国家一起认一张证 东西坏了找谁 网上买的货靠不靠谱 怎么让外国人信我们的章 谁来查造假的 少跑几趟把事办了".split()
)


def questions() -> Iterator[bytes]:
    """Requests, each of another question."""
    draw, number = random.Random(20), 0
    text = "".join(item.text for document in load_corpus().documents for item in document.items)
    while True:
        number += 1
        at = draw.randrange(len(text) - 12)
        some = text[at : at + draw.randint(2, 12)]
        question = draw.choice(EVERYDAY) + some[:2] if number % 8 == 0 else draw.choice(ASKED).format(some)
        body = {"question": question.replace(" ", ""), "offset": number}  # by which even the same question differs
        yield request("/api/ask", method="POST", body=json.dumps(body).encode())


async def ask(place: tuple[str, int], asked: Iterator[bytes], until: float, pause: float) -> list[int]:
    """One client; the statuses of its replies. A question begins every `pause` seconds, or when the one before has ended."""
    reader, writer = await asyncio.open_connection(*place)
    found, due = [], time.monotonic()
    while due < until:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        due = max(due + pause, time.monotonic())
        writer.write(next(asked))
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
        found.append(status(head))
    writer.close()
    return found


async def load(place: tuple[str, int], asked: Iterator[bytes], seconds: float, rate: float | None) -> list[int]:
    until = time.monotonic() + seconds
    pause = CLIENTS / rate if rate else 0.0
    each = await asyncio.gather(*(ask(place, asked, until, pause) for _ in range(CLIENTS)))
    return [one for found in each for one in found]


async def soak(service: Service, asked: Iterator[bytes], rate: float) -> tuple[list[int], float]:
    """The statuses, and bytes a minute by which the service grew."""
    asking = asyncio.create_task(load(service.place, asked, SECONDS, rate))
    began, seen = time.monotonic(), []
    while not asking.done():
        await asyncio.wait([asking], timeout=5)
        if (now := time.monotonic() - began) > WARM and not asking.done():
            seen.append((now / 60, bytes_of(service.process, "Rss")))
    return await asking, float(np.polyfit([at for at, _ in seen], [size for _, size in seen], 1)[0])


def test_ten_minutes_of_questions_take_no_more_memory(tmp_path: Path) -> None:
    asked = questions()
    program = [sys.executable, "-c", "from service.cli import main; main()", "index", "--data", str(tmp_path)]
    subprocess.run(program, check=True, capture_output=True)  # what building takes is not the service's
    with serving(tmp_path, "--limit", "off") as (address, process):
        service = Service(address, process.pid)
        capacity = len(asyncio.run(load(service.place, asked, FULL, None))) / FULL
        found, slope = asyncio.run(soak(service, asked, SHARE * capacity))
        print(
            f"{capacity:.0f} a second at most, {len(found)} asked, {found.count(503)} refused, {slope / MB:.2f} MB/min, {bytes_of(process.pid, 'Rss') / MB:.0f} MB"
        )
    assert slope < SLOPE
    assert set(found) <= {200, 503}
    assert found.count(503) < len(found) / 100
