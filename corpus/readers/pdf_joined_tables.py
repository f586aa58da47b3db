"""Tables that go on over pages: their parts are one table, and what a page end broke is whole again."""

import re

from corpus.readers.pdf_tables import Grid, Region
from corpus.readers.tables import Cell

SHIFT = 8.0  # points by which a column may be wider on another page
NUMBER_COLUMN = re.compile(r"序\s*号|编\s*号|No\.?", re.IGNORECASE)


def continues(upper: Grid, lower: Grid) -> bool:
    """The same columns on the page that follows."""
    widths = [[right - left for left, right in zip(grid.xs, grid.xs[1:], strict=False)] for grid in (upper, lower)]
    return len(widths[0]) == len(widths[1]) and all(abs(a - b) <= SHIFT for a, b in zip(*widths, strict=True))


def append(upper: Grid, lower: Grid) -> None:
    """`lower` becomes the end of `upper`: a repeated heading is dropped, cells over the page's end are joined."""
    places = lower.places[_repeated(upper, lower) :]
    if places and _is_rest(upper, places[0]):
        for above, below in _pairs(upper.places[-1], places[0]):
            above.text += below.text
            below.text = ""
        _extend(upper.places[-1], places[0])
        places = places[1:]
    elif places:
        for above, below in _pairs(upper.places[-1], places[0]):
            if (above.rows > 1 or below.rows > 1) and not (above.text and below.text):
                above.text = below.text = above.text or below.text
    upper.places += places
    upper.page = lower.page


def rows_of(grid: Grid) -> list[list[Cell]]:
    """As the tables of every format are given: each cell at the place where it starts."""
    rows: list[list[Cell]] = []
    for place, line in enumerate(grid.places):
        above = grid.places[place - 1] if place else []
        cells = []
        for region in dict.fromkeys(map(id, line)):
            cell = next(found for found in line if id(found) == region)
            if any(other is cell for other in above):
                continue
            height = sum(any(other is cell for other in below) for below in grid.places[place:])
            cells.append(Cell(cell.text, sum(other is cell for other in line), height))
        rows.append(cells)
    return rows


def _pairs(above: list[Region], below: list[Region]) -> list[tuple[Region, Region]]:
    """Regions that meet at the page's end, column by column, each pair once."""
    return list({(id(a), id(b)): (a, b) for a, b in zip(above, below, strict=True)}.values())


def _extend(above: list[Region], below: list[Region]) -> None:
    """A cell that reaches further down than the broken row now starts in the row above."""
    for column, (upper, lower) in enumerate(zip(above, below, strict=True)):
        if lower.rows > 1:
            lower.text = upper.text
            above[column] = lower


def _repeated(upper: Grid, lower: Grid) -> int:
    """How many rows at the top of `lower` are the heading of `upper` again."""
    count = 0
    for first, again in zip(upper.places, lower.places, strict=False):
        if not any(region.text for region in again) or [_bare(region) for region in first] != [
            _bare(region) for region in again
        ]:
            break
        count += 1
    return count


def _is_rest(upper: Grid, row: list[Region]) -> bool:
    """Whether the first row of a page is the rest of the row before: no number of its own, or most cells empty."""
    last = upper.places[-1]
    numbered = any(NUMBER_COLUMN.fullmatch(_bare(line[0])) for line in upper.places[:3])
    if numbered and last[0].text and row[0].rows == 1:
        return not row[0].text
    cells = [(above, below) for above, below in _pairs(last, row) if below.rows == 1]
    filled = sum(bool(below.text) for _, below in cells)
    return any(above.text and not below.text for above, below in cells) and filled * 2 <= sum(
        bool(a.text) for a, _ in cells
    )


def _bare(region: Region) -> str:
    return re.sub(r"\s", "", region.text)
