"""A plan as a question that stands alone: shown to people, kept in links, and read back to the same plan."""

from collections.abc import Sequence

from corpus import Item, to_simplified
from service.understanding.constraints import (
    About,
    AllOf,
    AnyOf,
    Constraint,
    DueBy,
    InDocument,
    InSection,
    Not,
    Numbered,
    Within,
    Without,
    ranges,
)
from service.understanding.plan import Plan
from service.understanding.roles import Collective, Held, InRole, role_word

_PLACES = (InSection, Within, InDocument)


def written(plan: Plan) -> str:
    """The question in plain words."""
    numbered = plan.numbered
    if numbered:
        return items_written(numbered.items) + _asked(plan, short=True)
    places = "".join(written_condition(one) for one in plan.where if isinstance(one, _PLACES))
    rest = [one for one in plan.where if not isinstance(one, _PLACES)]
    said = "且".join(map(written_condition, rest))
    if plan.ask.kind == "tally":
        return f"{places}{said + '的任务中' if said else ''}{_tally(plan)}"
    return f"{places}{said}{'的' if said else ''}任务{_asked(plan, short=False)}"


def items_written(items: Sequence[Item]) -> str:
    """How a question names these items: 第1至3、7项; by id where numbers do not tell them apart."""
    unit = "条" if all(item.label.endswith("条") for item in items) else "项"
    if all(item.id == str(item.number) for item in items):
        return f"第{ranges([item.number for item in items])}{unit}"
    return "、".join(f"{item.id}{unit}" for item in items)


def of_some_item(rest: str) -> str:
    """A question of whatever item; those meant are put in its place."""
    return f"第1项{rest}"


def of_number(number: int) -> str:
    return f"第{number}项"


def in_section(numbers: Sequence[int], rest: str) -> str:
    return f"第{ranges(numbers)}部分{rest}"


def written_condition(one: Constraint) -> str:
    match one:
        case InRole():
            return _role(one)
        case Held():
            return _held(one)
        case DueBy():
            return f"{one.by.year}年{one.by.month}月{one.by.day}日前完成" if one.by else "有完成时限"
        case Collective():
            return "各部门都配合"
        case InSection():
            return f"第{ranges(one.numbers)}部分中"
        case InDocument():
            return "".join(f"《{title}》中" for title in one.titles)
        case Within() | Numbered():
            return f"{items_written(one.items)}中"
        case Without():
            return f"不包括{items_written(one.items)}"
        case About():
            return f"{'不' if one.not_ else ''}涉及“{one.topic}”"
        case Not():
            return _not(one)
        case AnyOf():
            return "或".join(map(written_condition, one.of))
        case AllOf():
            return "且".join(map(written_condition, one.of))
    raise AssertionError(f"no writing of {one}")


def _not(one: Not) -> str:
    if isinstance(one.one, InSection):
        return f"不在第{ranges(one.one.numbers)}部分"
    return "不" + written_condition(one.one)


def _role(one: InRole) -> str:
    names = ("或" if one.rule == "any" else "、").join(map(to_simplified, one.names))
    by = {"only": "只由", "none": "不由"}.get(one.rule, "写明由" if one.named else "由")
    if one.rule == "none" and one.role == "any":
        return f"没有{names}参与"
    return f"{by}{names}{role_word(one.role)}"


def _held(one: Held) -> str:
    role = role_word(one.role)
    if one.most == 0:
        return f"没有写明{'' if one.role == 'any' else role}部门"
    if one.most == 1:
        return f"由一个部门单独{role}"
    if one.most:
        return f"由{one.least}个部门共同{role}"
    return {1: f"写明了{role}部门", 2: f"由多个部门共同{role}"}.get(one.least, f"由{one.least}个以上部门共同{role}")


def _asked(plan: Plan, *, short: bool) -> str:
    ask = plan.ask
    if plan.layout == "department":
        return "按部门分组"
    if plan.layout == "section":
        return "按部分分组"
    if plan.layout == "table":
        return "列成表格"
    if ask.kind == "who":
        text = "讲什么，" if ask.text else ""
        return text + {"lead": "由谁牵头", "support": "由谁协作", None: "由谁牵头"}.get(
            ask.role, "的牵头和协作部门有哪些"
        )
    said = {
        "count": "有多少项",
        "place": "在哪个部分",
        "compare": "有什么区别",
        "summary": "总结一下",
        "sections": "各部分有几项",
    }
    if ask.kind == "content":
        return "" if short else "讲什么"
    if ask.kind == "due":
        return "的完成时限"
    return said.get(ask.kind, "" if short else "有哪些")


def _tally(plan: Plan) -> str:
    ask = plan.ask
    role = role_word(ask.role or "any")
    if ask.exactly is not None:
        return f"哪些部门只{role}{ask.exactly}项任务"
    return {"most": f"哪个部门{role}最多", "least": f"哪个部门{role}最少", "none": f"哪些部门没有{role}任务"}[ask.order]
