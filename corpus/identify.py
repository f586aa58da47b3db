"""Ids and labels: 31 第31项, 3.2 第3章第2条, 17-1 第17条之一, 2.3.4 第2部分（三）第4项, a2.3 附件2第3项.

An id is as short as tells items of one text apart: the number alone where numbers run through it, the numbers of the
headings before it where they restart under each.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Step
from corpus.markers import NAMED, Style
from corpus.node import Node

_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Named:
    """What an item or a heading is called."""

    id: str
    label: str
    repeated: bool = False  # another unit has the same number: the id has a mark of its own


class Given:
    """Ids that are given away, each once: 3, then 3_2, 3_3."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self._times: Counter[str] = Counter()

    def free(self, id: str) -> str:
        """It, or with the next number behind it, from now on given: each goes on from the one before."""
        found = id
        while found in self.ids:
            self._times[id] += 1
            found = f"{id}_{self._times[id] + 1}"
        self.ids.add(found)
        return found


def names_of(items: Sequence[Node], headings: Sequence[Node], prefix: str, said: str) -> dict[Node, Named]:
    """The ids and labels of one text's items; `prefix` (a2) and `said` (附件2) stand before them."""
    restarting = _restarting([*items, *headings])
    named: dict[Node, Named] = {}
    given = Given()
    for group in _groups(items):
        above = _levels_needed(group, given.ids, restarting)
        for node in group:
            chain = node.chain()[-1 - above :]
            id = ".".join(map(_number, chain))
            if above == 0 and _is_section(node) and id in given.ids:
                id = f"s{id}"
            free = given.free(id)
            label = said + "".join(map(_above, chain[:-1])) + _own(node)
            named[node] = Named(f"{prefix}.{free}" if prefix else free, label, free != id)
    return named


def heading_names(headings: Sequence[Node], prefix: str, said: str) -> dict[Node, Named]:
    """The same for headings: all numbers above belong to the id, those needed to the label."""
    named = {}
    for node in headings:
        id = ".".join(map(_number, node.chain()))
        label = (
            said
            + "".join(map(_above, node.chain()[:-1] if node.style not in ("编", "部分", "章") else []))
            + _above(node)
        )
        named[node] = Named(f"{prefix}.{id}" if prefix else id, label)
    return named


def steps_of(node: Node) -> tuple[Step, ...]:
    return tuple(Step(one.style or "行", one.number, one.marker.suffix if one.marker else 0) for one in node.chain())


def _groups(items: Sequence[Node]) -> list[list[Node]]:
    """Items numbered in one style, deepest first: these take the short ids."""
    groups: dict[tuple[int, Style | None], list[Node]] = {}
    for node in items:
        groups.setdefault((0 if _is_section(node) else 1, node.style), []).append(node)
    ordered = sorted(groups.items(), key=lambda pair: (-pair[0][0], -max(node.depth for node in pair[1])))
    return [group for _, group in ordered]


def _levels_needed(group: Sequence[Node], taken: set[str], restarting: set[Style | None]) -> int:
    """None where numbers run through the text, though single ones are repeated; else all headings above."""
    free = not taken.intersection(map(_number, group)) or all(map(_is_section, group))
    return 0 if group[0].style not in restarting and free else max(node.depth for node in group)


def _restarting(units: Sequence[Node]) -> set[Style | None]:
    """The styles whose numbers begin at 1 more than once among items and headings."""
    ones = Counter(node.style for node in units if node.number == 1 and not (node.marker and node.marker.suffix))
    return {style for style, count in ones.items() if count > 1}


def _is_section(node: Node) -> bool:
    """An outermost unit beside others that are headings: it is cited as 第3部分, not as 第3项."""
    return node.depth == 0 and node.style in ("一、", "壹、") and node.beside_headings


def _number(node: Node) -> str:
    suffix = f"-{node.marker.suffix}" if node.marker and node.marker.suffix else ""
    return f"{node.number}{suffix}"


def _above(node: Node) -> str:
    if node.group:
        return f"第{node.number}组"
    if node.style in NAMED:
        return f"第{node.number}{node.style}"
    if node.style == "（一）":
        return f"（{to_chinese(node.number)}）"
    return f"第{node.number}{'部分' if node.style in ('一、', '壹、') else '项'}"


def _own(node: Node) -> str:
    if node.marker is None:
        return f"第{node.number}{'项' if node.columns else '段'}"
    if node.style != "条":
        return f"第{node.number}部分" if _is_section(node) else f"第{node.number}项"
    if node.marker.dashed:
        return f"第{node.number}-{node.marker.suffix}条"
    return f"第{node.number}条" + (f"之{to_chinese(node.marker.suffix)}" if node.marker.suffix else "")


def to_chinese(number: int) -> str:
    """12 -> 十二, 27 -> 二十七; up to 99, larger ones in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones else "")
