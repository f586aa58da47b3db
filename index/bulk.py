"""Many texts cut at once, by arrays over all their characters: the words that `Dictionary.cut_for_search` gives of each.

Every place of the texts goes down the dictionary's tree together with all others; then the likeliest cuts of all stretches
are found side by side, those places first that are nearest to the end of theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from index.dictionary import Dictionary
from index.found import Mask
from index.letters import Array, Places, points
from index.trie import Codes

BETWEEN = "\n"  # stands after each text and in no word
UNKNOWN = -1e300  # below any likelihood
_PACKED = 3  # characters of 21 bits that one number holds

# where jieba looks for words; the rest is cut into characters
_IN_BLOCK = np.zeros(0x10000, dtype=bool)
_IN_BLOCK[0x4E00:0x9FD6] = True
_LATIN = np.zeros(0x10000, dtype=bool)
_LATIN[[code for code in range(128) if chr(code).isalnum()]] = True
_IN_BLOCK[[*np.flatnonzero(_LATIN), *map(ord, "+#&._%-")]] = True


@dataclass(frozen=True, slots=True)
class Cut:
    """The words of several texts, each different one once."""

    words: tuple[str, ...]
    tokens: Array  # (words of all texts,) int32, numbers of `words`
    counts: Array  # (texts,) int32, how many of the tokens are each text's


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Parts of all texts joined: where each begins and how many characters it has."""

    begins: Places
    lengths: Places

    def chosen(self, mask: Mask) -> "_Pieces":
        return _Pieces(self.begins[mask], self.lengths[mask])


def cut_all(texts: Sequence[str], dictionary: Dictionary) -> Cut:
    """What `cut_for_search` gives of each text, without pieces that hold no letter and no digit."""
    joined = "".join(text + BETWEEN for text in texts)
    codes = points(joined)
    in_block, is_word = _of(_IN_BLOCK, codes), np.strings.isalnum(codes.view("<U1"))
    inside = np.where(in_block, codes, 0).astype(np.uint32)  # no word begins with 0
    every = [*dictionary.everywhere(inside)]
    steps = _steps(every, in_block, log(dictionary.total))
    words = _words(steps, in_block, in_block | is_word, _of(_LATIN, codes))
    pieces = _with_shorter(words, [(places, length) for places, length, _ in every if length in (2, 3)], len(codes))
    before = np.concatenate(([0], np.cumsum(is_word)))
    pieces = pieces.chosen(before[pieces.begins + pieces.lengths] > before[pieces.begins])
    ends = np.cumsum([len(text) + 1 for text in texts])
    counts = np.bincount(np.searchsorted(ends, pieces.begins, side="right"), minlength=len(texts))
    return Cut(*_numbered(pieces, codes, joined), counts.astype(np.int32))


def _of(kind: Mask, codes: Codes) -> Mask:
    return np.asarray(kind[np.minimum(codes, 0xFFFF)])


# The likeliest cut


def _steps(every: Sequence[tuple[Places, int, Array]], in_block: Mask, whole: float) -> Places:
    """(characters,): how long the word is that the likeliest cut from there on begins with; of two as likely the longer.
    Of each word the logarithm of its count over that of all, `whole`, is added up."""
    known = ~in_block
    for places, _, _ in every:
        known[places] = True
    alone = np.flatnonzero(~known)  # no word begins there
    found = sorted([*every, (alone, 1, np.ones(len(alone), dtype=np.int32))], key=lambda one: one[1])
    at = np.concatenate([places for places, _, _ in found])
    length = np.repeat([one for _, one, _ in found], [len(places) for places, _, _ in found])
    likelihood = _logarithms(np.concatenate([counts for _, _, counts in found])) - whole
    left = _to_end(in_block)[at]
    order = np.argsort(left.astype(np.uint16) if left.max(initial=0) < 0x10000 else left, kind="stable")
    at, length, likelihood, left = at[order], length[order], likelihood[order], left[order]
    best = np.where(in_block, UNKNOWN, 0.0)
    steps = np.zeros(len(in_block), dtype=np.int32)
    new = np.flatnonzero((np.diff(left) != 0) | (np.diff(length) != 0)) + 1
    for begin, end in zip([0, *new.tolist()], [*new.tolist(), len(at)], strict=True):
        here, size = at[begin:end], length[begin:end]
        through, without = likelihood[begin:end] + best[here + size], best[here]
        better = through >= without
        best[here], steps[here] = np.where(better, through, without), np.where(better, size, steps[here])
    return steps


