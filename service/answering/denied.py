"""A denial that is told, 没系安全带怎么罚: it is answered by what says it with a denial, 未系安全带."""

import numpy as np

from corpus import denies, fold
from service.answering.answer import Match, Matches
from service.answering.quotes import sentences_around

LOOKED_AT = 500  # items, of more than which it is not looked what they deny


def denying(found: Matches) -> Matches:
    """Those that deny something in the sentences in which what was found stands; all where none does."""
    if len(found) > LOOKED_AT:
        return found
    own = np.array([says_denial(match) for match in found], dtype=bool)
    return found.of_rows(found.items.rows[own]) if own.any() else found


def saying(found: Matches, word: str) -> Matches:
    """垃圾怎么投放: of several those that write it in the sentences in which what was found stands; all where none does."""
    if not 1 < len(found) <= LOOKED_AT:
        return found
    own = np.array([word in fold(one) for one in ("".join(_said(match)) for match in found)], dtype=bool)
    return found.of_rows(found.items.rows[own]) if own.any() else found


def says_denial(match: Match) -> bool:
    return any(denies(fold(one)) for one in _said(match))


def _said(match: Match) -> list[str]:
    """The sentences in which what was found stands; its whole text where nothing of it does."""
    text = match.item.text
    return [text[one.start : one.end] for one in sentences_around(text, match.highlights)] or [text]
