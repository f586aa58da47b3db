"""What is printed on the pages beside the document: running heads, page numbers, a web site around the text."""

import re
from collections import Counter
from dataclasses import dataclass

from corpus.readers.furniture import BREADCRUMB, DASHED, NUMBERED, PAGE_NUMBER, is_site_line
from corpus.readers.pdf_lines import Line
from corpus.readers.pdf_tables import Grid

MARGIN = 0.13  # of the page's height, at the top and at the bottom, where running lines stand
REPEATED = 0.4  # of the pages that a running line stands on; on odd or even pages alone it is half
END_OF_PRINT = re.compile(
    r"[\s【\[|]*(?:打印|关闭|打印本页|关闭窗口|返回顶部)(?:[\s】\]|【\[]+(?:打印|关闭|打印本页|关闭窗口|返回顶部))*[\s】\]|]*"
)


@dataclass(slots=True)
class Sheet:
    """A page's lines and tables."""

    height: float
    width: float
    lines: list[Line]
    grids: list[Grid]


def without_furniture(sheets: list[Sheet]) -> None:
    """Takes running heads, page numbers and the surroundings of a printed web page out of the sheets."""
    seen = Counter(
        key for sheet in sheets for key in {_key(line, sheet) for line in sheet.lines if _outside(line, sheet)}
    )
    running = {key for key, count in seen.items() if len(sheets) > 2 and count >= max(2, REPEATED * len(sheets))}
    for sheet in sheets:
        sheet.lines = [line for line in sheet.lines if not (_outside(line, sheet) and _key(line, sheet) in running)]
        for at_end in (-1, 0):
            edge = _edge(sheet, at_end)
            if edge and PAGE_NUMBER.fullmatch(edge.text):
                sheet.lines.remove(edge)
    if sheets:
        _unprint(sheets)


def _outside(line: Line, sheet: Sheet) -> bool:
    return line.base < MARGIN * sheet.height or line.base > (1 - MARGIN) * sheet.height


def _key(line: Line, sheet: Sheet) -> tuple[str, int]:
    return re.sub(r"[\d０-９]+", "#", line.text), round(line.base / sheet.height * 50)


def _edge(sheet: Sheet, at_end: int) -> Line | None:
    """The page's last or first line, where it stands in the margin and beyond all tables."""
    if not sheet.lines:
        return None
    line = sorted(sheet.lines, key=lambda line: line.base)[at_end]
    within = any(grid.ys[0] <= line.base <= grid.ys[-1] for grid in sheet.grids)
    return line if (_outside(line, sheet) or DASHED.fullmatch(line.text)) and not within else None


def _unprint(sheets: list[Sheet]) -> None:
    """A printed web page: all above the breadcrumb and all below the buttons is the site."""
    first, last = sheets[0], sheets[-1]
    crumb = next((line for line in first.lines if BREADCRUMB.fullmatch(line.text)), None)
    if crumb and not any(
        NUMBERED.match(line.text) and "。" in line.text for line in first.lines if line.base < crumb.base
    ):
        first.lines = [line for line in first.lines if line.base > crumb.base]
    button = next((line for line in last.lines if END_OF_PRINT.fullmatch(line.text)), None)
    if button and not any(NUMBERED.match(line.text) for line in last.lines if line.base > button.base):
        last.lines = [line for line in last.lines if line.base < button.base]
    for sheet in sheets:
        sheet.lines = [line for line in sheet.lines if not is_site_line(line.text)]
