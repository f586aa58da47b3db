"""PDF files with a text layer: lines joined to paragraphs, ruled tables as rows, scans and broken fonts refused."""

import unicodedata

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from corpus.readers.detect import commonness
from corpus.readers.information import information, pairs_of, read_pairs
from corpus.readers.pdf_furniture import Sheet, without_furniture
from corpus.readers.pdf_joined_tables import append, continues, rows_of
from corpus.readers.pdf_lines import Line, lines_of
from corpus.readers.pdf_page import read_page
from corpus.readers.pdf_paragraphs import Frame, frames_of, paragraphs
from corpus.readers.pdf_tables import Grid, tables_of
from corpus.readers.source import Source, SourceError, SourceLine
from corpus.readers.tables import table_lines

PAGES = 2_000
GLYPHS = 3_000_000
BROKEN, RARE = 0.1, 0.2  # share of characters that mean nothing; share of common ones below which a text is no Chinese
SCAN = 12  # characters a page below which it is a picture


def read_pdf(content: bytes) -> Source:
    document = _open(content)
    if len(document) > PAGES:
        raise SourceError(f"应为至多 {PAGES} 页的 PDF，实为 {len(document)} 页；请拆分后再试。")
    sheets: list[Sheet] = []
    count = 0
    for number in range(len(document)):
        try:
            page = read_page(document, number)
        except pdfium.PdfiumError as error:
            raise SourceError(f"应为完整的 PDF，实为第{number + 1}页无法读取；请重新下载或另存。") from error
        count += len(page.glyphs)
        if count > GLYPHS:
            raise SourceError(f"应为至多 {GLYPHS // 10_000} 万字的 PDF，实为更多；请拆分后再试。")
        grids, outside = tables_of(page, number)
        sheets.append(Sheet(page.height, page.width, lines_of(outside, number), grids))
    warnings = _check(sheets)
    without_furniture(sheets)
    lines, meta = _lines(sheets)
    stated, lines = information(lines)
    return Source("pdf", None, tuple(lines), meta | stated, warnings)


def _open(content: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(content)
        if len(document):
            return document
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError("应为可直接打开的 PDF，实为加了密码的文件；请去掉密码后另存。") from error
    raise SourceError("应为完整的 PDF，实为已损坏或被截断的文件；请重新下载，或用阅读软件打开后另存。")


def _check(sheets: list[Sheet]) -> tuple[str, ...]:
    """Tells scans and broken fonts apart, and refuses both. Gives warnings for pages without text."""
    texts = ["".join(line.text for line in sheet.lines) + "".join(_cells(sheet.grids)) for sheet in sheets]
    text = "".join(texts)
    if len(text) < SCAN * len(sheets) and len(text) < 400:
        raise SourceError(
            "应为有文字层的 PDF，实为扫描图像（几乎没有文字）；请先做文字识别（OCR），另存为可搜索的 PDF 或 Word。"
        )
    strange = sum(
        unicodedata.category(character) in ("Co", "Cn", "Cc", "Cs") or character == "\ufffd" for character in text
    )
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in text)
    if strange > BROKEN * len(text) or (chinese > 200 and chinese > 0.3 * len(text) and commonness(text) < RARE):
        raise SourceError(
            "应为文字可以复制的 PDF，实为字体编码损坏（复制出来是乱码）；请用原文件另存，或做文字识别（OCR）后再放入。"
        )
    empty = [str(number) for number, page in enumerate(texts, start=1) if not page.strip()]
    if empty and len(empty) < len(sheets):
        return (
            f"第{'、'.join(empty[:10])}{'…' if len(empty) > 10 else ''}页没有文字（可能是图片或空白页），未读取其内容。",
        )
    return ()


def _cells(grids: list[Grid]) -> list[str]:
    return [region.text for grid in grids for region in grid.regions]


def _lines(sheets: list[Sheet]) -> tuple[list[SourceLine], dict[str, str]]:
    """Text and tables in reading order; a table that the next page goes on with is one."""
    frames = frames_of([sheet.lines for sheet in sheets])
    meta: dict[str, str] = {}
    result: list[SourceLine] = []
    pending: list[Line] = []
    table: Grid | None = None
    for sheet in sheets:
        parts: list[Line | Grid] = [*sheet.lines, *sheet.grids]
        for part in sorted(parts, key=_top):
            if isinstance(part, Line):
                if table is not None:
                    result += _table(table, meta)
                    table = None
                pending.append(part)
                continue
            result += _text(pending, frames)
            pending = []
            if table is not None and continues(table, part):
                append(table, part)
            else:
                result += _table(table, meta) if table is not None else []
                table = part
    if table is not None:
        result += _table(table, meta)
    return result + _text(pending, frames), meta


def _top(part: Line | Grid) -> float:
    return part.base if isinstance(part, Line) else part.ys[0]


def _text(lines: list[Line], frames: list[Frame]) -> list[SourceLine]:
    return [SourceLine(text) for text in paragraphs(lines, frames)]


def _table(grid: Grid, meta: dict[str, str]) -> list[SourceLine]:
    rows = rows_of(grid)
    stated = pairs_of(rows)
    if stated:
        meta |= read_pairs(stated)
        return []
    return table_lines(rows)
