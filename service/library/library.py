"""The documents that an office keeps: added, corrected, published, replaced, withdrawn and restored."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from corpus import Document, Sources
from service.library import database as db
from service.library import drafts, rows
from service.library.audit import events, record
from service.library.entry import Entry, Event, LibraryError, UnknownEntryError, Version
from service.library.incoming import Incoming
from service.library.publishing import WAIT, OnStep, Publisher, publishing
from service.library.sources import checked_out, clean, sources_of

T = TypeVar("T")


class Library:
    """What is acknowledged is durable, and all serving processes serve it; what fails changes nothing.

    `publisher` makes what is published served; without one it is when the service starts next. `on_step` is told
    each step of publishing as it is done. `wait` is how many seconds another process that publishes is waited for.
    """

    def __init__(
        self, data: Path, publisher: Publisher | None = None, on_step: OnStep | None = None, wait: float = WAIT
    ) -> None:
        self.data, self._publisher, self._wait = data, publisher, wait
        self._on_step = on_step or (lambda step: None)

    # To look

    def list(self) -> Sequence[Entry]:
        """Every document, by id, without its `versions`; of a folder without a library none."""
        return self._looked(rows.entries, [])

    def show(self, id: str) -> Entry:
        """Raises UnknownEntryError."""
        if not db.exists(self.data):
            raise UnknownEntryError("文档库里还没有文档；添加：yaodian add 文件")
        with db.reading(self.data) as database:
            return rows.entry(database, id)

    def history(self, id: str | None = None) -> Sequence[Event]:
        """What was done to the document, or to any, newest first."""
        return self._looked(lambda database: events(database, id), [])

    def read(self, id: str, version: int | None = None) -> Document:
        """A version as it is read: its draft, or where there is none what is published. Raises LibraryError."""
        with db.reading(self.data) as database:
            return drafts.read(database, self.data, id, _chosen(database, id, version))

    def file(self, id: str, version: int | None = None) -> Path:
        """The same as it came, checked out."""
        with db.reading(self.data) as database:
            return checked_out(database, self.data, _chosen(database, id, version))

    def sources(self) -> Sources | None:
        """What is published, for the index; None where nothing is."""
        return self._looked(lambda database: sources_of(database, self.data), None)

    # To change

    def add(
        self, file: Path, *, name: str | None = None, id: str | None = None, group: str | None = None, by: str
    ) -> Entry:
        """Published, in place of what the document was before. `name` is the file's own where it has another on this
        machine; the id is the name without its suffix where none is given; the group stays where none is given.
        Raises LibraryError, also where the file cannot be read."""
        return self.add_all([Incoming(file, name, id, group)], by)[0]

    def add_all(self, incoming: Sequence[Incoming], by: str) -> Sequence[Entry]:
        """Several, published at once: all or none."""
        with self._publishing() as database:
            ids = [self._drafted(database, one, by) for one in incoming]
            for id in ids:
                _publish(database, id, by)
        return [self.show(id) for id in ids]

    def check(self, incoming: Incoming) -> None:
        """It can be added. Raises LibraryError."""
        drafts.check(incoming, self.data)

    def draft(
        self, file: Path, *, name: str | None = None, id: str | None = None, group: str | None = None, by: str
    ) -> Entry:
        """Kept to be corrected and published later; in place of a draft that there was."""
        with self._drafting() as database:
            drafted = self._drafted(database, Incoming(file, name, id, group), by)
        return self.show(drafted)

    def settle(self, id: str, settled: Mapping[str, Any], by: str) -> Entry:
        """What its reading could only guess, as in a .toml beside a file (`date` as text), in a draft: of the same file
        as is published, where there is none. None takes a field away. Raises LibraryError where a field is not what it
        should be or the file can then not be read."""
        with self._drafting() as database:
            drafts.with_settled(database, id, settled, by)
            self._check(database, id)
        return self.show(id)

    def publish(self, id: str, by: str) -> Entry:
        """The draft, in place of what was published. Raises LibraryError where there is none."""
        with self._publishing() as database:
            self._check(database, id)
            _publish(database, id, by)
        return self.show(id)

    def discard(self, id: str, by: str) -> Entry | None:
        """Without its draft; None where the document was nothing else."""
        with self._drafting() as database:
            entry = rows.entry(database, id)
            if (number := drafts.discarded(database, id)) is not None:
                record(database, by, "discard", id, number)
            if entry.published is None:
                database.execute("DELETE FROM documents WHERE id = ?", (id,))
        return None if entry.published is None else self.show(id)

    def withdraw(self, id: str, by: str) -> Entry:
        """Gone from all that is served, and kept; a document that is withdrawn already stays so."""
        with self._publishing() as database:
            entry = rows.entry(database, id)
            if entry.published is None:
                raise LibraryError(f"{id} 还没有发布，只有草稿；没有什么可撤回。")
            if entry.state == "published":
                database.execute("UPDATE documents SET withdrawn = 1 WHERE id = ?", (id,))
                record(database, by, "withdraw", id, entry.published.number)
        return self.show(id)

    def restore(self, id: str, version: int | None = None, *, by: str) -> Entry:
        """A withdrawn document served again; or an earlier version, in place of what is published."""
        with self._publishing() as database:
            entry = rows.entry(database, id)
            if entry.published is None or (entry.draft and entry.draft.number == version):
                raise LibraryError(f"{id} 的这一版还没有发布过；发布草稿，而不是恢复。")
            number = entry.published.number if version is None else rows.version(database, id, version).number
            if entry.state == "withdrawn" or number != entry.published.number:
                database.execute("UPDATE documents SET published = ?, withdrawn = 0 WHERE id = ?", (number, id))
                record(database, by, "restore", id, number)
        return self.show(id)

    def set_group(self, id: str, group: str, by: str) -> Entry:
        """Who may read it: the keys that name the group; empty for all readers."""
        group = drafts.checked(group, "组名") if group else ""
        with self._publishing() as database:
            rows.entry(database, id)
            database.execute("UPDATE documents SET group_name = ? WHERE id = ?", (group, id))
            record(database, by, "group", id, None, group)
        return self.show(id)

    def refresh(self) -> None:
        """What is published is served; nothing is done where it is already."""
        with self._publishing():
            pass

    # How

    def _looked(self, look: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        if not db.exists(self.data):
            return otherwise
        with db.reading(self.data) as database:
            return look(database)

    @contextmanager
    def _drafting(self) -> Iterator[sqlite3.Connection]:
        with db.writing(self.data) as database:
            yield database
            drafts.drop_unheld(database)
            clean(database, self.data)

    @contextmanager
    def _publishing(self) -> Iterator[sqlite3.Connection]:
        with publishing(self.data, self._publisher, self._on_step, self._wait) as database:
            yield database
            drafts.drop_unheld(database)

    def _drafted(self, database: sqlite3.Connection, incoming: Incoming, by: str) -> str:
        id = drafts.drafted(database, incoming, by)
        self._check(database, id)
        return id

    def _check(self, database: sqlite3.Connection, id: str) -> None:
        """The draft can be read. Raises LibraryError."""
        if draft := rows.entry(database, id, whole=False).draft:
            drafts.read(database, self.data, id, draft)


def _publish(database: sqlite3.Connection, id: str, by: str) -> None:
    draft = rows.entry(database, id).draft
    if draft is None:
        raise LibraryError(f"{id} 没有草稿可以发布。")
    database.execute("UPDATE documents SET published = ?, draft = NULL, withdrawn = 0 WHERE id = ?", (draft.number, id))
    record(database, by, "publish", id, draft.number, draft.name)


def _chosen(database: sqlite3.Connection, id: str, version: int | None) -> Version:
    if version is not None:
        return rows.version(database, id, version)
    entry = rows.entry(database, id, whole=False)
    chosen = entry.draft or entry.published
    assert chosen
    return chosen
