"""A denial that belongs to what is told, not to what the items are about: 没系安全带扣几分, 合同没写利息，逾期利息怎么算.
The question asks what then is so, and nothing in it speaks of items: else what is denied is what the items are not about."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from service.understanding.lexicon import endings, lexicon
from service.understanding.tokens import Token

TOLD = "told"  # the kind of such a denial

_PAUSES = frozenset(("comma", "stop"))
_DENIES = frozenset(("not", "notof"))
_OF_ITEMS = frozenset(
    "item which section ref sec ids all total concern mention related unrelated except outside only named among"
    " dept attached maintext heading table file altered change".split()
)
_BODIES = frozenset("dept unit who lead it".split())
_BETWEEN = frozenset("adv modal say le in by be bring go accord".split())  # 没|写|利息, 不|能|报销, 没|带|证
_SAID = frozenset("text lightverb does counted join quote".split())
_WHEN = "circumstance"  # what is asked for by 哪些情形
_ASKS = frozenset(("how howmany whether when where who what howlong howold howshare " + _WHEN).split())
_HOW = frozenset("how howmany whether when where".split())


def as_told(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with the denials that are told; all as they are where something speaks of items or nothing is asked."""
    kinds = [token.kind for token in tokens]
    for at in [at for at, kind in enumerate(kinds) if kind in ("which", "what") and _asks_when(tokens, at)]:
        kinds[at] = _WHEN
    asks = [at for at, token in enumerate(tokens) if kinds[at] in _ASKS or token.text.startswith(_how_many())]
    of_bodies = "support" in kinds and not _BODIES.isdisjoint(kinds)  # 做有偿|指导 is done
    if of_bodies or _OF_ITEMS.intersection(kinds) or not asks:
        return list(tokens)
    pauses = [at for at, token in enumerate(tokens) if token.kind in _PAUSES and not token.text.isalnum()]
    words = endings("penal")
    penal = max((at for at, token in enumerate(tokens) if token.text.startswith(words)), default=-1)
    told = list(tokens)
    for before, end in pairwise([-1, *pauses, len(tokens)]):
        sets = max((at for at in range(before + 1, end) if _says_which(kinds, at, penal)), default=-1)
        following = ""
        for at in range(end - 1, before, -1):
            asked = at < asks[-1] or kinds[asks[-1]] == _WHEN
            if kinds[at] in _DENIES and following in _SAID and sets < at and asked:
                told[at:end] = [replace(tokens[at], kind=TOLD), *map(_as_done, told[at + 1 : end])]
            if not (kinds[at] in _BETWEEN or tokens[at].kind in _PAUSES or _in_accordance(kinds, at)):
                following = kinds[at]
    return told


def _in_accordance(kinds: Sequence[str], at: int) -> bool:
    """没有按|要求|播发."""
    return kinds[at] == "soft" and kinds[at - 1 : at] == ["accord"]


def points_at_conduct(tokens: Sequence[Token]) -> bool:
    """有这些|行为的怎么处罚: what was listed before."""
    names = endings("circumstance")
    return any(one.kind in ("it", "this") and other.text in names for one, other in pairwise(tokens))


def _as_done(token: Token) -> Token:
    """没按规定|通知的: what is not done, and no document."""
    return replace(token, kind="text") if token.kind == "notice" else token


def _asks_when(tokens: Sequence[Token], at: int) -> bool:
    """哪些|情形|不批准: in which circumstances it is so, not which items."""
    after = tokens[at + 1 : at + 2]
    return bool(after) and after[0].text in endings("circumstance")


@cache
def _how_many() -> tuple[str, ...]:
    """几, as in 几分, which the segmenter takes for a word."""
    return tuple(word for word in lexicon().words("howmany") if len(word) == 1)


def _says_which(kinds: Sequence[str], at: int, penal: int) -> bool:
    """…的, …的有什么: those that are so; not 没戴头盔的怎么罚, 没按规定通知的，罚多少, 没交社保的员工."""
    after = kinds[at + 1] if at + 1 < len(kinds) else ""
    goes_on = after in _HOW or after in _SAID or (at < penal and after in (*_PAUSES, "doc", "soft", "lightnoun"))
    return kinds[at] == "de" and not goes_on
