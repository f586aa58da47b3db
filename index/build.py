"""A folder's documents -> a stored index: each read, cut into words and prepared by itself, several at once; those that
have not changed are taken over from the index before."""

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

import numpy as np

from corpus import READ_BY, Document, Failure, SourceFile, Sources, read_document
from index.archive import Archive
from index.assembled import Assembled, assemble
from index.encoder import Encoder
from index.engine import Holder
from index.generations import point_at, writing
from index.in_context import MODEL, VECTORS, encoded_of
from index.letters import Arrays, widened
from index.prepared import Contextual, Prepared, prepare_all
from index.search import Index
from index.store import assembled_before, write_index
from index.tokens import TOKENIZER_VERSION, Segmenter

AT_ONCE = 8  # batches given out and not yet taken back: more would only fill memory
BATCH = 300_000  # bytes of the files that are read and cut together
ALONE = 8  # documents up to which other processes are not worth starting

FULL = (errno.ENOSPC, errno.EDQUOT)  # a disk, or what one may use of it

OnDocument = Callable[[int, int, int], None]  # documents done, of how many, and their items
Read = Prepared | Failure
Batch = list[tuple[SourceFile, str]]  # files and the ids of their documents


class NoRoomError(OSError):
    """The disk is full; `index` is what was to be written."""

    def __init__(self, error: OSError, index: Index) -> None:
        super().__init__(error.errno, error.strerror)
        self.index = index


def build_index(
    sources: Sources,
    segmenter: Segmenter,
    encoder: Encoder,
    data: Path,
    on_document: OnDocument | None = None,
    cache: Path | None = None,
    workers: int | None = None,
    holder: Holder | None = None,
) -> str:
    """The name of the generation that was stored and is in use from now on. Writers wait for one another. Raises
    CorpusError where no document can be read."""
    with writing(data):
        name = build_generation(sources, segmenter, encoder, data, on_document, cache, workers, holder)
        point_at(data, name, holder)
        return name


def build_generation(
    sources: Sources,
    segmenter: Segmenter,
    encoder: Encoder,
    data: Path,
    on_document: OnDocument | None = None,
    cache: Path | None = None,
    workers: int | None = None,
    holder: Holder | None = None,
) -> str:
    """The same, at which nothing points yet. What it holds is the same whatever the number of workers and what was
    taken over from the one before. For a writer. Raises NoRoomError, too."""
    if holder:
        holder.ready()
    index = _read_anew(sources, segmenter, encoder, data, on_document, cache, workers or os.cpu_count() or 1)
    try:
        return write_index(index, data, holder)
    except OSError as error:
        if error.errno in FULL:
            raise NoRoomError(error, index) from error
        raise


def _read_anew(
    sources: Sources,
    segmenter: Segmenter,
    encoder: Encoder,
    data: Path,
    on_document: OnDocument | None,
    cache: Path | None,
    workers: int,
) -> Index:
    every, failures = [], []
    kept = _kept(sources, data)
    items = 0
    changed = [id for id in sources.files if id not in kept]
    with _reading(sources, changed, segmenter, cache, workers) as read:
        for done, (id, file) in enumerate(sources.files.items(), start=1):
            one = kept[id]() if id in kept else next(read)
            if isinstance(one, Failure):
                failures.append(one)
                continue
            every.append(_marked(one, f"{_version(sources)} {file.digest}"))
            items += len(one.items)
            if on_document:
                on_document(done, len(sources.files), items)
    failures.sort(key=lambda failure: failure.name)
    assembled = assemble(every, encoder) if every else Assembled({}, (), {})
    del every
    archive = Archive(assembled.arrays, assembled.headers) if assembled.headers else None
    corpus = sources.holding(archive.documents if archive else (), failures)
    assert archive
    return Index(corpus, segmenter, encoder, assembled, archive)


def _marked(one: Prepared, digest: str) -> Prepared:
    return replace(one, packed=replace(one.packed, header={**one.packed.header, "digest": digest}))


def _version(sources: Sources) -> str:
    """Changes where the same file would be prepared otherwise."""
    words = "\n".join(sources.words)
    return hashlib.sha256(f"{READ_BY} tokenizer {TOKENIZER_VERSION} {words}".encode()).hexdigest()[:16]


# From the index before


