"""Documents by their numbers: 国发〔2018〕39号, 38号文, and words of the title beside one: 自贸区38号文."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from corpus import ANY_FILE, KINDS, Document, DocumentNumber, Shelf, in_order, newest_first, parse_number, title_key

REACH = 12  # characters beside a document's number that may be of its title

_HAN = re.compile("[一-鿿]+$")
_APPOSED = re.compile(rf"的?(?:[这那该][个份件部]?)?(?P<words>\w{{2,16}}?)(?P<kind>{KINDS}|{ANY_FILE})")


class NumberedDocuments:
    """Of these documents."""

    def __init__(self, documents: Shelf) -> None:
        self.documents = documents

    @cached_property
    def place(self) -> dict[str, int]:
        """Of each by its id, the newest first."""
        return {document.id: at for at, document in enumerate(newest_first(self.documents))}

    @cached_property
    def by_id(self) -> dict[str, Document]:
        return {document.id: document for document in self.documents}

    def newest(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The newest first."""
        return tuple(sorted(set(ids), key=self.place.__getitem__))

    @cached_property
    def _numbers(self) -> list[tuple[DocumentNumber, str]]:
        numbers = ((document.number and parse_number(document.number), document.id) for document in self.documents)
        return [(number, id) for number, id in numbers if number]

    @cached_property
    def number_bodies(self) -> frozenset[str]:
        """国发, 国办函."""
        return frozenset(number.body for number, _ in self._numbers)

    def numbered(self, number: DocumentNumber) -> tuple[str, ...]:
        return self.newest(id for known, id in self._numbers if number.fits(known))

    def beside(self, folded: str, start: int, end: int, ids: Sequence[str]) -> tuple[int, int]:
        """Where what names these documents begins and ends, with words of their title beside it: 自贸区38号文, 39号那个促就业
        意见."""
        titles = [title_key(self.by_id[id].title) for id in ids]
        before = _HAN.search(folded[max(0, start - REACH) : start])
        words = before[0] if before else ""
        taken = next((at for at in range(len(words) - 1) if _stands_in_order(words[at:], titles)), len(words))
        after = _APPOSED.match(folded, end)
        goes_on = after and _stands_in_order(
            after["words"] + ("" if after["kind"] in ANY_FILE.split("|") else after["kind"]), titles
        )
        return start - (len(words) - taken), after.end() if after and goes_on else end


def _stands_in_order(words: str, titles: Iterable[str]) -> bool:
    """Each of its letters stands in one of the titles, in their order: 促就业意见 in 关于促进就业工作的意见."""
    return any(in_order(words, title) for title in titles)
