"""Which two documents a question compares, and what of their items it asks for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from corpus import to_simplified
from service.understanding.editions import Edition, Kind, kinds_of
from service.understanding.tokens import Token
from service.understanding.vocabulary import Vocabulary

Became = tuple[str, ...]  # new, gone, changed, same
EVERY: Became = ("new", "gone", "changed")
EARLIER = "earlier"  # missing: there is no such pair


@dataclass(frozen=True, slots=True)
class Between:
    """Two documents; what became of their items that is asked. Where they are not told apart, `choices` of them; where
    there are none such, what is `missing`."""

    before: str = ""
    after: str = ""
    became: Became = EVERY
    choices: tuple[tuple[str, str], ...] = ()
    missing: str = ""
    fields: tuple[str, ...] = ()  # lead, support, due: of what changed, only what changed in one of these
    # this year, of which there is none: the last year is taken for it
    instead_of: int | None = field(default=None, compare=False)
    named: tuple[str, ...] = field(default=(), compare=False)  # their short titles
    unlike: bool = False  # no editions of one kind: what both write of stands side by side

    @property
    def found(self) -> bool:
        return bool(self.before and self.after)


@dataclass(slots=True)
class Basis:
    """What a question says of them, as it is read."""

    named: list[Token] = field(default_factory=list)  # years and titles, in order
    shift: int | None = None  # 去年 -1, 前年 -2
    current: bool = False  # 今年
    former: bool = False  # 旧版
    words: list[str] = field(default_factory=list)  # 要点: of what kind they are
    became: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    base: Token | None = None  # that with which the other is compared: …比2024年

    @property
    def says(self) -> bool:
        return bool(self.named or self.shift or self.former)


def resolved(basis: Basis, vocabulary: Vocabulary) -> Between:
    became, this_year = tuple(dict.fromkeys(basis.became)) or EVERY, vocabulary.catalogue.this_year
    pairs, missing = _pairs(basis, vocabulary, this_year)
    if len(pairs) == 1:
        before, after = pairs[0]
        if _is_of(basis.base, after) and not _is_of(basis.base, before):  # 2024年比2025年多了哪些: what is gone in 2025
            became = tuple({"new": "gone", "gone": "new"}.get(one, one) for one in became)
        relative = bool(basis.shift or basis.current) and not basis.named and after.year != this_year
        found = between_of(before.document.id, after.document.id, became, vocabulary)
        return replace(found, fields=tuple(basis.fields), instead_of=this_year if relative else None)
    pairs.sort(key=lambda pair: vocabulary.catalogue.place[pair[1].document.id])
    choices = tuple((one.document.id, other.document.id) for one, other in pairs)
    return Between(became=became, choices=choices, missing="" if pairs else missing, fields=tuple(basis.fields))


def _is_of(token: Token | None, edition: Edition) -> bool:
    """The token names this one."""
    if token is None:
        return False
    return edition.document.id in of_title(token) if token.kind == "title" else _year(token) == edition.year


def between_of(before: str, after: str, became: Became, vocabulary: Vocabulary) -> Between:
    """These two, by their ids."""
    short = vocabulary.catalogue.short
    unlike = not any({before, after} <= {one.document.id for one in kind.editions} for kind in kinds_of(vocabulary))
    named = to_simplified(short[before]), to_simplified(short[after])
    return Between(before, after, became, named=named, unlike=unlike)


Pair = tuple[Edition, Edition]


def _pairs(basis: Basis, vocabulary: Vocabulary, this_year: int) -> tuple[list[Pair], str]:
    """The pairs that may be meant, the older first; where there is none, what is missing as it is said."""
    titles = [of_title(token) for token in basis.named if token.kind == "title"]
    if not all(titles):
        return [], next(token.text for token in basis.named if token.kind == "title" and not of_title(token))
    every = kinds_of(vocabulary)
    named = {id for ids in titles for id in ids}
    kinds = having(every, named) if titles else _of_words(every, basis.words)
    alone = [_edition(ids[0], every) for ids in titles if len(ids) == 1]
    if len(alone) > 1:  # of whatever kinds
        return [_ordered(alone[0], alone[1])], ""
    years = [token for token in basis.named if token.kind == "yearno"]
    if len(alone) == len(years) == 1 and (other := _of_year(_of_words(every, basis.words), years[0], alone[0])):
        return [_ordered(alone[0], other)], ""
    for year in years:
        if not any(kind.of(_year(year)) for kind in kinds):
            return [], year.text
    tried = [(kind, _pair(kind, basis, alone, [_year(one) for one in years], this_year)) for kind in kinds]
    found = [(kind, pair) for kind, pair in tried if pair]
    if (basis.current or basis.shift) and not basis.named:  # where none is of this year, the last is taken for it
        found = [(kind, pair) for kind, pair in found if pair[1].year == this_year] or found
    if not found and (pair := _by_years(basis, titles, [_year(one) for one in years], every, vocabulary)):
        return [pair], ""
    annual = [pair for kind, pair in found if kind.annual]
    revised = [pair for kind, pair in found if not kind.annual]
    pairs = revised or annual if basis.former else annual or revised
    return pairs, "" if pairs else _sought(kinds, basis, alone, years) or EARLIER


def _by_years(
    basis: Basis, titles: Sequence[tuple[str, ...]], years: Sequence[int], kinds: Sequence[Kind], vocabulary: Vocabulary
) -> Pair | None:
    """民生实事2023年和2024年的: what the title fits, one of each year, though they are not called quite the same."""
    catalogue = vocabulary.catalogue
    named = {id for ids in titles for id in ids}
    for word in basis.words:
        named = named & set(catalogue.issued_by(word)) or named
    each = [[id for id in catalogue.of_year(year) if id in named] for year in dict.fromkeys(years)]
    if len(each) != 2 or any(len(ids) != 1 for ids in each):
        return None
    return _ordered(*(_edition(ids[0], kinds) for ids in each))


def _sought(kinds: Sequence[Kind], basis: Basis, alone: Sequence[Edition], years: Sequence[Token]) -> str:
    """The year of which there is no document to compare: 2021, after 2022年的要点和去年比."""
    named = [one.year for one in alone] or [_year(one) for one in years]
    return str(named[0] + basis.shift) if basis.shift and len(named) == 1 and named[0] else ""


def _pair(kind: Kind, basis: Basis, alone: Sequence[Edition], years: Sequence[int], this_year: int) -> Pair | None:
    own = [one for one in alone if one in kind.editions]
    own += [one for one in map(kind.of, years) if one and one not in own]
    if len(own) > 1:
        return _ordered(own[0], own[1])
    if len(years) > 1 or (alone and not own):
        return None
    last = kind.of(this_year) or kind.editions[-1]
    base = own[0] if own else last
    unsaid = last if last is not base else kind.before(base)
    other = kind.of((base.year or 0) + basis.shift) if basis.shift else unsaid
    return _ordered(base, other) if other and other is not base else None


def _of_year(kinds: Sequence[Kind], year: Token, beside: Edition) -> Edition | None:
    """会议室办法和2025年要点: the one of that year, of another kind than what it is compared with."""
    if any(beside in kind.editions and kind.of(_year(year)) for kind in kinds):
        return None
    found = [edition for kind in kinds if (edition := kind.of(_year(year)))]
    return found[0] if len(found) == 1 else None


def _ordered(one: Edition, other: Edition) -> Pair:
    return (one, other) if one.order <= other.order else (other, one)


def of_title(token: Token) -> tuple[str, ...]:
    """The ids of those that are called so."""
    return tuple(map(str, token.value)) if isinstance(token.value, tuple) else ()


def _year(token: Token) -> int:
    return int(str(token.value))


def _edition(id: str, kinds: Sequence[Kind]) -> Edition:
    return next(one for kind in kinds for one in kind.editions if one.document.id == id)


def having(kinds: Sequence[Kind], ids: Collection[str]) -> list[Kind]:
    return [kind for kind in kinds if any(one.document.id in ids for one in kind.editions)]


def _of_words(kinds: Sequence[Kind], words: Sequence[str]) -> list[Kind]:
    """Those whose titles hold most of the words that say what kind of document is meant."""
    held = [sum(word in kind.title or word in kind.issuer for word in words) for kind in kinds]
    return [kind for kind, count in zip(kinds, held, strict=True) if count == max(held, default=0)]