def _kept(sources: Sources, data: Path) -> dict[str, Callable[[], Prepared]]:
    """The documents that have not changed since, by id."""
    before = assembled_before(data)
    if before is None:
        return {}
    version, archive = _version(sources), Archive(before.arrays, before.headers)
    return {
        header["id"]: lambda at=at: taken_over(before, archive, at)  # type: ignore[misc]
        for at, header in enumerate(before.headers)
        if (file := sources.files.get(header["id"])) and header.get("digest") == f"{version} {file.digest}"
    }


def taken_over(assembled: Assembled, archive: Archive, at: int) -> Prepared:
    """One document of an index, as it was prepared."""
    arrays = assembled.arrays
    first, end = int(archive.first[at]), int(archive.first[at + 1])
    stretches = slice(int(arrays["item_bounds"][first]), int(arrays["item_bounds"][end]))
    bounds = arrays["stretch_bounds"][stretches.start : stretches.stop + 1]
    words, tokens = np.unique(arrays["tokens"][bounds[0] : bounds[-1]], return_inverse=True)
    vocabulary, at_word = arrays["vocabulary"], arrays["vocabulary_bounds"]
    return Prepared(
        archive.packed(at, assembled.headers[at]),
        _letters(arrays, first, end),
        tuple(vocabulary[at_word[word] : at_word[word + 1]].tobytes().decode() for word in words.tolist()),
        tokens.astype(np.int32),
        np.diff(bounds),
        arrays["counted"][stretches],
        np.diff(arrays["item_bounds"][first : end + 1]),
        _context(arrays, first, end),
    )


def _context(arrays: Arrays, first: int, end: int) -> Contextual | None:
    if VECTORS not in arrays:
        return None
    return Contextual(arrays[MODEL].tobytes().decode(), encoded_of(arrays, first, end))


def _letters(arrays: Arrays, first: int, end: int) -> Arrays:
    starts = arrays["starts"]
    begin, stop = int(starts[first]), int(starts[end]) if end < len(starts) else len(arrays["letters"])
    marks = slice(*np.searchsorted(arrays["gaps"], [begin, stop]).tolist())
    return {
        "letters": widened(arrays["letters"][begin:stop], arrays["rare"]),
        "marks": widened(arrays["marks"][marks], arrays["rare"]),
        "gaps": arrays["gaps"][marks].astype(np.int64) - begin,
        "starts": starts[first:end].astype(np.int64) - begin,
    }


# In other processes


@contextmanager
def _reading(
    sources: Sources, ids: list[str], segmenter: Segmenter, cache: Path | None, workers: int
) -> Iterator[Iterator[Read]]:
    """The documents read and prepared, in order."""
    batches = list(_batches(sources, ids))
    kept = str(cache) if cache else None
    if len(ids) <= ALONE or workers < 2:
        yield (one for batch in batches for one in _read(batch, kept, segmenter))
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (sources.words, segmenter.folder)) as pool:
        yield _in_order(pool, batches, kept)


def _batches(sources: Sources, ids: Sequence[str]) -> Iterator[Batch]:
    """The documents in order, several small ones together."""
    batch: Batch = []
    size = 0
    for id in ids:
        file = sources.files[id]
        batch.append((file, id))
        size += file.path.stat().st_size if file.path.is_file() else 0
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _in_order(pool: ProcessPoolExecutor, batches: Iterable[Batch], cache: str | None) -> Iterator[Read]:
    given = iter(batches)
    waiting: list[Future[list[Read]]] = [pool.submit(_read_there, batch, cache) for batch in islice(given, AT_ONCE)]
    while waiting:
        yield from waiting.pop(0).result()
        waiting += [pool.submit(_read_there, batch, cache) for batch in islice(given, 1)]


_SEGMENTER: list[Segmenter] = []  # of a process that reads


def _begin(words: tuple[str, ...], folder: Path | None) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    _SEGMENTER.append(Segmenter(words, folder))


def _end_with_parent() -> None:
    """One that is killed leaves nobody behind."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _read_there(batch: Batch, cache: str | None) -> list[Read]:
    return _read(batch, cache, _SEGMENTER[0])


def _read(batch: Batch, cache: str | None, segmenter: Segmenter) -> list[Read]:
    found = [read_document(file, id, Path(cache) if cache else None) for file, id in batch]
    prepared = iter(prepare_all([one for one in found if isinstance(one, Document)], segmenter))
    return [next(prepared) if isinstance(one, Document) else one for one in found]
