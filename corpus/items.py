"""Items made of their blocks: body, departments, deadlines, places."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from corpus.assignment import Assigned, Unassigned, assign
from corpus.blocks import Block
from corpus.deadlines import Due
from corpus.document import Item, Warned
from corpus.identify import steps_of
from corpus.places import places_in
from corpus.script import fold
from corpus.settled import Settled
from corpus.span import Span

_STROKES = "丶丷丨亅乀乁乂乄"  # stand for the letters of names that were settled to be one department


def items_of(
    blocks: Sequence[Block], document: str, text: str, outside: str, issued: datetime.date | None, settled: Settled
) -> tuple[list[Item], list[Warned]]:
    """The items of the document with this id, and what its notes warn of. `outside` is the rest of its text, where a
    rule for all notes may stand; deadlines without a year are of that in which it was `issued`."""
    whole = _masked(settled.departments)
    assigned = assign([_unassigned(block, text, whole) for block in blocks], issued, outside)
    names = {masked: name for name, masked in whole.items()}
    items = [_item(block, document, text, one, names) for block, one in zip(blocks, assigned, strict=True)]
    warnings = [
        Warned(block.lines[0].number, "", "", f"{block.label}：{warning}")
        for block, one in zip(blocks, assigned, strict=True)
        for warning in one.warnings
    ]
    return items, warnings


def _unassigned(block: Block, source: str, whole: Mapping[str, str]) -> Unassigned:
    text = source[block.start : block.span.end]
    for name, masked in whole.items():
        text = text.replace(name, masked)
    cells = []
    if block.node.columns:
        for column, cell in zip(block.node.columns, block.lines[0].cells, strict=False):
            cells.append((column, cell.start - block.start, cell.end - block.start))
    headings = tuple(source[unit.span.start : unit.span.end] for unit in block.path)
    return Unassigned(text, headings, tuple(cells))


def _item(block: Block, document: str, text: str, assigned: Assigned, whole: Mapping[str, str]) -> Item:
    base = block.start
    body = Span(base + assigned.body[0], base + assigned.body[1])
    if body.start >= body.end:
        body = Span(base, block.span.end).stripped(text)
    return Item(
        document=document,
        id=block.id,
        number=block.node.number,
        label=block.label,
        steps=steps_of(block.node),
        path=block.path,
        part=block.part,
        span=block.span,
        body=body,
        text=text[body.start : body.end],
        notes=tuple(Span(base + start, base + end) for start, end in assigned.notes),
        lead=_unmasked(assigned.lead, whole),
        support=_unmasked(assigned.support, whole),
        collective=_unmasked(assigned.collective, whole),
        bodies=_unmasked(assigned.bodies, whole),
        responsible=assigned.responsible,
        sharing=_unmasked(assigned.sharing, whole),
        dues=_dues(assigned, base),
        leaders=assigned.leaders,
        places=places_in(fold(text[body.start : body.end]), body.start, articles=block.node.style == "条"),
    )


def _dues(assigned: Assigned, base: int) -> tuple[Due, ...]:
    """Deadlines counted in the document's text. What the body says of how often (每年) is a deadline only in a note."""
    noted = [
        due
        for due in assigned.dues
        if due.by or "前" in due.text or not assigned.body[0] <= due.start < assigned.body[1]
    ]
    return tuple(dataclasses.replace(due, start=base + due.start, end=base + due.end) for due in noted)


def _masked(names: Sequence[str]) -> dict[str, str]:
    """Each name that is one department, whatever separates its parts, and a word of its length that is so for sure."""
    return {name: _STROKES[at % len(_STROKES)] * (len(name) - 1) + "局" for at, name in enumerate(names)}


def _unmasked(names: Sequence[str], whole: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(whole.get(name, name) for name in names)
