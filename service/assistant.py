"""The one way in: a question, and the earlier ones, to an answer."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus import Corpus, Document, Shelf, is_traditional, well_formed
from index import Hit, Index
from service.answering import Answer, Found, Voice, beginning_with_it, compose, find_topic_items, items_of
from service.answering.several import together
from service.suggestions import opening_questions
from service.understanding import (
    About,
    Plan,
    Turn,
    Vocabulary,
    after_answer,
    asked_part,
    compares,
    corrected,
    leans,
    plan_of,
    questions_in,
)

NAMED = 10  # documents that a refusal names


class UnknownDocumentError(Exception):
    """A document was named that is not loaded; the message names some of those that are."""


class NoDocumentsError(Exception):
    """There is nothing to ask about."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The documents that may be asked; `given` apart from the question."""

    vocabulary: Vocabulary
    given: bool


class Assistant:
    """Answers questions about an index's documents; where `readable` names some, as if there were no others. Remembers
    nothing; may be used from several threads."""

    def __init__(
        self,
        index: Index,
        today: Callable[[], datetime.date] = datetime.date.today,
        readable: frozenset[str] | None = None,
    ) -> None:
        """`today` tells which year 今年 is, and which month 这个月."""
        self.index, self._readable, self.today = index, readable, today
        self.documents = Shelf(one for one in index.corpus.documents if readable is None or one.id in readable)
        self.version = index.fingerprint[:12]
        self._day = datetime.date.min
        self._of_day = lru_cache(maxsize=64)(lambda documents, today: Vocabulary.of(documents, index, today))
        self._chosen = lru_cache(maxsize=64)(lambda ids: Shelf(one for one in self.documents if one.id in ids))
        self._turn = lru_cache(maxsize=512)(self._last_turn)  # each question of a dialogue is answered once
        self._examples = lru_cache(maxsize=64)(lambda documents: opening_questions(index.corpus, documents[0]))

    def within(self, readable: frozenset[str] | None) -> "Assistant":
        """The same for somebody who may read these documents alone."""
        return self if readable is None else Assistant(self.index, self.today, readable)

    @property
    def corpus(self) -> Corpus:
        """What may be read; of files that could not be loaded it is told only where that is all."""
        whole = self.index.corpus
        return whole if self._readable is None else whole.holding(self.documents, ())

    @property
    def vocabulary(self) -> Vocabulary:
        """Of all documents."""
        return self._vocabulary(self.documents)

    def _vocabulary(self, documents: Shelf) -> Vocabulary:
        today = self.today()
        if today != self._day:  # yesterday's are not kept
            self._day = today
            self._of_day.cache_clear()
        return self._of_day(documents, today)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        documents: Sequence[str] | None = None,
        script: Literal["auto", "hans", "hant"] = "auto",
    ) -> Answer:
        """The answer, its set whole. `history` holds the asker's earlier questions, oldest first, for follow-ups.
        Raises UnknownDocumentError or NoDocumentsError."""
        question = well_formed(question)
        asked = _Asked(self._vocabulary(self._documents(documents)), given=documents is not None)
        if script == "auto":
            script = "hant" if is_traditional(question) else "hans"
        return self._answer(question, tuple(well_formed(one) for one in history), asked, script)

    def _answer(
        self,
        question: str,
        history: tuple[str, ...],
        asked: "_Asked",
        script: Literal["hans", "hant"],
    ) -> Answer:
        """Several questions in one are answered in order, each after the one before."""
        vocabulary = asked.vocabulary
        whole, question = question, asked_part(question, vocabulary)
        before = None
        if history and leans(question, vocabulary):
            before = self._turn(history, asked, compares(question, vocabulary))
        answers: list[Answer] = []
        for part in questions_in(question, vocabulary):
            plan, within = plan_of(part, before, vocabulary, given=asked.given)
            answer = self._composed(plan, within.documents, script)
            said = [(one.plan.documents, one.text) for one in answers]
            if (answer.plan.documents, answer.text) not in said:  # …怎么罚，第几条: the same is said once
                answers.append(answer)
            before = turn_after(before, answer)
        return together(whole, answers, Voice(script, vocabulary.documents))

    def _composed(self, plan: Plan, documents: Shelf, script: Literal["hans", "hant"]) -> Answer:
        voice = Voice(script, documents)
        examples = self._examples(documents) if plan.ask.kind == "chat" else ()
        found = self.topics_found(plan, documents)
        if meant := _meant(found):
            better = corrected(plan, meant)
            again = self.topics_found(better, documents)
            if all(some and len(some[0].rows) for topic, some in again.items() if not topic.not_):
                plan, found = better, again
        return compose(
            plan, found, documents, voice, self.index, examples, lambda one: self.topics_found(plan, [one], beside=True)
        )

    def _last_turn(self, history: tuple[str, ...], asked: "_Asked", two: bool) -> Turn | None:
        """The last of the earlier questions that had an answer, and where `two` are spoken of what that of one item
        stands beside; only those that it depends on are answered again."""
        if not history:
            return None
        earlier, question = history[:-1], history[-1]
        answer = self._answer(question, earlier, asked, "hans")
        before = turn_after(None, answer)
        beside = two and len(answer.items) == 1
        if leans(question, asked.vocabulary) or before is None or beside or _passes(answer):
            before = turn_after(self._turn(earlier, asked, False), answer)
        return before

    def vocabulary_of(self, documents: Sequence[str] | None = None) -> Vocabulary:
        """What a question may name of these documents. Raises UnknownDocumentError or NoDocumentsError."""
        return self._vocabulary(self._documents(documents))

    def answer_to(self, plan: Plan, documents: Sequence[str] | None, script: Literal["hans", "hant"]) -> Answer:
        """To a question that was read elsewhere, as a plan of these documents."""
        asked = self._documents(plan.documents or documents)
        return self._composed(plan, asked, script)

    def topics_found(
        self, plan: Plan, documents: Sequence[Document], *, beside: bool = False
    ) -> dict[About, tuple[Found, ...]]:
        """What each topic of the plan concerns, or each alternative that it lists; of one document `beside` others."""
        ids = self._ids(documents)
        found: dict[About, tuple[Found, ...]] = {}
        for topic in plan.topics:
            denied = topic.not_ and plan.ask.kind != "documents"  # of documents what may mean it counts
            fact = plan.asks_fact or topic.not_
            question = topic.asked or topic.topic
            apart = plan.ask.kind == "documents" and not topic.not_
            founds = find_topic_items(
                topic.topic,
                question,
                self.index,
                ids,
                asks_fact=fact,
                each=topic.each,
                denied=denied,
                beside=beside,
                apart=apart,
                penal=bool(plan.figure and plan.figure.penal),
            )
            if topic.one and not topic.not_ and plan.ask.kind in ("items", "content") and not plan.asks_fact:
                founds = tuple(map(beginning_with_it, founds))
            found[topic] = founds
        return found

    def search(self, query: str, documents: Sequence[str] | None = None) -> Sequence[Hit]:
        """Every item with evidence for the query: literal hits first, then best."""
        asked = self._ids(self._documents(documents))
        query = well_formed(query).strip()
        hits = self.index.search(query, asked) if query else None
        return [] if hits is None else hits.where(hits.evident)

    def _ids(self, documents: Sequence[Document]) -> list[str] | None:
        """Of these; None for all."""
        whole = len(documents) == len(self.index.corpus.documents)
        return None if whole else [document.id for document in documents]

    def _documents(self, ids: Sequence[str] | None) -> Shelf:
        if not self.documents:
            raise NoDocumentsError
        if ids is None:
            return self.documents
        known = {document.id: document for document in self.documents}
        if not set(ids) <= known.keys():
            few = "、".join(list(known)[:NAMED]) + ("等" if len(known) > NAMED else "")
            raise UnknownDocumentError(f"所选的文档中有没载入的；现有{len(known)}份：{few}。")
        return self._chosen(frozenset(ids))


def turn_after(before: Turn | None, answer: Answer) -> Turn | None:
    """What a question after this answer may follow."""
    plan, named = answer.plan, tuple[str, ...]()
    if plan.asks_lacking:
        named = tuple(row.document for row in answer.table or () if row.document)
    return after_answer(before, plan, items_of(answer.items), answer.departments, answer.reason, named)


def _meant(found: dict[About, tuple[Found, ...]]) -> dict[About, str]:
    """Topics that stand nowhere as typed, and in exactly one reading as they may have been meant."""
    return {
        topic: founds[0].readings[0]
        for topic, founds in found.items()
        if not topic.not_ and len(founds) == 1 and not len(founds[0].rows) and len(founds[0].readings) == 1
    }


def _passes(answer: Answer) -> bool:
    """It leaves what was spoken of before as it was."""
    return answer.declined or answer.plan.ask.kind in ("about", "chat")
