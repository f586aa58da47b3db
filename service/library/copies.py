"""The library as one file: copied while it is used, put in place where there is none, and looked through for damage."""

import contextlib
import hashlib
import os
import sqlite3
import uuid
from pathlib import Path

from service.library import database as db
from service.library.entry import LibraryError

_MAGIC = b"SQLite format 3\0"


def backup(data: Path, file: Path) -> None:
    """All of it as it is now, keys included: a backup that is there is replaced, no other file is. Raises LibraryError."""
    if not db.exists(data):
        raise LibraryError(f"{data} 里没有文档库可以备份。添加文档：yaodian add 文件 --data {data}")
    if file.exists() and not is_backup(file):
        raise LibraryError(f"{file} 已有，又不是备份，没有改动。换一个文件名：yaodian backup 备份.db --data {data}")
    _copied(data / db.FILE, file)


def restore_backup(file: Path, data: Path) -> None:
    """The library of the data folder, which has none. Raises LibraryError."""
    if db.exists(data):
        raise LibraryError(f"{data} 里已有文档库，没有改动。恢复到新的文件夹：yaodian restore {file} --data 新文件夹")
    if damage := damage_of(file):
        raise LibraryError(f"{file} 应为完好的备份，实为：{damage}")
    _copied(file, data / db.FILE)


def is_backup(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def damage_of(file: Path) -> str | None:
    """What is wrong with a library's file; None where nothing is."""
    try:
        with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version != db.VERSION:
                return f"第{version}版的文档库，应为第{db.VERSION}版。"
            checked = database.execute("PRAGMA integrity_check").fetchone()[0]
            if checked != "ok":
                return f"数据库已损坏（{checked}）。"
            for sha256, content in database.execute("SELECT sha256, content FROM blobs"):
                if hashlib.sha256(content).hexdigest() != sha256:
                    return f"一份文件的内容与校验和 {sha256[:12]} 不符。"
            if database.execute("SELECT 1 FROM versions WHERE sha256 NOT IN (SELECT sha256 FROM blobs)").fetchone():
                return "缺少一份文件的内容。"
    except sqlite3.Error as error:
        return f"读不出来（{error}）。"
    return None


def _copied(source: Path, target: Path) -> None:
    """Written beside, synced and renamed: the whole or nothing."""
    beside = target.with_name(f"{target.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            contextlib.closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as given,
            contextlib.closing(sqlite3.connect(beside)) as copy,
        ):
            given.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file: read, it needs none beside it
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(beside, target)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"{target} 写不进去（{error}）；没有改动。") from error
    finally:
        beside.unlink(missing_ok=True)
