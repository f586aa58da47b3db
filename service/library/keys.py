"""Keys: who may do what. A key is shown once, when it is made; what is kept tells only that it is the one presented.

A key is 256 random bits: to try them out is hopeless, so that one SHA-256 of it suffices.
"""

import hashlib
import hmac
import json
import secrets
import sqlite3
from collections.abc import Iterable, Sequence

from service.library.audit import now, record
from service.library.entry import Key, LibraryError, Role

PREFIX = "yd_"  # tells those who come across one what it is
BITS = 256
LONGEST = 100  # characters of a name, of a group and of anything that may be a key
ROLES: tuple[Role, ...] = ("monitor", "reader", "editor", "admin")


def make_key(database: sqlite3.Connection, name: str, role: Role, groups: Sequence[str], by: str) -> str:
    """The key itself, which nobody can tell again. Raises LibraryError."""
    _check(name, "密钥的名称")
    for group in groups:
        _check(group, "组名")
    if database.execute("SELECT 1 FROM keys WHERE name = ? AND revoked_at IS NULL", (name,)).fetchone():
        raise LibraryError(f"已经有叫“{name}”的密钥；换一个名称，或先废除它：yaodian keys remove {name}")
    key, salt = PREFIX + secrets.token_urlsafe(BITS // 8), secrets.token_bytes(16)
    row = (name, role, json.dumps(sorted(set(groups)), ensure_ascii=False), salt, _hash(salt, key), now())
    database.execute(
        "INSERT OR REPLACE INTO keys (name, role, groups, salt, hash, made_at) VALUES (?, ?, ?, ?, ?, ?)", row
    )
    record(database, by, "key", detail=f"{name}：{role}" + "".join(f"，{group}" for group in sorted(set(groups))))
    return key


def revoke_key(database: sqlite3.Connection, name: str, by: str) -> None:
    """From the next request on it opens nothing. Raises LibraryError."""
    changed = database.execute(
        "UPDATE keys SET revoked_at = ? WHERE name = ? AND revoked_at IS NULL", (now(), name)
    ).rowcount
    if not changed:
        raise LibraryError(f"没有叫“{name[:LONGEST]}”的密钥；现有的：yaodian keys list")
    record(database, by, "revoke", detail=name)


def keys_in(database: sqlite3.Connection) -> list[Key]:
    """By name, those revoked among them."""
    rows = database.execute("SELECT name, role, groups, salt, hash, made_at, revoked_at FROM keys ORDER BY name")
    return [Key(row[0], row[1], tuple(json.loads(row[2])), *tuple(row)[3:]) for row in rows]


def matching(keys: Iterable[Key], presented: str) -> Key | None:
    """The key that was presented, if it is one of these and not revoked. Takes as long whichever it is, and if none."""
    found = None
    for key in keys:
        if hmac.compare_digest(_hash(key.salt, presented), key.hash) and key.revoked is None:
            found = key
    return found


def _hash(salt: bytes, key: str) -> bytes:
    return hashlib.sha256(salt + key.encode("utf-8", errors="replace")).digest()


def _check(text: str, what: str) -> None:
    if not text.strip() or len(text) > LONGEST or not text.isprintable():
        raise LibraryError(f"{what}应为1至{LONGEST}个可以显示的字符，实为{len(text)}个字符。")
