"""Files into versions: how a document that comes in is named, kept and checked before anything is changed."""

import hashlib
import json
import sqlite3
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus import Document, Failure, SourceFile, read_document
from service.library import rows
from service.library.audit import now, record
from service.library.entry import LibraryError, Version
from service.library.incoming import Incoming
from service.library.sources import as_settled, source_file

LONGEST = 100  # characters of an id, a name's end, or a group
CACHE = "sources"  # in the data folder: what was read from files that take long to read


def drafted(database: sqlite3.Connection, incoming: Incoming, by: str) -> str:
    """Kept as the document's draft, in place of one that there was; the document's id. Raises LibraryError."""
    name = (incoming.name or incoming.file.name)[-LONGEST:]
    id = checked(incoming.id if incoming.id is not None else Path(name).stem, "文档编号")
    try:
        content = incoming.file.read_bytes()
    except OSError as error:
        raise LibraryError(f"{name}：应为可读的文件，实为：{error.strerror}。") from error
    group = incoming.group
    if group is not None:
        group = checked(group, "组名") if group else ""
    sha256 = hashlib.sha256(content).hexdigest()
    database.execute("INSERT INTO blobs VALUES (?, ?) ON CONFLICT DO NOTHING", (sha256, content))
    database.execute("INSERT INTO documents (id, created) VALUES (?, ?) ON CONFLICT DO NOTHING", (id, now()))
    if group is not None:
        database.execute("UPDATE documents SET group_name = ? WHERE id = ?", (group, id))
    discarded(database, id)
    as_settled(incoming.settled)
    number = _add(database, id, sha256, name, incoming.settled, by)
    record(database, by, "draft", id, number, name)
    return id


def check(incoming: Incoming, data: Path) -> None:
    """It has a name that can be kept, and can be read. Raises LibraryError."""
    name = incoming.name or incoming.file.name
    id = checked(incoming.id if incoming.id is not None else Path(name).stem, "文档编号")
    file = SourceFile(incoming.file, "", as_settled(incoming.settled), name)
    found = read_document(file, id, data / CACHE)
    if isinstance(found, Failure):
        raise LibraryError(f"{found.name}：{found.reason}")


def with_settled(database: sqlite3.Connection, id: str, settled: Mapping[str, Any], by: str) -> None:
    """A draft of the same file with these fields, those that are None taken away. Raises LibraryError."""
    entry = rows.entry(database, id)
    before = entry.draft or entry.published
    assert before
    fields = {name: value for name, value in {**before.settled, **settled}.items() if value is not None}
    as_settled(fields)
    discarded(database, id)
    number = _add(database, id, before.sha256, before.name, fields, by)
    record(database, by, "settle", id, number, json.dumps(dict(settled), ensure_ascii=False))


def discarded(database: sqlite3.Connection, id: str) -> int | None:
    """The number of the draft that was given up; what no version holds any more goes with it."""
    number: int | None = database.execute("SELECT draft FROM documents WHERE id = ?", (id,)).fetchone()["draft"]
    if number is not None:
        database.execute("UPDATE documents SET draft = NULL WHERE id = ?", (id,))
        database.execute("DELETE FROM versions WHERE document = ? AND version = ?", (id, number))
    return number


def drop_unheld(database: sqlite3.Connection) -> None:
    """Contents that no version has."""
    database.execute("DELETE FROM blobs WHERE sha256 NOT IN (SELECT sha256 FROM versions)")


def read(database: sqlite3.Connection, data: Path, id: str, version: Version) -> Document:
    """Raises LibraryError where the file cannot be read."""
    found = read_document(source_file(database, data, version), id, data / CACHE)
    if isinstance(found, Failure):
        raise LibraryError(f"{found.name}：{found.reason}")
    return found


def checked(text: str, what: str) -> str:
    """As it is kept. Raises LibraryError."""
    text = unicodedata.normalize("NFC", text).strip()
    odd = [one for one in text if unicodedata.category(one)[0] == "C" or one in "/\\"]
    if not text or len(text) > LONGEST or odd or text in (".", ".."):
        raise LibraryError(f"{what}应为1至{LONGEST}个字符，不含 / \\ 与控制字符，实为“{text[:40]}”。")
    return text


def _add(database: sqlite3.Connection, id: str, sha256: str, name: str, settled: Mapping[str, Any], by: str) -> int:
    """A new version, as the draft; its number."""
    highest = "SELECT max(number) FROM (SELECT max(version) number FROM versions WHERE document = :id UNION SELECT max(version) FROM audit WHERE document = :id)"
    number = (database.execute(highest, {"id": id}).fetchone()[0] or 0) + 1
    fields = json.dumps(dict(settled), ensure_ascii=False)
    row = (id, number, sha256, name, fields, by, now())
    database.execute("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    database.execute("UPDATE documents SET draft = ? WHERE id = ?", (number, id))
    return number
