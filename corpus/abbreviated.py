"""Titles as people shorten them: 场景方案 for 《某省加快新场景建设应用行动方案》, 任务清单 for an attachment called so, 综保区意见 by
letters of their words."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from corpus.titles import KINDS, is_general

SHORTEST = 2  # letters of a title that stand side by side
REACH = 30  # letters before the word for its kind that are looked at
CLIPPED = range(4, 1, -1)  # letters that stand for words
ACROSS = 8  # letters of the words that they stand for, at most

_FILE = "文件"  # any document, where it is pointed at: 养老那个文件
_KIND = re.compile(f"(?:{KINDS}|安排|(?<=[那这][个份件]){_FILE})")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_BETWEEN = re.compile(r"的?(?:[那这][个份件部]?)?$")  # 给四川的那个函
_BEGINS = re.compile(
    r"(?:^那?|[的和与跟比在按照据给看有请把问拿查翻对里说这那]|[那这]几?[个份件部]|违反|依照|新[旧老](?:两[版部])?)$"
)
_BESIDE = re.compile(f"(?:{KINDS}|安排)[和与跟及]$")
_COUNTED = re.compile("[两二三四五六七八九十](?:项|个|类|大|部|份|件)$")
_LONGER = 4  # letters of a word that a kind may only begin: 法院
_ENDS = re.compile("(?:法?实施)?$")
_GOES_ON = re.compile(r"[里中内上第\d]|序号")

Place = tuple[int, int, tuple[str, ...]]  # [start, end) of letters, and the ids of the documents
Words = Callable[[str], Iterable[str]]


class Abbreviated:
    """`titles` are letters alone, folded, each with the id of its document; an attachment's stands behind the title of
    its document. `words` are those of a title, and the shorter ones inside them."""

    def __init__(self, titles: Iterable[tuple[str, str]], words: Words) -> None:
        self._titles, self._words = list(titles), words
        self._holding: dict[str, list[int]] = {}
        for at, (title, _) in enumerate(self._titles):
            for pair in {title[place : place + SHORTEST] for place in range(len(title) - 1)}:
                self._holding.setdefault(pair, []).append(at)
        self._best = lru_cache(maxsize=1024)(self._find_best)

    def named_in(self, letters: str, apart: Sequence[bool], behind: Collection[int] = ()) -> list[Place]:
        """What of a question names documents by words of their titles, in order, the last the word for its kind;
        `apart` tells before which letters a mark or a space stands, the end of the question included, `behind` before
        which a year does."""
        found = []
        for kind in _KIND.finditer(letters):
            ahead = letters[kind.start() :][:_LONGER]
            if any(word != kind[0] and word.startswith(kind[0]) for word in self._words(ahead)):
                continue
            first = next(at for at in range(kind.start(), -1, -1) if apart[at] or at == kind.start() - REACH)
            left = _BETWEEN.sub("", letters[first : kind.start()])
            goes_on = bool(apart[kind.end()] or _GOES_ON.match(letters, kind.end()))
            year = max((at for at in behind if first < at < first + len(left)), default=first)
            for begin, clipped in dict.fromkeys((at, clipped) for at in (first, year) for clipped in (False, True)):
                taken, ids = self._best(left[begin - first :], kind[0], clipped)
                start = first + len(left) - taken
                if not taken or not (apart[start] or start in behind or _BEGINS.search(letters[:start])):
                    continue  # 今年稳外资方案: 年稳外资 stands there, too
                words = _YEAR.sub("", left[-taken:])  # a year alone is no word of a title
                leads = start == first or _BESIDE.search(letters[:start])
                if words and (not is_general(words) or (goes_on and leads)):
                    found.append((start, kind.end(), ids))
                    break
        return found

    def _find_best(self, left: str, kind: str, clipped: bool) -> tuple[int, tuple[str, ...]]:
        """How many letters before the kind are words of a title, and the documents of which the most are; of letters
        that stand for words, only where that is one title, of one document or of several editions."""
        best, ids = 0, dict[str, str]()
        for at in self._candidates(left, clipped):
            title, id = self._titles[at]
            before = title if kind == _FILE else title[: max(0, title.rfind(kind))]
            taken = _taken(left, before, self._bounds[at] if clipped else frozenset(), self._words)
            if taken > best:
                best, ids = taken, {}
            if taken and taken == best:
                ids[id] = title
        ids = {
            id: title for id, title in ids.items() if title.endswith(kind)
        } or ids  # 保密法 is not 保守国家秘密法实施条例
        return (0, ()) if clipped and len(set(ids.values())) > 1 else (best, tuple(ids))

    def _candidates(self, left: str, clipped: bool) -> Iterable[int]:
        if len(left) < SHORTEST:
            return ()
        literal = self._holding.get(left[-SHORTEST:], ())
        if not clipped:
            return literal
        ends = {left[-length] + left[-1] for length in CLIPPED if length <= len(left)}
        return sorted({*literal, *(at for pair in ends for at in self._clipped.get(pair, ()))})

    @cached_property
    def _bounds(self) -> list[frozenset[int]]:
        """Of each title the places of the first and, as -1 - place, of the last letters of its words."""
        return [frozenset(_word_bounds(title, self._words(title))) for title, _ in self._titles]

    @cached_property
    def _clipped(self) -> dict[str, list[int]]:
        """The first and the last letter of what may stand for words of a title -> the titles."""
        found: dict[str, dict[int, None]] = {}
        for at, ((title, _), bounds) in enumerate(zip(self._titles, self._bounds, strict=True)):
            for start in (place for place in bounds if place >= 0):
                for end in range(start + SHORTEST, min(start + ACROSS, len(title))):
                    if end in bounds or -1 - end in bounds:
                        found.setdefault(title[start] + title[end], {})[at] = None
        return {pair: list(several) for pair, several in found.items()}


def shortens(typed: str, title: str) -> bool:
    """All of it are words of the title, in its order, the last the word for its kind."""
    kind = next((one[0] for one in _KIND.finditer(typed) if one.end() == len(typed)), "")
    left, before = _BETWEEN.sub("", typed.removesuffix(kind)), title[: max(0, title.rfind(kind))]
    return bool(kind and left) and _taken(left, before) == len(left)


def _word_bounds(title: str, words: Iterable[str]) -> Iterator[int]:
    for word in dict.fromkeys(words):
        at = title.find(word)
        while at >= 0:
            yield from (at, -(at + len(word)))
            at = title.find(word, at + 1)


def _taken(left: str, title: str, bounds: frozenset[int] = frozenset(), words: Words = lambda clip: ()) -> int:
    """How many of the last letters are stretches of the title, in its order, or, with the bounds of its words, letters
    that stand for such. With bounds a stretch may begin a letter later: 医保|缴费, though 保缴费 stands in 参保缴费."""
    end, place = len(left), len(title)
    while end >= SHORTEST:
        length, found = _stretch(left[:end], title[:place])
        if bounds and length > SHORTEST and end - length > 0:
            shorter = title.rfind(left[end - length + 1 : end], 0, place)
            clip, before = _clip(left[: end - length + 1], title[:shorter], bounds, words)
            plainly = length + _next(left[: end - length], title[:found], bounds, words)
            if before >= 0 and plainly <= length - 1 + clip:  # 职教|联席会议 is not 职|教联|席会议
                length, found = length - 1 + clip, before
        if found < 0 and bounds:
            length, found = _clip(left[:end], title[:place], bounds, words)
        if found < 0:
            break
        end, place = end - length, found
        if left[:end].endswith("的") and left[max(0, end - 1 - SHORTEST) : end - 1] in title[:place]:
            end -= 1  # 引进人才入户的管理办法
        elif (counted := _COUNTED.search(left[:end])) and _may_count(left[: counted.start()], title[:place]):
            end = counted.start()  # 执法三项制度意见
    return len(left) - end


def _next(left: str, title: str, bounds: frozenset[int], words: Words) -> int:
    """How many more letters before are taken at once."""
    length, found = _stretch(left, title) if len(left) >= SHORTEST else (0, -1)
    return length if found >= 0 else _clip(left, title, bounds, words)[0]


def _may_count(before: str, title: str) -> bool:
    """执法|三项: more words of the title stand there, or none do."""
    return before[-SHORTEST:] in title or _BEGINS.search(before) is not None


def _stretch(left: str, title: str) -> tuple[int, int]:
    """How many of the last letters, two or more, stand side by side in the title, and where the last time."""
    end, length, found = len(left), 1, -1
    while length < end and (at := title.rfind(left[end - length - 1 :])) >= 0:
        length, found = length + 1, at
    return length, found


def _clip(left: str, title: str, bounds: frozenset[int], words: Words) -> tuple[int, int]:
    """How many of the last letters stand for words of the title, and where these begin: 综保区 for 综合保税区, from the first
    letter of a word to the first or the last of another. What is a word itself, 刑诉, stands for two side by side alone, or
    for those with which the title ends here: 保密|法实施条例 for 保守国家秘密法实施条例."""
    for length in CLIPPED:
        clip = left[-length:]
        if length > len(left):
            continue
        known = clip in words(clip)
        inner = re.compile("[^\0]*?".join(map(re.escape, clip[:-1])))
        for start in sorted((place for place in bounds if 0 <= place < len(title)), reverse=True):
            before = inner.match(title, start, start + ACROSS)
            for end in range(start + length, min(start + ACROSS, len(title))) if before else ():
                spans = before is not None and end >= before.end() and (end in bounds or -1 - end in bounds)
                beside = (
                    not known
                    or _ENDS.match(title, end + 1)
                    or (end in bounds and title[start:end] in words(title[start:end]))
                )
                if title[end] == clip[-1] and spans and beside:
                    return length, start
    return 0, -1
