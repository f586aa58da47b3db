"""What a rule lists: the items in which a sentence says of whom or of what it is asked that a list follows.

业主有哪些义务 is answered by 业主…履行下列义务：（一）…, not by every item that speaks of 业主 and of 义务.
"""

import re
from dataclasses import replace
from functools import partial

import numpy as np

from corpus import fold
from service.answering.answer import Answer, Match
from service.answering.membership import other_names
from service.answering.paragraphs import entries_of, paragraphs_of
from service.answering.scope import LINES, NEAREST, RELATED, Scope
from service.understanding import About, subjects_of

LOOKED_AT = 2000  # items that write what is asked for, in which a list is looked for
GAP = 2  # letters between the words of a subject
_LISTS = ("下列", "以下", "如下")
_PAPERS = ("材料", "证明", "证件", "资料", "文件", "手续")  # one is asked for, and another written
_DENIES = re.compile("不得|不予|不能|不准|不应|不可|严禁|禁止")
_DONE = ("情形", "行为", "事项")  # that are allowed or not
_OBJECT = ("对", "向", "为", "给", "与", "受", "由")  # of what somebody else does
_PREDICATE = re.compile(
    r"(?:[（(][^（()）]{1,20}[)）])?(?:在[^，,。]{1,24}[中里上时]|时|应|享有|有|履行|承担|依法|按照|按|负|具|可|不得|主要|的|[，,、：:]|须|必须|需|并|行使|是|和|提|申|从事|符合)"
)


def enumerated(scope: Scope) -> Answer | None:
    """The items that list what is asked for; None where none does."""
    plan, noun = scope.plan, scope.plan.enumerated
    if not noun or plan.denials or plan.unread:
        return None
    ids = [document.id for document in scope.documents]
    subjects = subjects_of([one.topic for one in plan.topics], noun, partial(scope.index.stands, documents=ids))
    if not subjects:
        return None
    denied = _DENIES.search(fold(plan.question)) is not None
    where = tuple(one for one in plan.where if not isinstance(one, About))
    fits = replace(scope, plan=replace(plan, where=where)).filtered().items.rows
    nouns = (noun, *(one for one in _PAPERS if one != noun)) if noun in _PAPERS else (noun,)
    rows = fits[:LOOKED_AT].tolist()
    every = ((one, _listing_all(scope, rows, one, subjects, denied=denied)) for one in nouns)
    noun, found = next(((one, found) for one, found in every if found), (noun, []))
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


def _listing_all(scope: Scope, rows: list[int], noun: str, subjects: list[str], *, denied: bool) -> list[Match]:
    return [match for row in rows if (match := _listing(scope, row, noun, subjects, denied=denied))]


def _listing(scope: Scope, row: int, noun: str, subjects: list[str], *, denied: bool) -> Match | None:
    """The leads of lists that say so, each with its list; `denied` where what is not to be is asked for."""
    item = scope.items.source[row]
    folded = fold(item.text)
    spans: list[tuple[int, int]] = []
    for at, one in enumerate(paragraphs_of(folded)):
        lead = folded[one.start : one.end]
        if not _lists(noun, lead) or (noun in _DONE and denied != (_DENIES.search(lead) is not None)):
            continue
        if all(_said_of(lead, subject, scope) for subject in subjects):
            entries = entries_of(folded, at)
            spans += [(one.start, one.end), *([(entries[0].start, entries[-1].end)] if entries else [])]
    return Match(item, "words", 1.0, highlights=tuple(spans)) if spans else None


def _lists(noun: str, lead: str) -> bool:
    """下列|义务, 主要职责：; not 明确权利和义务, 有下列情形之一的."""
    if noun not in lead or not (lead.rstrip().endswith((":", "：")) or any(word in lead for word in _LISTS)):
        return False
    return (
        re.search(rf"(?:下列|以下|如下)[^，,。；;：:]{{0,12}}{noun}|{noun}[^，,。；;]{{0,4}}[：:]\s*$", lead)
        is not None
    )


def _said_of(lead: str, subject: str, scope: Scope) -> bool:
    """It, or what the documents write for it, is what the sentence speaks of: not 业主委员会, nor 对业主, where it is 业主."""
    for name in (subject, *other_names(subject, scope.index.corpus.aliases)):
        at = lead.find(name)
        while at >= 0:
            if _PREDICATE.match(lead, at + len(name)) and not lead[:at].endswith(_OBJECT):
                return True
            at = lead.find(name, at + 1)
    words = [word for word in scope.index.segmenter.cut(subject) if any(map(str.isalnum, word))]
    spread = f".{{0,{GAP}}}".join(map(re.escape, words))
    return subject not in lead and len(words) > 1 and re.search(spread, lead) is not None
