"""A denial that is told, 没系安全带怎么办, and how something is done, 垃圾怎么投放: of what speaks of it that is answered by what says
so. What else speaks of it is left out of the answer, and that is said."""

import re
from collections.abc import Callable

import numpy as np

from corpus import denies, fold, has_figure
from service.answering.answer import Match, Matches
from service.answering.quotes import sentences_around

LOOKED_AT = 500  # items, of more than which it is not looked what they deny
NEAR = 14  # letters before what was found, in its clause, in which it is denied
_MEASURES = ("扣留", "收缴", "扣押", "查封")  # what is done to somebody, and no fine
_CLAUSE = re.compile(r"[,，。;；:：\n]")


def denying(found: Matches) -> Matches:
    """Those that deny what was found right before it; all where none does."""
    return _where(found, says_denial)


def saying(found: Matches, word: str) -> Matches:
    """Those that write the word in the sentences in which what was found stands, and there punish nothing, unless the word
    itself does, 怎么扣留; all where none does."""
    measure = has_figure(word, "penalty") or any(one in word for one in _MEASURES)

    def says(match: Match) -> bool:
        sentences = map(fold, _sentences(match))
        return any(word in one and (measure or not has_figure(one, "penalty")) for one in sentences)

    return _where(found, says)


def says_denial(match: Match) -> bool:
    """未办理|登记, 不予|批准; not 无法改正的，责令|补种, where 补种 was found."""
    text = match.item.text
    clauses = (
        _CLAUSE.split(text[max(0, start - NEAR) : start])[-1] + text[start:end] for start, end in match.highlights
    )
    return any(denies(fold(one)) for one in clauses)


def _where(found: Matches, says: Callable[[Match], bool]) -> Matches:
    if not 1 < len(found) <= LOOKED_AT:
        return found
    own = np.array([says(match) for match in found], dtype=bool)
    return found.of_rows(found.items.rows[own]) if own.any() else found


def _sentences(match: Match) -> list[str]:
    """In which what was found stands; the whole text where nothing of it does."""
    text = match.item.text
    return [text[one.start : one.end] for one in sentences_around(text, match.highlights)] or [text]
