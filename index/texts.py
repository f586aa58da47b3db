"""Where a phrase stands literally, as it is typed or without regard to punctuation.

A search looks up the phrase's rarest pair of letters and compares the others at its places: exact, whatever the phrase.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus import begins_with_amount
from index.bounds import Bounds
from index.found import Found, Mask, Spans
from index.letters import BETWEEN, PUNCTUATION, Array, Places, code_of, narrowed, points, split, together, widened

_NOWHERE = np.zeros(0, dtype=np.int32)  # places are of the kind that they are kept in: numpy copies others
_NUMERALS = points("0123456789〇零一二三四五六七八九十百千")
_LATIN = np.array([chr(code).isalnum() for code in range(128)])


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase's letters, and its marks with the number of letters before each."""

    letters: npt.NDArray[np.uint32]
    marks: npt.NDArray[np.uint32]
    gaps: Places
    amount: bool = False  # it begins with a number: 5年 is no part of 15年

    @classmethod
    def of(cls, phrase: str, rare: Array) -> "_Phrase":
        at = np.fromiter((match.start() for match in PUNCTUATION.finditer(phrase)), dtype=np.int64)
        every = narrowed(points(phrase), rare)
        return cls(np.delete(every, at), every[at], at - np.arange(len(at)), begins_with_amount(phrase))

    @classmethod
    def readings(cls, phrase: str, rare: Array) -> "list[_Phrase]":
        """The phrase, also with a mark at its edge as a letter, where it may stand between two digits of a text: .0 in
        2.0."""
        own = cls.of(phrase, rare)
        found = [own]
        if own.lead and phrase[1:2].isdigit():
            found.append(cls(np.insert(own.letters, 0, own.marks[0]), own.marks[1:], own.gaps[1:] + 1))
        if own.trail and phrase[-2:-1].isdigit():
            found += [cls(np.append(one.letters, own.marks[-1]), one.marks[:-1], one.gaps[:-1]) for one in found]
        return found

    @property
    def lead(self) -> int:
        """Marks before the first letter."""
        return int(np.count_nonzero(self.gaps == 0))

    @property
    def trail(self) -> int:
        return int(np.count_nonzero(self.gaps == len(self.letters)))


