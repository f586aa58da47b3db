"""A file of lines to which several processes append whole lines, each line once, up to a size.

A full disk may have torn a line, and people edit such files: what is no sound line is never read again, and at the next
opening the file as it was is kept beside it.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

LARGEST = 8 * 1024 * 1024  # bytes; a file that would grow beyond becomes `name.1`, in place of the one before
LOCKED = 1.0  # seconds that a line waits for another process's
PRIVATE = 0o600  # of the files made here: what people asked is the operator's alone
_BOM = b"\xef\xbb\xbf"
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)

Key = bytes
KeyOf = Callable[[bytes], Key | None]  # of a line; None is one that is not sound


class LineFile:
    """`unsound` is how many lines were found at opening that are none; `aside` where they are kept, if they are."""

    def __init__(self, path: Path, key_of: KeyOf) -> None:
        """Raises OSError where it cannot be written."""
        self.path, self._key_of = path, key_of
        self._keys: set[Key] = set()
        self._read = (0, 0)  # the file, and how much of it, whose keys are known
        self._patience = LOCKED
        self.unsound, self.aside = 0, None
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._locked():
            self._make_room(0)
            self.unsound = self._catch_up()
            if self.unsound:
                self.aside = self._put_aside()

    def append(self, line: bytes, *, instead: bool = False) -> None:
        """Once, whichever process was first; `instead` of a line with the same key. Raises OSError, and then the file is
        as it was."""
        key = self._key_of(line)
        assert key is not None
        with self._locked():
            self._catch_up()
            if key in self._keys and not instead:
                return
            if key in self._keys:
                self._rewrite(without=key)
            self._make_room(len(line))
            with self._opened() as file:
                _write_whole(file, line + b"\n")
            self._catch_up()

    def _make_room(self, size: int) -> None:
        with self._opened() as file:
            full = os.fstat(file).st_size > LARGEST - size
        if full:
            self.path.replace(self.path.with_name(f"{self.path.name}.1"))

    def _catch_up(self) -> int:
        """Learns the keys of what other processes wrote, too; how many lines of it are not sound."""
        with self._opened() as file:
            status = os.fstat(file)
            known, begin = self._read
            if known != status.st_ino or begin > status.st_size:  # another file by now
                begin = 0
                self._keys.clear()
            os.lseek(file, begin, os.SEEK_SET)
            content = os.read(file, status.st_size - begin)
        self._read = (status.st_ino, begin + len(content))
        keys = [self._key_of(line) for line in _lines(content)]
        self._keys.update(key for key in keys if key is not None)
        return keys.count(None) + content.startswith(_BOM)

    def _put_aside(self) -> Path | None:
        """The file as it was, under a name of its own, before the sound lines alone take its place."""
        free = (self.path.with_name(f"{self.path.name}.bad{number or ''}") for number in range(1000))
        aside = next((path for path in free if not path.exists()), None)
        try:
            if aside:
                os.link(self.path, aside)
                self._rewrite()
        except OSError:  # no room, or no such links: the lines stay where they are
            return None
        return aside

    def _rewrite(self, without: Key | None = None) -> None:
        """The sound lines alone, with the permissions that the file had."""
        kept = [line for line in _lines(self.path.read_bytes()) if self._key_of(line) not in (None, without)]
        part = self.path.with_name(f"{self.path.name}.part")
        part.unlink(missing_ok=True)
        file = os.open(part, _FLAGS | os.O_EXCL, stat.S_IMODE(self.path.stat().st_mode))
        try:
            _write_whole(file, b"".join(line + b"\n" for line in kept))
            os.fsync(file)
        except OSError:
            part.unlink()
            raise
        finally:
            os.close(file)
        part.replace(self.path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One that is held for long is waited for once, and then only looked at."""
        lock = FileLock(self.path.with_name(f"{self.path.name}.lock"), mode=PRIVATE, poll_interval=0.002)
        patience, self._patience = self._patience, 0.0
        with lock.acquire(timeout=patience):
            self._patience = LOCKED
            yield

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """A regular file and no other: a pipe would wait for a reader, a device keeps nothing."""
        file = os.open(self.path, _FLAGS | getattr(os, "O_NONBLOCK", 0), PRIVATE)
        try:
            if not stat.S_ISREG(os.fstat(file).st_mode):
                raise OSError(errno.EINVAL, "应为普通文件，实为管道或设备", str(self.path))
            yield file
        finally:
            os.close(file)


def _lines(content: bytes) -> list[bytes]:
    return [line for line in content.removeprefix(_BOM).split(b"\n") if line.strip()]


def _write_whole(file: int, content: bytes) -> None:
    """All of it, on a line of its own, or nothing."""
    size = os.fstat(file).st_size
    if size:
        os.lseek(file, size - 1, os.SEEK_SET)
        if os.read(file, 1) != b"\n":
            content = b"\n" + content
    try:
        if os.write(file, content) < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError:
        os.ftruncate(file, size)
        raise
