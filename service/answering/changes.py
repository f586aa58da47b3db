"""Answers that compare two documents item by item: what is new, gone, changed, the same."""

from collections.abc import Mapping, Sequence

import numpy as np

from corpus import Document, Item
from index import Change, Rows
from service.answering.answer import Answer, Citation, Citations, Match, Statement
from service.answering.by_document import no_such_document
from service.answering.changed import AllChanged, Changed
from service.answering.notes import notes
from service.answering.reading import BECAME, BESIDE, asked
from service.answering.scope import LINES, Scope
from service.answering.unlike import beside_each_other, pair
from service.answering.voice import Voice, opening
from service.understanding import EARLIER, FIELDS, Between

WORDS = 12  # stretches of words that the text lists of one change


def changed(scope: Scope, between: Between) -> Answer:
    """What became of the items that fulfil the conditions, before or after; of two unlike documents which of them are about
    the same."""
    voice = scope.voice
    every = _asked_of(scope, between)
    documents = [_document(scope, id) for id in (between.before, between.after)]
    if between.fields:  # of those alone
        every = [one for one in every if set(one.fields) & set(between.fields)]
    kinds = [kind for kind in (BESIDE if between.unlike else BECAME) if kind in asked_kinds(between)]
    of_kind = {kind: [one for one in every if one.kind == kind] for kind in BECAME}
    every = [one for kind in kinds for one in of_kind[kind]]
    shown = AllChanged(every, scope.index.segmenter, unlike=between.unlike)
    first = beside_each_other if between.unlike else _first
    lines = [first(scope, documents, kinds, of_kind)]
    if between.instead_of:
        lines.append(voice.state("instead_of", year=between.instead_of))
    others = [kind for kind in ("changed", "same") if kind not in kinds and of_kind[kind]]
    if len(kinds) > 1 and others:
        counts = [voice.short_count(len(of_kind[kind]), [_one(one) for one in of_kind[kind]]) for kind in others]
        said = "、".join(count + voice.say(BECAME[kind]) for count, kind in zip(counts, others, strict=True))
        lines.append(voice.state("others", others=said))
    for one in shown[:LINES]:
        lines.append(pair(voice, one.change) if between.unlike else _line(voice, one, with_kind=len(kinds) > 1))
    lines = [*scope.cut(lines, len(shown)), *notes(scope)]
    items = [_one(one) for one in shown.changes]
    found = scope.these(_rows(scope, items))
    by_item = dict(zip(items, shown.changes, strict=True))
    return scope.answer(
        lines,
        items=found,
        citations=Citations(found, lambda match: _cited(scope, match, by_item)),
        count=len(shown),
        changes=shown,
    )


def asked_kinds(between: Between) -> Sequence[str]:
    """Of two unlike documents what reads the same is about the same, too."""
    same = between.unlike and "changed" in between.became
    return (*between.became, "same") if same else between.became


def are_unpaired(scope: Scope, between: Between) -> bool:
    """What changed is asked, and of the items that fulfil the conditions none is one of the other document, too; of both
    some do, where what is new and gone is asked as well."""
    every = _asked_of(scope, between)
    if not every or "changed" not in between.became or any(one.before and one.after for one in every):
        return False
    return len(between.became) == 1 or {bool(one.before) for one in every} == {True, False}


def _asked_of(scope: Scope, between: Between) -> Sequence[Change]:
    every: Sequence[Change] = scope.index.changes(between.before, between.after)
    if not scope.plan.where:
        return every
    fits = _fitting(scope)
    either = not scope.plan.numbered  # a number is the later document's
    return [one for one in every if one.after in fits or (either and one.before in fits)]


def unresolved(scope: Scope, between: Between) -> Answer:
    """No such document, none a year earlier, or more pairs than one."""
    voice, plan = scope.voice, scope.plan
    if plan.offers:
        questions = "\n".join(f"· {voice.name(offer.question)}" for offer in plan.offers)
        return scope.decline("which_document", voice.state("which_two", count=plan.offered, questions=questions))
    if between.missing.isdecimal():
        return scope.decline("no_such_document", voice.state("no_such_year", year=between.missing))
    if between.missing and between.missing != EARLIER:
        return no_such_document(scope, between.missing)
    return scope.decline("no_such_document", voice.state("no_earlier"))


