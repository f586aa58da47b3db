"""A set as it is looked at: which columns, in which order, in which groups. The file that is kept is the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from corpus import Document, Item
from service.answering import Answer, Match, Voice

Column = Literal["label", "section", "text", "lead", "support", "due", "document"]
Sort = Literal["label", "lead", "support", "due"]
Group = Literal["department", "section"]
Cell = str | int

HEADINGS: dict[Column, str] = {
    "label": "编号",
    "section": "部分",
    "text": "原文",
    "lead": "牵头部门",
    "support": "协作部门",
    "due": "时限",
    "document": "文件",
}
GROUPED: dict[Group, str] = {"department": "部门", "section": "部分"}


@dataclass(frozen=True, slots=True)
class View:
    """`columns` is None where all are wanted; `sort` where the order is another than the document's."""

    columns: tuple[Column, ...] | None = None
    sort: Sort | None = None
    descending: bool = False
    group: Group | None = None


def rows_of(answer: Answer, documents: Sequence[Document], view: View) -> list[dict[str, Cell]]:
    """A row an item, under the columns' headings; in groups one for each group that it is in, which comes first."""
    own = {document.id: document for document in documents}
    items = sorted_by(view, answer.items)
    if view.group is None:
        return [_row(match, answer, own, view) for match in items]
    heading = GROUPED[view.group]
    unnamed = Voice(answer.script, documents).say("未写明")
    shown = replace(view, columns=tuple(one for one in view.columns or HEADINGS if HEADINGS[one] != heading))
    return [
        {heading: name or unnamed, **_row(match, answer, own, shown)}
        for name, matches in _groups(items, answer, own, view.group)
        for match in matches
    ]


def sorted_by(view: View, items: Sequence[Match]) -> list[Match]:
    """As the page sorts: what has nothing in the column comes last, both ways; what is alike stays in its order."""
    if view.sort is None:
        return list(items)
    if view.sort == "label":
        place = {id: at for at, id in enumerate(dict.fromkeys(match.item.document for match in items))}
        return sorted(items, key=lambda one: (place[one.item.document], one.item.body.start), reverse=view.descending)
    key = _KEYS[view.sort]
    having = [match for match in items if key(match.item)]
    without = [match for match in items if not key(match.item)]
    return sorted(having, key=lambda match: _units(key(match.item)), reverse=view.descending) + without


def _units(text: str) -> bytes:
    """As a browser compares strings."""
    return text.encode("utf-16-be", "surrogatepass")


_KEYS: dict[Sort, Callable[[Item], str]] = {
    "lead": lambda item: "、".join(item.lead),
    "support": lambda item: "、".join(item.supporting),
    "due": lambda item: f"{item.due.by or date.max} {item.due.text}" if item.due else "",
}


def _groups(
    items: Sequence[Match], answer: Answer, own: dict[str, Document], group: Group
) -> list[tuple[str, list[Match]]]:
    """Departments by how many items they lead, most first, and those that nobody leads; sections as they come."""
    found: dict[str, list[Match]] = {}
    for match in items:
        voice = Voice(answer.script, [own[match.item.document]])
        if group == "department":
            names = [voice.name(name) for name in match.item.lead] or [""]
        else:
            names = [own[match.item.document].section_title(match.item) or ""]
        for name in names:
            found.setdefault(name, []).append(match)
    if group == "section":
        return list(found.items())
    return sorted(found.items(), key=lambda one: (one[0] == "", -len(one[1])))


def _row(match: Match, answer: Answer, own: dict[str, Document], view: View) -> dict[str, Cell]:
    document = own[match.item.document]
    voice = Voice(answer.script, [document])
    due = match.item.due
    words = document.collective_words(match.item) if view.columns else ()  # as they are shown
    cells: dict[Column, Cell] = {
        "label": voice.label(match.item),
        "section": document.section_title(match.item) or "",
        "text": match.item.text,
        "lead": voice.names(match.item.lead),
        "support": voice.names((*match.item.support, *words) if words else match.item.supporting),
        "due": due.text if due else "",
        "document": document.title,
    }
    return {HEADINGS[column]: cells[column] for column in view.columns or HEADINGS}
