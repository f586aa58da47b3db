"""Documents that are asked together, and short texts of theirs searched all at once."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from corpus.document import Document

_END = "\0"  # stands after each text


class Shelf(tuple[Document, ...]):
    """Equals itself alone: cheap as a key of what is worked out of its documents once, however many they are."""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return id(self)


class Joined:
    """Short texts, to be told at once which of them hold a phrase."""

    def __init__(self, texts: Iterable[str]) -> None:
        ended = [text.replace(_END, " ") + _END for text in texts]
        self._whole = "".join(ended)
        self._begins = [0, *accumulate(map(len, ended))]

    def holding(self, phrase: str) -> list[int]:
        """The numbers of the texts that hold it, in order: 规 in 规划, 总则, 规定 -> 0, 2."""
        found: list[int] = []
        at = -1 if _END in phrase or not phrase else self._whole.find(phrase)
        while at >= 0:
            found.append(bisect_right(self._begins, at) - 1)
            at = self._whole.find(phrase, self._begins[found[-1] + 1])
        return found
