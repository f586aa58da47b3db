"""A document as bytes that can be taken up item by item: its text, its outline, and a record for each item."""

import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.deadlines import Due
from corpus.document import Document, HeadPart, Item, Part, Place, Step, Unit, Warned
from corpus.span import Span


@dataclass(frozen=True, slots=True)
class Packed:
    """`header` is what is known of every document without opening it; a record holds no text, but where in the text's
    bytes its own begins and ends."""

    header: dict[str, Any]
    text: bytes
    outline: bytes
    records: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What items of one document share."""

    head: tuple[HeadPart, ...]
    parts: tuple[Part, ...]
    outline: tuple[Unit, ...]
    warnings: tuple[Warned, ...]


class Stored(Document):
    """A document whose text, outline and items are taken up when they are first asked for."""

    __slots__ = ("_departments", "_head_text", "_leaders", "_take_up")
    _take_up: Callable[[str], Any]
    _departments: tuple[str, ...]
    _head_text: str
    _leaders: tuple[str, ...]

    @property
    def leaders(self) -> tuple[str, ...]:
        return self._leaders

    @property
    def departments(self) -> tuple[str, ...]:
        return self._departments

    @property
    def head_text(self) -> str:
        return self._head_text

    def __getattr__(self, name: str) -> Any:
        if name in _LIGHT or name not in Document.__dataclass_fields__:
            raise AttributeError(name)
        return self._take_up(name)


_LIGHT = ("id", "title", "issuer", "date", "number", "due_year", "format", "encoding")


def stored(header: dict[str, Any], take_up: Callable[[str], Any]) -> Stored:
    """`take_up` gives a field of the document by its name."""
    document = Stored.__new__(Stored)
    date = header["date"]
    values = {name: header[name] for name in _LIGHT} | {"date": datetime.date.fromisoformat(date) if date else None}
    values |= {"_departments": tuple(header["departments"]), "_head_text": header["head_text"], "_take_up": take_up}
    values |= {"_leaders": tuple(header["leaders"])}
    for name, value in values.items():
        object.__setattr__(document, name, value)
    return document


def pack(document: Document) -> Packed:
    header = {name: getattr(document, name) for name in _LIGHT}
    header["date"] = document.date.isoformat() if document.date else None
    header["departments"], header["head_text"] = list(document.departments), document.head_text
    header["leaders"] = list(document.leaders)
    units = {id(unit): at for at, unit in enumerate(document.outline)}
    parts = {id(part): at for at, part in enumerate(document.parts)}
    outline = [
        [[one.role, *_pair(one.span)] for one in document.head],
        [[one.id, one.label, one.title, *_pair(one.span)] for one in document.parts],
        [[u.id, u.number, u.label, u.title, u.level, parts[id(u.part)], *_pair(u.span)] for u in document.outline],
        [[one.line, one.expected, one.found, one.assumed] for one in document.warnings],
    ]
    places = _bytes_before(document.text, [place for item in document.items for place in _pair(item.body)])
    records = tuple(
        _dumped(_record(item, units, parts, places[item.body.start], places[item.body.end])) for item in document.items
    )
    return Packed(header, document.text.encode(errors="surrogatepass"), _dumped(outline), records)


def _record(item: Item, units: dict[int, int], parts: dict[int, int], begin: int, end: int) -> list[Any]:
    return [
        *(begin, end, item.id, item.number, item.label),
        [[step.style, step.number, step.suffix] for step in item.steps],
        [units[id(unit)] for unit in item.path],
        parts[id(item.part)],
        _pair(item.span),
        _pair(item.body),
        [_pair(note) for note in item.notes],
        *(item.lead, item.support, item.collective, item.sharing, item.bodies, item.responsible),
        [[due.text, due.by.isoformat() if due.by else None, due.start, due.end] for due in item.dues],
        [[place.kind, place.number, *_pair(place.span)] for place in item.places],
        item.leaders,
    ]


def unpack_outline(content: bytes) -> Skeleton:
    head, parts, outline, warnings = json.loads(content)
    made = tuple(Part(id, label, title, Span(*span)) for id, label, title, *span in parts)
    return Skeleton(
        tuple(HeadPart(role, Span(*span)) for role, *span in head),
        made,
        tuple(
            Unit(id, number, label, title, level, made[part], Span(*span))
            for id, number, label, title, level, part, *span in outline
        ),
        tuple(Warned(*warned) for warned in warnings),
    )


def unpack_item(record: bytes, document: str, skeleton: Skeleton, text: Callable[[int, int], str]) -> Item:
    """`text` gives what stands between two bytes of the document's text."""
    fields = json.loads(record)
    begin, end, id, number, label, steps, path, part, span, body, notes, *roles, responsible, dues, places, leaders = (
        fields
    )
    lead, support, collective, sharing, bodies = (tuple(names) for names in roles)
    return Item(
        document=document,
        id=id,
        number=number,
        label=label,
        steps=tuple(Step(*step) for step in steps),
        path=tuple(skeleton.outline[at] for at in path),
        part=skeleton.parts[part],
        span=Span(*span),
        body=Span(*body),
        text=text(begin, end),
        notes=tuple(Span(*note) for note in notes),
        lead=lead,
        support=support,
        collective=collective,
        sharing=sharing,
        bodies=bodies,
        leaders=tuple(leaders),
        responsible=responsible,
        dues=tuple(Due(said, datetime.date.fromisoformat(by) if by else None, *at) for said, by, *at in dues),
        places=tuple(Place(kind, number, Span(*at)) for kind, number, *at in places),
    )


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _bytes_before(text: str, places: Sequence[int]) -> dict[int, int]:
    """How many bytes stand before each of these characters."""
    found: dict[int, int] = {}
    at = count = 0
    for place in sorted(set(places)):
        count += len(text[at:place].encode(errors="surrogatepass"))
        at = place
        found[place] = count
    return found


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")
