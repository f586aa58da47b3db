"""Follow-ups: 「其中教育局牵头的」, 「第二个呢」, 「它由谁牵头」, 「那水务局呢」 -> the plan of a question that stands alone.

What a follow-up points at is named by number (其中… -> 第31、32项中…), and what it exchanges is exchanged in the question
before (水务局牵头哪些任务 -> 教育局牵头哪些任务). Then it is planned like any other question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus import NUMBER, Item, find_items, find_section, fold, to_int
from service.answer import Answer
from service.asked import FIELD, WHO
from service.departments import ASKED_ROLES, ROLES, Role, mentioned, role_of
from service.plan import Plan, Vocabulary, plan_question
from service.prose import ranges
from service.topic import bare

MOST_EXCHANGED = 20  # characters of what a follow-up may exchange: 那X呢

Kind = Literal[
    "more",
    "why",
    "department",
    "place",
    "beside",
    "remaining",
    "those",
    "which",
    "count",
    "field",
    "content",
    "role",
    "other",
]


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question that had an answer."""

    plan: Plan
    base: Plan  # of the question that named what is spoken of, before follow-ups narrowed it or asked of it
    items: tuple[Item, ...]  # answered
    within: tuple[Item, ...]  # the list that these were chosen from; empty where they were not
    listed: tuple[Item, ...]  # that 第二个 counts in: the last list, not what was picked from it
    departments: tuple[str, ...] = ()  # answered
    unanswered: Plan | None = None  # a later question that could not be answered, in which something may be exchanged


def turn_after(before: Turn | None, answer: Answer) -> Turn | None:
    """What a question after this answer may follow. A declined one changes nothing, but that 第9项由谁牵头, which is
    not said, goes on with 那第10项呢."""
    if answer.declined:
        if answer.reason not in ("field_absent", "no_such_department"):
            return before
        return replace(before or Turn(answer.plan, answer.plan, (), (), ()), unanswered=answer.plan)
    plan, items = answer.plan, tuple(match.item for match in answer.items)
    if before and plan.intent == "about" and not plan.sections:  # 谁印发的: what was spoken of stays so
        return before
    if before is None or not plan.from_history or plan.pointed is None:
        return Turn(plan, plan, items, (), items, answer.departments)
    narrowed = not plan.numbers and len(items) < len(plan.pointed)
    within = plan.pointed if narrowed else before.within
    return Turn(plan, before.base, items, within, before.listed if plan.picked else items, answer.departments)


_NOUN = "(?:任务|条款|工作|事项|条目)"
_FEW = rf"(?:几|{NUMBER})?"
_INSIDE = "(?:里面|里边|里头|之中|当中|中间|里|中)"
_DOES = "牵头|负责|主办|主责|协作|配合|协办|参与|参加"
_UNIT = "(?:部门|单位|处室|方)"
_THESE = rf"(?:这|那)(?:些|{_FEW}[项条个])"

