"""Question -> `Plan`: what is asked, in terms of items, numbers, sections, departments and a topic.

Deterministic: the grammar of asking is written here and beside (`departments`, `topic`), the names come from the
loaded documents and their aliases. All patterns read folded text, which is as long as the question, and are bounded.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus import Document, Item, Reference, Section, find_items, find_section, fold
from index import Index
from service.departments import (
    ASKED_ROLES,
    NO_DEPARTMENTS,
    Departments,
    Role,
    departments_of,
    find_departments,
    role_of,
)
from service.topic import GAP, bare, blank, find_topic, is_quoted

Intent = Literal["items", "count", "lookup", "section", "field", "about", "none"]
About = Literal["issuer", "date", "overall", "addressees", "title", "departments", "sections"]
Field = Literal["lead", "support", "any"] | About


@dataclass(frozen=True, slots=True)
class Plan:
    """A question understood."""

    intent: Intent
    question: str  # the effective, stand-alone question
    topic: str | None = None  # in the asker's glyphs
    numbers: tuple[int, ...] = ()
    pointed: tuple[Item, ...] | None = None  # the very items meant by 最后一项, 第9项之后, 3.2
    without_numbers: tuple[int, ...] = ()  # 除第9项外
    without_topic: str | None = None  # 不涉及…
    unnamed: Role | None = None  # 没有牵头部门: asks where nobody has this role
    sections: tuple[int, ...] = ()
    joint: Role | None = None  # 联合牵头: several departments have this role
    sole: Role | None = None  # 单独牵头: one department alone has it
    field: Field | None = None  # the departments or the part of the document asked for
    departments: Departments = NO_DEPARTMENTS
    from_history: bool = False
    aside: Literal["more", "why"] | None = None  # 还有吗, 为什么: asks of the answer before, whose plan this is
    tally: Role | None = None  # asks how often each department has this role
    tally_least: bool = False  # and which has it least
    follows_up: bool = False  # cannot be understood without the question before
    asks_fact: bool = False  # an amount, a date, a person, which countries: what an item near in meaning does not give
    names_items: bool = False  # speaks of tasks, articles or the document, not of its topic alone

    @property
    def is_filtered(self) -> bool:
        """Something other than a topic says which items are meant."""
        by_place = self.numbers or self.sections or self.pointed is not None or self.without_numbers
        return bool(by_place or self.departments or self.joint or self.sole or self.without_topic or self.unnamed)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names a question may use: every folded spelling of a department, and how the source writes it; and the
    items and sections of each document in reading order."""

    departments: dict[str, str]
    items: tuple[tuple[Item, ...], ...]
    sections: tuple[tuple[Section, ...], ...]
    boundaries: Callable[[str], set[int]]  # where words of a text begin and end
    stands: Callable[[str], bool]  # a phrase is found literally in some item

    @classmethod
    def of(cls, documents: Sequence[Document], index: Index) -> "Vocabulary":
        names, aliases = departments_of(documents), index.corpus.aliases
        known = {alias: names[name] for alias, name in aliases.items() if name in names}
        items = tuple(document.items for document in documents)
        sections = tuple(document.sections for document in documents)
        return cls({**known, **names}, items, sections, index.segmenter.boundaries, index.stands)


