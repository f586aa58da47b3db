"""What a Word paragraph shows: its runs with accepted revisions, results of fields, and the text boxes anchored in it."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

# Around paragraphs, rows and cells, or around runs: looked through. What is not named here is passed over.
AROUND = frozenset(
    "sdt sdtContent ins moveTo customXml smartTag hyperlink fldSimple dir bdo rubyBase ruby oMath oMathPara".split()
)
DROPPED = frozenset("del moveFrom pPr rPr instrText delText rt rubyPr sdtPr".split())
BREAKS = {"cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}


def contents(parent: Element, *names: str) -> Iterator[Element]:
    """Paragraphs and tables (or rows, or cells) inside, seen through content controls, insertions and alternatives."""
    wanted = names or ("p", "tbl")
    for node in parent:
        if node.tag in wanted:
            yield node
        elif node.tag == "AlternateContent":
            yield from contents(_alternative(node), *names)
        elif node.tag in AROUND:
            yield from contents(node, *names)


def text_of(paragraph: Element) -> tuple[str, list[Element]]:
    """The paragraph's text, soft line breaks as line ends, and the contents of its text boxes."""
    text: list[str] = []
    boxes: list[Element] = []
    _gather(paragraph, text, boxes)
    return "".join(text), boxes


def _gather(node: Element, text: list[str], boxes: list[Element]) -> None:
    for child in node:
        tag = child.tag
        if tag == "t":
            text.append((child.text or "").replace("\n", " "))
        elif tag in BREAKS:
            text.append(BREAKS[tag])
        elif tag == "br":
            text.append("" if child.get("type") in ("page", "column") else "\n")
        elif tag == "txbxContent":
            boxes.append(child)
        elif tag == "AlternateContent":
            _gather(_alternative(child), text, boxes)
        elif tag not in DROPPED and not (tag == "r" and _hidden(child)):
            _gather(child, text, boxes)


def _alternative(node: Element) -> Element:
    """The first form of what is there in several: newer programs' form, and the same for older ones."""
    choice = node.find("Choice")
    fallback = node.find("Fallback")
    return choice if choice is not None else fallback if fallback is not None else Element("Fallback")


def _hidden(run: Element) -> bool:
    vanish = run.find("rPr/vanish")
    return vanish is not None and vanish.get("val", "1") not in ("0", "false")
