"""Words -> numbers, as a tree of characters in four arrays: 12 bytes a prefix, where a dict of strings takes 160."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from index.arrays import Arrays

TRIE_VERSION = 1  # raise it when the arrays mean something else: those kept are made anew

_Codes = npt.NDArray[np.uint32]


class Trie:
    """Nodes are prefixes, numbered level by level, so that those one character longer lie together.

    `children[n]` is the first of node n's children and `children[n + 1]` the one after its last; `letters[n]` the
    code point that leads to n; `numbers[n]` the number of the word that ends there, 0 for none. `entries[code]` is
    the node of a first character, 0 for none.
    """

    def __init__(self, arrays: Arrays) -> None:
        names = ("entries", "children", "letters", "numbers")
        # an element of a memoryview is read three times as fast as one of an array
        self._entries, self._children, self._letters, self._numbers = (arrays[name].data for name in names)

    @staticmethod
    def arrays_of(numbers: Mapping[str, int]) -> Arrays:
        """Numbers are 1 or more; a word of number 0 is a prefix like any other."""
        words = sorted(numbers)
        values = np.fromiter((numbers[word] for word in words), np.int32, len(words))
        lengths = np.fromiter(map(len, words), np.int32, len(words))
        longest = int(lengths.max(initial=1))
        codes: _Codes = np.array(words, dtype=f"U{longest}").view(np.uint32).reshape(len(words), longest)
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
        node = 0
        for code in map(ord, word):
            node = self._next(node, code)
            if not node:
                return None
        return self._numbers[node]

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
