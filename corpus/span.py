"""A stretch of a document's text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of `Document.text`."""

    start: int
    end: int

    def stripped(self, text: str) -> "Span":
        """Without the white space at its ends."""
        content = text[self.start : self.end]
        start = self.end - len(content.lstrip())
        return Span(start, start + len(content.strip()))
