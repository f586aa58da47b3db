"""An answer in parts, as server-sent events: how it was read and is said, the count, the items some at a
time, the rest."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.responses import Response, StreamingResponse

from service.parts import Json, Part
from service.problems import REFUSALS, problem, refusal
from service.wire import written

EVENTS = "text/event-stream"
HEARTBEAT = 5.0  # seconds without an event, after which a line says that there is still somebody
DEADLINE = 60.0  # seconds from one part to the next, at most
LATE = "没有在规定的时间内找完，请稍候再试，或问得窄一些。"

Next = Callable[[], Awaitable[Part | None]]  # the part that follows; None after the last


async def streamed(following: Next) -> Response:
    """The parts as they come. What goes wrong with the first is raised, unless it takes too long: then, and later, it is
    told by an event `error`."""
    first = asyncio.ensure_future(following())
    try:
        if (await asyncio.wait([first], timeout=HEARTBEAT))[0]:
            first.result()
    except asyncio.CancelledError:
        first.cancel()
        raise
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(first, following), headers=headers, media_type=EVENTS)


async def _events(coming: "asyncio.Future[Part | None]", following: Next) -> AsyncIterator[bytes]:
    try:
        began = time.monotonic()
        while True:
            while not (await asyncio.wait([coming], timeout=HEARTBEAT))[0]:
                if time.monotonic() - began > DEADLINE:
                    yield _failed(503, LATE)
                    return
                yield b": \n\n"
            try:
                part = coming.result()
            except REFUSALS as error:
                yield _failed(*refusal(error))
                return
            if part is None:
                return
            yield _event(*part)
            began, coming = time.monotonic(), asyncio.ensure_future(following())
    finally:
        coming.cancel()


def _event(name: str, part: Json) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), written(part))


def _failed(status: int, said: str) -> bytes:
    return b"event: error\ndata: %s\n\n" % bytes(problem(status, said).body)
