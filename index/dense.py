"""Vectors -> the nearest items, with faiss: every item and every clause is looked at.

Few items are compared exactly. Of many each vector is a rough code: what is found by these is only chosen to be compared
exactly afterwards, from the items' words, or from all vectors where the encoder is not a sum of words.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import faiss
import numpy as np

from index.encoder import Encoder
from index.letters import Array, Arrays, Places
from index.lexical import Scores
from index.meaning import ByVectors, ByWords, Meaning, SumOfWords, Texts, by_words, rows_of_words, table_of
from index.vectors import Vectors
from index.words import Vocabulary, row_bounds

FEW = 1000  # items up to which all are compared exactly
ITEMS, CLAUSES = 2000, 6000  # the nearest by their code, whose likeness is told from the others'
OF_ITEMS, OF_CLAUSES = 2, 4  # dimensions that share a code of four bits
BATCH = 4000  # vectors made at once: few enough to stay near the processor
AHEAD = 4  # batches that are made before they are added
TRAINED = 20_000  # vectors from which codes are learnt
LEARNT = 624  # vectors at least from which codes of four bits are learnt: 39 a code, as faiss asks; fewer stay exact
HIGHEST = 200  # of the nearest by their code, among which the nearest is


class Dense:
    """Searches may run side by side; nothing is added after building."""

    def __init__(self, arrays: Mapping[str, Array], encoder: Encoder, given: Sequence[Any] = ()) -> None:
        """`given` are what stands for faiss's indexes of items and of clauses where the arrays hold none."""
        names = () if given else ("items.faiss", "clauses.faiss")
        self._items, self._clauses = given or [faiss.deserialize_index(arrays[name]) for name in names]
        faiss.omp_set_num_threads(1)  # for one question at a time more only wait for one another
        self._owner, self._rows = arrays["clause_owner"], len(arrays["item_bounds"]) - 1
        self.is_exact = isinstance(self._items, faiss.IndexFlat)
        exact = [one for one in (self._items, self._clauses) if isinstance(one, faiss.IndexFlat)]
        self._vectors = [_vectors_of(one) for one in exact]
        self._meaning: Meaning | None = None
        if not self.is_exact:
            words = isinstance(encoder, SumOfWords) and "vectors" not in arrays
            self._meaning = ByWords(arrays, encoder) if words else ByVectors(arrays)  # type: ignore[arg-type]

    def similarities(self, vector: Vectors) -> Scores:
        """For the unit vector (dimensions,), each item's mean of two cosines: its whole text's and its best clause's."""
        return self.exactly(np.arange(self._rows), vector)

    def exactly(self, rows: Places, vector: Vectors) -> Scores:
        """Of these items."""
        if not len(rows) or not np.isfinite(vector).all():
            return np.zeros(len(rows), dtype=np.float32)
        return self._meaning.similarities(rows, vector) if self._meaning else self.likeness(vector)[rows]

    def highest(self, vector: Vectors) -> float:
        """The similarity of the nearest item; 0 where nothing is near."""
        likeness = self.likeness(vector)
        nearest = np.argsort(-likeness)[:HIGHEST]
        return float(self.exactly(nearest, vector).max(initial=0.0))

    @property
    def dimensions(self) -> int:
        return int(self._items.d)

    def likeness(self, vector: Vectors) -> Scores:
        """(rows,) how near each item is; where not all are compared exactly, about how near the nearest are, and no
        others nearer than these."""
        if not self._rows or not np.isfinite(vector).all():
            return np.zeros(self._rows, dtype=np.float32)
        if self.is_exact:
            whole, clauses = (vectors @ vector for vectors in self._vectors)
            best = whole.copy()
            np.maximum.at(best, self._owner, clauses)
            return np.asarray((whole + best) / 2, dtype=np.float32)
        whole = self._nearest(self._items, vector, ITEMS, None)
        best = np.maximum(whole, self._nearest(self._clauses, vector, CLAUSES, self._owner))
        return np.asarray((whole + best) / 2, dtype=np.float32)

    def _nearest(self, index: faiss.Index, vector: Vectors, most: int, owner: Array | None) -> Scores:
        """(rows,) the best cosine; the least of those found for the rows of which none is."""
        asked = np.ascontiguousarray(vector[None, :], dtype=np.float32)
        scores, found = (one[0] for one in index.search(asked, most))
        scores, found = scores[found >= 0], found[found >= 0]
        likeness = np.full(self._rows, scores.min(initial=1.0), dtype=np.float32)
        np.maximum.at(likeness, found if owner is None else owner[found], scores)
        return likeness


