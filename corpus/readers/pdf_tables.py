"""Ruled tables of a page: lines -> a grid of cells, and which glyphs stand in which cell."""

import re
from dataclasses import dataclass, field

from corpus.readers.pdf_lines import Line, lines_of
from corpus.readers.pdf_page import Glyph, Page, Rule

NEAR = 3.0  # points that ends of rules may miss each other by
COVERED = 0.6  # of an edge between two cells that must be ruled
# A body named in one line and another in the next, as in 省科技厅 / 省财政厅, are two; 市卫生 / 健康委 is one.
BODY = re.compile(r"(?:[厅局委部办院会府行司处]|中心|集团|公司|学校|大学)[)）]?$")
REGION = re.compile(r"[省市县区国各]")
MOST_RULES = 1_500  # rules of a page beyond which it is a drawing


@dataclass(slots=True)
class Region:
    """A cell, perhaps over several rows and columns; `text` is filled in when all pages are read."""

    row: int
    column: int
    rows: int
    columns: int
    glyphs: list[Glyph] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True)
class Grid:
    """A table, or the part of it that one page holds. `places[row][column]` is the region that covers the place."""

    xs: list[float]
    ys: list[float]
    places: list[list[Region]]
    page: int

    @property
    def regions(self) -> list[Region]:
        return list({id(region): region for line in self.places for region in line}.values())


def tables_of(page: Page, number: int) -> tuple[list[Grid], list[Glyph]]:
    """The page's tables with their glyphs in them, and the glyphs that stand in none."""
    ruled = _whole(page.rules)
    if len(ruled) > MOST_RULES:
        return [], page.glyphs
    grids = [grid for rules in _connected(ruled) if (grid := _grid(rules, number))]
    outside = []
    for glyph in page.glyphs:
        region = next((found for grid in grids if (found := _region_at(grid, glyph))), None)
        if region is None:
            outside.append(glyph)
        else:
            region.glyphs.append(glyph)
    grids = [grid for grid in grids if sum(bool(region.glyphs) for region in grid.regions) > 1]
    inside = {id(glyph) for grid in grids for region in grid.regions for glyph in region.glyphs}
    for grid in grids:
        _fill(grid)
    return grids, [glyph for glyph in page.glyphs if id(glyph) not in inside]


def _whole(rules: list[Rule]) -> list[Rule]:
    """Pieces of one line, drawn cell by cell, put together."""
    found: list[Rule] = []
    level = sorted((rule for rule in rules if rule.horizontal), key=lambda rule: (round(rule.y0), rule.x0))
    upright = sorted((rule for rule in rules if not rule.horizontal), key=lambda rule: (round(rule.x0), rule.y0))
    for rule in [*level, *upright]:
        last = found[-1] if found else None
        if last and rule.horizontal and last.horizontal and abs(rule.y0 - last.y0) <= 1 and rule.x0 <= last.x1 + NEAR:
            found[-1] = Rule(last.x0, last.y0, max(last.x1, rule.x1), last.y0)
        elif (
            last
            and not rule.horizontal
            and not last.horizontal
            and abs(rule.x0 - last.x0) <= 1
            and rule.y0 <= last.y1 + NEAR
        ):
            found[-1] = Rule(last.x0, last.y0, last.x0, max(last.y1, rule.y1))
        else:
            found.append(rule)
    return found


def _connected(rules: list[Rule]) -> list[list[Rule]]:
    """Rules that touch or cross, directly or through others, belong together."""
    groups: list[list[Rule]] = []
    for rule in sorted(set(rules), key=lambda rule: (rule.y0, rule.x0)):
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([rule, *(other for group in touching for other in group)])
    return groups


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.x0 - NEAR <= other.x1
        and other.x0 - NEAR <= one.x1
        and one.y0 - NEAR <= other.y1
        and other.y0 - NEAR <= one.y1
    )


