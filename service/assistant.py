"""The one way in: a question, and the earlier ones, to an answer."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from corpus import Document, is_traditional, well_formed
from index import Hit, Index
from service.answer import Answer
from service.compose import compose, has_evidence
from service.follow_up import Turn, depends_on_history, plan_in_dialogue
from service.plan import Vocabulary
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
        unwanted = self.index.search(plan.without_topic, [d.id for d in documents]) if plan.without_topic else []
        return compose(plan, self.searches(plan.topic, documents), unwanted, documents, Voice(script, documents))

    def _turn(self, history: Sequence[str], documents: tuple[Document, ...]) -> Turn | None:
        """The last of the earlier questions that had an answer."""
        before: Turn | None = None
        for question in map(well_formed, history):
            answer = self._answer(question, before, documents, "hans")
            if not answer.declined:
                before = Turn(answer.plan, tuple(match.item for match in answer.items), answer.departments)
        return before

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
