"""A denial that belongs to what is told, not to what the items are about: 没系安全带扣几分, 合同没写利息，逾期利息怎么算."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from service.understanding.tokens import Token

_PAUSES = frozenset(("comma", "stop"))
_DENIES = frozenset(("not", "notof"))
_OF_ITEMS = frozenset(
    "item which measure section ref sec ids all total concern mention related unrelated except outside only named among"
    " dept unit lead support manage finish due attached maintext heading table rank file altered change".split()
)
_BETWEEN = frozenset("adv modal say le in by be".split())  # 没|写|利息, 不|能|报销
_TOLD = frozenset("text lightverb does counted join".split())
_ASKS = frozenset("how howmany whether when where why who".split())


def as_told(tokens: Sequence[Token]) -> list[Token]:
    """The tokens; a denial in a clause that does not speak of items is text of what is told."""
    pauses = [at for at, token in enumerate(tokens) if token.kind in _PAUSES]
    told = list(tokens)
    for before, end in pairwise([-1, *pauses, len(tokens)]):
        for at in range(before + 1, end):
            if tokens[at].kind in _DENIES and _is_told(tokens, before + 1, at, end):
                told[at] = replace(tokens[at], kind="text")
    return told


def _is_told(tokens: Sequence[Token], start: int, at: int, end: int) -> bool:
    kinds = [token.kind for token in tokens[start:end]]
    following = next((kind for kind in kinds[at - start + 1 :] if kind not in _BETWEEN), "")
    return following in _TOLD and not _OF_ITEMS.intersection(kinds) and not _is_set(kinds[at - start :])


def _is_set(kinds: Sequence[str]) -> bool:
    """…的, …的有什么: those that are so; not 没戴头盔的怎么罚, 没交社保的员工."""
    return any(
        one == "de" and other not in (*_ASKS, *_TOLD, "modal", "by") for one, other in pairwise([*kinds, "stop"])
    )
