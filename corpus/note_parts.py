"""What a note says: who leads, who is responsible, who supports, and until when.

A note is read either by its labels (牵头单位:甲;责任单位:乙、丙) or by its verbs (甲牵头,乙、丙按职责分工负责,年底前完成);
a label's value may hold verbs. Everything here reads folded text and gives offsets into it.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.bodies import LONGEST, depths, is_organisation, is_plausible, split_names
from corpus.deadlines import Due, find_dues
from corpus.roles import AFTER, ANY_ROLE, ANY_UNIT, DEADLINES, DOING, PEOPLE, ROLE_WORDS, SHARED, Role, role_of


@dataclass(frozen=True, slots=True)
class Party:
    """A name's place, and its part; `role` is None where neither label nor verb says it."""

    start: int
    end: int
    role: Role | None


@dataclass(slots=True)
class Reading:
    """What was understood; `problems` are pieces that are neither name nor deadline."""

    parties: list[Party] = field(default_factory=list)
    dues: list[Due] = field(default_factory=list)
    leaders: list[tuple[int, int]] = field(default_factory=list)  # where people are named who answer for it
    problems: list[str] = field(default_factory=list)
    first_leads: bool = False
    said: bool = False  # a label or a verb says a role

    def add(self, other: "Reading") -> None:
        self.parties += other.parties
        self.dues += other.dues
        self.leaders += other.leaders
        self.problems += other.problems
        self.first_leads |= other.first_leads
        self.said |= other.said

    def moved(self, places: Sequence[int]) -> "Reading":
        """The same where character i of what was read stands at places[i] of the text."""
        parties = [Party(places[one.start], places[one.end - 1] + 1, one.role) for one in self.parties]
        dues = [Due(due.text, due.by, places[due.start], places[due.end - 1] + 1) for due in self.dues]
        leaders = [(places[start], places[end - 1] + 1) for start, end in self.leaders]
        return Reading(parties, dues, leaders, self.problems, self.first_leads, self.said)


_BEFORE_ROLE = "(?:主要|第一|直接|共同|具体|建议|[省市县区州]级|[省市县区州]直|项目|任务)?"
_LABEL = re.compile(
    rf"(?<![一-鿿])(?:(?P<person>(?:{ANY_ROLE}|分管|包抓|包保|联系|主管|督办|挂点)[省市县区州局厅委校院处]?(?:{'|'.join(PEOPLE)}|人))"
    rf"|(?P<shared>{'|'.join(SHARED)})|(?P<due>{'|'.join(DEADLINES)})"
    rf"|(?P<role>{_BEFORE_ROLE}(?:{ANY_ROLE}){{1,3}}(?:\((?:{ANY_ROLE})\))?(?:{ANY_UNIT})?(?:及责任人)?))\s{{0,4}}:"
)
# 适用范围:甲区 after the names: what it says is neither who nor when
_BESIDE = re.compile(
    r"(?<=[,;。])\s?[一-鿿]{0,6}(?:范围|依据|备注|方式|标准|目标|要求|来源|内容|类别|电话|地点|频次|编号|说明)\s{0,4}:"
)
_MARKED = re.compile(rf"\((?:{'|'.join(ROLE_WORDS['lead'])})(?:{ANY_UNIT})?\)$")
_POST = "(?:[局处科部院校组队所站厂行会市县区镇乡村厅室股办]|秘书|董事|理事)长|主任|书记|主席|经理|校监|同志|老师"
_PERSON = re.compile(rf"(?<![一-鿿·])(?P<name>[一-鿿·]{{2,4}}?)(?:副?(?:{_POST}|[市县区])){{0,2}}(?=[\s、,;。()]|$)")
_NO_PERSON = re.compile(rf".*(?:{_POST}|委员|成员|人员|领导|班子|[待另]定|同上|负责人|责任人)")
_UNREAD_LABEL = re.compile(rf"\s*{_BEFORE_ROLE}(?:{ANY_ROLE}){{1,3}}(?:{ANY_UNIT})")
_NO_VERB = rf"(?!{ANY_UNIT}|人|同志|领导|[省市县区]领导|方|项|制|的|过|任|地)"
_VERB = re.compile(
    rf"(?:(?:(?:组织|具体|抓好|统筹|协调|认真|共同)?(?:{'|'.join(w for w in ANY_ROLE.split('|') if w != '责任')}){_NO_VERB})"
    rf"(?:(?:组织|具体|抓好|统筹)?(?:{'|'.join(AFTER)})(?=[,;。、)\s]|$))?"
    rf"|(?:组织|抓好|统筹|协调|具体|认真|贯彻)?(?:{'|'.join(DOING)})(?=[,;。)\s]|$)){{1,3}}"
)
_TOGETHER = "(?:共同|联合|分别|各自|具体|统筹|分头|一起|结合实际|依法|认真)"
_ADVERBS = re.compile(
    rf"{_TOGETHER}?(?:(?:按照?|依照?|根据|依据)?(?:各自)?的?(?:职责|职能|分工)(?:分工|权限|范围|任务)?)?{_TOGETHER}{{0,2}}\s*$"
)
FIRST_LEADS = re.compile(r"(?:第一|首)[^。;,、()]{0,12}(?:为|是|系)[^。;,()]{0,4}牵头")
_NO_NAMES = re.compile(
    r"下同|同上|以下|不再|第一位|首位|以此类推|按程序|依程序|时间节点|根据需要|视情|各负其责|见附|详见|结合实际$"
)
_STOP = re.compile("[,;。]")
_FINISHING = re.compile(r"完成|推进|出台|建成|启动|印发|落实|实施|见效|到位|报送|取得|投用|开工|前|底|坚持|开展|通报")


