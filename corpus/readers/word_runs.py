"""What a Word paragraph shows: its runs with accepted revisions, results of fields, and the text boxes anchored in it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from corpus.readers.word_styles import Style, Styles, is_hidden
from corpus.readers.word_xml import alternative, setting, switched

DROPPED = frozenset("del moveFrom pPr rPr instrText delText delInstrText rt rubyPr sdtPr sdtEndPr fldData".split())
BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}
LINE_ENDS = str.maketrans("\t\r\n", "   ")
NOTES = frozenset(("footnoteReference", "endnoteReference"))
# Signs of picture fonts that documents use in sentences and forms, by the number of their glyph.
SIGNS = {
    "wingdings": dict(zip(b"\xfe\xa8\xfc\xd8\x6c\x6e\xe0", "☑□✓➢●■→", strict=True)),
    "wingdings 2": dict(zip(b"\x52\xa3\x50", "☑□✓", strict=True)),
    "symbol": dict(zip(b"\xb1\xb4\xb8\xa3\xb3\xb9\xb0\x6d\x61\x62\xb7", "±×÷≤≥≠°μαβ·", strict=True)),
}


@dataclass(slots=True)
class Content:
    """The text of a paragraph in pieces, soft line breaks as line ends, and the contents of its text boxes."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def is_blank(self) -> bool:
        return not any(piece.strip() for piece in self.pieces)


class Runs:
    """Reads paragraphs in order. `notes` counts the footnotes and endnotes that the text read so far refers to."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[
            bool
        ] = []  # the fields that are open, and whether what stands here is still their instruction
        self.notes: Counter[str] = Counter()

    def read(self, paragraph: Element, chain: tuple[Style, ...]) -> Content:
        content = Content()
        self._gather(paragraph, content, is_hidden(chain))
        # An instruction ends with its paragraph: a damaged field must not swallow the rest of the text.
        self._fields = [False] * len(self._fields)
        return content

    def _gather(self, node: Element, content: Content, hidden: bool) -> None:
        for child in node:
            tag = child.tag
            if tag in DROPPED:
                continue
            if tag == "fldChar":
                self._field(child.get("fldCharType"))
            elif tag == "r":
                self._gather(child, content, self._is_hidden(child, hidden))
            elif tag == "AlternateContent":
                self._gather(alternative(child), content, hidden)
            elif len(child) and tag != "txbxContent":
                self._gather(child, content, hidden)
            elif not hidden and not any(self._fields):
                self._take(child, content)

    def _take(self, node: Element, content: Content) -> None:
        if node.tag == "t":
            content.pieces.append(_written(node))
        elif node.tag in BREAKS:
            content.pieces.append(BREAKS[node.tag])
        elif node.tag == "sym":
            content.pieces.append(_sign(node))
        elif node.tag == "txbxContent":
            content.boxes.append(node)
        elif node.tag in NOTES:
            self.notes[node.tag] += 1

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _is_hidden(self, run: Element, hidden: bool) -> bool:
        """By what the run says itself, else its style, else the paragraph's."""
        own = switched(run, "rPr/vanish")
        if own is not None:
            return own
        named = setting(run, "rPr/rStyle")
        return hidden or (named is not None and is_hidden(self._styles.chain(named)))


def _written(node: Element) -> str:
    """White space at the ends counts only where the file says so; line ends never do."""
    text = (node.text or "").translate(LINE_ENDS)
    return text if node.get("space") == "preserve" or len(text) == 1 else text.strip(" ")


def _sign(node: Element) -> str:
    """A sign of a picture font; "" for one that has no counterpart among characters."""
    code = int(node.get("char", ""), 16) if re.fullmatch("[0-9A-Fa-f]{2,4}", node.get("char", "")) else 0
    font = node.get("font", "").lower()
    if code >= 0xF000 or font in SIGNS:
        return SIGNS.get(font, {}).get(code & 0xFF, "")
    return chr(code) if code and not 0xD800 <= code < 0xF900 else ""


def is_deleted(properties: Element | None) -> bool:
    """The paragraph's end was deleted or moved away: the next paragraph goes on with it."""
    mark = properties.find("rPr") if properties is not None else None
    return mark is not None and (mark.find("del") is not None or mark.find("moveFrom") is not None)


def has_hidden_end(properties: Element | None, chain: tuple[Style, ...]) -> bool:
    own = switched(properties, "rPr/vanish")
    return is_hidden(chain) if own is None else own
