"""Departments in a question: 「体育局牵头」, 「水务局或财政局」, 「只有水务局协作」, 「牵头部门是教育局」, 「不是水务局牵头的」."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from corpus import Document, Item, fold, spellings
from service.topic import GAP, blank

DepartmentRule = Literal["all", "any", "only", "none"]
Role = Literal["lead", "support", "any"]

ASKED_ROLES: dict[Role, str] = {
    "lead": "牵头|负责|主办|主责|主抓|承担|责任",
    "support": "协作|配合|协办|协助|支持",
    "any": "参与|参加|涉及|有关|相关",
}
ROLES = "|".join(ASKED_ROLES.values())

_MENTION = "\ue001"  # stands for each character of a department's name
_SEPARATOR = r"(?:、|,|和|与|及|跟|同|以及|或者|或|还是|也不是|也不由|/|\s){1,2}"
_NAMES = rf"(?P<names>{_MENTION}++(?:{_SEPARATOR}{_MENTION}++){{0,20}})"
# 涉及 is a role at a clause's end, else it begins a topic: 教育局涉及的任务, 教育局牵头但不涉及食品
_AT_END = r"(?=$|的|了|哪|多少|几|[?。,、\s])"
_ONE_ROLE = rf"(?P<not>不|没有|没|未)?(?:(?P<role>{ROLES})(?<!涉及|有关|相关)|(?P<weak>涉及|有关|相关|无关){_AT_END}|(?P<does>管|抓|做|办|搞){_AT_END})"
_ROLES = (
    r"(?:[,、]?(?:但是|但|而且|而|并且|并|且|也|又|和|或者|或)?" + re.sub(r"\?P<\w+>", "?:", _ONE_ROLE) + "(?:了|过)?)"
)

_ADVERB = r"(?:各(?=牵头|协作|参与|负责|配合)|是(?=牵头|负责|主办|协作|配合|协办|参与)|为|担任|任[一何意](?:一?个)?(?:部门|单位)?|其中之?一个?|哪些(?:任务|工作)|既|又|,+|同样|完全|根本|从来|在?\ue000++(?:里|中)?|在(?=牵头|协作|参与)|一起|共同|联合|分别|主要|一共|总共|需要|应当|应该|应|要|都|均|也|还|来|所|同时|作为|在(?:哪些|哪几个|哪几项)(?:任务|工作)(?:中|里)|\s)"
_EACH = re.compile("各(?=牵头|协作|参与|负责|配合)|任[一何意]|其中之一|其中一个|分别|各自|加起来|相加|合计|加在一起")
_TOGETHER = re.compile("共同|联合|一起(?!来)")
_ALONE = (
    r"(?=$|的|有|呢|都|任务|[,、。?!！\s])"  # 教育局 alone asks for its part; in 教育局建设 it is a word of the topic
)

_ROLE_FIRST = re.compile(  # 牵头部门是教育局
    rf"(?P<roles>{ROLES})(?:部门|单位|处室|方)?(?:里面?|中|当中)?(?:(?P<only>只有|仅有|只|仅)(?:是|为)?|是|为|有|包括|含|[:=]\s?){_NAMES}(?:一[个家](?:部门|单位)?)?"
)
_NAMES_FIRST = re.compile(  # 教育局牵头, 教育局协作但不牵头, 不是教育局牵头, 除教育局外
    r"(?P<not>(?<!是)不是|不由|不归|不属|并非|不含|不包括|不涉及|没有涉及|未涉及|除去|除了|除|非|(?:不|无)(?:需要?|用|必)(?:由)?|(?<!有)没有|(?<!有没)没)?"
    r"(?P<only>只有|仅有|只由|仅由|单独由|独自由|仅|只)?(?:(?<!不)是|需要|由|让|归|以|与|和|跟|同|涉及到|涉及)?"
    rf"{_NAMES}(?:(?P<alone>单独|独立|独自|独家|一家|自己)|{_ADVERB}){{0,3}}(?P<outside>(?:之外|以外|外)(?:的)?)?"
    rf"(?:(?:一[个家]|其他|其它|别的)?(?:部门|单位)?(?P<roles>{_ROLES}{{1,3}})(?:部门|单位)?(?(not)(?:的?(?:任务|条款)?(?:之外|以外|外)的?)?)|(?(not)|(?(outside)|{_ALONE})))"
)
_ROLE_ALONE = re.compile(
    rf"(?P<role>{ASKED_ROLES['lead']}|{ASKED_ROLES['support']})的?(?:部门|单位)?(?=$|{GAP}|的|里|中|任务|工作|条款|有|[?。,、\s])"
)
_UNKNOWN = re.compile(  # 外交部牵头, where no document names 外交部
    rf"(?:^|任务|工作|由|是|和|与|、|,|\s|哪些|请问|{GAP})"
    rf"(?P<clause>由?(?P<name>(?:(?!任务|工作|哪些|哪个|什么|[由是和与])[^\s、,{GAP}{_MENTION}]){{0,10}}?"
    r"(?:部|办(?:公室)?|中心|委|委员会|局|司|处|院|所|协会|党委))(?P<role>牵头|负责|主办|协作|配合|参与|协办)了?)(?=$|的|哪|什么|多少|几|且|并|但|[?。,、\s])"
)
_NO_NAME = re.compile(r"各.*|所有.*|.*(?:几个|多少).*|(?:有关|相关|其他)部|.*[内外干全局上下中东西南北]部")


@dataclass(frozen=True, slots=True)
class Departments:
    """What a question says of departments, written as the source writes them."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    rule: DepartmentRule = "all"
    exclude: tuple[str, ...] = ()  # take no part at all
    without_lead: tuple[str, ...] = ()  # take no such part, whatever else they do
    without_support: tuple[str, ...] = ()
    either: tuple[Role, ...] = ()  # roles in which one of the departments named is enough
    unknown: str | None = None  # named in no document

    @property
    def named(self) -> tuple[str, ...]:
        """Those asked for, in whatever role."""
        return self.lead + self.support + self.any

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles in which some are asked for."""
        return tuple(role for role in ASKED_ROLES if getattr(self, role))

    def __bool__(self) -> bool:
        return self != NO_DEPARTMENTS


NO_DEPARTMENTS = Departments()
_WITHOUT: dict[Role, str] = {"lead": "without_lead", "support": "without_support", "any": "exclude"}  # not in the role


def find_departments(question: str, text: str, names: Mapping[str, str]) -> tuple[Departments, str]:
    """What `text`, the question folded, says of departments, and the text with those clauses made gaps. `names` maps
    each folded spelling to the source's."""
    marked, mentions = _marked(text, names)
    found = NO_DEPARTMENTS
    for pattern in (_ROLE_FIRST, _NAMES_FIRST):
        while clause := pattern.search(marked):
            named = [name for start, name in mentions.items() if clause.start("names") <= start < clause.end("names")]
            found = _with_clause(found, clause, tuple(named))
            marked = blank(marked, clause.start(), clause.end())
    if found.any and not (found.lead or found.support) and (alone := _ROLE_ALONE.search(marked)):  # 教育局的牵头任务
        found = _adding(replace(found, any=()), role_of(alone["role"]), found.any)
        marked = blank(marked, *alone.span())
    found = _with_rule(found)
    if len(found.named) > 1 and found.rule == "all" and _EACH.search(text) and not _TOGETHER.search(text):
        found = replace(found, rule="any", either=())  # 甲部、乙部分别牵头哪些
    unknown = _UNKNOWN.search(marked)
    if unknown and not _NO_NAME.fullmatch(unknown["name"]) and not unknown["name"].startswith(("只", "仅")):
        ending = {source for name, source in names.items() if name.endswith(unknown["name"])}
        if len(ending) == 1 and len(unknown["name"]) > 1:  # 体育局, where there is one 市体育局
            found = _adding(found, role_of(unknown["role"]), tuple(ending))
        else:
            found = replace(found, unknown=question[slice(*unknown.span("name"))])
        marked = blank(marked, unknown.start("clause"), unknown.end("clause"))
    rest = (given if mark == _MENTION else mark for given, mark in zip(text, marked, strict=True))
    return found, "".join(rest)


