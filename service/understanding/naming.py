"""What each of the documents is called: titles and parts of them, short titles."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import TypeVar

from corpus import (
    KINDS,
    Abbreviated,
    Defined,
    Described,
    Document,
    Histories,
    Joined,
    Part,
    Shelf,
    bare_names,
    continuing,
    fold,
    goes_on_as_body,
    in_order,
    is_general,
    listed_kinds,
    pointed_kind,
    short_titles,
    shortens,
    title_key,
    title_names,
    without_of,
)
from index import Segmenter
from service.understanding.lexicon import endings, lexicon
from service.understanding.numbered_documents import REACH, NumberedDocuments
from service.understanding.of_places import Named, OfPlaces

BETWEEN = "、,，和及与 "  # names
SHORTEST = 2  # letters of a title that may stand in a question by itself

_IN_BRACKETS = re.compile(r"[〔\[(【]((?:19|20)\d\d)年?[〕\])】]")
YEARS_LAST = re.compile(r"(?:(?:19|20)\d\d年?)+$")  # 行动方案20252027年
_TRIALS = re.compile(r"(?:试行|暂行|修订)$")
_HAN = re.compile("[一-鿿]+$")
_INSIDE = r"中(?![国央小心])|第\s?[\d一二三四五六七八九十]|那[张份个]"
_PLACE_IN, _PLACE_BESIDE = re.compile(f"[里上,，]|{_INSIDE}"), re.compile(f"[里上]|{_INSIDE}")
_BEFORE_TITLES = tuple("polite show with then compare in by find asking have be only accord".split())
KIND = 2  # letters with which a name ends that say what kind of document it is
_OF_ANOTHER = re.compile(rf"[^\0,。;?!:\n]{{0,12}}?(?:{KINDS})")  # 2025年|和2026年的工作要点
_APART = re.compile(r"[\0,。;、?!:\n]")

Key = TypeVar("Key", str, int)
Value = TypeVar("Value", str, int)


class Titles(NumberedDocuments):
    """Of these documents; `segmenter` tells where their words end, `aliases` what is said for what titles say."""

    def __init__(self, documents: Shelf, segmenter: Segmenter, aliases: Mapping[str, str]) -> None:
        super().__init__(documents)
        self._segmenter, self._aliases = segmenter, aliases

    @cached_property
    def bodies(self) -> dict[str, tuple[str, ...]]:
        """Those who issued each, by its id; folded."""
        return {one.id: tuple(filter(None, fold(one.issuer or "").split("、"))) for one in self.documents}

    @cached_property
    def all_bodies(self) -> frozenset[str]:
        return frozenset(body for own in self.bodies.values() for body in own)

    @cached_property
    def short(self) -> dict[str, str]:
        """The short title of each by its id."""
        return short_titles(self.documents)

    @cached_property
    def _exact(self) -> dict[str, tuple[str, ...]]:
        """Titles as they are written, short ones, and document numbers -> ids."""
        return many(
            (title_key(title), document.id)
            for document in self.documents
            for title in (document.title, self.short[document.id], *_number_written(document), *_texts(document))
            if title
        )

    @cached_property
    def _loose(self) -> dict[str, tuple[str, ...]]:
        """Titles without the year, the issuer, 试行 and the like, and ends of them -> ids."""
        return many(
            (name, document.id) for document, names in zip(self.documents, self._names, strict=True) for name in names
        )

    @cached_property
    def _names(self) -> list[set[str]]:
        """Of each document."""
        return [title_names(one, self.short[one.id], self._segmenter.cut) for one in self.documents]

    @cached_property
    def _bare(self) -> dict[str, tuple[str, ...]]:
        """Titles without the word for their kind -> ids."""
        return many(
            (name, document.id)
            for document, names in zip(self.documents, self._names, strict=True)
            for name in bare_names(names, self._segmenter.cut)
        )

    def _called(self, name: str) -> tuple[str, ...]:
        loose = self._loose.get(name, ())
        return (*loose, *(id for id in self._bare.get(name, ()) if id not in loose)) if loose else ()

    @cached_property
    def _bare_lengths(self) -> list[int]:
        return sorted({len(name) for name in self._bare}, reverse=True)

    @cached_property
    def _lengths(self) -> list[int]:
        lengths = {len(name) for name in (*self._exact, *self._loose)}
        return sorted((length for length in lengths if length >= SHORTEST), reverse=True)

    @cached_property
    def _joined(self) -> Joined:
        return Joined(title_key(document.title) for document in self.documents)

    def titled(self, title: str) -> tuple[str, ...]:
        """Those that are called so, or whose title holds it: their ids, the newest first."""
        key = title_key(title)
        found = self._exact.get(key) or self._loose.get(key) or self._without_de.get(without_of(key))
        return self.newest(found or (self.documents[at].id for at in self._joined.holding(key)))

    def are_editions(self, ids: Sequence[str]) -> bool:
        """Their titles differ by the year alone."""
        return len({YEARS_LAST.sub("", self._short_keys[id]) for id in ids}) == 1

    @cached_property
    def _without_de(self) -> dict[str, tuple[str, ...]]:
        """关于某事的若干措施 for 关于某事若干措施."""
        return many((without_of(title), id) for title, ids in self._exact.items() for id in ids)

    def named_in(self, folded: str, behind: Collection[int] = (), *, alone: bool = True) -> list[Named]:
        """[start, end) of each title that stands in the text, the longest first, none inside another; and the ids. A title
        begins `behind` a year, too; where none is named but here, `alone`, a comma may follow one that is named barely."""
        years = tuple(behind)
        at = [place for place, letter in enumerate(folded) if letter.isalnum()]
        letters = "".join(folded[place] for place in at)
        found: list[Named] = []
        for length in self._lengths:
            for first in range(len(letters) - length + 1):
                name = letters[first : first + length]
                ids = not is_general(name) and (self._exact.get(name) or self._called(name))
                start, end = at[first], at[first + length - 1] + 1
                if not ids or _APART.search(folded, start, end):
                    continue
                if not any(start < other and begin < end for begin, other, _ in found):
                    found.append((start, end, self.newest(self._closest(name, ids))))
        behind = {*behind, *(match.end(1) for match in _small_words().finditer(folded))}
        begins = {place for place, one in enumerate(at) if one in behind}
        found = self._with_abbreviated(letters, at, begins, found)
        found = [self._places.own(folded, one) for one in found] or self._by_newest(self._as_described(folded))
        barely = found or self._named_barely(folded, years, _PLACE_IN if alone else _PLACE_BESIDE)
        return barely or self._by_newest(self._defined.named_in(folded))

    def _named_barely(self, folded: str, years: Sequence[int], behind: re.Pattern[str]) -> list[Named]:
        """民生实事第9件, 去年的民生实事, 民生实事2025年: the first of the longest; `years` are the ends of those said."""
        of_years = any(words in folded for words in _of_years())
        for length in self._bare_lengths:
            for start in range(len(folded) - length + 1):
                end = start + length
                ids = self._bare.get(folded[start:end])
                if (
                    ids
                    and not self._is_issuer(folded[start:end])
                    and (of_years or _is_of_year(folded, start, end, years) or behind.match(folded, end))
                ):
                    own = self.newest(ids)
                    return [(self._begun(folded, start, end, own), end, own)]
        return []

    def _is_issuer(self, name: str) -> bool:
        """县教育局: a body that issued some, though titles begin with it."""
        return any(one.endswith(name) for one in self.all_bodies)

    def _begun(self, folded: str, start: int, end: int, ids: Sequence[str]) -> int:
        """个税|专项附加扣除里: where letters of what stands before it in the titles of all these begin."""
        before = [title_key(self.by_id[id].title).partition(folded[start:end])[0] for id in ids]
        words = _HAN.search(folded[max(0, start - REACH) : start])
        if words is None or not all(in_order(words[0], title) for title in before):
            return start
        return start - len(words[0])

    @cached_property
    def _places(self) -> OfPlaces:
        return OfPlaces(self.by_id, lambda key: key in self._exact or key in self._loose)

    @cached_property
    def _abbreviated(self) -> Abbreviated:
        titles = ((title_key(document.title), document) for document in self.documents)
        called = (
            (title + (title_key(part.title) if part.id else ""), document.id)
            for title, document in titles
            for part in document.parts
        )
        return Abbreviated(called, self._segmenter.search_words)

    def _with_abbreviated(self, letters: str, at: list[int], years: Collection[int], found: list[Named]) -> list[Named]:
        """Titles that are named by some of their words, too, where that is more than was found whole."""
        apart = [True, *(other - one > 1 for one, other in pairwise(at)), True]
        for first, last, ids in self._abbreviated.named_in(letters, apart, years):
            start, end = at[first], at[last - 1] + 1
            across = [one for one in found if one[0] < end and start < one[1]]
            if all(
                start <= one[0]
                and one[1] <= end
                and one[:2] != (start, end)
                and self._says_more(ids, start, one, letters, at)
                for one in across
            ):
                own = self._closest(letters[first:last], ids)
                found = [one for one in found if one not in across] + [(start, end, self.newest(own))]
        return found

    def _says_more(self, ids: Sequence[str], start: int, found: Named, letters: str, at: Sequence[int]) -> bool:
        """Of the same documents; 居民住宅区|消防条例 is one of its own, though others are called 消防条例 at their end."""
        first, last, own = found
        name = "".join(letter for letter, place in zip(letters, at, strict=True) if first <= place < last)
        alone = len(ids) == 1 and first - start > KIND and name not in self._exact
        return alone or bool(set(own) & set(ids))

    def _as_described(self, folded: str) -> list[Named]:
        """Those described; in 国务院办公厅发的|那个文件 they are told by who issued them."""
        found = []
        for start, end, ids in self._described.named_in(folded):
            issuers = (fold(self.by_id[id].issuer or "") for id in ids)
            if not any(issuer and _issued(issuer).search(folded, start, end) for issuer in issuers):
                found.append((start, end, ids))
        return found

    def parts_of_titles(self, folded: str) -> list[Named]:
        """What is a part of one title alone: 科研自主权 里, which may be a topic, too."""
        return self._by_newest(self._described.cores_in(folded))

    def pointed_at(self, folded: str) -> Named | None:
        """那个行动方案里: those whose titles end so."""
        pointed = pointed_kind(folded)
        if pointed is None:
            return None
        start, end, name = pointed
        key = title_key(name)
        return start, end, self.newest(id for id, title in self._ends.items() if title.endswith(key))

    def listed_in(self, folded: str) -> list[Named]:
        """助餐、长护险两个办法: where each of them is one document, and another."""
        found: list[Named] = []
        for places, kind, last in listed_kinds(folded):
            kinds = [kind] if kind in KINDS.split("|") else KINDS.split("|")
            named = [self._of_kind(folded[slice(*place)], kinds, whole=at > 0) for at, place in enumerate(places)]
            if all(len(ids) == 1 for _, ids in named) and len({ids for _, ids in named}) == len(named):
                ends = [*(end for _, end in places[:-1]), last]
                begun = (place[0] + at for place, (at, _) in zip(places, named, strict=True))
                found += [(start, end, ids) for start, end, (_, ids) in zip(begun, ends, named, strict=True)]
        return found

    def _of_kind(self, name: str, kinds: Sequence[str], *, whole: bool) -> tuple[int, tuple[str, ...]]:
        """Those that the name with one of these words behind it is a title of, and where in it that begins."""
        every = [one for kind in kinds for one in self.named_in(name + kind) if one[1] == len(name + kind)]
        first = min((start for start, *_ in every), default=0)
        ids = self.newest(id for start, _, ids in every if start == first for id in ids)
        return (first, ids if not (whole and first) else ())

    def continuing(self, folded: str, named: Sequence[Named]) -> list[Named]:
        """管理办法和它的实施细则: the one whose title goes on where that of the one named ends; beside others that are
        named 它的 must say so."""
        ids = {id for *_, those in named for id in those}
        found = []
        for end, own in ((end, those[0]) for _, end, those in named if len(those) == 1):
            others = ((title, id) for id, title in self._short_keys.items() if id not in ids)
            for start, last, those in continuing(folded, self._short_keys[own], others):
                its = not self._short_keys[those[0]].endswith(folded[start:last])
                if len(ids) == 1 or (its and not folded[end:start].strip(BETWEEN)):
                    found.append((start, last, those))
        return found if len(found) == 1 else []

    @cached_property
    def _short_keys(self) -> dict[str, str]:
        return {id: title_key(short) for id, short in self.short.items()}

    @cached_property
    def _ends(self) -> dict[str, str]:
        """Short titles without 试行 and years at their end, by id: 营商环境条例（2024年） ends with 条例."""
        return {id: _TRIALS.sub("", YEARS_LAST.sub("", title)) for id, title in self._short_keys.items()}

    def _by_newest(self, places: Iterable[Named]) -> list[Named]:
        return [(start, end, self.newest(ids)) for start, end, ids in places]

    @cached_property
    def _defined(self) -> Defined:
        return Defined((title_key(document.title), document) for document in self.documents)

    @cached_property
    def _histories(self) -> Histories:
        return Histories((title_key(document.title), document) for document in self.documents)

    def by_history(self, folded: str) -> list[Named]:
        """2018年1月1日施行的电梯条例: what was done to them, by whom, when."""
        return self._by_newest(self._histories.named_in(folded))

    @cached_property
    def _described(self) -> Described:
        titles = [(title_key(document.title), document.id) for document in self.documents]
        return Described(titles, self._aliases)

    def _closest(self, name: str, ids: Iterable[str]) -> tuple[str, ...]:
        """引进人才入户管理办法 is not 引进人才入户管理办法实施细则, where there are both."""
        several = tuple(dict.fromkeys(ids))
        if len(several) < 2:
            return several
        for end in (name, name[-KIND:]):
            if own := tuple(id for id in several if self._ends[id].endswith(end)):
                return own
        return several

    def text_titled(self, typed: str, id: str) -> Part | None:
        """The one text in the document's file that is called so, where that is not what its file is called."""
        document, key = self.by_id[id], title_key(typed)
        whole, issued = title_key(document.title), title_key(self.short[id])
        found = []
        for part in document.parts:
            title = title_key(part.title)
            own = title == issued or not (key in whole if title.endswith(key) else shortens(key, whole))
            if part.id and not is_general(title) and (title == key or (own and shortens(key, title))):
                found.append(part)
        return found[0] if len(found) == 1 else None


