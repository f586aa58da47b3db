"""Lines of pages -> paragraphs: a line goes on where the one before was full and this one starts at the margin."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.readers.pdf_lines import CHINESE, Line
from corpus.readers.spaces import MARKER

NUMBERED = re.compile(MARKER.pattern)
INDENT = 1.4  # character widths from the margin at which a paragraph's first line starts
HANGING = 2.6  # further in than any first line: a list's second line
ENDED = "。；：！？…”）)"
SIZES = 0.12  # by how much characters of one paragraph may differ in size
LEAD = 1.45  # times the usual distance between lines: a gap that parts paragraphs
CLOSING = "，。、；：！？）》”’」』〉】〕…"


@dataclass(frozen=True, slots=True)
class Frame:
    """The text's margins on a page."""

    left: float
    right: float


def frames_of(pages: Sequence[list[Line]]) -> list[Frame]:
    """Each page's margins; a page with too little text takes them from the others of its side (odd, even), or from all."""
    found = [_frame(lines) for lines in pages]
    result = []
    for place, frame in enumerate(found):
        same = [other for other in found[place % 2 :: 2] if other] or [other for other in found if other]
        usual = Frame(median([f.left for f in same]), median([f.right for f in same])) if same else None
        edges = list(pages[place]) or [Line("", 0.0, 1.0, 0.0, 1.0, place)]
        result.append(frame or usual or Frame(min(line.x0 for line in edges), max(line.x1 for line in edges)))
    return result


def _frame(lines: list[Line]) -> Frame | None:
    """Where at least three lines end, and at least two start, near the outermost of such places."""
    if len(lines) < 4:
        return None
    em = median([line.em for line in lines])
    rights = sorted((line.x1 for line in lines), reverse=True)
    lefts = sorted(line.x0 for line in lines)
    right = next((x for place, x in enumerate(rights[:-2]) if x - rights[place + 2] <= 1.2 * em), None)
    left = next((x for place, x in enumerate(lefts[:-1]) if lefts[place + 1] - x <= 0.5 * em), None)
    return Frame(left, right) if left is not None and right is not None and right - left > 8 * em else None


def paragraphs(lines: list[Line], frames: list[Frame]) -> list[str]:
    """The lines of consecutive pages, tables apart, as whole paragraphs."""
    usual = _usual_lead(lines)
    result: list[str] = []
    last: Line | None = None
    for line in lines:
        if last is not None and (_goes_on(last, line, frames, usual) or _in_brackets(result[-1], last, line, usual)):
            result[-1] = _join(result[-1], line.text)
        else:
            result.append(line.text)
        last = line
    return [text.strip() for text in result if text.strip()]


def _usual_lead(lines: list[Line]) -> float:
    leads = [b.base - a.base for a, b in itertools.pairwise(lines) if a.page == b.page and b.base - a.base > 0.8 * a.em]
    return median(leads) if leads else 0.0


def _goes_on(last: Line, line: Line, frames: list[Frame], usual: float) -> bool:
    """Whether `line` continues the paragraph that `last` is part of."""
    before, frame = frames[last.page], frames[line.page]
    numbered = bool(NUMBERED.match(line.text))
    near = last.page == line.page and line.base - last.base <= LEAD * usual
    if last.text[-1] in "，、" and near and not numbered:
        return True
    if not _full(last, line, before) or abs(last.em - line.em) > SIZES * max(last.em, line.em):
        return False
    if last.page == line.page and line.base - last.base > LEAD * usual and last.text[-1] in ENDED:
        return False
    if _set_apart(line, frame) or _set_apart(last, before):
        return False
    indent = (line.x0 - frame.left) / line.em
    if indent >= HANGING:
        return not numbered and (last.x0 - before.left) / last.em >= INDENT
    if indent >= INDENT:
        return False
    return not (numbered and last.text[-1] in ENDED)


def _in_brackets(text: str, last: Line, line: Line, usual: float) -> bool:
    """A bracket of the paragraph so far is still open, as in a note of departments that was broken early."""
    opened = max(text.count("（") - text.count("）"), text.count("(") - text.count(")"))
    near = last.page == line.page and line.base - last.base <= LEAD * usual
    return opened == 1 and near and bool(re.match(r"[^（(]{0,200}[）)]", line.text)) and not NUMBERED.match(line.text)


def _full(last: Line, line: Line, frame: Frame) -> bool:
    """Whether the line's first word had no room at the end of the line before."""
    word = re.match(r"[A-Za-z0-9.%\-]{1,20}|.", line.text)
    assert word
    width = len(word[0]) * (1.0 if CHINESE.match(word[0]) else 0.6)
    if len(line.text) > 1 and line.text[1] in CLOSING and len(word[0]) == 1:
        width += 1.0  # a character and the mark that may not start a line stay together
    return frame.right - last.x1 < (width + 0.9) * last.em


def _set_apart(line: Line, frame: Frame) -> bool:
    """Centred, or pushed to the right as signatures are."""
    left, right = (line.x0 - frame.left) / line.em, (frame.right - line.x1) / line.em
    centred = left > HANGING and right > HANGING and abs(left - right) < 1.5
    return centred or (left > 0.35 * (frame.right - frame.left) / line.em)


def _join(text: str, more: str) -> str:
    latin = re.search(r"[A-Za-z,;]$", text) and re.match(r"[A-Za-z]", more)
    return f"{text} {more}" if latin else text + more
