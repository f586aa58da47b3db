"""The library's database: `library.db` in the data folder. Nothing in it is derived: what is, can be made of it anew.

Written in one transaction at a time, which is durable once it has been committed; read at any time.
"""

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from service.library.entry import BusyError, LibraryError

FILE = "library.db"
VERSION = 1  # of the schema
MADE = 5.0  # seconds in which a new database is made
WAIT = 60.0  # seconds for another writer, who may be publishing
_SCHEMA = """
CREATE TABLE blobs (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    group_name TEXT NOT NULL DEFAULT '',  -- empty: for all readers
    published INTEGER,                    -- the version that was published last
    withdrawn INTEGER NOT NULL DEFAULT 0, -- 1: it is no longer served
    draft INTEGER,                        -- the version that is not published yet
    created TEXT NOT NULL
);
CREATE TABLE versions (
    document TEXT NOT NULL REFERENCES documents (id),
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blobs (sha256),
    name TEXT NOT NULL,                   -- of the file as it came: data alone, never a path
    settled TEXT NOT NULL DEFAULT '{}',   -- JSON: what its owner has settled, as in a .toml beside a file
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (document, version)
);
CREATE TABLE keys (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    groups TEXT NOT NULL DEFAULT '[]',    -- JSON: those that it may read
    salt BLOB NOT NULL,
    hash BLOB NOT NULL,
    made_at TEXT NOT NULL,
    revoked_at TEXT
);
CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    document TEXT,
    version INTEGER,
    detail TEXT NOT NULL DEFAULT ''
);
"""


def exists(data: Path) -> bool:
    return (data / FILE).is_file()


@contextlib.contextmanager
def reading(data: Path) -> Iterator[sqlite3.Connection]:
    """The database as it was last committed. Raises LibraryError, also where there is none."""
    with _explained(data), contextlib.closing(_opened_to_read(data / FILE)) as database:
        _wait_until_made(database, data)
        _check_version(database, data)
        database.execute("BEGIN")  # all that is read is of one state
        yield database


@contextlib.contextmanager
def writing(data: Path) -> Iterator[sqlite3.Connection]:
    """One transaction: all of it, or where something is raised nothing. The database is made where there is none.
    Raises LibraryError."""
    with _explained(data):
        data.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(_opened(f"{(data / FILE).absolute().as_uri()}?mode=rwc")) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
            database.execute("PRAGMA foreign_keys = ON")
            _make(database)
            database.execute("BEGIN IMMEDIATE")
            try:
                _check_version(database, data)
                yield database
                database.execute("COMMIT")
            except BaseException:
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise


def _make(database: sqlite3.Connection) -> None:
    """Where it is new: a transaction of its own, for which who reads waits."""
    if _version(database):
        return
    database.execute("BEGIN IMMEDIATE")
    if not _version(database):
        for statement in _SCHEMA.split(";\n"):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {VERSION}")
    database.execute("COMMIT")


def _version(database: sqlite3.Connection) -> int:
    """0 of one that is being made."""
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _opened(address: str) -> sqlite3.Connection:
    database = sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None)
    database.row_factory = sqlite3.Row
    return database


def _opened_to_read(path: Path) -> sqlite3.Connection:
    """Also in a folder that cannot be written, where SQLite may not keep its own files beside the database."""
    address = path.absolute().as_uri()
    database = _opened(f"{address}?mode=ro")
    try:
        database.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError:
        database.close()
        if path.with_name(f"{path.name}-wal").exists() or not path.is_file():
            raise
        database = _opened(f"{address}?mode=ro&immutable=1")
    return database


def _wait_until_made(database: sqlite3.Connection, data: Path) -> None:
    """Another process makes it: a moment. An older file of no version is none that is being made."""
    while not _version(database) and time.time() - (data / FILE).stat().st_mtime < MADE:
        time.sleep(0.01)


def _check_version(database: sqlite3.Connection, data: Path) -> None:
    found = _version(database)
    if found != VERSION:
        raise LibraryError(
            f"{data / FILE} 应为第{VERSION}版的文档库，实为第{found}版；请用写下它的那个版本的 yaodian。"
        )


@contextlib.contextmanager
def _explained(data: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        busy = getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
        raise (BusyError if busy else LibraryError)(_sentence(data, error)) from error
    except OSError as error:
        raise LibraryError(f"文档库 {data / FILE} 应可写，实为：{error.strerror}；请核对文件夹的权限。") from error


def _sentence(data: Path, error: sqlite3.Error) -> str:
    path, code = data / FILE, getattr(error, "sqlite_errorname", "")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"文档库 {path} 正由另一个进程写；等它写完再试。"
    if code.startswith("SQLITE_FULL") or "IOERR_WRITE" in code:
        return f"文档库 {path} 写不进去：磁盘已满；没有改动，腾出空间再试。"
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return f"文档库 {path} 应可写，实为只读或打不开；请核对文件夹的权限，或用 --data 指明可写的文件夹。"
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return f"文档库 {path} 已损坏（{error}）；从备份恢复：yaodian restore 备份文件 --data 新文件夹"
    return f"文档库 {path} 用不了（{error}）。"
