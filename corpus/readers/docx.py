"""Word documents: paragraphs with the numbers that Word shows, tables, text boxes, accepted revisions."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from corpus.readers.archive import Archive
from corpus.readers.source import Source, SourceError, SourceLine
from corpus.readers.spaces import clean
from corpus.readers.tables import Cell, table_lines
from corpus.readers.word_numbers import Numbers
from corpus.readers.word_runs import contents, text_of
from corpus.readers.word_styles import Styles, number, plain_names, setting

HEADING = 100  # characters of a heading; longer ones are paragraphs in a heading's style
MAIN = "word/document.xml"


def read_docx(content: bytes) -> Source:
    """The body alone: headers, footers, notes and comments are left out."""
    archive = Archive(content, "docx")
    main = _main(archive)
    root = plain_names(archive.xml(main))
    body = root.find("body")
    if body is None:
        raise SourceError("应为 Word 文档，实为没有正文的文件；请用 Word 打开后另存为 .docx。")
    folder = main.rsplit("/", 1)[0]
    styles = Styles(_part(archive, f"{folder}/styles.xml"))
    reader = _Reader(styles, Numbers(_part(archive, f"{folder}/numbering.xml"), styles))
    return Source("docx", None, tuple(reader.lines(body)), {}, ())


def _main(archive: Archive) -> str:
    """The part with the text; nearly always word/document.xml."""
    if MAIN in archive.names:
        return MAIN
    for relation in plain_names(archive.xml("_rels/.rels")):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise SourceError("应为 Word 文档，实为没有正文的文件；请用 Word 打开后另存为 .docx。")


def _part(archive: Archive, name: str) -> Element | None:
    return plain_names(archive.xml(name)) if name in archive.names else None


class _Reader:
    """Walks the body once, in order: automatic numbers count on the way."""

    def __init__(self, styles: Styles, numbers: Numbers) -> None:
        self._styles = styles
        self._numbers = numbers
        self._in_cell = 0
        self._carried = ""  # text of a paragraph whose end was deleted: the next goes on with it

    def lines(self, parent: Element) -> Iterator[SourceLine]:
        for node in contents(parent):
            if node.tag == "p":
                yield from self._paragraph(node)
            elif node.tag == "tbl":
                yield from table_lines(self._rows(node))

    def _paragraph(self, node: Element) -> Iterator[SourceLine]:
        properties = node.find("pPr")
        text, boxes = text_of(node)
        mark = properties.find("rPr") if properties is not None else None
        if mark is not None and (mark.find("del") is not None or mark.find("moveFrom") is not None):
            self._carried += text
            return
        text, self._carried = self._carried + text, ""
        parts = [clean(part) for part in text.split("\n")]
        shown = self._numbers.next(
            properties
        )  # empty paragraphs count too; only in a cell is their number all there is
        place = next((place for place, part in enumerate(parts) if part), None)
        if place is not None or self._in_cell:
            parts[place or 0] = clean(shown + parts[place or 0])
        level = self._styles.heading_level(properties)
        if level and sum(map(len, parts)) <= HEADING:
            yield from (SourceLine(part, "heading", level) for part in parts if part)
        else:
            yield from (SourceLine(part) for part in parts if part)
        for box in boxes:
            yield from self.lines(box)

    def _rows(self, table: Element) -> list[list[Cell]]:
        """Cells at the places where they start; a cell merged downwards has no continuation of its own."""
        rows: list[list[Cell]] = []
        open_cells: dict[int, tuple[int, int]] = {}  # column -> the row and place of the cell that goes on there
        for node in contents(table, "tr"):
            properties = node.find("trPr")
            if properties is not None and properties.find("del") is not None:
                continue
            heading = properties is not None and properties.find("tblHeader") is not None
            column = number(setting(properties, "gridBefore"), 0)
            cells = [Cell("", min(column, 500))] if column else []
            for cell in contents(node, "tc"):
                span = min(max(number(setting(cell.find("tcPr"), "gridSpan"), 1), 1), 500)
                merge = cell.find("tcPr/vMerge")
                self._in_cell += 1
                text = "\n".join(line.text for line in self.lines(cell))
                self._in_cell -= 1
                if merge is not None and merge.get("val", "continue") == "continue" and column in open_cells:
                    row, place = open_cells[column]
                    above = rows[row][place]
                    rows[row][place] = Cell(above.text or text, above.columns, len(rows) - row + 1, above.heading)
                else:
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = (len(rows), len(cells))
                    cells.append(Cell(text, span, 1, heading))
                column += span
            rows.append(cells)
        return rows
