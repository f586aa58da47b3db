"""Provinces and cities, by which a question says of what place it is asked: 杭州养狗罚多少."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

LONGEST = 6  # letters of a name
_FILE = Path(__file__).parent / "regions.txt"


def region_asked(folded: str) -> tuple[str, ...]:
    """The province or city with which a question begins, and those whose rules hold there or in it: of a city its province,
    of a province its cities; none where it begins with none, or with somebody who comes from there."""
    found = _begins().match(folded)
    return (found["name"], *_beside()[found["name"]]) if found else ()


def region_of(title: str) -> str:
    """北京历史文化名城保护条例 -> 北京; empty of a title that begins with none, or with a word like 朝阳产业."""
    found = _named().match(title)
    return found[0] if found else ""


def region_before(folded: str) -> tuple[str, ...]:
    """西安|历史文化名城保护条例: the province or city with which a text ends, and those whose rules hold there or in it."""
    found = _ends().search(folded[-LONGEST:])
    return (found[0], *_beside()[found[0]]) if found else ()


def is_region(name: str) -> bool:
    """杭州市, 浙江省."""
    return re.sub("[省市]$", "", name) in _beside()


@cache
def _lines() -> list[list[str]]:
    return [line.split() for line in _FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@cache
def _beside() -> dict[str, tuple[str, ...]]:
    lines = [[name.removesuffix("*") for name in line] for line in _lines()]
    cities = {city: (province,) for province, *others in lines for city in others}
    return cities | {province: tuple(others) for province, *others in lines}


def _longest_first(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


@cache
def _named() -> re.Pattern[str]:
    return re.compile(_longest_first(name for line in _lines() for name in line if not name.endswith("*")))


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(f"(?:{_longest_first(_beside())})$")


@cache
def _begins() -> re.Pattern[str]:
    names = _longest_first(name for line in _lines() for name in line).replace("*", "(?=[省市])")
    return re.compile(
        rf"(?:请问|那么?|在|问一?下|[\s,，])*(?P<name>{names})(?!道|[省市]?的?(?:人|市民|居民|户籍|户口|企业|公司|车|学生)|[省市]?来|到)"
    )
