"""Documents in a question: titles and parts of them, numbers, who issued them."""

import re
from collections.abc import Iterator
from functools import cache

from corpus import (
    KINDS,
    NUMBER,
    and_others,
    bodies_shortened,
    count_before,
    counted_in_title,
    document_entered,
    find_laws,
    find_numbers,
    find_titles,
    fold,
    foreign_titles,
    is_asked_of,
    laws_entered,
    level_before,
    newest_before,
    spoken_numbers,
    to_int,
)
from service.understanding.lexicon import endings, lexicon
from service.understanding.of_places import Named
from service.understanding.taking_years import FROM_NOW, TakingYears, made_anew
from service.understanding.tokens import Token

_TITLE = re.compile(r"《(?:[^《》]|《[^《》]{1,100}》){1,150}》")
_ANY_KIND, _KIND = re.compile(KINDS), re.compile(f"(?:{KINDS})$")
_NUMBER = re.compile(NUMBER)
_LAST_YEAR = re.compile(r"(?:19|20)\d\d年?$")
_MORE_YEARS = re.compile(r"年?版?[、,和与跟及]\s?(?:19|20)\d\d年?")
_PLAN = re.compile(rf"的?(?P<words>[一-鿿]{{2,10}}?(?:{KINDS}))(?![一-鿿]?(?:{KINDS}))")
_ASKS_ITEMS = re.compile(rf"[哪那]几?[条项]|第\s?{NUMBER}\s?[条项款点]")  # beside 38号: of that document


LONGEST_NAME = 12  # characters behind a place that are looked at


