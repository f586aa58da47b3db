"""What the columns of a task table hold, told by their headings."""

import re
from collections.abc import Sequence
from typing import Literal

from corpus.roles import DEADLINES, PEOPLE, ROLE_WORDS
from corpus.script import fold

Column = Literal["number", "task", "lead", "support", "responsible", "leader", "due", "heading", "other"]

_NUMBER = re.compile(r"序号?|编号|项次|号次?|no\.?|#")
_TIME = re.compile(rf"{'|'.join(DEADLINES)}|时间|期限|期程|时限|节点|进度|年限")
_LEADERS = re.compile("领导|责任人|负责人")
_NO_TIME = re.compile(r"目前|截至|完成情况|进展|更新|发布")
_PEOPLE = re.compile(rf"{'|'.join(PEOPLE)}|领导|人$|电话|联系方式")
# the most telling first: 实施路径 says what is done where 重点举措 stands beside it
_TASKS = [
    re.compile(pattern)
    for pattern in (
        r"具体(?:任务|举措|措施|内容|工作|事项)|实施路径|(?:工作|任务|主要|建设|措施|规模和)内容|落实举措|工作举措|落实措施|工作措施",
        r"(?:工作|重点|主要|年度|目标)?任务(?!类|名称|来源|编号)|目标与任务|改革事项|工作事项|(?<!一级)指标(?!值|类|级)",
        r"举措|措施|事项|工作要点|要点|^内容$|路径|工作目标|目标任务|项目名称|任务名称|项目$|^工作$|诉求|问题",
    )
]
_HEADING = re.compile(r"领域|类别|分类|一级指标|板块|方面|章节|大类|维度|重点举措|专项|模块")


def columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """序号, 重点举措, 实施路径, 责任单位 -> number, heading, task, responsible; [] when no column tells what is to be done."""
    names = [re.sub(r"\s", "", fold(name or "")) for name in header]
    kinds: list[Column | None] = [_by_name(name) for name in names]
    task = _task(names, kinds, rows)
    if task is None:
        return []
    return [
        "task"
        if at == task
        else kind or ("heading" if _HEADING.search(names[at]) or _rank(names[at]) is not None else "other")
        for at, kind in enumerate(kinds)
    ]


def _by_name(name: str) -> Column | None:
    """What a heading alone settles."""
    if _NUMBER.fullmatch(name):
        return "number"
    if _PEOPLE.search(name):
        return "leader" if _LEADERS.search(name) else "other"
    for role in ("lead", "support", "responsible"):
        if any(word in name for word in ROLE_WORDS[role]):
            return role
    if re.search(r"(?:部门|任务|责任|职责)分工$|^(?:单位|部门|科室|处室)$", name):
        return "responsible"
    if _NO_TIME.search(name):
        return "other"
    return "due" if _TIME.search(name) else None


def _task(names: list[str], kinds: list[Column | None], rows: Sequence[Sequence[str]]) -> int | None:
    """The column that says what is to be done: by its heading, else the longest beside one that says who or when."""
    free = [at for at, kind in enumerate(kinds) if kind is None]
    ranked = [(rank, -_length(rows, at), at) for at in free if (rank := _rank(names[at])) is not None]
    if ranked:
        return min(ranked)[2]
    if not any(kind in ("lead", "support", "responsible", "due") for kind in kinds):
        return None
    return max((at for at in free if _length(rows, at) > 0), key=lambda at: _length(rows, at), default=None)


def _rank(name: str) -> int | None:
    return next((rank for rank, pattern in enumerate(_TASKS) if pattern.search(name)), None)


def _length(rows: Sequence[Sequence[str]], at: int) -> float:
    """Characters of a column's cells, on average."""
    cells = [len(row[at].strip()) for row in rows if at < len(row)]
    return sum(cells) / len(cells) if cells else 0
