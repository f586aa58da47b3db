"""Plan and what its topics were found to concern -> `Answer`: what belongs, what is quoted, when to decline.

The one place that decides. Membership rests on evidence, never on a score.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from corpus import Document, Shelf
from index import Index
from service.answering.answer import Answer, Match, Statement, items_of
from service.answering.aside import aside
from service.answering.beside import side_by_side
from service.answering.best import Best
from service.answering.by_document import no_such_document, which_document, with_documents
from service.answering.changes import are_unpaired, changed, unresolved
from service.answering.definitions import defined, undefined
from service.answering.denied import LOOKED_AT, says_denial
from service.answering.document import about, dated_in_head, of_head
from service.answering.enumerations import enumerated
from service.answering.figures import no_figure, told, told_in
from service.answering.files import each_document, files, lacking, written_before_items
from service.answering.limits import limits
from service.answering.quotes import sentences_around
from service.answering.reading import conditions, reading
from service.answering.scope import NEAREST, Founds, Scope
from service.answering.sets import found_set, looked_up, topic_set
from service.answering.tables import by_section, grouped, tally
from service.answering.voice import Voice, section_labels
from service.understanding import About, Ask, Between, DueBy, Plan, Role, WithDue, departments_of, ranges


def compose(
    plan: Plan,
    founds: Founds,
    documents: Shelf,
    voice: Voice,
    index: Index,
    examples: Sequence[str] = (),
    look_up: Callable[[Document], Founds] = lambda _: {},
) -> Answer:
    """`founds` are what each topic of the plan concerns; `look_up` tells it of one document alone."""
    scope = _each_by_itself(Scope.of(plan, founds, documents, voice, index))
    answer = _decided(scope, examples)
    answer = side_by_side(scope, answer, lambda one: scope.alone(one, look_up(one)), partial(_decided, examples=()))
    if plan.aside and not answer.declined:
        answer = aside(scope, answer)
    answer = with_documents(scope, answer)
    said = reading(answer.plan, voice, scope.items)
    if answer.reason == "no_such_department":
        said = plan.asked_of.said(voice) if plan.asked_of else ""
    notes = _notes(scope, answer, said)
    return replace(
        answer,
        statements=(*notes, *answer.statements),
        reading=said,
        conditions=conditions(plan, voice),
        layout=plan.layout if answer.items else None,
    )


def _decided(scope: Scope, examples: Sequence[str]) -> Answer:
    ask = scope.plan.ask
    if declined := _unknown(scope):
        return declined
    if ask.kind == "chat":
        return _chat(scope, examples)
    if ask.kind == "none":
        return scope.decline("out_of_scope", _out_of_scope(scope))
    if ask.kind == "about" and ask.part:
        return about(scope, ask.part)
    if scope.plan.between:
        return _compared(scope, scope.plan.between)
    return _of_items(scope)


def _compared(scope: Scope, between: Between) -> Answer:
    """Two documents, item by item."""
    if not between.found:
        return unresolved(scope, between)
    if _absent(scope):
        return _decline_topic(scope)
    if scope.plan.denial_unread:
        return _unread_denial(scope, ())
    return changed(scope, between)


def _each_by_itself(scope: Scope) -> Scope:
    """清理欠款这项，牵头单位变了吗, where no item that says it in the one document is one of the other: what each of them says
    of it."""
    plan, between = scope.plan, scope.plan.between
    if not between or not between.found or not plan.topics or plan.denial_unread or _absent(scope):
        return scope
    if not are_unpaired(scope, between):
        return scope
    roles: tuple[Role, Role] = ("lead", "support")
    ask = next((Ask("who", role) for role in roles if role in between.fields), Ask())
    ids = tuple(one.id for one in scope.documents)
    return replace(scope, plan=replace(plan, ask=ask, between=None, documents=plan.documents or ids))


def _absent(scope: Scope) -> bool:
    """One of the topics stands nowhere."""
    return any(not topic.not_ and not len(scope.members(topic)) for topic in scope.plan.topics)


def _of_items(scope: Scope) -> Answer:
    """A set of items, a number or table counted from it, or what of it is asked."""
    plan, ask = scope.plan, scope.plan.ask
    if (ask.kind == "documents" or (ask.each and ask.kind != "tally")) and not (plan.numbered or plan.denial_unread):
        if plan.follows_up:
            return scope.decline("out_of_scope", _out_of_scope(scope))
        if plan.asks_lacking:
            return lacking(scope)
        near = [
            topic for topic, founds in scope.founds.items() if any(one.by_meaning or one.stretches for one in founds)
        ]
        absent = _absent(scope)
        if (near or absent) and ask.kind == "documents" and (in_heads := written_before_items(scope)):
            return in_heads
        if absent:
            return _decline_topic(scope)
        if near:
            return _only_near(scope, near[0])  # 提到 is of what is written
        found = scope.filtered()
        return files(scope, found) if ask.kind == "documents" else each_document(scope, found.items)
    if plan.numbered:
        return told_in(scope, plan.numbered) or looked_up(scope, plan.numbered)
    if any(not topic.not_ for topic in plan.topics):
        if not plan.denial_unread and (definition := defined(scope)):
            return definition
        if not plan.denial_unread and ask.kind in ("items", "content") and (listing := enumerated(scope)):
            return listing
        answer = topic_set(scope)
        if not plan.denial_unread and (figure := told(scope, answer)):
            return figure
        if not plan.denial_unread and (dated := dated_in_head(scope)):
            return replace(dated, plan=replace(plan, ask=Ask("about")))
        if answer is None:
            return _meant_alone(scope) or _decline_topic(scope)
        if plan.denial_unread:
            return _unread_denial(scope, answer.items)
        in_part = any(one.stretches for one in scope.wanted())
        if plan.figure and (plan.figure.sure or in_part):
            return no_figure(scope, answer.items)
        return _shown(scope, undefined(scope, answer) if plan.asks_definition == "surely" else answer)
    if plan.denial_unread:
        return _unread_denial(scope, ())
    if plan.figure and plan.figure.sure and ask.kind in ("items", "count", "content", "due"):
        named = plan.names_items or ask.kind == "due"
        if "span" in plan.figure.kinds and named and (limited := limits(scope, scope.filtered())):
            return limited
        if ask.kind != "due":
            return told(scope, None) or no_figure(scope, ())
    if (plan.of(DueBy) or plan.of(WithDue)) and not scope.index.columns.due[scope.items.rows].any():
        return _without_dues(scope)
    found = scope.filtered()
    if ask.kind == "tally":
        narrowed = [one for one in plan.where if one not in plan.roles]
        return tally(scope, replace(scope, plan=replace(plan, where=tuple(narrowed))).filtered().items)
    if ask.kind == "sections":
        return by_section(scope, found.items)
    return _shown(scope, found_set(scope, found))


def _without_dues(scope: Scope) -> Answer:
    """Of documents that write no deadline: what sets a time limit, where it is not asked by what day."""
    if scope.plan.of(WithDue):
        others = tuple(one for one in scope.plan.where if not isinstance(one, DueBy | WithDue))
        if limited := limits(scope, scope.filtered(others)):
            return limited
    return scope.decline("field_absent", scope.voice.state("field_absent", asked=scope.voice.say("完成时限")))


def _shown(scope: Scope, answer: Answer) -> Answer:
    """In groups, where that is asked; a table of departments over a topic's items."""
    if scope.plan.ask.kind == "tally" and not answer.declined:
        return tally(scope, items_of(answer.items))
    if scope.plan.layout in ("department", "section") and answer.items:
        return grouped(scope, answer.items)
    return answer


