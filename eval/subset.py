"""A part of a folder's documents with about so many items, for measuring how things grow."""

from collections.abc import Sequence
from pathlib import Path

from corpus import Sources


def chosen(counts: Sequence[int], wanted: int) -> list[int]:
    """Documents spread evenly over all, by place, that together have about so many items, given how many each has.

    Of eight with one item each, four: 0, 2, 4, 6.
    """
    total = sum(counts)
    taken: list[int] = []
    reached = have = 0
    for place, count in enumerate(counts):
        if have * total <= reached * wanted and have < wanted and count:
            taken.append(place)
            have += count
        reached += count
    return taken


def linked(sources: Sources, places: Sequence[int], folder: Path) -> Path:
    """A folder with links to these documents and to what stands beside them."""
    folder.mkdir(parents=True)
    files = [file.path for file in sources.files.values()]
    names = {file.name for file in files}
    beside = [path for path in sources.folder.iterdir() if path.is_file() and path.name not in names]
    for path in [*(files[place] for place in places), *beside]:
        (folder / path.name).symlink_to(path.resolve())
    return folder
