"""Values -> the JSON of the HTTP contract, written once: `replies` describes it, and tests hold the two together."""

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pydantic_core import to_json
from starlette.responses import Response

from corpus import Corpus, Document, Shelf, short_titles, to_traditional
from index import Hit
from service.answering import Answer, Changed, Match, Script, as_match
from service.listing import Listing
from service.parts import SOME, Json, Part, joined
from service.reading_aid import in_hans
from service.requests import AskRequest
from service.suggestions import follow_ups, opening_questions, without_each
from service.understanding.flat import flat
from service.wire_values import (
    about,
    citation_of,
    cited,
    day,
    differences,
    document_url,
    issued,
    item_url,
    named,
    own_items,
    parts_of,
    rows_of,
    statement_of,
)


class Wire:
    """Values -> replies, for the documents of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._documents = {document.id: document for document in corpus.documents}
        self._shelf = Shelf(corpus.documents)
        self.listing = Listing(corpus.documents)
        self._counted = lru_cache(maxsize=None)(lambda id: own_items(self._documents[id]))
        self._titles_of = lru_cache(maxsize=64)(lambda ids: short_titles(self._asked(ids)))
        self.failures = [{"name": one.name, "reason": one.reason} for one in corpus.failures]
        self.suggestions = lru_cache(maxsize=1024)(lambda id: opening_questions(corpus, self._documents[id]))

    def ask(self, request: AskRequest, answer: Answer, version: str, began: float) -> Json:
        """`began` is when work on it did, by `time.perf_counter`."""
        return {**joined(self.parts(request, answer, version)), "took_ms": milliseconds(began)}

    def parts(self, request: AskRequest, answer: Answer, version: str) -> Iterator[Part]:
        """The reply but for the time it took: each part is written when it is asked for."""
        page = slice(request.offset, request.offset + request.limit)
        shown, changes = answer.items[page], answer.changes[page]
        asked = request.documents
        titles = self.listing.short_titles if asked is None else self._titles_of(tuple(asked))
        hans = request.script == "hans"
        yield (
            "plan",
            {
                "question": request.question,
                "plan": flat(answer.plan),
                "declined": answer.declined,
                "reason": answer.reason,
                "answer": answer.text,
                "grade": answer.grade,
                "reading": answer.reading,
                "conditions": [{"said": said, "without": without} for said, without in without_each(answer)],
                "statements": [statement_of(statement, hans=hans) for statement in answer.statements],
                "layout": answer.layout,
                "script": answer.script,
            },
        )
        yield "count", {"count": answer.count, "considered": answer.considered}
        for at in range(0, max(1, len(shown), len(changes)), SOME):
            some = slice(at, at + SOME)
            yield (
                "items",
                {
                    "items": [self.item(match, answer.script, titles, hans=hans) for match in shown[some]],
                    "changes": [self._change(one, answer.script, titles, hans=hans) for one in changes[some]],
                },
            )
        yield (
            "rest",
            {
                "related": [self.item(match, answer.script, titles, hans=hans) for match in answer.related],
                "documents": [
                    {**named(document, titles), **issued(document), "count": count, "unit": document.unit}
                    for document, count in answer.documents
                ],
                "choices": [
                    {
                        "document": one.document,
                        "title": one.title,
                        "title_hans": in_hans(one.title),
                        "question": one.question,
                    }
                    for one in answer.plan.offers
                ],
                "table": None if answer.table is None else rows_of(answer.table, hans=hans),
                "citations": [citation_of(citation, titles) for citation in cited(answer, shown)],
                "follow_ups": follow_ups(answer, self._asked(answer.plan.documents or request.documents)),
                "index_version": version,
            },
        )

    def search(self, query: str, hits: Sequence[Hit], offset: int, limit: int, began: float) -> Json:
        shown = [self.item(as_match(hit)) for hit in hits[offset : offset + limit]]
        return {"query": query, "total": len(hits), "hits": shown, "took_ms": milliseconds(began)}

    def item(
        self, match: Match, script: Script = "hans", titles: Mapping[str, str] | None = None, *, hans: bool = False
    ) -> Json:
        """`titles` are the short ones of the documents asked; `hans`: in Simplified, too."""
        item = match.item
        titles = titles or self.listing.short_titles
        own = {
            "text": item.text,
            "section_title": self._documents[item.document].section_title(item),
            "path": [unit.title for unit in item.path],
            "lead": item.lead,
            "support": item.supporting,
            "collective": item.collective,
            "collective_words": self._documents[item.document].collective_words(item),
            "due": None if item.due is None else {"text": item.due.text, "by": day(item.due.by)},
        }
        return {
            "document": item.document,
            "document_title": titles.get(item.document, ""),
            "id": item.id,
            "number": item.number,
            "label": to_traditional(item.label) if script == "hant" else item.label,
            "section": item.section,
            "section_title": own["section_title"],
            "text": item.text,
            "start": item.body.start,
            "end": item.body.end,
            "lead": item.lead,
            "support": item.supporting,
            "collective": item.collective,
            "collective_words": own["collective_words"],
            "bodies": item.bodies,
            "responsible": item.responsible,
            "sharing": item.sharing,
            "leaders": item.leaders,
            "due": own["due"],
            "path": own["path"],
            "part": item.part.id,
            "matched": match.matched,
            "via": match.via,
            "score": round(match.score, 4),
            "highlights": match.highlights,
            "url": item_url(item),
            "hans": in_hans(own) if hans else None,
        }

    def placed(self, document: Document, at: int, around: int, script: Script, *, hans: bool = False) -> Json:
        """The document's item at that place, and those around it."""
        before, after = document.items[max(0, at - around) : at], document.items[at + 1 : at + 1 + around]
        return {
            **self.item(Match(document.items[at], "number"), script, hans=hans),
            "before": [self.item(Match(one, "number"), script, hans=hans) for one in before],
            "after": [self.item(Match(one, "number"), script, hans=hans) for one in after],
        }

    def _change(self, one: Changed, script: Script, titles: Mapping[str, str], *, hans: bool) -> Json:
        change = one.change
        return {
            "kind": change.kind,
            "before": self.item(Match(change.before, "number"), script, titles, hans=hans) if change.before else None,
            "after": self.item(Match(change.after, "number"), script, titles, hans=hans) if change.after else None,
            **differences(one),
        }

    def documents(self, documents: Sequence[Document], total: int, *, brief: bool) -> Json:
        """Of `total` documents these."""
        written = self.brief if brief else self.summary
        return {"documents": [written(one) for one in documents], "total": total, "failures": self.failures}

    def brief(self, document: Document) -> Json:
        """What a list to choose from says of it."""
        short = self.listing.short_titles[document.id]
        return {
            **about(document),
            "short_title": short,
            "hans": in_hans({"title": document.title, "short_title": short, "issuer": document.issuer}),
            "items": self._counted(document.id),
            "unit": document.unit,
        }

    def summary(self, document: Document) -> Json:
        return {**self.brief(document), **parts_of(document), "suggestions": self.suggestions(document.id)}

    def document(self, document: Document) -> Json:
        return {
            **about(document),
            "format": document.format,
            "original": f"{document_url(document.id)}/original",
            **parts_of(document),
            "outline": [
                {
                    "id": unit.id,
                    "number": unit.number,
                    "label": unit.label,
                    "title": unit.title,
                    "level": unit.level,
                    "part": unit.part.id,
                }
                for unit in document.outline
            ],
            "text": document.text,
            "head": [{"role": part.role, "start": part.span.start, "end": part.span.end} for part in document.head],
            "items": [self.item(Match(item, "number")) for item in document.items],
        }

    def _asked(self, ids: Sequence[str] | None) -> Sequence[Document]:
        if ids is None:
            return self._shelf
        wanted = set(ids)
        return [document for id, document in self._documents.items() if id in wanted]


def written(reply: Json) -> bytes:
    """The reply as it travels: compact, in UTF-8."""
    return to_json(reply)


def json_reply(reply: Json | bytes) -> Response:
    """A reply, or what was written of one before."""
    return Response(reply if isinstance(reply, bytes) else written(reply), media_type="application/json")


def milliseconds(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)
