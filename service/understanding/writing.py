"""A plan as a question that stands alone: shown to people, kept in links, and read back to the same plan."""

from collections.abc import Sequence

from corpus import FigureKind
from service.understanding.between import Became, Between
from service.understanding.constraints import Constraint
from service.understanding.figure import Figure
from service.understanding.places import PLACES, items_written, ranges
from service.understanding.plan import Ask, Plan
from service.understanding.roles import role_word


def written(plan: Plan) -> str:
    """The question in plain words, with the documents it is of."""
    of = plan.asked_of.written() if plan.asked_of else ""
    if plan.numbered and of.endswith("》中"):
        of = of.removesuffix("中")  # 《…》第5项
    return of + _written(plan)


def _written(plan: Plan) -> str:
    numbered = plan.numbered
    if plan.between and plan.between.found:
        return compared(plan.between, conditions_written(plan))
    if numbered:
        return items_written(numbered.items) + _asked(plan, short=True)
    places = "".join(one.written() for one in plan.where if isinstance(one, PLACES))
    said = "且".join(one.written() for one in plan.where if not isinstance(one, PLACES))
    if plan.asks_lacking:
        return _lacking(plan)
    if plan.ask.kind == "documents":
        return _documents(plan, places + said)
    if plan.figure and plan.figure.kinds and plan.ask == Ask() and len(plan.topics) == 1:
        return places + (plan.topic or "") + _amount(plan.figure)
    if plan.asks_definition == "surely" and plan.ask == Ask() and len(plan.topics) == 1:
        return f"{places}{plan.topic}是什么意思"
    if plan.ask.each:
        places = f"各份文件{places}"
    if plan.ask.kind == "tally":
        return f"{places}{said + '的任务中' if said else ''}{_tally(plan)}"
    return f"{places}{said}{'的' if said else ''}任务{_asked(plan, short=False)}"


_AMOUNTS: dict[FigureKind, str] = {
    "money": "多少钱",
    "span": "多久",
    "often": "多久一次",
    "day": "什么时候",
    "hour": "几点",
    "age": "多大年纪",
    "share": "百分之几",
    "contact": "联系方式",
    "way": "怎么办理",
    "size": "多大",
    "penalty": "怎么处罚",
    "division": "分成哪几类",
}


def _amount(figure: Figure) -> str:
    """What asks for it: 多少钱; 多少 alone where it may be of several kinds."""
    return _AMOUNTS.get(figure.kinds[0], f"多少{figure.unit}") if len(figure.kinds) == 1 else "多少"


ALL = "有哪些任务"
ITSELF = "文件"  # where a question says something of the document itself
FILES = "文件有哪些"
WHICH_FILES = "哪些文件"
FIELDS = {"lead": "牵头部门", "support": "协作部门", "due": "时限"}  # of an item, that may change


def conditions_written(plan: Plan) -> str:
    """Its conditions."""
    return "且".join(one.written() for one in plan.where)


def documents_of(place: str) -> str:
    """杭州的文件"""
    return f"{place}的{ITSELF}"


def compared(between: Between, said: str = "") -> str:
    """The question that compares the two, of the tasks of which it is `said`."""
    before, after = (f"《{title}》" for title in between.named)
    if between.became == ("same", "changed"):
        return f"{f'{said}的任务，' if said else ''}{before}和{after}都有的任务"
    asked: dict[Became, str] = {
        ("new",): "多了哪些任务",
        ("gone",): "少了哪些任务",
        ("changed",): "改了哪些任务",
        ("same",): "哪些任务没有变",
    }
    asks = asked.get(between.became, "有什么变化")
    if between.fields:
        asks = f"哪些任务的{FIELDS[between.fields[0]]}变了"
    return f"{f'{said}的任务，' if said else ''}{after}和{before}相比{asks}"


def _documents(plan: Plan, said: str) -> str:
    has = f"有{said}的任务"
    match plan.ask.order:
        case "first":
            return f"最早是哪份文件{has}"
        case "last":
            return f"最晚是哪份文件{has}"
        case "most" | "least":
            return f"哪份文件{has}{'最多' if plan.ask.order == 'most' else '最少'}"
    return f"哪些文件{has}"


def _lacking(plan: Plan) -> str:
    have = "且".join(one.written() for one in plan.demands)
    lack = "或".join(one.denied().written() for one in plan.denials)
    both = "同时" if plan.ask.order == "notboth" else ""
    return f"哪些文件{f'有{have}的任务，' if have else ''}没有{both}{lack}的任务"


def named(of: Constraint) -> str:
    """The documents as they stand before a question: 《…》."""
    return of.written().removesuffix("中")


def of_some_item(rest: str) -> str:
    """A question of whatever item; those meant are put in its place."""
    return f"第1项{rest}"


def of_number(number: int) -> str:
    return f"第{number}项"


def in_section(numbers: Sequence[int], rest: str) -> str:
    return f"第{ranges(numbers)}部分{rest}"


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
        return text + {"lead": "由谁牵头", "responsible": "由谁负责", "support": "由谁协作", None: "由谁牵头"}.get(
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
    if ask.each:
        return f"各部门{role}几项"
    if ask.exactly is not None:
        return f"哪些部门只{role}{ask.exactly}项任务"
    if ask.top:
        return f"{role}最多的前{ask.top}名部门"
    return {
        "every": f"有多少个部门{role}",
        "most": f"哪个部门{role}最多",
        "least": f"哪个部门{role}最少",
        "none": f"哪些部门没有{role}任务",
    }[ask.order]
