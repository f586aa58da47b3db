"""Clients over their limit: until then the connection refuses them by itself, before they take a place in the queue."""

import math
import time
from collections.abc import Hashable
from typing import Any

ASKER = "asker"  # what the connection calls the one who asks, in the state of the request
TELLING = frozenset({b"authorization", b"cookie", b"x-api-key", b"x-forwarded-for"})  # of who asks
MOST = 10_000  # clients; of more those are let through whose time is nearest


class Over:
    """Of one process. The one who asks is known here as the request says, not as it is found to be: who says
    otherwise each time is only refused later."""

    def __init__(self) -> None:
        self._until: dict[Hashable, tuple[float, str]] = {}

    def put_off(self, asker: Hashable, seconds: float, detail: str) -> None:
        now = time.monotonic()
        if len(self._until) >= MOST:
            later = sorted((until, asker) for asker, (until, _) in self._until.items() if until > now)[MOST // 2 :]
            self._until = {asker: self._until[asker] for _, asker in later}
        self._until[asker] = now + seconds, detail

    def refusal(self, asker: Hashable) -> tuple[int, str] | None:
        """Whole seconds that are left, and what is told."""
        until, detail = self._until.get(asker, (0.0, ""))
        left = until - time.monotonic()
        if left > 0:
            return math.ceil(left), detail
        self._until.pop(asker, None)
        return None


def asker_of(scope: Any) -> Hashable:
    """The address that asks, and what it says of itself."""
    client = scope.get("client")
    return client and client[0], *(value for name, value in scope["headers"] if name in TELLING)
