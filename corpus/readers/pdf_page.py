"""One page of a PDF as PDFium gives it: glyphs and ruled lines, turned upright, measured in points from the top left."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

OBJECTS = 200_000  # drawing objects of a page that are looked at for ruled lines
SEGMENTS = 40_000  # line segments of a page; drawings have more, tables do not
THIN, LONG = 3.0, 8.0  # points: a ruled line is at most so thick and at least so long
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and the box it advances over; `base` is the height of its baseline."""

    text: str
    x0: float
    x1: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, horizontal (y0 == y1) or vertical (x0 == x1)."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        return self.y0 == self.y1


@dataclass(frozen=True, slots=True)
class Page:
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]


def read_page(document: pdfium.PdfDocument, index: int) -> Page:
    page = document[index]
    textpage = page.get_textpage()
    try:
        left, bottom, right, top = page.get_bbox()
        turn = _turn(page, textpage)
        upright = _upright(turn, left, bottom, right, top)
        wide = turn in (90, 270)
        width, height = (top - bottom, right - left) if wide else (right - left, top - bottom)
        glyphs = [glyph for glyph in _glyphs(textpage, upright, wide) if glyph.x0 >= -1 and glyph.x1 <= width + 1]
        return Page(width, height, glyphs, list(_rules(page, upright)))
    finally:
        textpage.close()
        page.close()


def _turn(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> int:
    """By how many degrees, counter-clockwise, most characters are turned; PDFium counts clockwise."""
    count = textpage.count_chars()
    step = max(1, count // 200)
    angles = [raw.FPDFText_GetCharAngle(textpage, place) for place in range(0, count, step)]
    turns = Counter(round(-math.degrees(angle) / 90) * 90 % 360 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else 0


def _upright(turn: int, left: float, bottom: float, right: float, top: float) -> Matrix:
    """From the page's coordinates to ours, where text runs to the right and y grows downwards."""
    return {
        0: (1.0, 0.0, 0.0, -1.0, -left, top),
        90: (0.0, 1.0, 1.0, 0.0, -bottom, -left),
        180: (-1.0, 0.0, 0.0, 1.0, right, -bottom),
        270: (0.0, -1.0, -1.0, 0.0, top, right),
    }[turn]  # x' = a x + b y + e, y' = c x + d y + f


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + b * y + e, c * x + d * y + f


def _glyphs(textpage: pdfium.PdfTextPage, upright: Matrix, wide: bool) -> Iterator[Glyph]:
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0
    for place in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, place)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        if code <= 0x20 or code in (0xA0, 0x3000, 0xAD) or raw.FPDFText_IsGenerated(textpage, place) == 1:
            continue
        raw.FPDFText_GetLooseCharBox(textpage, place, box)
        raw.FPDFText_GetCharOrigin(textpage, place, x, y)
        x0, y0 = _at(upright, box.left, box.bottom)
        x1, y1 = _at(upright, box.right, box.top)
        yield Glyph(chr(code), min(x0, x1), max(x0, x1), _at(upright, x.value, y.value)[1], abs(y1 - y0))


def _rules(page: pdfium.PdfPage, upright: Matrix) -> Iterator[Rule]:
    """Horizontal and vertical strokes, and filled rectangles as thin as a stroke; fillings of areas are none."""
    segments = 0
    for path, matrix in _paths(page):
        segments += max(raw.FPDFPath_CountSegments(path), 0)
        if segments > SEGMENTS:
            return
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, filled, stroked)
        for points in _figures(path, matrix, upright):
            yield from _rules_of(points, bool(stroked.value))


def _rules_of(points: list[Point], stroked: bool) -> Iterator[Rule]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if bottom - top <= THIN and right - left >= LONG:
        yield Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
    elif right - left <= THIN and bottom - top >= LONG:
        yield Rule((left + right) / 2, top, (left + right) / 2, bottom)
    elif stroked:
        for start, end in pairwise(points):
            if (
                max(abs(end[0] - start[0]), abs(end[1] - start[1])) >= LONG
                and min(abs(end[0] - start[0]), abs(end[1] - start[1])) <= 1
            ):
                yield from _rules_of([start, end], stroked=False)


def _paths(page: pdfium.PdfPage) -> Iterator[tuple[object, Matrix]]:
    """Paths of the page and of forms in it, each with the matrix that leads to the page."""
    stack = [
        (raw.FPDFPage_GetObject(page, place), IDENTITY)
        for place in range(min(raw.FPDFPage_CountObjects(page), OBJECTS))
    ]
    left = OBJECTS
    while stack and left:
        left -= 1
        item, outer = stack.pop()
        kind = raw.FPDFPageObj_GetType(item)
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
            continue
        inner = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(item, inner)
        matrix = _product(outer, (inner.a, inner.c, inner.b, inner.d, inner.e, inner.f))
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield item, matrix
        else:
            count = min(raw.FPDFFormObj_CountObjects(item), OBJECTS - len(stack))
            stack += [(raw.FPDFFormObj_GetObject(item, place), matrix) for place in range(count)]


def _product(outer: Matrix, inner: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, a * k + b * m + e, c * k + d * m + f)


def _figures(path: object, matrix: Matrix, upright: Matrix) -> Iterator[list[Point]]:
    """The corners of each line or area that the path draws; curves are left out."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for place in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, place)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind != raw.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(_at(upright, *_at(matrix, x.value, y.value)))
        if raw.FPDFPathSegment_GetClose(segment) and len(points) > 2:
            points.append(points[0])
    if len(points) > 1:
        yield points
