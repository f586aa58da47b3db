"""A page's tree -> blocks of lines in reading order, and which elements hold which blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from corpus.readers.html_lists import Lists
from corpus.readers.html_tables import data_table, rows_of
from corpus.readers.information import pairs_of
from corpus.readers.source import SourceLine
from corpus.readers.spaces import FULL_WIDTH, MARKER, clean
from corpus.readers.tables import table_lines

DROPPED = frozenset(
    "script style noscript template iframe object embed svg canvas audio video nav footer button select input textarea "
    "option map head title meta link".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 "
    "header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|sidebar|side|foot|footer|crumbs?|breadcrumbs?|share|bdsharebuttonbox|related|recommend|"
    r"comments?|copyright|toolbar|login|banner|qrcode|ewm|print|location|weizhi|dqwz)(?:$|[\s_-])",
    re.IGNORECASE,
)
SPACES = re.compile(r"[ \t\r\n\u3000\xa0]+")
ENDED = "。；：！？…”）)"
ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千\d]{1,9}[编章节条款]$")  # after it a space is meant
SOURCE_BREAK = re.compile(rf"(?<=[{FULL_WIDTH}])[ \t]*\r?\n[ \t\r\n]*(?=[{FULL_WIDTH}])")


@dataclass(slots=True)
class Block:
    """Lines that one block element gave; `links` counts their characters that are links."""

    lines: list[SourceLine]
    links: int = 0
    furniture: bool = False  # inside an element whose name says navigation, footer and the like
    pairs: list[tuple[str, str]] = field(default_factory=list)  # of an information box, which gives no lines


@dataclass(frozen=True, slots=True)
class Element:
    """A block element and the blocks [start, end) inside it."""

    start: int
    end: int


class _Walker:
    """Gathers text until a block element starts or ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.elements: list[Element] = []
        self._text: list[str] = []
        self._links = 0
        self.in_link = 0
        self.furniture = 0
        self.level = 0
        self.number = ""  # of a list item, before its first text

    def text(self, written: str) -> None:
        self._text.append(written)
        if self.in_link:
            self._links += len(written.strip())

    def flush(self) -> None:
        lines = _lines("".join(self._text), self.level)
        if lines:
            if self.number and not MARKER.match(lines[0].text):
                lines[0] = replace(lines[0], text=self.number + lines[0].text)
            self.number = ""
            self.blocks.append(Block(lines, self._links, self.furniture > 0))
        self._text, self._links = [], 0

    def table(self, node: LexborNode) -> None:
        self.flush()
        rows = rows_of(node)
        pairs = pairs_of(rows)
        block = Block([] if pairs else table_lines(rows), furniture=self.furniture > 0, pairs=pairs)
        if block.lines or block.pairs:
            self.blocks.append(block)


def walk(root: LexborNode) -> tuple[list[Block], list[Element]]:
    """Without recursion: pages nest as deep as their makers like."""
    walker = _Walker()
    open_elements: list[int] = []
    lists = Lists()
    preformatted = 0
    for entering, node in _events(root, walker):
        tag = node.tag or ""
        change = 1 if entering else -1
        if tag == "pre":
            preformatted += change
        if tag == "-text":
            written = node.text_content or ""
            walker.text(written if preformatted else _flowing(written))
        elif tag == "br" and entering:
            walker.text("\n")
        elif tag == "a":
            walker.in_link += change
        if tag in BLOCKS:
            walker.flush()
            if re.fullmatch("h[1-6]", tag):
                walker.level = int(tag[1]) if entering else 0
            walker.number = lists.number(node) if entering and tag in ("ol", "ul", "li") else walker.number
            if not entering and tag in ("ol", "ul"):
                lists.leave()
            if entering:
                open_elements.append(len(walker.blocks))
            else:
                walker.elements.append(Element(open_elements.pop(), len(walker.blocks)))
            walker.furniture += change * _named_furniture(node)
    walker.flush()
    return walker.blocks, walker.elements


def _events(root: LexborNode, walker: _Walker) -> Iterator[tuple[bool, LexborNode]]:
    """(entering, node) in order; dropped and hidden parts are left out, data tables go to the walker whole. A page that is
    hidden as a whole is one that its script would have shown."""
    stack: list[tuple[bool, LexborNode]] = [(True, root)]
    while stack:
        entering, node = stack.pop()
        if not entering:
            yield False, node
            continue
        tag = node.tag or ""
        following = node.next if node is not root else None
        if following is not None:
            stack.append((True, following))
        if tag == "-text":
            yield True, node
        elif tag.startswith("-") or tag in DROPPED or (node is not root and _hidden(node)):
            continue
        elif tag == "table" and data_table(node):
            walker.table(node)
        else:
            yield True, node
            stack.append((False, node))
            child = node.child
            if child is not None:
                stack.append((True, child))


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(HIDDEN.search(attributes.get("style") or ""))


def _named_furniture(node: LexborNode) -> bool:
    attributes = node.attributes
    return any(FURNITURE_NAME.search(attributes.get(name) or "") for name in ("class", "id"))


def _flowing(written: str) -> str:
    """Line ends of the page's source are no line ends of the text; between Chinese characters they are nothing."""
    return (
        SOURCE_BREAK.sub(lambda gap: " " if ARTICLE.search(gap.string[: gap.start()][-12:]) else "", written)
        .replace("\r", " ")
        .replace("\n", " ")
    )


def _parts(run: re.Match[str]) -> bool:
    """Whether these spaces part paragraphs: two or more wide ones after the end of a sentence or before a number."""
    if "\n" in run[0] or run[0].count("\u3000") + run[0].count("\xa0") < 2:
        return "\n" in run[0]
    return run.string[run.start() - 1 : run.start()] in tuple(ENDED) or bool(MARKER.match(run.string, run.end()))


def _lines(written: str, level: int) -> list[SourceLine]:
    """Text of one block -> its paragraphs: a break for each <br> (here "\\n" of its own) and for wide spaces."""
    broken = SPACES.sub(lambda run: "\n" if _parts(run) else run[0], written)
    parts = [clean(part) for part in broken.split("\n")]
    if level:
        heading = clean(" ".join(parts))
        return [SourceLine(heading, "heading", level)] if heading else []
    return [SourceLine(part) for part in parts if part]
