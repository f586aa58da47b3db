"""Files that come in over HTTP: streamed into the data folder, never held in memory whole."""

import contextlib
import os
import time
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.requests import ClientDisconnect, Request

FOLDER = "uploads"  # in the data folder; a file is there while it comes in
OLD = 3600.0  # seconds after which one is what a killed process left


class TooLargeError(Exception):
    """More bytes came than a file may have."""


class Uploads:
    """`limit` is in bytes."""

    def __init__(self, data: Path, limit: int) -> None:
        self._folder, self.limit = data / FOLDER, limit

    @contextlib.asynccontextmanager
    async def received(self, request: Request) -> AsyncIterator[Path]:
        """The body as a file, for as long as it is looked at. Raises TooLargeError, OSError or ClientDisconnect."""
        announced = request.headers.get("content-length", "")
        if announced.isdigit() and int(announced) > self.limit:
            raise TooLargeError
        self._folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        path = self._folder / uuid.uuid4().hex
        try:
            await self._write(request, path)
            yield path
        finally:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    async def _write(self, request: Request, path: Path) -> None:
        size = 0
        with path.open("xb") as file:
            async for part in request.stream():
                size += len(part)
                if size > self.limit:
                    raise TooLargeError
                file.write(part)

    def _sweep(self) -> None:
        before = time.time() - OLD
        for left in os.scandir(self._folder):
            with contextlib.suppress(OSError):
                if left.stat().st_mtime < before:
                    os.unlink(left.path)


__all__ = ["ClientDisconnect", "TooLargeError", "Uploads"]