def _unknown(scope: Scope) -> Answer | None:
    """A department, a section or a document that there is not."""
    plan, voice = scope.plan, scope.voice
    if plan.offers and not plan.between:
        return which_document(scope)
    if plan.unknown_document:
        return replace(no_such_document(scope, plan.unknown_document), plan=replace(plan, ask=Ask("none")))
    if plan.unknown_department:
        names = voice.names(departments_of(scope.documents).values()) or voice.say("没有")
        line = voice.state("no_such_department", department=plan.unknown_department, existing=names)
        return scope.decline("no_such_department", line)
    if plan.sections and section_labels(scope.documents).keys().isdisjoint(plan.sections):
        labels = [voice.say(section.label) for document in scope.documents for section in document.sections]
        known = "、".join(dict.fromkeys(labels)) or voice.say("文件不分部分")
        line = voice.state("no_such_section", section=ranges(plan.sections), existing=known)
        return scope.decline("no_such_section", line)
    return None


def _decline_topic(scope: Scope) -> Answer:
    """Nothing stands literally: the head may say it, a spelling may be meant, some items may be near."""
    plan, voice = scope.plan, scope.voice
    topic = next(one for one in plan.topics if not one.not_ and not len(scope.members(one)))
    founds = scope.founds[topic]
    if not plan.denial_unread and (head := of_head(scope, topic.topic)):
        return replace(head, plan=replace(plan, ask=Ask("about")))
    hits = [hits for found in founds for hits in found.hits]
    best = Best.of(hits)
    known = bool(best.known.any())
    meant = next((found.meant for found in founds if found.meant), None)
    in_scope = bool(known or meant or plan.names_items or plan.is_filtered)
    related = scope.related(hits, best.rows[:0], by_meaning=True)
    near = bool(best.perhaps.any())
    if not in_scope and not (near and related):
        lines = [_out_of_scope(scope)]
        return replace(scope.decline("out_of_scope", *lines, related=related), plan=replace(plan, ask=Ask("none")))
    lines = [voice.state("no_match", topic=topic.topic, noun=voice.noun(scope.items))]
    if meant:
        lines.append(voice.state("meant", phrase=voice.name(meant)))
    answer = replace(scope.decline("no_match", *_joined(lines, voice), related=related), meant=meant)
    return _perhaps(scope, answer) if near else answer


