"""How much waits to be answered: one request begins in each turn of the event loop, and what would wait for too long is
refused at once, as an answer that comes too late is lost work."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Hashable

BEHIND = 0.25  # seconds that the first in the queue has waited, from which on nobody is let in
QUEUED = 256  # requests in the queue at most
UNDER_WAY = 64  # begun and not answered, in threads and engines elsewhere
OLD, SOME = 1.0, 16  # or so many, if the oldest began so many seconds ago


class Load:
    """Of one event loop."""

    def __init__(self) -> None:
        self._queue: deque[tuple[float, Callable[[], None]]] = deque()
        self._begun: dict[Hashable, float] = {}

    @property
    def full(self) -> bool:
        now = time.monotonic()
        if self._queue and (len(self._queue) >= QUEUED or now - self._queue[0][0] > BEHIND):
            return True
        under_way = len(self._begun)
        return under_way >= UNDER_WAY or (under_way >= SOME and now - next(iter(self._begun.values())) > OLD)

    def enter(self, client: Hashable, begin: Callable[[], None]) -> None:
        """`begin` is called when it is the client's turn, who has one request under way at most; between two turns the loop sees to its sockets."""

        def begun() -> None:
            self._begun[client] = time.monotonic()
            begin()

        self._queue.append((time.monotonic(), begun))
        if len(self._queue) == 1:
            asyncio.get_running_loop().call_soon(self._turn)

    def leave(self, client: Hashable) -> None:
        self._begun.pop(client, None)

    def _turn(self) -> None:
        _, begin = self._queue.popleft()
        if self._queue:
            asyncio.get_running_loop().call_soon(self._turn)
        begin()