def _grid(rules: list[Rule], page: int) -> Grid | None:
    """None for rules that make no cells side by side: underlines, frames."""
    ys = _distinct([rule.y0 for rule in rules if rule.horizontal])
    vertical = [rule.x0 for rule in rules if not rule.horizontal]
    if not vertical or len(ys) < 2:
        return None
    level = [rule for rule in rules if rule.horizontal]
    ends = [min(rule.x0 for rule in level), max(rule.x1 for rule in level)]
    xs = _distinct([*vertical, *(end for end in ends if all(abs(end - x) > 3 * NEAR for x in vertical))])
    if len(xs) < 3 and not (len(xs) == 2 and len(ys) > 2):
        return None
    if len(xs) * len(ys) > 20_000:
        return None
    return Grid(xs, ys, _regions(rules, xs, ys), page)


def _distinct(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _regions(rules: list[Rule], xs: list[float], ys: list[float]) -> list[list[Region]]:
    """Neighbouring places without a rule between them are one cell."""
    across = [rule for rule in rules if rule.horizontal]
    down = [rule for rule in rules if not rule.horizontal]
    height, width = len(ys) - 1, len(xs) - 1
    places: list[list[Region | None]] = [[None] * width for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if places[row][column] is not None:
                continue
            right = column + 1
            while (
                right < width and places[row][right] is None and not _ruled_down(down, xs[right], ys[row], ys[row + 1])
            ):
                right += 1
            below = row + 1
            while below < height and not _ruled_across(across, ys[below], xs[column], xs[right]):
                below += 1
            region = Region(row, column, below - row, right - column)
            for line in range(row, below):
                for place in range(column, right):
                    if places[line][place] is None:
                        places[line][place] = region
    return [[place for place in line if place is not None] for line in places]


def _ruled_down(rules: list[Rule], x: float, top: float, bottom: float) -> bool:
    spans = [(rule.y0, rule.y1) for rule in rules if abs(rule.x0 - x) <= NEAR]
    return _covered(spans, top, bottom)


def _ruled_across(rules: list[Rule], y: float, left: float, right: float) -> bool:
    return _covered([(rule.x0, rule.x1) for rule in rules if abs(rule.y0 - y) <= NEAR], left, right)


def _covered(spans: list[tuple[float, float]], start: float, end: float) -> bool:
    total, reached = 0.0, start
    for low, high in sorted(spans):
        low, high = max(low, reached), min(high, end)
        if high > low:
            total, reached = total + high - low, high
    return total >= COVERED * (end - start)


def _region_at(grid: Grid, glyph: Glyph) -> Region | None:
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - 0.3 * glyph.size
    if not (grid.xs[0] - NEAR <= x <= grid.xs[-1] + NEAR and grid.ys[0] - NEAR <= y <= grid.ys[-1] + NEAR):
        return None
    row = max((place for place, top in enumerate(grid.ys[:-1]) if top <= y), default=0)
    column = max((place for place, left in enumerate(grid.xs[:-1]) if left <= x), default=0)
    return grid.places[row][column]


def _fill(grid: Grid) -> None:
    """Lines inside a cell joined: without a space where a line was broken for want of room."""
    for region in grid.regions:
        lines = lines_of(region.glyphs, grid.page)
        room = grid.xs[region.column + region.columns] - grid.xs[region.column]
        region.text = _joined(lines, room)
        region.glyphs = []


def _joined(lines: list[Line], room: float) -> str:
    text = ""
    widest = max((line.x1 - line.x0 for line in lines), default=0.0)
    for place, line in enumerate(lines):
        if not text:
            text = line.text
            continue
        before = lines[place - 1]
        width = before.x1 - before.x0
        left = max(widest, room - 2.2 * before.em) - width
        latin = text[-1].isascii() and text[-1].isalpha() and line.text[0].isascii() and line.text[0].isalpha()
        full = left < 1.6 * before.em or (left < width and not (BODY.search(text) and REGION.match(line.text)))
        broken = full or text[-1] in "、，；（(" or line.text[0] in "、，；）)"
        text += line.text if broken and not latin else f" {line.text}"
    return text
