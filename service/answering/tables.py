"""Answers that are tables: how often each department has a role, how many items each section has, items in groups."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus import Item
from index import Items
from service.answering.answer import Answer, Match, Row, Statement, items_of
from service.answering.files import split
from service.answering.reading import asked
from service.answering.scope import LINES, Scope
from service.answering.voice import newest
from service.understanding import Role, departments_of, name_key, role_field, role_word

EACH = 5  # documents that a row names


def department_rows(scope: Scope, role: Role, items: Sequence[Item]) -> list[Row]:
    """Each department with the items where it has the role, most first, then by first appearance."""
    names = departments_of(scope.documents)
    for one in scope.plan.roles:
        if one.rule == "none":  # 除…外，谁牵头最多: the row, not the items
            for name in one.names:
                names.pop(name_key(name), None)
    columns = scope.index.columns
    having, number = columns.departments_of(role, columns.of(items))
    order = np.argsort(number, kind="stable")
    having, number = having[order], number[order]
    own = [slice(*np.searchsorted(number, [one, one + 1])) for one in (columns.numbers.get(key, -1) for key in names)]
    rows = [Row(name, scope.items.at(having[some])) for name, some in zip(names.values(), own, strict=True)]
    return sorted(rows, key=lambda row: -len(row.items))


def tally(scope: Scope, items: Sequence[Item]) -> Answer:
    """The departments by how often they have the role, and those with the most, the fewest, or just so many."""
    voice, ask = scope.voice, scope.plan.ask
    role: Role = ask.role or "any"
    every = department_rows(scope, role, items)
    if not any(row.items for row in every):
        missing = voice.say(role_field(role))
        return scope.decline("field_absent", voice.state("field_absent", asked=missing))
    exactly = 0 if ask.order == "none" else ask.exactly
    if exactly is not None:
        return _exactly(scope, role, exactly, [row for row in every if len(row.items) == exactly])
    rows = [row for row in every if row.items]
    if ask.each:
        return _each(scope, role, rows)
    if ask.order == "every":
        return _in_role(scope, role, rows)
    if ask.top:
        return _top(scope, role, rows, ask.top)
    extreme = len(rows[-1 if ask.order == "least" else 0].items)
    named = [row for row in rows if len(row.items) == extreme]
    values: dict[str, str | int] = {
        "role": voice.say(role_word(role)),
        "names": voice.names([row.name for row in named], voice.say("和")),
        "each": voice.say("各" if len(named) > 1 else "共"),
        "counted": voice.counted(extreme, scope.items),
    }
    lines = [
        voice.state("tally_least" if ask.order == "least" else "tally_most", (), **values),
        *row_lines(scope, rows),
    ]
    return _table(scope, scope.cut(lines, len(rows)), rows, named)


def _each(scope: Scope, role: Role, rows: list[Row]) -> Answer:
    """Each department with how many items it has in each document."""
    voice = scope.voice
    rows = [replace(row, each=split(scope, row.items)) for row in rows]
    titles = {document.id: f"《{voice.title(document.id)}》" for document in scope.documents}
    lines = [voice.state("tally_each", role=voice.say(role_word(role)))]
    for row in rows[:LINES]:
        each = "，".join(voice.say("{title}{count}项", title=titles[id], count=count) for id, count in row.each[:EACH])
        more = voice.say("等{count}份文件", count=len(row.each)) if len(row.each) > EACH else ""
        values: dict[str, str | int] = {"name": voice.name(row.name), "count": len(row.items), "each": each + more}
        lines.append(voice.state("row_each", row.items, **values))
    return _table(scope, scope.cut(lines, len(rows)), rows, rows)


def _in_role(scope: Scope, role: Role, rows: list[Row]) -> Answer:
    """How many departments have the role, and which."""
    line = _those(scope, f"{role_word(role)}任务的部门", rows)
    return _table(scope, [line, *row_lines(scope, rows)], rows, rows)


def _top(scope: Scope, role: Role, rows: list[Row], top: int) -> Answer:
    """The first so many, and those that have as many items as the last of them."""
    voice = scope.voice
    least = len(rows[min(top, len(rows)) - 1].items)
    named = [row for row in rows if len(row.items) >= least]
    names = voice.names(row.name for row in named)
    tied = "tally_top_tied" if len(named) > top else "tally_top"
    line = voice.state(tied, role=voice.say(role_word(role)), top=top, names=names, count=len(named))
    return _table(scope, [line, *row_lines(scope, rows)], rows, named)


def _exactly(scope: Scope, role: Role, count: int, rows: list[Row]) -> Answer:
    asked_for = f"{role_word(role)}{count}项任务的部门" if count else f"没有{role_word(role)}任务的部门"
    return _table(scope, [_those(scope, asked_for, rows)], rows, rows)


def _those(scope: Scope, asked_for: str, rows: Sequence[Row]) -> Statement:
    voice = scope.voice
    if not rows:
        return voice.state("exactly_none", asked=voice.say(asked_for))
    return voice.state(
        "exactly", asked=voice.say(asked_for), count=len(rows), names=voice.names(row.name for row in rows)
    )


def _table(scope: Scope, lines: list[Statement], rows: Sequence[Row], named: Sequence[Row]) -> Answer:
    departments = tuple(row.name for row in named)
    return scope.answer(lines, table=tuple(rows), count=len(rows), departments=departments)


def row_lines(scope: Scope, rows: Sequence[Row]) -> list[Statement]:
    return [_row_line(scope, row) for row in rows[:LINES]]


def _row_line(scope: Scope, row: Row) -> Statement:
    """With how many are of each document, where they are of several."""
    voice = scope.voice
    values: dict[str, str | int] = {"name": voice.name(row.name), "count": len(row.items)}
    own = scope.by_document(row.items) if isinstance(row.items, Items) and len(scope.documents) > 1 else {}
    if row.document or not own:
        return voice.state("row", row.items, **values)
    each = [f"《{voice.title(one.id)}》{voice.short_count(len(items), items)}" for one, items in own.items()]
    more = voice.say("等{count}份文件", count=len(each)) if len(each) > EACH else ""
    return voice.state("row_of_documents", row.items, each="、".join(each[:EACH]) + more, **values)


def section_rows(scope: Scope, items: Sequence[Item]) -> list[Row]:
    columns = scope.index.columns
    chosen, rows = columns.of(items), []
    several = len(scope.documents) > 1
    for document in newest(scope.documents):
        at = columns.place[document.id]
        title = f"《{scope.voice.title(document.id)}》" if several else ""
        begin, end = int(columns.first[at]), int(columns.first[at + 1])
        for section in document.sections:
            own = chosen[begin:end] & (columns.section[begin:end] == section.number)
            rows.append(Row(title + section.title, scope.items.at(begin + np.flatnonzero(own)), document.id))
    return rows


def by_section(scope: Scope, items: Sequence[Item]) -> Answer:
    """How many items each section has; or which has the most or the fewest."""
    voice, ask = scope.voice, scope.plan.ask
    rows = section_rows(scope, items)
    total = voice.counted(sum(len(row.items) for row in rows), scope.items)
    lines = [voice.state("sections_total", count=len(rows), total=total)]
    if ask.exactly is not None:
        sizes = [len(row.items) for row in rows]
        extreme = min(sizes) if ask.order == "least" else max(sizes)
        named = [row.name for row in rows if len(row.items) == extreme]
        values: dict[str, str | int] = {
            "names": voice.names(named),
            "each": voice.say("各" if len(named) > 1 else "共"),
            "counted": voice.counted(extreme, scope.items),
        }
        lines.insert(0, voice.state("sections_least" if ask.order == "least" else "sections_most", (), **values))
    return scope.answer([*lines, *row_lines(scope, rows)], table=tuple(rows), count=len(rows))


def grouped(scope: Scope, found: Sequence[Match]) -> Answer:
    """The items in groups, by department or by section: a row a group, every item whole below."""
    voice, plan = scope.voice, scope.plan
    items = items_of(found)
    role: Role = plan.ask.role or "lead"
    by_department = plan.layout == "department"
    rows = department_rows(scope, role, items) if by_department else section_rows(scope, items)
    rows = [row for row in rows if row.items]
    if not rows:
        none = voice.state("none", noun=voice.noun(scope.items), asked=asked(plan, voice))
        return scope.answer([none], count=0)
    by = voice.say(role_field(role) if by_department else "部分")
    lines = [voice.state("grouped", by=by, counted=voice.counted(len(found), scope.items))]
    lines += [
        voice.state("group", row.items, name=voice.name(row.name), count=len(row.items), labels=voice.labels(row.items))
        for row in rows[:LINES]
    ]
    citations = scope.citations(found)
    lines = scope.cut(lines, len(rows))
    return scope.answer(lines, items=found, citations=citations, table=tuple(rows), count=len(found))
