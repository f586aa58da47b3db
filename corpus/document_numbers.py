"""文号: 国办发〔2020〕6号, and how people say it: 国办发6号, 6号文, 2020年6号文件, 第706号令."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.script import fold

_NUMBER = re.compile(
    r"(?P<body>[一-鿿]{0,12}?)\s?(?:[〔\[(【]?\s?(?P<year>(?:19|20)\d\d)\s?[〕\])】年]?\s?)?第?\s?(?P<serial>\d{1,4})\s?号"
    r"(?P<kind>文件?|令|函|公告)?(?![线楼院段\d])"
)
_BODY = re.compile("[一-鿿]{1,8}(?:发|函|字|办|规|文)$")
_ORDER = re.compile("[一-鿿]{1,12}令$")  # 国务院令第706号, which people call 国令
_LIST = re.compile(
    r"(?<![\d.第条项点])(?:\d{1,4}\s?号?(?:文件?)?\s?(?:、|,|和|与|跟|及|以及|还有|加上)\s?)+第?\d{1,4}\s?号(?![线楼院段\d])(?:文件?)?"
    r"(?:[这那]?[两二三四五六七八九几]个?(?:文件|通知|意见|方案|办法|文)?)?"
)
_SERIAL = re.compile(r"(\d{1,4})\s?号?(?:文件?)?")
_SPOKEN = re.compile(r"(?<![\d月第年])(?P<serial>\d{1,4})\s?号(?![线楼院段\d])")
_YEAR_BEFORE = re.compile(r"(?P<year>(?:19|20)\d\d)年?的?\s?$")


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
            and (
                not self.body
                or other.body.startswith(self.body)
                or (other.is_order and in_order(self.body, other.body))
                or (self.is_order and (not other.body or other.is_order))
            )
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
    written = tuple(filter(None, bodies))
    begun = {body[:length] for body in written for length in range(2, len(body))}  # 国办129号 is one of 国办发
    orders = [body for body in written if body.endswith("令")]
    known = sorted({*begun, *written}, key=lambda body: (-len(body), body))
    for match in _NUMBER.finditer(folded):
        before = match["body"]
        body = next((one for one in known if before.endswith(one)), "")
        if match["kind"] == "令":
            body = _issuing(before, orders) or body
        if not body and (unknown := _ORDER.search(before) or (match["year"] and _BODY.search(before))):
            body = unknown[0]
        if body or match["kind"] or match["year"]:
            number, start = _of(match, body), match.end("body") - len(body)
            if body and number.year is None and (year := _YEAR_BEFORE.search(folded[:start])):  # 2021年穗府办规7号
                number, start = replace(number, year=int(year["year"])), year.start()
            yield start, match.end(), number


def _issuing(before: str, orders: Iterable[str]) -> str:
    """市场监管总局 before 56号令: letters of one who issues orders, in their order; empty where there are no two."""
    places = range(len(before) - 1)
    begins = (at for at in places if any(in_order(before[at:], body.removesuffix("令")) for body in orders))
    return before[next(begins, len(before)) :]


def in_order(letters: Sequence[str], text: Sequence[str]) -> bool:
    """Each of the letters stands in the text, one after the other: 促就业意见 in 关于促进就业工作的意见."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def spoken_numbers(folded: str) -> list[tuple[int, int, DocumentNumber]]:
    """[start, end) of each number without any word for a document: 自贸区38号, 38、39、42号. They may be other numbers."""
    found = []
    for several in _LIST.finditer(folded):
        serials = list(_SERIAL.finditer(folded, *several.span()))
        ends = [*(serial.end() for serial in serials[:-1]), several.end()]
        found += [
            (serial.start(), end, DocumentNumber("", None, int(serial[1])))
            for serial, end in zip(serials, ends, strict=True)
        ]
    alone = (one for one in _SPOKEN.finditer(folded) if not any(a <= one.start() < b for a, b, _ in found))
    found += [(*one.span(), DocumentNumber("", None, int(one["serial"]))) for one in alone]
    return sorted(found, key=lambda one: one[0])


def _of(match: re.Match[str], body: str) -> DocumentNumber:
    return DocumentNumber(body, int(match["year"]) if match["year"] else None, int(match["serial"]))
