"""What a document says of itself: title, issuer, date, document number."""

import datetime
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.dates import find_date, parse_date
from corpus.document import HeadPart, Item
from corpus.head import LABELLED, LABELS, NAME, NUMBER_OF_DOCUMENT, bare_of
from corpus.script import fold

_ADOPTED = re.compile(  # 2008年7月17日 经人力资源和社会保障部第6次部务会议通过
    r"日\s?(?:经|由)?\s?(?:第.{1,4}届)?(?P<issuer>[\w·]{2,30}?(?:第[\d一二三四五六七八九十]{1,4}届[\w·]{4,20}?|(?:、[\w·]{2,20}?){1,3}?)?)(?:令|第\s?[\d一二三四五六七八九十〇百]{1,6}\s?(?:次|号)|常务会议|部务会议|通过|公布|发布)"
)
_OWN_NUMBER = re.compile(
    r"(?<![》\w])(?P<number>[^\s。,:《》()]{1,12}\s?[〔\[]\s?(?:19|20)\d\d\s?[〕\]]\s?\d{1,5}\s?号)\s?(?:文件)?(?:印发|发布|公布)"
)
_MEETING = re.compile(r"第[\d一二三四五六七八九十]{1,4}次.*$")
_TERM = re.compile(r"第[\d一二三四五六七八九十]{1,4}届")
_CENTRAL = re.compile("中华人民共和国(?=国务院|中央军事委员会)")
_ORDERED = re.compile(r"[\w·]{2,14}令\s?第\s?\d{1,4}\s?号(?=\s?(?:公布|发布|修订|修正))")
_ADOPTS = re.compile("通过|公布|发布|修订|修正|令")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says of itself."""

    title: str | None = None
    issuer: str | None = None
    date: datetime.date | None = None
    number: str | None = None


def facts_of(
    text: str, head: Sequence[HeadPart], tail: Sequence[HeadPart], folded: str, meta: Mapping[str, str]
) -> Facts:
    """`folded` is the text folded; `meta` what the file states apart from it."""
    labelled = _labelled(text, folded, head)
    title = _title(text, head)
    signed = [*head, *tail]
    issuer = _issuers(text, signed) or _issuer_of_title(title) or labelled.get("issuer") or meta.get("issuer")
    adopted = _adopted(folded, head)
    number = next(
        (
            text[part.span.start + found.start() : part.span.start + found.end()]
            for part in head
            if (found := NUMBER_OF_DOCUMENT.search(folded[part.span.start : part.span.end]))
            and part.role == "document_number"
        ),
        None,
    )
    return Facts(
        labelled.get("title") or title or meta.get("title"),
        issuer or adopted[1],
        _date_of(folded, signed, labelled, meta) or adopted[0],
        number
        or labelled.get("document_number")
        or meta.get("document_number")
        or _ordered(folded, head)
        or _issued_as(text, folded, head),
    )


_SET_APART = re.compile(r"[一-鿿](?:[ \u3000]{1,4}[一-鿿](?![一-鿿])){2,60}")  # 应 急 预 案


def _title(text: str, head: Sequence[HeadPart]) -> str | None:
    span = next((part.span for part in head if part.role == "title"), None)
    if span is None:
        return None
    lines = [line.strip() for line in text[span.start : span.end].split("\n") if line.strip()]
    title = lines[0]
    for line in lines[1:]:
        title += line if re.search(r"[^\x00-\x7f]$", title) or re.match(r"[^\x00-\x7f]", line) else f" {line}"
    return _SET_APART.sub(lambda letters: re.sub(r"\s", "", letters[0]), re.sub(r"^#+\s*", "", title))


def _issuers(text: str, parts: Sequence[HeadPart]) -> str | None:
    """The names of the first signature, those of several lines together."""
    span = next((part.span for part in parts if part.role == "issuer"), None)
    if span is None:
        return None
    names = [name for line in re.split(r"\n|、", text[span.start : span.end]) for name in _names_in(line)]
    return "、".join(name for name in names if not re.fullmatch(r"[(（].*[)）]", name)) or None


def _names_in(line: str) -> list[str]:
    """某 市 财 政 局　某市教育局 -> both names; a name may be set apart letter by letter."""
    names = [""]
    for word in line.split():
        whole = NAME.fullmatch(fold(names[-1])) is not None
        if (whole and not (len(word) == 1 or word.startswith(("办公", "委员")))) or (
            whole and len(word) == 1 and names[-1][:1] == word
        ):
            names.append(word)
        else:
            names[-1] += word
    return [name for name in names if name]


def _issuer_of_title(title: str | None) -> str | None:
    """浙江省人民政府办公厅关于印发… names who issues it."""
    found = re.match(r"(?P<issuer>[\w·]{3,40}?)(?=关于|關於|印发|印發|转发|轉發|公布《|《关于)", title or "")
    return found["issuer"] if found and NAME.fullmatch(found["issuer"]) else None


def _adopted(folded: str, head: Sequence[HeadPart]) -> tuple[datetime.date | None, str | None]:
    """When it was last adopted, and by whom first: 2008年7月17日 经人力资源和社会保障部第6次部务会议通过."""
    date, issuer = None, None
    for part in head:
        for line in folded[part.span.start : part.span.end].split("\n"):
            if not (_ADOPTS.search(line) and (found := find_date(line))) or part.role == "notice":
                continue
            date = found
            named = _ADOPTED.search(line[:200])
            issuer = (
                issuer or (_body(named["issuer"]) if named and not named["issuer"].startswith("在") else None) or None
            )
    return date, issuer


def _body(written: str) -> str:
    """青山市第九届人民代表大会常务委员会 is that of whatever term, 集团董事会第三次会议审议 that of whatever meeting; 中华人民共和国国务院 is
    国务院, with others too."""
    return _MEETING.sub("", _TERM.sub("", _CENTRAL.sub("", written)))


def _ordered(folded: str, head: Sequence[HeadPart]) -> str | None:
    """2025年3月17日 国务院令第802号修订: the last order that it was published or revised by."""
    lines = "\n".join(folded[part.span.start : part.span.end] for part in head if part.role != "title")
    orders = [match[0] for match in _ORDERED.finditer(lines)]
    return orders[-1] if orders else None


def _issued_as(text: str, folded: str, head: Sequence[HeadPart]) -> str | None:
    """(…会议审议通过 某发〔2024〕31号|印发): its own, which is said with that it was issued."""
    for part in head:
        content = folded[part.span.start : part.span.end]
        if part.role == "title" or (part.role == "preamble" and not content.lstrip().startswith("(")):
            continue
        if found := _OWN_NUMBER.search(content):
            return text[part.span.start + found.start("number") : part.span.start + found.end("number")]
    return None


def _date_of(
    folded: str, parts: Sequence[HeadPart], labelled: Mapping[str, str], meta: Mapping[str, str]
) -> datetime.date | None:
    for part in parts:
        if part.role == "date" and (date := parse_date(folded[part.span.start : part.span.end])):
            return date
    for given in (labelled.get("date"), meta.get("date")):
        if given and (date := find_date(given)):
            return date
    copies = (folded[part.span.start : part.span.end] for part in parts if part.role == "copies")
    return next((date for content in copies if (date := find_date(content))), None)


def _labelled(text: str, folded: str, head: Sequence[HeadPart]) -> dict[str, str]:
    """What lines such as 发布日期：2008-06-03 say; the first of each kind."""
    found: dict[str, str] = {}
    for part in head:
        content = folded[part.span.start : part.span.end]
        labels = list(LABELLED.finditer(content[:600]))
        for label, following in zip(labels, [*labels[1:], None], strict=False):
            end = following.start() if following else len(content)
            value = re.split(r"\s{2,}|\n", text[part.span.start + label.end() : part.span.start + end].strip())[0]
            role = LABELS.get(bare_of(label["name"]), "issuer")
            found.setdefault(role, value)
    return found


def due_year(items: Sequence[Item]) -> int | None:
    """The year in which two deadlines of three lie, at least."""
    years = Counter(due.by.year for item in items for due in item.dues if due.by)
    year, count = max(years.items(), key=lambda one: (one[1], one[0]), default=(None, 0))
    return year if count * 3 >= years.total() * 2 else None
