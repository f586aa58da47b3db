"""How a character sounds: its commonest reading, without the tone.

`sounds.txt` has a line for each sound, its letters and its characters: the single characters of pypinyin's dictionary,
to which a test holds it. pypinyin itself takes 12 MB and longer to load than all questions of a day to read.
"""

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]

_FILE = Path(__file__).with_name("sounds.txt")


def letters_of(character: str) -> str:
    """国 -> guo; a character that has no sound is its own."""
    sounds, numbers = _table()
    code = ord(character)
    return sounds[numbers[code]] if code < len(numbers) and numbers[code] else character


def sounds_of(text: str) -> tuple[int, ...]:
    """A number for the sound of each character, tones apart; those that sound alike have the same."""
    return tuple(sound_codes(text).tolist())


def sound_codes(text: str) -> Codes:
    """The same as an array: below 0, so that none is a code point; a character without a sound is its own code point."""
    _, numbers = _table()
    codes = points(text)
    sounds = numbers[np.minimum(codes, len(numbers) - 1)].astype(np.int64)
    return np.where((sounds > 0) & (codes < len(numbers)), -sounds, codes)


def points(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)


@cache
def _table() -> tuple[list[str], npt.NDArray[np.uint16]]:
    """The sounds' letters, and of each code point the number of its sound; 0 is none."""
    lines = [line.split(" ") for line in _FILE.read_text(encoding="utf-8").splitlines()]
    codes = [points(characters) for _, characters in lines]
    numbers = np.zeros(max(int(some.max()) for some in codes) + 1, dtype=np.uint16)
    for number, some in enumerate(codes, start=1):
        numbers[some] = number
    return ["", *(letters for letters, _ in lines)], numbers
