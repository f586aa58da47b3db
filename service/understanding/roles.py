"""Departments in a condition: who has which role in an item, how many have it, whether all take part."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus import Item, fold, to_simplified
from service.understanding.constraints import Constraint, Fit, Not, Speaker

Role = Literal["lead", "support", "any"]
Rule = Literal["all", "any", "only", "none"]

ROLE_NAMES: dict[Role, str] = {"lead": "牵头", "support": "协作", "any": "参与"}


@dataclass(frozen=True, slots=True)
class InRole:
    """Departments and a role: all of them have it, any of them, they alone, or none."""

    role: Role
    names: tuple[str, ...]
    rule: Rule = "all"
    named: bool = False  # by name, not through words for all departments

    def fits(self, item: Item) -> Fit:
        wanted, own = _keys(self.names), _keys(named_in(item, self.role))
        every = own if self.named else _keys(having(item, self.role))
        match self.rule:
            case "none":
                return None if wanted & every else "named"
            case "only":
                through_all = item.collective and self.role != "lead"
                return "named" if own == wanted and not through_all else None
            case "any":
                return "named" if wanted & own else "collective" if wanted & every else None
            case "all":
                return "named" if wanted <= own else "collective" if wanted <= every else None

    def said(self, speaker: Speaker) -> str:
        joint = "或" if self.rule == "any" else "、"
        names = speaker.say(joint).join(map(speaker.name, self.names))
        if self.rule == "none" and self.role == "any":
            return speaker.say("没有{names}参与", names=names)
        return speaker.say(f"{self._by()}{{names}}{ROLE_NAMES[self.role]}", names=names)

    def _by(self) -> str:
        return {"only": "只由", "none": "不由"}.get(self.rule, "写明由" if self.named else "由")

    def written(self) -> str:
        names = ("或" if self.rule == "any" else "、").join(map(to_simplified, self.names))
        if self.rule == "none" and self.role == "any":
            return f"没有{names}参与"
        return f"{self._by()}{names}{ROLE_NAMES[self.role]}"

    def denied(self) -> "Constraint":
        return InRole(self.role, self.names, "any" if self.rule == "none" else "none", self.named)


@dataclass(frozen=True, slots=True)
class Held:
    """From `least` to `most` departments have the role in an item."""

    role: Role
    least: int
    most: int | None = None

    def fits(self, item: Item) -> Fit:
        count = len(having(item, self.role))
        return "named" if self.least <= count and (self.most is None or count <= self.most) else None

    def said(self, speaker: Speaker) -> str:
        if self.most == 0:
            return speaker.say(f"没有写明{role_field(self.role)}")
        role = ROLE_NAMES[self.role]
        if self.most:
            how = f"由一个部门单独{role}" if self.most == 1 else f"由{self.least}个部门共同{role}"
        else:
            how = {1: f"写明了{role}部门", 2: f"由几个部门共同{role}"}.get(
                self.least, f"由{self.least}个以上部门共同{role}"
            )
        return speaker.say(how)

    def written(self) -> str:
        role = ROLE_NAMES[self.role]
        if self.most == 0:
            return f"没有写明{'' if self.role == 'any' else role}部门"
        if self.most == 1:
            return f"由一个部门单独{role}"
        if self.most:
            return f"由{self.least}个部门共同{role}"
        return {1: f"写明了{role}部门", 2: f"由多个部门共同{role}"}.get(
            self.least, f"由{self.least}个以上部门共同{role}"
        )

    def denied(self) -> "Constraint":
        return Held(self.role, 0, self.least - 1) if self.most is None and self.least else Not(self)


@dataclass(frozen=True, slots=True)
class Collective:
    """The note takes in all departments: 各部门都配合的."""

    def fits(self, item: Item) -> Fit:
        return "named" if item.collective else None

    def said(self, speaker: Speaker) -> str:
        return speaker.say("由各部门协作")

    def written(self) -> str:
        return "各部门都配合"

    def denied(self) -> "Constraint":
        return Not(self)


def having(item: Item, role: Role) -> tuple[str, ...]:
    """The departments that have the role in the item, by name or through words for all."""
    match role:
        case "lead":
            return item.lead
        case "support":
            return item.supporting
        case "any":
            return item.lead + item.supporting


def named_in(item: Item, role: Role) -> tuple[str, ...]:
    """Those that have it by name."""
    return item.lead if role == "lead" else item.support if role == "support" else item.lead + item.support


def role_field(role: Role) -> str:
    """lead -> 牵头部门."""
    return "牵头、协作部门" if role == "any" else f"{ROLE_NAMES[role]}部门"


def _keys(names: Iterable[str]) -> set[str]:
    return {name_key(name) for name in names}


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """One spelling for all of a department's."""
    return fold(name)


def role_word(role: Role) -> str:
    """lead -> 牵头."""
    return ROLE_NAMES[role]
