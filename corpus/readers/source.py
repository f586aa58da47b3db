"""What a file gives when it is read: lines of text, whatever the format was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from corpus.readers.spaces import clean, joined

LineKind = Literal["text", "heading", "row"]
META_KEYS = ("title", "issuer", "date", "document_number")


class SourceError(Exception):
    """A file that cannot be read. The message is one Chinese sentence: what was expected, what was found, what to do."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One whole paragraph, one heading or one row of a table."""

    text: str  # without line end; of a row, its cells joined by tabs
    kind: LineKind = "text"
    level: int = 0  # of a heading that the file's own markup names: 1 to 6
    cells: tuple[str, ...] = ()  # of a row; no tab or line end inside
    header: bool = False  # the row that names the columns
    end: str = "\n"  # the line end as the file has it; "" after a last line without


@dataclass(frozen=True, slots=True)
class Source:
    """A file as text. `meta` holds what the file states apart from its text: title, issuer, date, document_number."""

    format: str  # the format that was read: txt, md, html, docx, pdf, xlsx
    encoding: str | None  # of formats that are text themselves
    lines: tuple[SourceLine, ...]
    meta: Mapping[str, str]
    warnings: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole text; offsets into it are what citations count."""
        return "".join(line.text + line.end for line in self.lines)


def row(cells: list[str], header: bool = False) -> SourceLine:
    """A table row; ["1", "任务"] -> text "1\\t任务". Line ends inside a cell become a space."""
    whole = tuple(clean(joined(cell.split("\n"))) for cell in cells)
    return SourceLine("\t".join(whole), "row", cells=whole, header=header)


def to_json(source: Source) -> dict[str, Any]:
    """For the way from the child process and for the cache."""
    return {
        "format": source.format,
        "encoding": source.encoding,
        "lines": [[line.text, line.kind, line.level, line.cells, line.header, line.end] for line in source.lines],
        "meta": dict(source.meta),
        "warnings": source.warnings,
    }


def from_json(data: Any) -> Source:
    """The reverse of `to_json`. Raises KeyError, TypeError or ValueError for anything else."""
    lines = tuple(
        SourceLine(str(text), kind, int(level), tuple(map(str, cells)), bool(header), str(end))
        for text, kind, level, cells, header, end in data["lines"]
    )
    if any(line.kind not in ("text", "heading", "row") for line in lines):
        raise ValueError("a kind of line that does not exist")
    meta = {str(key): str(value) for key, value in data["meta"].items() if key in META_KEYS}
    return Source(str(data["format"]), data["encoding"], lines, meta, tuple(map(str, data["warnings"])))
