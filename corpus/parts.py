"""Where one file holds several texts: a notice and what it issues, two regulations, attachments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from corpus.dates import parse_date
from corpus.lines import Line, is_short, paragraphs
from corpus.markers import NAMED, STYLES, Style
from corpus.numbering import NUMBER, to_int

_ATTACHMENT = re.compile(
    rf"\s*[(\[【]?\s?附\s?(?P<kind>件|表|录|则)?\s?(?P<number>{NUMBER})?\s?[)\]】]?\s?(?P<colon>[:.、])?\s*(?P<title>.*)"
)
_NAMES_TEXT = re.compile(  # how a title ends
    r"(?:规定|办法|方案|预案|指引|守则|意见|细则|条例|制度|规则|规程|清单|表|要点|计划|措施|通知|标准|指南|规划|纲要|目录|流程|公约|章程|决定|分工|法|函)(?:\([^()]{1,20}\))?$"
)
COPIES = re.compile(r"\s*(?:\(?此件|抄\s?送|主\s?送|抄\s?报|分\s?送|\(?本文有删减)")
ABOVE = 8  # lines at most between the title of a second text and its first number
LISTED = 60  # characters at most of an entry in a list of attachments


@dataclass(slots=True)
class Segment:
    """Lines of one text; `title` is the line of an attachment that says so, with its number."""

    lines: list[Line] = field(default_factory=list)
    attachment: int | None = None  # its number
    said: str = ""  # 附件2, 附表1, 附件

    @property
    def has_units(self) -> bool:
        return any(line.marker and line.marker.sure for line in self.lines) or any(line.header for line in self.lines)


def _without_listed(lines: Sequence[Line]) -> list[Line]:
    """The entries of a list of attachments open with a number and are no items: below 附件: alone, up to the signature."""
    kept = list(lines)
    for at, line in enumerate(lines):
        found = _ATTACHMENT.fullmatch(line.folded) if len(line.folded) < LISTED else None
        if not found or found["title"].strip() or not found["colon"]:
            continue
        listed = _entries(list(paragraphs(lines[at + 1 : at + 40])))
        for entry in listed:
            kept[entry.number - lines[0].number] = replace(entry, marker=None)
    return kept


def split_parts(lines: Sequence[Line], known: tuple[str, ...] = ()) -> list[Segment]:
    """The texts of a file in order. What stands before the first of them, such as a notice in prose, is in it. Lines
    that begin as one of `known` begin an attachment."""
    segments = [Segment()]
    for at, line in enumerate(_without_listed(lines)):
        settled = ("附件", None) if known and line.folded.strip().startswith(known) else None
        if started := settled or _attachment(lines, at):
            number = started[1] or sum(one.attachment is not None for one in segments) + 1
            segments.append(Segment(attachment=number, said=started[0]))
        segments[-1].lines.append(line)
    apart = [part for segment in segments for part in _second_texts(segment)]
    return _with_heads(apart)


def _with_heads(segments: list[Segment]) -> list[Segment]:
    """A first text without any number is the head of what follows it; an attachment that says no more than a title
    has none."""
    first = next((at for at, segment in enumerate(segments) if segment.has_units), None)
    if first is None:
        joined = Segment([line for segment in segments for line in segment.lines])
        return [joined]
    head = [line for segment in segments[:first] for line in segment.lines]
    rest = segments[first:]
    rest[0].lines = head + rest[0].lines
    kept = [rest[0]]
    for segment in rest[1:]:
        if segment.attachment is None and not segment.has_units:
            kept[-1].lines += segment.lines
        else:
            kept.append(segment)
    return kept


# Attachments


def _attachment(lines: Sequence[Line], at: int) -> tuple[str, int | None] | None:
    """(附件2, 2) where an attachment begins at this line; None for a list of attachments and for other lines."""
    line = lines[at]
    found = _ATTACHMENT.fullmatch(line.folded) if len(line.folded) <= 90 and not line.cells else None
    if not found or not (found["kind"] or found["number"] or found["colon"]) or found["kind"] == "则":
        return None
    title, number = found["title"].strip(), to_int(found["number"] or "")
    if title and not (found["number"] or found["colon"] or _spaced(line.folded)):
        return None  # 附件所列…
    following = list(paragraphs(lines[at + 1 : at + 40]))
    if not following or _lists(title, bool(found["colon"]), following):
        return None
    said = f"附{found['kind'] or '件'}{number or ''}"
    return said, number


def _spaced(folded: str) -> bool:
    return re.match(r"\s*附\s?[件表录]\s", folded) is not None


def _lists(title: str, colon: bool, following: Sequence[Line]) -> bool:
    """The line belongs to a list of attachments: more of them follow, or a signature, and no text."""
    if not title:
        if not colon:
            return _ATTACHMENT.fullmatch(following[0].folded) is not None and len(following[0].folded) < LISTED
        return bool(_entries(following))
    for line in following:
        entry = line.marker and line.marker.style == "1." and line.marker.number > 1 and len(line.folded) <= LISTED
        another = _ATTACHMENT.fullmatch(line.folded) is not None and line.folded.strip().startswith("附")
        if entry or another or _ends_text(line):
            return True
        if line.cells or line.marker or len(line.folded.strip()) > LISTED:
            return bool(line.marker and line.marker.number != 1)
    return True


def _entries(following: Sequence[Line]) -> list[Line]:
    """The numbered lines of a list of attachments, which a signature or the text's end closes."""
    entries = list(
        takewhile(lambda line: line.marker and line.marker.style == "1." and len(line.folded) <= LISTED, following)
    )
    closed = len(entries) == len(following) or _ends_text(following[len(entries)])
    return entries if closed else []


