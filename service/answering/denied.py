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


def says_denial(match: Match) -> bool:
    text = match.item.text
    sentences = sentences_around(text, match.highlights)
    said = [text[one.start : one.end] for one in sentences] or [text]
    return any(denies(fold(one)) for one in said)
