"""An index folder that describes itself.

    data/current                  the name of the generation in use
    data/generations/<name>/      manifest.json, documents.json, an .npy file for each array

A generation is written whole, synced to disk, then the pointer is replaced: a reader sees the old one or the
new one, never a mixture, whenever the writer is killed. Every file is checked against its SHA-256 before it is used,
and mapped, not read into memory.
"""

import json
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from corpus import Corpus, Failure, Sources
from index.archive import Archive
from index.assembled import Assembled
from index.checksum import checksum
from index.elsewhere import held_elsewhere
from index.encoder import Encoder
from index.engine import GenerationError, Holder
from index.generations import (
    GENERATIONS,
    POINTER,
    discard,
    point_at,
    pointed,
    read_pointer,
    sync,
    write_pointer,
    writing,
)
from index.letters import Array, Arrays
from index.search import Index, index_fingerprint
from index.tokens import Segmenter

FORMAT = 9
MANIFEST, DOCUMENTS = "manifest.json", "documents.json"
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
    """Publish the index as a new generation of `data`; the generation's name. Writers wait for one another."""
    with writing(data):
        name = write_index(index, data, holder)
        point_at(data, name, holder)
        return name


def write_index(index: Index, data: Path, holder: Holder | None = None) -> str:
    """A new generation, whole and synced to disk, and the pointer that is to replace the one in use; its name. What is large goes to the
    `holder`, if there is one, under the same name. Nothing is left of one that cannot be written. For a writer."""
    name = f"{index.fingerprint[:12]}-{uuid.uuid4().hex[:8]}"
    folder = data / GENERATIONS / name
    folder.mkdir(parents=True)
    try:
        arrays = holder.fill(name, index.assembled, index.encoder) if holder else index.assembled.arrays
        _write(index, arrays, folder)
        items, dimensions, store = len(index.items), index.dense.dimensions, holder.address if holder else ""
        identity = index.encoder.identity
        manifest = Manifest(FORMAT, index.fingerprint, identity, items, dimensions, _checksums(folder), name, store)
        content = {field: getattr(manifest, field) for field in Manifest.__dataclass_fields__}
        (folder / MANIFEST).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        for path in [*folder.rglob("*"), folder, folder.parent]:
            sync(path)
        write_pointer(data, name)
    except BaseException:
        discard(data, name, holder)
        raise
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
    name = _pointed(data)
    manifest, assembled = _checked(data, name, lambda found: _not_stale(data, found, sources, encoder, store))
    try:
        engine = holder.opened(manifest.generation, assembled.arrays) if holder else None
    except GenerationError as error:
        raise IndexUnusableError("damaged", str(error)) from error
    try:
        items = Archive(assembled.arrays, assembled.headers)
        corpus = sources.holding(items.documents, [Failure(name, reason) for name, reason in assembled.failures])
        held = held_elsewhere(assembled.arrays, encoder, engine) if engine else None
        index = Index(corpus, segmenter, encoder, assembled, items, held=held, generation=name)
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
        return _checked(data, _pointed(data), lambda found: None)[1]
    except IndexUnusableError:
        return None


def whole_generation(
    data: Path, sources: Corpus | Sources, encoder: Encoder, holder: Holder | None = None
) -> str | None:
    """Another generation than the one in use that holds just these documents and is undamaged."""
    store = holder.address if holder else ""
    current = pointed(data)
    for folder in sorted((data / GENERATIONS).glob("*")):
        with suppress(IndexUnusableError):
            if folder.name != current:
                _checked(data, folder.name, lambda found: _not_stale(data, found, sources, encoder, store))
                return folder.name
    return None


def is_fitting(data: Path, sources: Corpus | Sources, encoder: Encoder, holder: Holder | None = None) -> bool:
    """The index in use says that it holds just these documents; whether it is undamaged is not looked at."""
    try:
        manifest = _manifest(data, data / GENERATIONS / _pointed(data))
        _not_stale(data, manifest, sources, encoder, holder.address if holder else "")
    except IndexUnusableError:
        return False
    return True


def _not_stale(data: Path, manifest: Manifest, sources: Corpus | Sources, encoder: Encoder, store: str) -> None:
    if manifest.store != store:
        places = [f"在 {one}" if one else "全在文件夹里" for one in (store, manifest.store)]
        raise IndexUnusableError("stale", f"{data} 里的索引应{places[0]}，实为{places[1]}。")
    if manifest.fingerprint != index_fingerprint(sources, encoder):
        raise IndexUnusableError("stale", f"{data} 里的索引已过期（文档、词典、别名或编码模型有变）。")


def _pointed(data: Path) -> str:
    try:
        name = read_pointer(data)
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(data, f"{POINTER} 读不出来（{type(error).__name__}）") from error
    if name is None:
        raise IndexUnusableError("missing", f"{data} 里没有索引。")
    return name


def _manifest(data: Path, folder: Path) -> Manifest:
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise IndexUnusableError("stale", f"{data} 里的索引是另一版本的格式。")
        return Manifest(**content)
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise _damaged(data, f"{MANIFEST} 或 {POINTER} 读不出来（{type(error).__name__}）") from error


def _checked(data: Path, name: str, is_wanted: Callable[[Manifest], None]) -> tuple[Manifest, Assembled]:
    folder = data / GENERATIONS / name
    manifest = _manifest(data, folder)
    try:
        damaged = sorted(set(manifest.files.items()) ^ set(_checksums(folder).items()))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise _damaged(data, f"文件读不出来（{type(error).__name__}）") from error
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
        sums = pool.map(checksum, files)
        return {path.relative_to(folder).as_posix(): found for path, found in zip(files, sums, strict=True)}
