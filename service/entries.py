"""The library as JSON: its documents, what was read of a file, what became of each item, who did what."""

from collections.abc import Sequence
from typing import Any

from corpus import Document, Item, check_report
from index import Change, Encoder, Segmenter, changes_between
from service.library import Entry, Event, Version

Json = dict[str, Any]

OPENING = 200  # characters of an item that stand for it in the outline


def entry_reply(entry: Entry, title: str | None = None) -> Json:
    """`title` where it is known without reading the file."""
    return {
        "id": entry.id,
        "title": title,
        "state": entry.state,
        "group": entry.group,
        "published": _version(entry.published),
        "draft": _version(entry.draft),
        "versions": [_version(version) for version in entry.versions],
        "created": entry.created,
    }


def _version(version: Version | None) -> Json | None:
    if version is None:
        return None
    return {
        "number": version.number,
        "name": version.name,
        "sha256": version.sha256,
        "settled": dict(version.settled),
        "by": version.by,
        "at": version.at,
    }


def event_reply(event: Event) -> Json:
    return {
        "at": event.at,
        "by": event.by,
        "action": event.action,
        "document": event.document,
        "version": event.version,
        "detail": event.detail,
    }


def reading_reply(document: Document) -> Json:
    """What was read, as `yaodian check --json` tells it, and the outline with its items as they follow each other; each
    with the line that it begins in, as warnings have one."""
    units = [
        (
            unit.span.start,
            {"kind": "unit", "id": unit.id, "label": unit.label, "title": unit.title, "level": unit.level},
        )
        for unit in document.outline
    ]
    items = [
        (
            item.span.start,
            {
                "kind": "item",
                "id": item.id,
                "label": item.label,
                "title": item.text.split("\n")[0][:OPENING],
                "level": len(item.path) + 1,
            },
        )
        for item in document.items
    ]
    parts = [
        (part.span.start, {"kind": "part", "id": part.id, "label": part.label, "title": part.title, "level": 0})
        for part in document.parts
        if part.id
    ]
    tree: list[Json] = []
    line, at = 1, 0
    for start, told in sorted([*parts, *units, *items], key=lambda entry: entry[0]):
        line, at = line + document.text.count("\n", at, start), start
        tree.append({**told, "line": line})
    return {**check_report(document), "tree": tree}


def changes_reply(before: Document | None, after: Document, segmenter: Segmenter, encoder: Encoder) -> list[Json]:
    """From what is published to what is not yet, item by item; empty where nothing is published."""
    if before is None:
        return []
    found = changes_between(before.items, after.items, segmenter, encoder)
    return [_change(change, segmenter) for change in found if change.kind != "same"]


def _change(change: Change, segmenter: Segmenter) -> Json:
    words = change.words(segmenter)
    return {
        "kind": change.kind,
        "before": _item(change.before, words.removed),
        "after": _item(change.after, words.added),
        "fields": list(change.fields),
    }


def _item(item: Item | None, stretches: Sequence[tuple[int, int]]) -> Json | None:
    if item is None:
        return None
    return {"id": item.id, "label": item.label, "text": item.text, "stretches": list(stretches)}
