"""A set as it is looked at: which columns, in which order, in which groups. The file that is kept is the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus import Document, Item, to_simplified
from service.answering import Answer, Match, Voice

Column = Literal["label", "section", "text", "lead", "support", "due", "document"]
Sort = Literal["label", "lead", "support", "due"]
Group = Literal["department", "section"]
Cell = str | int
Row = Mapping[str, Cell]  # by the heading of its column

HEADINGS: dict[Column, str] = {
    "label": "编号",
    "section": "部分",
    "text": "内容",
    "lead": "牵头部门",
    "support": "协作部门",
    "due": "时限",
    "document": "文件",
}
CONVERTED = "文件写的是繁体，这里转为简体供阅读"  # said where its words are not as it writes them
RESPONSIBLE = "责任单位"  # instead of 牵头部门, where the text says of none that it leads
GROUPED: dict[Group, str] = {"department": "部门", "section": "部分"}


class Writing(Voice):
    """Our own words in the asker's script; the document's as it writes them."""

    def name(self, source: str) -> str:
        return source


@dataclass(frozen=True, slots=True)
class View:
    """`columns` is None where all are wanted; `sort` where the order is another than the document's; `hans`: the document's
    words in Simplified, to be read."""

    columns: tuple[Column, ...] | None = None
    sort: Sort | None = None
    descending: bool = False
    group: Group | None = None
    hans: bool = False


def filled(rows: Sequence[Row]) -> list[Row]:
    """Without columns that hold nothing; with all, where every one does."""
    names = list(rows[0]) if rows else []
    held = [name for name in names if any(row[name] != "" for row in rows)]
    return [{name: row[name] for name in held or names} for row in rows]


def in_script(written: Sequence[Row], view: View) -> Sequence[Row]:
    """Each in one script: the documents' own, or Simplified throughout."""
    if not view.hans:
        return written
    return [{to_simplified(name): _read(cell) for name, cell in row.items()} for row in written]


def opening_lines(answer: Answer, *, converted: bool) -> list[str]:
    """Of a text: the question and what is said first."""
    return [answer.plan.question, "", answer.text.split("\n")[0], *([CONVERTED] if converted else []), ""]


def _read(cell: Cell) -> Cell:
    return to_simplified(cell) if isinstance(cell, str) else cell


def rows_of(answer: Answer, documents: Sequence[Document], view: View) -> list[Row]:
    """A row an item, as its document writes it; in groups one for each group that it is in, which comes first."""
    own = {document.id: document for document in documents}
    items = sorted_by(view, answer.items)
    heads = {column: _heading(column, answer.items) for column in view.columns or HEADINGS}
    if view.group is None:
        return [_row(match, answer, own, heads) for match in items]
    heading = GROUPED[view.group]
    unnamed = Writing(answer.script, documents).say("未写明")
    others = {column: head for column, head in heads.items() if head != heading}
    return [
        {heading: name or unnamed, **_row(match, answer, own, others)}
        for name, matches in _groups(items, own, view.group)
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


def _groups(items: Sequence[Match], own: dict[str, Document], group: Group) -> list[tuple[str, list[Match]]]:
    """Departments by how many items they lead, most first, and those that nobody leads; sections as they come."""
    found: dict[str, list[Match]] = {}
    for match in items:
        if group == "department":
            names = list(match.item.lead) or [""]
        else:
            names = [own[match.item.document].section_title(match.item) or ""]
        for name in names:
            found.setdefault(name, []).append(match)
    if group == "section":
        return list(found.items())
    return sorted(found.items(), key=lambda one: (one[0] == "", -len(one[1])))


def _row(match: Match, answer: Answer, own: dict[str, Document], heads: dict[Column, str]) -> dict[str, Cell]:
    item, document = match.item, own[match.item.document]
    words = document.collective_words(item)  # as they are shown: who they stand for is no name of the text
    cells: dict[Column, Cell] = {
        "label": Writing(answer.script, [document]).label(item),
        "section": document.section_title(item) or "",
        "text": item.text,
        "lead": "、".join(item.lead),
        "support": "、".join((*item.support, *words) if words else item.supporting),
        "due": item.due.text if item.due else "",
        "document": document.title,
    }
    return {head: cells[column] for column, head in heads.items()}


def _heading(column: Column, items: Sequence[Match]) -> str:
    leaderless = column == "lead" and all(one.item.responsible for one in items if one.item.lead)
    return RESPONSIBLE if leaderless and any(one.item.lead for one in items) else HEADINGS[column]
