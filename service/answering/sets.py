"""Answers that are sets of items: found, looked up, with their departments, compared, placed, as a table."""

from collections.abc import Sequence
from dataclasses import replace

from corpus import Place
from index import Hit
from service.answering.answer import Answer, Citation, Match, Row, Statement
from service.answering.membership import Found
from service.answering.reading import asked
from service.answering.scope import LINES, RELATED, Scope, best_by_item
from service.answering.shown import SHOWN, whole
from service.answering.voice import Voice, opening
from service.understanding import InRole, Numbered, Role, having, ranges, role_field


def found_set(
    scope: Scope, found: list[Match], related: tuple[Match, ...] = (), founds: Sequence[Found] = ()
) -> Answer:
    """The set with its number, and what decided each item."""
    voice, plan = scope.voice, scope.plan
    if plan.ask.kind == "who":
        return departments_of_items(scope, found, related)
    if plan.ask.kind in SHOWN:
        return SHOWN[plan.ask.kind](scope, found)
    found = sorted(found, key=lambda match: match.via == "collective")  # those written by name first
    citations = scope.citations(found)
    if not found:
        none = voice.state("none", noun=voice.noun(scope.items), asked=asked(plan, voice))
        return scope.answer([none], related=related, count=0)
    lines = [*_first(scope, found, founds)]
    lines += [_quoted(voice, match, citations, whole=bool(match.highlights)) for match in found[:LINES]]
    lines += [line for one in founds for line in _how_found(scope, one)]
    if through_all := [match.item for match in found if match.via == "collective"]:
        lines.append(voice.state("collective", through_all, count=len(through_all), labels=voice.labels(through_all)))
    if responsible := [match.item for match in found if match.item.responsible and _asks_who_leads(scope)]:
        lines.append(voice.state("responsible", responsible, labels=voice.labels(responsible)))
    lines = scope.cut(lines, len(found))
    rows = _of_each(scope, found)
    lines[1:1] = [voice.state("row", row.items, name=voice.name(row.name), count=len(row.items)) for row in rows]
    return scope.answer(
        lines, items=found, related=related, citations=citations, count=len(found), table=tuple(rows) or None
    )


def _of_each(scope: Scope, found: Sequence[Match]) -> list[Row]:
    """认证部和认可部各牵头多少: a row for each of them."""
    several = [one for one in scope.plan.roles if one.rule == "any" and len(one.names) > 1]
    if scope.plan.ask.kind != "count" or len(several) != 1:
        return []
    (one,) = several
    items = [match.item for match in found]
    return [Row(name, tuple(item for item in items if InRole(one.role, (name,)).fits(item))) for name in one.names]


def _asks_who_leads(scope: Scope) -> bool:
    return any(isinstance(one, InRole) and one.role == "lead" for one in scope.plan.where)


def _first(scope: Scope, found: Sequence[Match], founds: Sequence[Found]) -> list[Statement]:
    voice, plan = scope.voice, scope.plan
    items, counted = [match.item for match in found], voice.counted(len(found), scope.items)
    if plan.topic and any(one.by_meaning for one in founds):
        noun = voice.noun(scope.items)
        return [voice.state("by_meaning", items, noun=noun, topic=plan.topic, counted=counted)]
    first = "tabled" if plan.layout == "table" else "found"
    said = [voice.state(first, items, counted=counted, asked=asked(plan, voice))]
    through_all = sum(match.via == "collective" for match in found)
    if through_all and first == "found":
        named, values = len(found) - through_all, {"counted": counted, "asked": asked(plan, voice)}
        said = [voice.state("found_named", items, named=named, count=through_all, **values)]
    return [voice.state("summary"), *said] if plan.ask.kind == "summary" else said


def _how_found(scope: Scope, found: Found) -> list[Statement]:
    """How a topic was found, where not as it was asked."""
    voice = scope.voice
    if not found.members:
        return [voice.state("part_absent", topic=found.topic, noun=voice.noun(scope.items))]
    if found.names:
        items = [hit.item for hit in found.members if hit.item in found.widened]
        names = "、".join(f"“{name}”" for name in found.names)
        return [voice.state("alias", items, labels=voice.labels(items), names=names)]
    if found.sought != found.topic:
        return [voice.state("lighter", topic=found.topic, sought=found.sought)]
    return []


