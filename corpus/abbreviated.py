"""Titles as people shorten them: 场景方案 for 《某省加快新场景建设应用行动方案》, 任务清单 for an attachment called so."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from corpus.titles import KINDS, is_general

SHORTEST = 2  # letters of a title that stand side by side
REACH = 30  # letters before the word for its kind that are looked at

_KIND = re.compile(f"(?:{KINDS})")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_BETWEEN = re.compile(r"的?(?:[那这][个份件部]?)?$")  # 给四川的那个函
_BEGINS = re.compile(r"(?:^|[的和与跟比在按照据给看]|[那这][个份件部])$")
_GOES_ON = re.compile(r"[里中内上第\d]|序号")

Place = tuple[int, int, tuple[str, ...]]  # [start, end) of letters, and the ids of the documents


class Abbreviated:
    """`titles` are letters alone, folded, each with the id of its document; an attachment's stands behind the title of
    its document."""

    def __init__(self, titles: Iterable[tuple[str, str]]) -> None:
        self._titles = list(titles)
        self._holding: dict[str, list[int]] = {}
        for at, (title, _) in enumerate(self._titles):
            for pair in {title[place : place + SHORTEST] for place in range(len(title) - 1)}:
                self._holding.setdefault(pair, []).append(at)
        self._best = lru_cache(maxsize=1024)(self._find_best)

    def named_in(self, letters: str, apart: Sequence[bool]) -> list[Place]:
        """What of a question names documents by words of their titles, in order, the last the word for its kind;
        `apart` tells before which letters a mark or a space stands, the end of the question included."""
        found = []
        for kind in _KIND.finditer(letters):
            first = next(at for at in range(kind.start(), -1, -1) if apart[at] or at == kind.start() - REACH)
            left = _BETWEEN.sub("", letters[first : kind.start()])
            taken, ids = self._best(left, kind[0])
            start = first + len(left) - taken
            goes_on = apart[kind.end()] or _GOES_ON.match(letters, kind.end())
            if not taken or not (apart[start] or _BEGINS.search(letters[:start])):
                continue
            words = _YEAR.sub("", left[-taken:])  # a year alone is no word of a title
            if words and (not is_general(words) or (goes_on and start == first)):
                found.append((start, kind.end(), ids))
        return found

    def _find_best(self, left: str, kind: str) -> tuple[int, tuple[str, ...]]:
        """How many letters before the kind are words of a title, and the documents of which the most are."""
        best, ids = 0, dict[str, None]()
        for at in self._holding.get(left[-SHORTEST:], ()) if len(left) >= SHORTEST else ():
            title, id = self._titles[at]
            taken = _taken(left, title[: max(0, title.rfind(kind))])
            if taken > best:
                best, ids = taken, {}
            if taken and taken == best:
                ids[id] = None
        return best, tuple(ids)


def _taken(left: str, title: str) -> int:
    """How many of the last letters are stretches of the title, in its order."""
    end, place = len(left), len(title)
    while end >= SHORTEST:
        length, found = 1, -1
        while length < end and (at := title.rfind(left[end - length - 1 : end], 0, place)) >= 0:
            length, found = length + 1, at
        if found < 0:
            break
        end, place = end - length, found
    return len(left) - end
