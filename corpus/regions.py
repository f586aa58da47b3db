"""Provinces and cities, by which a question says of what place it is asked: 杭州养狗罚多少."""

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "regions.txt"


def region_asked(folded: str) -> tuple[str, ...]:
    """The province or city with which a question begins, and those whose rules hold there or in it: of a city its province,
    of a province its cities; none where it begins with none."""
    found = _begins().match(folded)
    return (found["name"], *_beside()[found["name"]]) if found else ()


@cache
def _lines() -> list[list[str]]:
    return [line.split() for line in _FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@cache
def _beside() -> dict[str, tuple[str, ...]]:
    cities = {city: (province,) for province, *others in _lines() for city in others}
    return cities | {province: tuple(others) for province, *others in _lines()}


@cache
def _begins() -> re.Pattern[str]:
    names = sorted(_beside(), key=len, reverse=True)
    return re.compile(rf"(?:请问|那么?|在|问一?下|[\s,，])*(?P<name>{'|'.join(names)})")
