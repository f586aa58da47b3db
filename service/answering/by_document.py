"""Answers from several documents: which one is meant is asked, and what is found is said document by document."""

from dataclasses import replace

import numpy as np

from corpus import Document
from index import Items
from service.answering.answer import Answer, Statement, items_of
from service.answering.scope import Scope
from service.answering.voice import newest

NAMED = 20  # documents that a sentence names


def which_document(scope: Scope) -> Answer:
    """A title or a number fits several: it is asked which one is meant."""
    plan, voice = scope.plan, scope.voice
    titles = "\n".join(f"· 《{voice.name(offer.title)}》" for offer in plan.offers)
    return scope.decline("which_document", voice.state("which_document", count=plan.offered, titles=titles))


def no_such_document(scope: Scope, named: str) -> Answer:
    voice, documents = scope.voice, scope.documents
    line = voice.state("no_such_document", document=named, existing=voice.titles(documents, NAMED))
    return scope.decline("out_of_scope" if len(documents) == 1 else "no_such_document", line)


def counted_by_document(scope: Scope, answer: Answer) -> dict[Document, int]:
    """How many items of each document the answer has, in its items or else in its table; the newest first."""
    items = items_of(answer.items)
    if not isinstance(items, Items):
        items = scope.items.at(np.array([scope.index.columns.row(item) for item in items], dtype=np.int64))
    if not items and answer.table:
        rows = [row.items.rows for row in answer.table if isinstance(row.items, Items)]
        items = scope.items.at(np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *rows])))
    counts = {document: len(own) for document, own in scope.by_document(items).items()} if items else {}
    few = len(scope.documents) <= NAMED and (scope.plan.documents or len(scope.documents) == 1)
    chosen = newest(scope.documents) if few else ()
    return {document: counts.get(document, 0) for document in chosen} or counts


def parted(scope: Scope, answer: Answer, counts: dict[Document, int]) -> tuple[Statement, ...]:
    """The lines of each document below its title and its count; those of others, that the lines do not reach, together."""
    if len(counts) < 2 or answer.table is not None or answer.declined:
        return answer.statements
    said: list[Statement] = []
    by_id = {document.id: document for document in counts}
    reached: list[str] = []
    for statement in answer.statements:
        titled = statement.kind == "beside"  # its own title stands above it
        one = statement.items[0].document if _is_of_item(statement) or titled else None
        if one and one not in reached:
            reached.append(one)
            said += [] if titled else [_title(scope, by_id[one], counts)]
        said.append(statement)
    beyond = [document for document, count in counts.items() if document.id not in reached and count]
    none = [document for document, count in counts.items() if not count]
    if none and reached:
        titles, topic = scope.voice.titles(none, NAMED), scope.plan.topic
        written = (
            topic and len(scope.plan.where) == len(scope.plan.topics) == 1 and not scope.plan.figure
        )  # no more is known than what is written
        if written:
            said.append(scope.voice.state("of_none_written", titles=titles, topic=topic or ""))
        else:
            said.append(scope.voice.state("of_none", titles=titles))
    if beyond and reached:
        unit = scope.voice.unit(scope.index.columns.items_of(beyond))
        count = sum(counts[document] for document in beyond)
        said.append(scope.voice.state("of_others", documents=len(beyond), count=count, unit=unit))
    return tuple(said)


def _is_of_item(statement: Statement) -> bool:
    return statement.kind in ("item", "fields", "place", "unplaced", "due", "reason") and len(statement.items) == 1


def _title(scope: Scope, document: Document, counts: dict[Document, int]) -> Statement:
    own = scope.index.columns.items_of([document])
    counted = scope.voice.short_count(counts[document], own)
    return scope.voice.state("of_document", title=scope.voice.title(document.id), counted=counted)


def with_documents(scope: Scope, answer: Answer) -> Answer:
    """The answer, with how much of it each document has."""
    counts = counted_by_document(scope, answer)
    return replace(answer, statements=parted(scope, answer, counts), documents=tuple(counts.items()))
