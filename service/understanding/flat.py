"""A plan as the flat fields of the HTTP contract, which knows one rule for all departments."""

from typing import Any

from corpus import fold
from service.understanding.constraints import AnyOf
from service.understanding.places import Without
from service.understanding.plan import Plan
from service.understanding.roles import InRole

_FIELDS = {
    "who": "field",
    "tally": "count",
    "sections": "count",
    "count": "count",
    "about": "about",
    "none": "none",
    "chat": "none",
    "changes": "items",
    "documents": "count",
}


def flat(plan: Plan) -> dict[str, Any]:
    """The values of `plan` in a reply."""
    wanted = [one for one in plan.roles if one.rule != "none"]
    denied = [one for one in plan.roles if one.rule == "none"]
    rule = _rule(plan, wanted, denied)
    shown = denied if rule == "none" else wanted
    unwanted = [topic.topic for topic in plan.topics if topic.not_]
    left_out = [one for one in plan.where if isinstance(one, Without)]
    return {
        "intent": intent(plan),
        "question": plan.question,
        "topic": plan.topic,
        "numbers": list(plan.numbers),
        "section": plan.sections[0] if len(plan.sections) == 1 else None,
        "sections": list(plan.sections),
        "field": plan.ask.part if plan.ask.kind == "about" else plan.ask.role if plan.ask.kind == "who" else None,
        "lead": _names(shown, "lead", "responsible"),
        "responsible": _names(shown, "responsible"),
        "support": _names(shown, "support"),
        "any": _names(shown, "any"),
        "department_rule": rule,
        "exclude": _names(denied, "any"),
        "without_lead": [] if rule == "none" else _names(denied, "lead", "responsible"),
        "without_support": [] if rule == "none" else _names(denied, "support"),
        "without_topic": "或".join(unwanted) or None,
        "without_numbers": [item.number for one in left_out for item in one.items],
        "from_history": plan.from_history,
        "documents": list(plan.documents),
        "unread": list(plan.unread),
        "comparison": None if plan.between is None else "unlike" if plan.between.unlike else "editions",
    }


def intent(plan: Plan) -> str:
    if plan.ask.kind in _FIELDS:
        return _FIELDS[plan.ask.kind]
    if plan.numbered:
        return "lookup"
    return "section" if plan.sections and len(plan.where) == 1 else "items"


def _rule(plan: Plan, wanted: list[InRole], denied: list[InRole]) -> str:
    if any(one.rule == "only" for one in wanted):
        return "only"
    if not wanted and denied and len({one.role for one in denied}) == 1 and denied[0].role != "any":
        return "none"
    return "any" if any(one.rule == "any" for one in wanted) or plan.of_kind(AnyOf) else "all"


def _names(roles: list[InRole], *of: str) -> list[str]:
    every = [name for one in roles if one.role in of for name in one.names]
    return list({fold(name): name for name in every}.values())
