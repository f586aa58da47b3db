"""The XML parts of a Word document, read without their namespaces: where they are and how their elements nest."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from corpus.readers.archive import Archive
from corpus.readers.source import SourceError

MAIN = "word/document.xml"
# Around paragraphs, rows and cells: looked through. What is not named here is passed over.
AROUND = frozenset("sdt sdtContent ins moveTo customXml smartTag".split())
NOTHING = Element("nothing")


@dataclass(frozen=True, slots=True)
class Parts:
    """What is read of a file. A part that the file does not have is None."""

    body: Element
    styles: Element | None
    numbering: Element | None
    title: str  # as the file's properties state it; "" where they do not


def parts_of(archive: Archive) -> Parts:
    """Raises SourceError where the body is missing, or a part that is read is no harmless XML."""
    main = _related(archive, "", "officeDocument") or MAIN
    if main not in archive.names:
        raise SourceError("应为 Word 文档，实为没有正文的文件；请用 Word 打开后另存为 .docx。")
    body = plain_names(archive.xml(main)).find("body")
    if body is None:
        raise SourceError("应为 Word 文档，实为没有正文的文件；请用 Word 打开后另存为 .docx。")
    folder = posixpath.dirname(main)
    properties = _part(archive, _related(archive, "", "core-properties") or "docProps/core.xml")
    return Parts(
        body,
        _part(archive, _related(archive, main, "styles") or f"{folder}/styles.xml"),
        _part(archive, _related(archive, main, "numbering") or f"{folder}/numbering.xml"),
        (properties.findtext("title") if properties is not None else "") or "",
    )


def _part(archive: Archive, name: str) -> Element | None:
    return plain_names(archive.xml(name)) if name in archive.names else None


def _related(archive: Archive, name: str, kind: str) -> str | None:
    """The part that `name` (the whole file where "") names as its document, its styles and so on, where it exists."""
    folder, file = posixpath.split(name)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    for relation in plain_names(archive.xml(relations)) if relations in archive.names else ():
        if relation.get("Type", "").endswith(f"/{kind}"):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            return target if target in archive.names else None
    return None


def plain_names(root: Element) -> Element:
    """{…}p -> p, for elements and attributes: the two dialects of the format differ only in namespaces."""
    for node in root.iter():
        node.tag = node.tag.rsplit("}", 1)[-1]
        if node.attrib:
            node.attrib = {name.rsplit("}", 1)[-1]: value for name, value in node.attrib.items()}
    return root


def contents(parent: Element, *names: str) -> Iterator[Element]:
    """The named children, seen through content controls, insertions and alternatives; not those of a table of contents."""
    for node in parent:
        if node.tag in names:
            yield node
        elif node.tag == "AlternateContent":
            yield from contents(alternative(node), *names)
        elif node.tag in AROUND and setting(node, "sdtPr/docPartObj/docPartGallery") != "Table of Contents":
            yield from contents(node, *names)


def alternative(node: Element) -> Element:
    """The first form of what is there in several: newer programs' form, else the one for older ones."""
    choice = node.find("Choice")
    fallback = node.find("Fallback")
    return choice if choice is not None else fallback if fallback is not None else NOTHING


def attribute(node: Element | None, name: str) -> str | None:
    return node.get(name) if node is not None else None


def setting(node: Element | None, path: str) -> str | None:
    """<numPr><ilvl val="2"/></numPr>, ilvl -> 2; None where it is not said."""
    return attribute(node.find(path) if node is not None else None, "val")


def switched(node: Element | None, path: str) -> bool | None:
    """A property that is on where it stands, unless it says otherwise; None where it does not stand."""
    found = node.find(path) if node is not None else None
    return found.get("val", "1") not in ("0", "false", "off", "none") if found is not None else None


def number(written: str | None, otherwise: int) -> int:
    """Of ordinary size; anything else is not believed."""
    return int(written) if written and re.fullmatch(r"-?[0-9]{1,6}", written) else otherwise
