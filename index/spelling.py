"""A phrase that stands nowhere -> one that does and is spelt nearly so: 夜间经记 -> 夜间经济."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from index.found import Mask
from index.letters import Array, Places, points
from index.sounds import letters_of, sounds_of
from index.texts import Texts

LONGEST = 20  # characters of a phrase that is compared
SURE = 4  # characters from which one wrong among them is no chance, though it sounds otherwise


class Spellings:
    """The letters of all rows by what they are and by how they sound."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def alike(self, phrase: str) -> Places:
        """Where every phrase begins that sounds like this one or, of SURE characters or more, differs in one; those
        that sound alike first."""
        if not 2 <= len(phrase) <= LONGEST:
            return np.zeros(0, dtype=np.int32)
        same = [points(character) for character in phrase]
        sounding = [self._sounding(sounds_of(character)[0]) for character in phrase]
        found = self._matching(sounding, self._anchored(sounding, [self._best_pair(sounding)]), wrong=0)
        if len(phrase) >= SURE:
            candidates = self._anchored(same, self._two_pairs(same))
            found = np.concatenate((found, self._matching(same, candidates, wrong=1)))
        return found[self._are_phrases(found, len(phrase))]

    def in_letters(self, letters: str) -> list[tuple[Places, int]]:
        """Where every phrase begins whose sounds are written with these Latin letters (yidaiyilu), by its length."""
        found = []
        for first, rest in self._begun(letters):
            for second, left in self._begun(rest):
                places = self._texts.places_of_pairs(first, second)
                found += self._continued(places, 2, left)
        return found

    def _continued(self, places: Places, length: int, letters: str) -> list[tuple[Places, int]]:
        """Phrases that go on after so many characters as the letters do."""
        if not letters:
            return [(places[self._texts.are_together(places, length)], length)]
        if not len(places) or length == LONGEST:
            return []
        following = self._following(places, length)
        return [
            one
            for sounding, left in self._begun(letters)
            for one in self._continued(places[np.isin(following, sounding)], length + 1, left)
        ]

    def _begun(self, letters: str) -> list[tuple[Array, str]]:
        """The characters that the first of the Latin letters may write, and the letters after them."""
        lengths = range(1, min(len(letters), self._longest) + 1)
        return [(self._written[letters[:n]], letters[n:]) for n in lengths if letters[:n] in self._written]

    def _following(self, places: Places, offset: int) -> Array:
        at = places + offset
        inside = at < len(self._texts.letters)
        return np.where(inside, self._texts.letters[np.where(inside, at, 0)], 0)

    def _sounding(self, sound: int) -> Array:
        return self._by_sound.get(sound, np.zeros(0, dtype=self._texts.letters.dtype))

    def _best_pair(self, wanted: Sequence[Array], but: int = -2) -> int:
        """The neighbours that stand together in the fewest places; not those at or beside `but`."""
        pairs = [at for at in range(len(wanted) - 1) if abs(at - but) > 1]
        return min(pairs, key=lambda at: self._texts.count_of_pairs(*self._letters(wanted, at)))

    def _two_pairs(self, wanted: Sequence[Array]) -> list[int]:
        """Two that share no character: where one is wrong, one of them is right."""
        if len(wanted) == SURE:
            return [0, 2]
        best = self._best_pair(wanted)
        apart = [at for at in range(len(wanted) - 1) if abs(at - best) > 1]
        return [best, min(apart, key=lambda at: self._texts.count_of_pairs(*self._letters(wanted, at)))]

    def _letters(self, wanted: Sequence[Array], at: int) -> tuple[Array, Array]:
        kind = self._texts.letters.dtype
        first, second = (one[one <= np.iinfo(kind).max].astype(kind) for one in (wanted[at], wanted[at + 1]))
        return first, second

    def _anchored(self, wanted: Sequence[Array], pairs: Sequence[int]) -> Places:
        """Where a phrase may begin that has one of these pairs."""
        begun = [self._texts.places_of_pairs(*self._letters(wanted, at)) - at for at in pairs]
        found = np.unique(np.concatenate(begun))
        return found[(found >= 0) & (found <= len(self._texts.letters) - len(wanted))]

    def _matching(self, wanted: Sequence[Array], places: Places, *, wrong: int) -> Places:
        """Those of the places with just so many wrong characters."""
        missed = np.zeros(len(places), dtype=np.int8)
        for offset, characters in enumerate(wanted):
            letters = self._texts.letters[places + offset]
            if len(characters) == 1:
                missed += letters != characters[0]
            else:
                missed += ~np.isin(letters, characters, kind="table")
            kept = missed <= wrong
            places, missed = places[kept], missed[kept]
        return np.asarray(places[missed == wrong])

    def _are_phrases(self, places: Places, length: int) -> Mask:
        """Letters and digits follow each other there, and nothing else."""
        right = self._texts.are_together(places, length)
        for offset in range(length):
            letters = self._texts.letters[places + offset]
            right &= ~np.isin(letters, self._marks)
        return right

    @cached_property
    def _characters(self) -> Array:
        """Each letter that stands somewhere."""
        codes = self._texts.codes
        return np.unique(codes >> codes.dtype.type(codes.dtype.itemsize * 4)).astype(self._texts.letters.dtype)

    def _character(self, code: int) -> str:
        return self._texts.written(np.array([code], dtype=np.uint32))

    @cached_property
    def _marks(self) -> Array:
        """Those that are neither letters nor digits; what ends a row, too."""
        marks = [code for code in self._characters.tolist() if not self._character(code).isalnum()]
        return np.array([0, *marks], dtype=self._characters.dtype)

    @cached_property
    def _by_sound(self) -> dict[int, Array]:
        sounds: dict[int, list[int]] = {}
        for code in self._characters.tolist():
            sounds.setdefault(sounds_of(self._character(code))[0], []).append(code)
        return {sound: np.array(codes, dtype=self._characters.dtype) for sound, codes in sounds.items()}

    @cached_property
    def _written(self) -> dict[str, Array]:
        """The characters that each Latin spelling writes."""
        spelt: dict[str, list[int]] = {}
        for code in self._characters.tolist():
            spelt.setdefault(letters_of(self._character(code)), []).append(code)
        return {letters: np.array(codes, dtype=self._characters.dtype) for letters, codes in spelt.items()}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._written), default=0)
