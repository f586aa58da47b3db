"""Lines of a source as every part of the parser reads them: folded, with the number they open with."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.markers import Marker, line_marker
from corpus.readers import SourceLine
from corpus.script import fold
from corpus.span import Span


class ParseError(Exception):
    """Nothing in the text can be cited; the message says what was expected and what was found."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int  # from 1
    span: Span  # its line end included
    folded: str  # its line end left out
    marker: Marker | None = None
    kind: Literal["text", "heading", "row"] = "text"
    cells: tuple[Span, ...] = ()  # of a row of a table, counted in the document's text
    header: bool = False  # of a row that names the columns

    @property
    def is_blank(self) -> bool:
        return not self.folded.strip()

    @property
    def said(self) -> str:
        """Folded, without the number it opens with and without white space around."""
        return self.folded[self.marker.end if self.marker else 0 :].strip()

    @property
    def shown(self) -> str:
        """Its beginning, for messages."""
        return self.folded.strip()[:20]


def lines_of(source: Sequence[SourceLine]) -> list[Line]:
    """Lines of what a file gave."""
    lines: list[Line] = []
    start = 0
    for number, given in enumerate(source, start=1):
        end = start + len(given.text) + len(given.end)
        folded = fold(given.text)
        marker = None if given.cells else line_marker(folded)
        cells = tuple(_cells(given.cells, start))
        lines.append(Line(number, Span(start, end), folded, marker, given.kind, cells, given.header))
        start = end
    return lines


def lines_of_text(text: str) -> list[Line]:
    """Lines of plain text."""
    found = (match[0] for match in re.finditer(r"[^\n]*\n|[^\n]+\Z", text))
    ends = ((line, line.rstrip("\r\n")) for line in found)
    return lines_of([SourceLine(said, end=line[len(said) :]) for line, said in ends])


def _cells(cells: Sequence[str], start: int) -> Iterator[Span]:
    for cell in cells:
        yield Span(start, start + len(cell))
        start += len(cell) + 1


def is_short(folded: str, length: int) -> bool:
    """A heading, a title, a name: at most `length` characters and no sentence."""
    said = folded.strip()
    return 0 < len(said) <= length and not re.search(r"[。;,、:!?]$", said)


def paragraphs(lines: Sequence[Line]) -> Iterator[Line]:
    """Those that are not blank."""
    return (line for line in lines if not line.is_blank)


def span_of(lines: Sequence[Line]) -> Span:
    """Of consecutive lines, at least one."""
    return Span(lines[0].span.start, lines[-1].span.end)
