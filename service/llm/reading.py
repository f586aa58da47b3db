"""A question that the grammar cannot read: the model puts it as conditions, and the engine finds what fulfils them."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from corpus import Document, to_simplified
from service.answering import Answer, Voice
from service.llm.asked import Asked, UnfitError, plan_of, schema
from service.llm.client import Client, LlmError
from service.llm.requests import ModelRequest
from service.replier import Replier
from service.understanding import Vocabulary, departments_of

PROMPT = (Path(__file__).parent / "reading.txt").read_text(encoding="utf-8")
DOCUMENTS, SECTIONS, DEPARTMENTS = 50, 100, 200  # named to the model, at most
HISTORY = 4  # earlier questions, the last ones
_UNREAD = ("out_of_scope", "no_match")  # where the model may know better; all else is certain


def may_read(answer: Answer) -> bool:
    return answer.reason in _UNREAD and answer.plan.ask.kind != "chat" and not answer.parts


async def read(answer: Answer, request: ModelRequest, replier: Replier, client: Client) -> Answer | None:
    """What the engine answers to the question as the model reads it, with how that was; None where that is nothing
    better. The model is told of no other documents than the replier has. Raises LlmError."""
    assistant, ids, characters = replier.assistant, request.documents, len(request.question)
    vocabulary = await replier.done(lambda: assistant.vocabulary_of(ids), characters)
    told = material(request.question, request.history, vocabulary, assistant.today())
    reply = await client.complete(PROMPT, told, schema())
    try:
        plan = plan_of(Asked.model_validate(reply), vocabulary)
    except (ValidationError, UnfitError) as error:
        said = str(error) if isinstance(error, UnfitError) else "与所要的格式不符"
        raise LlmError(f"模型的理解用不了：{said}") from error
    if plan is None:
        return None
    plan = replace(plan, figure=answer.plan.figure)  # what is asked stays so, however it is read
    better = await replier.done(lambda: assistant.answer_to(plan, ids, answer.script), characters)
    if better.grade != "found" or not better.count:
        return None
    voice = Voice(answer.script, assistant.documents)
    how = voice.state("read_by_model", model=client.llm.model, reading=better.reading)
    return replace(better, statements=(how, *better.statements))


def material(question: str, history: Sequence[str], vocabulary: Vocabulary, today: datetime.date) -> str:
    """What the model is given: the names that it may use, and the question."""
    newest = [vocabulary.catalogue.by_id[id] for id in vocabulary.catalogue.newest(vocabulary.catalogue.place)]
    documents = newest[:DOCUMENTS]
    sections = [line for document in documents for line in _sections(document, several=len(newest) > 1)]
    departments = [to_simplified(name) for name in departments_of(documents).values()][:DEPARTMENTS]
    lines = [
        f"今天：{today.isoformat()}",
        "文件：",
        *(f"{document.id}　{to_simplified(document.title)}" for document in documents),
        "部分：",
        *sections[:SECTIONS],
        "部门：",
        "、".join(departments),
        *(f"前面问过：{one}" for one in history[-HISTORY:]),
        f"问：{question}",
    ]
    return "\n".join(lines)


def _sections(document: Document, *, several: bool) -> list[str]:
    of = f"（{document.id}）" if several else ""
    return [f"{section.number}　{to_simplified(section.title)}{of}" for section in document.sections]