_ITEM_WORDS = re.compile(r"任务|条款|条文|条目|事项|哪些|哪几|哪项|哪条|涉及|提到|提及|文件|通知|要点")
_OF_ITEMS = "任务|条款|条文|条目|工作|事项|措施|举措|规定|要求|内容|部门|单位|部分|章节|地方|文件|方面|项|条|段"
_FACT = re.compile(
    rf"(?:哪些|哪几个|哪几家|哪个|哪家|几个|多少个|多少家|多少名)(?!{_OF_ITEMS}|[是有由与和涉提讲写说在要?]|$)"
    r"|多少[钱元万人次点度年天]|价格|收费|费用|电话|网址|地址|邮箱|联系方式|有效期|多长时间|多久|多远|多大|[几多]少?[年天月](?!的)|几[点号日]|哪[年天月日]"
    r"|什么时候|何时|什么(?:材料|手续|条件|证件|地方)|哪里办|怎么办理|叫什么|名单|名字|是谁|负责人|什么是|是什么意思|百分之几"
)
_EVERY = re.compile(r"哪些|所有|全部|多少|几项|几条|一共|总共")
_COUNT = re.compile(r"多少(?:项|个|条)?|几(?:项|个|条)(?!部分)|(?:一共|总共)有(?!哪)")
_FUNCTION_WORDS = frozenset(
    "没 没有 而 既 也 又 还 就 都 并 且 但 不 是 其他 部门 单位 内容 情况 任务 工作 事项 条款 规定 要求 安排 部署 分别".split()
)
_ROLES = "|".join(ASKED_ROLES.values())
_JOINT = re.compile(
    rf"由?(?:(?:多个|几个|若干个?|(?:两个|两家|2个)(?:或(?:两个|2个))?以上|不止一个|不只一个)(?:的)?(?:部门|单位|处室)(?:联合|共同|一起)?|联合|共同)(?P<role>{_ROLES})的?"
)
_SOLE = re.compile(
    rf"(?:只有|仅有|只由|仅由|由|只|仅)?(?:一个|一家|单个)(?:部门|单位|处室)(?:单独|独立|独自|一家)?(?P<role>{_ROLES})的?|(?:单独|独立|独自)(?P<alone>{_ROLES})的?"
)
_NOT_ABOUT = re.compile(r"(?<![有是])(?:不|没有|没|未|并未)(?:涉及到|涉及|提到|提及|包含|包括)")
_UNNAMED = re.compile(
    r"(?<!有)(?:没有|没|未)(?:写明|明确|注明|列出|指定)?(?P<role>牵头|责任|协作|配合)?(?:部门|单位)(?=$|的|[?。,、\s])"
)
_ID = re.compile(r"第?(\d{1,3}\.\d{1,3})[项条]?(?![\d.])")
_WHO = r"(?:谁|哪一个部门|哪个部门|哪些部门|哪几个部门|什么部门|哪个单位|哪些单位|哪家单位|哪个处室|哪个科室)"
_TALLY = re.compile(
    r"(?P<most_role>牵头|负责|主办|协作|配合|协办|参与)的?(?:任务|工作|条款)?(?:数量|数)?(?:最多|(?P<fewest>最少))的(?:部门|单位|处室|科室)(?:是(?:哪个|谁|哪些|什么))?"
    rf"|(?:(?:牵头|协作|参与)过?(?:任务)?的?(?:部门|单位)[里中]?(?:面|间)?,?)?(?:{_WHO}|哪些|哪个|各部门|各个部门|每个部门|各单位|各处室)(?:分别|各自|各)?(?P<role>牵头|负责|主办|协作|配合|协办|参与)?(?:了|的)?"
    r"(?:任务|工作|条款)?(?:的)?(?:(?:数量|数)?(?:都)?(?:是|有|各)?"
    r"(?:最多|(?P<least>最少)|多少(?:项|个|条)?(?:任务)?|几(?:项|个|条)(?:任务)?)|数量|任务数|情况统计)"
)
FIELD = re.compile(
    rf"(?:是|归|由)?{_WHO}(?:来|在)?(?:(?P<verb>牵头|负责|主办|协作|配合|协办|参与)|(?P<does>管|做|办|搞|抓))(?:的)?|(?:该|应该)?找{_WHO}"
    rf"|(?P<noun>牵头|负责|主办|责任|协作|配合|协办)(?:的)?(?:部门|单位|处室|方)(?:都)?(?:是|有|为|包括)?(?:{_WHO}|哪些|哪个|哪几个|什么)"
    r"|(?P<one>牵头|负责|主办|责任|协作|配合|协办)(?:部门|单位)?(?:和|与|及|以及|、)(?P<other>牵头|负责|责任|协作|配合|协办)(?:的)?(?:部门|单位|处室|方)(?:都)?(?:分别)?(?:是|有|为)?(?:谁|哪些|哪个|什么)?"
    r"|(?:都|分别)?(?:涉及|牵涉|包括|关系|有)到?了?(?:哪些|哪几个|几个|多少个|什么)(?P<kind>牵头|协作|配合|参与)?(?:的)?(?:部门|单位|处室)(?P<part>牵头|协作|配合|参与)?"
    r"|(?:的)?(?P<bare>牵头|责任|协作|配合|参与|相关|涉及|有关)的?(?:部门|单位)(?:有)?[\s?。]*$"
)

