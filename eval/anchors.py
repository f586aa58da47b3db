"""Well-known ways to search, on the same texts and vectors in the same run: what our own figures are held against.

Each is asked in this process, without HTTP. Vectors are of whole items; ours looks at every clause as well.
"""

import importlib
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import bm25s
import faiss
import numpy as np
from scipy.sparse import csr_array

from eval.drawn import Drawn
from eval.served import Latency, latency
from index import Encoder, Segmenter, SumOfWords, Vectors

BATCH = 2000  # texts cut, or added, at once
TOP = 10  # results, of those that rank
OPTIONAL = {"chromadb": "chroma", "txtai": "txtai"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """Seconds to make it ready from texts, words and vectors that are there; `times` of a question."""

    name: str
    ready_s: float
    times: Latency


@dataclass(frozen=True, slots=True)
class Given:
    """What all of them have: texts; their words, as numbers of `vocabulary`; their vectors (texts, dimensions)."""

    texts: Sequence[str]
    vocabulary: list[str]
    words: list[list[int]]
    vectors: Vectors


def anchors(texts: Sequence[str], segmenter: Segmenter, encoder: Encoder, drawn: Sequence[Drawn]) -> list[Anchor]:
    given = given_of(texts, segmenter, encoder)
    vectors = list(encoder.encode([one.search for one in drawn]))
    words = [segmenter.search_words(one.search) for one in drawn]
    phrases = [one.literal for one in drawn if one.literal]
    found = [
        _measured("numpy 逐个比较", lambda: numpy_exact(given), vectors),
        _measured("faiss Flat", lambda: faiss_flat(given), vectors),
        _measured("bm25s", lambda: bm25(given), words),
        _measured("SQLite FTS5 trigram", lambda: trigrams(given), phrases),
    ]
    absent = missing()
    if OPTIONAL["chromadb"] not in absent:
        found.append(_measured("chroma", lambda: chroma(given), vectors))
    if OPTIONAL["txtai"] not in absent:
        found.append(_measured("txtai", lambda: txtai(given), vectors))
    return found


def missing() -> list[str]:
    """Those that are not installed."""
    return [name for module, name in OPTIONAL.items() if importlib.util.find_spec(module) is None]


def _measured(name: str, make: Callable[[], Callable[[Any], Any]], asked: Sequence[Any]) -> Anchor:
    began = time.perf_counter()
    ask = make()
    ready = time.perf_counter() - began
    ask(asked[0])
    times = []
    for one in asked:
        began = time.perf_counter()
        ask(one)
        times.append((time.perf_counter() - began) * 1000)
    return Anchor(name, ready, latency(times))


def given_of(texts: Sequence[str], segmenter: Segmenter, encoder: Encoder) -> Given:
    """A sum of words is added up from the words; any other encoder encodes each text."""
    numbers: dict[str, int] = {}
    words: list[list[int]] = []
    for first in range(0, len(texts), BATCH):
        cut = segmenter.cut_all(texts[first : first + BATCH])
        known = np.array([numbers.setdefault(word, len(numbers)) for word in cut.words], dtype=np.int64)
        tokens = known[cut.tokens] if len(cut.tokens) else known[:0]
        words += [one.tolist() for one in np.split(tokens, np.cumsum(cut.counts)[:-1])]
    vectors = summed(words, list(numbers), encoder) if isinstance(encoder, SumOfWords) else encoder.encode(texts)
    return Given(texts, list(numbers), words, vectors)


def summed(words: Sequence[Sequence[int]], vocabulary: Sequence[str], encoder: SumOfWords) -> Vectors:
    """(texts, dimensions), rows of length 1."""
    rows = [encoder.rows_of(word) for word in vocabulary]
    every = encoder.vectors_of(np.array([row for own in rows for row in own], dtype=np.int32))
    table = _rows(rows, len(every), range(len(every))) @ every
    vectors = np.asarray(_rows(words, len(vocabulary), None) @ table, dtype=np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _rows(several: Sequence[Sequence[int]], width: int, columns: Sequence[int] | None) -> csr_array:
    """Each row's columns as ones, counted as often as they stand; `columns` takes their place where given."""
    ends = np.concatenate(([0], np.cumsum([len(one) for one in several])))
    own = columns if columns is not None else [column for one in several for column in one]
    return csr_array((np.ones(len(own), np.float32), np.asarray(own, np.int32), ends), shape=(len(several), width))


# Each: made of what is given, it answers one question after the other


def numpy_exact(given: Given) -> Callable[[Vectors], Any]:
    return lambda vector: np.argpartition(given.vectors @ vector, -min(TOP, len(given.vectors)))[-TOP:]


def faiss_flat(given: Given) -> Callable[[Vectors], Any]:
    faiss.omp_set_num_threads(1)  # as ours
    index = faiss.IndexFlatIP(given.vectors.shape[1])
    index.add(given.vectors)
    return lambda vector: index.search(vector[None, :], TOP)


def bm25(given: Given) -> Callable[[list[str]], Any]:
    index = bm25s.BM25(k1=1.5, b=0.75)
    vocabulary = {word: number for number, word in enumerate(given.vocabulary)}
    index.index((given.words, vocabulary), show_progress=False)

    def ask(words: list[str]) -> Any:
        scores = index.get_scores([word for word in words if word in vocabulary] or given.vocabulary[:1])
        return np.argpartition(scores, -min(TOP, len(scores)))[-TOP:]

    return ask


def trigrams(given: Given) -> Callable[[str], list[int]]:
    """All texts that hold the phrase; of two characters the whole table is read."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE items USING fts5(text, tokenize='trigram')")
    table.executemany("INSERT INTO items(rowid, text) VALUES (?, ?)", enumerate(given.texts, start=1))

    def ask(phrase: str) -> list[int]:
        how, said = ("text MATCH ?", f'"{phrase}"') if len(phrase) > 2 else ("instr(text, ?)", phrase)
        return [row for (row,) in table.execute(f"SELECT rowid FROM items WHERE {how}", (said,))]

    return ask


def chroma(given: Given) -> Callable[[Vectors], Any]:
    chromadb: Any = importlib.import_module("chromadb")
    index = chromadb.EphemeralClient().create_collection(f"items{time.time_ns()}", metadata={"hnsw:space": "ip"})
    for first in range(0, len(given.texts), BATCH):
        ids = [str(row) for row in range(first, min(first + BATCH, len(given.texts)))]
        index.add(ids=ids, embeddings=given.vectors[first : first + BATCH].tolist())
    return lambda vector: index.query(query_embeddings=[vector.tolist()], n_results=min(TOP, len(given.texts)))


def txtai(given: Given) -> Callable[[Vectors], Any]:
    module: Any = importlib.import_module("txtai")
    index = module.Embeddings(method="external", transform=lambda rows: np.stack(list(rows)), backend="faiss")
    index.index((row, vector, None) for row, vector in enumerate(given.vectors))
    return lambda vector: index.search(vector, TOP)
