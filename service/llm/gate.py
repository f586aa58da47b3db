"""What a language model wrote about a set of items is shown only where the items say it: sentence by sentence.

A sentence must cite items of the set; every item that it cites must say it, or of the items that it names each what is said
after its name. What an item says of departments and deadlines its note decides; all else must be the item's own words, in
their order.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal

from corpus import Document, Item, spelling_key
from service.llm.alignment import is_said
from service.llm.roles import Note, Roles
from service.llm.source import Source
from service.llm.tokens import COMMA, JOINT, Tokens, is_number, tokens

Refusal = Literal["form", "citation", "quote", "number", "role", "words"]

LONGEST = 300  # characters of a sentence
_OUTWARD = re.compile(r"://|//|www\.|[a-z0-9-]\.[a-z]{2,}|@|[<>{}\\`]|\]\s?\(|[a-z]+:[^\s\d]|\[\.\]")
_HIDDEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))
_STOPS = re.compile(r"[。;!?\n]+")
_QUOTED = re.compile(r"“([^“”]+)”|《([^《》]+)》|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\"")
_MARKS = re.compile(r"[“”‘’\"'「」『』《》〈〉()〔〕\[\]【】\s]")
_NUMBER = r"[\d一二三四五六七八九十百零〇]+"
_LABEL = re.compile(  # 第3、5项, 第3项和第5项, 〔第3项〕
    rf"(?P<cites>[〔\[(【])?第{_NUMBER}(?:[项条]?[、和与及]第?{_NUMBER})*(?P<unit>[项条])(?:任务|要求)?[〕\])】]?"
)


class Gate:
    """For the items of one answer. `departments`: how their names may be written -> how the documents write them."""

    def __init__(
        self, items: Sequence[Item], documents: Mapping[str, Document], departments: Mapping[str, str]
    ) -> None:
        self._items = frozenset(items)
        self._roles = Roles(departments)
        self._notes = {item: Note.of(item, documents[item.document].collective_words(item)) for item in items}
        self._sources = {item: Source.of(item.text) for item in items}

    def refuses(self, text: str, cited: Sequence[Item]) -> Refusal | None:
        """Why the sentence is not shown; None where it is."""
        if not 0 < len(text) <= LONGEST or _OUTWARD.search(spelling_key(text)):
            return "form"
        if any(unicodedata.category(one) in _HIDDEN and one != "\n" for one in text):
            return "form"
        if not cited or not set(cited) <= self._items:
            return "citation"
        parts = [part for part in _STOPS.split(spelling_key(text)) if part.strip()]
        refused = (self._part(part, cited) for part in parts)
        return next((one for one in refused if one), None) if parts else "form"

    def _part(self, text: str, cited: Sequence[Item]) -> Refusal | None:
        """Of one statement."""
        for said, items in _of_each(text, cited):
            if not tokens(said):
                return "words"
            for item in items:
                if refused := self._of_item(said, item):
                    return refused
        return None

    def _of_item(self, text: str, item: Item) -> Refusal | None:
        source, note = self._sources[item], self._notes[item]
        if any(not _contains(source.said, tokens(quoted)) for quoted in _quotes(text)):
            return "quote"
        plain = _MARKS.sub("", text)
        if is_said(_trimmed(tokens(plain)), source):
            return None
        left = self._roles.without_claims(plain, note)
        if left is None:
            return "role"
        rest = _trimmed(tokens(left))
        if any(is_number(one) and one not in source.said for one in rest):
            return "number"
        return "words" if rest and not is_said(rest, source) else None


def _of_each(text: str, cited: Sequence[Item]) -> Iterator[tuple[str, Sequence[Item]]]:
    """What is said, and of which of the items: after 第3项 of that one, of all where none is named."""
    named = [(found, items) for found in _LABEL.finditer(text) if (items := _labelled(found, cited))]
    bounds = [0, *(found.start() for found, _ in named), len(text)]
    if text[: bounds[1]].strip(",、 ") or not named:
        yield text[: bounds[1]], cited
    for (found, items), until in zip(named, bounds[2:], strict=True):
        said = text[found.end() : until].lstrip(":,、 ")
        if said or not found["cites"]:  # 〔第3项〕 at the end says nothing more
            yield said, items


def _labelled(label: re.Match[str], cited: Sequence[Item]) -> Sequence[Item]:
    """The cited items that are called so; none where some number is no cited item's, or several have it."""
    found: list[Item] = []
    for number in re.findall(_NUMBER, label[0]):
        items = [item for item in cited if tokens(number) == (str(item.number),) and item.unit == label["unit"]]
        if len(items) != 1:
            return ()
        found += items
    return found


def _quotes(text: str) -> Iterator[str]:
    return (next(filter(None, found.groups())) for found in _QUOTED.finditer(text))


def _contains(said: Tokens, part: Tokens) -> bool:
    return any(said[at : at + len(part)] == part for at in range(len(said) - len(part) + 1))


def _trimmed(said: Tokens) -> Tokens:
    """Its clauses without what joins them to a claim that was taken off, and without those of which nothing is left."""
    clauses = [list(clause) for is_mark, clause in groupby(said, lambda one: one == COMMA) if not is_mark]
    for clause in clauses:
        while clause and clause[0] == JOINT:
            del clause[0]
        while clause and clause[-1] == JOINT:
            del clause[-1]
    return tuple(one for clause in clauses if clause for one in (COMMA, *clause))[1:]
