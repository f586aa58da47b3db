"""Answers that are sets of items: found, looked up, with their departments, compared, placed, as a table."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus import Place, denies, fold, only_handles
from service.answering.answer import Answer, Citations, Match, Matches, Row, Statement, items_of
from service.answering.denied import denying, saying
from service.answering.found import Found
from service.answering.notes import how_found
from service.answering.paragraphs import with_list
from service.answering.reading import asked
from service.answering.scope import LINES, NEAREST, RELATED, Scope
from service.answering.shown import SHOWN, whole
from service.answering.tables import row_lines
from service.answering.telling import tells
from service.understanding import (
    About,
    DueBy,
    InRole,
    Numbered,
    Plan,
    Role,
    endings,
    having,
    ranges,
    role_field,
    role_word,
)

WHOLE = 3  # items at most of which a list is quoted whole behind the sentence that leads it
UNREAD = 500  # items, of more than which it is not looked what of the question they hold


def found_set(scope: Scope, found: Matches, related: tuple[Match, ...] = (), founds: Sequence[Found] = ()) -> Answer:
    """The set with its number, and what decided each item."""
    voice, plan = scope.voice, scope.plan
    if plan.ask.kind == "who" and _assigns(scope):
        return departments_of_items(scope, found, related)
    if plan.ask.kind in SHOWN:
        return SHOWN[plan.ask.kind](scope, found)
    found = found.named_first(scope.rank(found.items.rows))
    if not found:
        none = voice.state("none", noun=voice.noun(scope.items), asked=asked(plan, voice))
        other = _other_role(scope)
        others = _having(scope, other) if other else ()
        lines = [none, _said_of_others(scope, other, others)] if other and others else [none]
        if related and not others and len([one for one in plan.topics if not one.not_]) > 1:
            near = [match.item for match in related[:NEAREST]]
            lines.append(voice.state("nearest", near, labels=voice.labels(near)))
        return scope.answer(lines, related=tuple(others[:RELATED]) or related, count=0)
    if len(found) <= WHOLE:
        found = found.marked(with_list)
    lines = [*_first(scope, found, founds), *_due_that_day(scope, found)]
    lines += [_with_due(scope, match) for match in found[:LINES]]
    lines += [line for one in founds for line in how_found(scope, one, found.items.rows)]
    if through_all := found.items.at(found.items.rows[found.through_all]):
        lines.append(voice.state("collective", through_all, count=len(through_all), labels=voice.labels(through_all)))
    rows = found.items.rows
    if _asks_who_leads(scope) and (responsible := found.items.at(rows[scope.index.columns.responsible[rows]])):
        lines.append(voice.state("responsible", responsible, labels=voice.labels(responsible)))
    lines = scope.cut(lines, len(found))
    each = tuple(_of_each(scope, found))
    lines[1:1] = row_lines(scope, each)
    citations = scope.citations(found)
    return scope.answer(lines, items=found, related=related, citations=citations, count=len(found), table=each or None)


def _assigns(scope: Scope) -> bool:
    """To departments: it is a plan."""
    return any(document.departments for document in scope.documents)


def _of_each(scope: Scope, found: Matches) -> list[Row]:
    """认证部和认可部各牵头多少: a row for each of them."""
    several = [one for one in scope.plan.roles if one.rule == "any" and len(one.names) > 1]
    if scope.plan.ask.kind != "count" or len(several) != 1:
        return []
    (one,) = several
    rows, columns = found.items.rows, scope.index.columns
    having = [InRole(one.role, (name,)).rows(columns).every for name in one.names]
    return [Row(name, found.items.at(rows[mask[rows]])) for name, mask in zip(one.names, having, strict=True)]


def _other_role(scope: Scope) -> InRole | None:
    """The one role that is asked, changed for the other."""
    roles = [one for one in scope.plan.where if isinstance(one, InRole)]
    if len(roles) != 1 or roles[0].role == "any" or roles[0].rule not in ("all", "any"):
        return None
    return replace(roles[0], role="lead" if roles[0].role == "support" else _beside_lead(scope, roles[0]))


def _beside_lead(scope: Scope, one: InRole) -> Role:
    """What they may be that lead none of these: named as responsible with another, else supporting."""
    shared = replace(one, role="responsible").rows(scope.index.columns).every
    return "responsible" if one.role == "lead" and shared[scope.items.rows].any() else "support"


def _having(scope: Scope, other: InRole) -> Sequence[Match]:
    """What fits all conditions with that one in the place of the role asked."""
    where = tuple(other if isinstance(one, InRole) else one for one in scope.plan.where)
    return replace(scope, plan=replace(scope.plan, where=where)).filtered()


def _said_of_others(scope: Scope, other: InRole, others: Sequence[Match]) -> Statement:
    """Lest 没有 be heard as 无关."""
    voice, items = scope.voice, items_of(others)
    only_responsible = other.role == "lead" and all(one.responsible for one in items)
    names = voice.say("或" if other.rule == "any" else "、").join(map(voice.name, other.names))
    said = voice.say("负责" if only_responsible else role_word(other.role))
    counted = voice.counted(len(items), items)
    return voice.state("in_other_role", items, names=names, role=said, counted=counted, labels=voice.few_labels(items))


def _asks_who_leads(scope: Scope) -> bool:
    return any(isinstance(one, InRole) and one.role == "lead" for one in scope.plan.where)


def _with_due(scope: Scope, match: Match) -> Statement:
    """Quoted, with until when it is to be done where that is asked for."""
    quoted, due = scope.quoted(match), scope.plan.of(DueBy) and match.item.dues
    if not due:
        return quoted
    said = scope.voice.say("（时限：{dues}）", dues="、".join(one.text for one in due))
    return replace(quoted, text=quoted.text + said)


def _due_that_day(scope: Scope, found: Matches) -> list[Statement]:
    """10月底前完成的: of those due by then the ones that are due then, where others are due before."""
    by = [one for one in scope.plan.where if isinstance(one, DueBy)]
    if len(by) != 1 or by[0].since > datetime.date.min:
        return []
    rows = found.items.rows
    items = found.items.at(rows[scope.index.columns.due_between(by[0].by, by[0].by)[rows]])
    if not 0 < len(items) < len(found):
        return []
    labels = scope.voice.few_labels(items)
    return [scope.voice.state("due_that_day", items, count=len(items), labels=labels)]


def _first(scope: Scope, found: Matches, founds: Sequence[Found]) -> list[Statement]:
    voice, plan = scope.voice, scope.plan
    items, counted = found.items, voice.counted(len(found), scope.items if len(scope.documents) == 1 else found.items)
    if plan.topic and any(one.by_meaning for one in founds):
        noun = voice.noun(scope.items)
        return [voice.state("by_meaning", items, noun=noun, topic=plan.topic, counted=counted)]
    if plan.topic and (stretches := [one for found in founds for one in found.stretches]):
        noun, sought = voice.noun(scope.items), voice.quoted(stretches)
        return [voice.state("in_part", items, noun=noun, topic=plan.topic, sought=sought, counted=counted)]
    first = "tabled" if plan.layout == "table" else "found"
    said = [voice.state(first, items, counted=counted, asked=asked(plan, voice))]
    through_all = int(found.through_all.sum())
    if through_all and first == "found":
        named, values = len(found) - through_all, {"counted": counted, "asked": asked(plan, voice)}
        said = [voice.state("found_named", items, named=named, count=through_all, **values)]
    return [voice.state("summary"), *said] if plan.ask.kind == "summary" else said


def topic_set(scope: Scope) -> Answer | None:
    """The set of the plan's topics; None where one of them stands nowhere and means nothing near."""
    wanted = [topic for topic in scope.plan.where if topic in scope.founds and not getattr(topic, "not_", False)]
    founds = [found for topic in wanted for found in scope.founds[topic]]  # type: ignore[index]
    if any(not len(scope.members(topic)) for topic in wanted):  # type: ignore[arg-type]
        return None
    found = scope.filtered()
    if not found and (rest := _without_noun(scope.plan)):
        return topic_set(replace(scope, plan=rest))
    every, found = found, _that_say_so(scope, found)
    if len(found) < len(every):
        answer = found_set(scope, found, (), founds)
        others = scope.items.at(np.setdiff1d(every.items.rows, found.items.rows))
        labels = scope.voice.few_labels(others)
        said = scope.voice.state("written_in_else", others, labels=labels, count=len(others))
        return replace(answer, statements=(*answer.statements, said)) if not answer.declined else answer
    if scope.plan.from_history and scope.plan.is_filtered:  # what is not so of the set before is not near
        return found_set(scope, found, (), founds)
    hits = [hits for one in founds for hits in one.hits]
    by_meaning = any(one.by_meaning for one in founds)
    apart = not found and len(wanted) > 1  # each stands somewhere, and nowhere all: what is near to the question
    if scope.plan.unread or apart:  # what is near to all that was said, beside the answer to what was understood
        hits, by_meaning = [scope.index.search(scope.plan.question, [one.id for one in scope.documents])], True
    related = scope.related(hits, found.items.rows, by_meaning=by_meaning)
    asks_who = scope.plan.ask.kind == "who" or scope.plan.asks_fact
    own = of_unread(scope, found) if asks_who else found  # of a set as a whole nothing is left out
    answer = found_set(scope, own, related, founds)
    if len(own) == len(found):
        return answer
    if answer.declined:
        return found_set(scope, found, related, founds)
    words = scope.voice.quoted(list(scope.plan.unread))
    said = scope.voice.state("most_of_unread", scope.items, words=words, count=len(found) - len(own))
    return replace(answer, statements=(*answer.statements, said))


