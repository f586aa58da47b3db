"""The lines before the first heading or item, and a signature after the last: addressees, title, issuer, date …"""

import datetime
import re

from corpus.document import HeadPart, HeadRole
from corpus.lines import Block, Line, is_short
from corpus.notes import begins_note
from corpus.numbering import NUMBER, to_int

_DATE = re.compile(rf"\s*(\d{{4}}|[〇零一二三四五六七八九]{{4}})\s*年\s*({NUMBER})\s*月\s*({NUMBER})\s*日\s*")
_NOTICE = re.compile(r"现将|印发给?你们|通知如下|特此通知|现印发|如下:$")
_COPIES = re.compile(r"\s*[(]?(?:此件|抄送|主送)")
_OVERALL = re.compile(r"总体要求|总要求|总体思路|指导思想|总体目标")
_DOCUMENT_NUMBER = re.compile(r"[^\s。,]{1,12}[〔\[(]\d{4}[〕\])]\d{1,5}号")


def head_parts(lines: list[Line], *, signature: bool = False) -> list[HeadPart]:
    """One part a line, blank lines with the part before them. In a `signature` a name is the issuer; in a head it is so
    before a date, where the title stands elsewhere."""
    blocks: list[Block] = []
    for line in lines:
        if blocks and (line.is_blank or all(part.is_blank for part in blocks[-1].lines)):
            blocks[-1].lines.append(line)
        else:
            blocks.append(Block([line]))
    roles = [_role(block.folded.strip()) for block in blocks]
    if signature:
        roles = ["issuer" if role == "title" else role for role in roles]
    for index, following in enumerate(roles[1:]):
        if roles[index] == "title" and following == "date" and roles.count("title") > 1:
            roles[index] = "issuer"
    return [HeadPart(role, block.span) for role, block in zip(roles, blocks, strict=True)]


def signature_start(block: Block) -> int | None:
    """The line of the last item's block at which a signature begins: names, a date, whom it was copied to."""
    start, dated = len(block.lines), False
    for index in range(len(block.lines) - 1, 0, -1):
        line = block.lines[index]
        if line.is_blank:
            continue
        is_date = parse_date(line.folded) is not None
        is_name = (dated or _is_date_above(block, index)) and is_short(line.folded, 40) and not begins_note(line)
        if not (is_date or is_name or _COPIES.match(line.folded)):
            break
        start, dated = index, dated or is_date
    return start if dated else None


def _is_date_above(block: Block, index: int) -> bool:
    above = next((line for line in reversed(block.lines[1:index]) if not line.is_blank), None)
    return above is not None and parse_date(above.folded) is not None


def parse_date(folded: str) -> datetime.date | None:
    """2017年2月15日, 二〇一七年二月十五日 -> 2017-02-15; None for anything else."""
    match = _DATE.fullmatch(folded)
    try:
        return datetime.date(*(to_int(number) or 0 for number in match.groups())) if match else None
    except ValueError:
        return None


def _role(folded: str) -> HeadRole:
    if parse_date(folded):
        return "date"
    if _DOCUMENT_NUMBER.fullmatch(folded):
        return "document_number"
    if _COPIES.match(folded):
        return "preamble"
    if _NOTICE.search(folded):
        return "notice"
    if folded.endswith(":"):
        return "addressees"
    if _OVERALL.search(folded):
        return "overall"
    return "title" if folded and is_short(folded, 60) else "preamble"
