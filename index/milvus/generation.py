"""What a search asks of one generation in Milvus."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from index.engine import GenerationError
from index.entities import PAIR
from index.hits import Rows
from index.lexical import Scores
from index.milvus.link import ASKING, FILLING, Link
from index.vectors import Vectors

MOST = 16384  # hits that Milvus gives at most
EXACT = 50_000  # vectors up to which all are compared
NEIGHBOURS, BUILDING = 16, 200  # of each vector in the graph, and how many are looked at to find them
SPARSE: dict[str, Any] = {"metric_type": "IP", "params": {}}

Hits = tuple[Rows, Scores]


def index_of(count: int) -> dict[str, Any]:
    """How so many vectors are indexed: all compared, or a graph of them with 8 bits a dimension. Lists (IVF) lose too
    many: texts of one field are no clusters."""
    if count <= EXACT:
        return {"index_type": "FLAT", "metric_type": "IP"}
    built = {"M": NEIGHBOURS, "efConstruction": BUILDING, "sq_type": "SQ8"}
    return {"index_type": "HNSW_SQ", "metric_type": "IP", "params": built}


class Collection:
    """One that is filled and loaded."""

    def __init__(self, link: Link, name: str, count: int, dimensions: int) -> None:
        self._link, self._name, self.count, self.d = link, name, count, dimensions

    def search(self, asked: Vectors, most: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        """As faiss's: (1, found) inner products and numbers, best first."""
        how = {"metric_type": "IP", "params": {} if self.count <= EXACT else {"ef": most}}
        numbers, scores = self.best("meaning", asked[0], how, most)
        return scores[None, :], numbers[None, :]

    def best(self, field: str, asked: Any, how: dict[str, Any], most: int = MOST, among: str = "") -> Hits:
        limit = min(most, self.count, MOST)
        if not limit:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        given = {"data": [asked], "anns_field": field, "limit": limit, "filter": among, "search_params": how}
        try:
            found = self._link.ask(partial(self._search, given))
        except GenerationError:  # not loaded any more: the server began anew, or somebody released it
            self._link.ask(lambda client: client.load_collection(self._name, timeout=FILLING))
            found = self._link.ask(partial(self._search, given))
        return np.array(found.ids, dtype=np.int64), np.array(found.distances, dtype=np.float32)

    def _search(self, given: dict[str, Any], client: Any) -> Any:
        return client.search(self._name, timeout=ASKING, **given)[0]


class Generation:
    """The engine of an index."""

    def __init__(self, link: Link, items: Collection, clauses: Collection) -> None:
        self._link, self.items, self.clauses = link, items, clauses

    def holding(self, pairs: range) -> Rows:
        return np.sort(self._holding(dict.fromkeys(pairs, PAIR), 0, self.items.count))

    def scored(self, words: Mapping[int, float]) -> Hits:
        return self.items.best("words", {word: float(times) for word, times in words.items()}, SPARSE)

    def close(self) -> None:
        self._link.close()

    def _holding(self, pairs: Mapping[int, float], first: int, end: int) -> Rows:
        """Among these rows. Where there may be more than Milvus gives at once, each half by itself."""
        among = "" if end - first == self.items.count else f"row >= {first} and row < {end}"
        found, _ = self.items.best("pairs", dict(pairs), SPARSE, among=among)
        if len(found) < MOST or end - first <= MOST:
            return found
        middle = (first + end) // 2
        return np.concatenate((self._holding(pairs, first, middle), self._holding(pairs, middle, end)))
