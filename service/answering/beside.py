"""Several documents that were named, side by side: one of which nothing was found is asked by itself, as if it alone had been
named, and its answer stands below those of the others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from corpus import Document
from service.answering.answer import Answer, Statement, items_of
from service.answering.scope import Scope
from service.answering.voice import newest

NAMED = 10  # documents, each of which is asked by itself
QUOTING = ("item", "fields", "place", "beside")  # statements of one document's items

Alone = Callable[[Document], Scope]
Decide = Callable[[Scope], Answer]


def side_by_side(scope: Scope, answer: Answer, alone: Alone, decide: Decide) -> Answer:
    """The answer with those of the documents that it says nothing of; itself where they say nothing either."""
    plan = scope.plan
    several = 1 < len(plan.documents) <= NAMED and not plan.offers
    topical = plan.ask.kind in ("items", "content", "who") and plan.topic and not (plan.denials or plan.denial_unread)
    if not several or not topical or plan.numbered or answer.reason not in (None, "no_match"):
        return answer
    have = {item.document for item in items_of(answer.items)}
    lacking = [document for document in newest(scope.documents) if document.id not in have]
    answers = {document: decide(alone(document)) for document in lacking}
    answered = {document: one for document, one in answers.items() if one.items and not one.declined}
    if not answered:
        return answer
    every = [*([] if answer.declined else [answer]), *answered.values()]
    place = {document.id: at for at, document in enumerate(newest(scope.documents))}
    statements = [] if answer.declined else list(answer.statements)
    for document, one in answered.items():
        at = _behind_newer(statements, place, document)
        statements[at:at] = _below_its_title(scope, document, one)
    return replace(
        every[0],
        plan=plan,
        statements=tuple(statements),
        considered=len(scope.items),
        items=tuple(sorted((match for one in every for match in one.items), key=lambda one: place[one.item.document])),
        citations=tuple(citation for one in every for citation in one.citations),
        count=sum(one.count or 0 for one in every),
    )


def _behind_newer(statements: Sequence[Statement], place: Mapping[str, int], document: Document) -> int:
    """Where what is said of a document begins: before what is quoted of older ones, behind what is of newer ones."""
    of = [(at, place[one.items[0].document]) for at, one in enumerate(statements) if one.kind in QUOTING and one.items]
    older = (at for at, own in of if own > place[document.id])
    return next(older, of[-1][0] + 1 if of else len(statements))


def _below_its_title(scope: Scope, document: Document, answer: Answer) -> Sequence[Statement]:
    """How many there are of it, how they were found, and they."""
    counted = scope.voice.short_count(len(answer.items), scope.index.columns.items_of([document]))
    first, *others = answer.statements
    title = scope.voice.state(
        "of_document", items_of(answer.items), title=scope.voice.title(document.id), counted=counted
    )
    if first.kind in QUOTING:  # who leads each of them
        return [replace(title, kind="beside"), *answer.statements]
    return [replace(title, kind="beside", text=title.text + first.text), *others]
