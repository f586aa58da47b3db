"""How much waits to be answered: one request begins in each turn of the event loop, and what would wait for too long is
refused at once, as an answer that comes too late is lost work."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Hashable

BEHIND = 0.25  # seconds that the last in the queue would wait, from which on nobody is let in
LATELY = 0.1  # weight of one turn in their mean
LONGEST = 5  # times the mean, as which one turn counts at most: a model that is loaded once is no overload
QUEUED = 256  # requests in the queue at most
UNDER_WAY = 64  # begun and not answered, in threads and engines elsewhere
OLD, SOME = 1.0, 16  # or so many, if the oldest began so many seconds ago


class Load:
    """Of one event loop."""

    def __init__(self) -> None:
        self._queue: deque[Callable[[], None]] = deque()
        self._turns = 0.005  # seconds from one turn to the next, of late
        self._last: float | None = None  # when the last turn was, if another follows at once
        self._begun: dict[Hashable, float] = {}

    @property
    def waiting(self) -> int:
        return len(self._queue)

    @property
    def under_way(self) -> int:
        return len(self._begun)

    @property
    def full(self) -> bool:
        now = time.monotonic()
        if len(self._queue) >= QUEUED or len(self._queue) * self._turns > BEHIND:
            return True
        return self.under_way >= UNDER_WAY or (self.under_way >= SOME and now - next(iter(self._begun.values())) > OLD)

    def enter(self, client: Hashable, begin: Callable[[], None]) -> None:
        """`begin` is called when it is the client's turn, who has one request under way at most; between two turns the loop sees to its sockets."""

        def begun() -> None:
            self._begun[client] = time.monotonic()
            begin()

        self._queue.append(begun)
        if len(self._queue) == 1:
            asyncio.get_running_loop().call_soon(self._turn)

    def leave(self, client: Hashable) -> None:
        self._begun.pop(client, None)

    def _turn(self) -> None:
        begin, now = self._queue.popleft(), time.monotonic()
        if self._last is not None:
            self._turns += LATELY * (min(now - self._last, LONGEST * self._turns) - self._turns)
        self._last = now if self._queue else None
        if self._queue:
            asyncio.get_running_loop().call_soon(self._turn)
        begin()
