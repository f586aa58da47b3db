"""Departments as people call them: 人社局 for 人力资源社会保障局."""

from functools import cache
from pathlib import Path

from corpus.script import fold

FILE = Path(__file__).parent / "short_names.txt"


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """Each long word of names and its short one, the longest first."""
    pairs = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        short, _, several = line.partition("=")
        if several and not line.startswith("#"):
            pairs += [(long, short.strip()) for long in several.split()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def short_names(name: str) -> frozenset[str]:
    """What else a department is called; folded. 市发展和改革委员会 -> 市发改委, 市发展和改革委, 市发改委员会."""
    folded = fold(name)
    short = {folded.replace(long, one) for long, one in _words() if long in folded}
    names = {folded, *short}
    return frozenset({*short, *(one.removesuffix("员会") for one in names if one.endswith("委员会"))} - {folded})
