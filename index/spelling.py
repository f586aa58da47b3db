"""A phrase that stands nowhere -> one that does and is spelt nearly so: 夜间经记 -> 夜间经济."""

import os
from collections import Counter
from functools import cache

import numpy as np
import numpy.typing as npt

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # single characters are enough, and load at once

from pypinyin import lazy_pinyin

LONGEST = 20  # characters of a phrase that is compared
SURE = 4  # characters from which one wrong among them is no chance, though it sounds otherwise

Codes = npt.NDArray[np.int64]


class Spellings:
    """The rows of a text by code point and by sound; `joined` holds them with something between that no phrase has."""

    def __init__(self, joined: str) -> None:
        self._joined = joined
        self._points = _points(joined)
        self._sounds = _sounds(joined)

    def nearest(self, phrase: str) -> tuple[int, int] | None:
        """[start, end) in the text of what the phrase may have been meant for: all its characters sound alike, or, of
        SURE or more, all but one are the same; the most frequent, then the first. None where nothing is so near."""
        if not 2 <= len(phrase) <= min(LONGEST, len(self._joined)):
            return None
        same = _agreeing(self._points, _points(phrase))
        alike = _agreeing(self._sounds, _sounds(phrase))
        for near in (alike == len(phrase), (same == len(phrase) - 1) & (len(phrase) >= SURE)):
            if places := [int(at) for at in np.flatnonzero(near) if self._is_phrase(int(at), len(phrase))]:
                spelt = [self._joined[at : at + len(phrase)] for at in places]
                at = places[spelt.index(Counter(spelt).most_common(1)[0][0])]
                return at, at + len(phrase)
        return None

    def _is_phrase(self, at: int, length: int) -> bool:
        return all(character.isalnum() for character in self._joined[at : at + length])


def _agreeing(text: Codes, phrase: Codes) -> npt.NDArray[np.int64]:
    """(places,) how many characters of the phrase agree with the text at each place."""
    places = len(text) - len(phrase) + 1
    agreeing: npt.NDArray[np.int64] = np.sum(
        [text[offset : offset + places] == code for offset, code in enumerate(phrase)], axis=0
    )
    return agreeing


def _points(text: str) -> Codes:
    return np.fromiter(map(ord, text), dtype=np.int64, count=len(text))


def _sounds(text: str) -> Codes:
    """One number for all characters of one sound, tones apart; a character without one is its own."""
    return np.fromiter((_sound(character) for character in text), dtype=np.int64, count=len(text))


@cache
def _sound(character: str) -> int:
    """The sound's letters as a negative number, so that none is a code point."""
    (sound,) = lazy_pinyin(character)
    return ord(character) if sound == character else -int.from_bytes(sound.encode()[:7], "big")
