"""What a language model adds to an answer that stands without it: a reading where there was none, and sentences."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable

from service.answering import Answer
from service.answering.answer import items_of
from service.llm.client import Client, Llm, LlmError
from service.llm.phrasing import ASKED, Phrased, checked, may_phrase, sentences
from service.llm.reading import may_read, read
from service.llm.requests import ModelRequest
from service.metrics import Metrics
from service.parts import Json
from service.replier import Replier
from service.wire_values import item_url

OnWritten = Callable[[int, int], None]  # sentences that the gate let through, and those it did not

TOO_MANY = "条目太多，模型不作表述"


class Helping:
    """Asks one model. `counts` tell how often it was asked for what, and with what result."""

    def __init__(self, client: Client, on_written: OnWritten = lambda kept, dropped: None) -> None:
        self.client, self._on_written = client, on_written
        self.counts: Counter[str] = Counter()

    @classmethod
    def of(cls, llm: Llm, metrics: Metrics | None = None) -> "Helping":
        if metrics is None:
            return cls(Client(llm))
        return cls(Client(llm, on_asked=metrics.model_asked), metrics.model_wrote)

    async def reply(self, request: ModelRequest, replier: Replier) -> Json:
        """The plain answer is worked out again as it was given; what is not in the replier's documents is in no prompt."""
        began, assistant = time.perf_counter(), replier.assistant
        asked = (request.question, request.history, request.documents, request.script)
        answer = await replier.done(lambda: assistant.ask(*asked), request.characters)
        read_by_model: Answer | None = None
        phrased: Phrased | None = None
        fault = None
        try:
            if may_read(answer):
                read_by_model = await self.read(answer, request, replier)
            best = read_by_model or answer
            if best.items and (request.phrase or best.plan.ask.kind in ASKED):
                phrased = await self.phrase(best, request.question, replier)
                fault = None if phrased else TOO_MANY
        except LlmError as error:
            self.counts["fault"] += 1
            fault = str(error)
        found = None
        if better := read_by_model:
            found = await replier.done(
                lambda: replier.wire.ask(request, better, assistant.version, began), request.characters
            )
        return {
            "question": request.question,
            "model": self.client.llm.model,
            "answer": found,
            "phrased": phrased and _written(phrased),
            "fault": fault,
        }

    async def read(self, answer: Answer, request: ModelRequest, replier: Replier) -> Answer | None:
        self.counts["read"] += 1
        better = await read(answer, request, replier, self.client)
        self.counts["read better"] += better is not None
        return better

    async def phrase(self, answer: Answer, question: str, replier: Replier) -> Phrased | None:
        """None where the set is too large."""
        if not may_phrase(answer):
            return None
        self.counts["phrase"] += 1
        written = await sentences(answer, question, self.client)
        assistant = replier.assistant
        ids = {item.document for item in items_of(answer.items)}
        documents = {document.id: document for document in assistant.documents if document.id in ids}
        departments = assistant.vocabulary.departments
        phrased = await asyncio.to_thread(checked, written, answer, documents, departments)
        self._on_written(len(phrased.kept), sum(phrased.dropped.values()))
        self.counts["sentences"] += phrased.offered
        self.counts.update({f"dropped: {why}": count for why, count in phrased.dropped.items()})
        self.counts["phrased"] += phrased.shown
        return phrased


def _written(phrased: Phrased) -> Json:
    said = [
        {
            "text": sentence.text,
            "items": [
                {"document": item.document, "id": item.id, "label": item.label, "url": item_url(item)}
                for item in sentence.items
            ],
        }
        for sentence in (phrased.kept if phrased.shown else ())
    ]
    dropped = sum(phrased.dropped.values())
    return {"sentences": said, "offered": phrased.offered, "dropped": dropped, "shown": phrased.shown}
