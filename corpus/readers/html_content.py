"""Which part of a page is the document: the smallest element that holds all its sentences and numbered paragraphs."""

import re

from corpus.readers.furniture import NUMBERED, is_site_line
from corpus.readers.html_walk import Block, Element
from corpus.readers.source import SourceLine

SENTENCE = 20  # characters of a line that counts as a sentence, with 。 in it


SIGNATURE = re.compile(
    r"[\s\d〇○零一二三四五六七八九十元]{2,8}年[\s\d〇○零一二三四五六七八九十]{1,4}月[\s\d〇○零一二三四五六七八九十]{1,4}日|附件.{0,60}"
)
NEAR = 8  # blocks before the first sentence that may be the title, and after the last that may be the signature


def content_of(blocks: list[Block], elements: list[Element]) -> list[Block]:
    """The document's blocks, in order, without the page's furniture."""
    speaking = [place for place, block in enumerate(blocks) if _speaks(block)]
    if not speaking:
        return [_without_furniture(block) for block in blocks if not (_furniture(block) or _linked(block))]
    first, last = speaking[0], speaking[-1]
    holding = [element for element in elements if element.start <= first and last < element.end]
    chosen = min(holding, key=lambda element: element.end - element.start, default=Element(0, len(blocks)))
    start, end = _start(blocks, chosen.start, first), _end(blocks, chosen.end, last)
    return [_without_furniture(block) for block in blocks[start:end] if not _furniture(block)]


def _speaks(block: Block) -> bool:
    """Whether it shows where the document is: a sentence, a numbered paragraph or a table that is no link."""
    return not (_furniture(block) or _linked(block)) and any(_is_content(line) for line in block.lines)


def _is_content(line: SourceLine) -> bool:
    if line.kind == "row" or NUMBERED.match(line.text):
        return True
    return len(line.text) >= SENTENCE and "。" in line.text and not is_furniture(line)


def is_furniture(line: SourceLine) -> bool:
    """A line that belongs to the page; numbered paragraphs and rows never do."""
    return line.kind != "row" and is_site_line(line.text)


def _furniture(block: Block) -> bool:
    """In an element named as furniture, unless numbered paragraphs stand there: names can mislead."""
    numbered = any(NUMBERED.match(line.text) and len(line.text) >= SENTENCE for line in block.lines)
    return block.furniture and (not numbered or _linked(block))


def _linked(block: Block) -> bool:
    """More than half of it are links: navigation, lists of other documents."""
    return block.links * 2 > sum(len(line.text) for line in block.lines)


def _start(blocks: list[Block], start: int, first: int) -> int:
    """Where the title begins: above the element too, but after the last block of links."""
    linked = [place for place in range(first) if _linked(blocks[place])]
    return max([min(start, max(0, first - NEAR)), *(place + 1 for place in linked)])


def _end(blocks: list[Block], end: int, last: int) -> int:
    """Behind signature and list of attachments, which may stand outside the element; before links to other pages."""
    for place in range(last + 1, end):
        attached = any("附件" in line.text or "." in line.text for line in blocks[place].lines)
        if _linked(blocks[place]) and not attached:
            return place
    for place in range(min(len(blocks), last + 1 + NEAR) - 1, end - 1, -1):
        if any(SIGNATURE.fullmatch(line.text) for line in blocks[place].lines):
            return place + 1
    return end


def _without_furniture(block: Block) -> Block:
    return Block([line for line in block.lines if not is_furniture(line)], block.links, block.furniture)
