"""那水务局呢: the question before, with another department, section, number or topic."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import NUMBER, fold, to_int
from service.understanding.constraints import About, AnyOf, Constraint
from service.understanding.dues import DueBy
from service.understanding.form_departments import role_said
from service.understanding.lexicon import endings
from service.understanding.places import InPart, InSection, Numbered, Under, Within
from service.understanding.plan import Ask, Plan
from service.understanding.reading import read
from service.understanding.roles import Held, InRole, Role
from service.understanding.turn import Turn, set_before, with_conditions
from service.understanding.understand import understand
from service.understanding.vocabulary import Vocabulary
from service.understanding.writing import in_section, of_number

SHORT = 3  # characters that say nothing by themselves


@dataclass(frozen=True, slots=True)
class Exchange:
    """`text` is what is put in the place of its like in the question before."""

    question: str
    text: str
    before: Turn
    vocabulary: Vocabulary

    def plan(self) -> Plan | None:
        """None where it exchanges nothing, but asks something else of the same set."""
        new, old = self._new(), self.before.unanswered or self.before.plan
        if new.unknown_department or new.ask.kind == "chat":
            return new
        if new.layout and not new.where:
            return self._with(old.where, Ask(), layout=new.layout)
        if new.roles:
            return self._with_departments(new, old)
        if new.numbered and new.topic is None:
            return self._with(
                [one for one in new.where if isinstance(one, Numbered | InPart | Under)],
                old.ask if old.ask.kind in ("who", "place") else Ask("content"),
            )
        if new.sections and new.topic is None:
            return self._with_section(new, old)
        if dues := new.of(DueBy):
            return self._with([*dues, *(one for one in old.where if not isinstance(one, DueBy))], old.ask)
        if (new.topic or (old.figure and new.topics)) and new.ask.kind != "tally":
            return self._with_topic(new, old)
        if new.ask.kind in ("who", "count", "tally") and (self.before.items or old.where):
            return None if self.before.items else self._with(old.where, new.ask)
        if not new.where and not new.layout and new.ask == Ask() and self._says_something():
            return replace(new, where=(About(self.text, asked=self.text),))
        return replace(new, from_history=True) if new.ask.kind == "tally" else new

    def _new(self) -> Plan:
        """What is put in; a number is one under the heading before."""
        new, old = understand(self.text, self.vocabulary), self.before.unanswered or self.before.plan
        if new.numbered and old.sections and not new.sections:
            return understand(in_section(old.sections, self.text), self.vocabulary)
        if new.numbered and (part := next((one for one in old.where if isinstance(one, InPart | Under)), None)):
            return understand(part.written() + self.text, self.vocabulary)
        number = to_int(self.text) if re.fullmatch(NUMBER, fold(self.text)) else None
        return new if number is None or new.numbered else understand(of_number(number), self.vocabulary)

    def _says_something(self) -> bool:
        """要是当上以后出这种事: what it says no form has read, and it does not ask which items there are."""
        kinds = {token.kind for token in read(self.text, self.vocabulary)}
        return len(self.text) > SHORT and not kinds & {"which", "what", "howmany", "all", "total", "who"}

    def _with(self, where: Sequence[Constraint], ask: Ask, **values: object) -> Plan:
        return with_conditions(self.question, where, ask, **values)

    def _with_departments(self, new: Plan, old: Plan) -> Plan:
        said = new.roles[0]
        has_role = said.role != "any"
        kept = [one for one in set_before(self.before) if not isinstance(one, InRole | AnyOf | Held)]
        if new.sections:
            return replace(new, from_history=True)
        if old.unknown_department:
            role: Role = said.role if has_role else self._role_asked(old)
            return self._with([replace(said, role=role)], Ask())
        if has_role:
            return self._with([*new.roles, *kept], old.ask if old.ask.kind == "count" else Ask())
        if old.roles:
            return self._with([_renamed(one, said.names) for one in old.where], old.ask)
        if old.ask.kind == "tally":
            return self._with([replace(said, role=old.ask.role or "any")], Ask("count"))
        ask = Ask() if old.ask.kind in ("content", "about") else old.ask
        return self._with([*set_before(self.before), said], ask)

    def _role_asked(self, old: Plan) -> Role:
        """The role in which an unknown department was asked for."""
        tokens = read(old.question, self.vocabulary)
        return role_said(tokens)

    def _with_section(self, new: Plan, old: Plan) -> Plan:
        section = [one for one in new.where if isinstance(one, InSection)]
        if old.ask.kind == "sections":
            return self._with(section, Ask("count"))
        if old.ask.kind == "about":
            return self._with(section, old.ask)
        kept = [one for one in old.where if not isinstance(one, InSection | Within | Numbered)]
        return self._with([*section, *kept], new.ask if new.ask.kind in ("count", "who") else old.ask)

    def _with_topic(self, new: Plan, old: Plan) -> Plan:
        told = old.figure is not None  # 喝酒开车记几分 | 没系安全带呢: another case
        topics = [replace(one, not_=False) if told else one for one in new.topics if told or not one.not_]
        if any(isinstance(one, About) and not one.not_ for one in old.where):
            kept = [one for one in old.where if not (isinstance(one, About) and not one.not_)]
            figure = new.figure or (old.figure and replace(old.figure, asked=self.text))
            if old.enumerated and (swapped := self._with_another_list(new, old)):
                return swapped
            definition = new.asks_definition or (None if new.figure else old.asks_definition)
            return self._with(
                [*(_in_place(one, old) for one in topics), *kept],
                old.ask,
                figure=figure,
                asks_definition=definition,
                enumerated=new.enumerated or old.enumerated,
            )
        if old.roles and self.before.items:
            return self._with([*set_before(self.before), *topics], old.ask)
        return new

    def _with_another_list(self, new: Plan, old: Plan) -> Plan | None:
        """那|义务|呢, after which 权利 somebody has."""
        if fold(new.topic or "") not in endings("enumerated"):
            return None
        where = [
            *(one for one in old.where if not isinstance(one, About) or fold(one.topic) != old.enumerated),
            *new.topics,
        ]
        return self._with(where, old.ask, enumerated=fold(new.topic or ""))


_COUNTED = re.compile(rf"(?P<number>{NUMBER})(?P<of>[一-鿿]{{1,3}})")


def _in_place(new: About, old: Plan) -> About:
    """2级, after 1级待遇的限额标准: the same topic with that number in it."""
    said = _COUNTED.fullmatch(fold(new.topic))
    if said is None:
        return new
    for before in old.topics:
        folded = fold(before.topic)
        numbers = list(re.finditer(rf"{NUMBER}(?={said['of']})", folded))
        if len(numbers) == 1 and folded != numbers[0][0] + said["of"]:
            start, end = numbers[0].span()
            return About(folded[:start] + said["number"] + folded[end:])
    return new


def _renamed(one: Constraint, names: tuple[str, ...]) -> Constraint:
    if isinstance(one, AnyOf):
        return AnyOf(tuple(_renamed(inner, names) for inner in one.of))
    return replace(one, names=names) if isinstance(one, InRole) else one