def _that_say_so(scope: Scope, found: Matches) -> Matches:
    """Of what speaks of it what says that it is not so, or how it is done, where that is asked; of a penalty all."""
    plan = scope.plan
    if plan.figure and plan.figure.penal and plan.figure.sure:
        return found
    if plan.told or any(denies(fold(topic.topic)) for topic in plan.topics):  # 不按规定办手续
        found = denying(found)
    specific = plan.way and not only_handles(fold(plan.way)) and not _assigns(scope)
    return saying(found, plan.way) if specific else found


def _without_noun(plan: Plan) -> Plan | None:
    """哪些情形不批准, where no item that says 批准 says 情形: the rest of what is asked, where there is any."""
    rest = tuple(one for one in plan.where if not (isinstance(one, About) and one.topic == plan.enumerated))
    some = len(rest) < len(plan.where) and any(isinstance(one, About) and not one.not_ for one in rest)
    return replace(plan, where=rest) if plan.enumerated in endings("circumstance") and some else None


def of_unread(scope: Scope, found: Matches) -> Matches:
    """职工申请提取公积金，几日内作出决定: of several those that hold the most of what was not understood."""
    words = {word for one in scope.plan.unread for word in scope.index.segmenter.content_words(fold(one))}
    if not 1 < len(found) <= UNREAD or len(scope.plan.documents) > 1 or not words or scope.plan.denial_unread:
        return found
    held = np.array([sum(word in fold(match.item.text) for word in words) for match in found])
    return found.of_rows(found.items.rows[held == held.max()]) if held.max() > 1 else found


