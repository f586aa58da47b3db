"""A change of what is published: one transaction around the building of a new generation, then one pointer.

Whatever fails before the transaction is committed leaves everything as it was. A process that is killed between
that and the pointer leaves an index that is stale: it is built anew when a service looks at it.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from corpus import CorpusError, Sources
from index import WriterError, writing
from service.library import database as db
from service.library.entry import BusyError, LibraryError
from service.library.sources import clean, sources_of

WAIT = 60.0  # seconds for another process that publishes
OnStep = Callable[[str], None]  # locked, begun, changed, built, committed, pointed, served


class Publisher(Protocol):
    """Makes a library's documents served. Raises LibraryError."""

    def build(self, sources: Sources | None) -> str:
        """The name of a new generation of these documents, whole and durable, at which nothing points yet; of the one
        that is served, where that holds just these."""

    def point(self, name: str) -> None:
        """From now on it is the one that is served."""

    def discard(self, name: str) -> None:
        """What was built and is not wanted."""

    def wait(self, name: str) -> None:
        """Until every serving process serves it."""


@contextmanager
def publishing(
    data: Path, publisher: Publisher | None, on_step: OnStep, wait: float = WAIT
) -> Iterator[sqlite3.Connection]:
    """What is done to the database inside is published, and served everywhere, afterwards. Raises LibraryError."""
    name = None
    with _alone(data, wait):
        on_step("locked")
        try:
            with db.writing(data) as database:
                on_step("begun")
                yield database
                on_step("changed")
                name = publisher.build(_sources(database, data)) if publisher else None
                on_step("built")
        except BaseException:
            if publisher and name:
                publisher.discard(name)
            with suppress(LibraryError):
                _clean(data)
            raise
        on_step("committed")
        if publisher and name:
            publisher.point(name)
        on_step("pointed")
        with suppress(LibraryError):
            _clean(data)
    if publisher and name:
        publisher.wait(name)
    on_step("served")


@contextmanager
def _alone(data: Path, wait: float) -> Iterator[None]:
    """No other process publishes. Raises BusyError or LibraryError."""
    with ExitStack() as held:
        try:
            held.enter_context(writing(data, wait))
        except WriterError as error:
            raise BusyError(
                f"另一个进程（{error}）正在 {data} 里发布，等了 {wait:.0f} 秒；没有改动，等它做完再试。"
            ) from error
        except OSError as error:
            raise LibraryError(f"{data} 写不进去（{error.strerror}）；没有改动。请核对文件夹的权限与空间。") from error
        yield


def _clean(data: Path) -> None:
    with db.writing(data) as database:
        clean(database, data)


def _sources(database: sqlite3.Connection, data: Path) -> Sources | None:
    try:
        return sources_of(database, data)
    except CorpusError as error:
        raise LibraryError(str(error)) from error
