"""The one way in: a question, and the earlier ones, to an answer."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from corpus import Document, is_traditional, well_formed
from index import Hit, Index
from service.answer import Answer
from service.compose import compose, has_evidence
from service.plan import Plan, Vocabulary, plan_question
from service.prose import Voice
from service.topic import alternatives


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
        """The answer, its set whole. `history` is accepted for follow-ups and not used yet. Raises UnknownDocumentError."""
        question = well_formed(question)
        asked = self._documents(documents)
        if script == "auto":
            script = "hant" if is_traditional(question) else "hans"
        plan = self.plan(question, documents)
        unwanted = self.index.search(plan.without_topic, [d.id for d in asked]) if plan.without_topic else []
        return compose(plan, self.searches(plan.topic, asked), unwanted, asked, Voice(script, asked))

    def searches(self, topic: str | None, documents: Sequence[Document]) -> dict[str, list[Hit]]:
        """The topic's hits; where it stands nowhere and lists alternatives, those of each of them."""
        if topic is None:
            return {}
        ids = [document.id for document in documents]
        whole = self.index.search(topic, ids)
        parts = alternatives(topic)
        if len(parts) == 1 or any(hit.phrase for hit in whole):
            return {topic: whole}
        return {part: self.index.search(part, ids) for part in parts}

    def plan(self, question: str, documents: Sequence[str] | None = None) -> Plan:
        """What the question asks of these documents."""
        return plan_question(question, self._vocabulary(self._documents(documents)))

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
