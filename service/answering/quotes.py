"""What is quoted of a text: the sentences that hold what was found; a heading's own line."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from corpus import Document, Span

_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;]?")


def sentences_around(text: str, highlights: Sequence[tuple[int, int]]) -> list[Span]:
    """The spans of the sentences that hold a highlight, in order; one that crosses a stop joins its sentences."""
    sentences = [Span(match.start(), match.end()) for match in _SENTENCE.finditer(text)]
    starts = [sentence.start for sentence in sentences]
    chosen: list[tuple[int, int]] = []  # of sentences, first to last
    for start, end in highlights:
        first, last = bisect_right(starts, start) - 1, bisect_left(starts, end) - 1
        if chosen and first <= chosen[-1][1]:
            chosen[-1] = (chosen[-1][0], max(chosen[-1][1], last))
        else:
            chosen.append((first, last))
    spans = []
    for first, last in chosen:
        quote = text[sentences[first].start : sentences[last].end]
        spans.append(Span(sentences[last].end - len(quote.lstrip()), sentences[last].end))
    return spans


def heading_line(document: Document, span: Span) -> Span:
    """The heading's own line, without what follows it."""
    start = span.stripped(document.text).start
    return Span(start, start + len(document.text[start : span.end].splitlines()[0].rstrip()))
