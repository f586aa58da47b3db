"""Word documents: paragraphs with the numbers that Word shows, tables, text boxes, accepted revisions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from corpus.readers.archive import Archive
from corpus.readers.docx_tables import lines_of_table
from corpus.readers.source import Source, SourceLine
from corpus.readers.spaces import clean
from corpus.readers.word_lists import NumberedList, lists_of
from corpus.readers.word_numbers import Numbers
from corpus.readers.word_runs import Content, Runs, has_hidden_end, is_deleted
from corpus.readers.word_styles import Style, Styles, heading_level, is_of_contents
from corpus.readers.word_xml import contents, parts_of

HEADING = 100  # characters of a heading; longer ones are paragraphs in a heading's style
SHORTEST_TITLE, TITLE_LINES = 5, 4


def read_docx(content: bytes) -> Source:
    """The body alone. Headers, footers and comments are left out; notes and embedded files too, which a warning says."""
    parts = parts_of(Archive(content, "docx"))
    styles = Styles(parts.styles)
    reader = _Reader(styles, lists_of(parts.numbering, styles))
    lines = reader.lines(parts.body)
    title = clean(parts.title)
    meta = {"title": title} if _stands_in(title, lines) else {}
    return Source("docx", None, tuple(lines), meta, tuple(reader.warnings()))


def _stands_in(title: str, lines: list[SourceLine]) -> bool:
    """The stated title is often that of the file's template; what is a line of the text, or some lines, is this one's."""
    wanted = re.sub(r"\s", "", title)
    bare = [re.sub(r"\s", "", line.text) for line in lines]
    return len(wanted) >= SHORTEST_TITLE and any(
        wanted == "".join(bare[at : at + count])
        for at, text in enumerate(bare)
        if text and wanted.startswith(text)
        for count in range(1, TITLE_LINES + 1)
    )


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that the next one may go on with."""

    properties: Element | None
    chain: tuple[Style, ...]
    content: Content
    run_in: bool = False  # a heading on one line with the text that follows


def _gone_on(before: _Paragraph | None, read: _Paragraph) -> _Paragraph:
    """Two paragraphs as one; it looks like the first, unless nothing is left of that."""
    if before is None:
        return read
    first = read if before.content.is_blank else before
    before.content.pieces += read.content.pieces
    before.content.boxes += read.content.boxes
    return _Paragraph(first.properties, first.chain, before.content, before.run_in)


class _Reader:
    """Walks the body once, in order: automatic numbers count on the way."""

    def __init__(self, styles: Styles, lists: dict[str, NumberedList]) -> None:
        self._styles = styles
        self._runs = Runs(styles)
        self._body = Numbers(lists)
        self._boxes = Numbers(lists)  # text boxes count apart from the body
        self._embedded = 0

    def warnings(self) -> Iterator[str]:
        for kind, name in (("footnoteReference", "脚注"), ("endnoteReference", "尾注")):
            if self._runs.notes[kind]:
                yield f"另有{self._runs.notes[kind]}个{name}没有读入。"
        if self._embedded:
            yield f"另有{self._embedded}处嵌入的文件没有读入；请把它们单独放入。"

    def lines(self, parent: Element, numbers: Numbers | None = None, in_cell: bool = False) -> list[SourceLine]:
        """Those of the body, of a cell or of a text box."""
        numbers = numbers or self._body
        found: list[SourceLine] = []
        open_one: _Paragraph | None = None
        for node in contents(parent, "p", "tbl", "altChunk"):
            if node.tag == "p":
                open_one = self._paragraph(node, open_one, numbers, in_cell, found)
                continue
            found += self._closed(open_one, numbers, in_cell)
            open_one = None
            if node.tag == "tbl":
                found += lines_of_table(node, lambda cell: self.lines(cell, numbers, in_cell=True))
            else:
                self._embedded += 1
        return found + self._closed(open_one, numbers, in_cell)

    def _paragraph(
        self, node: Element, before: _Paragraph | None, numbers: Numbers, in_cell: bool, found: list[SourceLine]
    ) -> _Paragraph | None:
        """Adds the lines of a paragraph, or gives it back where the next one goes on with it."""
        properties = node.find("pPr")
        chain = self._styles.of_paragraph(properties)
        if before is not None and before.run_in and numbers.place(properties, chain) is not None:
            found += self._closed(before, numbers, in_cell)
            before = None
        read = _gone_on(before, _Paragraph(properties, chain, self._runs.read(node, chain)))
        hidden_end = has_hidden_end(properties, chain)
        if is_deleted(properties) or (hidden_end and not read.content.is_blank):
            read.run_in = read.run_in or not is_deleted(properties)
            return read if read.content.boxes or not read.content.is_blank else None
        if hidden_end and not in_cell:
            place = numbers.place(properties, chain)
            if place is not None:
                numbers.next(place)  # Word skips numbers with hidden paragraphs that count
            return None
        found += self._closed(read, numbers, in_cell)
        return None

    def _closed(self, paragraph: _Paragraph | None, numbers: Numbers, in_cell: bool) -> list[SourceLine]:
        """The lines of a whole paragraph, its number before the first, its text boxes below."""
        if paragraph is None or is_of_contents(paragraph.chain):
            return []
        parts = list(filter(None, (clean(part) for part in paragraph.content.text.split("\n"))))
        place = numbers.place(paragraph.properties, paragraph.chain)
        if place is not None:
            shown = numbers.next(place)
            first = numbers.spaced(shown, place, parts[0] if parts else "")
            if parts or in_cell:  # a number alone says something only in a column of numbers
                parts[:1] = filter(None, [clean(first)])
        level = heading_level(paragraph.properties, paragraph.chain)
        if level and not paragraph.run_in and sum(map(len, parts)) <= HEADING:
            lines = [SourceLine(part, "heading", level) for part in parts]
        else:
            lines = [SourceLine(part) for part in parts]
        for box in paragraph.content.boxes:
            lines += self.lines(box, self._boxes)
        return lines
