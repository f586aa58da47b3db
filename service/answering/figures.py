"""Answers to questions for an amount, a day, a way: the items that tell it. What is asked of stands beside it in one
sentence, or an item that tells it is the nearest in meaning. All else is no answer."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus import fold
from service.answering.answer import Answer, Match, Matches, Statement
from service.answering.membership import said_apart
from service.answering.penalties import Penalised, penalised
from service.answering.quotes import sentences_around
from service.answering.scope import LINES, NEAREST, RELATED, Scope
from service.answering.sets import found_set, of_unread, topic_set
from service.answering.telling import Spans, beside_it, first_told
from service.understanding import About, Figure, Numbered

LOOKED_AT = 500  # items about what is asked of; of more it is not looked which tell it, and all are given
FEW = 5  # items about what is asked of, all of which are near
QUOTED = 2  # sentences of an item near in meaning


def told(scope: Scope, answer: Answer | None) -> Answer | None:
    """What tells the amount that is asked for; `answer` are the items about what it is asked of. None where nothing
    does."""
    figure = scope.plan.figure
    if not figure or not figure.kinds:
        return None
    about = _about(answer)
    if about and len(about) > LOOKED_AT:
        return answer
    if about and len(about) > 1 and figure.penal and not figure.sure:
        return None  # 没有主人的犬怎么处理: not all of it are penalties
    if about:
        telling = _telling(figure, about, scope)
        if not telling.looked and not telling.found:
            return answer
        telling = telling if telling.found else _telling_apart(figure, scope)
        if telling.found:
            return _with(telling.said, found_set(scope, of_unread(scope, telling.found), (), scope.wanted()))
    told_nowhere = figure.written or figure.kinds == ("penalty",)  # the penalty of what is near is another one
    near = [] if told_nowhere else _nearest(figure, scope)
    return _near(scope, near) if near else None


def _about(answer: Answer | None) -> Matches | None:
    return answer.items if answer and not answer.declined and isinstance(answer.items, Matches) else None


def _telling(figure: Figure, about: Matches, scope: Scope) -> Penalised:
    return penalised(figure, about, scope) if figure.penal else Penalised(beside_it(figure, about))


def _telling_apart(figure: Figure, scope: Scope) -> Penalised:
    """Where what says 虚报冒领补贴 tells it not: what says all of these words in one sentence, and does."""
    topics = [topic for topic in scope.plan.topics if not topic.not_]
    apart = {
        topic: tuple(said_apart(found, scope.index, _ids(scope)) for found in scope.founds[topic]) for topic in topics
    }
    about = _about(topic_set(replace(scope, founds={**scope.founds, **apart})))
    return _telling(figure, about, scope) if about else Penalised(None)


def _with(more: Sequence[Statement], answer: Answer) -> Answer:
    return replace(answer, statements=(*answer.statements, *more))


def told_in(scope: Scope, numbered: Numbered) -> Answer | None:
    """第6条补多少: the sentences of the items of these numbers that tell it. None where it may be asked otherwise."""
    figure, found = scope.plan.figure, scope.numbered(numbered.items)
    if not figure or not figure.kinds or not found or figure.sorts or scope.plan.topic:
        return None
    if numbered.places and not figure.penal:
        return None
    if numbered.places:  # 第二条第（一）项: what refers to that entry
        begin = found[0].item.body.start
        marks = tuple((one.span.start - begin, one.span.end - begin) for one in numbered.places)
        found = found.marked(lambda match: replace(match, highlights=marks))
    penalty = _telling(figure, found, scope)
    telling, referred = penalty.found, penalty.said
    if telling:
        lines = [scope.quoted(match) for match in telling[:LINES]]
        lines = [*scope.cut(lines, len(telling)), *referred]
        return scope.answer(lines, items=telling, citations=scope.citations(telling), count=len(telling))
    if not figure.sure:
        return None
    if figure.penal:
        labels = scope.voice.labels(match.item for match in found[:RELATED])
        return scope.decline("field_absent", scope.voice.state("no_penalty", labels=labels))
    missing = f"{scope.voice.labels(match.item for match in found[:RELATED])}{scope.voice.say('的')}{_said(scope)}"
    return scope.decline("field_absent", scope.voice.state("field_absent", asked=missing))


def _sentences(figure: Figure, text: str, scope: Scope) -> Spans:
    """Of the sentences that tell it those nearest to the question's words, where it is told in them."""
    spans = first_told(figure, text, [(0, len(text))])
    sentences = sentences_around(text, spans)
    words = scope.index.segmenter.content_words(fold(figure.asked))
    said = [sum(word in one for word in words) for one in (fold(text[own.start : own.end]) for own in sentences)]
    best = sorted(range(len(said)), key=lambda at: (-said[at], at))[:QUOTED]
    chosen = [sentences[at] for at in sorted(best)]
    return [span for span in spans if any(one.start <= span[0] < one.end for one in chosen)]


def _nearest(figure: Figure, scope: Scope) -> list[Match]:
    """The item nearest in meaning of those that fit all else, if it is near enough and tells it."""
    where = tuple(one for one in scope.plan.where if not isinstance(one, About) or one.not_)
    fits = replace(scope, plan=replace(scope.plan, where=where)).filtered().items.rows if where else scope.items.rows
    asked = figure.asked if scope.plan.topics else scope.plan.question  # 低保标准是多少, of what the document is called
    hits = scope.index.search(asked, _ids(scope))
    hits = hits.where(np.isin(hits.rows, fits))
    most = FEW if figure.kinds[0] == "hour" else 1  # hardly an article tells the hour
    best = hits.best(most)
    for at, hit in zip(best.tolist(), hits[:most], strict=True):
        if hits.likely[at] and (spans := _sentences(figure, hit.item.text, scope)):
            return [Match(hit.item, "meaning", hit.score, highlights=tuple(spans))]
    return []


def _ids(scope: Scope) -> list[str]:
    return [document.id for document in scope.documents]


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
