"""The documents as the index keeps them: items and outlines are taken up when they are looked at."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any, overload

import numpy as np

from corpus import Document, Item, Packed, Skeleton, stored, unpack_item, unpack_outline
from index.letters import Array, Arrays
from index.prepared import ends

REMEMBERED = 1024  # items
FIELDS = 64  # of documents: texts, and all their items


def archive_of(packed: Sequence[Packed]) -> Arrays:
    records = [record for one in packed for record in one.records]
    texts, outlines = [one.text for one in packed], [one.outline for one in packed]
    return {
        name: array
        for what, several in (("text", texts), ("outline", outlines), ("record", records))
        for name, array in (
            (what, np.frombuffer(b"".join(several), dtype=np.uint8)),
            (f"{what}_at", ends([len(one) for one in several])),
        )
    } | {"document_at": ends([len(one.records) for one in packed])}


class Archive(Sequence[Item]):
    """All items, in the order of documents and then of reading."""

    def __init__(self, arrays: Mapping[str, Array], headers: Sequence[dict[str, Any]]) -> None:
        self._arrays, self._ids = arrays, [header["id"] for header in headers]
        self.first = arrays["document_at"]  # of each document its first item's row, and the end of all
        self._item = lru_cache(maxsize=REMEMBERED)(self._taken_up)
        self.outline = cache(self._outline)  # of a document: headings are told apart by which they are
        self._field = lru_cache(maxsize=FIELDS)(self._field_of)
        self.documents: tuple[Document, ...] = tuple(
            stored(header, partial(self._field, at)) for at, header in enumerate(headers)
        )

    def packed(self, at: int, header: dict[str, Any]) -> Packed:
        """A document as it was packed."""
        records = range(int(self.first[at]), int(self.first[at + 1]))
        return Packed(
            header, self._part("text", at), self._part("outline", at), tuple(self.record(row) for row in records)
        )

    def record(self, row: int) -> bytes:
        return self._part("record", row)

    def __len__(self) -> int:
        return int(self.first[-1])

    def __iter__(self) -> Iterator[Item]:
        return map(self._taken_up, range(len(self)))

    @overload
    def __getitem__(self, row: int) -> Item: ...
    @overload
    def __getitem__(self, row: slice) -> list[Item]: ...
    def __getitem__(self, row: int | slice) -> Item | list[Item]:
        chosen = range(len(self))[row]
        return self._item(chosen) if isinstance(chosen, int) else [self._item(one) for one in chosen]

    def _part(self, what: str, at: int) -> bytes:
        bounds = self._arrays[f"{what}_at"]
        return self._arrays[what][bounds[at] : bounds[at + 1]].tobytes()

    def _outline(self, at: int) -> Skeleton:
        return unpack_outline(self._part("outline", at))

    def _taken_up(self, row: int) -> Item:
        at = int(np.searchsorted(self.first, row, side="right")) - 1
        base, texts = int(self._arrays["text_at"][at]), self._arrays["text"]

        def text(begin: int, end: int) -> str:
            return texts[base + begin : base + end].tobytes().decode(errors="surrogatepass")

        return unpack_item(self.record(row), self._ids[at], self.outline(at), text)

    def _field_of(self, at: int, name: str) -> Any:
        if name == "text":
            return self._part("text", at).decode(errors="surrogatepass")
        if name == "items":
            return tuple(self[int(self.first[at]) : int(self.first[at + 1])])
        return getattr(self.outline(at), name)