# Looked up by number


def looked_up(scope: Scope, numbered: Numbered) -> Answer:
    """The items of these numbers, whole; which of the numbers do not exist is said."""
    voice, plan = scope.voice, scope.plan
    columns, rows = scope.index.columns, scope.items.rows
    found = scope.numbered(numbered.items)
    present = set(columns.number[found.items.rows].tolist())
    own = rows[columns.in_sections(plan.sections)[rows]] if plan.sections else rows
    numbers, items = np.unique(columns.number[own]).tolist(), scope.items.at(own)
    existing = voice.numbered(ranges(numbers), items) if numbers else voice.say("没有条目")
    asked_for = voice.numbered(ranges(numbered.numbers), items)
    if not found:
        return scope.decline("no_such_item", voice.state("no_such_item", asked=asked_for, existing=existing))
    match plan.ask.kind:
        case "who":
            return departments_of_items(scope, found, ())
        case kind if kind in SHOWN:
            return SHOWN[kind](scope, found)
    entries = _entries(scope, found)
    told = plan.ask.text or bool(entries) or _may_tell(plan.topic or "", found, scope)
    if plan.figure and plan.asks_fact and plan.topic and not told and not _says_of(plan.topic, found, scope):
        missing = f"{asked_for}{voice.say('的')}{plan.topic}"
        return scope.decline("field_absent", voice.state("field_absent", asked=missing))
    if numbered.places:
        return places_of(scope, found[0], numbered.places)
    absent = [] if plan.from_history else [number for number in numbered.numbers if number not in present]
    lines = entries
    if absent:
        lines.append(voice.state("missing", asked=voice.numbered(ranges(absent), items), existing=existing))
    lines += [whole(voice, match.item) for match in found[:LINES]]
    citations = scope.citations(found)
    return scope.answer(scope.cut(lines, len(found)), items=found, citations=citations, count=len(found))