_OPENING = re.compile(
    r"(?:请问|那么|然后|接着|再|换成|换|改成|改问|那(?![些几个项条里]|一[项个条]))?(?:把|将)?(?:请告知|请|说说|看看|查查|讲讲|介绍一下|列出)?"
)
_EXCHANGES = re.compile(r"(?:请问)?(?:那么|那|换成?|改成|改问)")
_OBJECT = re.compile(
    rf"^(?P<before>.*(?:{ROLES}|管|抓|做|办))(?P<object>它们?|他们|这{_FEW}[项条个])(?P<after>的.*|)$"
)  # 谁协助它
_WRITTEN: dict[Kind, tuple[str, ...]] = {
    "more": (
        "还有哪些|(?:还有没有|还有|有没有|没有)(?:别的|其他|其它|更多)?的?(?:任务|条款|了)?(?:吗|没有|没|么)?",
        "就(?:这些|这[几一]项|这么多)(?:了)?(?:吗|么)?",
        "(?:全|完整)了?(?:吗|么)|没有遗?漏了?(?:吗|么)?",
    ),
    "why": (
        rf"(?:为什么|为啥|为何|凭什么)(?:是|会是|会有|有|选|列出?)?(?:这些|这{_FEW}[项个条]|它们?)?{_NOUN}?",
        "(?:理由|依据|根据|原因)(?:是什么|是啥|在哪)?|怎么(?:得出|得|来|找到|判断)来?的",
    ),
    "department": (
        rf"(?:它们?|他们|(?:这|那|该)(?:几?个|些)?{_UNIT})(?:还|又|另外|都|分别)*(?=(?:{_DOES}))(?P<rest>(?!.*(?:{_UNIT}|谁)).+)",
    ),
    "place": (
        rf"(?:(?P<either>[前后]者)|(?:(?P<first>[前头]){NUMBER}|倒数第(?P<from_end>{NUMBER})|(?:最后|最末|末尾)(?:{NUMBER}|[那这])?"
        rf"|第{NUMBER}(?:个?(?:、|和|跟|与|,)第?{NUMBER}){{0,9}})个(?!大?部[分份]|章){_NOUN}?)的?,?(?P<rest>.*)",
    ),
    "beside": (r"(?:(?P<before>上|前)|下|后)一[项条]的?(?P<rest>.*)",),
    "remaining": (rf"(?:另外?{_FEW}[项个条]|其余|剩下|余下)(?:的|{_FEW}[项个条]|{_NOUN})*(?P<rest>.*)",),
    "those": (
        rf"(?:(?P<among>其中|从(?:这|那)?[里中](?:面|边)?|在?(?:这|那)?(?:里面|里边|里头|当中|之中|中间)|[只仅](?:看|要|列|留|查)(?!到)|筛选|筛出|挑出|选出|限定)"
        rf"|在?(?:{_THESE}|(?:上述|以上(?!海)|上面|前面|刚才)(?:说的|提到的|列出的|的)?(?:{_THESE})?|它们?|他们|其(?![中他它余实次])|此项|该[项条]){_NOUN}?"
        rf"(?!年|月|时候|时间|文|通知|要点|办法|规定|{_UNIT})(?P<inside>{_INSIDE})?)的?,?(?P<rest>.*)",
    ),
    "which": (
        rf"(?P<rest>(?:{_DOES})的(?:有|是)?(?:几[项个条]|多少[项个条]?|哪些|哪[几一]?[项个条])|有?(?:几|多少)[项个条](?=[是由]).+|(?:(?:哪几?个|哪一个)(?=[是由归和跟与同也还不没]|涉及|提到)|(?:哪些|哪[几一]?[项条])(?=[是由]|[还也]有?))(?!是什么).+"
        rf"|.+的是(?:哪[一几]?[个项条]|哪些)|.*(?:同样|也)(?:{_DOES}).*)",
    ),
    "count": (
        r"(?P<rest>(?:一共|总共|共计|总计|共|合计|加起来|加在一起|合起来|都)?(?:有|是)?(?:几|多少)[项条个]?|(?:总数|数量)(?:是多少)?)",
    ),
    "field": (
        rf"(?P<rest>(?:由|是|归|有|要|需要|各|分别|都)*{WHO}(?:来|在)?(?:{ROLES}|管|做|办|抓)?的?(?:[,、和]?(?:{WHO}|哪些)(?:来|在)?(?:{ROLES})的?)?"
        rf"|都(?:涉及|牵涉|包括|有)到?了?(?:哪些|哪几个)(?:部门|单位)"
        rf"|的?(?:{ROLES})的(?:都|又|分别)*(?:是|有)(?:{WHO}|哪几?个{_UNIT})|的?(?:{ROLES})的?{_UNIT}(?:都|分别)?(?:是|有)?(?:{WHO}|哪些|[哪几]几?个|多少个?)?)",
    ),
    "content": (
        r"(?P<rest>(?:具体|主要|详细|完整)?的?(?:内容|原文|全文)(?:是什么|是啥|有哪些)?|怎么(?:说|规定|要求)的?"
        r"|(?:具体|主要|都|分别)*(?:讲|说|写|规定|要求)(?:了|的是|的)?(?:什么|啥|些什么)"
        r"|(?:都|分别)?(?:是|有)?(?:哪些|哪几[项条个]|什么)|(?:都)?列(?:一下|出来))",
    ),
    "role": (rf"(?:它们?|他们)?(?P<role>{ROLES})的?{_NOUN}?(?:(?:又|还)?有?(?:哪些|[几多]少?[项个条]?))?",),
}
_FORMS = {kind: re.compile("|".join(forms)) for kind, forms in _WRITTEN.items()}
_ALONE_TOO: tuple[Kind, ...] = ("which", "count", "field", "content", "role", "other")  # these need no question before
_ROLE_ALONE = re.compile(
    rf"(?:它们?|他们|单独|独自|独立|一家|[只仅是由也都做])*(?:{_DOES})的?{_NOUN}?(?:是|有)?(?:哪些|哪[几一]?[个项条]|谁|几[项个条]|多少[项个条]?)?{_NOUN}?"
)
_ALONE = re.compile("[只仅](?!做)|单独|独自|独立|一家")
_FIELD_WORDS = {"lead": "由谁牵头", "support": "的协作部门", "any": "的牵头和协作部门"}
_ASKS = re.compile(r"谁|哪|什么|多少|几[项个条]|怎么|如何|吗$")  # a whole question, not a part to exchange
_SEARCHES = re.compile("(?:再|请|帮我)*(?:查|搜|找)")  # what begins so is asked of the whole document
_ENDING = re.compile(r"(?:呢|怎么样|如何|啊|呀|[也再]?(?:报|说|列|查|讲)一?下|看看|试试|挑出来|找出来)$")