def read(
    folded: str, start: int, end: int, issued: datetime.date | None, *, role: Role | None = None, by_line: bool = False
) -> Reading:
    """What folded[start:end] says; `role` is that of names without a verb (a cell's column)."""
    reading = Reading()
    labels = list(labels_in(folded, start, end))
    starts = [*(label.start() for label in labels), end]
    ends = [_beside(folded, low, high) for low, high in pairwise([start, *starts])]
    reading.add(_with_leads_marked(folded, _read_verbs(folded, start, ends[0], issued, role, by_line)))
    for label, after in zip(labels, ends[1:], strict=True):
        if label["due"]:
            reading.dues += dues_of(folded, label.end(), after, issued)
        elif label["person"]:  # 责任领导:张三;|综合处牵头,财务处配合
            named = _STOP.search(folded, label.end(), after)
            reading.leaders += people_in(folded, label.end(), named.start() if named else after)
            if named and _VERB.search(folded, named.end(), after):
                reading.add(_read_verbs(folded, named.end(), after, issued, None, by_line))
        else:
            reading.said = True
            given: Role = "responsible" if label["shared"] else role_of(label["role"])
            value = _with_leads_marked(folded, _read_verbs(folded, label.end(), after, issued, given, by_line))
            if not value.parties and not value.dues:
                value.problems.append(folded[label.start() : after].strip())
            reading.add(value)
    return reading


def _with_leads_marked(folded: str, reading: Reading) -> Reading:
    """甲部(牵头)、乙部: the one that is marked leads, the others support."""
    marked = [_MARKED.search(folded, one.start, one.end) for one in reading.parties]
    if any(marked):
        reading.parties = [
            Party(one.start, mark.start(), "lead") if mark else Party(one.start, one.end, "support")
            for one, mark in zip(reading.parties, marked, strict=True)
        ]
    return reading


