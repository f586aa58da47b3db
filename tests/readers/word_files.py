"""Whole Word files for tests: made by python-docx, with raw XML for what that library does not write."""

import io
from typing import Any

import docx
from docx.oxml import parse_xml

from corpus.readers.docx import read_docx
from corpus.readers.source import SourceLine
from tests.readers.words import W, level, p


def word_file(body: str, numbering: str = "", styles: str = "", title: str = "") -> bytes:
    """A file that every word processor opens; `numbering` takes the place of the template's lists."""
    document = docx.Document()
    document.core_properties.title = title
    _replace(document.part.numbering_part.element, numbering)
    _add(document.styles.element, styles)
    section = document.element.body.sectPr
    for node in list(_parsed(body)):
        section.addprevious(node)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _parsed(inside: str) -> Any:
    return parse_xml(f"<w:any {W}>{inside}</w:any>")


def _replace(element: Any, inside: str) -> None:
    for child in list(element):
        element.remove(child)
    _add(element, inside)


def _add(element: Any, inside: str) -> None:
    for child in list(_parsed(inside)):
        element.append(child)


def tabbed(at: int, form: str, text: str, more: str = "") -> str:
    """A level with Word's usual tab after the number."""
    return level(at, form, text, more).replace('<w:suff w:val="nothing"/>', "")


def style(identity: str, name: str, inside: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/>{base}{inside}</w:style>'


def numbered(list_id: int, at: int | None = None) -> str:
    place = f'<w:ilvl w:val="{at}"/>' if at is not None else ""
    return f'<w:pPr><w:numPr>{place}<w:numId w:val="{list_id}"/></w:numPr></w:pPr>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: list[str]) -> str:
    cells = ["".join(f"<w:tc>{cell if '<w:' in cell else p(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def lines(content: bytes) -> tuple[SourceLine, ...]:
    return read_docx(content).lines


def texts(content: bytes) -> list[str]:
    return [line.text for line in lines(content)]
