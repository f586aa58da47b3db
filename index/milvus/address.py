"""Where Milvus is: milvus://user:password@host:19530/collection, or milvus:///folder/file.db for milvus-lite."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from index.engine import EngineError

SCHEME, PORT, COLLECTION = "milvus", 19530, "yaodian"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")


@dataclass(frozen=True, slots=True)
class Address:
    """`uri` is as pymilvus takes it; `text`, which is shown and kept, has no password."""

    text: str
    uri: str
    collection: str
    token: str = field(default="", repr=False)

    @property
    def is_file(self) -> bool:
        """Of milvus-lite, which one process at a time may use."""
        return self.uri.endswith(".db")


def address_of(text: str) -> Address:
    """milvus://10.0.0.5/laws -> http://10.0.0.5:19530, collection laws. Raises EngineError."""
    try:
        parts = urlsplit(text)
        port = parts.port or PORT
    except ValueError as error:
        raise _unreadable() from error
    if parts.scheme != SCHEME or parts.query or parts.fragment:
        raise _unreadable()
    path = unquote(parts.path)
    if not parts.netloc:
        if not path.endswith(".db") or not Path(path).stem:
            raise _unreadable()
        return Address(f"{SCHEME}://{path}", path, COLLECTION)
    collection = path.strip("/") or COLLECTION
    if not parts.hostname or not _NAME.fullmatch(collection):
        raise _unreadable()
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    token = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else ""
    return Address(f"{SCHEME}://{host}:{port}/{collection}", f"http://{host}:{port}", collection, token)


def _unreadable() -> EngineError:
    """What was given is not shown: there may be a password in it."""
    return EngineError(
        "看不懂 --store。应为 milvus://主机:19530/集合（集合的名字用英文字母、数字与 _），"
        "或 milvus:///文件夹/文件.db（milvus-lite），例：--store milvus://127.0.0.1:19530/yaodian"
    )
