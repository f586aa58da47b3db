"""Which units of an outline are items: the deepest that say something of their own.

Under 一、 the （一） where each of them says something, under （一） the 1. where （一） is no more than a heading. An article
(条) is an item whatever lists it holds.
"""

import re

from corpus.lines import paragraphs
from corpus.markers import NAMED, Style
from corpus.node import Node
from corpus.rows import LONGEST_HEADING

_AIMS = re.compile(r"(?:总体要求|总要求|总体目标|发展目标|总体思路)(?:和.{0,8}目标)?[。:]?")
_SENTENCE_INSIDE = re.compile(r"[。;!?].")
DEEPEST_HEADING = 3  # headings above an item at most
SECTIONS: tuple[Style, ...] = ("编", "部分", "章", "节", "壹、", "一、")  # they head what is below them in any company
FRAGMENT = 12  # characters on average under which the units below a heading are a list of words, not items


def mark_items(roots: list[Node], settled: Style | None) -> None:
    """`settled` is the style of number that its owner says is the items'."""
    alike = all(map(is_heading, roots))
    for root in roots:
        _mark(root, settled, several=len(roots) > 1, heads=alike)
    headings = {root.style for root in roots if not root.is_item}
    for root in roots:
        root.beside_headings = root.style in headings


def _mark(node: Node, settled: Style | None, *, several: bool, heads: bool = True) -> None:
    """`heads`: all units beside it are headings, too; where one says something of its own, each of them is an item."""
    if node.columns:
        node.is_item = True
        return
    above = settled is not None and any(one.style == settled for one in node.walk() if one is not node)
    stands_above = node.group or (is_heading(node) and (heads or node.style in SECTIONS))
    if node.style == "条" or (settled and node.style == settled) or not (above or stands_above):
        node.is_item = node.style not in NAMED and not _states_aims(node, several) and _says_something(node)
        return
    alike = all(child.group or child.columns or is_heading(child) for child in node.children)
    for child in node.children:
        _mark(child, settled, several=True, heads=alike)


def _says_something(node: Node) -> bool:
    return any(line.said for line in node.all_lines())


def _states_aims(node: Node, several: bool) -> bool:
    """总体要求, 发展目标: a section in prose that only says what for."""
    first, *rest = node.lines
    is_alone = any(paragraphs(rest)) and _AIMS.fullmatch(first.said) is not None
    return several and node.depth == 0 and node.style in ("一、", "壹、", "部分") and not node.children and is_alone


def is_heading(node: Node) -> bool:
    """True where it only stands above what is below it."""
    if node.style in NAMED or node.group:
        return True
    if not node.children or node.depth >= DEEPEST_HEADING:
        return False
    said, lead = node.lines[0].said, list(paragraphs(node.lines[1:]))
    if len(said) > LONGEST_HEADING or _SENTENCE_INSIDE.search(said):
        return False
    if node.style in SECTIONS:
        return True
    if any(child.columns for child in node.children):
        return True
    lengths = [len(child.lines[0].said) + sum(len(line.said) for line in child.lines[1:]) for child in node.children]
    deeper = any(child.children for child in node.children)
    says = deeper or sum(lengths) / len(lengths) >= FRAGMENT
    return not lead and not said.endswith((":", ";", ",")) and says
