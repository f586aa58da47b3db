"""What an answer adds on how its topics were found."""

from service.answering.answer import Statement
from service.answering.found import Found
from service.answering.scope import Scope


def notes(scope: Scope) -> list[Statement]:
    """Of every topic that is wanted, where there is something to say; those that were only near in meaning too."""
    wanted = scope.wanted()
    near = [scope.voice.state("near_topic", topic=one.topic) for one in wanted if one.by_meaning or one.stretches]
    return [*near, *(line for one in wanted for line in how_found(scope, one))]


def how_found(scope: Scope, found: Found) -> list[Statement]:
    """How a topic was found, where not as it was asked."""
    voice = scope.voice
    if not len(found.rows):
        return [voice.state("part_absent", topic=found.topic, noun=voice.noun(scope.items))]
    if found.apart:
        items = scope.items.at(found.parts[-1].rows)
        return [voice.state("apart_in_sentence", items, labels=voice.labels(items), topic=found.sought)]
    if found.names:
        items = scope.items.at(found.widened)
        names = "、".join(f"“{name}”" for name in found.names)
        return [voice.state("alias", items, labels=voice.labels(items), names=names)]
    if found.sought != found.topic:
        return [voice.state("lighter", topic=found.topic, sought=found.sought)]
    return []
