"""Who asks, and what they may: read, write, keep the library's books."""

import contextlib
import os
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.library import Key, Role, exists, reading
from service.library.database import FILE
from service.library.keys import LONGEST, ROLES, keys_in, matching

RACY = 0.1  # seconds within which a file may change once more without its time telling so


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the bearer of a key, or anybody."""

    key: Key | None = None

    @property
    def name(self) -> str:
        return self.key.name if self.key else ""

    def may(self, role: Role) -> bool:
        """What that role may, or more."""
        return self.key is not None and ROLES.index(self.key.role) >= ROLES.index(role)

    def may_read(self, group: str) -> bool:
        """Documents of this group; those of none are for all."""
        return (
            not group or self.may("admin") or (self.key is not None and self.may("reader") and group in self.key.groups)
        )

    @property
    def may_watch(self) -> bool:
        """The figures of the service, which tell nothing of documents but how many there are."""
        return self.key is not None and self.key.role in ("monitor", "admin")


ANYBODY = Caller()
OWNER = Caller(Key("", "admin", (), b"", b"", "", None))  # who reads the data folder itself


class Access:
    """The keys of a data folder as they are now: one that is made or revoked counts from the next request on.

    Without a folder there are none. For several threads.
    """

    def __init__(self, data: Path | None = None, *, read_key_required: bool = False) -> None:
        self._data, self.read_key_required = data, read_key_required
        self._seen: object = None
        self._every: tuple[Key, ...] = ()  # revoked ones too
        self._lock = threading.Lock()

    @property
    def keys(self) -> tuple[Key, ...]:
        """Those that are not revoked. Raises LibraryError."""
        return _valid(self._made())

    def _made(self) -> tuple[Key, ...]:
        if self._data is None:
            return ()
        with self._lock:
            seen = _seen(self._data)
            if seen is None or seen != self._seen:
                self._every, self._seen = _read(self._data), seen
            return self._every

    def caller(self, headers: Mapping[str, str]) -> Caller | None:
        """Who presents these headers; None where that is a key that is none. Where no key was ever made, whatever a client
        sends in its place is passed over: many cannot send none. Raises LibraryError."""
        presented = presented_key(headers)
        if presented is None or not (made := self._made()):
            return ANYBODY
        key = matching(_valid(made), presented) if len(presented) <= LONGEST else None
        return Caller(key) if key else None


def _valid(keys: Sequence[Key]) -> tuple[Key, ...]:
    return tuple(key for key in keys if key.revoked is None)


def presented_key(headers: Mapping[str, str]) -> str | None:
    """What is said to be a key; empty where something else is said instead of one."""
    if given := headers.get("authorization"):
        scheme, _, key = given.partition(" ")
        return key.strip() if scheme.lower() == "bearer" else ""
    return headers.get("x-api-key")


def _read(data: Path) -> tuple[Key, ...]:
    if not exists(data):
        return ()
    with reading(data) as database:
        return tuple(keys_in(database))


def _seen(data: Path) -> object:
    """Changes when the database does; None where it may be changing right now."""
    seen = []
    for name in (FILE, f"{FILE}-wal"):
        with contextlib.suppress(OSError):
            found = os.stat(data / name)
            if abs(time.time() - found.st_mtime) < RACY:
                return None
            seen.append((name, found.st_ino, found.st_size, found.st_mtime_ns))
    return tuple(seen)