_SUBJECT = r"(?:请问|一共|总共|共|这份|这个|本|该|文件|通知|要点|公文|全文|文中|的|里|中|是|由|都){0,6}"
_ABOUT: dict[About, str] = {
    "issuer": "(?:谁|哪个单位|哪个部门|哪个机关|哪里)(?:印发|发布|下发|发出|发|制定|出台|颁布)|(?:印发|发布|发文|制定)(?:单位|机关|部门)(?:是谁|是什么|是哪个)?",
    "date": "(?:什么时候|何时|哪天|哪一天|哪年|几月几日|几号)(?:印发|发布|下发|出台|发|成文)?|(?:印发|发布|成文|发文)?(?:日期|时间)(?:是什么时候|是哪天|是什么|是多少)?",
    "overall": "(?:总体要求|总要求|总体思路|指导思想|总体目标)(?:是什么|有哪些|怎么说|是怎么说)?|(?:主要)?(?:讲|说|写)(?:了|的是|的)?(?:什么|啥)",
    "addressees": "(?:发|印发|下发|写)给(?:谁|哪些单位|哪些部门)|主送(?:单位|机关)?(?:是谁|有哪些|是哪些)?",
    "title": "(?:标题|题目|名称|文件名)(?:是什么|叫什么)?|叫什么(?:名字)?",
    "departments": "(?:涉及|有|提到|包括)?了?(?:哪些|几个|多少个|多少)(?:部门|单位|处室|科室)|(?:部门|单位)都?有哪些",
    "sections": "(?:分成|分为|分|有|包括|包含)了?哪?(?:几个|多少个|几|哪些)大?(?:部分|章节|章)|结构(?:是什么|如何)?|目录",
}
_ABOUT_PATTERNS = {field: re.compile(rf"{_SUBJECT}(?:{asked})(?:的|呢|啊|吗)?") for field, asked in _ABOUT.items()}


def plan_question(question: str, vocabulary: Vocabulary) -> Plan:
    """What the question asks, on its own: step by step, what is understood becomes a gap, and the rest is the topic."""
    rest = fold(question)
    plan = Plan("items", question, names_items=_ITEM_WORDS.search(rest) is not None)
    if whole := _whole_question(plan, rest, vocabulary):
        return whole
    plan, rest = _with_asked_for(plan, rest)
    departments, rest = find_departments(question, rest, vocabulary.departments)
    plan = replace(plan, departments=departments)
    if several := _JOINT.search(rest):
        plan = replace(plan, joint=role_of(several["role"]), names_items=True)
        rest = blank(rest, *several.span())
    elif alone := _SOLE.search(rest):
        plan = replace(plan, sole=role_of(alone["role"] or alone["alone"]), names_items=True)
        rest = blank(rest, *alone.span())
    boundaries = vocabulary.boundaries(question)
    if absence := _NOT_ABOUT.search(rest):  # what follows 不涉及 is a topic of its own
        unwanted = find_topic(question, blank(rest, 0, absence.end()), boundaries, may_vanish=True)
        plan = replace(plan, without_topic=unwanted, names_items=True)
        rest = blank(rest, absence.start(), len(rest))
    plan, rest = _with_places(plan, rest, vocabulary)
    understood = plan.is_filtered or plan.tally is not None or _EVERY.search(rest) is not None
    topic = find_topic(question, rest, boundaries, may_vanish=understood)
    if topic in ("或", "或者") and departments:  # 甲部牵头或者乙部协作
        return _with_topic(replace(plan, departments=replace(departments, rule="any")), None)
    is_function_word = topic is not None and fold(topic) in _FUNCTION_WORDS and not is_quoted(question, topic)
    return _with_topic(plan, None if is_function_word and understood else topic)


def _whole_question(plan: Plan, rest: str, vocabulary: Vocabulary) -> Plan | None:
    """The plan of a question that is understood as a whole; None for others."""
    asked = bare(rest)
    for about, pattern in _ABOUT_PATTERNS.items():
        if pattern.fullmatch(asked):
            return replace(plan, intent="about", field=about)
    if _is_phrase(asked, vocabulary):  # typed as it stands in a text: nothing of it is grammar
        return replace(plan, topic=find_topic(plan.question, rest, set(), may_vanish=False))
    return None


def _with_asked_for(plan: Plan, rest: str) -> tuple[Plan, str]:
    """Whether a number, a table or departments are asked for."""
    if unnamed := _UNNAMED.search(rest):
        plan = replace(plan, unnamed=role_of(unnamed["role"]))
        rest = blank(rest, *unnamed.span())
    if tally := _TALLY.search(rest):
        plan = replace(
            plan,
            intent="count",
            tally=role_of(tally["role"] or tally["most_role"]),
            tally_least=bool(tally["least"] or tally["fewest"]),
        )
        return plan, blank(rest, *tally.span())
    if fields := list(FIELD.finditer(rest)):
        roles = {_role_asked(asked) for asked in fields}
        plan = replace(plan, intent="field", field=roles.pop() if len(roles) == 1 else "any")
        return plan, FIELD.sub(lambda asked: GAP * len(asked[0]), rest)
    return (replace(plan, intent="count") if _COUNT.search(rest) else plan), rest


