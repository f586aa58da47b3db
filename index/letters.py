"""Texts -> letters and the marks between them, and an inverted index: the places of every pair of letters.

Letters are what punctuation is not; each mark is kept with the number of letters before it.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Arrays = dict[str, Array]
Places = npt.NDArray[Any]  # int32 indexes of letters, in order

BETWEEN = "\0"  # stands after each row and in no phrase
# between digits punctuation means something: 2.0 is not 20
PUNCTUATION = re.compile(r"(?<!\d)[^\w\0]|[^\w\0](?!\d)")
_NARROW = 0x10000  # characters below it take two bytes
_FIRST_SPARE, _SPARE = 0xD800, 0x800  # codes that are no characters: for those few that are beyond 16 bits
NO_LETTER = 0xFFFF


def points(text: str) -> npt.NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def split(rows: Sequence[str]) -> Arrays:
    """The letters of the rows, each row ended by BETWEEN, the marks between them, and where each row starts."""
    joined = "".join(row.replace(BETWEEN, " ") + BETWEEN for row in rows)
    at = np.fromiter((match.start() for match in PUNCTUATION.finditer(joined)), dtype=np.int64)
    every = points(joined)
    kept = np.ones(len(every), dtype=bool)
    kept[at] = False
    letters = every[kept]
    ends = np.flatnonzero(letters == 0)
    return {
        "letters": letters,
        "marks": every[at],
        "gaps": at - np.arange(len(at)),
        "starts": np.concatenate(([0], ends[:-1] + 1)) if len(ends) else np.zeros(0, dtype=np.int64),
    }


def together(several: Sequence[Arrays]) -> Arrays:
    """The rows of several `split`s, in order, and the places of every pair of letters."""
    letters = np.concatenate([one["letters"] for one in several]) if several else np.zeros(0, dtype=np.uint32)
    marks = np.concatenate([one["marks"] for one in several]) if several else np.zeros(0, dtype=np.uint32)
    before = np.cumsum([0, *(len(one["letters"]) for one in several)])
    rare = np.unique(np.concatenate((letters[letters >= _NARROW], marks[marks >= _NARROW])))
    kind = np.uint16 if len(rare) <= _SPARE else np.uint32
    if kind == np.uint16:
        letters, marks = narrowed(letters, rare), narrowed(marks, rare)
    moved = {
        name: np.concatenate([one[name] + offset for one, offset in zip(several, before, strict=False)])
        if several
        else np.zeros(0)
        for name in ("gaps", "starts")
    }
    letters = letters.astype(kind)
    return {
        "letters": letters,
        "marks": marks.astype(kind),
        "rare": rare if kind == np.uint16 else rare[:0],
        "gaps": moved["gaps"].astype(np.int32),
        "starts": moved["starts"].astype(np.int32),
        **_pairs(letters),
    }


def narrowed(codes: Array, rare: Array) -> Array:
    """Characters beyond 16 bits as codes that are no characters; one that is not among the `rare` as none at all."""
    wide = codes >= _NARROW
    if not wide.any():
        return codes
    at = np.searchsorted(rare, codes[wide])
    known = np.isin(codes[wide], rare)
    found = codes.copy()
    found[wide] = np.where(known, _FIRST_SPARE + at, NO_LETTER)
    return found


def widened(codes: Array, rare: Array) -> Array:
    """The reverse."""
    found = codes.astype(np.uint32)
    spare = (found >= _FIRST_SPARE) & (found < _FIRST_SPARE + len(rare))
    found[spare] = rare[found[spare] - _FIRST_SPARE]
    return found


def _pairs(letters: Array) -> Arrays:
    """Each pair of neighbours that begins with a letter, in order, and its places."""
    first, second = letters[:-1], letters[1:]
    order = np.argsort(second, kind="stable")  # by 16 bits twice: numpy's radix sort
    order = order[np.argsort(first[order], kind="stable")]
    order = order[int(np.count_nonzero(first == 0)) :].astype(np.int32)  # none begins with BETWEEN
    codes = code_of(first[order], second[order])
    new = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1]))) if len(codes) else np.zeros(0, np.int64)
    return {"codes": codes[new], "begins": np.append(new, len(codes)).astype(np.int32), "places": order}


def code_of(first: Array, second: Array) -> Array:
    """One number for a pair: 32 bits where a letter has 16."""
    if first.dtype == np.uint16:
        return (first.astype(np.uint32) << np.uint32(16)) | second.astype(np.uint32)
    return (first.astype(np.uint64) << np.uint64(32)) | second.astype(np.uint64)
