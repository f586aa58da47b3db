"""Whole Word files for tests: made by python-docx, with raw XML for what that library does not write."""

import io
from typing import Any

import docx
from docx.oxml import parse_xml

from tests.readers.words import W


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
