"""What an answer is made from: the plan, what its topics were found to concern, the documents and the voice."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus import Document, Item, Shelf, Span
from index import Columns, Hit, Hits, Index, Items, Mask, Rows, fits_all, merged
from service.answering.answer import (
    Answer,
    Citation,
    Citations,
    Match,
    Matched,
    Matches,
    Reason,
    Row,
    Statement,
    Via,
    items_of,
)
from service.answering.best import Best
from service.answering.changed import Changed
from service.answering.found import Found
from service.answering.quotes import sentences_around
from service.answering.voice import Voice, newest, opening
from service.kept import kept
from service.understanding import (
    About,
    Collective,
    Constraint,
    Held,
    InRole,
    InSection,
    InText,
    Numbered,
    Plan,
    Within,
    Without,
)

Founds = Mapping[About, tuple[Found, ...]]

FIRST = 5  # documents of the first or last day that are named
LINES = 50  # items or rows that the text lists; the reply's own lists are always whole
RELATED = 5  # near misses shown, best first
NEAREST = 3  # items named and shown where nothing stands literally


@dataclass(frozen=True, slots=True)
class Scope:
    plan: Plan
    founds: Founds
    documents: Shelf
    voice: Voice
    index: Index
    items: Items  # all of the documents

    @classmethod
    def of(cls, plan: Plan, founds: Founds, documents: Shelf, voice: Voice, index: Index) -> "Scope":
        items = index.columns.items_of(documents)
        if isinstance(plan.asked_of, InText):
            items = items.at(items.rows[plan.asked_of.rows(index.columns).every[items.rows]])
        return cls(plan, founds, documents, voice, index, items)

    def alone(self, document: Document, founds: Founds) -> "Scope":
        """The same asked of this document, as if it alone had been named."""
        plan = replace(self.plan, documents=(document.id,), asked_of=None)
        return Scope.of(plan, founds, Shelf([document]), self.voice, self.index)

    # Which items fit

    def members(self, topic: About) -> Rows:
        return np.unique(np.concatenate([found.rows for found in self.founds.get(topic, ())] or [self.items.rows[:0]]))

    def filtered(self, where: Sequence[Constraint] | None = None) -> Matches:
        """The items that fulfil every condition, of the plan or these of its own, in document order."""
        columns = self.index.columns.about({topic: self._of_rows([self.members(topic)]) for topic in self.plan.topics})
        fits = fits_all([one.rows(columns) for one in (self.plan.where if where is None else where)], len(columns))
        chosen = fits.every & self._of_rows([self.items.rows])
        rows = self.in_order(np.flatnonzero(self._extreme(chosen) if self.plan.ask.due else chosen))
        widened = self._of_rows([found.widened for found in self.wanted()])
        through_all = fits.collective & ~widened
        return Matches(self.items.at(rows), through_all[rows], self._maker(fits.collective, widened))

    def in_order(self, rows: Rows) -> Rows:
        """Those of the newest document first."""
        if len(self.documents) == 1 or len(rows) < 2:
            return rows
        return np.asarray(rows[np.argsort(self.rank(rows), kind="stable")])

    def rank(self, rows: Rows) -> Rows:
        """The place of each one's document, the newest first."""
        at = self.index.columns.documents_at(rows)
        return np.asarray(_ranks(self.index.columns, self.documents)[at])

    def by_document(self, items: Items) -> dict[Document, Items]:
        """Those of each document that has some, the newest first."""
        rank, every = self.rank(items.rows), newest(self.documents)
        order = np.argsort(rank, kind="stable")
        several, begins = np.unique(rank[order], return_index=True)
        own = np.split(items.rows[order], begins[1:]) if len(order) else []
        return {every[one]: items.at(rows) for one, rows in zip(several.tolist(), own, strict=True)}

    def _of_rows(self, several: Sequence[Rows]) -> Mask:
        mask = np.zeros(len(self.index.columns), dtype=bool)
        for rows in several:
            mask[rows] = True
        return mask

    def _extreme(self, chosen: Mask) -> Mask:
        """Of these those due first or last."""
        days = self.index.columns.days(chosen)
        if not len(days):
            return chosen
        day = datetime.date.fromordinal(int(days.min() if self.plan.ask.due == "first" else days.max()))
        return chosen & self.index.columns.due_between(day, day)

    def wanted(self) -> list[Found]:
        """What the topics concern that are not denied."""
        return [found for topic in self.plan.topics if not topic.not_ for found in self.founds.get(topic, ())]

    def _maker(self, collective: Mask, widened: Mask) -> Callable[[int], Match]:
        """How the match of a row is made."""
        parts, matched = [part for found in self.wanted() for part in found.parts], self._matched()

        def make(row: int) -> Match:
            hits = [hit for part in parts for hit in part.of_row(row)]
            if not hits:
                return Match(self.items.source[row], matched, via="collective" if collective[row] else None)
            via: Via | None = "alias" if widened[row] else "collective" if collective[row] else None
            return replace(as_match(best_by_item(hits)[hits[0].item]), via=via)

        return make

    def numbered(self, items: Sequence[Item]) -> Matches:
        """These very items, of the documents asked, in the order given, those of a document together."""
        rows = items.rows if isinstance(items, Items) else np.array([self.index.columns.row(one) for one in items], int)
        rows = rows[np.isin(rows, self.items.rows)]
        rows = self.in_order(rows)
        nobody = np.zeros(len(rows), dtype=bool)
        return Matches(self.items.at(rows), nobody, lambda row: Match(self.items.source[row], "number"))

    def these(self, rows: Rows) -> Matches:
        """The items of these rows, in the order given, with what of the topics stands in them."""
        nobody = np.zeros(len(self.index.columns), dtype=bool)
        return Matches(self.items.at(rows), nobody[rows], self._maker(nobody, nobody))

    def has_some(self, found: Sequence[Match], chosen: Mask) -> bool:
        """Some of the items are among the chosen rows."""
        return bool((chosen & self.index.columns.of(items_of(found))).any())

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

    def citations(self, found: Sequence[Match]) -> Citations:
        """What decided each item."""
        return Citations(found, self.cited)

    def cited(self, match: Match) -> list[Citation]:
        """The sentences with its highlights, else its department note where departments were asked, else its whole
        body."""
        item = match.item
        spans = sentences_around(item.text, match.highlights)
        citations = [self.citation(item, Span(item.body.start + s.start, item.body.start + s.end)) for s in spans]
        if item.note and self.plan.of(InRole):
            citations.append(self.citation(item, item.note))
        elif not spans:
            citations.append(self.citation(item, item.body))
        return citations

    def quoted(self, match: Match) -> Statement:
        """The deciding sentences of an item, or how its text begins, and its number."""
        item = match.item
        quotes = [one.quote for one in self.cited(match) if one.span != item.note]
        said = self.voice.quoted(quotes if match.highlights else [opening(item.text)])
        return self.voice.line("item", f"{said}〔{self.voice.label(item)}〕", [item])

    def citation(self, item: Item, span: Span) -> Citation:
        return Citation.of(self.index.corpus.documents[self.index.columns.place[item.document]], span, item)

    def answer(
        self,
        statements: Sequence[Statement],
        *,
        count: int | None,
        items: Sequence[Match] = (),
        related: tuple[Match, ...] = (),
        citations: Sequence[Citation] = (),
        table: tuple[Row, ...] | None = None,
        departments: tuple[str, ...] = (),
        changes: Sequence[Changed] = (),
    ) -> Answer:
        return Answer(
            self.plan,
            tuple(statements),
            self.voice.script,
            len(self.items),
            items,
            related,
            citations,
            table,
            count,
            None,
            departments,
            changes=changes,
        )

    def decline(self, reason: Reason, *statements: Statement, related: tuple[Match, ...] = ()) -> Answer:
        return Answer(self.plan, statements, self.voice.script, len(self.items), related=related, reason=reason)

    def cut(self, lines: list[Statement], count: int) -> list[Statement]:
        """With a line that says how many more there are than the text lists."""
        return (
            [*lines, self.voice.state("more", count=count - LINES, unit=self.voice.unit(self.items))]
            if count > LINES
            else lines
        )

    def related(self, several: Sequence[Hits], taken: Rows, *, by_meaning: bool) -> tuple[Match, ...]:
        """The best hits that are no part of the answer: those with evidence, or, where words have not decided it, those
        of a meaning not too far."""
        best = Best.of(several)
        worth = (best.evident | (best.related & by_meaning)) & ~np.isin(best.rows, taken)
        rows = best.first(worth, RELATED).tolist()
        hits = [[hit for one in several for hit in one.of_row(row)] for row in rows]
        return tuple(as_match(best_by_item(own)[own[0].item]) for own in hits)


@kept()
def _ranks(columns: Columns, documents: Shelf) -> Rows:
    """Of each document of the index its place among these, the newest first."""
    ranks = np.full(len(columns.place), len(documents), dtype=np.int64)
    for rank, document in enumerate(newest(documents)):
        ranks[columns.place[document.id]] = rank
    return ranks


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
