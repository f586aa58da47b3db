"""How far this process is with what it does to a document."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Progress:
    """Steps of publishing and documents that are indexed, for those who wait."""

    def __init__(self) -> None:
        self._began: dict[str, float] = {}
        self._step, self._done, self._total = "", 0, 0

    def on_step(self, step: str) -> None:
        self._step, self._done, self._total = step, 0, 0

    def on_document(self, done: int, total: int, items: int) -> None:
        self._done, self._total = done, total

    @contextmanager
    def of(self, id: str) -> Iterator[None]:
        self._began[id] = time.monotonic()
        try:
            yield
        finally:
            self._began.pop(id, None)

    def reply(self, id: str) -> dict[str, Any]:
        """Null where nothing is done to the document, here."""
        began = self._began.get(id)
        if began is None:
            return {"working": None}
        seconds = round(time.monotonic() - began, 1)
        return {"working": {"step": self._step, "done": self._done, "total": self._total, "seconds": seconds}}