def _logarithms(counts: Array) -> npt.NDArray[np.float64]:
    """Python's, which may differ from numpy's in the last bit."""
    different, inverse = np.unique(counts, return_inverse=True)
    return np.array([log(count) for count in different.tolist()], dtype=np.float64)[inverse]


def _to_end(in_block: Mask) -> Places:
    """(characters,): how far it is to the next that is in no block."""
    places = np.arange(len(in_block))
    outside = np.where(in_block, len(in_block), places)
    return np.asarray(np.minimum.accumulate(outside[::-1])[::-1] - places)


def _words(steps: Places, in_block: Mask, said: Mask, latin: Mask) -> _Pieces:
    """The words of the likeliest cuts; what is in no block but `said` one by one, single Latin letters together."""
    begins = said & ~in_block
    at = np.flatnonzero(in_block & ~np.concatenate(([False], in_block[:-1])))
    while len(at):
        begins[at] = True
        at = at + steps[at]
        at = at[in_block[at]]
    first = np.flatnonzero(begins)
    lengths = np.where(in_block[first], steps[first], 1)
    single = latin[first] & (lengths == 1)
    goes_on = np.zeros(len(first), dtype=bool)
    goes_on[1:] = single[1:] & single[:-1] & (np.diff(first) == 1)
    total = np.add.reduceat(lengths, np.flatnonzero(~goes_on)) if len(first) else lengths
    return _Pieces(first[~goes_on], total)


def _with_shorter(words: _Pieces, shorter: Sequence[tuple[Places, int]], size: int) -> _Pieces:
    """Before each word the words of two and then those of three characters that are in it."""
    owner = np.zeros(size, dtype=np.int64)
    owner[words.begins] = 1
    owner = np.cumsum(owner) - 1
    begins, lengths, rank = [], [], []
    for places, length in shorter:
        own = owner[places]
        within = (words.lengths[own] > length) & (places + length <= words.begins[own] + words.lengths[own])
        begins.append(places[within])
        lengths.append(np.full(len(begins[-1]), length))
        rank.append(own[within] * 3 + length - 2)
    begins, lengths = [*begins, words.begins], [*lengths, words.lengths]
    rank.append(np.arange(len(words.begins)) * 3 + 2)
    begin, key = np.concatenate(begins), np.concatenate(rank)
    order = np.lexsort((begin, key))
    return _Pieces(begin[order], np.concatenate(lengths)[order])


# Words as numbers


def _numbered(pieces: _Pieces, codes: Codes, joined: str) -> tuple[tuple[str, ...], Array]:
    tokens = np.zeros(len(pieces.begins), dtype=np.int32)
    short = pieces.lengths <= _PACKED
    packed, numbers = np.unique(_packed(pieces.chosen(short), codes), return_inverse=True)
    tokens[short] = numbers
    shift = np.arange(_PACKED, dtype=np.uint64)[::-1] * np.uint64(21)
    letters = ((packed[:, None] >> shift) & np.uint64(0x1FFFFF)).astype(np.uint32)
    words: list[str] = letters.view(f"<U{_PACKED}").ravel().tolist()
    long: dict[str, int] = {}
    begins, ends = pieces.begins[~short], (pieces.begins + pieces.lengths)[~short]
    found = (joined[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True))
    tokens[~short] = [len(words) + long.setdefault(word, len(long)) for word in found]
    return (*words, *long), tokens


def _packed(pieces: _Pieces, codes: Codes) -> npt.NDArray[np.uint64]:
    """Each word's characters as one number."""
    packed = np.zeros(len(pieces.begins), dtype=np.uint64)
    for place in range(_PACKED):
        there = np.minimum(pieces.begins + place, len(codes) - 1)
        packed = (packed << np.uint64(21)) | np.where(pieces.lengths > place, codes[there], 0).astype(np.uint64)
    return packed