class TakingDocuments(TakingYears):
    def _documents(self) -> Iterator[Token]:
        """A number between title marks is the title's."""
        if not self.vocabulary.catalogue.chooses:
            yield from self._own_title()
            return
        yield from self._marked_titles()
        for start, end, ids in self.vocabulary.catalogue.by_history(self.rest):
            yield self.taken("title", start, end, ids)
        numbers = list(self._numbers())
        yield from numbers
        yield from self._spoken_numbers(beside=bool(numbers))
        yield from self._titles()
        yield from self._places_of_documents()
        yield from self._issuers()

    def _own_title(self) -> Iterator[Token]:
        """Of the one document that there is, where it is named as what is asked: 认证认可工作要点|里涉及品牌的任务; not 违反养犬条例怎么罚."""
        catalogue = self.vocabulary.catalogue
        for start, end, ids in catalogue.named_in(self.rest) if _ANY_KIND.search(self.rest) else ():
            if _KIND.search(self.rest, start, end) and is_asked_of(self.rest[:start]):
                yield self.taken("title", start, end, ids)

    def _titles(self) -> Iterator[Token]:
        """Between marks, and by themselves where there are several documents to choose from."""
        yield from self._marked_titles()
        catalogue = self.vocabulary.catalogue
        for start, end, ids in catalogue.listed_in(self.rest) if catalogue.chooses else ():
            yield self.taken("title", start, end, ids)
        named_before = "\0" in self.rest  # 开展器官移植，按《…》
        named = catalogue.named_in(self.rest, self._year_ends(), alone=not named_before) if catalogue.chooses else []
        each = map(self._counted, map(self._without_year, map(self._to_its_kind, named)))
        for start, end, ids in map(self._newest, map(self._of_level, each)):
            yield self.taken("title", *self.with_marks(start, end), ids)
        for start, end, ids in catalogue.continuing(self.rest, named):
            yield self.taken("title", start, end, ids)
        if not named:
            yield from self._parts_of_titles()
        for start, end, place in foreign_titles(self.rest) if catalogue.chooses else ():
            if not catalogue.is_place(place) and not self.vocabulary.stands(self.rest[start:end]):
                yield self.taken("title", start, end, ())  # 远山市养犬条例对…, of which there is none
        for start, end in find_titles(self.rest) if catalogue.chooses else ():
            typed = self.rest[start:end]
            yield self.taken("title", start, end, catalogue.titled(typed) or catalogue.of_body(typed))
        for start, end in find_laws(self.rest) if catalogue.chooses else ():
            if not catalogue.titled(self.rest[start:end]):
                yield self.taken("title", start, end, ())
        for start, end in laws_entered(self.rest) if catalogue.chooses else ():
            if self.vocabulary.stands(f"{self.rest[start:end]}》") and not catalogue.titled(self.rest[start:end]):
                yield self.taken("title", start, end, ())  # one that the documents name, and is none of them

    def _counted(self, named: Named) -> Named:
        """两部|信访条例: so many that are called so or end so."""
        start, end, ids = named
        begin = count_before(self.rest, start)
        count, name = counted_in_title(self.rest[begin:end])
        if not count:
            return named
        catalogue = self.vocabulary.catalogue
        sets = [ids, catalogue.so_ending(name), catalogue.holding_all(name)]
        fitting = [every for every in sets if len(every) in count]
        return (begin, end, fitting[0 if len(count) == 1 else -1]) if fitting else named

    def _to_its_kind(self, named: Named) -> Named:
        """2025年度科技计划|项目申报通知, of a notice on 组织申报…科技计划项目: to the word for its kind, where its title has all
        that stands between."""
        start, end, ids = named
        behind = _PLAN.match(self.rest, end) if len(ids) == 1 else None
        kind = _KIND.search(behind["words"]) if behind else None
        if behind is None or kind is None:
            return named
        title = fold(self.vocabulary.catalogue.by_id[ids[0]].title)
        if not title.endswith(kind[0]) or title.endswith(self.rest[start:end]):
            return named
        own = all(word in title for word in self.vocabulary.cut(behind["words"]) if any(map(str.isalnum, word)))
        return (start, behind.end(), ids) if own else named

    def _newest(self, named: Named) -> Named:
        """新修订的|职业教育法: of its editions the newest."""
        start, end, ids = named
        begin = newest_before(self.rest, start)
        if begin == start or len(ids) < 2 or not self.vocabulary.catalogue.are_editions(ids):
            return named
        return begin, end, ids[:1]

    def _of_level(self, named: Named) -> Named:
        """省|信访条例, 省里那个|信访条例: those of a province; none where all that are called so are of other places."""
        start, end, ids = named
        begin, level = level_before(self.rest, start)
        catalogue = self.vocabulary.catalogue
        if not level or not ids:
            return named
        of_level = catalogue.of_level(self.rest[start:end], level)
        elsewhere = all(catalogue.has_place(id) for id in ids)  # a law of the whole land may be meant, too
        return (begin, end, of_level) if of_level or elsewhere else named

    def _without_year(self, named: Named) -> Named:
        """某法|2018年和2024年: of several years, of which the title that was found has the first; 某法2023年修正版|: with what says
        that it was made anew."""
        start, end, ids = named
        last, catalogue = _LAST_YEAR.search(self.text, start, end), self.vocabulary.catalogue
        if (
            last
            and _MORE_YEARS.match(self.text, end)
            and len(every := catalogue.titled(self.text[start : last.start()])) > 1
        ):
            return start, last.start(), every
        anew = made_anew().match(self.rest, end) if last else None
        return start, anew.end() if anew else end, ids

    def _parts_of_titles(self) -> Iterator[Token]:
        """科研自主权 财政部的任务: a part of one title, of which no other document's item speaks, beside what is asked."""
        catalogue, index = self.vocabulary.catalogue, self.vocabulary.index
        for start, end, ids in catalogue.parts_of_titles(self.rest) if catalogue.chooses else ():
            others = [document.id for document in self.vocabulary.documents if document.id not in ids]
            words = self.text[start:end]
            if all(word in lexicon().class_of for word in self.vocabulary.cut(words)):
                continue  # 发文单位
            if len(words.strip()) < len(self.text.strip()) and not index.stands(words, others):
                yield self.taken("title", start, end, ids)

    def _places_of_documents(self) -> Iterator[Token]:
        """金华的|维保单位: the documents of that place; 金华市救助办法|里, of which there is none, is a document; 北京城市总体规划,
        which some item writes, is another thing."""
        for start, end, ids in self.vocabulary.catalogue.places_in(self.rest, self.text):
            if self._begins_issuer(start, end) or self._begins_department(start, end):
                continue
            titled = document_entered(self.rest, end)
            if titled and not self.vocabulary.stands(self.rest[start:titled]):
                yield self.taken("title", start, titled, ())
                continue
            words = self.vocabulary.cut(self.rest[end : end + LONGEST_NAME])[:2]  # 宁波历史|建筑 is no 宁波历史文化名城
            goes_on = bool(words) and words[0].isalnum() and len(words[0]) > 1
            if not (goes_on and self.vocabulary.stands(self.rest[start:end] + "".join(filter(str.isalnum, words)))):
                yield self.taken("title", start, end, ids)

    def _plan_behind(self, at: int, issuer: str) -> tuple[int, int] | None:
        """某集团|重点工作任务分解表: words that the title of one of their documents ends with."""
        found, catalogue = _PLAN.match(self.rest, at), self.vocabulary.catalogue
        words = found.span("words") if found else (0, 0)
        issued = catalogue.issued_by(issuer)
        own = [id for id in catalogue.so_ending(self.rest[slice(*words)]) if id in issued] if found else []
        return words if own else None

    def _begins_department(self, start: int, end: int) -> bool:
        """温州|大学牵头哪些任务."""
        names = (name for name in self.vocabulary.departments if len(name) > end - start)
        return any(self.rest.startswith(name, start) for name in names)

    def _begins_issuer(self, start: int, end: int) -> bool:
        """河湾市|委组织部等部门印发的."""
        names = (one for one in self.vocabulary.catalogue.issuers if len(one) > end - start)
        return any(
            self.rest.startswith(one, start) and _whose().match(self.rest, and_others(self.rest, start + len(one)))
            for one in names
        )

    def _marked_titles(self) -> Iterator[Token]:
        for match in _TITLE.finditer(self.rest):
            yield self.taken("title", *match.span(), self.vocabulary.catalogue.titled(match[0]))

    def _numbers(self) -> Iterator[Token]:
        """国发〔2018〕39号, 38号文: the documents that have such a number; none where it is whole and of none."""
        catalogue = self.vocabulary.catalogue
        for start, end, number in list(find_numbers(self.rest, catalogue.number_bodies)):
            ids = catalogue.numbered(number)
            if ids:
                place = catalogue.beside(self.rest, start, end, ids)
                yield self.taken("title", *self.with_marks(*place), ids)
            elif number.is_whole and not self.vocabulary.stands(self.text[start:end]):
                yield self.taken("title", *self.with_marks(start, end), ())

    def _spoken_numbers(self, *, beside: bool) -> Iterator[Token]:
        """自贸区38号, 38、39和42号: documents, where all are theirs and what stands beside them, or how many they are, says
        that no items are meant; those `beside` other documents' numbers are."""
        catalogue = self.vocabulary.catalogue
        spoken = [(start, end, catalogue.numbered(number)) for start, end, number in spoken_numbers(self.rest)]
        if not spoken or not all(ids for *_, ids in spoken):
            return
        places = [catalogue.beside(self.rest, *one) for one in spoken]
        titled = any(place != one[:2] for place, one in zip(places, spoken, strict=True))
        if titled or beside or len(spoken) > 1 or _ASKS_ITEMS.search(self.rest) or not self._is_number(spoken[0][0]):
            for place, (*_, ids) in zip(places, spoken, strict=True):
                yield self.taken("title", *self.with_marks(*place), ids)

    def _is_number(self, at: int) -> bool:
        """Some item has the number that begins there."""
        own, rows = self.vocabulary.index.columns.number, self.vocabulary.rows
        written = _NUMBER.match(self.rest, at)
        return written is not None and bool((own[rows] == (to_int(written[0]) or 0)).any())

    def _issuers(self) -> Iterator[Token]:
        """某局印发的, 某局2017年的要点: of whom a document is meant."""
        for name in self.vocabulary.catalogue.issuers:
            at = self.rest.find(name)
            while at >= 0:
                end = and_others(self.rest, at + len(name))
                if _whose().match(self.rest, end):
                    yield self.taken("issuer", at, end, name)
                at = self.rest.find(name, at + len(name))
        for start, end in bodies_shortened(self.rest) if self.vocabulary.catalogue.chooses else ():
            taken = "\0" in self.rest[start:end]
            issuer = "" if taken else self.vocabulary.catalogue.issuer_shortened(self.rest[start:end])
            if issuer and (_whose().match(self.rest, end) or self._plan_behind(end, issuer)):
                plan = self._plan_behind(end, issuer)
                yield self.taken("issuer", start, end, issuer)
                if plan:
                    yield self.taken("doc", *plan)


@cache
def _whose() -> re.Pattern[str]:
    """What after a name says that a document of theirs is meant."""
    words = {
        name: "|".join(re.escape(word) for word in lexicon().words(name) if not word.isascii())
        for name in ("issue", "doc", "notice", "de", "item", "join", "joint")
    }
    years = "|".join(re.escape(word) for name in FROM_NOW for word in endings(name))
    kinds = rf"(?:{words['item']})?(?:{words['doc']}|{words['notice']})"
    issued = f"(?:{words['join']}|{words['joint']}){{0,2}}(?:{words['issue']})"
    de = f"(?:{words['de']})?"
    year = rf"(?:(?:19|20)\d\d年?度?|{years})"
    return re.compile(rf"{de}(?:(?:{year}{de})?(?:{issued}|{kinds}|\0)|{year}|[历各每]年)")
