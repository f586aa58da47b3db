"""Answers about several documents: which of them, since when, and how many items in each."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from corpus import Document, Item
from index import Items, Rows
from service.answering.answer import Answer, Matches, Row, Statement
from service.answering.heads import written_in_head
from service.answering.notes import notes
from service.answering.reading import asked, denied
from service.answering.scope import FIRST, LINES, Scope
from service.answering.voice import Voice, newest
from service.understanding import edition_of, ranges

NAMED = 50  # items that the text names of one document


def of_documents(scope: Scope, rows: Rows) -> list[tuple[Document, Rows]]:
    """The documents that have some of the rows, the newest first, those without a date last."""
    return [(document, own.rows) for document, own in scope.by_document(scope.items.at(rows)).items()]


def _day(document: Document) -> date:
    year = edition_of(document).year
    return document.date or (date(year, 1, 1) if year else date.min)


def files(scope: Scope, found: Matches) -> Answer:
    """The documents in which some item is so, with how many in each."""
    voice, ask = scope.voice, scope.plan.ask
    every = of_documents(scope, found.items.rows)
    if not every:
        none = voice.state("none", noun=voice.noun(scope.items), asked=asked(scope.plan, voice))
        return scope.answer([none], count=0)
    if ask.order in ("first", "last"):
        return _since(scope, found, every)
    if ask.order in ("most", "least"):
        every.sort(key=lambda one: len(one[1]), reverse=ask.order == "most")
    rows = document_rows(scope, every)
    if ask.order == "every" and not scope.plan.where:  # 有哪些文件
        lines = scope.cut(_listed(scope, every, rows), len(rows))
        return scope.answer([*lines, *notes(scope)], table=tuple(rows), count=len(rows))
    ordered = found.of_rows(np.concatenate([own for _, own in every]))
    return scope.answer(
        [*scope.cut(_told(scope, rows), len(rows)), *notes(scope)],
        items=ordered,
        citations=scope.citations(ordered),
        table=tuple(rows),
        count=len(rows),
    )


def _told(scope: Scope, rows: Sequence[Row]) -> list[Statement]:
    """How many of the items each document has, where that is asked first which has the most or the fewest."""
    voice, ask = scope.voice, scope.plan.ask
    counted = sum(len(row.items) for row in rows)
    values: dict[str, str | int] = {
        "count": len(rows),
        "asked": asked(scope.plan, voice),
        "noun": voice.noun(scope.items),
        "counted": voice.counted(counted, scope.items),
    }
    lines = [voice.state("files", (), **values)]
    if ask.order in ("most", "least"):
        extreme = len(rows[0].items)
        names = voice.names((row.name for row in rows if len(row.items) == extreme), voice.say("和"))
        kind = "files_most" if ask.order == "most" else "files_least"
        lines.insert(
            0, voice.state(kind, (), names=names, **{**values, "counted": voice.counted(extreme, scope.items)})
        )
    lines += [_row_line(scope, row) for row in rows[:LINES]]
    if ask.order == "every" and scope.plan.topics and len(scope.plan.topics) == len(scope.plan.where):
        have = {row.document for row in rows}
        in_head = set.intersection(*(_in_head(scope, one.topic) for one in scope.plan.topics))
        lines += _told_in_head(voice, [one for one in newest(scope.documents) if one.id in in_head - have])
    return lines


def _listed(scope: Scope, every: Sequence[tuple[Document, Rows]], rows: Sequence[Row]) -> list[Statement]:
    """The documents themselves: who issued each, its number and its day."""
    voice, lines = scope.voice, [scope.voice.state("listed", count=len(rows))]
    for (document, _), row in list(zip(every, rows, strict=True))[:LINES]:
        date = document.date
        day = [voice.say(f"{date.year}年{date.month}月{date.day}日")] if date else []
        said = [*(voice.name(one) for one in (document.issuer, document.number) if one), *day, ""]
        values: dict[str, str | int] = {"name": row.name, "count": len(row.items), "unit": document.unit}
        lines.append(voice.state("listed_row", row.items, said="，".join(said), **values))
    return lines


def lacking(scope: Scope) -> Answer:
    """The documents without any such item, of those that have what else is asked; how many the others have, and which
    write it before their items."""
    plan, voice, noun = scope.plan, scope.voice, scope.voice.noun(scope.items)
    others = replace(plan, where=plan.demands)
    those = newest(scope.documents)
    if plan.demands:
        those = tuple(one for one, _ in of_documents(scope, scope.filtered(plan.demands).items.rows))
    every = _having(scope, {one.id for one in those})
    have = {document.id for document, _ in every}
    in_head = set[str]().union(*(_in_head(scope, one.topic) for one in plan.topics if one.not_))
    rest = [one for one in those if one.id not in have]
    without = [one for one in rest if one.id not in in_head]
    values: dict[str, str | int] = {"noun": noun, "asked": denied(plan, voice)}
    if plan.demands:
        values["asked"] = voice.say("{said}（{others}的文件中）", others=asked(others, voice), said=values["asked"])
    lines = [voice.state("files_lacking_none", (), **values)]
    if without:
        lines = [voice.state("files_lacking", (), count=len(without), names=voice.titles(without, LINES), **values)]
    lines += _told_in_head(voice, [one for one in rest if one.id in in_head])
    if without and every:
        counted = voice.counted(sum(len(rows) for _, rows in every), scope.items)
        lines.append(voice.state("files_having", (), count=len(every), counted=counted))
    rows = document_rows(scope, every)
    lines = scope.cut([*lines, *(_row_line(scope, row) for row in rows[:LINES])], len(rows))
    table = tuple(Row(_title(voice, one), scope.items.at(scope.items.rows[:0]), one.id) for one in without)
    return scope.answer([*lines, *notes(scope)], table=table, count=len(table))


def written_before_items(scope: Scope) -> Answer | None:
    """The documents that write the one topic before their items, where no item does; None where there are none."""
    topics = scope.plan.topics
    one_topic = len(topics) == 1 == len(scope.plan.where)
    ids = {one.id for one in written_in_head(topics[0].topic, scope.documents)} if one_topic else set()
    told = [one for one in newest(scope.documents) if one.id in ids]
    if not told:
        return None
    none = scope.voice.state("none", noun=scope.voice.noun(scope.items), asked=asked(scope.plan, scope.voice))
    table = tuple(Row(_title(scope.voice, one), scope.items.at(scope.items.rows[:0]), one.id) for one in told)
    lines = [none, scope.voice.state("only_in_head", count=len(told), names=scope.voice.titles(told, LINES))]
    return scope.answer(lines, table=table, count=len(table))


def _in_head(scope: Scope, topic: str) -> set[str]:
    """The ids of the documents that write it before their items."""
    return {one.id for one in written_in_head(topic, scope.documents)}


def _told_in_head(voice: Voice, told: Sequence[Document]) -> list[Statement]:
    """The documents that write it before their items alone."""
    names = voice.titles(told, LINES)
    return [voice.state("files_told_in_head", count=len(told), names=names)] if told else []


def _having(scope: Scope, documents: Collection[str]) -> list[tuple[Document, Rows]]:
    """Those of these documents that have what is denied, with the rows: any of it, or something of each."""
    mask = scope.index.columns.of_documents(documents)
    rows = scope.items.rows[mask[scope.items.rows]]
    free = (scope.filtered([one]).items.rows for one in scope.plan.denials)
    each = [of_documents(scope, scope.in_order(np.setdiff1d(rows, one))) for one in free]
    having = [{document.id for document, _ in one} for one in each]
    kept = set.intersection(*having) if scope.plan.ask.order == "notboth" else set.union(*having)
    own: dict[Document, Rows] = {}
    for document, some in (pair for one in each for pair in one if pair[0].id in kept):
        own[document] = np.union1d(own[document], some) if document in own else some
    return [(document, own[document]) for document in newest(scope.documents) if document in own]


def document_rows(scope: Scope, every: Sequence[tuple[Document, Rows]]) -> list[Row]:
    voice = scope.voice
    return [Row(_title(voice, document), scope.items.at(own), document.id) for document, own in every]


def _title(voice: Voice, document: Document) -> str:
    return f"《{voice.title(document.id)}》"


def _row_line(scope: Scope, row: Row) -> Statement:
    voice, items = scope.voice, row.items[:NAMED]
    plain = all(item.id == str(item.number) for item in items)
    labels = (
        f"第{ranges([item.number for item in items])}{items[0].unit}"
        if plain
        else "、".join(item.label for item in items)
    )
    more = "等" if len(row.items) > NAMED else ""
    return voice.state("file_row", row.items, name=row.name, count=len(row.items), labels=voice.say(labels + more))


def _since(scope: Scope, found: Matches, every: Sequence[tuple[Document, Rows]]) -> Answer:
    """The first or last document, by its date, in which some item is so; those without a date are told."""
    voice, last = scope.voice, scope.plan.ask.order == "last"
    dated = [one for one in every if _day(one[0]) > date.min]
    undated = len(every) - len(dated)
    if not dated:
        return scope.decline("field_absent", voice.state("undated", count=undated, asked=asked(scope.plan, voice)))
    day = _day(dated[0 if last else -1][0])
    those = [one for one in dated if _day(one[0]) == day]
    own = np.concatenate([rows for _, rows in those])
    titles = voice.titles([document for document, _ in those], FIRST)
    year = edition_of(those[0][0]).year or day.year
    values: dict[str, str | int] = {"asked": asked(scope.plan, voice), "title": titles, "year": year}
    counted = voice.counted(len(own), scope.items)
    lines = [voice.state("last_file" if last else "first_file", (), counted=counted, **values)]
    matches = found.of_rows(own)
    lines += [scope.quoted(match) for match in matches[:LINES]]
    lines = [*scope.cut(lines, len(own)), *notes(scope)]
    if undated:
        lines.append(voice.state("undated_too", count=undated))
    rows = document_rows(scope, every)
    return scope.answer(lines, items=matches, citations=scope.citations(matches), table=tuple(rows), count=len(matches))


def each_document(scope: Scope, found: Items) -> Answer:
    """各年教育局牵头几项: how many in each document."""
    voice = scope.voice
    every = of_documents(scope, found.rows)
    if not every:
        none = voice.state("none", noun=voice.noun(scope.items), asked=asked(scope.plan, voice))
        return scope.answer([none], count=0)
    rows = document_rows(scope, every)
    total = voice.counted(len(found), scope.items)
    lines = [voice.state("each_file", count=len(rows), total=total, asked=asked(scope.plan, voice))]
    lines += [_row_line(scope, row) for row in rows[:LINES]]
    lines = [*scope.cut(lines, len(rows)), *notes(scope)]
    if len(rows) < len(scope.documents):
        lines.append(voice.state("files_without", count=len(scope.documents) - len(rows)))
    return scope.answer(lines, table=tuple(rows), count=len(rows))


def split(scope: Scope, items: Sequence[Item]) -> tuple[tuple[str, int], ...]:
    """How many of the items each document has, the newest first."""
    ranks, counts = np.unique(scope.rank(np.flatnonzero(scope.index.columns.of(items))), return_counts=True)
    every = newest(scope.documents)
    return tuple((every[rank].id, count) for rank, count in zip(ranks.tolist(), counts.tolist(), strict=True))
