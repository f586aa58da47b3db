"""Numbers that a browser shows before the items of a list, though the page's text has none."""

import re

from selectolax.lexbor import LexborNode

from corpus.readers.word_formats import formatted

TYPES = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCountingThousand", "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand", "cjk-decimal": "ideographDigital", "none": "none",
}  # fmt: skip
STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)")


class Lists:
    """The lists that are open, and how far each has counted."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str] | None] = []  # the number to come and its form; None for bullets

    def number(self, node: LexborNode) -> str:
        """What stands before the item: "2. ", "二、"; "" on entering a list, and for items of bulleted ones."""
        attributes = node.attributes
        if node.tag != "li":
            style = STYLE.search(attributes.get("style") or "")
            form = TYPES.get((style[1] if style else attributes.get("type")) or "", "decimal")
            start = _integer(attributes.get("start"), 1)
            self._open.append((start, form) if node.tag == "ol" else None)
            return ""
        if not self._open or self._open[-1] is None:
            return ""
        number, form = self._open[-1]
        number = _integer(attributes.get("value"), number)
        self._open[-1] = (number + 1, form)
        shown = formatted(number, form)
        return "" if not shown else f"{shown}. " if shown.isascii() else f"{shown}、"

    def leave(self) -> None:
        if self._open:
            self._open.pop()


def _integer(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"-?\d{1,6}", written.strip()) else otherwise
