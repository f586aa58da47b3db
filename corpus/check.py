"""What was read of a document, for its owner to look over: the facts, the outline, departments, deadlines, warnings."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.document import Document, Item, Part, Unit
from corpus.script import fold

SHOWN = 30  # departments, deadlines or warnings that the text lists; --json lists all
OPENING = 24  # characters of an item shown


def report(document: Document) -> dict[str, Any]:
    """Everything, for --json."""
    below, by_part = _below(document), document.items_by_part()
    return {
        "id": document.id,
        "format": document.format,
        "encoding": document.encoding,
        "title": document.title,
        "issuer": document.issuer,
        "date": document.date.isoformat() if document.date else None,
        "number": document.number,
        "items": sum(not part.id.startswith("a") for part in (item.part for item in document.items)),
        "parts": [
            {"id": part.id, "label": part.label, "title": part.title, "items": len(by_part[part.id])}
            for part in document.parts
        ],
        "outline": [
            {
                "id": unit.id,
                "label": unit.label,
                "title": unit.title,
                "level": unit.level,
                "items": below[unit],
            }
            for unit in document.outline
        ],
        "departments": departments(document),
        "deadlines": [
            {"id": item.id, "label": item.label, "text": due.text, "by": due.by.isoformat() if due.by else None}
            for item in document.items
            for due in item.dues
        ],
        "warnings": [
            {"line": one.line, "expected": one.expected, "found": one.found, "assumed": one.assumed}
            for one in document.warnings
        ],
    }


def departments(document: Document) -> list[dict[str, Any]]:
    """How often each leads and supports, most first; `collective` where it is all of a kind."""
    lead, support, through = Counter[str](), Counter[str](), Counter[str]()
    written: dict[str, str] = {}
    many: set[str] = set()
    for item in document.items:
        for names, counted in ((item.lead, lead), (item.support, support), (item.collective, through)):
            for name in names:
                written.setdefault(fold(name), name)
                counted[fold(name)] += 1
        many.update(map(fold, item.bodies))
    order = list(written)
    rows = [
        {
            "name": written[key],
            "lead": lead[key],
            "support": support[key],
            "through": through[key],
            "collective": key in many,
        }
        for key in order
    ]
    return sorted(rows, key=lambda row: -(row["lead"] * 1000 + row["support"]))


def lines(document: Document) -> Iterator[str]:
    """The same in words."""
    told = report(document)
    encoding = f"，{document.encoding}" if document.encoding else ""
    yield f"格式　　{document.format}{encoding}"
    yield f"标题　　{document.title}"
    yield f"印发　　{document.issuer or '（没有读到）'}"
    yield f"日期　　{told['date'] or '（没有读到）'}"
    yield f"文号　　{document.number or '（没有读到）'}"
    attached = len(document.items) - told["items"]
    yield f"条目　　{told['items']}个" + (f"，附件另有{attached}个" if attached else "")
    yield ""
    below, by_part = _below(document), document.items_by_part()
    for part in document.parts:
        yield from _tree(document, part, by_part[part.id], below)
    yield ""
    yield from _who(told["departments"])
    yield from _when(document)
    yield f"提醒　　{len(document.warnings)}处" if document.warnings else "提醒　　没有"
    yield from (f"  {warning}" for warning in document.warnings[:SHOWN])
    yield from _more(len(document.warnings))


def _tree(document: Document, part: Part, items: Sequence[Item], below: Counter[Unit]) -> Iterator[str]:
    if part.label:
        yield f"{part.label}　{part.title}（{len(items)}个条目）"
    ordered: list[tuple[int, int, str]] = []
    for unit in document.outline:
        if unit.part is part:
            indent = "  " * unit.level
            ordered.append((unit.span.start, 0, f"{indent}{unit.title[:40]}（{below[unit]}）"))
    for item in items:
        indent = "  " * (len(item.path) + 1)
        first = item.text.split("\n")[0]
        shown = first if len(first) <= OPENING else f"{first[:OPENING]}…"
        ordered.append((item.span.start, 1, f"{indent}[{item.id}] {shown}"))
    yield from (line for _, _, line in sorted(ordered))


def _below(document: Document) -> Counter[Unit]:
    """How many items stand below each heading."""
    return Counter(unit for item in document.items for unit in item.path)


def _who(rows: list[dict[str, Any]]) -> Iterator[str]:
    yield f"部门　　{len(rows)}个" if rows else "部门　　没有读到"
    for row in rows[:SHOWN]:
        kind = "（统称）" if row["collective"] else ""
        through = f"，以统称协作{row['through']}" if row["through"] else ""
        yield f"  {row['name']}{kind}：牵头或负责{row['lead']}，协作{row['support']}{through}"
    yield from _more(len(rows))


def _when(document: Document) -> Iterator[str]:
    dues = [(item, due) for item in document.items for due in item.dues]
    yield f"时限　　{len(dues)}处" if dues else "时限　　没有读到"
    for item, due in dues[:SHOWN]:
        yield f"  [{item.id}] {due.text}" + (f" → {due.by.isoformat()}" if due.by else "")
    yield from _more(len(dues))


def _more(count: int) -> Iterator[str]:
    if count > SHOWN:
        yield f"  ……另有{count - SHOWN}；--json 全部列出"