def takes_part(item: Item, asked: Departments) -> Literal["named", "collective"] | None:
    """How the item's departments fulfil what is asked: by name, only through words for all departments, or not."""
    if not asked:
        return "named"
    named: dict[Role, set[str]] = {"lead": _keys(item.lead), "support": _keys(item.support)}
    named["any"] = named["lead"] | named["support"]
    every = {role: _keys(having(item, role)) for role in ASKED_ROLES}
    unwanted: dict[Role, tuple[str, ...]] = {
        "lead": asked.without_lead,
        "support": asked.without_support,
        "any": asked.exclude,
    }
    if any(every[role] & _keys(names) for role, names in unwanted.items()):
        return None
    conditions = {role: _keys(getattr(asked, role)) for role in asked.roles}
    if asked.rule == "only":
        alone = all(named[role] == names for role, names in conditions.items())
        return "named" if alone and not (item.collective and (asked.support or asked.any)) else None
    if asked.rule == "none":
        return None if any(every[role] & names for role, names in conditions.items()) else "named"
    if _fulfils(named, conditions, asked):
        return "named"
    return "collective" if _fulfils(every, conditions, asked) else None


def _fulfils(held: Mapping[Role, set[str]], wanted: Mapping[Role, set[str]], asked: Departments) -> bool:
    if asked.rule == "any":
        return any(held[role] & names for role, names in wanted.items())
    return all(
        bool(held[role] & names) if role in asked.either else names <= held[role] for role, names in wanted.items()
    )