def _entries(scope: Scope, found: Matches) -> list[Statement]:
    """第19条列了几种情形, 第4条有几款: how many （一）（二）…, or paragraphs, each of the items has."""
    plan, figure = scope.plan, scope.plan.figure
    counted = plan.ask.kind == "count" and not (plan.topics or plan.unread or figure)
    listed = figure is not None and figure.sorts
    if not (counted or listed):
        return []
    kind = "款" if counted and "款" in plan.question else "项"
    lines = []
    for match in found[:LINES]:
        if entries := sum(place.kind == kind for place in match.item.places):
            label = scope.voice.label(match.item)
            lines.append(scope.voice.state("entries", [match.item], label=label, count=entries, unit=kind))
    return lines


def _may_tell(topic: str, found: Matches, scope: Scope) -> bool:
    """第十七条租房扣多少: an amount is told there, and each letter of what it is asked of, as in 住房租金."""
    letters = set(fold(topic))
    return tells(scope.plan.figure, found) and any(letters <= set(fold(match.item.text)) for match in found[:LINES])


def _says_of(topic: str, found: Matches, scope: Scope) -> bool:
    """第六条，补助比例是多少: some word of it stands in one of these items."""
    words = [word for word in scope.index.segmenter.content_words(fold(topic)) if len(word) > 1]
    return any(word in fold(match.item.text) for match in found[:LINES] for word in words)


def places_of(scope: Scope, match: Match, places: Sequence[Place]) -> Answer:
    """A paragraph or an entry of one item, quoted; the whole item stands in the answer's list."""
    item, voice = match.item, scope.voice
    begin = item.body.start
    highlights = tuple((place.span.start - begin, place.span.end - begin) for place in places)
    lines = []
    for place, (start, end) in zip(places, highlights, strict=True):
        said = voice.say("第{number}{kind}", number=place.number, kind=voice.say(place.kind))
        lines.append(voice.line("place", f"{voice.label(item)}{said}：“{item.text[start:end]}”", [item]))
    citations = tuple(scope.citation(item, place.span) for place in places)
    return scope.answer(lines, items=[replace(match, highlights=highlights)], citations=citations, count=1)


def departments_of_items(scope: Scope, found: Sequence[Match], related: tuple[Match, ...]) -> Answer:
    """Who has the role asked for, item by item; and what the items say, where that is asked, too."""
    voice, plan = scope.voice, scope.plan
    role: Role = plan.ask.role or "any"
    if not found:
        none = voice.state("none", noun=voice.noun(scope.items), asked=asked(plan, voice))
        return scope.answer([none], related=related, count=0)
    if not scope.has_some(found, scope.index.columns.holders(role) > 0):
        missing = f"{voice.labels(m.item for m in found[:RELATED])}{voice.say('的')}{voice.say(role_field(role))}"
        return scope.decline("field_absent", voice.state("field_absent", asked=missing))
    roles: tuple[Role, ...] = ("lead", "support") if role == "any" else (role,)
    lines = []
    for match in found[:LINES]:
        said = f"“{match.item.text}”" if plan.ask.text else ""
        fields = "；".join([*(voice.field(match.item, one) for one in roles), *voice.leaders(match.item)])
        lines.append(voice.line("fields", f"{voice.label(match.item)}：{said}{fields}", [match.item]))
    citations = Citations(found, lambda m: [scope.citation(m.item, m.item.note)] if m.item.note else [])
    names = dict.fromkeys(name for match in found for name in having(match.item, role))
    if plan.ask.number:
        lines.insert(
            0, voice.state("exactly", asked=voice.say(role_field(role)), count=len(names), names=voice.names(names))
        )
    lines = scope.cut(lines, len(found))
    return scope.answer(
        lines,
        items=found,
        related=related,
        citations=citations,
        count=len(names) if plan.ask.number else len(found),
        departments=tuple(names),
    )
