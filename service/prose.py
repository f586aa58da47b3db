"""The answer's words: our sentences in the asker's script, names folded to it, quotes as the source has them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import Document, Item, to_simplified, to_traditional
from service.about import About
from service.answer import Citation, Match, Reason, Row, Script
from service.departments import Departments, Role
from service.holding import Holding
from service.membership import Found
from service.plan import Plan

OPENING = 16  # characters at least of an item that is listed, not quoted: the first clause alone says too little
LINES = 50  # items or rows that the text lists; the reply's own lists are always whole

_DECLINED: dict[Reason, str] = {
    "out_of_scope": "现有文件回答不了这个问题。可以问某个主题、编号、部分或部门，例如“第1项讲什么”。",
    "no_match": "没有找到涉及“{topic}”的{noun}。",
    "no_such_item": "没有{asked}：现有编号是{existing}。",
    "no_such_section": "没有第{section}部分：现有{existing}。",
    "no_such_department": "文件中没有名为“{department}”的部门。文件写明的部门：{existing}。",
    "field_absent": "文件没有写明{asked}。",
}
_ROLES: dict[Role, str] = {"lead": "牵头", "support": "协作", "any": "参与"}
_FIELDS: dict[About, str] = {
    "issuer": "印发单位",
    "date": "日期",
    "overall": "总体要求",
    "notice": "通知",
    "addressees": "主送单位",
    "title": "标题",
    "departments": "部门",
    "sections": "各部分",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is spoken to, about which documents."""

    script: Script
    documents: Sequence[Document]

    def say(self, template: str, **values: str | int) -> str:
        """Our own Simplified sentence in the asker's script, then the values as they are."""
        return (template if self.script == "hans" else to_traditional(template)).format(**values)

    def name(self, source: str) -> str:
        """A department or title: folded for readers of Simplified, else the source's glyphs."""
        return to_simplified(source) if self.script == "hans" else source

    def names(self, sources: Iterable[str], last: str = "、") -> str:
        written = [self.name(source) for source in sources]
        return "、".join(written[:-1]) + (last if len(written) > 1 else "") + written[-1] if written else ""

    def label(self, item: Item) -> str:
        """第31项, with the document's title where there are several."""
        label = self.say(item.label)
        if len(self.documents) == 1:
            return label
        titles = {document.id: document.title for document in self.documents}
        title = self.name(titles[item.document])
        same = sum(other == titles[item.document] for other in titles.values()) > 1
        return f"《{title}》（{item.document}）{label}" if same else f"《{title}》{label}"

    def noun(self, items: Sequence[Item]) -> str:
        """条款 for numbers written 第1条, else 任务."""
        return self.say("条款" if _are_articles(items) else "任务")

    def counted(self, count: int, items: Sequence[Item]) -> str:
        """2项任务, 2个条款."""
        return self.say("{count}个条款" if _are_articles(items) else "{count}项任务", count=count)

    # One sentence, then a line for each item or row

    def found(
        self,
        plan: Plan,
        items: Sequence[Match],
        citations: Sequence[Citation],
        every: Sequence[Item],
        founds: Sequence[Found] = (),
    ) -> str:
        asked = self._asked(plan)
        if not items:
            return self.say("没有{noun}{asked}。", noun=self.noun(every), asked=asked)
        counted = self.counted(len(items), every)
        if plan.topic and any(found.by_meaning for found in founds):
            first = "没有{noun}写到“{topic}”，意思相近的有{counted}："
            lines = [self.say(first, noun=self.noun(every), topic=plan.topic, counted=counted)]
        else:
            lines = [self.say("共有{counted}{asked}：", counted=counted, asked=asked)]
        lines += [self._quoted(match, citations, whole=bool(match.highlights)) for match in items[:LINES]]
        lines += [note for found in founds if (note := self._found_by(found, every))]
        if collective := [match.item for match in items if match.via == "collective"]:
            labels = "、".join(self.label(item) for item in collective)
            lines.append(
                self.say("其中{count}项以统称（如“各部门”）列入：{labels}。", count=len(collective), labels=labels)
            )
        return self._joined(lines, len(items))

    def _found_by(self, found: Found, every: Sequence[Item]) -> str:
        """How a topic was found, where not as it was asked."""
        if not found.members:
            return self.say("没有涉及“{topic}”的{noun}。", topic=found.topic, noun=self.noun(every))
        if found.names:
            names = "、".join(f"“{name}”" for name in found.names)
            labels = "、".join(self.label(hit.item) for hit in found.members if hit.item in found.widened)
            return self.say("其中{labels}写作{names}。", labels=labels, names=names)
        if found.sought != found.topic:
            return self.say("“{topic}”没有原样出现，按“{sought}”查找。", topic=found.topic, sought=found.sought)
        return ""

    def meant(self, phrase: str | None) -> str:
        """An offer of what may have been meant."""
        return self.say("您是否要找“{phrase}”？", phrase=self.name(phrase)) if phrase else ""

    def looked_up(self, items: Sequence[Match], missing: Sequence[int], existing: str) -> str:
        lines = []
        if missing:
            lines.append(
                self.say("没有第{numbers}项：现有编号是{existing}。", numbers=ranges(missing), existing=existing)
            )
        lines += [f"{self.label(m.item)}：“{m.item.text}”{self._departments(m.item)}" for m in items[:LINES]]
        return self._joined(lines, len(items))

    def fields(self, role: Role, items: Sequence[Match]) -> str:
        lines = []
        for match in items[:LINES]:
            parts = [self._field(match.item, one) for one in (("lead", "support") if role == "any" else (role,))]
            lines.append(f"{self.label(match.item)}：{'；'.join(parts)}")
        return self._joined(lines, len(items))

    def tally(
        self, role: Role, rows: Sequence[Row], named: Sequence[str], extreme: int, every: Sequence[Item], *, least: bool
    ) -> str:
        """`named` are the departments with the most, or the fewest: `extreme` items."""
        template = "{role}最少的是{names}，" if least else "{role}最多的是{names}，"
        each = self.say("各" if len(named) > 1 else "共")
        first = self.say(template, role=self.say(_ROLES[role]), names=self.names(named, self.say("和")))
        lines = [f"{first}{each}{self.counted(extreme, every)}。"]
        lines += [self.say("{name}：{count}项", name=self.name(row.name), count=len(row.items)) for row in rows[:LINES]]
        return self._joined(lines, len(rows))

    def by_section(self, rows: Sequence[Row], every: Sequence[Item]) -> str:
        total = self.counted(sum(len(row.items) for row in rows), every)
        lines = [self.say("{count}个部分共有{total}：", count=len(rows), total=total)]
        lines += [self.say("{name}：{count}项", name=self.name(row.name), count=len(row.items)) for row in rows]
        return "\n".join(lines)

    def exactly(self, role: Role, count: int, rows: Sequence[Row]) -> str:
        """The departments that have the role in so many items."""
        asked = self.say(
            "{role}{count}项任务的部门" if count else "没有{role}任务的部门", role=self.say(_ROLES[role]), count=count
        )
        if not rows:
            return self.say("文件里没有{asked}。", asked=asked)
        names = self.names(row.name for row in rows)
        return self.say("{asked}共有{count}个：{names}。", asked=asked, count=len(rows), names=names)

    def about(self, field: About, citations: Sequence[Citation], rows: Sequence[Row]) -> str:
        if rows:
            names = self.names(row.name for row in rows)
            return self.say("文件写明的部门共有{count}个：{names}。", count=len(rows), names=names)
        quotes = "\n".join(f"“{citation.quote}”" for citation in citations)
        if field == "sections":
            return self.say("共分{count}个部分：\n{quotes}", count=len(citations), quotes=quotes)
        return self.say("{field}：{quotes}", field=self.say(_FIELDS[field]), quotes=quotes)

    def of_head(self, topic: str, citations: Sequence[Citation], every: Sequence[Item]) -> str:
        quotes = "\n".join(f"“{citation.quote}”" for citation in citations)
        return self.say(
            "没有{noun}写到“{topic}”；文件开头写有：\n{quotes}", noun=self.noun(every), topic=topic, quotes=quotes
        )

    def declined(self, reason: Reason, **values: str | int) -> str:
        return self.say(_DECLINED[reason], **values)

    def follow_up(self) -> str:
        return self.say(
            "这像是接着上一个问题问的，但前面没有可以接着问的答案。请写明编号、主题或部门，例如“第1项由谁牵头”。"
        )

    def aside(self, plan: Plan, items: Sequence[Match], text: str) -> str:
        """还有吗, 为什么: the answer before, said to be complete, or with the reason of each item."""
        if plan.aside == "why" and not items:
            return text
        if plan.aside == "more":
            return self.say("没有了，全部就是这些。") + "\n" + text
        lines = [self.say("这{counted}入选，是因为：", counted=self.counted(len(items), [m.item for m in items]))]
        lines += [f"{self.label(match.item)}：{self._reason(plan, match)}" for match in items[:LINES]]
        return self._joined(lines, len(items))

    def _reason(self, plan: Plan, match: Match) -> str:
        if match.highlights:
            found = dict.fromkeys(match.item.text[start:end] for start, end in match.highlights)
            words = self.say("正文写有{words}", words="、".join(f"“{word}”" for word in found))
            return words + (self._departments(match.item) if plan.departments else "")
        match match.matched:
            case "department":
                return self.say("部门说明{departments}", departments=self._departments(match.item))
            case "section":
                return self.say("属于{section}", section=self.section(match.item.section or 0))
            case "meaning":
                return self.say("与问题意思相近")
        if plan.without_topic:
            return self.say("没有写到“{topic}”", topic=plan.without_topic)
        if plan.without_numbers:
            return self.say("不在排除的编号里")
        return self.say("问的就是这个编号")

    def field_name(self, field: Role | About) -> str:
        if field == "any":
            return self.say("牵头、协作部门")
        return self.say(f"{_ROLES[field]}部门" if field in ("lead", "support") else _FIELDS[field])  # type: ignore[index]

    def section(self, number: int) -> str:
        sections = [s for document in self.documents for s in document.sections if s.number == number]
        return self.say(sections[0].label if sections else f"第{number}部分")

    def _asked(self, plan: Plan) -> str:
        """What the set has in common: 由水务局牵头且涉及“夜市”."""
        parts = _departments_asked(self, plan.departments)
        if plan.topic:
            parts.append(self.say("涉及“{topic}”", topic=plan.topic))
        if plan.holding:
            parts.append(self._held(plan.holding))
        if plan.collective:
            parts.append(self.say("由各部门协作"))
        if plan.without_topic:
            parts.append(self.say("不涉及“{topic}”", topic=plan.without_topic))
        if plan.without_numbers:
            parts.append(self.say("不含第{numbers}项", numbers=ranges(plan.without_numbers)))
        sections = "、".join(self.section(number) for number in plan.sections)
        where = self.say("（在{sections}）", sections=sections) if sections else ""
        if plan.pointed:
            where += self.say("（在第{numbers}项中）", numbers=ranges([item.number for item in plan.pointed]))
        joint = self.say("或" if plan.departments.rule == "any" else "且")
        return joint.join(parts) + where

    def _held(self, holding: Holding) -> str:
        if holding.most == 0:
            return self.say("没有写明{field}", field=self.field_name(holding.role))
        role = self.say(_ROLES[holding.role])
        if holding.most:
            how = "由一个部门单独{role}" if holding.most == 1 else "由{least}个部门共同{role}"
        else:
            how = {1: "写明了{role}部门", 2: "由几个部门共同{role}"}.get(holding.least, "由{least}个以上部门共同{role}")
        return self.say(how, role=role, least=holding.least)

    def _quoted(self, match: Match, citations: Sequence[Citation], *, whole: bool) -> str:
        """The deciding sentences of an item, or how its text begins, and its number."""
        quotes = [c.quote for c in citations if c.item is match.item and c.span != match.item.note]
        quoted = "".join(f"“{quote}”" for quote in quotes) if whole else f"“{_opening(match.item.text)}”"
        return f"{quoted}〔{self.label(match.item)}〕"

    def _field(self, item: Item, role: Literal["lead", "support"]) -> str:
        names = item.lead if role == "lead" else item.supporting
        if not names:
            return self.say("{role}部门：未写明", role=self.say(_ROLES[role]))
        collective = self.say("（以统称列入）") if role == "support" and item.collective else ""
        return self.say("{role}部门：{names}", role=self.say(_ROLES[role]), names=self.names(names)) + collective

    def _departments(self, item: Item) -> str:
        parts = [
            self._field(item, role)
            for role in ("lead", "support")
            if (item.lead if role == "lead" else item.supporting)
        ]
        return f"（{'；'.join(parts)}）" if parts else ""

    def _joined(self, lines: list[str], count: int) -> str:
        if count > LINES:
            lines.append(self.say("……其余{count}项见列表。", count=count - LINES))
        return "\n".join(lines)


