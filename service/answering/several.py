"""Several questions in one: each answered, in order, as one answer."""

from collections.abc import Sequence
from dataclasses import replace

from corpus import Document, newest_first
from service.answering.answer import Answer, items_of
from service.answering.voice import Voice


def _of_all(answers: Sequence[Answer]) -> tuple[tuple[Document, int], ...]:
    """The documents that they are from, each with the most items that one of them has of it."""
    counts: dict[Document, int] = {}
    for document, count in (one for answer in answers for one in answer.documents):
        counts[document] = max(count, counts.get(document, 0))
    return tuple((document, counts[document]) for document in newest_first(list(counts)))


def _under_titles(answers: Sequence[Answer], voice: Voice) -> list[Answer]:
    """Where they are of different documents, each below the title of its own."""
    documents = [answer.plan.documents for answer in answers]
    if len(set(documents)) < 2 or any(len(ids) != 1 for ids in documents):
        return list(answers)
    titles = [
        voice.state("of_part", items_of(answer.items), title=voice.title(id))
        for answer, (id,) in zip(answers, documents, strict=True)
    ]
    return [
        replace(answer, statements=(title, *answer.statements)) for answer, title in zip(answers, titles, strict=True)
    ]


def together(question: str, answers: Sequence[Answer], voice: Voice) -> Answer:
    """One answer of all that were answered: its statements in order, its items each once; `voice` tells the titles of all
    documents."""
    if len(answers) == 1:
        return answers[0]
    answers = _under_titles(answers, voice)
    answered = [answer for answer in answers if not answer.declined] or list(answers[:1])
    first = answered[0]
    items = {match.item: match for answer in reversed(answered) for match in answer.items}
    order = [match.item for answer in answered for match in answer.items]
    merged = tuple(items[item] for item in dict.fromkeys(order))
    plans = tuple(answer.plan for answer in answers)
    return replace(
        first,
        plan=replace(first.plan, question=question, also=plans[1:]),
        statements=tuple(statement for answer in answers for statement in answer.statements),
        items=merged,
        citations=tuple(dict.fromkeys(citation for answer in answered for citation in answer.citations)),
        count=len(merged) if merged else first.count,
        departments=tuple(dict.fromkeys(name for answer in answered for name in answer.departments)),
        reading="；".join(answer.reading for answer in answers if answer.reading),
        documents=_of_all(answered),
        parts=tuple(answers),
    )