def _first(
    scope: Scope, documents: Sequence[Document], kinds: Sequence[str], of_kind: Mapping[str, Sequence[Change]]
) -> Statement:
    voice = scope.voice
    before, after = (_title(voice, document) for document in documents)
    said = asked(scope.plan, voice)
    noun = said + voice.say("的") + voice.noun(scope.items) if said else ""
    every = [one for kind in kinds for one in of_kind[kind]]
    if not every:
        fields = scope.plan.between.fields if scope.plan.between else ()
        what = "、".join(voice.say(BECAME[kind]) for kind in kinds)
        if fields:
            what = "、".join(voice.say(FIELDS[name]) for name in fields) + what
        values: dict[str, str | int] = {
            "after": after,
            "before": before,
            "noun": noun or voice.noun(scope.items),
            "what": what,
        }
        return voice.state("changes_none", (), **values)
    counts = voice.say("，").join(
        voice.say(BECAME[kind]) + voice.short_count(len(of_kind[kind]), [_one(one) for one in every]) for kind in kinds
    )
    values = {"after": after, "before": before, "noun": noun, "counts": counts}
    return voice.state("changes", [_one(one) for one in every], **values)


def _line(voice: Voice, one: Changed, *, with_kind: bool) -> Statement:
    change = one.change
    kind = voice.say("{kind}：", kind=voice.say(BECAME[change.kind])) if with_kind else ""
    before, after = change.before, change.after
    if not (before and after):
        return voice.line(change.kind, f"{kind}“{opening(one.item.text)}”〔{voice.label(one.item)}〕", [one.item])
    labels = voice.say("（原{label}）", label=voice.label(before))
    said = [f"{kind}“{opening(after.text)}”〔{voice.label(after)}〕{labels}"]
    removed, added = one.words
    differing = [
        voice.say("{verb}{words}", verb=voice.say(verb), words=_listed(words, voice))
        for verb, words in (("删去", removed), ("添上", added))
        if words
    ]
    differing += field_changes(voice, one)
    text = "：".join([*said, *(["，".join(differing)] if differing else [])])
    return voice.line(change.kind, text, [before, after])


def _listed(words: Sequence[str], voice: Voice) -> str:
    listed = voice.quoted(words[:WORDS])
    return listed + (voice.say("等{count}处", count=len(words)) if len(words) > WORDS else "")


def field_changes(voice: Voice, one: Changed) -> list[str]:
    """牵头部门由甲改为乙."""
    before, after = one.change.before, one.change.after
    return [_field(voice, name, before, after) for name in one.fields if before and after]


def _field(voice: Voice, name: str, before: Item, after: Item) -> str:
    old, new = (_value(voice, name, item) for item in (before, after))
    return voice.say("{field}由{before}改为{after}", field=voice.say(FIELDS[name]), before=old, after=new)


def _value(voice: Voice, name: str, item: Item) -> str:
    values = {"lead": item.lead, "support": item.supporting, "due": tuple(due.text for due in item.dues)}[name]
    return voice.names(values) or voice.say("未写明")


def _fitting(scope: Scope) -> set[Item]:
    return set(scope.filtered().items)


def _one(change: Change) -> Item:
    found = change.after or change.before
    assert found
    return found


def _rows(scope: Scope, items: Sequence[Item]) -> Rows:
    return np.array([scope.index.columns.row(item) for item in items], dtype=np.int64)


def _cited(scope: Scope, match: Match, by_item: Mapping[Item, Change]) -> list[Citation]:
    change = by_item[match.item]
    both = [item for item in (change.before, change.after) if item]
    return [
        scope.citation(item, span)
        for item in both
        for span in [item.body, *([item.note] if item.note and change.fields else [])]
    ]


def _document(scope: Scope, id: str) -> Document:
    return scope.index.corpus.documents[scope.index.columns.place[id]]


def _title(voice: Voice, document: Document) -> str:
    return f"《{voice.title(document.id)}》"
