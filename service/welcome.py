"""What the chat page shows of a document before anything is asked: its parts and who leads, each with its question."""

from collections import Counter
from dataclasses import dataclass

from corpus import Document, to_simplified
from service.understanding import departments_of, name_key

PARTS = 12  # headings that a card shows
LEADS = 16  # departments


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a click asks about: 三、…, 6 items, 第3部分有哪些任务."""

    said: str
    count: int
    question: str


@dataclass(frozen=True, slots=True)
class Outlined:
    """Of a document what may be asked at a click; those left out are counted."""

    parts: tuple[Offer, ...]
    more_parts: int
    leads: tuple[Offer, ...]
    more_leads: int


def outlined(document: Document) -> Outlined:
    parts, leads = _parts(document), _leads(document)
    return Outlined(tuple(parts[:PARTS]), len(parts[PARTS:]), tuple(leads[:LEADS]), len(leads[LEADS:]))


def _parts(document: Document) -> list[Offer]:
    """The outermost headings of the text itself that hold items."""
    counts = Counter(item.path[0].id for item in document.items if item.path)
    own = [unit for unit in document.sections if not unit.part.id and counts[unit.id]]
    return [Offer(unit.title, counts[unit.id], f"{unit.label}有哪些任务") for unit in own]


def _leads(document: Document) -> list[Offer]:
    """Those that lead most first, then in order of appearance."""
    counts = Counter(key for item in document.items for key in {name_key(name) for name in item.lead})
    names = {key: name for key, name in departments_of([document]).items() if counts[key]}
    role = "负责" if any(item.responsible for item in document.items) else "牵头"
    return [
        Offer(names[key], counts[key], f"{to_simplified(names[key])}{role}哪些任务")
        for key in sorted(names, key=lambda key: -counts[key])
    ]
