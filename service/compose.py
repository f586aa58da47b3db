"""Plan and hits -> `Answer`: which items belong, what is quoted, how many they are, and when to decline.

The one place that decides. Membership rests on evidence, never on a score.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from corpus import Document, Item, Span, spelling_key
from index import Hit, merged
from service.about import About
from service.answer import Answer, Citation, Match, Matched, Reason, Row
from service.departments import Role, departments_of, having, name_key, takes_part
from service.membership import Found, lightened
from service.plan import Plan, in_sections
from service.prose import Voice, ranges

RELATED = 5  # near misses shown, best first

_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;]?")


def has_evidence(hit: Hit) -> bool:
    """Something of the query stands in the item, or its meaning is close."""
    return hit.phrase or hit.coverage > 0 or hit.near


def compose(
    plan: Plan,
    founds: Sequence[Found],
    unwanted: Sequence[Found],
    documents: Sequence[Document],
    voice: Voice,
) -> Answer:
    """`founds` are what the plan's topic concerns, or each alternative that it lists; empty without a topic.
    `unwanted` are those of its `without_topic`."""
    answer = _Composer(plan, unwanted, documents, voice).answer(founds)
    if plan.aside and not answer.declined:
        return replace(answer, text=voice.aside(plan, answer.items, answer.text))
    return answer


class _Composer:
    def __init__(self, plan: Plan, unwanted: Sequence[Found], documents: Sequence[Document], voice: Voice) -> None:
        self.plan, self.documents, self.voice = plan, documents, voice
        self.unwanted = {hit.item for found in unwanted for hit in found.members}
        self.items = [item for document in documents for item in document.items]
        self.by_id = {document.id: document for document in documents}

    def answer(self, founds: Sequence[Found]) -> Answer:
        plan = self.plan
        if plan.departments.unknown:
            names = departments_of(self.documents).values()
            return self._decline(
                "no_such_department",
                department=plan.departments.unknown,
                existing=self.voice.names(names) or self.voice.say("没有"),
            )
        existing_sections = {section.number for document in self.documents for section in document.sections}
        if plan.sections and existing_sections.isdisjoint(plan.sections):
            labels = [self.voice.say(section.label) for document in self.documents for section in document.sections]
            existing = "、".join(dict.fromkeys(labels)) or self.voice.say("文件不分部分")
            return self._decline("no_such_section", section=ranges(plan.sections), existing=existing)
        match plan.intent:
            case "none":
                return self._decline("out_of_scope", text=self.voice.follow_up() if plan.follows_up else None)
            case "about" if plan.field:
                return self._about()
            case _ if plan.by_section:
                return self._by_section()
            case _ if plan.tally and not plan.topic:
                return self._tally(plan.tally)
            case _ if plan.numbers:
                return self._numbers()
            case _ if plan.topic:
                return self._topic(plan.topic, founds)
            case _:
                return self._set(self._filtered(self.items))

    # Sets of items

    def _filtered(self, items: Sequence[Item]) -> list[Match]:
        """The items that places, departments and unwanted topics leave, in document order."""
        plan = self.plan
        by_department = plan.departments or plan.holding or plan.collective
        by_number = plan.numbers or plan.pointed is not None or plan.without_numbers or not plan.without_topic
        rest: Matched = "section" if plan.sections else "number" if by_number else "words"
        matched: Matched = "department" if by_department else rest
        pointed = None if plan.pointed is None else set(plan.pointed)
        kept = []
        for item in items:
            in_place = in_sections(item, plan.sections) and item.number not in plan.without_numbers
            part = takes_part(item, plan.departments)
            if (plan.holding and not plan.holding.fits(item)) or (plan.collective and not item.collective):
                continue
            if part and in_place and item not in self.unwanted and (pointed is None or item in pointed):
                kept.append(Match(item, matched, via="collective" if part == "collective" else None))
        return kept

    def _topic(self, topic: str, founds: Sequence[Found]) -> Answer:
        by_item = best_by_item([hit for found in founds for hit in found.members])
        every = list(best_by_item([hit for found in founds for hit in (*found.members, *found.others)]).values())
        if not by_item:
            return self._decline_topic(topic, founds, every)
        found = []
        for match in self._filtered([item for item in self.items if item in by_item]):
            hit = by_item[match.item]
            by_alias = any(match.item in one.widened for one in founds)
            found.append(replace(as_match(hit), via="alias" if by_alias else match.via))
        by_meaning = any(one.by_meaning for one in founds)
        return self._set(found, self._related(every, found, by_meaning=by_meaning), founds)

    def _decline_topic(self, topic: str, founds: Sequence[Found], every: Sequence[Hit]) -> Answer:
        if citations := self._of_head(topic):
            plan = replace(self.plan, intent="about")
            text = self.voice.of_head(topic, citations, self.items)
            return replace(self._answer(text, citations=citations, count=None), plan=plan)
        known = any(hit.phrase or hit.coverage > 0 for hit in every)
        meant = next((found.meant for found in founds if found.meant), None)
        in_scope = bool(known or meant or self.plan.names_items or self.plan.is_filtered)
        reason: Reason = "no_match" if in_scope else "out_of_scope"
        text = self.voice.declined(reason, topic=topic, noun=self.voice.noun(self.items)) + self.voice.meant(meant)
        return replace(self._decline(reason, self._related(every, [], by_meaning=True), text), meant=meant)

    def _set(self, found: list[Match], related: tuple[Match, ...] = (), founds: Sequence[Found] = ()) -> Answer:
        if self.plan.intent == "field":
            return self._fields(found, related)
        citations = self._citations(found)
        text = self.voice.found(self.plan, found, citations, self.items, founds)
        return self._answer(text, items=tuple(found), related=related, citations=citations, count=len(found))

    def _numbers(self) -> Answer:
        wanted = self.plan.pointed or [item for item in self.items if item.number in self.plan.numbers]
        found = [Match(item, "number") for item in wanted if in_sections(item, self.plan.sections)]
        present = {match.item.number for match in found}
        missing = [number for number in self.plan.numbers if number not in present]
        numbers = [item.number for item in self.items if in_sections(item, self.plan.sections)]
        existing = self.voice.say("第{numbers}项", numbers=ranges(numbers)) if numbers else self.voice.say("没有条目")
        asked = self.voice.say("第{numbers}项", numbers=ranges(self.plan.numbers))
        if not found:
            return self._decline("no_such_item", asked=asked, existing=existing)
        if self.plan.intent == "field":
            return self._fields(found, ())
        if self.plan.asks_fact and self.plan.topic:  # not written in any item as such
            return self._decline("field_absent", asked=f"{asked}{self.voice.say('的')}{self.plan.topic}")
        text = self.voice.looked_up(found, missing, existing)
        return self._answer(text, items=tuple(found), citations=self._citations(found), count=len(found))

    def _related(self, hits: Sequence[Hit], found: Sequence[Match], *, by_meaning: bool) -> tuple[Match, ...]:
        """The best hits that are no part of the answer: those with evidence, or, where words have not decided it, those
        of a meaning not too far."""
        taken = {match.item for match in found}
        worth = (hit for hit in hits if hit.item not in taken and (has_evidence(hit) or (by_meaning and hit.related)))
        near = sorted(worth, key=lambda hit: (not hit.phrase, -hit.score))
        return tuple(as_match(hit) for hit in near[:RELATED])

    # Departments and parts of the document

    def _fields(self, found: list[Match], related: tuple[Match, ...]) -> Answer:
        role: Role = self.plan.field if self.plan.field in ("lead", "support") else "any"
        if not found:
            return self._answer(self.voice.found(self.plan, [], (), self.items), related=related, count=0)
        asked = [match for match in found if having(match.item, role)]
        if not asked:
            labels = "、".join(self.voice.label(match.item) for match in found[:RELATED])
            return self._decline("field_absent", asked=f"{labels}{self.voice.say('的')}{self.voice.field_name(role)}")
        citations = tuple(self._citation(m.item, m.item.note) for m in found if m.item.note)
        names = dict.fromkeys(name for match in found for name in having(match.item, role))
        return self._answer(
            self.voice.fields(role, found),
            items=tuple(found),
            related=related,
            citations=citations,
            count=len(found),
            departments=tuple(names),
        )

    def _tally(self, role: Role) -> Answer:
        every = self._rows(role)
        if not any(row.items for row in every):
            return self._decline("field_absent", asked=self.voice.field_name(role))
        exactly = 0 if self.plan.tally_order == "none" else self.plan.tally_exactly
        rows = [row for row in every if (len(row.items) == exactly if exactly is not None else row.items)]
        if exactly is not None:
            text = self.voice.exactly(role, exactly, rows)
            return self._answer(text, table=tuple(rows), count=len(rows), departments=tuple(row.name for row in rows))
        least = self.plan.tally_order == "least"
        extreme = len(rows[-1 if least else 0].items)
        named = tuple(row.name for row in rows if len(row.items) == extreme)
        text = self.voice.tally(role, rows, named, extreme, self.items, least=least)
        return self._answer(text, table=tuple(rows), count=len(rows), departments=named)

    def _by_section(self) -> Answer:
        rows = tuple(
            Row(section.title, tuple(item for item in document.items if item.section == section.number))
            for document in self.documents
            for section in document.sections
        )
        return self._answer(self.voice.by_section(rows, self.items), table=rows, count=len(rows))

    def _rows(self, role: Role) -> list[Row]:
        """Each department with the items where it has the role, most first, then by first appearance."""
        names = departments_of(self.documents)
        for excluded in self.plan.departments.exclude:  # 除…外，谁牵头最多: the row, not the items
            names.pop(name_key(excluded), None)
        items: dict[str, list[Item]] = {key: [] for key in names}
        for item in self.items:
            for key in {name_key(name) for name in having(item, role)} & items.keys():
                if in_sections(item, self.plan.sections):
                    items[key].append(item)
        rows = [Row(name, tuple(items[key])) for key, name in names.items()]
        return sorted(rows, key=lambda row: -len(row.items))

    def _about(self) -> Answer:
        field: About = self.plan.field  # type: ignore[assignment]
        if field == "departments" and (rows := [row for row in self._rows("any") if row.items]):
            return self._answer(self.voice.about(field, (), rows), table=tuple(rows), count=len(rows))
        if field == "sections":
            citations = tuple(
                Citation.of(document, _line(document, section.span), section=section.number)
                for document in self.documents
                for section in document.sections
                if not self.plan.sections or section.number in self.plan.sections
            )
        else:
            citations = tuple(
                Citation.of(document, part.span.stripped(document.text))
                for document in self.documents
                for part in document.head
                if part.role == field
            )
        if not citations:
            return self._decline("field_absent", asked=self.voice.field_name(field))
        if self.plan.sections:  # what they are called, not how many they are
            return self._answer(self.voice.about("title", citations, ()), citations=citations, count=None)
        count = len(citations) if field == "sections" else None
        return self._answer(self.voice.about(field, citations, ()), citations=citations, count=count)

    def _of_head(self, topic: str) -> tuple[Citation, ...]:
        """The parts of the heads where the topic stands."""
        sought = [spelling_key(one) for one in (topic, *lightened(topic))]
        found = []
        for document in self.documents:
            for part in document.head:
                key = spelling_key(document.text[part.span.start : part.span.end])
                if any(one in key for one in sought):
                    found.append(Citation.of(document, part.span.stripped(document.text)))
        return tuple(found)

    # Citations and declining

    def _citations(self, found: Sequence[Match]) -> tuple[Citation, ...]:
        """What decided each item: the sentences with its highlights, else its department note where departments were
        asked, else its whole body."""
        citations = []
        for match in found:
            item = match.item
            spans = sentences_around(item.text, match.highlights)
            citations += [self._citation(item, Span(item.body.start + s.start, item.body.start + s.end)) for s in spans]
            if self.plan.departments and item.note:
                citations.append(self._citation(item, item.note))
            elif not spans:
                citations.append(self._citation(item, item.body))
        return tuple(citations)

    def _citation(self, item: Item, span: Span) -> Citation:
        return Citation.of(self.by_id[item.document], span, item)

    def _decline(
        self, reason: Reason, related: tuple[Match, ...] = (), text: str | None = None, **values: str | int
    ) -> Answer:
        plan = replace(self.plan, intent="none") if reason == "out_of_scope" else self.plan
        text = text or self.voice.declined(reason, **values)
        return Answer(plan, text, self.voice.script, len(self.items), related=related, reason=reason)

    def _answer(
        self,
        text: str,
        *,
        count: int | None,
        items: tuple[Match, ...] = (),
        related: tuple[Match, ...] = (),
        citations: tuple[Citation, ...] = (),
        table: tuple[Row, ...] | None = None,
        departments: tuple[str, ...] = (),
    ) -> Answer:
        considered = len(self.items)
        return Answer(
            self.plan, text, self.voice.script, considered, items, related, citations, table, count, None, departments
        )


def best_by_item(hits: Sequence[Hit]) -> dict[Item, Hit]:
    """One hit an item: the best score, and every highlight."""
    best: dict[Item, Hit] = {}
    for hit in hits:
        if seen := best.get(hit.item):
            highlights = merged((*seen.highlights, *hit.highlights))
            hit = replace(max(seen, hit, key=lambda one: one.score), highlights=highlights)
        best[hit.item] = hit
    return best


def as_match(hit: Hit) -> Match:
    return Match(hit.item, "words" if hit.highlights else "meaning", hit.score, highlights=hit.highlights)


def sentences_around(text: str, highlights: Sequence[tuple[int, int]]) -> list[Span]:
    """The spans of the sentences that hold a highlight, in order; one that crosses a stop joins its sentences."""
    sentences = [Span(match.start(), match.end()) for match in _SENTENCE.finditer(text)]
    starts = [sentence.start for sentence in sentences]
    chosen: list[tuple[int, int]] = []  # of sentences, first to last
    for start, end in highlights:
        first, last = bisect_right(starts, start) - 1, bisect_left(starts, end) - 1
        if chosen and first <= chosen[-1][1]:
            chosen[-1] = (chosen[-1][0], max(chosen[-1][1], last))
        else:
            chosen.append((first, last))
    spans = []
    for first, last in chosen:
        quote = text[sentences[first].start : sentences[last].end]
        spans.append(Span(sentences[last].end - len(quote.lstrip()), sentences[last].end))
    return spans


def _line(document: Document, span: Span) -> Span:
    """The heading's own line, without what follows it."""
    start = span.stripped(document.text).start
    return Span(start, start + len(document.text[start : span.end].splitlines()[0].rstrip()))
