"""All words of the items, each once, in order; and the items as numbers of them."""

from collections.abc import Mapping, Sequence

import numpy as np

from index.letters import Array, Arrays, Places
from index.prepared import Prepared, ends


class Vocabulary:
    """Words in order, looked up by halving: nothing is read that is not looked at."""

    def __init__(self, content: Array, bounds: Array) -> None:
        self._content, self._bounds = content, bounds

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def __getitem__(self, number: int) -> str:
        return self._bytes(number).decode()

    def find(self, word: str) -> int:
        """Its number; -1 of a word that stands nowhere."""
        sought = word.encode(errors="surrogatepass")
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < sought:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self._bytes(low) == sought else -1

    def _bytes(self, number: int) -> bytes:
        return self._content[self._bounds[number] : self._bounds[number + 1]].tobytes()


def words_of(every: Sequence[Prepared]) -> Arrays:
    """The words of all items in order, and where each stretch and item begins among the tokens and stretches."""
    numbers: dict[str, int] = {}
    lists = {id(one.words): one.words for one in every}  # documents cut together share theirs
    known = {
        key: np.array([numbers.setdefault(word, len(numbers)) for word in words], dtype=np.int32)
        for key, words in lists.items()
    }
    renamed = [known[id(one.words)][one.tokens] if len(one.tokens) else one.tokens for one in every]
    encoded = [word.encode(errors="surrogatepass") for word in numbers]
    order = sorted(range(len(encoded)), key=encoded.__getitem__)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    tokens = np.concatenate([*renamed, np.zeros(0, dtype=np.int32)])
    return {
        "vocabulary": np.frombuffer(b"".join(encoded[at] for at in order), dtype=np.uint8),
        "vocabulary_bounds": ends([len(encoded[at]) for at in order]).astype(np.int32),
        "tokens": place[tokens] if len(tokens) else tokens,
        "stretch_bounds": ends(np.concatenate([*(one.stretches for one in every), []])).astype(np.int32),
        "counted": np.concatenate([*(one.counted for one in every), np.zeros(0, dtype=bool)]),
        "item_bounds": ends(np.concatenate([*(one.items for one in every), []])).astype(np.int32),
    }


def ranges(begins: Places, lengths: Places) -> Places:
    """The numbers of several stretches one after the other: 5, 2 with lengths 2, 3 -> 5, 6, 2, 3, 4."""
    offsets = np.repeat(begins - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return np.asarray(offsets + np.arange(int(lengths.sum())))


def row_bounds(arrays: Mapping[str, Array]) -> Array:
    """Where each item's tokens begin, and the end of all."""
    return arrays["stretch_bounds"][arrays["item_bounds"]]
