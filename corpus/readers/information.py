"""The information box of government pages: 发文机关：… 成文日期：… 发文字号：…, which is not part of the text."""

import re
from itertools import pairwise

from corpus.readers.source import SourceLine
from corpus.readers.tables import Cell

KEYS = {
    "发文机关": "issuer", "发文单位": "issuer", "制定机关": "issuer", "制发机关": "issuer", "发布机构": "issuer", "发布单位": "issuer",
    "成文日期": "date", "生成日期": "date", "发文日期": "date", "印发日期": "date",
    "发文字号": "document_number", "文号": "document_number", "文件编号": "document_number",
    "标题": "title", "名称": "title", "文件名称": "title",
}  # fmt: skip
OTHERS = (
    "索引号|信息索引号|主题分类|主题词|信息分类|分类|体裁分类|组配分类|公开方式|公开日期|公开范围|公开责任部门|公文时效|有效性|时效性|效力状态|"
    "生效日期|失效日期|废止日期|实施日期|发布日期|发布时间|颁布时间|信息来源|来源|责任编辑|点击数|浏览次数|阅读次数|统一编号|登记号|规范性文件统一编号|关键词|服务对象"
)
NAME = r"\s*".join
LABEL = re.compile(rf"\s*({'|'.join(NAME(name) for name in [*KEYS, *OTHERS.split('|')])})\s*[:：]?\s*")
STATED = re.compile(rf"({'|'.join(NAME(name) for name in [*KEYS, *OTHERS.split('|')])})\s*[:：]\s*")
AN_OFFICE = re.compile(
    r"政府|委员会|办公[厅室]|[局厅部委院会行署]$"
)  # what issues documents; a section of an office does not
LONGEST = 120  # characters of such a line
LOOKED_AT = 25  # lines from the top in which it stands


def pairs_of(rows: list[list[Cell]]) -> list[tuple[str, str]]:
    """Label and value of an information box (发文机关： | 国务院办公厅); [] where the table is not one."""
    texts = [[cell.text for cell in row] for row in rows]
    labels = sum(bool(LABEL.fullmatch(text)) for row in texts for text in row)
    if labels < 2 or any(len(text) > 200 for row in texts for text in row):
        return []
    return [
        (label, value)
        for row in texts
        for label, value in pairwise(row)
        if LABEL.fullmatch(label) and not LABEL.fullmatch(value)
    ]


def read_pairs(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """[("发文机关：", "国务院办公厅")] -> {"issuer": "国务院办公厅"}; the first value of a kind counts."""
    found: dict[str, str] = {}
    for label, value in pairs:
        key = KEYS.get(re.sub(r"[\s:：]", "", label))
        if not key or not value.strip() or (label.strip().startswith("发布") and not AN_OFFICE.search(value)):
            continue
        found.setdefault(key, value.strip())
    return found


def information(lines: list[SourceLine]) -> tuple[dict[str, str], list[SourceLine]]:
    """What lines of the form 「文号：… 主题词：…」 near the top state, and the lines without them."""
    stated: list[tuple[str, str]] = []
    kept = []
    for place, line in enumerate(lines):
        pairs = _pairs(line.text) if place < LOOKED_AT and line.kind != "row" else []
        stated += [pair for pair in pairs if pair[1]]
        if not pairs:
            kept.append(line)
    return (read_pairs(stated), kept) if len(stated) != 1 else ({}, lines)


def _pairs(text: str) -> list[tuple[str, str]]:
    """The labelled values of a line that is nothing else."""
    if len(text) > LONGEST or not STATED.match(text):
        return []
    marks = list(STATED.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    pairs = [(mark[1], text[mark.end() : end].strip(" |丨")) for mark, end in zip(marks, ends, strict=True)]
    return pairs if all("。" not in value for _, value in pairs) else []
