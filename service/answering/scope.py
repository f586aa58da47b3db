"""What an answer is made from: the plan, what its topics were found to concern, the documents and the voice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus import Document, Item, Span
from index import Hit, merged
from service.answering.answer import Answer, Citation, Match, Matched, Reason, Row, Statement
from service.answering.membership import Found
from service.answering.quotes import sentences_around
from service.answering.voice import Voice
from service.understanding import (
    About,
    AllOf,
    AnyOf,
    Collective,
    Constraint,
    Held,
    InRole,
    InSection,
    Not,
    Numbered,
    Plan,
    Within,
    Without,
)
from service.understanding.constraints import Fit

Founds = Mapping[About, tuple[Found, ...]]

LINES = 50  # items or rows that the text lists; the reply's own lists are always whole
RELATED = 5  # near misses shown, best first


@dataclass(frozen=True, slots=True)
class Scope:
    plan: Plan
    founds: Founds
    documents: Sequence[Document]
    voice: Voice
    worth_a_look: float = 1.0  # similarity of the nearest item, from which it may be what was meant

    @property
    def items(self) -> list[Item]:
        return [item for document in self.documents for item in document.items]

    # Which items fit

    def members(self, topic: About) -> dict[Item, Hit]:
        return best_by_item([hit for found in self.founds.get(topic, ()) for hit in found.members])

    def filtered(self, items: Sequence[Item]) -> list[Match]:
        """The items that fulfil every condition, in document order."""
        members = {topic: self.members(topic) for topic in self.plan.topics}
        wanted = [members[topic] for topic in self.plan.topics if not topic.not_]
        matched = self._matched()
        kept = []
        for item in items:
            fits = [fits_item(one, item, members) for one in self.plan.where]
            if None in fits:
                continue
            hits = [hits[item] for hits in wanted if item in hits]
            via = "collective" if "collective" in fits else None
            kept.append(self._with_hits(item, hits, matched, via))
        return self._extreme(kept)

    def _extreme(self, found: list[Match]) -> list[Match]:
        """Of these, where that is asked, those due first or last."""
        days = {match.item: [due.by for due in match.item.dues if due.by] for match in found}
        known = [day for some in days.values() for day in some]
        if self.plan.ask.due is None or not known:
            return found
        extreme = min(known) if self.plan.ask.due == "first" else max(known)
        return [match for match in found if extreme in days[match.item]]

    def _with_hits(self, item: Item, hits: list[Hit], matched: Matched, via: str | None) -> Match:
        if not hits:
            return Match(item, matched, via="collective" if via else None)
        hit = best_by_item(hits)[item]
        named = any(item in one.widened for founds in self.founds.values() for one in founds)
        return replace(as_match(hit), via="alias" if named else "collective" if via else None)

    def _matched(self) -> Matched:
        """What decides an item where no topic does."""
        plan = self.plan
        if plan.roles or plan.of(Held) or plan.of(Collective):
            return "department"
        if plan.of(InSection):
            return "section"
        by_number = plan.of(Numbered) or plan.of(Within) or plan.of(Without)
        return "number" if by_number or not plan.topics else "words"

    # Answers

    def citations(self, found: Sequence[Match]) -> tuple[Citation, ...]:
        """What decided each item: the sentences with its highlights, else its department note where departments were
        asked, else its whole body."""
        by_role = bool(self.plan.of(InRole))
        citations = []
        for match in found:
            item = match.item
            spans = sentences_around(item.text, match.highlights)
            citations += [self.citation(item, Span(item.body.start + s.start, item.body.start + s.end)) for s in spans]
            if by_role and item.note:
                citations.append(self.citation(item, item.note))
            elif not spans:
                citations.append(self.citation(item, item.body))
        return tuple(citations)

    def citation(self, item: Item, span: Span) -> Citation:
        document = next(document for document in self.documents if document.id == item.document)
        return Citation.of(document, span, item)

    def answer(
        self,
        statements: Sequence[Statement],
        *,
        count: int | None,
        items: Sequence[Match] = (),
        related: tuple[Match, ...] = (),
        citations: tuple[Citation, ...] = (),
        table: tuple[Row, ...] | None = None,
        departments: tuple[str, ...] = (),
    ) -> Answer:
        return Answer(
            self.plan,
            tuple(statements),
            self.voice.script,
            len(self.items),
            tuple(items),
            related,
            citations,
            table,
            count,
            None,
            departments,
        )

    def decline(self, reason: Reason, *statements: Statement, related: tuple[Match, ...] = ()) -> Answer:
        return Answer(self.plan, statements, self.voice.script, len(self.items), related=related, reason=reason)

    def cut(self, lines: list[Statement], count: int) -> list[Statement]:
        """With a line that says how many more there are than the text lists."""
        return [*lines, self.voice.state("more", count=count - LINES)] if count > LINES else lines

    def related(self, hits: Sequence[Hit], found: Sequence[Match], *, by_meaning: bool) -> tuple[Match, ...]:
        """The best hits that are no part of the answer: those with evidence, or, where words have not decided it, those
        of a meaning not too far."""
        taken = {match.item for match in found}
        worth = (hit for hit in hits if hit.item not in taken and (has_evidence(hit) or (by_meaning and hit.related)))
        near = sorted(worth, key=lambda hit: (not hit.phrase, -hit.score))
        return tuple(as_match(hit) for hit in near[:RELATED])


def fits_item(condition: Constraint, item: Item, members: Mapping[About, Mapping[Item, Hit]]) -> Fit:
    """How the item fulfils the condition; a topic's members have been looked up."""
    if isinstance(condition, About):
        return "named" if (item in members.get(condition, {})) != condition.not_ else None
    if isinstance(condition, AnyOf):
        fits = [fits_item(one, item, members) for one in condition.of]
        return "named" if "named" in fits else "collective" if "collective" in fits else None
    if isinstance(condition, AllOf):
        fits = [fits_item(one, item, members) for one in condition.of]
        return None if None in fits else "collective" if "collective" in fits else "named"
    if isinstance(condition, Not):
        return None if fits_item(condition.one, item, members) else "named"
    return condition.fits(item)


def has_evidence(hit: Hit) -> bool:
    """Something of the query stands in the item, or its meaning is close."""
    return hit.phrase or hit.coverage > 0 or hit.near


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
