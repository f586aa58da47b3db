"""The generations of a data folder, and the pointer at the one in use.

Whoever writes one holds the lock from its beginning until the pointer is replaced: what a generation is half written
by then was left by a writer that was killed.
"""

import contextlib
import logging
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from index.engine import Holder

LOCK, POINTER, GENERATIONS = "lock", "current", "generations"
HOLDER = "lock.holder"  # says who holds the lock


SILENT = 1.0  # seconds that a writer waits without a word

_log = logging.getLogger(__name__)


class WriterError(Exception):
    """Another writer is at work; the message says which, as process: command."""


@contextlib.contextmanager
def writing(data: Path, wait: float = -1) -> Iterator[None]:
    """For one writer at a time; others wait so many seconds, or for ever, and say so. Raises WriterError."""
    data.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(data / LOCK), data / HOLDER
    try:
        _acquire(lock, holder, wait)
    except Timeout as error:
        raise WriterError(_held_by(holder)) from error
    try:
        with contextlib.suppress(OSError):
            holder.write_text(f"{os.getpid()}：{' '.join([Path(sys.argv[0]).name, *sys.argv[1:2]])}", encoding="utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink()
        lock.release()


def _acquire(lock: FileLock, holder: Path, wait: float) -> None:
    """Raises Timeout."""
    if 0 <= wait <= SILENT:
        lock.acquire(timeout=wait)
        return
    try:
        lock.acquire(timeout=SILENT)
    except Timeout:
        _log.warning("另一个进程（%s）正在写 %s，等它做完……", _held_by(holder), holder.parent)
        lock.acquire(timeout=wait - SILENT if wait > 0 else wait)


def _held_by(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "不知是哪个"


def pointed(data: Path) -> str | None:
    """The name of the generation in use; None where there is none, or nobody can read which."""
    try:
        return read_pointer(data)
    except (OSError, UnicodeDecodeError):
        return None


def read_pointer(data: Path) -> str | None:
    """As `pointed`, but raises OSError or UnicodeDecodeError where it cannot be read."""
    try:
        return (data / POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None


def write_pointer(data: Path, name: str) -> None:
    """All of `point_at` that a full disk can stop; nothing is left of one that cannot be written. For a writer."""
    temporary = data / f"{POINTER}.{name}"
    try:
        temporary.write_text(name + "\n", encoding="utf-8")
        sync(temporary)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def point_at(data: Path, name: str, holder: Holder | None = None) -> None:
    """From now on this generation is in use. The one before stays, for a reader that has just read the pointer; older
    ones, and what a killed writer left, are removed. For a writer."""
    before = pointed(data)
    _replace_pointer(data, name)
    _remove_but(data, {name, before or name}, holder)


def discard(data: Path, name: str, holder: Holder | None = None) -> None:
    """A generation that is not in use. For a writer."""
    if holder:
        holder.drop(name)
    (data / f"{POINTER}.{name}").unlink(missing_ok=True)
    shutil.rmtree(data / GENERATIONS / name, ignore_errors=True)


def clean(data: Path, holder: Holder | None = None) -> None:
    """Without what killed writers left; one generation beside that in use stays, if it is whole. For a writer."""
    current = pointed(data) or ""
    whole = {path.parent: path.stat().st_mtime for path in (data / GENERATIONS).glob("*/manifest.json")}
    others = sorted((path for path in whole if path.name != current), key=lambda path: whole[path])
    _remove_but(data, {current, *(path.name for path in others[-1:])}, holder)


def _remove_but(data: Path, kept: set[str], holder: Holder | None) -> None:
    folder = data / GENERATIONS
    for name in [path.name for path in folder.iterdir()] if folder.is_dir() else []:
        if name not in kept:
            discard(data, name, holder)
    for part in data.glob(f"{POINTER}.*"):
        part.unlink(missing_ok=True)


def _replace_pointer(data: Path, name: str) -> None:
    if not (data / f"{POINTER}.{name}").is_file():
        write_pointer(data, name)
    put_in_place(data / f"{POINTER}.{name}", data / POINTER)
    sync(data)


def put_in_place(beside: Path, path: Path) -> None:
    """`os.replace`, where an empty folder is in the way, too."""
    with contextlib.suppress(OSError):
        path.rmdir()
    os.replace(beside, path)


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
