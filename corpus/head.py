"""The lines above the first unit and below the last: title, document number, issuer, date, addressees, signature …"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.dates import find_date, parse_date
from corpus.document import HeadPart, HeadRole
from corpus.lines import Line, is_short, span_of
from corpus.parts import COPIES
from corpus.script import fold

LONGEST_TITLE = 120
BELOW = 10  # lines at most below the date of a signature, and the date among them

_NOTICE = re.compile(
    r"现将|印发给?你们|通知如下|特此通知|现印发|请.{0,12}(?:贯彻|执行|落实|实施)|如下:$|现予(?:公布|发布)"
)
_OVERALL = re.compile(r"总体要求|总要求|总体思路|指导思想|总体目标")
NUMBER_OF_DOCUMENT = re.compile(
    r"[^\s。,:]{1,14}?\s?[〔\[(【]\s?(?:19|20)\d\d\s?[〕\])】]\s?\d{1,5}\s?号"
    r"|(?:[^\s。,:]{2,20}令\s?)?(?:(?:19|20)\d\d\s?年\s?)?第\s?\d{1,4}\s?号令?"
)
_BODY = r"(?:部|委|办|局|厅|署|会|院|室|府|处|司|社|组|中心|总队|支队|银行|法院|检察院|集团|公司|大学|学院|学校|医院|协会|书记处)"
_NAME = re.compile(rf"[\w·()〔〕]{{2,30}}?{_BODY}(?:办公室|委员会)?(?:\([^()]{{2,20}}\))?")
_TITLE_END = re.compile(
    r"(?:规定|办法|方案|意见|细则|条例|制度|规则|规程|清单|任务分工|要点|计划|措施|通知|公告|通告|标准|指南|规划|纲要|目录|章程|决定|决议|批复|报告|函|法|草案)(?:的(?:通知|函|公告|决定|批复))?(?:\([^()]{1,30}\))?$"
)
_LABELLED = re.compile(  # 法規名稱：國家賠償法; 文    号：… 发布日期：…
    r"(?P<name>(?:法规)?名\s?称|标\s{0,4}题|发\s?文\s?(?:机关|单位|机构)|发布(?:机构|单位|机关)|印发(?:机关|单位)|制定机关|成文日期|发布日期|印发日期|公布日期|修正日期|异动日期|颁布(?:日期|时间)|发文字号|文\s{0,4}号)\s?:\s{0,4}"
)
_LABELS: dict[str, HeadRole] = {
    "名称": "title", "法规名称": "title", "标题": "title", "文号": "document_number", "发文字号": "document_number",
    **dict.fromkeys(("成文日期", "发布日期", "印发日期", "公布日期", "修正日期", "异动日期", "颁布日期", "颁布时间"), "date"),
}  # fmt: skip
_OUTSIDE_TITLE = re.compile(
    r"文件$|^第\s?\d+\s?号|^令$|来源\s?:|浏览次数|^索引号|^附\s?[件表]?\s?\d*$|^〇|zjsp|^[(].*[)]$|^[^一-龥]*$"
)
_ORDER = re.compile(r"(?:.{2,30})?令")
ATTACHED = re.compile(r"\s*附\s?[件表]?\s?\d{0,2}\s?:")
_ADOPTED = re.compile(  # 2008年7月17日 经人力资源和社会保障部第6次部务会议通过
    r"日\s?(?:经|由)?\s?(?:第.{1,4}届)?(?P<issuer>[\w·]{3,30}?)(?:令|第\s?[\d一二三四五六七八九十〇百]{1,6}\s?(?:次|届|号)|常务会议|部务会议|通过|公布|发布)"
)
_ADOPTS = re.compile("通过|公布|发布|修订|修正|令")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says of itself."""

    title: str | None = None
    issuer: str | None = None
    date: datetime.date | None = None
    number: str | None = None


