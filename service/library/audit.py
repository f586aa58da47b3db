"""Who did what, when: each line is written in the transaction that does it."""

import datetime
import sqlite3

from service.library.entry import Event


def now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def record(
    database: sqlite3.Connection,
    by: str,
    action: str,
    document: str | None = None,
    version: int | None = None,
    detail: str = "",
) -> None:
    row = (now(), by, action, document, version, detail)
    database.execute("INSERT INTO audit (at, by, action, document, version, detail) VALUES (?, ?, ?, ?, ?, ?)", row)


def events(database: sqlite3.Connection, document: str | None = None) -> list[Event]:
    """Newest first; of one document or of all."""
    where, given = ("WHERE document = ?", (document,)) if document is not None else ("", ())
    found = database.execute(f"SELECT * FROM audit {where} ORDER BY number DESC", given)
    return [Event(*row) for row in found]
