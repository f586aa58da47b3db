"""What a rule lists: the items in which a sentence says of whom or of what it is asked that a list follows.

业主有哪些义务 is answered by 业主…履行下列义务：（一）…, not by every item that speaks of 业主 and of 义务.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from corpus import fold, in_order
from service.answering.answer import Answer, Match
from service.answering.membership import other_names
from service.answering.scope import LINES, NEAREST, RELATED, Scope
from service.understanding import About, subjects_of

LOOKED_AT = 2000  # items that write what is asked for, in which a list is looked for
SHORTEST = 3  # letters of a subject, of which more may stand apart
_LEAD = re.compile(r"[^\n]*[：:](?=\s*\n\s*[（(]?[一1])|[^\n。；;]*(?:下列|以下|如下)[^\n]*")
_ENTRIES = re.compile(r"(?:\n\s*[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）.．、][^\n]*)+")
_PREDICATE = re.compile(
    r"(?:[（(][^（()）]{1,20}[)）])?(?:在[^，,。]{1,24}[中里上时]|应|享有|有|履行|承担|依法|按照|按|负|具|可|不得|主要|的|[，,、：:]|须|必须|需|并|行使|是|和|提|申|从事|符合)"
)


def enumerated(scope: Scope) -> Answer | None:
    """The items that list what is asked for; None where none does."""
    plan, noun = scope.plan, scope.plan.enumerated
    subjects = subjects_of([one.topic for one in plan.topics], noun, scope.index.segmenter.cut)
    if not noun or not subjects or plan.denials or plan.unread:
        return None
    where = tuple(one for one in plan.where if not isinstance(one, About))
    fits = replace(scope, plan=replace(plan, where=where)).filtered().items.rows
    found = [match for row in fits[:LOOKED_AT].tolist() if (match := _listing(scope, row, noun, subjects))]
    if not found:
        return None
    by_row = {scope.index.columns.row(match.item): match for match in found}
    found = [by_row[row] for row in scope.in_order(np.array(list(by_row), dtype=np.int64)).tolist()]
    voice, items = scope.voice, [match.item for match in found]
    counted = voice.counted(len(found), scope.items)
    said = voice.state("listing", items, counted=counted, topic="、".join(subjects), noun=noun)
    lines = scope.cut([said, *(scope.quoted(match) for match in found[:LINES])], len(found))
    others = [match for match in scope.filtered() if match.item not in items]
    if others:
        labels, count = voice.labels(match.item for match in others[:NEAREST]), len(others)
        lines.append(voice.state("written_in_too", items, labels=labels, count=count))
    related = tuple(others[:RELATED])
    return scope.answer(lines, items=found, citations=scope.citations(found), count=len(found), related=related)


def _listing(scope: Scope, row: int, noun: str, subjects: list[str]) -> Match | None:
    """The leads of lists that say so, each with its list."""
    item = scope.items.source[row]
    folded = fold(item.text)
    spans = [
        span
        for lead in _LEAD.finditer(folded)
        if _lists(noun, lead[0]) and all(_said_of(lead[0], subject, scope) for subject in subjects)
        for span in _with_entries(folded, lead)
    ]
    return Match(item, "words", 1.0, highlights=tuple(spans)) if spans else None


def _lists(noun: str, lead: str) -> bool:
    """下列|义务, 主要职责：; not 明确权利和义务, 有下列情形之一的."""
    return (
        re.search(rf"(?:下列|以下|如下)[^，,。；;：:]{{0,12}}{noun}|{noun}[^，,。；;]{{0,4}}[：:]$", lead) is not None
    )


def _with_entries(text: str, lead: re.Match[str]) -> Iterator[tuple[int, int]]:
    yield lead.span()
    if listed := _ENTRIES.match(text, lead.end()):
        yield listed.start() + 1, listed.end()


def _said_of(lead: str, subject: str, scope: Scope) -> bool:
    """It, or what the documents write for it, is what the sentence speaks of: not 业主委员会, where it is 业主."""
    for name in (subject, *other_names(subject, scope.index.corpus.aliases)):
        at = lead.find(name)
        while at >= 0:
            if _PREDICATE.match(lead, at + len(name)):
                return True
            at = lead.find(name, at + 1)
    return len(subject) > SHORTEST and subject not in lead and in_order(subject, lead)
