"""文号: 国办发〔2020〕6号, and how people say it: 国办发6号, 6号文, 2020年6号文件, 第706号令."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.script import fold

_NUMBER = re.compile(
    r"(?P<body>[一-鿿]{0,12}?)\s?(?:[〔\[(【]?\s?(?P<year>(?:19|20)\d\d)\s?[〕\])】年]?\s?)?第?\s?(?P<serial>\d{1,4})\s?号"
    r"(?P<kind>文件?|令|函|公告)?(?![线楼院段\d])"
)
_BODY = re.compile("[一-鿿]{1,8}(?:发|函|字|办|规|文)$")
_ORDER = re.compile("[一-鿿]{1,12}令$")  # 国务院令第706号, which people call 国令


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The parts of a number; `body` and `year` are empty and None where they are not said."""

    body: str
    year: int | None
    serial: int

    @property
    def is_whole(self) -> bool:
        """It is of one document alone."""
        return self.is_order or (bool(self.body) and self.year is not None)

    def fits(self, other: "DocumentNumber") -> bool:
        """Nothing that is said here is otherwise there."""
        return (
            self.serial == other.serial
            and (self.year is None or self.year == other.year)
            and (not self.body or self.body == other.body or (self.is_order and (not other.body or other.is_order)))
        )

    @property
    def is_order(self) -> bool:
        return self.body.endswith("令")


def parse_number(written: str) -> DocumentNumber | None:
    match = _NUMBER.search(fold("".join(written.split())))
    return _of(match, match["body"]) if match else None


def find_numbers(folded: str, bodies: Iterable[str]) -> Iterator[tuple[int, int, DocumentNumber]]:
    """[start, end) of each that is said in the text. `bodies` are those of the numbers there are; an unknown one is told
    by how it ends, where the rest is whole."""
    known = sorted((body for body in bodies if body), key=len, reverse=True)
    for match in _NUMBER.finditer(folded):
        before = match["body"]
        body = next((one for one in known if before.endswith(one)), "")
        if not body and (unknown := _ORDER.search(before) or (match["year"] and _BODY.search(before))):
            body = unknown[0]
        if body or match["kind"] or match["year"]:
            yield match.end("body") - len(body), match.end(), _of(match, body)


def _of(match: re.Match[str], body: str) -> DocumentNumber:
    return DocumentNumber(body, int(match["year"]) if match["year"] else None, int(match["serial"]))