def depends_on_history(question: str) -> bool:
    """Earlier questions may decide what this one asks."""
    return _kind(question) is not None


def plan_in_dialogue(question: str, before: Turn | None, vocabulary: Vocabulary) -> Plan:
    """The plan of a question asked after `before`. A follow-up's question is the one that stands alone; where there
    is nothing to follow, `follows_up` is set."""
    core, kind = _core(question), _kind(question)
    if kind is None:
        return plan_question(question, vocabulary)
    if before is not None:
        return _Dialogue(question, core, before, vocabulary).plan(kind)
    alone = vocabulary.stands(fold(question)) or (kind == "place" and find_items(core))  # 最后一个任务
    if kind not in _ALONE_TOO and not alone:
        plan = plan_question(question, vocabulary)
        return plan if plan.intent == "about" else Plan("none", question, follows_up=True)
    return plan_question(_as_typed(question, core) if kind == "other" else question, vocabulary)


class _Dialogue:
    """One follow-up, its `core` without 那 and 呢, and what it follows."""

    def __init__(self, question: str, core: str, before: Turn, vocabulary: Vocabulary) -> None:
        self.question, self.core, self.before, self.vocabulary = question, core, before, vocabulary

    def plan(self, kind: Kind) -> Plan:
        match kind:
            case "more" | "why":
                return replace(self.before.plan, aside=kind, from_history=True)
            case "other":
                self.before = replace(self.before, plan=self.before.unanswered or self.before.plan)
                return self._exchanged()
            case "role":
                return self._in_role(_role_said(self.core))
            case "department":
                return self._of_departments()
        form = _FORMS[kind].fullmatch(self.core)
        assert form
        if kind == "which" and self._exchanges_role(form["rest"]):
            return self._in_role(_role_said(form["rest"]))
        if not self.before.items:
            return self._of_table(kind, self._typed(form["rest"]))
        match kind:
            case "place":
                wanted = [self.before.listed[at] for at in _places(form, len(self.before.listed))]
                return replace(self._same_of(wanted, form["rest"]), picked=True)
            case "beside":
                return self._same_of(self._beside(-1 if form["before"] else 1), form["rest"])
            case "remaining":
                taken = set(self.before.items)
                return self._same_of([item for item in self.before.within if item not in taken], form["rest"])
            case "those":
                return self._of_those(form)
        return self._at(self.before.items, self._typed(form["rest"]), inside=kind in ("count", "which"))

    def _of_table(self, kind: Kind, rest: str) -> Plan:
        """其中教育局牵头几项 asks of all items, 只看第一部分 for the same table of that section."""
        plan = self.before.plan
        if plan.sections:  # of a heading: 里面有哪些任务
            return self._alone(f"第{ranges(plan.sections)}部分中{rest}")
        if not plan.tally:
            return plan_question(self.question, self.vocabulary) if kind in _ALONE_TOO else self._unclear()
        if not rest:  # 第二个呢: rows are not counted in
            return self._unclear()
        new = plan_question(rest, self.vocabulary)
        return self._with_section(rest) if new.sections and not new.topic else self._alone(rest)

    # Asked of the items before

    def _of_those(self, form: re.Match[str]) -> Plan:
        rest = form["rest"]
        each = not rest or any(_FORMS[one].fullmatch(rest) for one in ("field", "content"))
        narrows = not each and bool(form["among"] or form["inside"] or not FIELD.search(rest))
        return self._at(self.before.items, self._typed(rest), inside=narrows)

    def _same_of(self, items: Sequence[Item], rest: str) -> Plan:
        """Something asked of each of these items: where nothing is said, what the question before asked of its own."""
        if not items:
            return self._unclear()
        plan = self.before.plan
        same = _FIELD_WORDS.get(plan.field or "", "") if plan.intent == "field" else ""
        return self._at(items, self._typed(rest) or same, inside=False)

    def _at(self, items: Sequence[Item], rest: str, *, inside: bool) -> Plan:
        """Something asked of each of these items, or of those among them that are so; 牵头的 is so of the departments
        that are spoken of."""
        if inside and _ROLE_ALONE.fullmatch(fold(rest)):
            only = "只有" if _ALONE.search(fold(rest)) else ""
            rest = only + "、".join(self._departments()) + rest[fold(rest).index(_role_said(fold(rest))) :]
        rest = ("中" if inside else "") + rest
        plan = plan_question(f"第1项{rest}", self.vocabulary)  # of whatever item: these follow
        return replace(
            plan,
            question=written(items) + rest,
            intent="items" if inside and plan.intent in ("lookup", "none") else plan.intent,
            numbers=() if inside else tuple(dict.fromkeys(item.number for item in items)),
            pointed=tuple(items),
            from_history=True,
        )

    def _beside(self, step: int) -> list[Item]:
        """The item that stands before or after the only one answered; none at an end, or where several were."""
        if len(self.before.items) != 1:
            return []
        for items in self.vocabulary.items:
            if self.before.items[0] in items and 0 <= (at := items.index(self.before.items[0]) + step) < len(items):
                return [items[at]]
        return []

    # Asked of the departments before

    def _departments(self) -> tuple[str, ...]:
        """Those that the questions before named."""
        return self.before.plan.departments.named or self.before.base.departments.named

    def _of_departments(self) -> Plan:
        """它还牵头哪些任务: the departments that were asked about, or that the answer named."""
        form = _FORMS["department"].fullmatch(self.core)
        assert form
        names = self._departments() or self.before.departments
        return self._alone("、".join(names) + self._typed(form["rest"])) if names else self._unclear()

    def _exchanges_role(self, rest: str) -> bool:
        """配合的有哪些 after 教育局牵头哪些: no task that a department leads has its support too."""
        held = self.before.plan.departments.roles
        return (
            bool(_ROLE_ALONE.fullmatch(rest))
            and held in (("lead",), ("support",))
            and role_of(_role_said(rest)) not in held
        )

    def _in_role(self, role: str) -> Plan:
        """那协作的呢: the same departments in another role, or the same table, or that role's departments."""
        old, role = self.before.plan, self._typed(role)
        if old.tally:
            return self._alone(f"哪个部门{role}{'最少' if old.tally_order == 'least' else '最多'}")
        if names := self._departments():
            joint = "或" if old.departments.rule == "any" else "、"
            return self._alone(self._set(joint.join(names) + role))
        return self._at(self.before.items, f"的{role}部门", inside=False) if self.before.items else self._unclear()

    # Asked with something exchanged

    def _exchanged(self) -> Plan:
        """那水务局呢: the question before, with another department, section, number or topic."""
        typed = self._typed(self.core)
        new = plan_question(typed, self.vocabulary)
        if new.departments.named:
            return self._alone(typed) if new.sections else self._with_departments(typed, new)
        if new.sections and new.topic is None:
            return self._with_section(typed)
        if new.numbers and new.topic is None:
            return self._with_number(f"第{typed}项" if re.fullmatch(NUMBER, self.core) else typed)
        if new.topic and not new.tally:
            return self._with_topic(new)
        return new

    def _with_departments(self, typed: str, new: Plan) -> Plan:
        has_role = bool(new.departments.lead or new.departments.support)
        old, base = self.before.plan, self.before.base
        if (
            self.before.within and base.departments.roles and not old.departments
        ):  # 甲部牵头的, 其中涉及学校的, 那乙部呢
            return self._alone(
                self._set(typed.removesuffix("的") + ("" if has_role else _does(base.departments.roles[0])))
            )
        for plan in () if has_role else (old, base):
            if spans := _departments_in(plan, self.vocabulary):
                return self._alone(_put(plan.question, spans[0][0], spans[-1][1], typed))
        clause = typed.removesuffix("的") + ("" if has_role else _does(old.tally or "any"))
        if self.before.within:  # narrowed before: the same list is narrowed again
            return self._at(self.before.within, f"{clause}的", inside=True)
        if self._departments() or not self.before.items:
            return self._alone(self._set(clause))
        return self._at(self.before.items, f"{clause}的", inside=True)

    def _with_section(self, typed: str) -> Plan:
        place = find_section(fold(typed))
        assert place
        section = typed[place.start : place.end]
        if self.before.plan.by_section:
            return self._alone(f"{section}有几项任务")
        held = self.before.plan.departments
        if (
            self.before.within and held.roles and not self.before.plan.sections
        ):  # 第一部分的, 其中甲部牵头的, 那第二部分呢
            return self._alone(self._set("、".join(held.named) + _does(held.roles[0]), f"{section}中"))
        for old in (self.before.plan, self.before.base):
            if found := find_section(fold(old.question)):
                return self._alone(_put(old.question, found.start, found.end, section))
        return self._alone(f"{section}中{self.before.base.question}")

    def _with_number(self, number: str) -> Plan:
        old = self.before.plan
        if old.numbers and (reference := find_items(fold(old.question))):
            return self._alone(_put(old.question, reference.start, reference.end, number))
        return self._alone(number + (_FIELD_WORDS.get(old.field or "", "") if old.intent == "field" else ""))

    def _with_topic(self, new: Plan) -> Plan:
        assert new.topic
        for old in (self.before.plan, self.before.base):
            if old.topic and (at := old.question.find(old.topic)) >= 0:
                exchanged = self._alone(_put(old.question, at, at + len(old.topic), new.topic))
                asked = self.before.plan
                if asked.intent == "field" != exchanged.intent or asked.field != exchanged.field:
                    words = _FIELD_WORDS.get(asked.field or "", "") if asked.intent == "field" else ""
                    return self._alone(f"涉及{new.topic}的任务{words}") if words else exchanged
                return exchanged
        if self._departments() and self.before.items:
            return self._at(self.before.items, f"涉及{new.topic}的", inside=True)
        return new

    def _set(self, clause: str, place: str | None = None) -> str:
        """The question of the set that a clause of departments, the section and the topic before make up."""
        old, base = self.before.plan, self.before.base
        sections, topic = old.sections or base.sections, old.topic or base.topic
        place = place or (f"第{ranges(sections)}部分中" if sections else "")
        about = f"且涉及{topic}" if topic else ""
        return f"{place}{clause}{about}的任务有{'多少项' if old.intent == 'count' else '哪些'}"

    def _alone(self, text: str) -> Plan:
        return replace(plan_question(text, self.vocabulary), from_history=True)

    def _unclear(self) -> Plan:
        return Plan("none", self.question, follows_up=True)

    def _typed(self, part: str) -> str:
        return _as_typed(self.question, part)


