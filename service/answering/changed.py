"""What became of an item from one document to the other, with the words that say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import overload

from corpus import Item
from index import Change, Segmenter, Stretch


@dataclass(frozen=True, slots=True)
class Changed:
    """A change with its words, as it is shown."""

    change: Change
    removed: tuple[Stretch, ...] = ()  # [start, end) in the text before
    added: tuple[Stretch, ...] = ()  # and in the text after
    unlike: bool = False  # of two documents that are no editions of one: nothing was altered

    @property
    def item(self) -> Item:
        """The one that stands for it: the later, where there are two."""
        found = self.change.after or self.change.before
        assert found
        return found

    @property
    def fields(self) -> tuple[str, ...]:
        """Those that changed."""
        return () if self.unlike else self.change.fields

    @property
    def words(self) -> tuple[list[str], list[str]]:
        before, after = self.change.before, self.change.after
        return (
            [before.text[start:end] for start, end in self.removed] if before else [],
            [after.text[start:end] for start, end in self.added] if after else [],
        )


def worded(change: Change, segmenter: Segmenter) -> Changed:
    """The words are of what changed alone: what is new or gone is so as a whole."""
    if change.kind != "changed":
        return Changed(change)
    words = change.words(segmenter)
    return Changed(change, words.removed, words.added)


class AllChanged(Sequence[Changed]):
    """Of any number: words are compared when a change is looked at."""

    def __init__(self, changes: Sequence[Change], segmenter: Segmenter, *, unlike: bool = False) -> None:
        """Of two `unlike` documents no word was removed or added."""
        self.changes = tuple(changes)
        make = partial(Changed, unlike=True) if unlike else partial(worded, segmenter=segmenter)
        self._make = lru_cache(maxsize=1024)(lambda at: make(self.changes[at]))

    def __len__(self) -> int:
        return len(self.changes)

    @overload
    def __getitem__(self, at: int) -> Changed: ...
    @overload
    def __getitem__(self, at: slice) -> list[Changed]: ...
    def __getitem__(self, at: int | slice) -> Changed | list[Changed]:
        chosen = range(len(self))[at]
        return self._make(chosen) if isinstance(chosen, int) else [self._make(one) for one in chosen]
