"""Glyphs -> lines as they stand on the page, without the spaces that justification made."""

import itertools
import re
from dataclasses import dataclass
from statistics import median

from corpus.readers.pdf_page import Glyph
from corpus.readers.spaces import IDEOGRAPH, INVISIBLE

SAME_LINE = 0.45  # of the character's width: how far apart two baselines of one line may be
NARROW, WIDE = 0.22, 1.6  # gaps in character widths: a space between Latin words, a gap between two columns of words
SET_APART = 0.22  # a gap between Chinese words that is meant: so much more than the line's usual gap
START = re.compile(r"(?:第[〇零一二三四五六七八九十百千\d]{1,9}[编章节条款]|附件\d{1,2}|[\d]{1,3}[.．、])$")
LATIN = re.compile(r"[A-Za-z0-9]")
CHINESE = re.compile(f"[{IDEOGRAPH}]")
DRAWN = re.compile(r"(\S)\1{4,}")  # one character again and again: a rule drawn with letters
NARROW_GAP, WIDE_GAP = "\x01", "\x02"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; `em` is the width of a Chinese character in it."""

    text: str
    x0: float
    x1: float
    base: float
    em: float
    page: int

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


def lines_of(glyphs: list[Glyph], page: int) -> list[Line]:
    """From top to bottom; glyphs whose baselines nearly agree are one line."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.base, glyph.x0)):
        if lines and abs(glyph.base - lines[-1][0].base) <= SAME_LINE * min(_em(glyph), _em(lines[-1][0])):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    made = [_line(sorted(line, key=lambda glyph: glyph.x0), page) for line in lines]
    return [line for line in made if line.text and not DRAWN.fullmatch(line.text)]


def _em(glyph: Glyph) -> float:
    width = glyph.x1 - glyph.x0
    return max(width if CHINESE.match(glyph.text) else glyph.size * 0.8, 1.0)


def _line(glyphs: list[Glyph], page: int) -> Line:
    em = median([_em(glyph) for glyph in glyphs if CHINESE.match(glyph.text)] or [_em(glyph) for glyph in glyphs])
    kept = [glyphs[0]]
    for glyph in glyphs[1:]:  # bold made by printing twice
        if glyph.text != kept[-1].text or glyph.x0 - kept[-1].x0 > 0.2 * em:
            kept.append(glyph)
    text = INVISIBLE.sub("", spaced(kept, em))
    return Line(text, kept[0].x0, max(glyph.x1 for glyph in kept), median([glyph.base for glyph in kept]), em, page)


def spaced(glyphs: list[Glyph], em: float) -> str:
    """The text with those spaces that mean something: between Latin words, after 第一条, between columns of words."""
    gaps = [(right.x0 - left.x1) / em for left, right in itertools.pairwise(glyphs)]
    usual = max(median(gaps), 0.0) if len(gaps) > 3 else 0.0
    text = glyphs[0].text
    for gap, glyph in zip(gaps, glyphs[1:], strict=True):
        if gap >= WIDE + usual:
            text += WIDE_GAP
        elif gap >= (NARROW if _latin(text[-1], glyph.text) else SET_APART) + usual:
            text += NARROW_GAP
        text += glyph.text
    return _without_stretching(text)


def _latin(left: str, right: str) -> bool:
    return bool(LATIN.match(left) and LATIN.match(right))


def _without_stretching(text: str) -> str:
    """ "生\\x01健\\x01康" -> 生健康; "第一条\\x01为了" -> 第一条 为了; "甲厅\\x02乙厅" -> 甲厅 乙厅."""
    words = re.split(f"([{NARROW_GAP}{WIDE_GAP}])", text)
    result, before = words[0], words[0]
    for gap, word in zip(words[1::2], words[2::2], strict=True):
        single = len(before) == 1 and len(word) == 1
        chinese = bool(CHINESE.match(result[-1:]) and CHINESE.match(word))
        apart = len(before) > 1 and len(word) > 1
        meant = (
            _latin(result[-1:], word[:1])
            or (START.match(result) is not None)
            or (gap == WIDE_GAP and not single)
            or (chinese and apart)
        )
        result += f" {word}" if meant and not (single and chinese and not START.match(result)) else word
        before = word
    return result
