"""An index folder that describes itself.

    data/current                  the name of the generation in use
    data/generations/<name>/      manifest.json, vectors.faiss, bm25/

A generation is written whole, synced to disk, then the pointer is replaced: a reader sees the old one or the
new one, never a mixture, whenever the writer is killed.
"""

import hashlib
import json
import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock

from corpus import Corpus
from index.dense import Dense
from index.encoder import Encoder
from index.lexical import BM25
from index.search import Index, index_fingerprint, items_of, parts_of
from index.tokens import Segmenter

FORMAT = 2
LOCK = "lock"
POINTER, GENERATIONS, MANIFEST, VECTORS, BM25_FOLDER = (
    "current",
    "generations",
    "manifest.json",
    "vectors.faiss",
    "bm25",
)

State = Literal["current", "missing", "stale", "damaged"]


class IndexUnusableError(Exception):
    """No usable index in the folder: `state` says how, the message what is wrong with it."""

    def __init__(self, state: State, message: str) -> None:
        super().__init__(message)
        self.state = state


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds; `files` maps each file's relative path to its SHA-256."""

    format: int
    fingerprint: str
    encoder: str
    items: int
    dimensions: int
    files: dict[str, str]


def save_index(index: Index, data: Path) -> str:
    """Publish the index as a new generation of `data`; the generation's name.

    Writers wait for one another. The generation before stays, for a reader that has just read the pointer; older
    ones, and what a killed writer left, are removed.
    """
    generations = data / GENERATIONS
    generations.mkdir(parents=True, exist_ok=True)
    with FileLock(data / LOCK):
        return _publish(index, data, generations)


def _publish(index: Index, data: Path, generations: Path) -> str:
    name = f"{index.fingerprint[:12]}-{uuid.uuid4().hex[:8]}"
    folder = generations / name
    folder.mkdir()
    (folder / VECTORS).write_bytes(index.dense.to_bytes())
    index.bm25.save(folder / BM25_FOLDER)
    items, (_, dimensions) = len(index.items), index.dense.shape
    manifest = Manifest(FORMAT, index.fingerprint, index.encoder.identity, items, dimensions, _checksums(folder))
    content = {field: getattr(manifest, field) for field in Manifest.__dataclass_fields__}
    (folder / MANIFEST).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    for path in [*folder.rglob("*"), folder, generations]:
        _sync(path)
    pointer = data / POINTER
    kept = {name, pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else name}
    _replace_pointer(data, name)
    for old in generations.iterdir():
        if old.name not in kept:
            shutil.rmtree(old, ignore_errors=True)
    return name


def load_index(data: Path, corpus: Corpus, segmenter: Segmenter, encoder: Encoder) -> Index:
    """The index in use, every file checked against its checksum. Raises IndexUnusableError."""
    pointer = data / POINTER
    if not pointer.is_file():
        raise IndexUnusableError("missing", f"{data} 里没有索引。")
    try:
        folder = data / GENERATIONS / pointer.read_text(encoding="utf-8").strip()
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise IndexUnusableError("stale", f"{data} 里的索引是另一版本的格式。")
        manifest = Manifest(**content)
        damaged = sorted(set(manifest.files.items()) ^ set(_checksums(folder).items()))
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise _damaged(data, f"{MANIFEST} 或 {POINTER} 读不出来（{type(error).__name__}）") from error
    if manifest.fingerprint != index_fingerprint(corpus, encoder):
        raise IndexUnusableError("stale", f"{data} 里的索引已过期（文档、词典、别名或编码模型有变）。")
    if damaged:
        raise _damaged(data, f"{damaged[0][0]} 与清单的校验和不符")
    try:
        sizes = [len(parts_of(item)) for item in items_of(corpus)]
        dense = Dense.from_bytes((folder / VECTORS).read_bytes(), sizes)
        index = Index(corpus, segmenter, encoder, BM25.load(folder / BM25_FOLDER, len(sizes)), dense)
    except (OSError, RuntimeError, ValueError) as error:
        raise _damaged(data, f"文件读不出来（{type(error).__name__}）") from error
    if (manifest.items, dense.shape) != (len(sizes), (sum(sizes), manifest.dimensions)):
        raise _damaged(
            data,
            f"条目与向量应为{len(sizes)}个、{sum(sizes)}×{manifest.dimensions}，实为{manifest.items}个、{dense.shape}",
        )
    return index


def _damaged(data: Path, found: str) -> IndexUnusableError:
    return IndexUnusableError("damaged", f"{data} 里的索引已损坏：{found}。")


def _checksums(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _replace_pointer(data: Path, name: str) -> None:
    temporary = data / f"{POINTER}.{name}"
    temporary.write_text(name + "\n", encoding="utf-8")
    _sync(temporary)
    os.replace(temporary, data / POINTER)
    _sync(data)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
