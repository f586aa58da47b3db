"""SHA-256 of files: what an index or a model was made of, and whether it is still whole."""

import hashlib
from collections.abc import Sequence
from pathlib import Path


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksum_of_all(paths: Sequence[Path]) -> str:
    """Of the files' names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.name} {checksum(path)}\n".encode())
    return digest.hexdigest()
