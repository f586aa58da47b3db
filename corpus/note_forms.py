"""Where notes stand in an item: in brackets at its end or after a sentence, on lines of their own, or as a clause of a
sentence: 由甲局牵头，乙局配合."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.bodies import CLOSING, OPENING, is_organisation, outermost
from corpus.note_parts import Reading, labels_in, looks_like_note, read

LONGEST = 1000  # characters between a note's brackets
DEEPEST = 3  # brackets within brackets that are tried


@dataclass(frozen=True, slots=True)
class Note:
    """folded[start:end], brackets and the stop after them included, and what it says."""

    start: int
    end: int
    reading: Reading
    said: bool = False  # a clause of the text, which stays in it


@dataclass(frozen=True, slots=True)
class Unread:
    """What looks like a note and is none that can be read."""

    start: int
    end: int
    expected: str


_ANYBODY = re.compile(r"^(?:[专个本自双他]|一把手|企业|.{20})")  # (专人负责), (企业自行负责)
_STOPS = "。;!?%‰"
_LINE_END = re.compile(r"[ \t]{0,40}[\r\n\f]{1,40}[ \t]{0,40}")
_NEXT = re.compile(r"\s*")
_AS_STOPS = {ord(bracket): "," for bracket in OPENING + CLOSING}
_NUMBER = re.compile(r"[一二三四五六七八九十百\d]{1,4}")
_AFTER = re.compile(r"[。;.]?[ \t\r]*(?:\n|$)")


def find_notes(folded: str, issued: datetime.date | None) -> tuple[list[Note], list[Unread]]:
    """Notes in order, and what only looks like one."""
    unread: list[Unread] = []
    notes = [*_in_brackets(folded, issued, unread)]
    notes += _labelled(folded, issued, notes)
    notes += _clauses(folded, issued, notes)
    _unclosed(folded, notes, unread)
    return sorted(notes, key=lambda note: note.start), unread


# Notes in brackets


def _in_brackets(folded: str, issued: datetime.date | None, unread: list[Unread]) -> Iterator[Note]:
    pending = [(low, high, 1) for low, high in outermost(folded)]
    for low, high, depth in pending:
        reading = _inside(folded, low, high, issued, unread) if high - low <= LONGEST else None
        if reading:
            after = _AFTER.match(folded, high)
            yield Note(low, high + (folded[high : high + 1] in ("。", ";", ".") and after is not None), reading)
        elif depth < DEEPEST:
            inner = outermost(folded[low + 1 : high - 1])
            pending += [(low + 1 + start, low + 1 + end, depth + 1) for start, end in inner]


def _inside(folded: str, low: int, high: int, issued: datetime.date | None, unread: list[Unread]) -> Reading | None:
    """What the brackets at [low, high) say, if it is a note; a line end in them is where the page broke the line."""
    if _NUMBER.fullmatch(folded, low + 1, high - 1):  # most brackets of a law: (一)
        return None
    broken = _broken(folded, low, high)
    places = [at for at in range(low + 1, high - 1) if at not in broken]
    inner = "".join(folded[at] for at in places)
    alone = _stands_alone(folded, low, high)
    labelled = next(labels_in(inner, 0, len(inner)), None)
    reading = read(inner, 0, len(inner), issued)
    before = inner[: labelled.start()].strip(" ,;。") if labelled else ""
    if labelled and (reading.parties or reading.dues) and not (before and reading.problems):
        return reading.moved(places)
    if labelled or (looks_like_note(inner, 0, len(inner)) and alone):
        unread.append(Unread(low, high, "部门说明“（牵头单位：甲、乙，配合单位：丙）”"))
        return None
    names = [inner[one.start : one.end] for one in reading.parties]
    if reading.problems and alone and "牵头" in inner and any(map(is_organisation, names)):
        unread.append(Unread(low, high, "部门说明“（甲牵头，乙、丙配合）”"))
    if reading.problems or not names:
        return None
    is_note = _is_by_verbs(reading, names, alone) if reading.said else _is_a_list(folded, low, high, names)
    return reading.moved(places) if is_note else None


def _broken(folded: str, low: int, high: int) -> set[int]:
    """Offsets of the line ends in folded[low:high], the spaces around them included."""
    return {at for match in _LINE_END.finditer(folded, low, high) for at in range(*match.span())}


def _is_by_verbs(reading: Reading, names: list[str], alone: bool) -> bool:
    """(甲牵头,乙、丙配合): at a sentence's end the names may be any, elsewhere they must be organisations."""
    leads = any(one.role in ("lead", "responsible") for one in reading.parties)
    return all(map(is_organisation, names)) or (alone and leads and not any(map(_ANYBODY.search, names)))


