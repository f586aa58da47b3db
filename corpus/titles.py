"""What documents are called: short titles, each of one document alone, and the years that a document is of."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence

from corpus.document import Document
from corpus.script import fold

_ISSUED = re.compile(r"印发(?:《(?P<quoted>.+)》|(?P<bare>[^《》].*?|.*《.*》.*?))的?(?:通知|函|公告|决定)?$")
_ABOUT = re.compile(r"^[^《》]{2,60}?(?=关于)")
_YEARS = re.compile(r"(?P<first>(?:19|20)\d\d)\s?(?:年?\s?(?:[-—–~－至到]{1,2})\s?(?P<last>(?:19|20)\d\d))?(?!\d)")
_OF_NUMBER = re.compile(r"[〔\[(【]\s?((?:19|20)\d\d)\s?[〕\])】]")
LONGEST = 30  # years that a title spans
_INNER = str.maketrans("《》", "〈〉")


def short_title(title: str) -> str:
    """Without who issues it, and what is said of issuing it: 某局关于印发《某某办法》的通知 -> 某某办法."""
    title = " ".join(title.split())
    if found := _ISSUED.search(title):
        title = (found["quoted"] or found["bare"] or "").strip() or title
    return _ABOUT.sub("", title).translate(_INNER)


def short_titles(documents: Sequence[Document]) -> dict[str, str]:
    """Of each document by its id; where several are called the same, with the year, the issuer or the id."""
    titles = {document.id: short_title(document.title) for document in documents}
    for more in (_year, _issuer, _id):
        times = Counter(map(title_key, titles.values()))
        for document in documents:
            said = more(document) if times[title_key(titles[document.id])] > 1 else ""
            if said and said not in titles[document.id]:
                titles[document.id] += f"（{said}）"
    return titles


def _year(document: Document) -> str:
    return f"{document.date.year}年" if document.date else ""


def _issuer(document: Document) -> str:
    return document.issuer or ""


def _id(document: Document) -> str:
    return document.id


def title_key(title: str) -> str:
    """Its letters and digits alone, folded: how a title is typed but for marks and spaces."""
    return "".join(filter(str.isalnum, fold(title)))


def years_said(document: Document) -> tuple[range, ...]:
    """The years that stand in its title: 2025—2027年 is three."""
    found = [(int(one["first"]), int(one["last"] or one["first"])) for one in _YEARS.finditer(fold(document.title))]
    return tuple(range(first, (last if first <= last < first + LONGEST else first) + 1) for first, last in found)


def year_dated(document: Document) -> int | None:
    """That of its date, or of its number."""
    if document.date:
        return document.date.year
    numbered = _OF_NUMBER.search(document.number or "")
    return int(fold(numbered[1])) if numbered else None


def newest_first(documents: Sequence[Document]) -> list[Document]:
    """By date, and by the last year in the title where there is none; undated last, then by id."""
    return sorted(documents, key=lambda document: (*_age(document), document.id))


def _age(document: Document) -> tuple[int, int]:
    years = [span[0] for span in years_said(document)] or ([year] if (year := year_dated(document)) else [])
    day = document.date or (datetime.date(max(years), 1, 1) if years else None)
    return (0, -day.toordinal()) if day else (1, 0)
