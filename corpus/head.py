"""The lines above the first unit and below the last: title, document number, issuer, date, addressees, signature …"""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.dates import find_date, parse_date
from corpus.document import HeadPart, HeadRole
from corpus.lines import Line, is_short, span_of
from corpus.parts import COPIES

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
NAME = re.compile(rf"[\w·()〔〕]{{2,30}}?{_BODY}(?:办公室|委员会)?(?:\([^()]{{2,20}}\))?")
_TITLE_END = re.compile(
    r"(?:规定|办法|方案|预案|通报|指引|守则|意见|细则|条例|制度|规则|规程|清单|任务分工|要点|计划|措施|通知|公告|通告|标准|指南|规划|纲要|目录|章程|决定|决议|批复|报告|函|法|草案)(?:的(?:通知|函|公告|决定|批复|通报))?(?:\([^()]{1,30}\))?$"
)
LABELLED = re.compile(  # 法規名稱：國家賠償法; 文    号：… 发布日期：…
    r"(?P<name>(?:法规)?名\s?称|标\s{0,4}题|发\s?文\s?(?:机关|单位|机构)|发布(?:机构|单位|机关)|印发(?:机关|单位)|制定机关|成文日期|发布日期|印发日期|公布日期|修正日期|异动日期|颁布(?:日期|时间)|发文字号|文\s{0,4}号)\s?:\s{0,4}"
)
LABELS: dict[str, HeadRole] = {
    "名称": "title", "法规名称": "title", "标题": "title", "文号": "document_number", "发文字号": "document_number",
    **dict.fromkeys(("成文日期", "发布日期", "印发日期", "公布日期", "修正日期", "异动日期", "颁布日期", "颁布时间"), "date"),
}  # fmt: skip
_OUTSIDE_TITLE = re.compile(
    r"^(?!.*关于).*文件$|^第\s?\d+\s?号|^令$|来源\s?:|浏览次数|^索引号|^附\s?[件表]?\s?\d*$|^〇|zjsp|^[(].*[)]$|^[^一-龥]*$"
)
_SPAN = re.compile(r"\((?:19|20)\d\d年?\s?[-—–~至到]{1,2}\s?(?:19|20)\d\d年?\)")  # below a title: (2021-2023年)
_ORDER = re.compile(r"(?:.{2,30})?令")
_ATTACHMENT = r"\s*附\s?[件表]?\s?\d{0,2}\s?"
ATTACHED = re.compile(f"{_ATTACHMENT}:")
_ATTACHMENT_ALONE = re.compile(rf"{_ATTACHMENT}:?\s*")


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
        signed = found[below.number] in ("date", "issuer") or _ORDER.fullmatch(bare_of(below.folded))
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
    if (label := LABELLED.match(folded)) and LABELS.get(bare_of(label["name"])) == "title":
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
    return len(folded) <= 60 and all(NAME.fullmatch(name) for name in names if name) and any(names)


def title_lines(said: Sequence[Line]) -> list[int]:
    """The numbers of the lines that make the title: the first run of short lines that ends as titles do; else the first
    short line."""
    runs = _runs(said)
    whole = next((run for run in runs if _TITLE_END.search(_joined(run))), None)
    if whole is None and runs:
        whole = runs[0][:1]
    if whole and not re.search("关于|印发|转发", _joined(whole)) and (own := _attached_title(said)):
        whole = own
    return [line.number for line in whole or ()]


def _attached_title(said: Sequence[Line]) -> list[Line]:
    """Of a report of which only an attachment was kept: the lines between 附件 and the first item."""
    at = next((at for at, line in enumerate(said) if _ATTACHMENT_ALONE.fullmatch(line.folded)), None)
    after = [] if at is None else list(said[at + 1 :])
    return after if 0 < len(after) < 3 and all(is_short(line.folded, 60) and not line.cells for line in after) else []


def _runs(said: Sequence[Line]) -> list[list[Line]]:
    runs: list[list[Line]] = [[]]
    for line in said:
        folded = line.folded.strip()
        fits = (
            is_short(folded, 60)
            and (not _OUTSIDE_TITLE.search(folded) or (runs[-1] and _SPAN.fullmatch(folded)))
            and not find_date(folded)
            and not line.cells
        )
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
    ) or (
        _TITLE_END.search(joined) is not None and re.search(r"的(?:通知|函|公告|决定|批复|通报)$", joined) is not None
    )


def _joined(run: Sequence[Line]) -> str:
    return "".join(re.sub(r"\s", "", line.folded) for line in run)


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


def bare_of(text: str) -> str:
    return re.sub(r"\s", "", text)
