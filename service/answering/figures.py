"""Answers to questions for an amount, a day, a price: a day that stands beside what is asked of is told; all else no item is
an answer to, though one may be near."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus import find_date, fold
from service.answering.answer import Answer, Match, Matches
from service.answering.scope import NEAREST, RELATED, Scope
from service.answering.sets import found_set

LOOKED_AT = 200  # items that may tell a day
_FROM = "之日"  # 自公布之日起施行


def dated(scope: Scope, answer: Answer) -> Answer | None:
    """What is asked of with the day beside it, in one sentence: 自…年…月…日起施行."""
    if not scope.plan.asks_day or not isinstance(answer.items, Matches):
        return None
    told = [any(_tells_day(one.quote) for one in scope.cited(match)) for match in answer.items[:LOOKED_AT]]
    those = answer.items.of_rows(answer.items.items.rows[:LOOKED_AT][np.array(told, dtype=bool)])
    return found_set(scope, those) if those and not answer.declined else None


def _tells_day(quote: str) -> bool:
    folded = fold(quote)
    return _FROM in folded or find_date(folded) is not None


def no_figure(scope: Scope, items: Sequence[Match]) -> Answer:
    """The items that what is asked of stands in are near; what is asked they do not say."""
    voice, near = scope.voice, tuple(items[:RELATED])
    line = voice.state("no_figure")
    if near:
        named = voice.state("nearest", labels=voice.labels(match.item for match in near[:NEAREST]))
        line = replace(line, text=line.text + named.text)
    return replace(scope.decline("no_match", line, related=near), perhaps=bool(near))
