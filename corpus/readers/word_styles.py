"""Styles of a Word document: what a paragraph inherits. Names are read without their namespaces."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
DEEPEST = 6


def plain_names(root: Element) -> Element:
    """{…}p -> p, for elements and attributes: the two dialects of the format differ only in namespaces."""
    for node in root.iter():
        if isinstance(node.tag, str):
            node.tag = node.tag.rsplit("}", 1)[-1]
        node.attrib = {name.rsplit("}", 1)[-1]: value for name, value in node.attrib.items()}
    return root


def attribute(node: Element | None, name: str) -> str | None:
    return node.get(name) if node is not None else None


def setting(node: Element | None, name: str) -> str | None:
    """<numPr><ilvl val="2"/></numPr>, ilvl -> 2; None where it is not said."""
    return attribute(node.find(name) if node is not None else None, "val")


def number(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"-?\d{1,9}", written) else otherwise


class Styles:
    """A document's styles by id."""

    def __init__(self, root: Element | None) -> None:
        found = root.findall("style") if root is not None else []
        self._styles = {style.get("styleId", ""): style for style in found}
        self.default = next(
            (
                style.get("styleId")
                for style in found
                if style.get("type") == "paragraph" and style.get("default") in ("1", "true")
            ),
            None,
        )

    def _chain(self, name: str | None) -> Iterator[Element]:
        """The style and those it is based on, nearest first."""
        for _ in range(30):
            style = self._styles.get(name or "")
            if style is None:
                return
            yield style
            name = setting(style, "basedOn")

    def numbering(self, name: str | None) -> tuple[str | None, str | None, list[str]]:
        """The list and level that a style gives, and the ids under which a list may know it."""
        names = []
        identity = level = None
        for style in self._chain(name):
            names.append(style.get("styleId", ""))
            numbered = style.find("pPr/numPr")
            level = level if level is not None else setting(numbered, "ilvl")
            identity = setting(numbered, "numId")
            if identity is not None:
                break
        return identity, level, names

    def heading_level(self, properties: Element | None) -> int:
        """1 to 6 for what style or outline level make a heading, else 0."""
        own = setting(properties, "outlineLvl")
        if own is not None:
            return number(own, 9) + 1 if number(own, 9) < DEEPEST else 0
        for style in self._chain(setting(properties, "pStyle") or self.default):
            named = setting(style, "name") or ""
            match = HEADING.fullmatch(named.strip())
            if match:
                return int(match[1]) if int(match[1]) <= DEEPEST else 0
            outline = setting(style.find("pPr"), "outlineLvl")
            if outline is not None:
                return number(outline, 9) + 1 if number(outline, 9) < DEEPEST else 0
            if named.lower() in ("title", "标题"):
                return 1
        return 0
