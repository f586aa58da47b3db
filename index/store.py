"""An index folder that describes itself.

    data/current                  the name of the generation in use
    data/generations/<name>/      manifest.json, documents.json, an .npy file for each array

A generation is written whole, synced to disk, then the pointer is replaced: a reader sees the old one or the
new one, never a mixture, whenever the writer is killed. Every file is checked against its SHA-256 before it is used,
and mapped, not read into memory.
"""

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from filelock import FileLock

from corpus import Corpus, Failure, Sources
from index.archive import Archive
from index.assembled import Assembled
from index.elsewhere import held_elsewhere
from index.encoder import Encoder
from index.engine import GenerationError, Holder
from index.letters import Array, Arrays
from index.search import Index, index_fingerprint
from index.tokens import Segmenter

FORMAT = 5
LOCK = "lock"
POINTER, GENERATIONS, MANIFEST, DOCUMENTS = "current", "generations", "manifest.json", "documents.json"
ARRAY = ".npy"
CHECKING = 2  # files at once

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
    generation: str = ""
    store: str = ""  # the address of what holds the generation's postings and vectors, where these are not here


def save_index(index: Index, data: Path, holder: Holder | None = None) -> str:
    """Publish the index as a new generation of `data`; the generation's name. What is large goes to the `holder`, if
    there is one, under the same name, before the pointer is replaced.

    Writers wait for one another. The generation before stays, for a reader that has just read the pointer; older
    ones, and what a killed writer left, are removed.
    """
    generations = data / GENERATIONS
    generations.mkdir(parents=True, exist_ok=True)
    with FileLock(data / LOCK):
        return _publish(index, data, generations, holder)


def _publish(index: Index, data: Path, generations: Path, holder: Holder | None) -> str:
    name = f"{index.fingerprint[:12]}-{uuid.uuid4().hex[:8]}"
    folder = generations / name
    folder.mkdir()
    arrays = holder.fill(name, index.assembled, index.encoder) if holder else index.assembled.arrays
    _write(index, arrays, folder)
    items, dimensions, store = len(index.items), index.dense.dimensions, holder.address if holder else ""
    identity = index.encoder.identity
    manifest = Manifest(FORMAT, index.fingerprint, identity, items, dimensions, _checksums(folder), name, store)
    content = {field: getattr(manifest, field) for field in Manifest.__dataclass_fields__}
    (folder / MANIFEST).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    for path in [*folder.rglob("*"), folder, generations]:
        _sync(path)
    pointer = data / POINTER
    kept = {name, pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else name}
    _replace_pointer(data, name)
    for old in generations.iterdir():
        if old.name not in kept:
            if holder:
                holder.drop(old.name)
            shutil.rmtree(old, ignore_errors=True)
    return name


def _write(index: Index, arrays: Arrays, folder: Path) -> None:
    for name, array in {**arrays, "chance": np.array(index.chance)}.items():
        np.save(folder / f"{name}{ARRAY}", array, allow_pickle=False)
    failures = [[one.name, one.reason] for one in index.corpus.failures]
    content = {"documents": index.assembled.headers, "names": index.assembled.names, "failures": failures}
    (folder / DOCUMENTS).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def load_index(
    data: Path, sources: Corpus | Sources, segmenter: Segmenter, encoder: Encoder, holder: Holder | None = None
) -> Index:
    """The index in use, every file checked against its checksum; its documents are those it keeps. The `holder` is
    the one to which it was given. Raises IndexUnusableError, and EngineError where the holder does not hold it."""
    store = holder.address if holder else ""
    manifest, assembled = _checked(data, lambda found: _not_stale(data, found, sources, encoder, store))
    try:
        engine = holder.opened(manifest.generation, assembled.arrays) if holder else None
    except GenerationError as error:
        raise IndexUnusableError("damaged", str(error)) from error
    try:
        items = Archive(assembled.arrays, assembled.headers)
        corpus = sources.holding(items.documents, [Failure(name, reason) for name, reason in assembled.failures])
        held = held_elsewhere(assembled.arrays, encoder, engine) if engine else None
        index = Index(corpus, segmenter, encoder, assembled, items, held=held)
    except (OSError, RuntimeError, ValueError, KeyError) as error:
        raise _damaged(data, f"文件读不出来（{type(error).__name__}）") from error
    if (manifest.items, manifest.dimensions) != (len(items), index.dense.dimensions):
        raise _damaged(
            data,
            f"条目与维数应为{manifest.items}、{manifest.dimensions}，实为{len(items)}、{index.dense.dimensions}",
        )
    return index


def assembled_before(data: Path) -> Assembled | None:
    """What the index in use keeps, whatever it was built from; None where there is none or it is damaged."""
    try:
        return _checked(data, lambda found: None)[1]
    except IndexUnusableError:
        return None


def _not_stale(data: Path, manifest: Manifest, sources: Corpus | Sources, encoder: Encoder, store: str) -> None:
    if manifest.store != store:
        places = [f"在 {one}" if one else "全在文件夹里" for one in (store, manifest.store)]
        raise IndexUnusableError("stale", f"{data} 里的索引应{places[0]}，实为{places[1]}。")
    if manifest.fingerprint != index_fingerprint(sources, encoder):
        raise IndexUnusableError("stale", f"{data} 里的索引已过期（文档、词典、别名或编码模型有变）。")


def _checked(data: Path, is_wanted: Callable[[Manifest], None]) -> tuple[Manifest, Assembled]:
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
    is_wanted(manifest)
    if damaged:
        raise _damaged(data, f"{damaged[0][0]} 与清单的校验和不符")
    try:
        return manifest, _mapped(folder)
    except (OSError, ValueError, KeyError) as error:
        raise _damaged(data, f"文件读不出来（{type(error).__name__}）") from error


def _mapped(folder: Path) -> Assembled:
    """The arrays as they lie on disk: what is not looked at is not read."""
    paths = sorted(folder.glob(f"*{ARRAY}"))
    arrays = {path.name.removesuffix(ARRAY): _map(path) for path in paths}
    content: dict[str, Any] = json.loads((folder / DOCUMENTS).read_text(encoding="utf-8"))
    failures = tuple((name, reason) for name, reason in content["failures"])
    names = {what: tuple(several) for what, several in content["names"].items()}
    return Assembled(arrays, tuple(content["documents"]), names, failures)


def _map(path: Path) -> Array:
    try:
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except ValueError:  # an empty array cannot be mapped
        return np.asarray(np.load(path, allow_pickle=False))


def _damaged(data: Path, found: str) -> IndexUnusableError:
    return IndexUnusableError("damaged", f"{data} 里的索引已损坏：{found}。")


def _checksums(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    with ThreadPoolExecutor(CHECKING) as pool:
        sums = pool.map(_checksum, files)
        return {path.relative_to(folder).as_posix(): found for path, found in zip(files, sums, strict=True)}


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