class Texts:
    """Literal look-up in all rows at once; offsets count from the row's start."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self.letters, self._marks, self._gaps = arrays["letters"], arrays["marks"], arrays["gaps"]
        self._bounds = Bounds(arrays["starts"], self._gaps, len(self.letters))
        self._rare = arrays["rare"]
        self.codes, self._begins, self._places = arrays["codes"], arrays["begins"], arrays["places"]

    @classmethod
    def of(cls, rows: Sequence[str]) -> "Texts":
        return cls(together([split(rows)]))

    def find(self, phrase: str) -> Found:
        """Row -> (start, end) of each occurrence that does not overlap the one before; rows in order."""
        return self._find(phrase, whole_words=False)

    def find_word(self, word: str) -> Found:
        """The same for a word: Latin letters and digits must not go on before or after it."""
        return self._find(word, whole_words=word.isascii())

    def _find(self, phrase: str, *, whole_words: bool) -> Found:
        if not phrase or BETWEEN in phrase:
            return self._by_row(_NOWHERE, _NOWHERE, 0)
        own = _Phrase.readings(phrase, self._rare)
        if not len(own[0].letters):
            return self._marks_alone(own[0].marks)
        if not len(own[0].marks) and not whole_words:
            places = self._whole(own[0])
            return self._by_letters(places[self._bounds.together(places, len(phrase))], len(phrase))
        parts = [self._exact(one, whole_words=whole_words) for one in own]
        places, starts = (np.concatenate(one) for one in zip(*parts, strict=True))
        order = np.argsort(starts, kind="stable") if len(own) > 1 else slice(None)
        return self._by_row(places[order], starts[order], len(phrase))

    def find_loosely(self, phrase: str) -> Found:
        """The same without regard to punctuation and spaces: 多规合一 stands in “多规”合一."""
        own = _Phrase.of(phrase, self._rare)
        return self._by_letters(self._whole(own), len(own.letters))

    def stands(self, phrase: str, asked: Mask | None = None) -> bool:
        """It is found in the rows asked, as typed or loosely."""
        own = _Phrase.of(phrase, self._rare)
        if not len(own.letters):
            return len(self._marks_alone(own.marks).among(asked)) > 0
        places = self._whole(own)
        return len(places) > 0 if asked is None else bool(asked[self._bounds.rows(places)].any())

    def places(self, letters: npt.NDArray[np.uint32]) -> Places:
        """Every place where these letters follow each other, punctuation or not between them."""
        if not len(letters) or not letters.all() or letters.max() > np.iinfo(self.letters.dtype).max:
            return _NOWHERE
        given = letters.astype(self.letters.dtype)
        if len(given) == 1:
            begin, end = np.searchsorted(self.codes, [code_of(given, given * 0)[0], code_of(given, ~(given * 0))[0]])
            return np.sort(self._places[self._begins[begin] : self._begins[end]])
        at = self._pairs(code_of(given[:-1], given[1:]))
        if (at < 0).any():
            return _NOWHERE
        counts = self._begins[at + 1] - self._begins[at]
        rarest = int(np.argmin(counts))
        begin = int(self._begins[at[rarest]])
        found = self._places[begin : begin + int(counts[rarest])] - rarest
        found = found[(found >= 0) & (found <= len(self.letters) - len(given))]
        for offset in range(len(given)):
            if offset not in (rarest, rarest + 1) and len(found):
                found = found[self.letters[found + offset] == given[offset]]
        return found

    def _whole(self, own: _Phrase) -> Places:
        """The places of its letters; of an amount those before which no number goes on, and inside which no mark stands: 3人 is
        not in （三）人."""
        places = self.places(own.letters)
        if not own.amount or not len(places):
            return places
        before = np.maximum(places - 1, 0)
        numeral = np.isin(widened(self.letters[before], self._rare), _NUMERALS)
        goes_on = (places > 0) & numeral & self._bounds.together(before, 2)
        whole = np.asarray(places[~goes_on])
        return whole if len(own.marks) else np.asarray(whole[self._bounds.together(whole, len(own.letters))])

    def places_of_pairs(self, first: Array, second: Array) -> Places:
        """Every place where one of the first letters is followed by one of the second, in order."""
        at = self._pairs(code_of(first[:, None], second[None, :]).ravel())
        parts = [self._places[self._begins[one] : self._begins[one + 1]] for one in at[at >= 0].tolist()]
        return np.sort(np.concatenate(parts)) if parts else _NOWHERE

    def count_of_pairs(self, first: Array, second: Array) -> int:
        """How many places that are."""
        at = self._pairs(code_of(first[:, None], second[None, :]).ravel())
        at = at[at >= 0]
        return int((self._begins[at + 1] - self._begins[at]).sum())

    def are_together(self, places: Places, length: int) -> Mask:
        """Nothing stands between the letters of the phrases of this length that begin there."""
        return self._bounds.together(places, length)

    def occurrences(
        self, places: Places, length: int, most: int, asked: Mask | None = None
    ) -> Iterator[tuple[str, int, int, int]]:
        """What stands at each place in so many letters, the row, and [start, end) in it; rows in order of appearance,
        those asked alone. Of each spelling the first so many at `most`."""
        rows = self._bounds.rows(places)
        if asked is not None:
            places, rows = places[asked[rows]], rows[asked[rows]]
        _, first, inverse = np.unique(rows, return_index=True, return_inverse=True)
        order = np.argsort(first[inverse], kind="stable")
        order = order[_times_before(self.letters[places[order][:, None] + np.arange(length)]) < most]
        places, rows = places[order], rows[order]
        starts = places + self._bounds.before(places, "right") - self._bounds.starts(rows)
        for place, row, start in zip(*(one.tolist() for one in (places, rows, starts)), strict=True):
            yield self.written(self.letters[place : place + length]), row, start, start + length

    def written(self, letters: Array) -> str:
        return "".join(map(chr, widened(letters, self._rare).tolist()))

    # Where

    def _pairs(self, codes: Array) -> Places:
        """The index of each pair; -1 of one that stands nowhere."""
        at = np.searchsorted(self.codes, codes)
        inside = np.minimum(at, max(0, len(self.codes) - 1))
        known = (at < len(self.codes)) & (self.codes[inside] == codes) if len(self.codes) else np.zeros(len(at), bool)
        return np.asarray(np.where(known, at, -1))

    def _exact(self, own: _Phrase, *, whole_words: bool) -> tuple[Places, Places]:
        """The places of its letters where its marks stand, too, and no others; and where it begins, marks counted."""
        places = self._whole(own)
        before_of = self._bounds.before
        first = before_of(places, "right") - own.lead
        ends = places + len(own.letters)
        after = before_of(ends) + own.trail
        right = (first >= 0) & (after - first == len(own.marks)) & (after <= len(self._gaps))
        if whole_words:
            before = (before_of(places) == first) & self._is_latin(places - 1)
            right &= ~(before | ((before_of(ends, "right") == after) & self._is_latin(ends)))
        places, first = places[right], first[right]
        for at, (mark, gap) in enumerate(zip(own.marks, own.gaps, strict=True)):
            right = (self._marks[first + at] == mark) & (self._gaps[first + at] == places + gap)
            places, first = places[right], first[right]
        return places, places + first

    def _by_row(self, places: Places, starts: Places, length: int) -> Found:
        """Phrases of one length, by their first letter and where they begin, marks counted."""
        apart = _apart(starts, length)
        places, starts = places[apart], starts[apart]

        def spans(chosen: slice, row: int) -> Spans:
            begin = starts[chosen] - self._bounds.start(row)
            return [(one, one + length) for one in begin.tolist()]

        return Found(self._bounds.rows(places), spans)

    def _by_letters(self, places: Places, length: int) -> Found:
        """Phrases of so many letters, whatever stands between these."""
        places, before = places[_apart(places, length)], self._bounds.before

        def spans(chosen: slice, row: int) -> Spans:
            first, start = places[chosen], self._bounds.start(row)
            last = first + length - 1
            begin, end = first + before(first, "right"), last + before(last, "right") + 1
            return list(zip((begin - start).tolist(), (end - start).tolist(), strict=True))

        return Found(self._bounds.rows(places), spans)

    def _marks_alone(self, marks: npt.NDArray[np.uint32]) -> Found:
        """A phrase of nothing but punctuation."""
        at = np.arange(max(0, len(self._marks) - len(marks) + 1)) if len(marks) else _NOWHERE
        for offset, mark in enumerate(marks):
            at = at[(self._marks[at + offset] == mark) & (self._gaps[at + offset] == self._gaps[at])]
        places = self._gaps[at]
        starts = places + at
        if len(marks) == 1:  # between two digits it is a letter
            letters = self.places(marks)
            places, starts = (
                np.append(places, letters),
                np.append(starts, letters + self._bounds.before(letters, "right")),
            )
        order = np.argsort(starts, kind="stable")
        return self._by_row(places[order], starts[order], len(marks))

    def _is_latin(self, places: Places) -> Mask:
        inside = (places >= 0) & (places < len(self.letters))
        letters = self.letters[np.where(inside, places, 0)] if len(self.letters) else places
        return np.asarray(inside & (letters < 128) & _LATIN[np.minimum(letters, 127)])


def _times_before(several: Array) -> Places:
    """(phrases,) how many of those before are the same, of (phrases, letters)."""
    if not len(several):
        return _NOWHERE
    whole = np.ascontiguousarray(several).view(np.dtype((np.void, several.shape[1] * several.itemsize))).ravel()
    _, number = np.unique(whole, return_inverse=True)
    order = np.argsort(number, kind="stable")
    begins = np.searchsorted(number[order], number[order])
    times = np.empty(len(order), dtype=np.int64)
    times[order] = np.arange(len(order)) - begins
    return times


def _apart(starts: Places, length: int) -> Mask:
    """Those that do not overlap the one taken before."""
    taken = np.ones(len(starts), dtype=bool)
    if length < 2 or not (np.diff(starts) < length).any():
        return taken
    reached = -1
    for at, start in enumerate(starts.tolist()):
        taken[at] = start >= reached
        reached = start + length if taken[at] else reached
    return taken
