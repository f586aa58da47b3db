"""What the library holds, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

State = Literal["published", "withdrawn", "draft"]
Role = Literal["monitor", "reader", "editor", "admin"]


class LibraryError(Exception):
    """Something that the library refuses or cannot do; nothing has changed. The message says what, and what helps."""


class UnknownEntryError(LibraryError):
    """There is no such document, or no such version of it."""


class BusyError(LibraryError):
    """Another process is publishing."""


@dataclass(frozen=True, slots=True)
class Version:
    """A file as it came, with what is settled of it. One that was published never changes."""

    number: int  # from 1
    sha256: str
    name: str  # of the file as it came: data alone, never a path
    settled: Mapping[str, Any]  # fields as in the .toml beside a file, dates as 2025-03-01
    by: str
    at: str  # 2025-03-01T08:30:00+00:00


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the library."""

    id: str
    state: State
    group: str  # empty: for all readers
    published: Version | None  # what is served, or was last until it was withdrawn
    draft: Version | None  # what is not published yet; a published document may have one
    versions: tuple[Version, ...]  # all, oldest first; of `list` none
    created: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done: who, when, to what."""

    number: int
    at: str
    by: str
    action: str  # draft, settle, publish, withdraw, restore, discard, group, key, revoke
    document: str | None
    version: int | None
    detail: str


@dataclass(frozen=True, slots=True)
class Key:
    """Who may do what; of the key itself only salt and hash are kept."""

    name: str
    role: Role
    groups: tuple[str, ...]
    salt: bytes
    hash: bytes
    made: str
    revoked: str | None
