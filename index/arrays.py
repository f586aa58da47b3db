"""Arrays in a safetensors file, used where they lie: pages are loaded when touched, and processes share them."""

import contextlib
import hashlib
import json
import mmap
import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save

Arrays = dict[str, npt.NDArray[Any]]

_TYPES = {"I8": "<i1", "I32": "<i4", "U32": "<u4", "F32": "<f4"}
_LENGTH = 8  # bytes in front, which say how long the header is


def mapped(path: Path) -> Arrays:
    """The arrays of a file. It may be replaced by another while they are in use, never changed. Raises ValueError."""
    with path.open("rb") as file:
        described, start = _header(file)
        described.pop("__metadata__", None)
        end = start + max(one["data_offsets"][1] for one in described.values())
        if os.fstat(file.fileno()).st_size != end:
            raise ValueError(f"{path}：应为{end}字节，实为{os.fstat(file.fileno()).st_size}字节")
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return {name: _array(content, start, one) for name, one in described.items()}


def kept(path: Path | None, source: str, make: Callable[[], Arrays]) -> Arrays:
    """What was made of this source and is kept in the file; made, and kept there, where it holds nothing usable. A
    file that cannot be written is no error: the arrays are then this process's own."""
    if path is None:
        return make()
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        if _is_of(path, source):
            return mapped(path)
    arrays = make()
    with contextlib.suppress(OSError):
        _write(path, source, arrays)
        return mapped(path)
    return arrays


def _is_of(path: Path, source: str) -> bool:
    """The file was made of this source, and is as it was written. It is read past, not mapped."""
    with path.open("rb") as file:
        described, _ = _header(file)
        metadata: dict[str, str] = described.pop("__metadata__")
        body = hashlib.file_digest(file, "sha256").hexdigest()
        return metadata == {"source": source, "sha256": _sum(described, body)}


def _sum(described: dict[str, Any], body: str) -> str:
    """SHA-256 of where and how the arrays lie, too: a shape that is damaged would show others."""
    return hashlib.sha256(f"{body} {json.dumps(described, sort_keys=True)}".encode()).hexdigest()


def _write(path: Path, source: str, arrays: Arrays) -> None:
    """Written beside, synced and renamed: another process sees the whole or nothing."""
    plain = save(arrays)
    start = _LENGTH + int.from_bytes(plain[:_LENGTH], "little")
    sha256 = _sum(json.loads(plain[_LENGTH:start]), hashlib.sha256(plain[start:]).hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{uuid.uuid4().hex}.part")
    try:
        with beside.open("xb") as file:
            file.write(save(arrays, {"source": source, "sha256": sha256}))
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _header(file: BinaryIO) -> tuple[dict[str, Any], int]:
    """What the file says that it holds, and where that begins."""
    length = int.from_bytes(file.read(_LENGTH), "little")
    if length > os.fstat(file.fileno()).st_size:
        raise ValueError("不是 safetensors 文件")
    described: dict[str, Any] = json.loads(file.read(length))
    return described, _LENGTH + length


def _array(content: mmap.mmap, start: int, described: dict[str, Any]) -> npt.NDArray[Any]:
    kind = np.dtype(_TYPES[described["dtype"]])
    begin, end = described["data_offsets"]
    found = np.frombuffer(content, kind, (end - begin) // kind.itemsize, start + begin)
    return found.reshape(described["shape"])