def _vectors_of(index: faiss.IndexFlat) -> Vectors:
    """(vectors, dimensions), where they lie."""
    if not index.ntotal:
        return np.zeros((0, index.d), dtype=np.float32)
    return np.asarray(faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d).reshape(index.ntotal, index.d))


# Made once, when the index is built


def dense_of(arrays: Mapping[str, Array], encoder: Encoder, encode: Callable[[], tuple[Vectors, Array]]) -> Arrays:
    """`encode` gives the vectors of every item's whole text and clauses, and where each item's begin; it is asked where
    the encoder is not a sum of words."""
    counted = arrays["counted"]
    few = len(arrays["item_bounds"]) - 1 <= FEW
    items, clauses, found = texts_of(arrays, encoder, encode)
    if few:
        found = {name: array for name, array in found.items() if name not in ("vectors", "vector_bounds")}
    elif "vectors" in found:
        found["vectors"] = found["vectors"].astype(np.float16)
    found["items.faiss"], item_norms = _indexed(items, 0 if few else OF_ITEMS)
    found["clauses.faiss"], norms = _indexed(clauses, 0 if few else OF_CLAUSES)
    if not few:
        stretch_norms = np.ones(len(counted), dtype=np.float32)
        stretch_norms[counted] = norms
        found |= {"item_norms": item_norms, "stretch_norms": stretch_norms}
    return found


def texts_of(
    arrays: Mapping[str, Array], encoder: Encoder, encode: Callable[[], tuple[Vectors, Array]]
) -> tuple[Texts, Texts, Arrays]:
    """The items and the clauses that have vectors, and what tells exactly how similar they are."""
    counted = arrays["counted"]
    owner = np.repeat(np.arange(len(arrays["item_bounds"]) - 1), np.diff(arrays["item_bounds"]))[counted]
    found: Arrays = {"clause_owner": owner.astype(np.int32)}
    if isinstance(encoder, SumOfWords):
        stretches, bounds = arrays["stretch_bounds"], row_bounds(arrays)
        found |= rows_of_words(Vocabulary(arrays["vocabulary"], arrays["vocabulary_bounds"]), encoder)
        table = table_of(found, encoder)
        items = by_words(arrays, bounds[:-1], bounds[1:], table)
        return items, by_words(arrays, stretches[:-1][counted], stretches[1:][counted], table), found
    vectors, bounds = encode()
    whole = np.zeros(len(vectors), dtype=bool)
    whole[bounds[:-1]] = True
    found |= {"vectors": vectors, "vector_bounds": bounds.astype(np.int32)}
    return _kept(vectors[whole]), _kept(vectors[~whole]), found


def _kept(vectors: Vectors) -> Texts:
    return Texts(len(vectors), lambda chosen: (vectors[chosen], np.ones(len(chosen), dtype=np.float32)))


def _indexed(texts: Texts, shared: int) -> tuple[Array, Scores]:
    """The index of the texts' vectors as bytes, and the lengths that these had; exact where none are `shared` or there are
    few texts."""
    shared = shared if texts.count >= LEARNT else 0
    dimensions = texts.vectors(np.arange(min(1, texts.count)))[0].shape[1]
    index: faiss.Index
    if not shared:
        index = faiss.IndexFlatIP(dimensions)
    elif dimensions % shared:
        index = faiss.IndexScalarQuantizer(dimensions, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    else:
        index = faiss.IndexPQFastScan(dimensions, dimensions // shared, 4, faiss.METRIC_INNER_PRODUCT)
    if shared:
        faiss.omp_set_num_threads(1)  # on a busy machine threads that learn codes together take ten times as long
        index.train(texts.vectors(np.linspace(0, texts.count - 1, min(texts.count, TRAINED)).astype(np.int64))[0])
    norms = [np.zeros(0, dtype=np.float32)]
    for vectors, lengths in _batches(texts):
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        norms.append(lengths)
    return np.asarray(faiss.serialize_index(index)), np.concatenate(norms)


def _batches(texts: Texts) -> Iterator[tuple[Vectors, Scores]]:
    """The texts' vectors and lengths in order, made beside one another while those before are added."""
    waiting: deque[Future[tuple[Vectors, Scores]]] = deque()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for numbers in texts.batches(BATCH):
            waiting.append(pool.submit(texts.vectors, numbers))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
