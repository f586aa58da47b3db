"""What a question asks for: items, their number, a table of departments or sections, or departments item by item."""

import re
from dataclasses import dataclass
from typing import Literal

from corpus import NUMBER, find_items, to_int
from service.departments import ROLES, Role, role_of
from service.topic import GAP, bare, blank

Order = Literal["most", "least", "none"]


@dataclass(frozen=True, slots=True)
class Asked:
    """`tally` is the role that departments are counted in; `order` says which of them the question is after."""

    intent: Literal["items", "count", "field"] = "items"
    field: Role | None = None
    tally: Role | None = None
    order: Order = "most"
    exactly: int | None = None  # asks which departments are counted so often


_DOES = "牵头|负责|主办|协作|配合|协办|参与"
_COUNT = re.compile(
    r"(?:任务|条款)?(?:总数|项数|数目)|共计|总计|多少(?:项|个|条)?|几(?:项|个|条|件)(?!部分)|(?:一共|总共)有(?!哪)"
)
UNIT = "(?:部门|单位|处室|科室)"
WHO = rf"(?:谁|(?:哪[一几]?[个家]|哪些|什么){UNIT}|哪[一几]?家)"
BY_SECTION = re.compile(
    r"(?:每一?个?|各个?|几个|四个|各)(?:大?部[分份]|章)的?(?:分别|各自|各|都)?(?:有|包括|包含|含)?(?:多少|几)(?:[项条]|个任务)|(?:每一?个?|各个?)(?:大?部[分份]|章)的?(?:任务|条款)(?:数量?|项数|总数)"
)
_TALLY = re.compile(
    rf"(?P<most_role>{_DOES})的?(?:任务|工作|条款)?(?:数量|项数|数)?(?:最多|排名?第一|居首|最高|(?P<fewest>最少|最低))(?:的)?(?:是)?(?:{WHO}|部门|单位|处室|科室|哪些|哪几?个)?(?:是(?:哪个|谁|哪些|什么)(?:部门)?)?"
    rf"|(?:统计|汇总|计算|算)?(?:一下|出)?(?:(?:牵头|协作|参与)过?(?:任务)?的?(?:部门|单位)[里中]?(?:面|间)?,?)?(?:{WHO}|哪些|哪个|各部门|各个部门|每个部门|各单位|各处室)(?:分别|各自|各|的)?(?P<role>{_DOES})?(?:了|的|得|过)?"
    r"(?:任务|工作|条款)?(?:的)?(?:(?:数量|数)?(?:都)?(?:是|有|各)?"
    r"(?:最多|(?P<least>最少)|多少(?:项|个|条)?(?:任务)?|几(?:项|个|条)(?:任务)?)|数量|任务数|情况统计)"
)
_RANKING = re.compile(  # 各部门牵头任务数排名
    rf"(?:各个?|每个|所有)?(?:部门|单位|处室)(?P<role>{ROLES})的?(?:任务|工作)?(?:数量|项数|数)?(?:的)?(?:排名|排行榜?|排序|统计|对比|[从由]多到少.{{0,8}}|[从由]少到多.{{0,8}})"
)
_TALLY_HAVING = re.compile(  # 有多少个部门牵头了任务, 哪些部门没有牵头任务
    rf"(?:有(?:多少|几)|多少)[个家]?(?:部门|单位|处室)(?:都|曾|参与(?=协作|配合|牵头))?(?P<role>{ROLES})[了过]?(?:的)?(?:任务|工作)?"
    rf"|有?(?:哪些|哪几个|几个|多少个?|什么)(?:部门|单位|处室)(?:一[项个])?(?:任务|工作)?[都也]?(?:没有|没|未|从未|不)(?P<never>{ROLES})[过了]?的?(?:任何)?(?:任务|工作)?"
)
_EXACTLY = re.compile(  # 哪些部门只牵头一项任务
    rf"[只仅]?(?P<of>{_DOES})[了过]?(?P<often>{NUMBER})[项个](?:任务|工作)?的(?:是)?(?:哪[几]?个|哪些)?(?:部门|单位|处室)(?:有哪些|是谁|有几个)?"
    rf"|(?:谁|有?(?:哪些|哪[几一]?个|几个|多少个?|什么)(?:部门|单位|处室))[只仅]?(?P<role>{_DOES})[了过]?(?P<count>{NUMBER})[项个](?:任务|工作)?"
)
FIELD = re.compile(
    rf"(?:是|归|由|各)*{WHO}(?:来|在|要|需要|应当|应该|应|共同|联合|一起|分别)*(?:(?P<verb>{_DOES}|协助|主责)|(?P<does>管|做|办|搞|抓))(?:的)?|(?:该|应该)?找{WHO}|归{WHO}(?=$|[?。,])|(?:哪些|哪几个)(?P<which>{_DOES})(?=$|[?。,])"
    rf"|(?P<those>{_DOES})的(?:都|又|分别)*(?:是|有)(?:都有)?{WHO}"
    rf"|(?P<noun>牵头|负责|主办|责任|协作|配合|协办)(?:的)?(?:部门|单位|处室|方)(?:一共|总共|共|都|分别|各)*(?:是|有|为|包括)?(?:{WHO}|哪些|哪个|哪几个|几个|多少个?|什么)"
    r"|(?P<one>牵头|负责|主办|责任|协作|配合|协办)(?:部门|单位)?(?:和|与|及|以及|、)(?P<other>牵头|负责|责任|协作|配合|协办)(?:的)?(?:部门|单位|处室|方)(?:都)?(?:分别)?(?:是|有|为)?(?:谁|哪些|哪个|什么)?"
    r"|(?:都|分别)?(?:涉及|牵涉|包括|关系|有)到?了?(?:哪些|哪几个|几个|多少个|什么)(?P<kind>牵头|协作|配合|参与)?(?:的)?(?:部门|单位|处室)(?:要|需要|应当|应该|来)?(?P<part>牵头|协作|配合|参与)?"
    r"|(?:的)?(?P<bare>牵头|责任|协作|配合|参与|相关|涉及|有关)的?(?:部门|单位)(?:有|是|为)?[\s?。]*$"
)


