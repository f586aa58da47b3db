"""Documents as people describe them: 稳就业那个意见, 那个无废城市的方案, 农机转型升级那份文件. Most of the letters before or after the
pointing word stand in one title, in its order, and there are no others in which as many do."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from corpus.numbering import to_int
from corpus.shelf import Joined
from corpus.titles import ANY_FILE, KINDS, is_general, place_of

REACH = 16  # letters of a description
SHARE = 0.6  # of them that stand in the title
WRITTEN = 0.8  # where it is written as a title is: 关于推进某事的意见
MOST = 5  # descriptions in a question
CORE = 4  # letters of a part of a title that names it without a word for its kind
SHORTEST = 2  # letters that stand there side by side

_KIND = f"(?:司法解释|{KINDS}|政策|材料|{ANY_FILE})"
_YEAR = r"(?:20\d\d年?度?(?:印?发|出台?)?的?)?"
_POINTING = "(?:那|这)(?:个|份|部|项|件|张|套|篇)"
_BEFORE = re.compile(
    rf"(?P<words>[一-鿿a-z]{{2,{REACH}}}?)(?:20\d\d年?)?的?{_POINTING}{_YEAR}(?P<kind>[一-鿿]{{0,4}}?{_KIND})"
)
_AFTER = re.compile(rf"{_POINTING}{_YEAR}(?P<words>[一-鿿a-z]{{2,{REACH}}}?)的?(?P<kind>{_KIND})(?![一-鿿]?{_KIND})")

_INSIDE = re.compile(rf"(?P<words>[一-鿿a-z]{{{CORE},{REACH}}}?)(?P<kind>{_KIND})(?=[,，]?[里中](?![国央小心]))")

_ONE_OF_ITS_KIND = re.compile(rf"{_POINTING}(?P<name>[一-鿿]{{0,4}}?(?:{KINDS}))(?=[里中上的,，。?？]|第|$)")

_ABOUT = "关于"
_EDGE = r"[\s,，、。;？?和跟与及]"
_PIECE = re.compile(
    rf"(?:^|(?<={_EDGE}))(?P<words>[一-鿿]{{{CORE},{REACH}}}?)"
    rf"(?:的?[这那](?:个|份|部)|(?=[里中]|{_EDGE}|$|分别|[两三四五](?:个|份)(?:{ANY_FILE})))"
)

_OF_A_KIND = re.compile(rf"(?P<count>[两三四五六七八九十])(?:个|份|部|项)(?P<kind>{KINDS}|{ANY_FILE})")
_IN_ONE_BREATH = re.compile("[一-鿿、]*$")
_AND = re.compile("、|以及|[和跟与及]")

_ITS = re.compile("(?:(?:它|其|该|后来|随后|配套|相应)的?)?$")  # 管理办法和|后来的|实施细则

Place = tuple[int, int, tuple[str, ...]]  # [start, end) of the text, and the ids of the documents


def continuing(folded: str, own: str, others: Iterable[tuple[str, str]]) -> Iterator[Place]:
    """管理办法和它的实施细则: what other titles, each with the id of its document, add to one that is named."""
    for title, id in others:
        more = title.rpartition(own)[2] if own in title else ""
        at = folded.find(more) if len(more) > SHORTEST else -1
        if at >= 0:
            its = _ITS.search(folded, 0, at)
            yield (its.start() if its else at, at + len(more), (id,))


def pointed_kind(folded: str) -> tuple[int, int, str] | None:
    """那个|行动方案|里: where a document is pointed at by its kind alone, and what that is called."""
    found = _ONE_OF_ITS_KIND.search(folded)
    return (*found.span(), found["name"]) if found else None


def listed_kinds(folded: str) -> Iterator[tuple[list[tuple[int, int]], str, int]]:
    """助餐、长护险两个办法: where each of so many is named, the word for their kind, and where that ends. The first may have
    other words before it."""
    for found in _OF_A_KIND.finditer(folded):
        count = to_int(found["count"]) or 0
        run = _IN_ONE_BREATH.search(folded, max(0, found.start() - 10 * REACH), found.start())
        start = run.start() if run else found.start()
        ends = [(one.start(), one.end()) for one in _AND.finditer(folded, start, found.start())]
        places = list(zip([start, *(end for _, end in ends)], [*(at for at, _ in ends), found.start()], strict=True))
        if len(places) >= count and all(end - begin >= SHORTEST for begin, end in places[-count:]):
            yield [(max(begin, end - REACH), end) for begin, end in places[-count:]], found["kind"], found.end()


class Described:
    """`titles` are letters alone, folded, each with the id of its document; `aliases` what is typed for what titles say: AI."""

    def __init__(self, titles: Sequence[tuple[str, str]], aliases: Mapping[str, str]) -> None:
        self._titles, self._joined = titles, Joined(title for title, _ in titles)
        self._aliases = {alias: name for alias, name in aliases.items() if alias.isascii() and alias.isalpha()}

    def named_in(self, folded: str) -> list[Place]:
        """Those described beside a pointing word, or in which something is said to be: 残疾人两项补贴办法|里."""
        return [place for place in self._described(folded) if place[2]]

    def cores_in(self, folded: str) -> list[Place]:
        """科研自主权|里, 合法性审核|、政务新媒体|两个文件: what stands between marks and small words and is a part of one title
        alone."""
        found: list[Place] = []
        for piece in _PIECE.finditer(folded):
            words = piece["words"]
            ends = map(
                self._joined.holding, (words[:SHORTEST], words[-SHORTEST:])
            )  # both stand in a title of which it is
            known = (self._titles[at] for at in sorted(set.intersection(*map(set, ends))))
            of = [(title, id) for title, id in known if _standing(words, title) == len(words)]
            if len(of) == 1:
                ((title, id),) = of
                found.append((piece.start("words"), _continued(folded, piece, title), (id,)))
        return found

    def _described(self, folded: str) -> Iterator[Place]:
        for pattern in (_AFTER, _BEFORE, _INSIDE):
            for found in islice(pattern.finditer(folded), MOST):
                words = found["words"]
                least = CORE if pattern is _INSIDE else SHORTEST
                about = words.find(_ABOUT)
                starts = (0, *range(len(place_of(words) or "."), len(words) - 1)) if about < 0 else (about,)
                begun = ((at, self._fitting(words[at:], found["kind"], least)) for at in starts)
                at, ids = next(((at, ids) for at, ids in begun if ids), (0, ()))
                yield (found.start() + (0 if pattern is _AFTER else at), found.end(), ids)

    def _fitting(self, words: str, kind: str, least: int) -> tuple[str, ...]:
        """Those in which the most of the words stand, so many letters at `least`; a title with the word for the kind before
        others."""
        if is_general(words):
            return ()
        share = WRITTEN if words.startswith(_ABOUT) else SHARE
        words = words.removeprefix(_ABOUT)
        for alias, name in self._aliases.items():
            words = words.replace(alias, name)
        place = place_of(words) or ""  # 广州市|医疗救助办法 is not 广州市临时救助办法: many titles have it
        pairs = (words[at : at + SHORTEST] for at in range(len(words) - SHORTEST + 1))
        places = sorted({at for pair in pairs for at in self._joined.holding(pair)})
        scored = [
            (_standing(words, title), kind[-2:] in title, id) for title, id in map(self._titles.__getitem__, places)
        ]
        best = max((score for score, _, _ in scored), default=0)
        if best - len(place) < share * (len(words) - len(place)) or best < least:
            return ()
        alike = [one for one in scored if one[0] == best]
        return tuple(id for _, own, id in alike if own) or tuple(id for *_, id in alike)


def _continued(folded: str, piece: re.Match[str], title: str) -> int:
    """领军|和拔尖人才工程: where the words end with which the title goes on, too."""
    end, (_, own, rest) = piece.end("words"), title.partition(piece["words"])
    for letter in rest if own else "":
        if folded[end : end + 1] != letter:
            break
        end += 1
    return max(end, piece.end())


def _standing(words: str, title: str) -> int:
    """How many of the letters stand in the title in runs of two or more, or as the letters of one longer word would."""
    at, total, place = 0, 0, 0
    while at < len(words):
        length = 0
        while at + length < len(words) and title.find(words[at : at + length + 1], place) >= 0:
            length += 1
        if length >= SHORTEST:
            place = title.find(words[at : at + length], place) + length
            total += length
            at += length
        else:
            at += 1
    return total