def having(item: Item, role: Role) -> tuple[str, ...]:
    """The departments that have the role in the item, by name or through words for all."""
    match role:
        case "lead":
            return item.lead
        case "support":
            return item.supporting
        case "any":
            return item.lead + item.supporting


def _keys(names: Iterable[str]) -> set[str]:
    return {name_key(name) for name in names}


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """One spelling for all of a department's."""
    return fold(name)


def departments_of(documents: Iterable[Document]) -> dict[str, str]:
    """Folded name -> the name as first written, in order of first appearance."""
    return spellings(name for document in documents for name in document.departments)


def role_of(word: str | None) -> Role:
    """牵头 -> lead, 协作 -> support; any other word, or none, -> any."""
    return next((role for role, words in ASKED_ROLES.items() if word and word in words.split("|")), "any")


@lru_cache(maxsize=64)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """The longest of the names; 甲部 stands neither in 甲部门 nor in 甲部分."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})(?<!部(?=[门署队件位]|分(?!别)))")


def mentioned(text: str, names: Mapping[str, str]) -> list[tuple[int, int]]:
    """[start, end) of each department's name in the folded text."""
    marked, mentions = _marked(text, names)
    return [(start, start + len(re.match(f"{_MENTION}+", marked[start:])[0])) for start in mentions]  # type: ignore[index]


def _marked(text: str, names: Mapping[str, str]) -> tuple[str, dict[int, str]]:
    """The text with each department's characters replaced by _MENTION, and the departments by where they start."""
    if not names:
        return text, {}
    pattern = _any_of(tuple(names))
    mentions = {match.start(): names[match[0]] for match in pattern.finditer(text)}
    return pattern.sub(lambda match: _MENTION * len(match[0]), text), mentions


def _with_clause(found: Departments, clause: re.Match[str], named: tuple[str, ...]) -> Departments:
    parts = clause.groupdict()
    negated = parts.get("not") is not None
    if parts["only"] or parts.get("alone"):
        found = replace(found, rule="only")
    negated = negated or parts.get("outside") is not None
    if negated and not parts["roles"]:
        return _adding(found, "exclude", named)
    if not parts["roles"]:
        return _adding(found, "any", named)
    roles = list(re.finditer(_ONE_ROLE, parts["roles"]))
    roles = [one for one in roles if not one["does"]] or roles  # 配合做: the doing is in the role
    wanted = {_role_in(one) for one in roles if not (negated or one["not"] or one["weak"] == "无关")}
    for one in roles:
        role = _role_in(one)
        found = _adding(found, role if role in wanted else _WITHOUT[role], named)
    if len(wanted) > 1:  # the same department in two roles: one of them is enough
        return replace(found, rule="any")
    if "或" in clause["names"] or "还是" in clause["names"]:
        return replace(found, either=found.either + tuple(wanted))
    return found


def _role_in(one: re.Match[str]) -> Role:
    """Who does a thing leads it: 归水务局管的."""
    return "lead" if one["does"] else role_of(one["role"] or one["weak"])


def _with_rule(found: Departments) -> Departments:
    """One clause of alternatives asks by the rule `any`; a question that only says who has not a role (不是水务局牵头的)
    by the rule `none`."""
    if found.either and len(found.roles) == 1 and found.rule == "all":
        return replace(found, rule="any", either=())
    for role, names in (("lead", found.without_lead), ("support", found.without_support)):
        if names and found == _adding(Departments(rule=found.rule), f"without_{role}", names):
            return _adding(Departments(rule="none"), role, names)
    return found


def _adding(found: Departments, field: str, named: tuple[str, ...]) -> Departments:
    """The same, and these departments in one of its fields."""
    together: dict[str, Any] = {field: getattr(found, field) + named}
    return replace(found, **together)
