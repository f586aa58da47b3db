"""Lines of a source text and the blocks they form; what every part of the parser reads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Span
from corpus.numbering import Marker, line_marker
from corpus.script import fold


class ParseError(Exception):
    """Line `line` (from 1) is not as expected; the message says what was expected and what was found."""

    def __init__(self, line: int, expected: str, found: str) -> None:
        super().__init__(f"第{line}行：应为{expected}，实为{found}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Line:
    number: int  # from 1
    span: Span  # its line end included
    folded: str  # its line end left out
    marker: Marker | None

    @property
    def is_blank(self) -> bool:
        return not self.folded.strip()

    @property
    def shown(self) -> str:
        """Its beginning, for messages."""
        return self.folded.strip()[:20]


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive lines that belong together; the first decides what they are."""

    lines: list[Line]

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def span(self) -> Span:
        return Span(self.lines[0].span.start, self.lines[-1].span.end)

    @property
    def folded(self) -> str:
        """Folded text as long as the span, line ends written as spaces."""
        return "".join(line.folded.ljust(line.span.end - line.span.start) for line in self.lines)

    @property
    def marker(self) -> Marker:
        """Of a block that a marker opened."""
        assert self.first.marker
        return self.first.marker


def lines_of(text: str) -> Iterator[Line]:
    for number, match in enumerate(re.finditer(r"[^\n]*\n|[^\n]+\Z", fold(text)), start=1):
        line = match[0].rstrip("\r\n")
        yield Line(number, Span(match.start(), match.end()), line, line_marker(line))


def is_short(folded: str, length: int) -> bool:
    """A heading, a title, a name: at most `length` characters and no sentence."""
    return len(folded.strip()) <= length and not re.search(r"[。;]\s*$", folded)
