"""Question -> `Plan`: what is asked, in terms of items, numbers, sections, departments and a topic.

Deterministic: the grammar of asking is written here and beside (`departments`, `topic`), the names come from the
loaded documents and their aliases. All patterns read folded text, which is as long as the question, and are bounded.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from corpus import Document, Item, Reference, Unit, find_items, find_section, fold
from index import Index
from service.about import HEADING, About, Heads, find_about
from service.asked import BY_SECTION, Order, find_asked
from service.departments import (
    NO_DEPARTMENTS,
    ROLES,
    Departments,
    Role,
    departments_of,
    find_departments,
    mentioned,
)
from service.holding import Holding, find_collective, find_holding
from service.topic import GAP, bare, blank, find_topic, is_quoted
from service.words import content_runs, is_of_items, listed, quotations, refined, says_something

Intent = Literal["items", "count", "lookup", "section", "field", "about", "none"]
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
    sections: tuple[int, ...] = ()
    holding: Holding | None = None  # 联合牵头, 单独牵头, 没有牵头部门的
    collective: bool = False  # 各部门都配合的: the note takes in all departments
    field: Field | None = None  # the departments or the part of the document asked for
    departments: Departments = NO_DEPARTMENTS
    from_history: bool = False
    picked: bool = False  # 第二个: of the list before, which stays the list
    aside: Literal["more", "why"] | None = None  # 还有吗, 为什么: asks of the answer before, whose plan this is
    tally: Role | None = None  # asks how often each department has this role
    by_section: bool = False  # 每个部分有几项: asks how many items each section has
    tally_order: Order = "most"  # and which has it most, least or never
    tally_exactly: int | None = None  # 只牵头一项的部门: or which has it so often
    follows_up: bool = False  # cannot be understood without the question before
    asks_fact: bool = False  # an amount, a date, a person, which countries: what an item near in meaning does not give
    names_items: bool = False  # speaks of tasks, articles or the document, not of its topic alone

    @property
    def is_filtered(self) -> bool:
        """Something other than a topic says which items are meant."""
        by_place = self.numbers or self.sections or self.pointed is not None or self.without_numbers
        return bool(by_place or self.departments or self.holding or self.collective or self.without_topic)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names a question may use: every folded spelling of a department, and how the source writes it; and the
    items and sections of each document in reading order."""

    departments: dict[str, str]
    items: tuple[tuple[Item, ...], ...]
    sections: tuple[tuple[Unit, ...], ...]
    documents: tuple[Document, ...]
    heads: Heads
    cut: Callable[[str], list[str]]  # the folded text in words
    stands: Callable[[str], bool]  # a phrase is found literally in some item

    @classmethod
    def of(cls, documents: Sequence[Document], index: Index) -> "Vocabulary":
        names, aliases = departments_of(documents), index.corpus.aliases
        known = {alias: names[name] for alias, name in aliases.items() if name in names}
        issuers = {fold(document.issuer) for document in documents if document.issuer}
        issuers |= {alias for alias, name in aliases.items() if name in issuers}
        names = {**{issuer + name: source for issuer in issuers for name, source in names.items()}, **names}
        items = tuple(document.items for document in documents)
        sections = tuple(document.sections for document in documents)
        return cls(
            {**known, **names},
            items,
            sections,
            tuple(documents),
            Heads.of(documents),
            index.segmenter.cut,
            index.stands,
        )


