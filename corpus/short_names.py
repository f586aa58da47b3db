"""Departments as people call them: 人社局 for 人力资源社会保障局."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus.script import fold

FILE = Path(__file__).parent / "short_names.txt"


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """Each long word of names and its short one, the longest first."""
    pairs = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        short, _, several = line.partition("=")
        if several and not line.startswith("#"):
            pairs += [(long, short.strip()) for long in several.split()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


_DEPARTMENTS = ("部门", "行政部门", "行政主管部门")
_BODY = re.compile(r"(?=(?:行政)?(?:主管)?(?:总局|部门|机构|机关|局|部|委|厅|办))")


@cache
def long_names(topic: str) -> tuple[str, ...]:
    """A body as documents may call it: 市场监管部门 -> 市场监督管理部门, 发改委 -> 发展改革委, 发展改革部门; folded."""
    folded = fold(topic)
    names: dict[str, None] = {}
    for long, short in _words():
        at = folded.find(short)
        after = folded[at + len(short) :]
        if at < 0 or long in folded:
            continue
        if short.endswith("会"):  # 居委会, whole as it is
            names[f"{folded[:at]}{long}{after}"] = None
        elif _BODY.match(after):
            names |= {f"{folded[:at]}{long}{end}": None for end in (after, *_DEPARTMENTS)}
    return tuple(names)


_OF_SECTOR = re.compile(r"(?<=[一-鿿]{2})(?<!主管)(?<!行政)部门")


def sector_names(topic: str) -> Iterator[str]:
    """民政部门 as laws write it: 民政主管部门, 民政行政部门, 民政行政主管部门; 城市管理主管部门; folded."""
    folded = fold(topic)
    found = _OF_SECTOR.search(folded)
    manages = found is not None and folded.endswith("管理", 0, found.start())
    for kind in ("主管部门", "行政部门", "行政主管部门")[: 1 if manages else 3] if found else ():
        yield _OF_SECTOR.sub(kind, folded)


_SECTOR = re.compile(
    r"(?P<sector>.{2,12})(?:局|厅|委员会|委)|(?P<ministry>公安|教育|财政|商务|民政|司法|水利|科技|外交|文旅|交通|交通运输|农业农村|生态环境|"
    r"自然资源|应急管理|住房城乡建设|人力资源社会保障|工业和信息化|文化和旅游)部"
)


@cache
def sector_name(name: str) -> str | None:
    """公安部, 市公安局 -> 公安部门, 市公安部门; none of 认证部, which is one's own; folded."""
    found = _SECTOR.fullmatch(fold(name))
    return f"{found['sector'] or found['ministry']}部门" if found else None


@cache
def short_names(name: str) -> frozenset[str]:
    """What else a department is called; folded. 市发展和改革委员会 -> 市发改委, 市发展和改革委, 市发改委员会."""
    folded = fold(name)
    short = {folded.replace(long, one) for long, one in _words() if long in folded}
    names = {folded, *short}
    return frozenset({*short, *(one.removesuffix("员会") for one in names if one.endswith("委员会"))} - {folded})


_HEADS = "部门|单位|企业|机构|公司|组织|团体|人员|学校|场所|设施|车辆|船舶|产品|项目"
_LISTED = re.compile(rf"(?P<name>.{{2,}}?)(?:(?:行政)?(?:主管)?(?=部门))?(?P<head>{_HEADS})")
_NO_NAME = frozenset(
    "政府 人民政府 主管 有关 相关 职能 行政 上级 下级 各级 其他 业务 工作 负责 管理 公共 社会 重点 专业 基层".split()
)
_AND = "(?:、|以及|[和与及])(?!其(?!他))"
_OTHER = r"(?:(?!以及)[^，。；：、\n（）和与及由对向将按在的应可要须为被]){1,12}"  # no verb stands in a name
LIST_JOINERS = ("、", "以及", "和", "与", "及", "等")  # what stands behind a name in a list


class ListedName(NamedTuple):
    """市场监督管理 and 部门, as 民政、市场监督管理等部门 has them; folded."""

    name: str
    head: str  # said once, of all in the list


def listed_name(name: str) -> ListedName | None:
    """Of 市场监督管理部门, 快递企业."""
    found = _LISTED.fullmatch(fold(name))
    return ListedName(found["name"], found["head"]) if found and found["name"] not in _NO_NAME else None


def ends_as(folded: str, at: int, head: str) -> bool:
    """Behind a name: the list that it stands in goes on and ends with this word, which is said of each in it."""
    return _list_goes_on(head).match(folded, at) is not None


@cache
def _list_goes_on(head: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_AND}(?:{_OTHER})?){{0,30}}?(?:等|{_AND}(?:{_OTHER})?)(?:各|有关|相关|职能|行政|主管)*{head}"
    )
