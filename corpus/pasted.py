"""Tables pasted as text: a line that names columns, then lines that begin with a number, columns apart by spaces, or lines
with as many bars."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.columns import columns
from corpus.lines import Line
from corpus.span import Span

_HEADER = re.compile(r"\s*(?:序\s?号|编\s?号)\s")
_ROW = re.compile(r"\s*\d{1,4}[.、]?\s")
_APART = re.compile(r"\S+")
_RULE = re.compile(r"[\s|:+-]+")  # |---|:--:|, below the names of columns
MOST = 10  # columns


def with_pasted_tables(lines: Sequence[Line]) -> list[Line]:
    """The same lines, those of pasted tables made rows. Only tables whose columns are told by their heading."""
    found = _with_barred(lines)
    at = 0
    while at < len(found):
        header = _header(found[at])
        at += 1
        if not header:
            continue
        begins = at
        rows: list[Line] = []
        while at < len(found) and (_ROW.match(found[at].folded) or found[at].is_blank):
            if not found[at].is_blank:
                rows.append(_row(found[at], len(header)))
            at += 1
        if rows and all(rows) and columns(header, [["" for _ in header]]):
            found[begins - 1] = replace(
                found[begins - 1],
                kind="row",
                header=True,
                marker=None,
                cells=_row(found[begins - 1], len(header)).cells,
            )
            found[begins:at] = [line if line.is_blank else _row(line, len(header)) for line in found[begins:at]]
    return found


def _with_barred(lines: Sequence[Line]) -> list[Line]:
    """序号｜任务｜责任单位: lines one after the other with as many cells between bars as the first names columns."""
    found = list(lines)
    at = 0
    while at < len(found):
        edged = found[at].folded.lstrip().startswith("|")
        names = _barred(found[at], edged)
        header = ["".join(found[at].folded[start:end].split()) for start, end in names]
        at += 1
        if not 2 <= len(header) <= MOST or not columns(header, [["" for _ in header]]):
            continue
        begins = at
        rows: list[Line] = []
        while at < len(found) and (row := _below(found[at], edged, len(header))) is not None:
            rows += row
            at += 1
        if not all(line.is_blank for line in rows):
            found[begins - 1 : at] = [replace(_of_cells(found[begins - 1], names), header=True), *rows]
            at = begins + len(rows)
    return found


def _barred(line: Line, edged: bool) -> list[tuple[int, int]]:
    """[start, end) of each cell between bars; where the table has bars at its edges, without what is outside them."""
    if line.cells or "|" not in line.folded:
        return []
    first, last = len(line.folded) - len(line.folded.lstrip()), len(line.folded.rstrip())
    if edged and line.folded[first] == "|":
        first += 1
    if edged and line.folded[last - 1] == "|":
        last -= 1
    spans, start = [], first
    for cell in line.folded[first:last].split("|") if first <= last else ():
        lead = len(cell) - len(cell.lstrip())
        spans.append((start + lead, start + max(lead, len(cell.rstrip()))))
        start += len(cell) + 1
    return spans if len(spans) > 1 else []


def _below(line: Line, edged: bool, count: int) -> list[Line] | None:
    """A blank line, or a row, of which the cells that it lacks at its end are empty; no line for the rule below the names of
    columns; None where the table ends."""
    if line.is_blank:
        return [line]
    if "|" in line.folded and _RULE.fullmatch(line.folded):
        return []
    spans, end = _barred(line, edged), len(line.folded)
    return [_of_cells(line, [*spans, *[(end, end)] * (count - len(spans))])] if 2 <= len(spans) <= count else None


def _of_cells(line: Line, spans: Sequence[tuple[int, int]]) -> Line:
    start = line.span.start
    cells = tuple(Span(start + first, start + last) for first, last in spans)
    return replace(line, kind="row", marker=None, cells=cells)


def _header(line: Line) -> list[str]:
    """The names of the columns; spaces inside a name are taken out where single letters stand apart (工 作 任 务)."""
    if line.cells or len(line.folded) > 80 or not _HEADER.match(line.folded):
        return []
    joined = re.sub(r"(?<=(?<![一-龥])[一-龥]) (?=[一-龥](?![一-龥]))", "", line.folded)
    names = _APART.findall(joined)
    return names if 2 <= len(names) <= MOST else []


def _row(line: Line, count: int) -> Line:
    """The first column is the number, the last are single words; what is between is the one with spaces."""
    words = [match.span() for match in _APART.finditer(line.folded)]
    if len(words) < count:
        words += [(len(line.folded), len(line.folded))] * (count - len(words))
    tail = words[len(words) - (count - 2) :] if count > 2 else []
    middle = words[1 : len(words) - len(tail)]
    spans = [words[0], (middle[0][0], middle[-1][1]), *tail]
    return _of_cells(line, spans)
