"""Follow-ups that ask of the departments before: 它还牵头哪些, 那协作的呢, 去掉它牵头的."""

from dataclasses import dataclass, replace

from service.understanding.constraints import AnyOf
from service.understanding.form_departments import role_said
from service.understanding.fragment import Fragment, has
from service.understanding.plan import Ask, Plan
from service.understanding.roles import Held, InRole, Role
from service.understanding.turn import Turn, set_before, with_conditions


@dataclass(frozen=True, slots=True)
class SameDepartments:
    """Each gives None where no department was spoken of."""

    question: str
    fragment: Fragment
    before: Turn

    @property
    def names(self) -> tuple[str, ...]:
        return self.before.plan.named or self.before.departments

    @property
    def role(self) -> Role:
        """The role that the follow-up says."""
        return role_said(self.fragment.tokens)

    def without_role(self) -> Plan | None:
        """去掉它牵头的: the set before, less what its departments do in that role."""
        names = self.names
        where = (*set_before(self.before), InRole(self.role, names, "none"))
        return with_conditions(self.question, where, Ask()) if names else None

    def in_a_role(self) -> Plan | None:
        """它还牵头哪些任务: the departments that were asked about, or that the answer named."""
        names = self.names
        ask = Ask("count") if has(self.fragment, "howmany") else Ask()
        return with_conditions(self.question, [InRole(self.role, names)], ask) if names else None

    def in_another_role(self) -> Plan | None:
        """那协作的呢: the same departments in another role, or the same table, or that role's departments."""
        old = self.before.plan
        ask = Ask("count") if has(self.fragment, "howmany") else old.ask if old.ask.kind == "count" else Ask()
        if old.ask.kind == "tally":
            least = "least" if has(self.fragment, "least") else old.ask.order
            return with_conditions(self.question, old.where, replace(old.ask, role=self.role, order=least))
        if old.ask.kind == "who" and not old.named:  # of those very items
            return with_conditions(self.question, set_before(self.before), Ask("who", self.role))
        only = has(self.fragment, "alone") or (has(self.fragment, "only") and not has(self.fragment, "which"))
        if names := self.names:
            rule = "only" if only else next((one.rule for one in old.roles if one.rule in ("all", "any")), "all")
            kept = [one for one in set_before(self.before) if not isinstance(one, InRole | Held | AnyOf)]
            return with_conditions(self.question, [InRole(self.role, names, rule), *kept], ask)  # type: ignore[arg-type]
        return (
            with_conditions(self.question, set_before(self.before), Ask("who", self.role))
            if self.before.items
            else None
        )
