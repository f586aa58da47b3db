"""What an outline is made of while it is read: units with their lines, and the tree of a text."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.columns import Column
from corpus.lines import Line
from corpus.markers import Marker, Style


@dataclass(slots=True, eq=False)
class Node:
    """A unit with its own lines, up to the first unit below it. Without marker: a row of a table, or a paragraph."""

    lines: list[Line]
    marker: Marker | None = None
    number: int = 0
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    is_item: bool = False
    columns: tuple[Column, ...] = ()  # of a row of a table
    beside_headings: bool = False  # other units of its level are headings
    group: bool = False  # a heading without a number, under which numbers begin anew

    @property
    def depth(self) -> int:
        """Units above it."""
        return 0 if self.parent is None else self.parent.depth + 1

    @property
    def style(self) -> Style | None:
        return self.marker.style if self.marker else None

    def chain(self) -> list["Node"]:
        """From the outermost unit above it to itself."""
        return [*(self.parent.chain() if self.parent else []), self]

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all_lines(self) -> list[Line]:
        return [line for node in self.walk() for line in node.lines]


@dataclass(slots=True)
class Outline:
    """`before` are the lines above the first unit; `between` are headings without a number, by the node they follow."""

    before: list[Line]
    roots: list[Node]
    between: list[Line] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        for root in self.roots:
            yield from root.walk()

    def items(self) -> list[Node]:
        return [node for node in self.nodes() if node.is_item]