def head_parts(lines: Sequence[Line], *, signature: bool = False) -> list[HeadPart]:
    """Lines of one role together, blank lines with what is before them. In a `signature` a name is the issuer."""
    roles = _roles(lines, signature)
    parts: list[HeadPart] = []
    group: list[Line] = []
    for line, role, following, next_role in zip(lines, roles, [*lines[1:], None], [*roles[1:], None], strict=False):
        group.append(line)
        joins = role == next_role and role in ("title", "issuer", "attachments")
        goes_on = following is not None and (following.is_blank or joins or all(one.is_blank for one in group))
        if not goes_on:
            parts.append(HeadPart(role, span_of(group)))
            group = []
    return parts


def _roles(lines: Sequence[Line], signature: bool) -> list[HeadRole]:
    """Of each line; a blank one has the role of the line before, or of the first that is not."""
    said = [line for line in lines if not line.is_blank]
    titles = set(title_lines(said)) if not signature else set()
    found: dict[int, HeadRole] = {
        line.number: "title" if line.number in titles else _role(line, signature) for line in said
    }
    for at in range(len(said) - 2, -1, -1):  # names above a date, an order or other names issue it
        above, below = said[at], said[at + 1]
        signed = found[below.number] in ("date", "issuer") or _ORDER.fullmatch(_bare(below.folded))
        if signed and found[above.number] == "preamble" and is_name(above.folded):
            found[above.number] = "issuer"
    for above, line in pairwise(said):
        if found[above.number] == "attachments" and line.marker and line.marker.style == "1.":
            found[line.number] = "attachments"
    roles: list[HeadRole] = []
    before: HeadRole = found[said[0].number] if said else "preamble"
    for line in lines:
        before = found.get(line.number, before)
        roles.append(before)
    return roles


def _role(line: Line, signature: bool) -> HeadRole:
    folded = line.folded.strip()
    if line.cells:
        return "table"
    if parse_date(folded):
        return "date"
    if (label := _LABELLED.match(folded)) and _LABELS.get(_bare(label["name"])) == "title":
        return "title"
    if NUMBER_OF_DOCUMENT.fullmatch(folded):
        return "document_number"
    if COPIES.match(folded):
        return "copies"
    if ATTACHED.match(folded):
        return "attachments"
    if signature:
        return "issuer" if is_name(folded) else "closing"
    if _NOTICE.search(folded):
        return "notice"
    if folded.endswith(":") and len(folded) < 200:
        return "addressees"
    return "overall" if _OVERALL.search(folded) else "preamble"


def is_name(folded: str) -> bool:
    """The line is one name of a body or several, as in a signature; letters may be set apart."""
    names = [re.sub(r"\s", "", name) for name in re.split(r"\s{2,}|、", folded.strip())]
    return len(folded) <= 60 and all(_NAME.fullmatch(name) for name in names if name) and any(names)


def title_lines(said: Sequence[Line]) -> list[int]:
    """The numbers of the lines that make the title: the first run of short lines that ends as titles do; else the first
    short line."""
    runs = _runs(said)
    whole = next((run for run in runs if _TITLE_END.search(_joined(run))), None)
    if whole is None and runs:
        whole = runs[0][:1]
    return [line.number for line in whole or ()]


def _runs(said: Sequence[Line]) -> list[list[Line]]:
    runs: list[list[Line]] = [[]]
    for line in said:
        folded = line.folded.strip()
        fits = is_short(folded, 60) and not _OUTSIDE_TITLE.search(folded) and not find_date(folded) and not line.cells
        fits = fits and not NUMBER_OF_DOCUMENT.fullmatch(folded) and not re.match(r"[^:《]{2,8}:", folded)
        if not fits or (runs[-1] and _closed(runs[-1], folded)):
            runs.append([])
        if fits:
            runs[-1].append(line)
    return [run for run in runs if run]


def _closed(run: Sequence[Line], following: str) -> bool:
    """The run is a whole title already, and the next line none that goes on with it."""
    joined = _joined(run)
    if len(joined) + len(following) > LONGEST_TITLE:
        return True
    goes_on = following.startswith(("(", "的")) or joined.endswith(("关于", "的", "和", "与", "印发"))
    return (
        _TITLE_END.search(joined) is not None and not goes_on and not re.search("关于|转发|印发", joined + following)
    ) or (_TITLE_END.search(joined) is not None and re.search(r"的(?:通知|函|公告|决定|批复)$", joined) is not None)


