"""Several questions in one: each answered, in order, as one answer."""

from collections.abc import Sequence
from dataclasses import replace

from corpus import Document, newest_first
from service.answering.answer import Answer


def _of_all(answers: Sequence[Answer]) -> tuple[tuple[Document, int], ...]:
    """The documents that they are from, each with the most items that one of them has of it."""
    counts: dict[Document, int] = {}
    for document, count in (one for answer in answers for one in answer.documents):
        counts[document] = max(count, counts.get(document, 0))
    return tuple((document, counts[document]) for document in newest_first(list(counts)))


def together(question: str, answers: Sequence[Answer]) -> Answer:
    """One answer of all that were answered: its statements in order, its items each once."""
    if len(answers) == 1:
        return answers[0]
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
