"""Styles of a Word document: what a paragraph or a run inherits from its style and the styles that one is based on."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from corpus.readers.word_xml import number, setting, switched

HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
TITLE = re.compile(r"title|标题|標題", re.IGNORECASE)
OF_CONTENTS = re.compile(r"(?:toc|目录|目錄|contents)\s*(?:\d|heading|标题|標題)", re.IGNORECASE)
DEEPEST = 6
LONGEST_CHAIN = 30  # styles based on each other; no honest file has more
NO_OUTLINE = 9


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says itself; None where it leaves that to the style it is based on."""

    id: str
    name: str
    based_on: str
    list: str | None
    level: str | None
    outline: str | None
    hidden: bool | None


class Styles:
    """A document's styles by id."""

    def __init__(self, root: Element | None) -> None:
        found = root.findall("style") if root is not None else []
        self._styles = {style.get("styleId", ""): _style(style) for style in found}
        self._chains: dict[str, tuple[Style, ...]] = {}
        default = (
            style for style in found if style.get("type") == "paragraph" and style.get("default") in ("1", "true")
        )
        self._default = next((style.get("styleId", "") for style in default), "")

    def chain(self, name: str) -> tuple[Style, ...]:
        """The style and those it is based on, nearest first."""
        if name not in self._chains:
            found: list[Style] = []
            style = self._styles.get(name)
            while style is not None and style not in found and len(found) < LONGEST_CHAIN:
                found.append(style)
                style = self._styles.get(style.based_on)
            self._chains[name] = tuple(found)
        return self._chains[name]

    def of_paragraph(self, properties: Element | None) -> tuple[Style, ...]:
        """The chain of the style that the paragraph names; of the default style where it names none."""
        named = setting(properties, "pStyle")
        return self.chain(named if named in self._styles else self._default)


def _style(node: Element) -> Style:
    return Style(
        node.get("styleId", ""),
        (setting(node, "name") or "").strip(),
        setting(node, "basedOn") or "",
        setting(node, "pPr/numPr/numId"),
        setting(node, "pPr/numPr/ilvl"),
        setting(node, "pPr/outlineLvl"),
        switched(node, "rPr/vanish"),
    )


def is_hidden(chain: tuple[Style, ...]) -> bool:
    return next((style.hidden for style in chain if style.hidden is not None), False)


def is_of_contents(chain: tuple[Style, ...]) -> bool:
    """A line of a table of contents, or what stands above it."""
    return any(OF_CONTENTS.fullmatch(style.name) for style in chain)


def heading_level(properties: Element | None, chain: tuple[Style, ...]) -> int:
    """1 to 6 for what its outline level or its style makes a heading, else 0."""
    own = setting(properties, "outlineLvl")
    if own is not None:
        return _level(own)
    for style in chain:
        named = HEADING.fullmatch(style.name)
        if named:
            return int(named[1]) if int(named[1]) <= DEEPEST else 0
        if style.outline is not None:
            return _level(style.outline)
        if TITLE.fullmatch(style.name):
            return 1
    return 0


def _level(outline: str) -> int:
    """Outline levels count from 0; 9 says that the paragraph is text."""
    level = number(outline, NO_OUTLINE) + 1
    return level if 0 < level <= DEEPEST else 0
