"""Two wordings of one text: the words that were removed and those that were added."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus import fold
from index.tokens import Segmenter

LONGEST = 2000  # words of a text that are compared one by one; what follows in a longer one is all removed and added

Stretch = tuple[int, int]  # [start, end) of the text


@dataclass(frozen=True, slots=True)
class Words:
    """Where they stand in the text before and in the text after; words side by side are one stretch."""

    removed: tuple[Stretch, ...]
    added: tuple[Stretch, ...]


def differing(before: str, after: str, segmenter: Segmenter) -> Words:
    """新建公办幼儿园6所 and 新建公办幼儿园4所 -> 6; 4. Script, width and punctuation are no difference."""
    one, other = _words(before, segmenter), _words(after, segmenter)
    matcher = SequenceMatcher(None, [word for word, *_ in one[:LONGEST]], [word for word, *_ in other[:LONGEST]], False)
    removed, added = one[LONGEST:], other[LONGEST:]
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind != "equal":
            removed, added = removed + one[first:last], added + other[begin:end]
    return Words(_joined(removed, before), _joined(added, after))


_Word = tuple[str, int, int]  # folded, and where it stands


def _words(text: str, segmenter: Segmenter) -> list[_Word]:
    found: list[_Word] = []
    end = 0
    for piece in segmenter.pieces(fold(text)):
        begin, end = end, end + len(piece)
        if any(character.isalnum() for character in piece):
            found.append((piece, begin, end))
    return found


def _joined(words: Sequence[_Word], text: str) -> tuple[Stretch, ...]:
    """Those with nothing but spaces between them together."""
    joined: list[Stretch] = []
    for _, begin, end in sorted(words, key=lambda word: word[1]):
        if joined and not text[joined[-1][1] : begin].strip():
            joined[-1] = joined[-1][0], end
        else:
            joined.append((begin, end))
    return tuple(joined)
