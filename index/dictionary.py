"""jieba's dictionary and words of our own: how often each is used, and the likeliest cut of a text into them.

The same words, frequencies and cuts as jieba's `Tokenizer` gives without its hidden Markov model, from arrays that
a file holds instead of half a million strings.
"""

import hashlib
import importlib.util
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.arrays import Arrays, kept
from index.trie import TRIE_VERSION, Codes, Trie

_FILE = "jieba.safetensors"
_HAN = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)")  # where jieba looks for words
_SPACE = re.compile(r"(\r\n|\s)")
_LATIN = re.compile(r"[a-zA-Z0-9]")


class Dictionary:
    """`folder` keeps the arrays; without one they are made for this process."""

    def __init__(self, folder: Path | None = None) -> None:
        arrays = _kept_arrays(folder) if folder else _own_arrays()
        self._trie, self._total = Trie(arrays), int(arrays["total"][0])
        self._own: dict[str, int] = {}  # and 0 for what only begins them
        self._own_from: dict[str, list[str]] = {}  # a first character -> the words of our own, the shortest first
        self._inside = lru_cache(maxsize=4096)(self._words_inside)  # most of a text is few words
        self._tries: list[Trie] = []  # in which each word stands once, with the count that it has now

    def count(self, word: str) -> int | None:
        """How often the word is used; 0 for what only begins words, None for what does not even that."""
        count = self._own.get(word)
        return self._trie.get(word) if count is None else count

    def frequency(self, word: str) -> float:
        """The same as a share of all words: 0 to 1."""
        return (self.count(word) or 0) / self._total

    def add(self, word: str) -> None:
        """With the count that makes it likelier than its parts."""
        share = 1.0
        for part in self.cut(word):
            share *= self._count_or_1(part) / self._total
        count = max(int(share * self._total) + 1, self._count_or_1(word))
        self._total += count
        if not self._own.get(word):
            self._own_from.setdefault(word[0], []).append(word)
            self._own_from[word[0]].sort(key=len)
        self._own[word] = count
        for end in range(1, len(word)):
            if self.count(word[:end]) is None:
                self._own[word[:end]] = 0
        self._inside.cache_clear()
        self._tries = []

    def _count_or_1(self, word: str) -> int:
        count = self.count(word)
        return 1 if count is None else count

    @property
    def total(self) -> int:
        """The counts of all words together."""
        return self._total

    def everywhere(self, codes: Codes) -> Iterator[tuple[npt.NDArray[Any], int, npt.NDArray[Any]]]:
        """All words of a text, wherever they begin: of one length the places, the length, and the counts."""
        if not self._tries:
            others = {word: count for word, count in self._own.items() if self._trie.get(word) is None}
            known = {word: count for word, count in self._own.items() if word not in others}
            self._tries = [self._trie.renumbered(known), *([Trie(Trie.arrays_of(others))] if others else [])]
        for trie in self._tries:
            yield from trie.everywhere(codes)

    def cut(self, text: str) -> Iterator[str]:
        """The likeliest cut, all of the text in order: words, characters of none, Latin ones together, punctuation."""
        for block in _HAN.split(text):
            if _HAN.match(block):
                yield from self._words(block)
            else:
                for piece in _SPACE.split(block):
                    yield from [piece] if _SPACE.match(piece) else piece

    def cut_for_search(self, text: str) -> Iterator[str]:
        """The same, and before each word the words of two and of three characters inside it."""
        for word in self.cut(text):
            if len(word) > 2:
                yield from self._inside(word)
            yield word

    def _words_inside(self, word: str) -> tuple[str, ...]:
        lengths = [length for length in (2, 3) if length < len(word)]
        inside = [word[at : at + length] for length in lengths for at in range(len(word) - length + 1)]
        return tuple(shorter for shorter in inside if self.count(shorter))

    def _words(self, block: str) -> Iterator[str]:
        start, latin = 0, ""
        for end in self._ends(block):
            word = block[start:end]
            start = end
            if len(word) == 1 and _LATIN.match(word):
                latin += word
                continue
            if latin:
                yield latin
                latin = ""
            yield word
        if latin:
            yield latin

    def _ends(self, block: str) -> Iterator[int]:
        """Where the words of the likeliest cut end: of the cuts from each place on, from the last place to the first."""
        codes = [*map(ord, block)]
        size, whole = len(block), log(self._total)
        best, ends = [0.0] * (size + 1), [0] * size
        for start in range(size - 1, -1, -1):
            found = self._trie.prefixes(codes, start)
            if block[start] in self._own_from:
                found = self._with_own(found, block, start)
            likeliest = -1e300
            for end, count in found or [(start + 1, 1)]:
                likelihood = log(count) - whole + best[end]
                if likelihood >= likeliest:  # of two as likely the longer word
                    likeliest, ends[start] = likelihood, end
            best[start] = likeliest
        at = 0
        while at < size:
            at = ends[at]
            yield at

    def _with_own(self, found: list[tuple[int, int]], block: str, start: int) -> list[tuple[int, int]]:
        own = [word for word in self._own_from[block[start]] if block.startswith(word, start)]
        return sorted({**dict(found), **{start + len(word): self._own[word] for word in own}}.items())


def _jieba_file() -> Path:
    """jieba's dictionary, found without importing jieba, which loads what it needs for other ways to cut."""
    found = importlib.util.find_spec("jieba")
    if not (found and found.origin):
        raise ImportError("没有安装 jieba：pip install jieba==0.42.1")
    return Path(found.origin).parent / "dict.txt"


def _kept_arrays(folder: Path) -> Arrays:
    content = _jieba_file().read_bytes()
    source = f"{TRIE_VERSION} {hashlib.sha256(content).hexdigest()}"
    return kept(folder / _FILE, source, lambda: _arrays_of(content))


@cache
def _own_arrays() -> Arrays:
    """Made once for a process that keeps none."""
    return _arrays_of(_jieba_file().read_bytes())


def _arrays_of(content: bytes) -> Arrays:
    """Of lines such as 认证 1234 vn, in UTF-8."""
    fields = content.decode().split()
    counts = list(map(int, fields[1::3]))
    return {**Trie.arrays_of(dict(zip(fields[::3], counts, strict=True))), "total": np.array([sum(counts)], np.int32)}