def _joined(run: Sequence[Line]) -> str:
    return "".join(re.sub(r"\s", "", line.folded) for line in run)


# What the document says of itself


def facts_of(
    text: str, head: Sequence[HeadPart], tail: Sequence[HeadPart], folded: str, meta: Mapping[str, str]
) -> Facts:
    """`folded` is the text folded; `meta` what the file states apart from it."""
    labelled = _labelled(text, folded, head)
    title = _title(text, head)
    signed = [*head, *tail]
    issuer = (
        _issuers(text, folded, signed) or _issuer_of_title(title, text) or labelled.get("issuer") or meta.get("issuer")
    )
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
        number or labelled.get("document_number") or meta.get("document_number"),
    )


def _title(text: str, head: Sequence[HeadPart]) -> str | None:
    span = next((part.span for part in head if part.role == "title"), None)
    if span is None:
        return None
    lines = [line.strip() for line in text[span.start : span.end].split("\n") if line.strip()]
    title = lines[0]
    for line in lines[1:]:
        title += line if re.search(r"[^\x00-\x7f]$", title) or re.match(r"[^\x00-\x7f]", line) else f" {line}"
    return re.sub(r"^#+\s*", "", title)


def _issuers(text: str, folded: str, parts: Sequence[HeadPart]) -> str | None:
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
        whole = _NAME.fullmatch(fold(names[-1])) is not None
        if (whole and not (len(word) == 1 or word.startswith(("办公", "委员")))) or (
            whole and len(word) == 1 and names[-1][:1] == word
        ):
            names.append(word)
        else:
            names[-1] += word
    return [name for name in names if name]


def _issuer_of_title(title: str | None, text: str) -> str | None:
    """浙江省人民政府办公厅关于印发… names who issues it."""
    found = re.match(r"(?P<issuer>[\w·]{3,40}?)(?=关于|關於|印发|印發|转发|轉發|公布《|《关于)", title or "")
    return found["issuer"] if found and _NAME.fullmatch(found["issuer"]) else None


def _adopted(folded: str, head: Sequence[HeadPart]) -> tuple[datetime.date | None, str | None]:
    """When it was last adopted, and by whom first: 2008年7月17日 经人力资源和社会保障部第6次部务会议通过."""
    date, issuer = None, None
    for part in head:
        for line in folded[part.span.start : part.span.end].split("\n"):
            if not (_ADOPTS.search(line) and (found := find_date(line))) or part.role == "notice":
                continue
            date = found
            named = _ADOPTED.search(line[:200])
            issuer = issuer or (named["issuer"] if named and not named["issuer"].startswith("在") else None)
    return date, issuer


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
        labels = list(_LABELLED.finditer(content[:600]))
        for label, following in zip(labels, [*labels[1:], None], strict=False):
            end = following.start() if following else len(content)
            value = re.split(r"\s{2,}|\n", text[part.span.start + label.end() : part.span.start + end].strip())[0]
            role = _LABELS.get(_bare(label["name"]), "issuer")
            found.setdefault(role, value)
    return found


def tail_start(lines: Sequence[Line]) -> int | None:
    """The line of the last item at which a signature begins: names, a date, whom it was copied to."""
    listed = next((index for index in range(1, len(lines)) if ATTACHED.match(lines[index].folded)), None)
    if listed is not None:
        return listed
    said = [index for index in range(1, len(lines)) if not lines[index].is_blank]
    dated = next((index for index in reversed(said[-BELOW:]) if parse_date(lines[index].folded)), None)
    if dated is None:
        return next((index for index in said[-BELOW:] if COPIES.match(lines[index].folded)), None)
    start = dated
    for index in reversed([one for one in said if one < dated]):
        if not is_short(lines[index].folded, 40) or re.search(r"[)\]】〕]$", lines[index].folded.strip()):
            break
        start = index
    return start


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
