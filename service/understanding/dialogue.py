"""Follow-ups: operations on the plan before. 其中… adds a condition, 那水务局呢 exchanges one, 去掉… denies one, 第二个呢
picks, 谁牵头 asks something else of the same set. The question that stands alone is written from the plan.
"""

from dataclasses import replace
from typing import Literal

from service.understanding.alone import understand_alone
from service.understanding.among_documents import among_documents, goes_on
from service.understanding.constraints import AllOf, AnyOf, Constraint
from service.understanding.exchange import Exchange
from service.understanding.follow_ups import Kind, kind_of
from service.understanding.form_departments import ROLE_WORDS, role_said
from service.understanding.fragment import Fragment, fragment_of, has, removal_first, step_of
from service.understanding.lexicon import endings
from service.understanding.places import InSection, Numbered, Within
from service.understanding.plan import Ask, Correction, Plan
from service.understanding.pointing import counted_after, counted_in, counted_words, places_in
from service.understanding.roles import Held, InRole, Rule
from service.understanding.same_departments import SameDepartments
from service.understanding.topic import EDGES
from service.understanding.turn import Turn, numbered, set_before, typed, with_conditions
from service.understanding.understand import as_written, understand
from service.understanding.vocabulary import Vocabulary
from service.understanding.writing import of_some_item, written


def follows(question: str, vocabulary: Vocabulary) -> bool:
    """Earlier questions may decide what this one asks."""
    question = removal_first(question, vocabulary)
    kind = kind_of(fragment_of(question, vocabulary), question, vocabulary)
    return kind is not None or counted_in(question) is not None or goes_on(question, vocabulary)


def compares(question: str, vocabulary: Vocabulary) -> bool:
    """它们有什么区别: it may speak of the items of two questions before it."""
    fragment = fragment_of(question, vocabulary)
    return has(fragment, "compare") or "two" in fragment.opened


def understand_after(question: str, before: Turn | None, vocabulary: Vocabulary) -> Plan:
    """The plan of a question asked after `before`."""
    if before and (among := among_documents(question, before, vocabulary)):
        return _written(among)
    question = removal_first(question, vocabulary)
    fragment = fragment_of(question, vocabulary)
    kind = kind_of(fragment, question, vocabulary)
    counted = counted_after(question, before.listed) if before else None
    if counted:
        kind, fragment = "pick", replace(fragment, place=counted)
    if kind is None:
        return understand(question, vocabulary)
    if before is None:
        return understand_alone(question, fragment, kind, vocabulary)
    plan = as_written(_Dialogue(question, fragment, before, vocabulary).plan(kind), vocabulary)
    if counted:  # said: a number of the document may have been meant
        at = places_in(counted, len(before.listed))[0]
        meant = Correction(counted_words(question), before.listed[at].label)
        plan = replace(plan, corrections=(meant, *plan.corrections))
    return plan if plan.follows_up or plan.aside else _written(plan)


def _written(plan: Plan) -> Plan:
    return replace(plan, question=written(plan)) if plan.from_history else plan


