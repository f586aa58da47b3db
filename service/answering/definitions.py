"""Answers to questions for what a word means: the sentences in which the documents define it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from corpus import Item, fold
from service.answering.answer import Answer, Match
from service.answering.quotes import sentences_around
from service.answering.scope import LINES, NEAREST, RELATED, Scope
from service.understanding import listed

LOOKED_AT = 2000  # items that write the word, of which it is looked whether they define it

_BEFORE = r"(?:(?<![一-鿿])|(?<=[称的和与及中被]))"
_DEFINES = (
    r"[”\"」』》]?(?:\([^()]{0,40}\))?(?:[,，]?\s?(?:是指|系指|指的是|指的就是)|[,，]\s?指(?![导定挥标示派出引向南]))"
)
_BEGINS = r"(?:^|(?<=[。;!?\n\s]))"
_IS = "是(?![否由在因])"
_SHORT = r"以下(?:简称|统称|合称)[:：“\"「『]{0,2}"


def defined(scope: Scope) -> Answer | None:
    """What defines the topic, or each thing that it lists; None where nothing does."""
    topics = [one.topic for one in scope.plan.topics if not one.not_] if scope.plan.asks_definition else []
    stands = partial(scope.index.stands, documents=[document.id for document in scope.documents])
    parts = [part for topic in topics for part in listed(topic, stands)]
    spans: dict[Item, list[tuple[int, int]]] = {}
    words = []
    for part in parts:
        for item, own in _defining(part, scope):
            spans.setdefault(item, []).extend(own)
            words.append(part)
    found = [Match(item, "words", 1.0, highlights=_sentences(item, own)) for item, own in spans.items()]
    if not found:
        return None
    voice, items = scope.voice, [match.item for match in found]
    line = voice.state("defined", items, topic=voice.quoted(list(dict.fromkeys(words))), labels=voice.labels(items))
    lines = scope.cut([line, *(scope.quoted(match) for match in found[:LINES])], len(found))
    return scope.answer(lines, items=found, citations=scope.citations(found), count=len(found))


def undefined(scope: Scope, answer: Answer) -> Answer:
    """Nothing says what it is: what is about it is near."""
    voice, near = scope.voice, tuple(answer.items[:RELATED])
    line = voice.state("undefined", noun=voice.noun(scope.items), topic=scope.plan.topic or "")
    if near:
        named = voice.state("written_in", labels=voice.labels(match.item for match in near[:NEAREST]))
        line = replace(line, text=line.text + named.text)
    return replace(scope.decline("no_match", line, related=near), perhaps=bool(near))


def _sentences(item: Item, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple((one.start, one.end) for one in sentences_around(item.text, sorted(spans)))


def _defining(word: str, scope: Scope) -> list[tuple[Item, list[tuple[int, int]]]]:
    """甲，是指…; where no item says that, a sentence that begins 甲是…; else （以下简称甲）."""
    folded = re.escape(fold(word))
    patterns = (
        _BEFORE + folded + _DEFINES,
        _BEGINS + folded + _IS,
        f"{_SHORT}{folded}(?![一-鿿])",
        rf"所[称指]的?[“\"]?{folded}[”\"]?[,，]?包[括含]",
    )
    return next((said for pattern in patterns if (said := list(_saying(pattern, word, scope)))), [])


def _saying(pattern: str, word: str, scope: Scope) -> Iterator[tuple[Item, list[tuple[int, int]]]]:
    """Of the items that write the word those in which the pattern stands, and where."""
    literal = scope.index.look_up(word, [document.id for document in scope.documents])
    if not literal.is_phrase:
        return
    rows = np.intersect1d(literal.rows[literal.coverage > 0], scope.items.rows)[:LOOKED_AT]
    for item in scope.items.at(rows):
        spans = [found.span() for found in re.finditer(pattern, fold(item.text))]
        if spans:
            yield item, spans
