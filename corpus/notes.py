"""Department notes: (牵头部门:甲、乙,协作部门:丙) at an item's end, or lines 责任单位：甲；配合单位：乙."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import ROLE_WORDS, DepartmentRole, Span
from corpus.lines import Block, Line, ParseError
from corpus.script import fold

_LEAD, _SUPPORT = ("|".join(ROLE_WORDS[role]) for role in ("lead", "support"))
_ROLE = f"(?:{_LEAD}|{_SUPPORT})"
_UNIT = "(?:部门|单位|处室|司局|机构)"
_LABEL = re.compile(rf"(?:(?P<lead>{_LEAD})|(?P<support>{_SUPPORT})){_UNIT}?\s*:")
_IN_BRACKETS = re.compile(rf"[(\[【〔]\s*(?:{_ROLE}{_UNIT}|{_ROLE}\s*:|牵头|协作|协办)")
_ON_A_LINE = re.compile(rf"\s*{_ROLE}{_UNIT}\s*:")
_AFTER_A_STOP = re.compile(rf"(?<=[。;!?])\s*{_ROLE}{_UNIT}\s*:")
_CLOSING = {"(": ")", "[": "]", "【": "】", "〔": "〕"}
_BODY = "(?:部室|部门|单位|处室|司局|科室|机构|委办局|部|处|室)"
_COLLECTIVE = re.compile(
    rf"(?:机关|局|委)?(?:各|全体|所有|有关|相关)(?:有关|相关|下属|直属|所属|内设|成员)?{_BODY}|(?:下属|直属|所属)(?:事业|各)?单位"
)
# (甲部牵头,乙部、丙部配合)
_NAMES_FIRST = re.compile(r"[(\[【〔](?P<clauses>[^()\[\]【】〔〕:。]{3,120})[)\]】〕][。;]?\s*$")
_LEADING = "牵头|负责|主办"  # one of them must stand: 「(公众参与)」 and 「(落实责任)」 are no notes
_CLAUSE = re.compile(
    rf"\s*由?(?P<names>\S{{2,80}}?)(?:等)?(?:共同|联合|分别)?(?:按(?:照)?(?:各自)?职责(?:分工)?)?"
    rf"(?:(?P<lead>{_LEADING})|(?P<support>{_SUPPORT}))\s*"
)
_NAMES_LEADING = re.compile(rf"(?:{_LEADING})(?:[,;]|$)")


@dataclass(frozen=True, slots=True)
class Note:
    """Where a note stands, and where its names do, in order."""

    span: Span
    names: tuple[tuple[DepartmentRole, Span], ...]


def find_note(block: Block) -> Note | None:
    """The department note that ends an item, or None. Raises ParseError for a note that does not parse."""
    for line in block.lines:
        possible = (_ON_A_LINE.match(line.folded), _opening_bracket(block, line), _AFTER_A_STOP.search(line.folded))
        if starts := [found.start() for found in possible if found]:
            return _read(block, line, line.span.start + min(starts))
    return _names_first(block)


def _opening_bracket(block: Block, line: Line) -> re.Match[str] | None:
    """A bracket that begins like a note and either holds a colon or stands at the item's end."""
    for found in _IN_BRACKETS.finditer(line.folded):
        rest = block.folded[line.span.start - block.span.start + found.start() :].rstrip()
        inside, closed, after = rest.partition(_CLOSING[rest[0]])
        if ":" in inside or not closed or not after:
            return found
    return None


def _names_first(block: Block) -> Note | None:
    """(甲部牵头,乙部、丙部配合) at the item's end."""
    found = _NAMES_FIRST.search(block.folded)
    if not found or not _NAMES_LEADING.search(found["clauses"]):
        return None
    clauses = [_CLAUSE.fullmatch(clause) for clause in re.split("[,;]", found["clauses"])]
    if not all(clauses):
        line = block.lines[-1].number
        raise ParseError(line, "部门说明“（甲部牵头，乙部、丙部配合）”", f"“{found[0].strip()[:40]}”")
    names: list[tuple[DepartmentRole, Span]] = []
    at = block.span.start + found.start("clauses")
    for clause in clauses:
        assert clause
        role: DepartmentRole = "lead" if clause["lead"] else "support"
        for name in _listed(clause.string, clause.start("names"), clause.end("names"), block.lines[-1]):
            names.append((role, Span(at + name.start, at + name.end)))
        at += len(clause.string) + 1
    start = block.span.start + found.start()
    return Note(Span(start, start + len(found[0].rstrip())), tuple(names))


def begins_note(line: Line) -> bool:
    return _ON_A_LINE.match(line.folded) is not None


def is_collective(name: str) -> bool:
    """各部室, 下属单位: words for all departments, themselves none."""
    return _COLLECTIVE.fullmatch(fold(name)) is not None


def _read(block: Block, line: Line, start: int) -> Note:
    """The note from `start` to the block's end, all of which it must fill."""
    content = block.folded[start - block.span.start :].rstrip()
    start += len(content) - len(content.lstrip())
    content = content.lstrip()
    span, inner = Span(start, start + len(content)), content
    if closing := _CLOSING.get(content[0]):
        if content.find(closing) != len(content) - 1:
            raise ParseError(line.number, f"部门说明在条目末尾以“{closing}”结束", f"“…{content[-20:]}”")
        inner, start = content[1:-1], start + 1
    labels = list(_LABEL.finditer(inner))
    if not labels or inner[: labels[0].start()].strip():
        raise ParseError(line.number, "部门说明“牵头部门:甲、乙,协作部门:丙”", f"“{content[:40]}”")
    ends = [label.start() for label in labels[1:]] + [len(inner)]
    names: list[tuple[DepartmentRole, Span]] = []
    for label, end in zip(labels, ends, strict=True):
        role: DepartmentRole = "lead" if label["lead"] else "support"
        for name in _listed(inner, label.end(), end, line):
            names.append((role, Span(start + name.start, start + name.end)))
    return Note(span, tuple(names))


def _listed(inner: str, start: int, end: int, line: Line) -> Iterator[Span]:
    """Spans of the names in inner[start:end], which 、 or a comma separates."""
    listed = re.sub(r"(?:等)?(?:按(?:照)?(?:各自)?职责(?:分工)?(?:分别)?负责)?[ ,;。]*$", "", inner[start:end])
    separators = [(0, 0), *(match.span() for match in re.finditer("、|,|会同", listed)), (len(listed), len(listed))]
    for (_, before), (after, _) in pairwise(separators):
        name = listed[before:after].strip()
        if not name or len(name) > 40 or re.search(rf"[\s:;。()\[\]【】]|^{_ROLE}{_UNIT}", name):
            raise ParseError(line.number, "用“、”分隔的部门名称", f"“{inner[start:end].strip()[:40]}”")
        begin = start + listed.index(name, before)
        yield Span(begin, begin + len(name))
