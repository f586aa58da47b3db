"""What is published, as sources of an index: its files checked out of the database, with what is settled of them.

data/sources-of-library/<sha256>.<suffix>      made anew where one is missing or damaged
"""

import contextlib
import datetime
import hashlib
import json
import sqlite3
import uuid
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus import Settled, SettledError, SourceFile, Sources, listed_sources, settled_of
from index import put_in_place
from service.library import rows
from service.library.entry import LibraryError, Version

FOLDER = "sources-of-library"
REMEMBERED = 65_536  # files whose checksums are known


def sources_of(database: sqlite3.Connection, data: Path) -> Sources | None:
    """None where nothing is published. Raises LibraryError."""
    files = {id: source_file(database, data, version, group) for id, group, version in rows.served(database)}
    return listed_sources(data, files) if files else None


def source_file(database: sqlite3.Connection, data: Path, version: Version, group: str = "") -> SourceFile:
    """A version, checked out. Raises LibraryError."""
    settled = json.dumps(version.settled, ensure_ascii=False, sort_keys=True)
    digest = f"{version.sha256} {version.name} {settled}"
    return SourceFile(checked_out(database, data, version), digest, as_settled(version.settled), version.name, group)


def as_settled(fields: Mapping[str, Any]) -> Settled:
    """Raises LibraryError."""
    try:
        dated = {"date": datetime.date.fromisoformat(fields["date"])} if "date" in fields else {}
    except (TypeError, ValueError) as error:
        raise LibraryError(f"date 应为日期，如 2025-03-01，实为“{str(fields['date'])[:40]}”。") from error
    try:
        return settled_of({**fields, **dated}, "更正")
    except SettledError as error:
        raise LibraryError(f"{error}。") from error


def checked_out(database: sqlite3.Connection, data: Path, version: Version) -> Path:
    path = data / FOLDER / f"{version.sha256}{suffix_of(version.name)}"
    if database.execute("SELECT 1 FROM blobs WHERE sha256 = ?", (version.sha256,)).fetchone() is None:
        raise LibraryError(f"文档库里缺少 {version.name} 的内容；从备份恢复：yaodian restore 备份文件 --data 新文件夹")
    if _sum_of(path) != version.sha256:
        content = database.execute("SELECT content FROM blobs WHERE sha256 = ?", (version.sha256,)).fetchone()[0]
        if hashlib.sha256(content).hexdigest() != version.sha256:
            raise LibraryError(
                f"文档库里 {version.name} 的内容与校验和不符；从备份恢复：yaodian restore 备份文件 --data 新文件夹"
            )
        _put(path, content)
    return path


def _sum_of(path: Path) -> str | None:
    """None where it cannot be read."""
    try:
        status = path.stat()
        return _sum(path, status.st_ino, status.st_size, status.st_mtime_ns)
    except OSError:
        return None


@lru_cache(REMEMBERED)
def _sum(path: Path, *status: int) -> str:
    """SHA-256, looked at once while its status stays the same."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def suffix_of(name: str) -> str:
    """甲事.DOCX -> .docx; of a name that has none, or an odd one, nothing."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= 10 else ""


def clean(database: sqlite3.Connection, data: Path) -> None:
    """Without files that no published document and no draft has, and what a killed process left half written."""
    wanted = "SELECT sha256 FROM versions v JOIN documents d ON d.id = v.document WHERE v.version IN"
    kept = {row[0] for row in database.execute(f"{wanted} (d.published, d.draft) AND NOT d.withdrawn")}
    kept |= {row[0] for row in database.execute(f"{wanted} (d.draft)")}
    for path in (data / FOLDER).glob("*"):
        if path.name.partition(".")[0] not in kept:
            path.unlink(missing_ok=True)


def _put(path: Path, content: bytes) -> None:
    """Written beside and renamed: others see the whole or nothing."""
    beside = path.with_name(f".{uuid.uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        put_in_place(beside, path)
    except OSError as error:
        raise LibraryError(f"无法写入 {path.parent}（{error.strerror}）；没有改动。") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
