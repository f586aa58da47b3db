"""The one way in: a question, and the earlier ones, to an answer."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from corpus import Document, is_traditional, well_formed
from index import Hit, Index
from service.answer import Answer
from service.compose import compose, has_evidence
from service.follow_up import Turn, depends_on_history, plan_in_dialogue, turn_after
from service.membership import Found, find_topic_items
from service.plan import Plan, Vocabulary
from service.prose import Voice


class UnknownDocumentError(Exception):
    """A document was named that is not loaded; the message names those that are."""


class Assistant:
    """Answers questions about an index's documents. Remembers nothing; may be used from several threads."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.documents: tuple[Document, ...] = index.corpus.documents
        self.version = index.fingerprint[:12]
        self._vocabulary = lru_cache(maxsize=64)(lambda documents: Vocabulary.of(documents, index))

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        documents: Sequence[str] | None = None,
        script: Literal["auto", "hans", "hant"] = "auto",
    ) -> Answer:
        """The answer, its set whole. `history` holds the asker's earlier questions, oldest first, for follow-ups.
        Raises UnknownDocumentError."""
        question = well_formed(question)
        asked = self._documents(documents)
        if script == "auto":
            script = "hant" if is_traditional(question) else "hans"
        before = self._turn(history, asked) if depends_on_history(question) else None
        return self._answer(question, before, asked, script)

    def _answer(
        self, question: str, before: Turn | None, documents: tuple[Document, ...], script: Literal["hans", "hant"]
    ) -> Answer:
        plan = plan_in_dialogue(question, before, self._vocabulary(documents))
        unwanted = self._find(plan.without_topic, None, documents, asks_fact=True)
        return compose(plan, self.topic_items(plan, documents), unwanted, documents, Voice(script, documents))

    def _turn(self, history: Sequence[str], documents: tuple[Document, ...]) -> Turn | None:
        """The last of the earlier questions that had an answer."""
        before: Turn | None = None
        for question in map(well_formed, history):
            before = turn_after(before, self._answer(question, before, documents, "hans"))
        return before

    def topic_items(self, plan: Plan, documents: Sequence[Document]) -> tuple[Found, ...]:
        """What the plan's topic concerns, or each alternative that it lists."""
        return self._find(plan.topic, None if plan.is_filtered else plan.question, documents, asks_fact=plan.asks_fact)

    def _find(
        self, topic: str | None, question: str | None, documents: Sequence[Document], *, asks_fact: bool
    ) -> tuple[Found, ...]:
        ids = [document.id for document in documents]
        return find_topic_items(topic, question or topic, self.index, ids, asks_fact=asks_fact) if topic else ()

    def search(self, query: str, documents: Sequence[str] | None = None) -> list[Hit]:
        """Every item with evidence for the query: literal hits first, then best."""
        asked = [document.id for document in self._documents(documents)]
        query = well_formed(query).strip()
        return [hit for hit in self.index.search(query, asked) if has_evidence(hit)] if query else []

    def _documents(self, ids: Sequence[str] | None) -> tuple[Document, ...]:
        known = {document.id: document for document in self.documents}
        if ids is None:
            return self.documents
        if not set(ids) <= known.keys():
            raise UnknownDocumentError(f"documents 中有未载入的文档；现有：{'、'.join(known)}。")
        return tuple(document for document in self.documents if document.id in ids)
