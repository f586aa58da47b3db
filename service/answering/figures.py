"""Answers to questions for an amount, a day, a way: the items that tell it. What is asked of stands beside it in one
sentence, or in one of few items; or an item that tells it is the nearest in meaning. All else is no answer."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus import find_figures, fold
from index import merged
from service.answering.answer import Answer, Match, Matches, Statement
from service.answering.quotes import sentences_around
from service.answering.scope import LINES, NEAREST, RELATED, Scope
from service.answering.sets import found_set
from service.understanding import Figure, Numbered

LOOKED_AT = 200  # items that may tell it
FEW = 5  # items about what is asked of, in any sentence of which it may be told
QUOTED = 2  # sentences of an item near in meaning

Spans = list[tuple[int, int]]


def told(scope: Scope, answer: Answer | None) -> Answer | None:
    """What tells the amount that is asked for; `answer` are the items about what it is asked of. None where nothing
    does."""
    figure = scope.plan.figure
    if not figure or not figure.kinds:
        return None
    about = answer.items if answer and not answer.declined and isinstance(answer.items, Matches) else None
    if about and (found := _beside_it(figure, about)):
        return found_set(scope, found)
    if not figure.written and (near := _nearest(figure, scope)):
        return _near(scope, near)
    found = _in_few(figure, about, scope) if about else None
    return found_set(scope, found) if found else None


def told_in(scope: Scope, numbered: Numbered) -> Answer | None:
    """第6条补多少: the sentences of the items of these numbers that tell it. None where it may be asked otherwise."""
    figure, found = scope.plan.figure, scope.numbered(numbered.items)
    if not figure or not figure.kinds or not found or numbered.places:
        return None
    if telling := _beside_it(figure, found):
        lines = [scope.quoted(match) for match in telling[:LINES]]
        lines = scope.cut(lines, len(telling))
        return scope.answer(lines, items=telling, citations=scope.citations(telling), count=len(telling))
    if scope.plan.topic or not figure.sure:
        return None
    missing = f"{scope.voice.labels(match.item for match in found[:RELATED])}{scope.voice.say('的')}{_said(scope)}"
    return scope.decline("field_absent", scope.voice.state("field_absent", asked=missing))


def _beside_it(figure: Figure, about: Matches) -> Matches | None:
    """Those that tell it in the sentences in which what it is asked of stands."""
    return _telling(about, [_beside(figure, match) for match in about[:LOOKED_AT]])


def _in_few(figure: Figure, about: Matches, scope: Scope) -> Matches | None:
    """Those that tell it in another sentence, where they are few."""
    if len(about) > FEW:
        return None
    return _telling(about, [_sentences(figure, match.item.text, scope) for match in about])


def _telling(about: Matches, told: Sequence[Spans]) -> Matches | None:
    """Those in which it is told, with the places where it is marked; `told` are those of the first."""
    rows = about.items.rows[: len(told)]
    spans = {row: own for row, own in zip(rows.tolist(), told, strict=True) if own}
    if not spans:
        return None
    by_item = {about[at].item: own for at, own in enumerate(told) if own}
    return about.of_rows(rows[np.isin(rows, list(spans))]).marked(lambda match: _marked(match, by_item[match.item]))


def _beside(figure: Figure, match: Match) -> Spans:
    """Where it is told in the sentences of what was found; all of the text where no words were."""
    text = match.item.text
    whole = [(0, len(text))]
    sentences = [(one.start, one.end) for one in sentences_around(text, match.highlights)] or whole
    return [span for start, end in sentences for span in _spans(figure, text, start, end)]


def _sentences(figure: Figure, text: str, scope: Scope) -> Spans:
    """Of the sentences that tell it those nearest to the question's words, where it is told in them."""
    spans = _spans(figure, text, 0, len(text))
    sentences = sentences_around(text, spans)
    words = scope.index.segmenter.content_words(fold(figure.asked))
    said = [sum(word in fold(text[one.start : one.end]) for word in words) for one in sentences]
    best = sorted(range(len(said)), key=lambda at: (-said[at], at))[:QUOTED]
    return [span for at in sorted(best) for span in spans if sentences[at].start <= span[0] < sentences[at].end]


def _spans(figure: Figure, text: str, start: int, end: int) -> Spans:
    folded = fold(text[start:end])
    found = [span for kind in figure.kinds for span in find_figures(folded, kind, figure.unit)]
    return [(start + first, start + last) for first, last in sorted(set(found))]


def _marked(match: Match, spans: Spans) -> Match:
    """In the sentences that tell it, what was found and what is told."""
    telling = sentences_around(match.item.text, spans)
    own = [one for one in match.highlights if any(span.start <= one[0] < span.end for span in telling)]
    return replace(match, highlights=merged((*own, *spans)))


def _nearest(figure: Figure, scope: Scope) -> list[Match]:
    """The item nearest in meaning, if it is near enough and tells it; of each document where several were named."""
    each = [[one] for one in scope.plan.documents] if len(scope.plan.documents) > 1 else [_ids(scope)]
    return [match for ids in each for match in _nearest_of(figure, ids, scope)]


def _ids(scope: Scope) -> list[str]:
    return [document.id for document in scope.documents]


def _nearest_of(figure: Figure, ids: list[str], scope: Scope) -> list[Match]:
    hits = scope.index.search(figure.asked, ids)
    hits = hits.where(np.isin(hits.rows, scope.items.rows))
    best = hits.best(1)
    if not len(best) or not hits.likely[best[0]]:
        return []
    hit = hits[0]
    spans = _sentences(figure, hit.item.text, scope)
    return [Match(hit.item, "meaning", hit.score, highlights=tuple(spans))] if spans else []


def _near(scope: Scope, near: Sequence[Match]) -> Answer:
    """Told as what it is: near in meaning, and telling what was asked for."""
    voice, items = scope.voice, [match.item for match in near]
    line = voice.state(
        "figure_near", items, noun=voice.noun(scope.items), told=_said(scope), labels=voice.labels(items)
    )
    lines: list[Statement] = [line, *(scope.quoted(match) for match in near[:LINES])]
    return scope.answer(lines, items=near, citations=scope.citations(near), count=len(near))


def _said(scope: Scope) -> str:
    kinds = scope.plan.figure.kinds if scope.plan.figure else ()
    return scope.voice.figure(kinds)


def no_figure(scope: Scope, about: Sequence[Match]) -> Answer:
    """Few items that what is asked of stands in are near, or those nearest in meaning; what is asked they do not say."""
    voice, figure = scope.voice, scope.plan.figure
    near = tuple(about[:RELATED])
    if figure and len(about) > FEW:
        near = scope.related([scope.index.search(figure.asked, _ids(scope))], scope.items.rows[:0], by_meaning=True)
    line = voice.state("no_figure", told=_said(scope))
    if near:
        named = voice.state("nearest", labels=voice.labels(match.item for match in near[:NEAREST]))
        line = replace(line, text=line.text + named.text)
    return replace(scope.decline("no_match", line, related=near), perhaps=bool(near))
