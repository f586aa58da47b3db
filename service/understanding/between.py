"""Which two documents a question compares, and what of their items it asks for."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus import Document, to_simplified
from service.understanding.editions import Edition, Kind, edition_of, kinds_of
from service.understanding.tokens import Token
from service.understanding.vocabulary import Vocabulary

Became = tuple[str, ...]  # new, gone, changed, same
EVERY: Became = ("new", "gone", "changed")


@dataclass(frozen=True, slots=True)
class Between:
    """Two documents; what became of their items that is asked. Where they are not told apart, `choices` of them; where
    there are none such, what is `missing`."""

    before: str = ""
    after: str = ""
    became: Became = EVERY
    choices: tuple[tuple[str, str], ...] = ()
    missing: str = ""
    named: tuple[tuple[str, int | None], ...] = ()  # the title and the year of each, by which a question names them

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

    @property
    def says(self) -> bool:
        return bool(self.named or self.shift or self.former)


def resolved(basis: Basis, chosen: Sequence[Document], vocabulary: Vocabulary, today: datetime.date) -> Between:
    """`chosen` are the documents that the rest of the question names; none where it names none."""
    became = tuple(dict.fromkeys(basis.became)) or EVERY
    found = _pairs(basis, chosen, vocabulary, today)
    pairs = found if isinstance(found, list) else []
    if len(pairs) == 1:
        before, after = pairs[0]
        return between_of(before.document, after.document, became)
    pairs.sort(key=lambda pair: (pair[1].order, pair[1].document.id), reverse=True)
    choices = tuple((one.document.id, other.document.id) for one, other in pairs)
    return Between(became=became, choices=choices, missing=found if isinstance(found, str) else "")


def between_of(before: Document, after: Document, became: Became = EVERY) -> Between:
    """These two."""
    named = tuple((to_simplified(one.title), edition_of(one).year) for one in (before, after))
    return Between(before.id, after.id, became, named=named)


Pair = tuple[Edition, Edition]


def _pairs(basis: Basis, chosen: Sequence[Document], vocabulary: Vocabulary, today: datetime.date) -> list[Pair] | str:
    """The pairs that may be meant, the older first; or what there is none of, as it is said."""
    titles = [documents for token in basis.named if token.kind == "title" for documents in [_of_title(token)]]
    if any(not documents for documents in titles):
        return next(token.text for token in basis.named if token.kind == "title" and not token.value)
    kinds = _of_words(kinds_of(vocabulary), basis.words)
    if chosen:
        kinds = [kind for kind in kinds_of(vocabulary) if any(one.document in chosen for one in kind.editions)]
    if len(titles) > 1 and all(len(documents) == 1 for documents in titles[:2]):
        two = [_edition(documents[0], vocabulary) for documents in titles[:2]]
        return [tuple(sorted(two, key=lambda one: one.order))]  # type: ignore[list-item]
    if titles:
        kinds = [kind for kind in kinds_of(vocabulary) if any(one.document in titles[0] for one in kind.editions)]
    years = [token.value for token in basis.named if token.kind == "yearno" and isinstance(token.value, int)]
    for year in years:
        if not any(kind.of(year) for kind in kinds):
            return next(token.text for token in basis.named if token.value == year)
    pairs = [(kind, pair) for kind in kinds for pair in [_pair(kind, basis, years, titles, today)] if pair]
    annual = [pair for kind, pair in pairs if kind.annual]
    revised = [pair for kind, pair in pairs if not kind.annual]
    return (revised or annual if basis.former else annual or revised) or "earlier"


def _pair(
    kind: Kind, basis: Basis, years: Sequence[int], titles: Sequence[tuple[Document, ...]], today: datetime.date
) -> Pair | None:
    if len(years) > 1:
        one, other = kind.of(min(years)), kind.of(max(years))
        return (one, other) if one and other and one is not other else None
    last = kind.of(today.year) or kind.editions[-1]
    own = [one for one in kind.editions if titles and one.document in titles[0]]
    base = own[-1] if own else kind.of(years[0]) if years else last
    if base is None:
        return None
    if basis.shift:
        shifted = kind.of((base.year or 0) + basis.shift)
        return None if shifted is None or shifted is base else _ordered(base, shifted)
    if years or own:
        other = last if last is not base else kind.before(base)
        return _ordered(base, other) if other else None
    earlier = kind.before(base)
    return (earlier, base) if earlier else None


def _ordered(one: Edition, other: Edition) -> Pair:
    return (one, other) if one.order <= other.order else (other, one)


def _of_title(token: Token) -> tuple[Document, ...]:
    return token.value if isinstance(token.value, tuple) else ()


def _edition(document: Document, vocabulary: Vocabulary) -> Edition:
    return next(one for kind in kinds_of(vocabulary) for one in kind.editions if one.document is document)


def _of_words(kinds: Sequence[Kind], words: Sequence[str]) -> list[Kind]:
    """Those whose titles hold most of the words that say what kind of document is meant."""
    held = [sum(word in kind.title or word in kind.issuer for word in words) for kind in kinds]
    return [kind for kind, count in zip(kinds, held, strict=True) if count == max(held, default=0)]