@cache
def _of_years() -> tuple[str, ...]:
    """哪一年, 历年."""
    asked = (word for word in lexicon().words("when") if word.endswith(endings("annual")[0]))
    return (*asked, *endings("yearly"))


@cache
def _issued(issuer: str) -> re.Pattern[str]:
    """Some body and that it issued what is pointed at."""
    words = "|".join(re.escape(word) for word in lexicon().words("issue") if not word.isascii())
    return re.compile(f"{re.escape(issuer)}(?:{words})")


def _is_of_year(folded: str, start: int, end: int, years: Iterable[int]) -> bool:
    """去年的|民生实事; in 2013年公布的那份条例对|污水处理 the year is that of the 条例, in 污水处理，2025年的要点 of the 要点."""
    if goes_on_as_body(folded, end):
        return False
    between = [year for year in years if not _of_another().search(folded, min(year, end), max(year, start))]
    return any(year <= start or not _OF_ANOTHER.match(folded, year) for year in between)


@cache
def _of_another() -> re.Pattern[str]:
    """Between a year and a name: the year is of another document, 2025年的要点, or of something else, 2025年改建多少."""
    many = "|".join(re.escape(word) for word in lexicon().words("howmany") if len(word) > 1 and not word.isascii())
    return re.compile(f"{KINDS}|{many}")


@cache
def _small_words() -> re.Pattern[str]:
    """Words of asking that a title may follow: 对照一下, 请把."""
    words = [word for word in lexicon().words(*_BEFORE_TITLES) if not word.isascii()]
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(f"(?=({'|'.join(map(re.escape, longest_first))}))")


def _number_written(document: Document) -> Iterator[str]:
    """国发〔2018〕44号, and 国发2018年44号 as it is typed."""
    if document.number:
        yield from (document.number, _IN_BRACKETS.sub(r"\1年", fold(document.number)))


def _texts(document: Document) -> Iterator[str]:
    """What other texts in its file are called."""
    yield from (part.title for part in document.parts if part.id and not is_general(title_key(part.title)))


def many(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    """All values of each key, each once, in order."""
    found: dict[Key, dict[Value, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in found.items()}
