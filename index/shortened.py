"""A short form that stands nowhere -> what stands there and is shortened so: 社团 -> 社会团体, 综保区 -> 综合保税区."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator

import numpy as np

from corpus import CHINESE
from index.found import Mask
from index.letters import BETWEEN, NO_LETTER, Places, points
from index.texts import Texts

LONGEST = 6  # letters of a short form
SKIPPED = 5  # letters left out between two of them
BEHIND = 2  # letters left out behind the last
BODIES = {"联": "联合会", "委": "委员会", "协": "协会"}  # what the last letter of a body's short form is for
EACH = 20  # places of one spelling that are looked at

_NEVER = re.compile(rf"[\d不非无未没]|^{CHINESE}|{CHINESE}[年月日天项条个]")  # 保存三年 is no 保存期限为三十年
SearchWords = Callable[[str], Iterable[str]]


def spread(short: str, texts: Texts) -> Iterator[tuple[Places, int]]:
    """Where its letters stand in order in one row, some left out between them, by the length of all that; no two of the
    places of one begin together."""
    codes = points(short)
    if not 2 <= len(codes) <= LONGEST or (codes >= NO_LETTER).any() or _NEVER.search(short):
        return
    letters = texts.letters
    places = texts.places(codes[:1]).astype(np.int64)
    at = places
    for code in codes[1:].tolist():
        ahead = at[:, None] + np.arange(1, SKIPPED + 2)
        given = np.where(ahead < len(letters), letters[np.minimum(ahead, len(letters) - 1)], ord(BETWEEN))
        found = (given == code) & (np.cumsum(given == ord(BETWEEN), axis=1) == 0)
        has = found.any(axis=1)
        places, at = places[has], (at + 1 + found.argmax(axis=1))[has]
    lengths = at - places + 1
    for length in np.unique(lengths[lengths > len(codes)]).tolist():
        yield places[lengths == length].astype(np.int32), length


def whole_forms(
    short: str,
    texts: Texts,
    asked: Mask | None,
    row_text: Callable[[int], str],
    ends: Callable[[str], Collection[int]],
    words: SearchWords,
) -> list[str]:
    """Each phrase of the rows asked, in whole words, that is shortened to it, once; `ends` tells where words of a text
    begin and end, `words` those inside a phrase."""
    found: dict[str, None] = {}
    for places, length in spread(short, texts):
        for _, row, start, end in texts.occurrences(places, length, EACH, asked):
            text = row_text(row)[max(0, start - LONGEST) : end + BEHIND + LONGEST]
            first = min(start, LONGEST)
            bounds = ends(text)
            last = next((at for at in range(first + length, first + length + BEHIND + 1) if at in bounds), None)
            phrase = text[first:last] if first in bounds and last else ""
            if phrase and phrase not in found and is_shortened(short, phrase, words(phrase)):
                found[phrase] = None
    return list(found)


def is_shortened(short: str, whole: str, words: Iterable[str]) -> bool:
    """Each letter of the short form begins a word of the whole, goes on with the letter before it, or, the last one, ends
    the whole; the last stands in its last word, and no word between is left out for two letters."""
    spans = {one.span() for word in words for one in re.finditer(re.escape(word), whole)}
    begins = {start for start, _ in spans}
    for places in _placed(short, whole, begins | {0}):
        last = max((start for start, end in spans if start <= places[-1] < end == len(whole)), default=0)
        left_out = any(0 < start < last for start in begins)
        if last and (len(short) > 2 or not left_out or is_body(short, whole)):
            return True
    return False


def is_body(short: str, whole: str) -> bool:
    """妇联 for 妇女联合会."""
    return whole.endswith(BODIES.get(short[-1], "\0"))


def _placed(short: str, whole: str, begins: Collection[int]) -> list[tuple[int, ...]]:
    """The places at which its letters may stand in the whole."""
    found: list[tuple[int, ...]] = [(0,)] if whole[:1] == short[:1] else []
    for at, letter in enumerate(short[1:], start=1):
        ends = {len(whole) - 1} if at == len(short) - 1 else set()
        found = [
            (*places, place)
            for places in found
            for place in sorted({places[-1] + 1, *begins, *ends})
            if place > places[-1] and whole[place : place + 1] == letter
        ]
    return found