def find_asked(text: str) -> tuple[Asked, str]:
    """What the folded text asks for, and the text with that made a gap."""
    if exactly := _EXACTLY.search(text):
        asked = Asked(
            "count",
            tally=role_of(exactly["role"] or exactly["of"]),
            exactly=to_int(exactly["count"] or exactly["often"]),
        )
        return asked, blank(text, *exactly.span())
    if ranking := _RANKING.search(text):
        return Asked("count", tally=role_of(ranking["role"])), blank(text, *ranking.span())
    if tally := _TALLY.search(text):
        order: Order = "least" if tally["least"] or tally["fewest"] else "most"
        asked = Asked("count", tally=role_of(tally["role"] or tally["most_role"]), order=order)
        return asked, blank(text, *tally.span())
    if (having := _TALLY_HAVING.search(text)) and not find_items(bare(text)):
        order = "none" if having["never"] else "most"
        return Asked("count", tally=role_of(having["role"] or having["never"]), order=order), blank(
            text, *having.span()
        )
    if fields := list(FIELD.finditer(text)):
        roles = {_role_asked(one) for one in fields}
        asked = Asked("field", field=roles.pop() if len(roles) == 1 else "any")
        return asked, FIELD.sub(lambda one: GAP * len(one[0]), text)
    return Asked("count" if _COUNT.search(text) else "items"), text


def _role_asked(asked: re.Match[str]) -> Role:
    """Who does a thing leads it: 归谁管, 谁来做."""
    if asked["does"] or asked[0].startswith("归"):
        return "lead"
    if asked["one"]:
        roles = {role_of(asked["one"]), role_of(asked["other"])}
        return roles.pop() if len(roles) == 1 else "any"
    return role_of(
        asked["verb"]
        or asked["which"]
        or asked["those"]
        or asked["noun"]
        or asked["kind"]
        or asked["part"]
        or asked["bare"]
    )
