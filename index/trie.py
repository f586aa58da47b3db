"""Words -> numbers, as a tree of characters in four arrays: 12 bytes a prefix, where a dict of strings takes 160."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from index.arrays import Arrays

TRIE_VERSION = 1  # raise it when the arrays mean something else: those kept are made anew

Codes = npt.NDArray[np.uint32]  # of characters
_Array = npt.NDArray[Any]


class Trie:
    """Nodes are prefixes, numbered level by level, so that those one character longer lie together.

    `children[n]` is the first of node n's children and `children[n + 1]` the one after its last; `letters[n]` the
    code point that leads to n; `numbers[n]` the number of the word that ends there, 0 for none. `entries[code]` is
    the node of a first character, 0 for none.
    """

    def __init__(self, arrays: Arrays) -> None:
        names = ("entries", "children", "letters", "numbers")
        self._arrays = arrays
        # an element of a memoryview is read three times as fast as one of an array
        self._entries, self._children, self._letters, self._numbers = (arrays[name].data for name in names)

    @staticmethod
    def arrays_of(numbers: Mapping[str, int]) -> Arrays:
        """Numbers are 1 or more; a word of number 0 is a prefix like any other."""
        words = sorted(numbers)
        values = np.fromiter(map(numbers.__getitem__, words), np.int32, len(words))
        lengths = np.fromiter(map(len, words), np.int32, len(words))
        longest = int(lengths.max(initial=1))
        codes: Codes = np.array(words, dtype=f"U{longest}").view(np.uint32).reshape(len(words), longest)
        nodes = np.zeros(len(words), np.int64)  # that each word has reached
        parents, letters, ends = [], [np.zeros(1, np.uint32)], [np.zeros(1, np.int32)]
        count, rows = 1, np.arange(len(words))
        for depth in range(longest):
            rows = rows[lengths[rows] > depth]
            above, here = nodes[rows], codes[rows, depth]
            new = np.ones(len(rows), bool)
            new[1:] = (above[1:] != above[:-1]) | (here[1:] != here[:-1])
            nodes[rows] = count - 1 + np.cumsum(new)
            found = np.zeros(int(new.sum()), np.int32)
            ending = rows[lengths[rows] == depth + 1]
            found[nodes[ending] - count] = values[ending]
            parents.append(above[new])
            letters.append(here[new])
            ends.append(found)
            count += len(found)
        children = 1 + np.searchsorted(np.concatenate(parents), np.arange(count + 1))
        entries = np.zeros(int(letters[1].max(initial=0)) + 1, np.uint32)
        entries[letters[1]] = 1 + np.arange(len(letters[1]))
        return {
            "entries": entries,
            "children": children.astype(np.uint32),
            "letters": np.concatenate(letters),
            "numbers": np.concatenate(ends),
        }

    def get(self, word: str) -> int | None:
        """The word's number; 0 for what only begins words, None for what does not even that."""
        node = self._node(word)
        return None if node is None else self._numbers[node]

    def renumbered(self, numbers: Mapping[str, int]) -> "Trie":
        """The same prefixes, some with other numbers."""
        own = self._arrays["numbers"].copy()
        for word, number in numbers.items():
            own[self._node(word)] = number
        return Trie({**self._arrays, "numbers": own})

    def _node(self, word: str) -> int | None:
        node = 0
        for code in map(ord, word):
            node = self._next(node, code)
            if not node:
                return None
        return node

    def _next(self, node: int, code: int) -> int:
        """The node that this character leads to, 0 for none."""
        if not node:
            return self._entries[code] if code < len(self._entries) else 0
        end = self._children[node + 1]
        found = bisect_left(self._letters, code, self._children[node], end)
        return found if found < end and self._letters[found] == code else 0

    def prefixes(self, codes: Sequence[int], start: int) -> list[tuple[int, int]]:
        """(end, number) of every word that begins at `start`, the shortest first."""
        children, letters, numbers = self._children, self._letters, self._numbers
        found: list[tuple[int, int]] = []
        at, code = start, codes[start] if start < len(codes) else len(self._entries)
        node = self._entries[code] if code < len(self._entries) else 0
        while node:
            at += 1
            if number := numbers[node]:
                found.append((at, number))
            if at == len(codes):
                break
            first, end = children[node], children[node + 1]
            if first == end:
                break
            code = codes[at]
            node = bisect_left(letters, code, first, end)
            if node == end or letters[node] != code:
                break
        return found

    def everywhere(self, codes: Codes) -> Iterator[tuple[_Array, int, _Array]]:
        """All words of a text, wherever they begin, the shortest first: of one length the places, the length, and the
        numbers at these places. All places go down the tree together."""
        entries, numbers = self._arrays["entries"], self._arrays["numbers"]
        at = np.flatnonzero(codes < len(entries))
        at, node, length = at, entries[codes[at]], 1
        at, node = at[node > 0], node[node > 0]
        while len(at):
            found = numbers[node]
            if found.any():
                yield at[found > 0], length, found[found > 0]
            at, node = self._further(codes, at, node, length)
            length += 1

    def _further(self, codes: Codes, at: _Array, node: _Array, length: int) -> tuple[_Array, _Array]:
        """The places that go on by the next character, and the nodes that they come to."""
        children = self._arrays["children"]
        more = (children[node + 1] > children[node]) & (at + length < len(codes))
        at, node = at[more], node[more]
        sought = (node.astype(np.uint64) << np.uint64(32)) | codes[at + length]
        found = np.searchsorted(self._edges, sought)
        right = self._edges[np.minimum(found, len(self._edges) - 1)] == sought
        return at[right], (found[right] + 1).astype(np.uint32)

    @cached_property
    def _edges(self) -> npt.NDArray[np.uint64]:
        """Of each node but the root, in order: the node above it, and in the lower 32 bits the letter that leads here."""
        above = np.repeat(np.arange(len(self._letters), dtype=np.uint64), np.diff(self._arrays["children"]))
        return np.asarray((above << np.uint64(32)) | self._arrays["letters"][1:])
