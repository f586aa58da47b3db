"""What an answer adds on how its topics were found."""

import numpy as np

from index import Rows
from service.answering.answer import Statement
from service.answering.found import Found
from service.answering.scope import Scope


def notes(scope: Scope) -> list[Statement]:
    """Of every topic that is wanted, where there is something to say; those that were only near in meaning too."""
    wanted = scope.wanted()
    shown = scope.filtered().items.rows if any(one.apart or one.names for one in wanted) else scope.items.rows[:0]
    near = [scope.voice.state("near_topic", topic=one.topic) for one in wanted if one.by_meaning or one.stretches]
    return [*near, *(line for one in wanted for line in how_found(scope, one, shown))]


def how_found(scope: Scope, found: Found, shown: Rows) -> list[Statement]:
    """How a topic was found, where not as it was asked: of the rows that are shown."""
    voice = scope.voice
    if not len(found.rows):
        return [voice.state("part_absent", topic=found.topic, noun=voice.noun(scope.items))]
    if found.apart or found.names:
        rows = found.parts[-1].rows if found.apart else found.widened
        items = scope.items.at(rows[np.isin(rows, shown)])
        if not items:
            return []
        if found.apart:
            return [voice.state("apart_in_sentence", items, labels=voice.labels(items), topic=found.sought)]
        names = "、".join(f"“{name}”" for name in found.names)
        return [voice.state("alias", items, labels=voice.labels(items), names=names)]
    if found.sought != found.topic:
        return [voice.state("lighter", topic=found.topic, sought=found.sought)]
    return []
