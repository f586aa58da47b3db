"""Generations of an index in Milvus: two collections each, filled once, opened by every service, dropped when old.

<collection>_<generation>           row, pairs (sparse), words (sparse: BM25 scores), meaning (dense)
<collection>_<generation>_clauses   clause, meaning (dense)
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from index.assembled import Assembled
from index.encoder import Encoder
from index.engine import GenerationError
from index.entities import Entities, Entity, count_of, pairs_of
from index.letters import Array, Arrays
from index.milvus.address import Address
from index.milvus.generation import Collection, Generation, index_of
from index.milvus.link import ASKING, FILLING, Link

SPARSE = {"index_type": "SPARSE_INVERTED_INDEX", "metric_type": "IP"}
SAMPLED = 16  # rows whose letters are compared when a generation is opened

OnBatch = Callable[[int, int], None]  # items and clauses sent, of how many


class Milvus:
    """The holder at an address. `on_batch` is told how far filling is."""

    def __init__(self, address: Address, on_batch: OnBatch | None = None) -> None:
        self._collection, self.address = address.collection, address.text
        self._link = Link(address)
        self._on_batch = on_batch or (lambda sent, total: None)

    def ready(self) -> None:
        self._link.ask(lambda client: client.list_collections())

    def fill(self, generation: str, assembled: Assembled, encoder: Encoder) -> Arrays:
        entities = Entities.of(assembled, encoder)
        items, clauses = count_of(entities.arrays)
        of_items, of_clauses = self._names(generation)
        self._create(of_items, "row", ("pairs", "words"), entities.dimensions)
        self._create(of_clauses, "clause", (), entities.dimensions)
        self._send(of_items, entities.items(), 0, items + clauses)
        self._send(of_clauses, entities.clauses(), items, items + clauses)
        self._finish(of_items, ("pairs", "words"), items)
        self._finish(of_clauses, (), clauses)
        return entities.kept()

    def opened(self, generation: str, arrays: Mapping[str, Array]) -> Generation:
        items, clauses = (
            self._opened(name, count) for name, count in zip(self._names(generation), count_of(arrays), strict=True)
        )
        self._compare(self._names(generation)[0], arrays)
        return Generation(self._link, items, clauses)

    def drop(self, generation: str) -> None:
        for name in self._names(generation):
            self._link.ask(partial(_drop, name))

    def _names(self, generation: str) -> tuple[str, str]:
        name = f"{self._collection}_{generation.replace('-', '_')}"
        return name, f"{name}_clauses"

    # Filling

    def _create(self, name: str, key: str, sparse: tuple[str, ...], dimensions: int) -> None:
        from pymilvus import DataType

        def create(client: Any) -> None:
            schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field(key, DataType.INT64, is_primary=True)
            for field in sparse:
                schema.add_field(field, DataType.SPARSE_FLOAT_VECTOR)
            schema.add_field("meaning", DataType.FLOAT_VECTOR, dim=dimensions)
            client.create_collection(name, schema=schema, timeout=ASKING)

        self._link.ask(create)

    def _send(self, name: str, batches: Iterator[list[Entity]], sent: int, total: int) -> None:
        for batch in batches:
            self._link.ask(partial(_insert, name, batch))
            sent += len(batch)
            self._on_batch(sent, total)

    def _finish(self, name: str, sparse: tuple[str, ...], count: int) -> None:
        def finish(client: Any) -> None:
            client.flush(name, timeout=FILLING)
            indexes = client.prepare_index_params()
            for field in sparse:
                indexes.add_index(field, **SPARSE)
            indexes.add_index("meaning", **index_of(count))
            client.create_index(name, indexes, timeout=FILLING)
            client.load_collection(name, timeout=FILLING)

        self._link.ask(finish)

    # Opening

    def _opened(self, name: str, count: int) -> Collection:
        def counted(client: Any) -> tuple[int, int]:
            client.load_collection(name, timeout=FILLING)
            fields = client.describe_collection(name, timeout=ASKING)["fields"]
            found = client.query(
                name, filter="", output_fields=["count(*)"], consistency_level="Strong", timeout=ASKING
            )
            return found[0]["count(*)"], next(one["params"]["dim"] for one in fields if one["name"] == "meaning")

        found, dimensions = self._link.ask(counted)
        if found != count:
            raise GenerationError(f"{self.address} 里的集合 {name} 应有{count}个，实有{found}个。")
        return Collection(self._link, name, count, dimensions)

    def _compare(self, name: str, arrays: Mapping[str, Array]) -> None:
        """Some rows hold the letters that they hold here."""
        rows = np.unique(np.linspace(0, count_of(arrays)[0] - 1, SAMPLED).astype(np.int64))
        found = self._link.ask(
            lambda client: client.get(name, ids=rows.tolist(), output_fields=["pairs"], timeout=ASKING)
        )
        held = {one["row"]: set(one["pairs"]) for one in found}
        for row in rows.tolist():
            if held.get(row) != set(pairs_of(arrays, np.array([row]))[0]):
                raise GenerationError(f"{self.address} 里的集合 {name} 与本机的文档不符（第{row + 1}个条目）。")


def _insert(name: str, batch: list[Entity], client: Any) -> None:
    client.insert(name, batch, timeout=FILLING)


def _drop(name: str, client: Any) -> None:
    """No error where there is none."""
    client.drop_collection(name, timeout=ASKING)