def written(items: Sequence[Item]) -> str:
    """How a question names these items: 第1至3、7项; by id where numbers do not tell them apart."""
    unit = "条" if all(item.label.endswith("条") for item in items) else "项"
    if all(item.id == str(item.number) for item in items):
        return f"第{ranges([item.number for item in items])}{unit}"
    return "、".join(f"{item.id}{unit}" for item in items)


def _core(question: str) -> str:
    """The folded question without what opens and ends a follow-up: 那水务局呢 -> 水务局."""
    asked = bare(fold(question))
    core = bare(_ENDING.sub("", asked[_OPENING.match(asked).end() :]))  # type: ignore[union-attr]
    if turned := _OBJECT.fullmatch(core):
        subject = "" if _FORMS["place"].fullmatch(turned["before"]) else turned["object"]
        core = subject + turned["before"] + turned["after"]
    return core or asked


def _kind(question: str) -> Kind | None:
    """What kind of follow-up a question may be; None for one that stands alone whatever was asked before."""
    asked, core = bare(fold(question)), _core(question)
    for kind, form in _FORMS.items():
        if kind == "which" and _SEARCHES.match(asked):
            continue
        if form.fullmatch(core) and (kind != "role" or core != asked or re.search("又有|[几多]少?[项个条]$", core)):
            return kind
    goes_on = _EXCHANGES.match(asked) or asked.endswith("呢")
    return "other" if goes_on and len(core) <= MOST_EXCHANGED and not _ASKS.search(core) else None


