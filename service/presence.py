"""Which processes serve a data folder, and which generation each: whoever publishes waits for them.

data/serving/<process>-<number>        the name of the generation
data/serving/<process>-<number>.lock   locked while the process lives
"""

import json
import logging
import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from service.settings import Settings

FOLDER = "serving"
WAIT = 60.0  # seconds for those that serve
LOOK = 0.02  # seconds between two looks


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Server:
    """A process that serves, from what."""

    process: str
    generation: str
    documents: str | None  # the folder
    encoder: str | None
    store: str | None


class Presence:
    """Of this process. A folder that cannot be written has none: nobody can publish there either."""

    def __init__(self, settings: Settings) -> None:
        self._told = {
            "documents": str(settings.documents) if settings.names_folder else None,
            "encoder": settings.encoder,
            "store": settings.store.text if settings.store else None,
        }
        self._path = settings.data / FOLDER / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._unsaid: str | None = None  # the generation that could not be written
        self._lock: FileLock | None = FileLock(f"{self._path}.lock", thread_local=False)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except OSError:
            self._lock = None

    def serves(self, generation: str) -> None:
        """From now on, no other. Whoever asks which one does so after the pointer has been replaced: one must look at
        the pointer once more after this."""
        if self._lock:
            beside = self._path.with_suffix(".part")
            try:
                beside.write_text(json.dumps({"generation": generation, **self._told}), encoding="utf-8")
                os.replace(beside, self._path)
                self._unsaid = None
            except OSError as error:  # a full disk costs no answer; who publishes waits until it is said
                self._unsaid, before = generation, self._unsaid
                if before != generation:
                    _log.warning("写不进 %s（%s）；别的进程不知道这个进程在用哪一代索引。", self._path, error.strerror)

    def say_again(self) -> None:
        """What there was no room for."""
        if self._unsaid is not None:
            self.serves(self._unsaid)

    def ended(self) -> None:
        if self._lock:
            self._path.unlink(missing_ok=True)
            self._lock.release()
            Path(self._lock.lock_file).unlink(missing_ok=True)


def serving(data: Path) -> list[Server]:
    """The processes that live and serve; what dead ones left is removed. Last those that have not said from what."""
    return sorted(_living(data / FOLDER), key=lambda server: not server.generation)


def wait_for(data: Path, generation: str, seconds: float = WAIT) -> list[str]:
    """Until every process serves this generation; those that still do not after so many seconds."""
    until = time.monotonic() + seconds
    while True:
        late = [server.process for server in serving(data) if server.generation != generation]
        if not late or time.monotonic() > until:
            return late
        time.sleep(LOOK)


def _living(folder: Path) -> Iterator[Server]:
    for held in [*folder.glob("*.lock")] if folder.is_dir() else []:
        path = held.with_suffix("")
        lock = FileLock(held, timeout=0)
        try:
            with lock:
                for left in (path, path.with_suffix(".part"), held):
                    left.unlink(missing_ok=True)
        except Timeout:
            process = path.name.partition("-")[0]
            try:
                yield Server(process, **json.loads(path.read_text(encoding="utf-8")))
            except FileNotFoundError:  # it is about to say, or has found no room to
                yield Server(process, "", None, None, None)
