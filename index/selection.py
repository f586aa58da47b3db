"""Some of the items, in order, each taken up when it is looked at."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

import numpy as np

from corpus import Item
from index.found import Mask
from index.hits import Rows


class Items(Sequence[Item]):
    """`rows` are those of `source`, the items of the whole index, of which `article` tells which are articles."""

    def __init__(self, source: Sequence[Item], rows: Rows, article: Mask) -> None:
        self.source, self.rows, self.article = source, rows, article

    def at(self, rows: Rows) -> "Items":
        """Others of the same index."""
        return Items(self.source, rows, self.article)

    @cached_property
    def are_articles(self) -> bool:
        """Their numbers are written 第1条, of all of them."""
        return len(self.rows) > 0 and bool(self.article[self.rows].all())

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Item]:
        return (self.source[row] for row in self.rows.tolist())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Items) and other.source is self.source:
            return bool(np.array_equal(self.rows, other.rows))
        return isinstance(other, Sequence) and len(other) == len(self) and all(map(Item.__eq__, self, other))

    def __hash__(self) -> int:
        return hash(self.rows.tobytes())

    def __repr__(self) -> str:
        return repr(list(self))

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> "Items": ...
    def __getitem__(self, at: int | slice) -> "Item | Items":
        if isinstance(at, slice):
            return self.at(self.rows[at])
        return self.source[int(self.rows[at])]
