"""Answers about items that are known: where each stands, until when it is to be done, how they compare."""

from collections.abc import Sequence

from corpus import Item
from service.answering.answer import Answer, Match, Statement
from service.answering.limits import limits
from service.answering.scope import LINES, RELATED, Scope
from service.answering.voice import Voice
from service.understanding import having, name_key


def places(scope: Scope, found: Sequence[Match]) -> Answer:
    """Under which heading each item stands."""
    voice, lines = scope.voice, []
    for match in found[:LINES]:
        item = match.item
        title = item.path[0].title if item.path else None
        if title is None or item.section is None:
            lines.append(voice.state("unplaced", [item], label=voice.label(item)))
        else:
            values = {"label": voice.label(item), "section": voice.section(item.section), "title": voice.name(title)}
            lines.append(voice.state("place", [item], **values))
    return scope.answer(scope.cut(lines, len(found)), items=found, citations=scope.citations(found), count=len(found))


def compared(scope: Scope, found: Sequence[Match]) -> Answer:
    """Side by side: the departments that all have, those that one alone has, which of them an item names only by words for
    all, and every text whole."""
    voice, items = scope.voice, [match.item for match in found]
    every = [{name_key(name): name for name in having(item, "any")} for item in items]
    shared = [name for key, name in every[0].items() if all(key in one for one in every[1:])] if every else []
    common = voice.state("common", items, names=voice.names(shared)) if shared else voice.state("nothing_common", items)
    lines = [voice.state("compared", items, labels=voice.labels(items), common=common.text)]
    lines += [line for item in items for line in _through_all(scope, item, shared)]
    for item, names in zip(items, every, strict=True):
        others = {key for one in every if one is not names for key in one}
        if own := [name for key, name in names.items() if key not in others]:
            lines.append(voice.state("apart", [item], label=voice.label(item), names=voice.names(own)))
            lines += _through_all(scope, item, own)
    lines += [whole(voice, item) for item in items[:LINES]]
    return scope.answer(scope.cut(lines, len(found)), items=found, citations=scope.citations(found), count=len(found))


def _through_all(scope: Scope, item: Item, names: Sequence[str]) -> list[Statement]:
    """其中甲、乙，第32项用的是统称：各部室: those that it gives no names."""
    through = {name_key(name) for name in item.collective}
    some = [name for name in names if name_key(name) in through]
    if not some:
        return []
    voice = scope.voice
    kind = "through_all" if len(some) == len(names) else "some_through_all"
    return [
        voice.state(kind, [item], label=voice.label(item), words=voice.words_for_all(item), names=voice.names(some))
    ]


def dues(scope: Scope, found: Sequence[Match]) -> Answer:
    """Until when each is to be done."""
    voice = scope.voice
    if not scope.has_some(found, scope.index.columns.due):
        if told := limits(scope, found):
            return told
        labels = voice.labels(match.item for match in found[:RELATED])
        return scope.decline("field_absent", voice.state("field_absent", asked=f"{labels}{voice.say('的完成时限')}"))
    lines = [
        voice.state(
            "due",
            [match.item],
            label=voice.label(match.item),
            dues="、".join(due.text for due in match.item.dues) or voice.say("未写明"),
        )
        for match in found[:LINES]
    ]
    return scope.answer(scope.cut(lines, len(found)), items=found, citations=scope.citations(found), count=len(found))


def whole(voice: Voice, item: Item) -> Statement:
    return voice.line("item", f"{voice.label(item)}：“{item.text}”{voice.departments(item)}", [item])


SHOWN = {"place": places, "compare": compared, "due": dues}
