"""Headings without a number, under which numbers begin anew."""

import re
from itertools import pairwise

from corpus.lines import Line, is_short
from corpus.node import Node


def grouped(nodes: list[Node], parent: Node | None, lead: list[Line]) -> list[Node]:
    """Units of one level whose numbers begin at 1 again under a short line, brought under these lines as headings.
    `lead` is what stands above the first."""
    for node in nodes:
        node.children = grouped(node.children, node, node.lines)
    starts = [at for at, node in enumerate(nodes) if at and node.number == 1 and nodes[at - 1].number > 1]
    headings = [
        _heading_in(lead if at == 0 else _last(nodes[at - 1]).lines, at == 0 and parent is not None)
        for at in (0, *starts)
    ]
    alike = len({node.style for node in nodes}) == 1 and nodes[0].marker is not None if nodes else False
    if not (starts and alike and all(headings)):
        return nodes
    groups = []
    for number, (lines, (start, end)) in enumerate(
        zip(headings, pairwise([0, *starts, len(nodes)]), strict=True), start=1
    ):
        source = lead if start == 0 else _last(nodes[start - 1]).lines
        del source[len(source) - len(lines) :]
        group = Node(lines, None, number, parent, nodes[start:end], group=True)
        for node in group.children:
            node.parent = group
        groups.append(group)
    return groups


def _heading_in(lines: list[Line], below_heading: bool) -> list[Line]:
    """The last lines from the short one on that heads what follows; none where there is none among the last three."""
    least = 1 if below_heading or lines else 0
    said = [at for at, line in enumerate(lines) if not line.is_blank and at >= least]
    for at in said[-3:]:
        ended = at == 0 or re.search(r"[。;!?)\]】〕]$", lines[at - 1].folded.strip()) or at == least
        if ended and is_short(lines[at].folded, 40) and not lines[at].marker:
            return lines[at:]
    return []


def _last(node: Node) -> Node:
    return _last(node.children[-1]) if node.children else node
