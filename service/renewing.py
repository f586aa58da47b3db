"""Bringing the index up to its documents while it is served: when told to, when a folder changes, and when a process
that was publishing has been killed."""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus import CorpusError
from index import OnDocument, WriterError, writing
from service.building import BuildingError
from service.library import WAIT, BusyError, Generations, Library, LibraryError
from service.opening import library_of, sources_of
from service.settings import Settings

LOOK = 1.0  # seconds between two looks

_log = logging.getLogger(__name__)
Seen = tuple[object, ...]


def renew(settings: Settings, on_document: OnDocument | None = None, wait: float = WAIT) -> Sequence[str]:
    """The index holds what its documents are now, and is served: at once where it does already. The processes that do
    not serve it yet. Raises LibraryError or CorpusError, and everything is as it was."""
    generations = Generations(settings, on_document)
    if library_of(settings):
        Library(settings.data, generations, wait=wait).refresh()
        return generations.late
    try:
        with writing(settings.data, wait):
            name = generations.build(sources_of(settings))
            generations.point(name)
    except WriterError as error:
        raise BusyError(f"另一个进程（{error}）正在写 {settings.data}；等它做完再试。") from error
    except (BuildingError, OSError) as error:
        raise LibraryError(str(error)) from error
    generations.wait(name)
    return generations.late


class Renewing:
    """Does so beside a process that serves. `served` says what that process answers from, as a fingerprint."""

    def __init__(self, settings: Settings, served: Callable[[], str], watch: bool) -> None:
        self._settings, self._served, self._watch = settings, served, watch
        self._told, self._ended = threading.Event(), False
        self._seen: Seen = ()

    def begin(self) -> None:
        self._seen = self._look()
        threading.Thread(target=self._run, name="renewing", daemon=True).start()

    def tell(self) -> None:
        """To look at the documents anew."""
        self._told.set()

    def end(self) -> None:
        self._ended = True
        self._told.set()

    def _run(self) -> None:
        waiting = True  # what a process that was killed has left may have been there before
        while not self._ended:
            told = self._told.wait(LOOK)
            self._told.clear()
            seen, before = self._look(), self._seen
            self._seen = seen
            if seen != before:
                waiting = True  # a file that is being copied changes at each look
            elif (told or waiting) and not self._ended:
                waiting = not self._renewed(WAIT if told else 0)

    def _look(self) -> Seen:
        """Changes with the library, or with a folder that is watched."""
        if not self._settings.names_folder:
            return tuple(map(_state, (self._settings.data / "library.db", self._settings.data / "library.db-wal")))
        folder = self._settings.documents
        return tuple((path.name, _state(path)) for path in sorted(folder.glob("*"))) if self._watch else ()

    def _renewed(self, wait: float) -> bool:
        """False where another process is at work: then one looks again."""
        try:
            if sources_of(self._settings).fingerprint != self._served():
                renew(self._settings, wait=wait)
        except BusyError:
            return False
        except (LibraryError, CorpusError) as error:
            _log.warning("文档的改动没有换上：%s", error)
        return True


def _state(path: Path) -> tuple[int, ...] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
