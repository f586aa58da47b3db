"""A phrase that stands nowhere -> one that does and is spelt nearly so: 夜间经记 -> 夜间经济."""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from index.sounds import Codes, letters_of, points, sound_codes

LONGEST = 20  # characters of a phrase that is compared
SURE = 4  # characters from which one wrong among them is no chance, though it sounds otherwise


class Spellings:
    """The rows of a text by code point and by sound; `joined` holds them with something between that no phrase has."""

    def __init__(self, joined: str) -> None:
        self._joined = joined
        self._points = points(joined)
        self._sounds = sound_codes(joined)

    def alike(self, phrase: str) -> list[tuple[int, int]]:
        """[start, end) of every phrase that sounds like this one or, of SURE characters or more, differs in one; those
        that sound alike first."""
        if not 2 <= len(phrase) <= min(LONGEST, len(self._joined)):
            return []
        same = _agreeing(self._points, points(phrase))
        alike = _agreeing(self._sounds, sound_codes(phrase))
        one_wrong = (same == len(phrase) - 1) & (len(phrase) >= SURE)
        places = [*np.flatnonzero(alike == len(phrase)), *np.flatnonzero(one_wrong)]
        return [(int(at), int(at) + len(phrase)) for at in places if self._is_phrase(int(at), len(phrase))]

    def in_letters(self, letters: str) -> list[tuple[int, int]]:
        """[start, end) of every phrase whose sounds are written with these Latin letters: yidaiyilu."""
        spelt, starts = self._letters
        found, at = [], spelt.find(letters)
        while at >= 0:
            first, last = (int(np.searchsorted(starts, place)) for place in (at, at + len(letters)))
            if last < len(starts) and starts[first] == at and starts[last] == at + len(letters):
                found.append((first, last))
            at = spelt.find(letters, at + 1)
        return found

    @cached_property
    def _letters(self) -> tuple[str, Codes]:
        """The whole text in Latin letters, and where each character begins in it; the last is the end."""
        spelt = [letters_of(character) for character in self._joined]
        return "".join(spelt), np.cumsum([0, *map(len, spelt)])

    def _is_phrase(self, at: int, length: int) -> bool:
        return all(character.isalnum() for character in self._joined[at : at + length])


def _agreeing(text: Codes, phrase: Codes) -> npt.NDArray[np.int64]:
    """(places,) how many characters of the phrase agree with the text at each place."""
    places = len(text) - len(phrase) + 1
    agreeing: npt.NDArray[np.int64] = np.sum(
        [text[offset : offset + places] == code for offset, code in enumerate(phrase)], axis=0
    )
    return agreeing
