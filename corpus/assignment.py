"""Who does what until when: the notes of all items of a document, read together.

>>> one = Unassigned("建成平台。（省数据局牵头，省财政厅配合，2025年12月底前完成）")
>>> [assigned] = assign([one], issued=None)
>>> assigned.lead, assigned.support, assigned.dues[0].text
(('省数据局',), ('省财政厅',), '2025年12月底前')
"""

import dataclasses
import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.bodies import kind_of, written
from corpus.columns import Column
from corpus.deadlines import Due, find_dues
from corpus.note_forms import Note, Unread, find_notes
from corpus.note_parts import FIRST_LEADS, Reading, dues_of, people_in, read
from corpus.roles import Role
from corpus.script import fold, spellings


@dataclass(frozen=True, slots=True)
class Unassigned:
    """An item before its notes are read: its text after the number, the headings above it (outermost first), and
    for a row of a table where its cells stand."""

    text: str
    headings: tuple[str, ...] = ()
    cells: tuple[tuple[Column, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """Offsets are into the item's text; names are as the source writes them."""

    body: tuple[int, int]
    notes: tuple[tuple[int, int], ...]
    lead: tuple[str, ...]  # those that lead, or where nobody does those that are responsible
    support: tuple[str, ...]
    collective: tuple[str, ...]  # they support only through words such as 各部室
    bodies: tuple[str, ...]  # those of `lead` and `support` that are of a kind: 各市、县政府
    responsible: bool  # the text says 责任 or 负责 and never 牵头
    sharing: tuple[str, ...]  # those of `support` that it says this of, too: another leads because it comes first
    dues: tuple[Due, ...]  # of notes first; one that a heading gives has start == end
    leaders: tuple[str, ...]  # people who answer for it
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """What an item says by itself."""

    body: tuple[int, int]
    notes: tuple[tuple[int, int], ...]
    roles: tuple[tuple[str, Role], ...]  # names as written
    first_leads: bool
    dues: tuple[Due, ...]
    leaders: tuple[str, ...]
    warnings: tuple[str, ...]


def assign(items: Sequence[Unassigned], issued: datetime.date | None, text_rules: str = "") -> list[Assigned]:
    """One for each item. `text_rules`: the rest of the document, where 列第一位的为牵头单位 may be said once."""
    first_leads = bool(FIRST_LEADS.search(fold(text_rules)))
    headings: dict[str, _Read] = {}
    found = []
    for item in items:
        one = _read_row(item, issued) if item.cells else _read_text(item.text, issued)
        for heading in reversed(item.headings):
            if heading not in headings:
                headings[heading] = _read_text(heading, issued)
            one = _inherited(one, headings[heading])
        first_leads |= one.first_leads or any(headings[heading].first_leads for heading in item.headings)
        found.append(_settled(one, first_leads))
    return _with_collective(found)


# One item

_NOTES: tuple[Column, ...] = ("lead", "support", "responsible", "due")  # their cells are a row's notes


def _read_text(text: str, issued: datetime.date | None) -> _Read:
    folded = fold(text)
    notes, unread = find_notes(folded, issued)
    start, end = _body(folded, notes)
    outside = _blanked(text, notes)
    return _Read(
        body=(start, end),
        notes=tuple((note.start, note.end) for note in notes),
        roles=tuple(role for note in notes for role in _roles(text, note.reading)),
        first_leads=any(note.reading.first_leads for note in notes) or bool(FIRST_LEADS.search(folded)),
        dues=_dues(text, [due for note in notes for due in note.reading.dues], find_dues(outside, issued)),
        leaders=tuple(text[start:end] for note in notes for start, end in note.reading.leaders),
        warnings=(
            *(_unread(text, one) for one in unread),
            *(_problem(p) for note in notes for p in note.reading.problems),
        ),
    )


def _read_row(item: Unassigned, issued: datetime.date | None) -> _Read:
    folded = fold(item.text)
    spans = {column: (start, end) for column, start, end in reversed(item.cells)}
    start, end = spans.get("task", (0, 0))
    task = _read_text(item.text[start:end], issued)
    cells = Reading()
    for column, low, high in item.cells:
        if column in ("lead", "support", "responsible"):
            cells.add(read(folded, low, high, issued, role=column, by_line=True))
        elif column == "leader":
            cells.leaders += people_in(folded, low, high)
        elif column == "due":
            cells.dues += dues_of(folded, low, high, issued)
    notes = [(low, high) for column, low, high in item.cells if column in _NOTES and folded[low:high].strip()]
    moved = [dataclasses.replace(due, start=due.start + start, end=due.end + start) for due in task.dues]
    return _Read(
        body=(task.body[0] + start, task.body[1] + start),
        notes=tuple(sorted([*notes, *((low + start, high + start) for low, high in task.notes)])),
        roles=(*task.roles, *_roles(item.text, cells)),
        first_leads=task.first_leads,
        dues=_dues(item.text, cells.dues, moved),
        leaders=(*task.leaders, *(item.text[low:high] for low, high in cells.leaders)),
        warnings=(*task.warnings, *map(_problem, cells.problems)),
    )


def _body(folded: str, notes: list[Note]) -> tuple[int, int]:
    """What is left when white space and the notes at the end are cut."""
    end = len(folded.rstrip())
    for note in reversed(notes):
        if note.end < end or note.said:
            break
        end = len(folded[: note.start].rstrip())
    return min(len(folded) - len(folded.lstrip()), end), end


def _blanked(text: str, notes: list[Note]) -> str:
    """The text with stops in place of its notes: offsets stay."""
    for note in notes:
        text = text[: note.start] + "。" * (note.end - note.start) + text[note.end :]
    return text


def _roles(text: str, reading: Reading) -> list[tuple[str, Role]]:
    """Names and their roles: beside one that leads, those responsible support; a mere list is responsible."""
    named = [(written(text, one.start, one.end), one.role or "responsible") for one in reading.parties]
    named = [(name, role) for name, role in named if kind_of(fold(name)) != "nobody"]
    leads = any(role == "lead" for _, role in named)
    return [(name, "support" if leads and role == "responsible" else role) for name, role in named]


def _dues(text: str, first: Iterable[Due], then: Iterable[Due]) -> tuple[Due, ...]:
    """Their words from the source; none twice."""
    dues: dict[tuple[str, datetime.date | None], Due] = {}
    for due in (*first, *then):
        verbatim = dataclasses.replace(due, text=text[due.start : due.end])
        dues.setdefault((verbatim.text, verbatim.by), verbatim)
    return tuple(dues.values())


def _unread(text: str, one: Unread) -> str:
    return f"应为{one.expected}，实为“{text[one.start : one.end].strip()[:40]}”"


def _problem(piece: str) -> str:
    return f"应为用“、”分隔的部门名称，实为“{piece.strip()[:40]}”"


# All items together


def _inherited(one: _Read, heading: _Read) -> _Read:
    """What a heading says holds for an item that names nobody."""
    if one.roles or not heading.roles:
        return one
    dues = tuple(dataclasses.replace(due, start=0, end=0) for due in heading.dues if heading.notes)
    return dataclasses.replace(one, roles=heading.roles, dues=one.dues or dues, leaders=one.leaders or heading.leaders)


def _settled(one: _Read, first_leads: bool) -> Assigned:
    """Names by their part; words for many apart."""
    roles = list(one.roles)
    sharing: list[str] = []
    if first_leads and roles and all(role != "lead" for _, role in roles):
        first = next((at for at, (_, role) in enumerate(roles) if role == "responsible"), None)
        sharing = [name for at, (name, role) in enumerate(roles) if role == "responsible" and at != first]
        roles = [(name, "lead" if at == first else "support") for at, (name, _) in enumerate(roles)]
    leads = any(role == "lead" for _, role in roles)
    kinds = {name: kind_of(fold(name)) for name, _ in roles}
    lead = [name for name, role in roles if role != "support"]
    support = [name for name, role in roles if role == "support" and kinds[name] != "own"]
    many = [name for name, role in roles if kinds[name] == "many" or (kinds[name] == "own" and role != "support")]
    own = [name for name, role in roles if kinds[name] == "own" and role == "support"]
    return Assigned(
        body=one.body,
        notes=one.notes,
        lead=_once(lead),
        support=_once(support),
        collective=_once(own),  # the words, until every department is known
        bodies=_once(many),
        responsible=bool(roles) and not leads and any(role == "responsible" for _, role in roles),
        sharing=_once(name for name in sharing if name in support),
        dues=one.dues,
        leaders=_once(one.leaders),
        warnings=one.warnings,
    )


def _with_collective(items: list[Assigned]) -> list[Assigned]:
    """各部室 replaced by every department that the document names, those that the item names itself apart; bodies of a
    kind are nobody's own."""
    many = spellings(name for item in items for name in item.bodies)
    every = {
        key: name
        for key, name in spellings(name for item in items for name in item.lead + item.support).items()
        if key not in many and not _OUTSIDE.search(key)
    }
    replaced = []
    for item in items:
        taken = spellings(item.lead + item.support)
        added = tuple(name for key, name in every.items() if key not in taken) if item.collective else ()
        alone = () if added else item.collective  # 各部门, where the document names none
        support, bodies = _once(item.support + alone), _once(item.bodies + alone)
        replaced.append(dataclasses.replace(item, support=support, collective=added, bodies=bodies))
    return replaced


_OUTSIDE = re.compile(
    r"(?:政府|管委会|街道|镇|乡|市|县|区|公司|集团)(?:\([^()]*\))?$"
)  # no departments of anybody's own


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(spellings(names).values())
