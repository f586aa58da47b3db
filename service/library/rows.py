"""Rows of the database -> values, and what is asked of them most."""

import json
import sqlite3

from service.library.entry import Entry, State, UnknownEntryError, Version

_VERSION = "SELECT version, sha256, name, settled, made_by, made_at FROM versions WHERE document = ?"


def entries(database: sqlite3.Connection) -> list[Entry]:
    """By id, without their `versions`."""
    ids = [row["id"] for row in database.execute("SELECT id FROM documents ORDER BY id")]
    return [entry(database, id, whole=False) for id in ids]


def entry(database: sqlite3.Connection, id: str, *, whole: bool = True) -> Entry:
    """Raises UnknownEntryError."""
    row = database.execute("SELECT * FROM documents WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise UnknownEntryError("文档库里没有这份文档；全部文档：yaodian list")
    named = [None if row[name] is None else version(database, id, row[name]) for name in ("published", "draft")]
    all_of_them = database.execute(f"{_VERSION} ORDER BY version", (id,)) if whole else ()
    versions = tuple(_version(one) for one in all_of_them)
    return Entry(id, _state(row), row["group_name"], named[0], named[1], versions, row["created"])


def version(database: sqlite3.Connection, id: str, number: int) -> Version:
    """Raises UnknownEntryError."""
    row = database.execute(f"{_VERSION} AND version = ?", (id, number)).fetchone()
    if row is None:
        raise UnknownEntryError(f"这份文档没有第{number}版；各版：yaodian show {id}")
    return _version(row)


def served(database: sqlite3.Connection) -> list[tuple[str, str, Version]]:
    """Every document that is published: its id, group and version."""
    where = "published IS NOT NULL AND NOT withdrawn ORDER BY id"
    found = database.execute(f"SELECT id, group_name, published FROM documents WHERE {where}").fetchall()
    return [(row["id"], row["group_name"], version(database, row["id"], row["published"])) for row in found]


def _state(row: sqlite3.Row) -> State:
    if row["published"] is None:
        return "draft"
    return "withdrawn" if row["withdrawn"] else "published"


def _version(row: sqlite3.Row) -> Version:
    return Version(
        row["version"], row["sha256"], row["name"], json.loads(row["settled"]), row["made_by"], row["made_at"]
    )
