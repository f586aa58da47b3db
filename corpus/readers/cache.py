"""Sources read before, kept as JSON by content: a restart need not parse again."""

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
        return from_json(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def remember(path: Path, source: Source) -> None:
    """Written beside and renamed: another process sees the whole or nothing. A cache that cannot be written is no error."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(to_json(source), file, ensure_ascii=False)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
