"""Tables of every format -> rows: merged cells, headings of one or two lines, titles that span the table."""

import re
from dataclasses import dataclass

from corpus.readers.source import SourceError, SourceLine, row
from corpus.readers.spaces import clean

# Words that name a column in task lists and the like; a heading row has at least two.
COLUMN = re.compile(
    r"序号|编号|任务|事项|内容|举措|措施|要求|目标|指标|牵头|配合|协作|协办|主办|责任|单位|部门|时限|时间|期限|进度|名称|类别|类型|项目|备注|"
    r"领域|方向|场景|路径|依据|地区|城市|数量|金额|说明|職|單位|部門|編號|項目|時間|內容|措施"
)
HEADING_CELL = 20  # characters that a column's name has at most
HEADING_ROWS = 3  # lines that a table's heading has at most
PLACES = 1_000_000  # of a table's grid, those that merged cells cover among them
TOO_LARGE = (
    f"应为至多 {PLACES // 10_000} 万个单元格的表格，实为更多（合并的单元格按所占的格计）；请拆分，或取消合并后再试。"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the format gives it, at the place where it starts."""

    text: str
    columns: int = 1  # how many columns it covers
    rows: int = 1  # how many rows it covers
    heading: bool = False  # the format itself says so


@dataclass(frozen=True, slots=True)
class _Place:
    """One place of the grid: the text it shows, and whether a cell starts here or reaches here."""

    text: str
    cell: Cell | None  # None where no cell reaches
    across: bool = False  # reached from the left
    down: bool = False  # reached from above


EMPTY = _Place("", None)


def table_lines(rows: list[list[Cell]], header_rows: int | None = None) -> list[SourceLine]:
    """The table as rows, each complete in itself.

    A cell that covers several rows is repeated in each; one that covers several columns stands once, the other columns
    are empty. A row that is one cell over the whole width becomes a text line. `header_rows` is known in some formats.
    """
    grid = [places for places in _grid(rows) if any(place.text.strip() for place in places)]
    width = max((len(places) for places in grid), default=0)
    titles: list[SourceLine] = []
    while grid and _spanning(grid[0], width, top=True):
        titles += _spanning(grid[0], width, top=True)
        grid = grid[1:]
    if width < 2:
        return titles
    height = _heading_height(grid) if header_rows is None else header_rows
    heading = _heading(grid[:height])
    lines = [row(heading, header=True)] if heading else []
    repeated = [_bare(_shown(places)) for places in grid[:height]] + [_bare(heading)]
    for places in grid[height:]:
        shown = _shown(places)
        if _bare(shown) not in repeated:  # a heading that stands again on each page
            lines += _spanning(places, width) or [row(shown)]
    return titles + lines


def _grid(rows: list[list[Cell]]) -> list[list[_Place]]:
    """Every row as wide as the widest, each place saying which cell covers it."""
    grid: list[list[_Place]] = []
    pending: dict[int, tuple[int, _Place]] = {}  # column -> rows still covered from above
    count = 0
    for cells in rows:
        count += len(pending) + sum(cell.columns for cell in cells)
        if count > PLACES:
            raise SourceError(TOO_LARGE)
        places: dict[int, _Place] = {column: place for column, (_, place) in pending.items()}
        following = {column: (left - 1, place) for column, (left, place) in pending.items() if left > 1}
        column = 0
        for cell in cells:
            while column in places:
                column += 1
            for offset in range(cell.columns):
                places[column + offset] = _Place(cell.text, cell, across=offset > 0)
                if cell.rows > 1:
                    below = _Place(cell.text, cell, across=offset > 0, down=True)
                    following[column + offset] = (cell.rows - 1, below)
            column += cell.columns
        pending = following
        grid.append([places.get(column, EMPTY) for column in range(max(places, default=-1) + 1)])
    width = max(map(len, grid), default=0)
    return [places + [EMPTY] * (width - len(places)) for places in grid]


def _spanning(places: list[_Place], width: int, top: bool = False) -> list[SourceLine]:
    """The text lines of a row that is one cell: over all columns, or with nothing beside it (a title, 一、…, 注：…)."""
    filled = [place for place in places if place.text.strip() and not place.across]
    if len(filled) != 1 or filled[0].down or not filled[0].cell:
        return []
    alone = top or (filled[0] is places[0] and not re.fullmatch(r"[\s\d.．、]*", filled[0].text))
    if filled[0].cell.columns < width and not alone:
        return []
    return [SourceLine(clean(part)) for part in filled[0].text.split("\n") if part.strip()]


def _heading_height(grid: list[list[_Place]]) -> int:
    """How many rows at the top name the columns."""
    if not grid:
        return 0
    first = grid[0]
    marked = all(place.cell is None or place.cell.heading for place in first)
    if not (marked or _names_columns(first)):
        return 0
    height = max((place.cell.rows for place in first if place.cell and not place.across), default=1)
    if height == 1 and any(place.across for place in first) and len(grid) > 1 and _all_short(grid[1]):
        height = 2  # a cell over several columns, their own names below, without cells that reach down
    return height if height <= min(HEADING_ROWS, len(grid)) else 1


def _names_columns(places: list[_Place]) -> bool:
    texts = [place.text.strip() for place in places if place.text.strip() and not place.across]
    named = sum(bool(COLUMN.search(re.sub(r"\s", "", text))) for text in texts)
    return _all_short(places) and named >= 2 and named * 2 >= len(texts)


def _all_short(places: list[_Place]) -> bool:
    texts = [re.sub(r"\s", "", place.text) for place in places]
    return all(len(text) <= HEADING_CELL and not re.search(r"[。；;]$|^\d+[.、]?$", text) for text in texts)


def _heading(rows: list[list[_Place]]) -> list[str]:
    """Lines of a heading as one: 责任单位 over 牵头 and 配合 -> 责任单位/牵头, 责任单位/配合."""
    if not rows:
        return []
    columns = [[re.sub(r"\s+", "", places[column].text) for places in rows] for column in range(len(rows[0]))]
    return ["/".join(dict.fromkeys(part for part in parts if part)) for parts in columns]


def _shown(places: list[_Place]) -> list[str]:
    return ["" if place.across else place.text for place in places]


def _bare(cells: list[str]) -> list[str]:
    return [re.sub(r"\s+", "", cell) for cell in cells]
