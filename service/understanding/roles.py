"""Departments in a condition: who has which role in an item, how many have it, whether all take part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

import numpy as np

from corpus import Item, department_key, to_simplified
from index import Columns, Fits
from service.understanding.constraints import AllOf, AnyOf, Constraint, Not, Speaker

Role = Literal["lead", "responsible", "support", "any"]
Rule = Literal["all", "any", "only", "none"]

ROLE_NAMES: dict[Role, str] = {"lead": "牵头", "responsible": "负责", "support": "协作", "any": "参与"}


@dataclass(frozen=True, slots=True)
class InRole:
    """Departments and a role: all of them have it, any of them, they alone, or none."""

    role: Role
    names: tuple[str, ...]
    rule: Rule = "all"
    named: bool = False  # by name, not through words for all departments

    def rows(self, columns: Columns) -> Fits:
        every = [columns.having(name, self.role, named=self.named) for name in _keys(self.names)]
        named = [columns.having(name, self.role, named=True) for name in _keys(self.names)]
        anyone, nobody = np.ones(len(columns), dtype=bool), np.zeros(len(columns), dtype=bool)
        match self.rule:
            case "none":
                return Fits.where(~np.logical_or.reduce([nobody, *every]))
            case "only":
                alone = columns.different(self.role) == len(named)
                through_all = columns.collective if self.role in ("support", "any") else nobody
                return Fits.where(np.logical_and.reduce([alone, ~through_all, *named]))
            case "any":
                return Fits.where(np.logical_or.reduce([nobody, *named]), np.logical_or.reduce([nobody, *every]))
            case "all":
                return Fits.where(np.logical_and.reduce([anyone, *named]), np.logical_and.reduce([anyone, *every]))

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
class AnsweredFor:
    """Named with this person: 责任领导张三."""

    leader: str
    items: Sequence[Item] = field(compare=False)

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.of(self.items))

    def said(self, speaker: Speaker) -> str:
        return speaker.say("写明由{leader}负责", leader=self.leader)

    def written(self) -> str:
        return f"{self.leader}负责"

    def denied(self) -> Constraint:
        return Not(self)


@dataclass(frozen=True, slots=True)
class Held:
    """From `least` to `most` departments have the role in an item."""

    role: Role
    least: int
    most: int | None = None

    def rows(self, columns: Columns) -> Fits:
        count = columns.holders(self.role)
        return Fits.where((self.least <= count) & (count <= (count if self.most is None else self.most)))

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

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.collective)

    def said(self, speaker: Speaker) -> str:
        return speaker.say("由各部门协作")

    def written(self) -> str:
        return "各部门都配合"

    def denied(self) -> "Constraint":
        return Not(self)


def as_leading(one: Constraint) -> Constraint:
    """With who leads in the place of who is responsible."""
    if isinstance(one, AnyOf | AllOf):
        return replace(one, of=tuple(map(as_leading, one.of)))
    if isinstance(one, Not):
        return Not(as_leading(one.one))
    return replace(one, role="lead") if isinstance(one, InRole | Held) and one.role == "responsible" else one


def having(item: Item, role: Role) -> tuple[str, ...]:
    """The departments that have the role in the item, by name or through words for all."""
    match role:
        case "lead":
            return item.lead
        case "responsible":
            return item.lead + item.sharing
        case "support":
            return item.supporting
        case "any":
            return item.lead + item.supporting


def role_field(role: Role) -> str:
    """lead -> 牵头部门."""
    return "牵头、协作部门" if role == "any" else f"{ROLE_NAMES[role]}部门"


def _keys(names: Iterable[str]) -> set[str]:
    return {name_key(name) for name in names}


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """One for all of a department's spellings."""
    return department_key(name)


def role_word(role: Role) -> str:
    """lead -> 牵头."""
    return ROLE_NAMES[role]