def _ends_text(line: Line) -> bool:
    return (
        parse_date(line.folded) is not None
        or COPIES.match(line.folded) is not None
        or (
            is_short(line.folded, 40)
            and re.search(r"(?:部|厅|局|委|会|室|府|院|司|办|中心|组)$", line.folded.strip()) is not None
        )
    )


# Second texts


def _second_texts(segment: Segment) -> list[Segment]:
    """The segment cut where numbering begins anew under a title of its own, or below a signature."""
    cuts: list[int] = []
    state = _Numbering()
    for at, line in enumerate(segment.lines):
        begins = cuts[-1] if cuts else 0
        opens = line.marker if line.marker and line.marker.sure else None
        if state.outer and parse_date(line.folded):
            state.signed = at
        cut = _cut(segment.lines, at, begins, state) if opens or line.cells else None
        if cut is not None:
            cuts.append(cut)
            state = _Numbering()
        if opens:
            state.take(opens.style, opens.number)
        elif line.cells:
            state.signed = None
    parts = [Segment(segment.lines[start:end]) for start, end in pairwise([0, *cuts, len(segment.lines)])]
    parts[0].attachment, parts[0].said = segment.attachment, segment.said
    return parts


def _cut(lines: Sequence[Line], at: int, begins: int, state: "_Numbering") -> int | None:
    """Where the text begins whose first number, or first row, is at `at`; None where none does."""
    if state.signed is not None:
        return next((one for one in range(state.signed + 1, at + 1) if not _is_below_signature(lines[one])), at)
    marker = lines[at].marker
    if marker is None or not state.restarts(marker.style, marker.number):
        return None
    title = _title_above(lines, at, begins)
    return at if title is None and state.bare_restart(marker.style, marker.number) else title


def _is_below_signature(line: Line) -> bool:
    return line.is_blank or COPIES.match(line.folded) is not None or parse_date(line.folded) is not None


class _Numbering:
    """The numbers seen in a text so far: whether a number 1 begins another."""

    def __init__(self) -> None:
        self.outer: Style | None = None  # the outermost style so far
        self.last: dict[Style, int] = {}
        self.count: dict[Style, int] = {}
        self.signed: int | None = None  # the line of the date of a signature below numbered units

    def take(self, style: Style, number: int) -> None:
        if self.outer is None or STYLES.index(style) < STYLES.index(self.outer):
            self.outer = style
        self.last[style] = number
        self.count[style] = self.count.get(style, 0) + 1

    def restarts(self, style: Style, number: int) -> bool:
        if number != 1 or self.outer is None:
            return False
        return style == self.outer or STYLES.index(style) < STYLES.index(self.outer)

    def bare_restart(self, style: Style, number: int) -> bool:
        """Without any title above: only articles that ran on do not begin anew for nothing."""
        return number == 1 and style in ("条", *NAMED) and style == self.outer and self.count[style] > 2


def _title_above(lines: Sequence[Line], at: int, begins: int) -> int | None:
    """Where the title of the text stands whose first number is at `at`; None where there is none."""
    looked = 0
    for above in range(at - 1, begins, -1):
        line = lines[above]
        if line.is_blank:
            continue
        looked += 1
        if looked > ABOVE or line.marker or line.cells:
            return None
        if is_short(line.folded, 60) and _NAMES_TEXT.search(line.folded.strip()):
            return _first_of_title(lines, above, begins)
    return None


def _first_of_title(lines: Sequence[Line], last: int, begins: int) -> int:
    """A title of several lines begins at the first of the short lines above its last one."""
    first = last
    for above in range(last - 1, begins, -1):
        line = lines[above]
        if line.is_blank and above == last - 1:
            continue
        ends = parse_date(line.folded) or COPIES.match(line.folded) or line.marker or line.cells
        if ends or not is_short(line.folded, 40) or _ends_text(line):
            break
        first = above
    return first