def people_in(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """张三、李四(副局长): names of two to four letters, of no bodies and no posts; what stands in brackets is none."""
    depth = depths(folded, start, end)
    for found in _PERSON.finditer(folded, start, end):
        name = found["name"]
        if depth[found.start() - start] == 0 and not _NO_PERSON.fullmatch(name) and not is_organisation(name):
            yield found.span("name")


def _beside(folded: str, start: int, end: int) -> int:
    """Where something else begins that a label says; the end where nothing does."""
    other = _BESIDE.search(folded, start, end)
    return other.start() if other else end


def labels_in(folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """牵头单位: and the like, outside brackets."""
    if folded.find(":", start, end) < 0:
        return iter(())
    depth = depths(folded, start, end)
    return (match for match in _LABEL.finditer(folded, start, end) if depth[match.start() - start] == 0)


def looks_like_note(folded: str, start: int, end: int) -> bool:
    """True for 牵头部门甲局, which only lacks its colon; not for 牵头单位 alone."""
    match = _UNREAD_LABEL.match(folded, start, end)
    return match is not None and len(folded[match.end() : end].strip()) > 1


def dues_of(folded: str, start: int, end: int, issued: datetime.date | None) -> list[Due]:
    """Deadlines of a cell or a label's value; words that come to no date (按省里部署) are kept as they stand."""
    value = folded[start:end].strip(" \t\r\n,;。.、")
    if not value or value in ("无", "/", "—", "-"):
        return []
    at = folded.index(value, start)
    found = find_dues(value, issued, alone=True)
    if not found:
        return [Due(value, None, at, at + len(value))] if len(value) <= LONGEST else []
    return [Due(due.text, due.by, at + due.start, at + due.end) for due in found]


def _read_verbs(
    folded: str, start: int, end: int, issued: datetime.date | None, role: Role | None, by_line: bool
) -> Reading:
    """甲牵头,乙、丙负责 by its verbs; names after the last verb have `role`."""
    reading = Reading()
    depth = depths(folded, start, end)
    begin = start
    for verb in _VERB.finditer(folded, start, end):
        if depth[verb.start() - start]:
            continue
        said = role_of(verb[0])
        names = _read_names(
            folded, begin, verb.start(), issued, role if role and said == "responsible" else said, by_line
        )
        reading.said |= bool(names.parties)
        reading.add(names)
        begin = verb.end()
    rest = _read_names(folded, begin, end, issued, role, by_line)
    if role is None and reading.said:
        rest.parties = [Party(one.start, one.end, "support") for one in rest.parties]
    reading.add(rest)
    return reading


def _read_names(
    folded: str, start: int, end: int, issued: datetime.date | None, role: Role | None, by_line: bool
) -> Reading:
    """Names, deadlines and asides of the clauses in folded[start:end], the adverbs before its verb cut off."""
    reading = Reading()
    for low, high in _clauses(folded, start, end):
        clause = folded[low:high].strip()
        if FIRST_LEADS.search(clause):
            reading.first_leads = True
        elif _NO_NAMES.search(clause) and not is_organisation(clause):
            continue
        elif dues := _dues_of_clause(folded, low, high, issued):
            reading.dues += dues
        else:
            adverbs = _ADVERBS.search(folded[max(low, high - 30) : high])
            high -= len(adverbs[0]) if adverbs else 0
            for name_start, name_end in split_names(folded, low, high, by_line=by_line):
                if is_plausible(folded[name_start:name_end]) and not _UNREAD_LABEL.match(folded, name_start, name_end):
                    reading.parties.append(Party(name_start, name_end, role))
                else:
                    reading.problems.append(folded[name_start:name_end])
    return reading


def _clauses(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces between commas and stops outside brackets."""
    depth = depths(folded, start, end)
    begin = start
    for stop in _STOP.finditer(folded, start, end):
        at = stop.start()
        if depth[at - start] == 0:
            yield begin, at
            begin = at + 1
    yield begin, end


def _dues_of_clause(folded: str, start: int, end: int, issued: datetime.date | None) -> list[Due]:
    """Deadlines of a clause that says when (2025年12月底前完成), none of one that names somebody."""
    clause = folded[start:end]
    if len(clause) > LONGEST:
        return []
    dues = find_dues(clause, issued, alone=True)
    left = "".join(c for at, c in enumerate(clause) if not any(due.start <= at < due.end for due in dues)).strip()
    if not dues or is_organisation(left) or (len(left) > 2 and not _FINISHING.search(left)):
        return []
    return [Due(due.text, due.by, start + due.start, start + due.end) for due in dues]