def _meant_alone(scope: Scope) -> Answer | None:
    """Of one topic that stands nowhere in the one document that was named the item that is near to it, and no other."""
    plan, topics = scope.plan, scope.plan.topics
    one_document = len(plan.documents) == 1 and len(topics) == 1 == len(plan.where)
    if not one_document or plan.denial_unread or plan.figure or any(one.meant for one in scope.founds[topics[0]]):
        return None
    founds = scope.founds[topics[0]]
    near = [
        replace(one, parts=(hits.where(hits.sole),), by_meaning=True)
        for one in founds
        for hits in one.hits[-1:]
        if hits.sole.any()
    ]
    return topic_set(replace(scope, founds={topics[0]: tuple(near)})) if near else None


def _only_near(scope: Scope, topic: About) -> Answer:
    """No item says it: those that mean something near, as nearest."""
    hits = [hits for found in scope.founds[topic] for hits in found.hits]
    related = scope.related(hits, scope.items.rows[:0], by_meaning=True)
    line = scope.voice.state("no_match", topic=topic.topic, noun=scope.voice.noun(scope.items))
    return _perhaps(scope, scope.decline("no_match", line, related=related))


def _joined(lines: list[Statement], voice: Voice) -> list[Statement]:
    """The offer of a spelling stands in the same line."""
    if len(lines) < 2:
        return lines
    first, second = lines
    return [replace(first, text=first.text + second.text), replace(second, text="")][:1]


def _perhaps(scope: Scope, answer: Answer) -> Answer:
    """The nearest items, named as nearest."""
    if not answer.related or answer.meant:
        return answer
    near = [match.item for match in answer.related[:NEAREST]]
    line = scope.voice.state("nearest", near, labels=scope.voice.labels(near))
    first = answer.statements[0]
    return replace(
        answer, statements=(replace(first, text=first.text + line.text), *answer.statements[1:]), perhaps=True
    )


def _unread_denial(scope: Scope, items: Sequence[Match]) -> Answer:
    words = "、".join(scope.plan.unread)
    related = tuple(items[:5])
    return scope.decline("out_of_scope", scope.voice.state("unread_denial", words=words), related=related)


def _out_of_scope(scope: Scope) -> Statement:
    if scope.plan.follows_up:
        return scope.voice.state("no_history")
    letters = [character for character in scope.plan.question if character.isalpha()]
    english = letters and all(character.isascii() for character in letters) and " " in scope.plan.question.strip()
    return scope.voice.state("english" if english else "out_of_scope")


def _chat(scope: Scope, examples: Sequence[str]) -> Answer:
    voice, chat = scope.voice, scope.plan.ask.chat or "greeting"
    lines = [voice.state(chat)]
    if chat != "thanks":
        lines += [voice.state("example", question=voice.say(example)) for example in examples]
    return scope.answer(lines, count=None)


def _notes(scope: Scope, answer: Answer, said: str) -> list[Statement]:
    """What was corrected, and what of the question was not understood, before all else."""
    plan, voice = scope.plan, scope.voice
    notes = [voice.state("corrected", typed=one.typed, meant=voice.name(one.meant)) for one in plan.corrections]
    denied = not plan.told or all(says_denial(match) for match in answer.items[:LOOKED_AT])
    told = () if denied else plan.told
    if (unread := (*plan.unread, *told)) and not plan.denial_unread and not answer.declined:
        notes.append(voice.state("unread", words="、".join(unread), reading=said))
    return notes


__all__ = ["compose", "sentences_around"]