def _quoted(voice: Voice, match: Match, citations: Sequence[Citation], *, whole: bool) -> Statement:
    """The deciding sentences of an item, or how its text begins, and its number."""
    quotes = [c.quote for c in citations if c.item is match.item and c.span != match.item.note]
    quoted = "".join(f"“{quote}”" for quote in quotes) if whole else f"“{opening(match.item.text)}”"
    return voice.line("item", f"{quoted}〔{voice.label(match.item)}〕", [match.item])


def topic_set(scope: Scope) -> Answer | None:
    """The set of the plan's topics; None where one of them stands nowhere and means nothing near."""
    wanted = [topic for topic in scope.plan.where if topic in scope.founds and not getattr(topic, "not_", False)]
    founds = [found for topic in wanted for found in scope.founds[topic]]  # type: ignore[index]
    if any(not scope.members(topic) for topic in wanted):  # type: ignore[arg-type]
        return None
    found = scope.filtered(scope.items)
    hits: list[Hit] = [hit for one in founds for hit in (*one.members, *one.others)]
    if scope.plan.from_history and scope.plan.is_filtered:  # what is not so of the set before is not near
        return found_set(scope, found, (), founds)
    related = scope.related(list(best_by_item(hits).values()), found, by_meaning=any(one.by_meaning for one in founds))
    return found_set(scope, found, related, founds)


# Looked up by number


def looked_up(scope: Scope, numbered: Numbered) -> Answer:
    """The items of these numbers, whole; which of the numbers do not exist is said."""
    voice, plan = scope.voice, scope.plan
    found = [Match(item, "number") for item in numbered.items]
    present = {match.item.number for match in found}
    numbers = [item.number for item in scope.items if not plan.sections or item.section in plan.sections]
    existing = voice.say("第{numbers}项", numbers=ranges(numbers)) if numbers else voice.say("没有条目")
    asked_for = voice.say("第{numbers}项", numbers=ranges(numbered.numbers))
    if not found:
        return scope.decline("no_such_item", voice.state("no_such_item", asked=asked_for, existing=existing))
    match plan.ask.kind:
        case "who":
            return departments_of_items(scope, found, ())
        case kind if kind in SHOWN:
            return SHOWN[kind](scope, found)
    if plan.asks_fact and plan.topic:  # not written in any item as such
        missing = f"{asked_for}{voice.say('的')}{plan.topic}"
        return scope.decline("field_absent", voice.state("field_absent", asked=missing))
    if numbered.places:
        return places_of(scope, found[0], numbered.places)
    absent = [number for number in numbered.numbers if number not in present]
    lines = [voice.state("missing", numbers=ranges(absent), existing=existing)] if absent else []
    lines += [whole(voice, match.item) for match in found[:LINES]]
    citations = scope.citations(found)
    return scope.answer(scope.cut(lines, len(found)), items=found, citations=citations, count=len(found))


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


def departments_of_items(scope: Scope, found: list[Match], related: tuple[Match, ...]) -> Answer:
    """Who has the role asked for, item by item; and what the items say, where that is asked, too."""
    voice, plan = scope.voice, scope.plan
    role: Role = plan.ask.role or "any"
    if not found:
        none = voice.state("none", noun=voice.noun(scope.items), asked=asked(plan, voice))
        return scope.answer([none], related=related, count=0)
    named = [match for match in found if having(match.item, role)]
    if not named:
        missing = f"{voice.labels(m.item for m in found[:RELATED])}{voice.say('的')}{voice.say(role_field(role))}"
        return scope.decline("field_absent", voice.state("field_absent", asked=missing))
    roles: tuple[Role, ...] = ("lead", "support") if role == "any" else (role,)
    lines = []
    for match in found[:LINES]:
        said = f"“{match.item.text}”" if plan.ask.text else ""
        fields = "；".join(voice.field(match.item, one) for one in roles)
        lines.append(voice.line("fields", f"{voice.label(match.item)}：{said}{fields}", [match.item]))
    citations = tuple(scope.citation(m.item, m.item.note) for m in found if m.item.note)
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