_ITEM_WORDS = re.compile(r"任务|条款|条文|条目|事项|哪些|哪几|哪项|哪条|涉及|提到|提及|文件|通知|要点")
_OF_ITEMS = "任务|条款|条文|条目|工作|事项|措施|举措|规定|要求|内容|部门|单位|部分|章节|地方|文件|方面|项|条|段"
_FACT = re.compile(
    rf"(?:哪些|哪几个|哪几家|哪个|哪家|几个|多少个|多少家|多少名)(?!{_OF_ITEMS}|[是有由与和涉提讲写说在要呀啊呢吗吧,?!]|$)"
    r"|多少(?:[钱元万人次点度年天张种类家名位份台所座辆吨亩场期]|公里|补贴|资金|经费|预算|金额|证书)|价格|收费|费用|电话|网址|地址|邮箱|联系方式|有效期|多长时间|多久|多远|多大|[几多]少?[年天月](?!的)|几[点号日]|哪[年天月日]"
    r"|[率额量数]是?(?:多少|几)|(?<![数量])是多少|报名|怎[么样]申请|如何申请|申请流程|指(?:的是)?(?:什么|啥|哪)|含义|定义"
    r"|什么时候|何时|什么(?:材料|手续|条件|证件|地方)|哪里办|怎么办理|叫什么|名单|名字|是谁|负责人|什么是|是什么意思|百分之几"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_THIS_SECTION = re.compile(r"[”」』\"]?(?:这|那)?一?(?:大?部分|章)$")
_YEAR_OPENING = re.compile(r"(?:请问)?(?P<year>(?:19|20)\d\d)年度?的?(?=[^\d]{3})")
_EVERY = re.compile(r"哪些|所有|全部|多少|几项|几条|一共|总共")
_EITHER_ROLE = re.compile(  # says no more than that any role will do
    rf"[,、\s]?(?:不管|无论|不论)(?:是)?(?:{ROLES})(?:还是|或是|或者|或)(?:{ROLES})|[,、\s]?(?:{ROLES})[和或、]?(?:{ROLES})都[算行可]"
)
_NOT_ABOUT = re.compile(
    r"[,、]?(?:也|且|并且|又|而|既|和)*(?<![有是])(?:不|没有|没|未|并未)(?:涉及到|涉及|提到|提及|包含|包括)"
)
_BUT_ABOUT = re.compile(r"[,、]?(?:但是|但|而是|而)(?:要|又|却)?(?=提到|提及|涉及|包含|有)")
_OUTSIDE = re.compile(rf"(?:除去|除了|除)(?P<topic>[^{GAP}]{{1,30}}?)(?:之外|以外|外|还有)的?")
_ID = re.compile(r"第?(\d{1,3}\.\d{1,3})[项条]?(?![\d.])")


def plan_question(question: str, vocabulary: Vocabulary) -> Plan:
    """What the question asks, on its own: step by step, what is understood becomes a gap, and the rest is the topic."""
    rest = _without_title_year(fold(question), vocabulary)
    rest = _EITHER_ROLE.sub(lambda words: "," * len(words[0]), rest)
    plan = Plan("items", question, names_items=_ITEM_WORDS.search(rest) is not None)
    if whole := _whole_question(plan, rest, vocabulary):
        return whole
    plan, rest = _with_sections(plan, rest, vocabulary)
    collective, rest = find_collective(rest)
    holding, rest = find_holding(rest, vocabulary.departments)
    asked, rest = find_asked(rest)
    departments, rest = find_departments(question, rest, vocabulary.departments)
    plan = replace(
        plan,
        intent=asked.intent,
        field=asked.field,
        tally=asked.tally,
        tally_order=asked.order,
        tally_exactly=asked.exactly,
        holding=holding,
        collective=collective,
        departments=departments,
        names_items=bool(plan.names_items or holding or collective),
    )
    boundaries = {0, *accumulate(map(len, vocabulary.cut(question)))}
    plan, rest = _with_places(plan, rest, vocabulary)
    unwanted, rest = _find_unwanted(question, rest, boundaries, vocabulary)
    plan = replace(plan, without_topic=unwanted, names_items=bool(plan.names_items or unwanted))
    asks_fact = plan.intent != "field" and _asks_fact(question, vocabulary)
    understood = plan.is_filtered or plan.tally or plan.intent in ("field", "count") or _EVERY.search(rest)
    topic = find_topic(question, rest, boundaries, may_vanish=bool(understood))
    if topic in ("或", "或者") and departments:  # 甲部牵头或者乙部协作
        return _with_topic(replace(plan, departments=replace(departments, rule="any")), None, vocabulary)
    if topic and not asks_fact and not is_quoted(question, topic):
        stands = says_something(topic, vocabulary.cut) and vocabulary.stands(topic)
        clean = refined(topic, question, vocabulary.cut, vocabulary.stands)
        topic = clean if understood and not (stands or content_runs(topic, vocabulary.cut)) else clean or topic
    if topic and not vocabulary.stands(topic) and (headed := _headed(topic, question, vocabulary)):
        plan, topic = replace(plan, sections=headed), None
    if topic and plan.is_filtered and not content_runs(topic, vocabulary.cut) and not is_quoted(question, topic):
        says = says_something(topic, vocabulary.cut) and not is_of_items(fold(topic)) and vocabulary.stands(topic)
        topic = topic if says else None  # 第三部分的内容
    return replace(_with_topic(plan, topic, vocabulary, asks_fact=asks_fact), asks_fact=topic is not None and asks_fact)


def _whole_question(plan: Plan, rest: str, vocabulary: Vocabulary) -> Plan | None:
    """The plan of a question that is understood as a whole; None for others."""
    asked = bare(rest)
    if _is_phrase(asked, vocabulary):  # typed as it stands in a text: nothing of it is grammar
        return replace(plan, topic=find_topic(plan.question, rest, set(), may_vanish=False))
    if find_items(asked) or _ID.search(rest) or mentioned(rest, vocabulary.departments):
        return None
    if section := find_section(rest):
        others = blank(rest, section.start, section.end)
        if HEADING.search(others) and find_about(others, vocabulary.heads, vocabulary.cut) in ("title", "sections"):
            return replace(_in_sections(plan, section, vocabulary), intent="about", field="sections")
        return None
    if BY_SECTION.search(rest) and any(vocabulary.sections):
        return replace(plan, intent="count", by_section=True)
    about = find_about(rest, vocabulary.heads, vocabulary.cut)
    return replace(plan, intent="about", field=about) if about else None


def _with_sections(plan: Plan, rest: str, vocabulary: Vocabulary) -> tuple[Plan, str]:
    found = None if _ID.search(rest) else find_section(rest)
    if found and (any(vocabulary.sections) or rest[found.start] == "第"):
        return _in_sections(plan, found, vocabulary), blank(rest, found.start, found.end)
    return plan, rest


def _with_places(plan: Plan, rest: str, vocabulary: Vocabulary) -> tuple[Plan, str]:
    """The items that the question points at."""
    written = {match[1]: match for match in _ID.finditer(rest)}
    if by_id := [item for items in vocabulary.items for item in items if item.id in written]:
        for match in written.values():
            rest = blank(rest, *match.span())
        return _pointing(plan, by_id), rest
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


def _without_title_year(text: str, vocabulary: Vocabulary) -> str:
    """2021年有多少项任务 says nothing more than the title of the only document does."""
    found = _YEAR_OPENING.match(text)
    in_titles = found and all(found["year"] in document.title for document in vocabulary.documents)
    return blank(text, *found.span()) if found and in_titles and not vocabulary.stands(bare(text)) else text


def _asks_fact(question: str, vocabulary: Vocabulary) -> bool:
    """It asks for an amount, a person, a definition, or of another year."""
    text = fold(question)
    years = _YEAR.findall(text)
    return bool(_FACT.search(text)) or any(
        all(f"{year}年" not in d.text for d in vocabulary.documents) for year in years
    )


def _find_unwanted(question: str, rest: str, boundaries: set[int], vocabulary: Vocabulary) -> tuple[str | None, str]:
    """The topics after 不涉及, or in 除…外, as alternatives; and the text with them made gaps."""
    found: list[str] = []
    while outside := _OUTSIDE.search(rest):
        found.append(question[slice(*outside.span("topic"))])
        rest = blank(rest, *outside.span())
    while absence := _NOT_ABOUT.search(rest):
        following = _NOT_ABOUT.search(rest, absence.end()) or _BUT_ABOUT.search(rest, absence.end())
        end = following.start() if following else len(rest)
        alone = blank(blank(rest, 0, absence.end()), end, len(rest))
        if topic := find_topic(question, alone, boundaries, may_vanish=True):
            found.append(topic.rstrip("也且又"))
        rest = blank(rest, absence.start(), end)
    parts = [part for topic in found for part in listed(topic, vocabulary.stands)]
    return "或".join(dict.fromkeys(parts)) or None, rest


def _headed(topic: str, question: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """The numbers of the sections whose heading holds the topic."""
    names = [_THIS_SECTION.sub("", topic), *(quote for quote in quotations(question) if quote in topic)]
    sought = [fold(bare(name)) for name in names if len(bare(name)) > 1]
    every = (section for sections in vocabulary.sections for section in sections)
    return tuple(dict.fromkeys(one.number for one in every if any(name in fold(one.title) for name in sought)))


def _is_phrase(text: str, vocabulary: Vocabulary) -> bool:
    points = find_items(text) or find_section(text) or text in vocabulary.departments
    return len(text) > 1 and not points and vocabulary.stands(text)


def _with_topic(plan: Plan, topic: str | None, vocabulary: Vocabulary, *, asks_fact: bool = False) -> Plan:
    """The plan with its topic, and its intent where the topic decides it."""
    if len(plan.numbers) > 1 and plan.departments and plan.pointed is None and plan.intent != "field":
        pointed = tuple(item for items in vocabulary.items for item in items if item.number in plan.numbers)
        plan = replace(plan, numbers=(), pointed=pointed, names_items=True)  # 第20至30项由水务局牵头的
    if plan.numbers and plan.intent == "field":
        return plan
    if plan.numbers:  # a number says all: 「第25条讲绿地吗」 is about item 25; but 第31项的经费是多少 asks for a fact
        fact = topic if asks_fact and topic and content_runs(topic, vocabulary.cut) else None
        return replace(plan, intent="lookup", topic=fact)
    only_excludes = replace(plan, departments=replace(plan.departments, exclude=())).is_filtered is False
    if plan.field in ("lead", "support", "any") and not topic and only_excludes:  # 牵头部门有哪些, 除甲部外谁牵头
        return replace(plan, intent="count", tally=plan.field, field=None)
    plan = replace(plan, topic=topic)
    if plan.intent == "items" and plan.sections and not topic and not plan.departments and not plan.holding:
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