class _Dialogue:
    """One follow-up and what it follows."""

    def __init__(self, question: str, fragment: Fragment, before: Turn, vocabulary: Vocabulary) -> None:
        self.question, self.fragment, self.before, self.vocabulary = question, fragment, before, vocabulary

    def plan(self, kind: Kind) -> Plan:
        if "two" in self.fragment.opened and len(self.before.items) == 1 and self.before.beside:
            both = numbered((*self.before.beside, *self.before.items))
            self.before = Turn(with_conditions(self.question, [both], Ask("content")), both.items)
        match kind:
            case "more" | "why":
                return replace(self.before.plan, aside=kind, from_history=True)
            case "pick":
                return self._pick()
            case "beside":
                return self._pick() if len(self.before.items) > 1 and self.fragment.place else self._beside()
            case "rest":
                return self._unclear()
            case "section":
                return self._same_section()
            case "without" | "department" | "role":
                return self._of_departments(kind)
            case "named":
                return self._named()
            case "add":
                return self._add()
            case "exchange":
                exchange = Exchange(self.question, self.fragment.text, self.before, self.vocabulary)
                return exchange.plan() or self._asked()
        if "rest" in self.fragment.opened and self.before.within:
            return self._rest()
        return self._narrowed() if kind == "narrow" else self._asked()

    def _unclear(self) -> Plan:
        return Plan(self.question, Ask("none"), follows_up=True)

    def _read(self, text: str | None = None) -> Plan:
        return understand(self.fragment.text if text is None else text, self.vocabulary)

    def _names(self) -> tuple[str, ...]:
        return self.before.plan.named or self.before.departments

    def _of_departments(self, kind: Literal["without", "department", "role"]) -> Plan:
        same = SameDepartments(self.question, self.fragment, self.before)
        found = {"without": same.without_role, "department": same.in_a_role, "role": same.in_another_role}[kind]()
        return found or self._unclear()

    def _same_ask(self) -> Ask:
        ask = self.before.plan.ask
        return ask if ask.kind in ("who", "place") else Ask("content")

    def _pick(self) -> Plan:
        place = self.fragment.place
        assert place
        wanted = [self.before.listed[at] for at in places_in(place, len(self.before.listed))]
        if not wanted:
            return self._unclear()
        rest = typed(self.question, place["rest"]).strip(EDGES + "".join(endings("ne")))
        asked = self._read(of_some_item(rest)) if rest else None
        ask = asked.ask if asked and asked.ask.kind != "items" else self._same_ask() if not rest else Ask("content")
        return with_conditions(self.question, [numbered(wanted)], ask, picked=True)

    def _beside(self) -> Plan:
        step = step_of(self.fragment) or 1
        items = self.before.items
        for every in self.vocabulary.items:
            if len(items) == 1 and items[0] in every and 0 <= (at := every.index(items[0]) + step) < len(every):
                rest = [
                    token for token in self.fragment.tokens[1:] if token.kind not in ("measure", "num", "item", "de")
                ]
                text = self.question[rest[0].start : rest[-1].end] if rest else ""
                ask = self._read(of_some_item(text)).ask if text else self._same_ask()
                return with_conditions(
                    self.question, [numbered([every[at]])], ask if ask.kind != "items" else Ask("content")
                )
        return self._unclear()

    def _rest(self) -> Plan:
        """其余的: of the list before what was not chosen."""
        left = [item for item in self.before.within if item not in self.before.items]
        if not left:
            return self._unclear()
        asked = self._read() if self.fragment.text else None
        return with_conditions(
            self.question, [Within(tuple(left))], asked.ask if asked and asked.ask.kind != "none" else Ask()
        )

    def _asked(self) -> Plan:
        text = self.fragment.text
        if not self.before.items:
            return self._of_table(text)
        if not self.before.plan.where and self._read(text).ask.kind == "tally":
            return replace(self._read(text), from_history=True)
        plan = self._read(of_some_item(text)) if text else with_conditions(self.question, (), Ask("content"))
        kind = plan.ask.kind
        if plan.layout and self._read(text).where:
            return self._narrowed()  # 其中国际部牵头的，列成表
        if plan.layout or kind in ("count", "who", "sections"):
            ask = Ask() if kind in ("items", "content") else plan.ask
            where = (
                self.before.plan.where if self.before.plan.where or kind != "who" else (numbered(self.before.items),)
            )
            return with_conditions(self.question, where, ask, layout=plan.layout)
        if self._read(text).layout:
            return with_conditions(self.question, self.before.plan.where, Ask(), layout=self._read(text).layout)
        if kind in ("tally", "about"):
            return with_conditions(self.question, set_before(self.before), Ask("who", plan.ask.role or "any"))
        if kind == "compare" and len(self.before.items) == 1:
            both = (*self.before.beside, *self.before.items)
            return with_conditions(self.question, [numbered(both)], Ask(kind)) if len(both) > 1 else self._unclear()
        shown = kind if kind in ("place", "compare", "summary", "due") else "content"
        return with_conditions(self.question, [numbered(self.before.items)], Ask(shown))

    def _of_table(self, text: str) -> Plan:
        """其中教育局牵头几项 asks of all items; of a heading: 里面有哪些任务."""
        plan = self.before.plan
        asked = self._read(text) if text else with_conditions(self.question, (), Ask("none"))
        if plan.sections and not self.before.items:
            ask = asked.ask if asked.ask.kind in ("count", "who") else Ask()
            return with_conditions(self.question, (InSection(plan.sections), *asked.where), ask)
        if asked.where or (plan.ask.kind == "about" and asked.ask.kind != "none"):
            return asked
        if plan.ask.kind == "tally":
            return self._unclear()
        if plan.where and asked.ask.kind != "none":  # of an empty set
            return with_conditions(self.question, plan.where, asked.ask)
        whole = self._read(self.question)
        return whole if whole.ask.kind != "none" else self._unclear()

    def _narrowed(self) -> Plan:
        asked = self._read()
        conditions: list[Constraint] = [
            InRole(one.role, self._names(), "only")
            if isinstance(one, Held) and one.most == 1 and self._names()
            else one
            for one in asked.where
        ]
        names = self._names()
        understood: set[str] = set()  # of what is left: 牵头 of 其中牵头的
        if has(self.fragment, *ROLE_WORDS) and names and not asked.roles and not asked.of(Held):
            only: Rule = "only" if has(self.fragment, "alone", "only") else "all"
            conditions.append(InRole(role_said(self.fragment.tokens), names, only))
            understood.update(token.text for token in self.fragment.tokens if token.kind in ROLE_WORDS)
        ask = asked.ask if asked.ask.kind in ("count", "who", "tally", "sections") else Ask()
        if not self.before.items and self.before.plan.ask.kind in ("tally", "sections", "about"):
            if asked.sections and not asked.topic and self.before.plan.ask.kind == "tally":
                return with_conditions(self.question, conditions, self.before.plan.ask)
            return replace(asked, from_history=True) if asked.where else self._unclear()
        numbered = next((one for one in conditions if isinstance(one, Numbered)), None)
        conditions = [Within(numbered.items) if one is numbered and numbered else one for one in conditions]
        return with_conditions(
            self.question,
            tuple(dict.fromkeys((*set_before(self.before), *conditions))),
            ask,
            layout=asked.layout,
            unread=tuple(word for word in asked.unread if word not in understood),
            denial_unread=asked.denial_unread,
        )

    def _add(self) -> Plan:
        """加上…: what the set had, or that."""
        asked, before = self._read(), self.before
        if not asked.where or not before.plan.where:
            return self._unclear()
        old = before.plan.roles
        added = [
            replace(one, role=old[0].role) if isinstance(one, InRole) and one.role == "any" and old else one
            for one in asked.where
        ]
        left: Constraint = before.plan.where[0] if len(before.plan.where) == 1 else AllOf(before.plan.where)
        right: Constraint = added[0] if len(added) == 1 else AllOf(tuple(added))
        parts = [Within(one.items) if isinstance(one, Numbered) else one for one in (left, right)]
        return with_conditions(self.question, [AnyOf(tuple(parts))], Ask())

    def _named(self) -> Plan:
        """写明的: not through words for all."""
        where = [replace(one, named=True) if isinstance(one, InRole) else one for one in self.before.plan.where]
        return with_conditions(self.question, where, self._read().ask if has(self.fragment, "howmany") else Ask())

    def _same_section(self) -> Plan:
        """这部分还有别的任务吗: under the heading of what was answered."""
        sections = tuple(dict.fromkeys(item.section for item in self.before.items if item.section is not None))
        if not sections:
            return self._unclear()
        others = has(self.fragment, "others") or any(token.text in endings("again") for token in self.fragment.tokens)
        without = [Within(self.before.items).denied()] if others else []
        ask = Ask("count") if has(self.fragment, "howmany") else Ask()
        return with_conditions(self.question, [InSection(sections), *without], ask)