def _departments_asked(voice: Voice, departments: Departments) -> list[str]:
    def joint(role: Role) -> str:
        return voice.say("或" if departments.rule == "any" or role in departments.either else "、")

    by = voice.say({"only": "只由", "none": "不由"}.get(departments.rule, "由"))
    asked = [
        by + joint(role).join(map(voice.name, getattr(departments, role))) + voice.say(word)
        for role, word in _ROLES.items()
        if getattr(departments, role)
    ]
    without: dict[Role, tuple[str, ...]] = {"lead": departments.without_lead, "support": departments.without_support}
    for role, names in without.items():
        if names:
            asked.append(voice.say("不由{names}{role}", names=voice.names(names), role=voice.say(_ROLES[role])))
    if departments.exclude:
        asked.append(voice.say("没有{names}参与", names=voice.names(departments.exclude)))
    return asked


def ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 -> 1至3、7."""
    ordered = sorted(set(numbers))
    starts = [n for i, n in enumerate(ordered) if i == 0 or ordered[i - 1] != n - 1]
    ends = [n for i, n in enumerate(ordered) if i == len(ordered) - 1 or ordered[i + 1] != n + 1]
    pairs = zip(starts, ends, strict=True)
    return "、".join(
        str(low) if low == high else f"{low}{'、' if high == low + 1 else '至'}{high}" for low, high in pairs
    )


def _are_articles(items: Sequence[Item]) -> bool:
    return bool(items) and all(item.label.endswith("条") for item in items)


def _opening(text: str) -> str:
    """The text up to its first stop after OPENING characters, verbatim."""
    stop = re.compile(r"[,，。；;：:\n]").search(text, OPENING)
    return text[: stop.start()] if stop else text
