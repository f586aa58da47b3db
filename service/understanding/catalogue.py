"""The documents that a question may choose from: what each is called, who issued it, of which years it is."""

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from corpus import (
    Shelf,
    approving_places,
    bare_places,
    begins_name,
    day_in_name,
    fold,
    in_order,
    issuer_names,
    long_names,
    place_names,
    place_of,
    points_at_some,
    short_names,
    title_key,
    year_dated,
    years_said,
)
from index import Segmenter
from service.understanding.naming import YEARS_LAST, Titles, many
from service.understanding.of_places import Named

SHORTEST_BODY, SHORTEST_KIND = 3, 4  # letters: 教育局, 工作要点
_OFFICE = "办公室"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_IN_YEAR = re.compile(rf"{_YEAR.pattern}年?度?")


class Catalogue(Titles):
    """`today` is the day on which it is asked: of 今年."""

    def __init__(
        self, documents: Shelf, segmenter: Segmenter, today: datetime.date, aliases: Mapping[str, str]
    ) -> None:
        super().__init__(documents, segmenter, aliases)
        self.today = today

    @property
    def this_year(self) -> int:
        return self.today.year

    @property
    def chooses(self) -> bool:
        """There are several to choose from."""
        return len(self.documents) > 1

    # By year, by issuer

    def of_year(self, year: int) -> tuple[str, ...]:
        """Those of which the title says it, or that say no year and were issued in it; else those issued in it; else those
        whose title spans it; else those whose file is named by a day of it."""
        own = self._by_year.get(year) or self._by_date.get(year) or self._by_span.get(year)
        return self.newest(own or self._by_file.get(year, ()))

    def is_one_of_several(self, year: int) -> bool:
        """Of the one document there is, a plan for several years: 2026 of 2025—2027."""
        return not self.chooses and any(self.spans_with_others(one.id, year) for one in self.documents)

    def spans_with_others(self, id: str, year: int) -> bool:
        """Its title names several years, and this is one."""
        return any(year in span and len(span) > 1 for span in years_said(self.by_id[id]))

    def telling_year(self, year: int) -> tuple[str, ...]:
        """Those of which something tells a day of it, the newest first."""
        return tuple(id for id in self.place if self.tells_year(id, year))

    def tells_year(self, id: str, year: int) -> bool:
        """Its head, or the name of its file, tells a day of it."""
        document, named = self.by_id[id], day_in_name(id)
        return bool(named and named.year == year) or str(year) in _YEAR.findall(fold(document.head_text))

    def issued_in(self, year: int) -> tuple[str, ...]:
        return self.newest(self._by_date.get(year, ()))

    def so_ending(self, name: str) -> tuple[str, ...]:
        """浙江省信访条例, where 信访条例 is one itself."""
        key = title_key(name)
        return self.newest(id for id, title in self._short_keys.items() if YEARS_LAST.sub("", title).endswith(key))

    def holding_all(self, name: str) -> tuple[str, ...]:
        """青山市停车场管理条例 is a 停车条例."""
        key = title_key(name)
        return self.newest(id for id, title in self._short_keys.items() if in_order(key, title))

    def of_level(self, name: str, level: str) -> tuple[str, ...]:
        """Those of some province, 省, in whose title these letters stand in order."""
        return tuple(id for id in self.holding_all(name) if (place_of(self._short_keys[id]) or "").endswith(level))

    def has_place(self, id: str) -> bool:
        """Its title begins with one."""
        return place_of(self._short_keys[id]) is not None

    def of_months(self, months: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        """Those issued in one of these months of a year."""
        dated = ((one.id, one.date) for one in self.documents if one.date)
        return self.newest(id for id, date in dated if (date.year, date.month) in months)

    def spans(self, first: int, last: int) -> bool:
        """Some title says these years: 2021—2023年."""
        return any((span[0], span[-1]) == (first, last) for one in self.documents for span in years_said(one))

    @cached_property
    def _by_year(self) -> dict[int, tuple[str, ...]]:
        return many(
            (year, document.id)
            for document in self.documents
            for year in [span[0] for span in years_said(document)] or [year for year in [year_dated(document)] if year]
        )

    @cached_property
    def _by_span(self) -> dict[int, tuple[str, ...]]:
        spans = ((span, document.id) for document in self.documents for span in years_said(document))
        return many((year, id) for span, id in spans for year in span)

    @cached_property
    def _by_date(self) -> dict[int, tuple[str, ...]]:
        return many((year, document.id) for document in self.documents if (year := year_dated(document)))

    @cached_property
    def _by_file(self) -> dict[int, tuple[str, ...]]:
        """某条例(2020-11-29).md, though its text tells the day of an older edition."""
        return many((day.year, one.id) for one in self.documents if (day := day_in_name(one.id)))

    @property
    def has_years(self) -> bool:
        return bool(self._by_year)

    def issued_by(self, name: str) -> tuple[str, ...]:
        """By the name of a body, or by what that is short for: 市卫健委."""
        names = [fold(name), *long_names(name)]
        names += [one + "员会" for one in names if one.endswith("委")]
        return self.newest(id for one in names for id in self._by_issuer.get(one, ()))

    def issuer_shortened(self, name: str) -> str:
        """城发集团: who issued some document and has these letters in this order; empty where nobody or several do."""
        own = sorted((one for one in self.all_bodies if len(one) > len(name) and in_order(name, one)), key=len)
        return own[0] if own and all(one.startswith(own[0]) for one in own) else ""  # and its 办公室

    def of_body(self, typed: str) -> tuple[str, ...]:
        """2026年教育局工作要点, of which the title says 全县教育 for the bureau: those of that year and body whose titles end so."""
        years = [int(year) for year in _YEAR.findall(fold(typed))]
        name = title_key(_IN_YEAR.sub("", fold(typed)))
        for at in range(len(name) - SHORTEST_KIND, SHORTEST_BODY - 1, -1):
            body, kind = name[:at], name[at:]
            own = [id for id in self.so_ending(kind) if self._is_issued_by(id, body)]
            if ids := tuple(id for id in own if all(id in self.of_year(year) for year in years)):
                return self.newest(ids)
        return ()

    def _is_issued_by(self, id: str, body: str) -> bool:
        return any(one.endswith(body) for one in self.bodies[id])

    def of_same_place(self, id: str) -> tuple[str, ...]:
        return self.newest(one for name in place_names(self.by_id[id]) for one in self._by_issuer.get(name, ()))

    def places_in(self, folded: str, whole: str) -> list[Named]:
        """金华的|维保单位: where the place of some of the documents, not of all, is named by itself, and what follows is no
        longer name. `whole` is the text before anything was taken from it."""
        found: list[Named] = []
        for name, ids in self._by_place.items():
            at = folded.find(name)
            while at >= 0:
                if begins_name(folded, at) and not any(start <= at < end for start, end, _ in found):
                    found += self._of_place_at(whole, at, name, ids)
                at = folded.find(name, at + len(name))
        return found

    def _of_place_at(self, whole: str, at: int, name: str, ids: tuple[str, ...]) -> list[Named]:
        """What a province approved only where so many of its documents, or one, are pointed at."""
        end = at + len(name)
        return [(at, end, ids)] if name in self._own_places or points_at_some(whole, end) else []

    def names_place(self, folded: str) -> bool:
        """The place of some document is named, wherever: 北京来的犬只进入|东营."""
        return any(name in folded for name in self._by_place)

    def is_place(self, name: str) -> bool:
        return fold(name) in self._by_place

    @cached_property
    def _by_place(self) -> dict[str, tuple[str, ...]]:
        """The longest first, of those where some documents are of other places; a province without a document is that of
        its cities."""
        every = {**self._by_approval, **self._own_places}
        names = sorted(every, key=lambda name: (-len(name), name))
        return {name: self.newest(every[name]) for name in names if len(every[name]) < len(self.documents)}

    @cached_property
    def _own_places(self) -> dict[str, tuple[str, ...]]:
        return many((fold(name), one.id) for one in self.documents for name in bare_places(one.title))

    @cached_property
    def _by_approval(self) -> dict[str, tuple[str, ...]]:
        return many((fold(name), one.id) for one in self.documents for name in approving_places(one))

    @cached_property
    def _by_issuer(self) -> dict[str, tuple[str, ...]]:
        issued = ((fold(document.issuer), document.id) for document in self.documents if document.issuer)
        found = many(
            (name, id) for issuer, id in issued for one in (issuer, *issuer.split("、")) for name in _called(one)
        )
        places = many(
            (name, document.id) for document in self.documents for name in place_names(document) if len(name) > 1
        )
        found = {**places, **found}
        return {**{alias: found[name] for alias, name in self._aliases.items() if name in found}, **found}

    @cached_property
    def issuers(self) -> tuple[str, ...]:
        """The longest first."""
        return tuple(sorted(self._by_issuer, key=lambda name: (-len(name), name)))

    def has_kind(self, ids: Sequence[str], kind: str) -> bool:
        """Some of their titles has this word."""
        return any(kind in title_key(self.by_id[id].title) for id in ids)

    def of_kind(self, ids: Sequence[str], kind: str) -> tuple[str, ...]:
        """Those of them whose title has this word: 要点, 办法; all where no document's has."""
        own = tuple(id for id in ids if kind in title_key(self.by_id[id].title))
        return own or (() if self._joined.holding(kind) else tuple(ids))


def _called(issuer: str) -> set[str]:
    """国家互联网信息办公室 -> 国家网信办, too."""
    names = issuer_names(issuer)
    names |= {short for one in names for short in short_names(one)}
    return names | {one.removesuffix(_OFFICE) + _OFFICE[0] for one in names if one.endswith(_OFFICE)}
