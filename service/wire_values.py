"""Values -> their fields in a reply, each for itself."""

import datetime
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote

from corpus import Document, Item
from service.answering import Answer, Changed, Citation, Citations, Match, Row, Statement
from service.parts import Json
from service.reading_aid import in_hans

QUOTED = 200  # items of a set that is quoted whole; of a larger one those shown are
NAMED = 200  # items that a statement names
ROWS, IN_ROWS = 1000, 5000  # of a table, and items that these name together


@lru_cache(maxsize=64)
def document_url(id: str) -> str:
    return f"/documents/{quote(id, safe='')}"


def item_url(item: Item) -> str:
    return f"{document_url(item.document)}#item-{item.id}"


def differences(one: Changed) -> Json:
    """What differs between the two texts, and in their fields."""
    removed, added = one.words
    return {
        "words": {"removed": removed, "added": added},
        "spans": {"removed": one.removed, "added": one.added},
        "fields": one.fields,
    }


def about(document: Document) -> Json:
    return {
        "id": document.id,
        "title": document.title,
        "issuer": document.issuer,
        "date": day(document.date),
        "number": document.number,
    }


def parts_of(document: Document) -> Json:
    by_part = document.items_by_part()
    return {
        "parts": [
            {"id": part.id, "label": part.label, "title": part.title, "items": len(by_part[part.id])}
            for part in document.parts
        ],
        "sections": [{"number": section.number, "title": section.title} for section in document.sections],
    }


def own_items(document: Document) -> int:
    """Those of the text itself, without attachments."""
    return sum(not item.part.id.startswith("a") for item in document.items)


def day(date: datetime.date | None) -> str | None:
    return date.isoformat() if date else None


def cited(answer: Answer, shown: Sequence[Match]) -> Sequence[Citation]:
    """What is quoted: of a large set only what is of the items shown."""
    if isinstance(answer.citations, Citations) and len(answer.items) > QUOTED:
        return answer.citations.of(shown)
    return answer.citations


def statement_of(statement: Statement, *, hans: bool) -> Json:
    items = [{"document": item.document, "id": item.id} for item in statement.items[:NAMED]]
    written: Json = {"kind": statement.kind, "text": statement.text, "values": statement.values, "items": items}
    return {**written, "hans": in_hans(statement.text) if hans else None}


def citation_of(citation: Citation, titles: Mapping[str, str]) -> Json:
    if citation.item:
        url = item_url(citation.item)
    else:
        anchor = f"section-{citation.section}" if citation.section is not None else "head"
        url = f"{document_url(citation.document)}#{anchor}"
    return {
        "document": citation.document,
        "document_title": titles.get(citation.document, ""),
        "id": citation.item.id if citation.item else None,
        "number": citation.item.number if citation.item else None,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "url": url,
    }


def named(document: Document, titles: Mapping[str, str]) -> Json:
    short = titles.get(document.id, document.title)
    return {"id": document.id, "title": document.title, "short_title": short, "short_title_hans": in_hans(short)}


def issued(document: Document) -> Json:
    by = document.issuer
    return {"issuer": by, "issuer_hans": in_hans(by), "number": document.number, "date": day(document.date)}


def rows_of(table: Sequence[Row], *, hans: bool) -> list[Json]:
    left, rows = IN_ROWS, []
    for row in table[:ROWS]:
        named = row.items[:left]
        left -= len(named)
        names = [{"document": item.document, "id": item.id} for item in named]
        ids = [item.id for item in named]
        made: Json = {"name": row.name, "count": len(row.items), "ids": ids, "items": names, "document": row.document}
        made["name_hans"] = in_hans(row.name) if hans else None
        rows.append({**made, "each": [{"document": id, "count": count} for id, count in row.each[:ROWS]]})
    return rows
