"""An earlier question that had an answer, and the set that it speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus import Item, fold
from index import Items
from service.understanding.between import Between
from service.understanding.constraints import Constraint
from service.understanding.places import Numbered, Within
from service.understanding.plan import Ask, Plan

LOOKED_AT = 200  # items whose documents are looked at


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question that had an answer."""

    plan: Plan
    items: Sequence[Item]  # answered
    within: Sequence[Item] = ()  # the list that these were chosen from; empty where they were not
    listed: Sequence[Item] = ()  # that 第二个 counts in: the last list, not what was picked from it
    departments: tuple[str, ...] = ()  # answered
    beside: Sequence[Item] = ()  # the one item spoken of before this one: 它们有什么区别
    documents: tuple[
        str, ...
    ] = ()  # spoken of, where several may be asked: those chosen, or the one that was answered from
    between: Between | None = None  # the documents that were compared
    unanswered: Plan | None = None  # a later question that could not be answered, in which something may be exchanged


def after_answer(
    before: Turn | None,
    plan: Plan,
    items: Sequence[Item],
    departments: tuple[str, ...],
    reason: str | None,
    named: tuple[str, ...] = (),
) -> Turn | None:
    """What a question after this answer may follow. A declined one changes nothing, but that 第9项由谁牵头, which is not
    said, goes on with 那第10项呢. `named` are documents that are the answer themselves."""
    if named:
        return Turn(replace(plan, ask=Ask(), where=(), asked_of=None, documents=named), (), documents=named)
    if reason:
        if reason not in ("field_absent", "no_such_department", "which_document") and not plan.documents:
            return before
        return replace(before or Turn(plan, ()), unanswered=plan, documents=plan.documents)
    if plan.ask.kind == "chat":
        return before
    if before and plan.ask.kind == "about" and not plan.sections:
        return replace(before, documents=plan.documents) if plan.documents else before
    between = plan.between
    if between or plan.ask.kind == "documents":  # the set that was shown
        whole = not between and plan.ask.order not in ("first", "last")
        plan = replace(plan, ask=Ask(), where=plan.where if whole else (Within(items),), between=None)
    narrowed = before and plan.from_history and len(items) < len(before.items) and _among(items, before.items)
    within = (
        before.items
        if before and narrowed and not plan.picked
        else before.within
        if before and plan.from_history
        else ()
    )
    one_of_them = before and plan.from_history and len(items) == 1 and _among(items, before.listed)
    listed = before.listed if before and (plan.picked or one_of_them) else items
    beside = before.items if before and len(items) == len(before.items) == 1 and items != before.items else ()
    return Turn(plan, items, within, listed, departments, beside, plan.documents or _spoken_of(items), between)


def _spoken_of(items: Sequence[Item]) -> tuple[str, ...]:
    """The document of all of them; none where they are of several, or of very many."""
    ids = {item.document for item in items[:LOOKED_AT]}
    return tuple(ids) if len(ids) == 1 and len(items) <= LOOKED_AT else ()


def _among(some: Sequence[Item], items: Sequence[Item]) -> bool:
    if isinstance(some, Items) and isinstance(items, Items):  # of very many none is taken up
        return bool(np.isin(some.rows, items.rows).all())
    return set(some) <= set(items)


def with_conditions(question: str, where: Sequence[Constraint], ask: Ask, **values: object) -> Plan:
    """The plan of a follow-up that asks this of the items that fulfil these conditions."""
    plan = Plan(question, ask, tuple(where), names_items=True, from_history=True)
    return replace(plan, **values)  # type: ignore[arg-type]


def set_before(before: Turn) -> tuple[Constraint, ...]:
    """The conditions before, as a set that may be narrowed: numbers become the list to choose from."""
    return tuple(Within(one.items) if isinstance(one, Numbered) else one for one in before.plan.where)


def numbered(items: Sequence[Item]) -> Numbered:
    return Numbered(
        items if isinstance(items, Items) else tuple(items), tuple(dict.fromkeys(item.number for item in items))
    )


def typed(question: str, part: str) -> str:
    """The part of the folded question in the asker's own glyphs."""
    at = fold(question).rfind(part)
    return question[at : at + len(part)] if part and at >= 0 else part