def _role_asked(asked: re.Match[str]) -> Role:
    """Who does a thing leads it: 归谁管, 谁来做."""
    if asked["does"]:
        return "lead"
    if asked["one"]:
        roles = {role_of(asked["one"]), role_of(asked["other"])}
        return roles.pop() if len(roles) == 1 else "any"
    return role_of(asked["verb"] or asked["noun"] or asked["kind"] or asked["part"] or asked["bare"])


def _with_places(plan: Plan, rest: str, vocabulary: Vocabulary) -> tuple[Plan, str]:
    """The section and the items that the question points at."""
    written = {match[1]: match for match in _ID.finditer(rest)}
    if by_id := [item for items in vocabulary.items for item in items if item.id in written]:
        for match in written.values():
            rest = blank(rest, *match.span())
        return _pointing(plan, by_id), rest
    if (found := find_section(rest)) and (any(vocabulary.sections) or rest[found.start] == "第"):
        plan = _in_sections(plan, found, vocabulary)
        rest = blank(rest, found.start, found.end)
    pointed = bare(rest)
    if reference := find_items(pointed):
        start = rest.find(pointed)
        plan = _with_reference(plan, reference, vocabulary)
        rest = blank(rest, start + reference.start, start + reference.end)
    return plan, rest


def _in_sections(plan: Plan, found: Reference, vocabulary: Vocabulary) -> Plan:
    """The plan within the sections pointed at; 最后一章 is counted in each document."""
    placed = [sections[place] for sections in vocabulary.sections for place in _indexes(found.places, len(sections))]
    return replace(plan, sections=tuple(dict.fromkeys((*found.numbers, *(section.number for section in placed)))))


def _is_phrase(text: str, vocabulary: Vocabulary) -> bool:
    points = find_items(text) or find_section(text) or text in vocabulary.departments
    return len(text) > 1 and not points and vocabulary.stands(text)


def _with_topic(plan: Plan, topic: str | None) -> Plan:
    """The plan with its topic, and its intent where the topic decides it."""
    if plan.numbers:  # a number says all: 「第25条讲绿地吗」 is about item 25
        return replace(plan, intent="field" if plan.intent == "field" else "lookup")
    if plan.field in ("lead", "support", "any") and not topic and not plan.is_filtered:  # 牵头部门有哪些
        return replace(plan, intent="count", tally=plan.field, field=None)
    asks_fact = topic is not None and _FACT.search(fold(plan.question)) is not None
    plan = replace(plan, topic=topic, asks_fact=asks_fact)
    if plan.intent == "items" and plan.sections and not topic and not plan.departments and not plan.joint:
        return replace(plan, intent="section")
    if plan.intent == "items" and not topic and not plan.is_filtered and not plan.names_items:
        return replace(plan, intent="none")
    return plan


def _with_reference(plan: Plan, reference: Reference, vocabulary: Vocabulary) -> Plan:
    """The plan with the items pointed at; 最后一项 is counted in each document, or in the section asked about."""
    within = [[item for item in items if in_sections(item, plan.sections)] for items in vocabulary.items]
    placed = [items[place] for items in within for place in _indexes(reference.places, len(items))]
    numbers = tuple(dict.fromkeys((*reference.numbers, *(item.number for item in placed))))
    if reference.relation == "except":
        return replace(plan, without_numbers=numbers, names_items=True)
    every = [item for items in within for item in items]
    if reference.relation == "within":
        inside = [item for item in every if item.number in reference.numbers or item in placed]
        return replace(plan, pointed=tuple(inside), names_items=True)
    if reference.relation == "on":
        return _pointing(plan, [item for item in every if item.number >= min(numbers)])
    if reference.relation in ("after", "before"):
        beyond = [
            i for i in every if (i.number > max(numbers) if reference.relation == "after" else i.number < min(numbers))
        ]
        return replace(plan, pointed=tuple(beyond), names_items=True)
    if placed:
        named = [item for items in within for item in items if item.number in reference.numbers or item in placed]
        return _pointing(plan, named)
    return replace(plan, numbers=numbers)


def in_sections(item: Item, sections: Sequence[int]) -> bool:
    """True where no section is asked for, too."""
    return not sections or item.section in sections


def _indexes(places: Sequence[int], count: int) -> list[int]:
    """Places from 1, or from the end if negative, as indexes of a list of `count`."""
    indexes = [place - 1 if place > 0 else count + place for place in places]
    return [index for index in indexes if 0 <= index < count]


def _pointing(plan: Plan, pointed: list[Item]) -> Plan:
    return replace(plan, numbers=tuple(dict.fromkeys(item.number for item in pointed)), pointed=tuple(pointed))