def _departments_in(plan: Plan, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Where the plan's question names departments, known or not."""
    question, unknown = fold(plan.question), fold(plan.departments.unknown or "")
    if unknown and (at := question.find(unknown)) >= 0:
        return [(at, at + len(unknown))]
    return mentioned(question, vocabulary.departments)


def _does(role: Role) -> str:
    """lead -> 牵头."""
    return ASKED_ROLES[role].split("|")[0]


def _role_said(text: str) -> str:
    """The word for a role that the text begins with, but for adverbs."""
    said = re.search(_DOES, text) or re.search(ROLES, text)
    return said[0] if said else text


def _places(form: re.Match[str], count: int) -> list[int]:
    """The indexes of the items meant: 第二个 -> 1, 最后一个 -> the last, 前两个 -> 0, 1; only those that exist."""
    numbers = [to_int(number) or 1 for number in re.findall(NUMBER, form[0][: form.start("rest")])] or [1]
    if form["either"]:  # 前者, 后者
        places = [0 if form["either"] == "前者" else count - 1]
    elif form["first"]:
        places = list(range(numbers[0]))
    elif form["from_end"]:
        places = [count - numbers[0]]
    elif form[0].startswith("第"):
        places = [number - 1 for number in numbers]
    else:
        places = list(range(count - numbers[0], count))
    return [place for place in places if 0 <= place < count]


def _put(text: str, start: int, end: int, other: str) -> str:
    return text[:start] + other + text[end:]


def _as_typed(question: str, part: str) -> str:
    """The part of the folded question in the asker's own glyphs."""
    at = fold(question).find(part)
    return question[at : at + len(part)] if at >= 0 else part
