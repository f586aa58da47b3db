"""Sources read before, kept as JSON by content: a restart need not parse again. A line before the JSON is its SHA-256:
what the disk has changed since would be quoted as if the document said so."""

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

from corpus.readers.source import Source, from_json, to_json


def entry(folder: Path, content: bytes, suffix: str, version: int) -> Path:
    """The file that holds what this content, read as this suffix by this version, gave."""
    digest = hashlib.sha256(content)
    digest.update(f"{suffix} {version}".encode())
    return folder / f"{digest.hexdigest()}.json"


def recall(path: Path) -> Source | None:
    """None where it is missing or damaged: then the file is read anew."""
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
        if digest != _sum(content):
            return None
        return from_json(json.loads(content))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def remember(path: Path, source: Source) -> None:
    """Written beside and renamed: another process sees the whole or nothing. A cache that cannot be written is no error."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            content = json.dumps(to_json(source), ensure_ascii=False).encode()
            with os.fdopen(handle, "wb") as file:
                file.write(_sum(content) + b"\n" + content)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise


def _sum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