def _is_a_list(folded: str, low: int, high: int, names: list[str]) -> bool:
    """(甲局、乙局) after a sentence: every name looks like an organisation, one of them surely."""
    sure = [name for name in names if is_organisation(name, surely=True)]
    if not sure or not all(map(is_organisation, names)) or not _AFTER.match(folded, high):
        return False
    return _previous(folded, low) in _STOPS or len(sure) > 1


def _stands_alone(folded: str, low: int, high: int) -> bool:
    """True where the brackets end a line or the item, or follow a sentence."""
    return _AFTER.match(folded, high) is not None or _previous(folded, low) in _STOPS


def _previous(folded: str, at: int) -> str:
    """The character before, quotation marks and spaces apart; a stop where a line begins."""
    before = folded[max(0, at - 8) : at].rstrip('”"’』」》 \t\r')
    return before[-1:].replace("\n", "。") or ("。" if at < 8 else " ")


# Notes on lines, by labels


def _labelled(folded: str, issued: datetime.date | None, taken: list[Note]) -> Iterator[Note]:
    """Labels at a line's beginning or after a stop, with the lines that go on with them."""
    end = 0
    for label in labels_in(folded, 0, len(folded)):
        start = label.start()
        if start < end or any(note.start <= start < note.end for note in taken):
            continue
        before = _previous(folded, start)
        if before not in (*_STOPS, ",") or folded[start - 1 : start] in ("”", '"'):
            continue
        end = _value_end(folded, start)
        reading = read(folded, start, end, issued, by_line=True)
        fits = before != "," or _are_sure(folded, reading)
        if (reading.parties or reading.dues) and not reading.problems and fits:
            yield Note(start, end, reading, said=before == ",")


_CLAUSE = re.compile(
    r"(?:^|(?<=[。;,:\n]))由[^。;,:\n]{2,60}?牵头(?=[,。;\n]|$)"
    r"(?:,[^。;,:\n]{2,60}?(?:配合|协助|协同)(?=[,。;\n]|$))?"
)


def _clauses(folded: str, issued: datetime.date | None, taken: list[Note]) -> Iterator[Note]:
    """由甲局牵头,乙局、丙局配合 in a sentence, where all of these are surely bodies."""
    for match in _CLAUSE.finditer(folded) if "牵头" in folded else ():
        reading = read(folded, match.start(), match.end(), issued)
        apart = all(match.end() <= note.start or note.end <= match.start() for note in taken)
        if apart and reading.said and not reading.problems and _are_sure(folded, reading):
            yield Note(match.start(), match.end(), reading, said=True)


def _are_sure(folded: str, reading: Reading) -> bool:
    return all(is_organisation(folded[one.start : one.end], surely=True) for one in reading.parties)


def _value_end(folded: str, start: int) -> int:
    """Where the labels that begin at `start` end: with the line, or the last of the lines that are labels too."""
    end = start
    while end < len(folded):
        line_end = folded.find("\n", end)
        line_end = len(folded) if line_end < 0 else line_end
        line = folded[end:line_end]
        stop = line.find("。")
        if stop >= 0 and line[stop + 1 :].strip() and not next(labels_in(line, stop + 1, len(line)), None):
            return end + stop + 1
        following = _NEXT.match(folded, line_end).end()  # type: ignore[union-attr]  # it always matches
        unfinished = line.rstrip().endswith(("、", ",", ":")) or line.count("(") > line.count(")")
        label = next(labels_in(folded, following, min(len(folded), following + 30)), None)
        if not (unfinished or (label and label.start() == following)) or following >= len(folded):
            return end + len(line.rstrip())
        end = following
    return end


def _unclosed(folded: str, notes: list[Note], unread: list[Unread]) -> None:
    """(牵头部门:甲局 without its closing bracket."""
    level = folded.translate(_AS_STOPS)
    labels = [*labels_in(level, 0, len(level))]
    if not labels:
        return
    inside = {at for note in notes for at in range(note.start, note.end)} | {one.start for one in unread}
    for label in labels:
        at = label.start() - 1
        while at > 0 and folded[at].isspace() and label.start() - at < 5:
            at -= 1
        if at >= 0 and folded[at] in OPENING and at not in inside:
            closing = CLOSING[OPENING.index(folded[at])]
            unread.append(Unread(at, min(len(folded), at + LONGEST), f"部门说明以“{closing}”结束"))
