"""What a sentence says of departments: 由甲部牵头、乙部协作. It is read off, and compared with what the item's note says."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus import Item, spelling_key
from service.llm.words import any_of, words
from service.understanding import name_key

CLAUSE = "，"  # stands where a claim was
_AND = "(?:、|和|与|及|以及)"
_BEFORE = r"(?<![\u4e00-\u9fff])"  # a name begins here: no other word runs into it


@dataclass(frozen=True)
class Note:
    """Who does an item, and until when, as its note says."""

    lead: frozenset[str]
    support: frozenset[str]
    collective: frozenset[str]  # words for all departments
    dues: tuple[str, ...]
    says_lead: bool  # the text says of `lead` that they lead, not only that they are responsible

    @classmethod
    def of(cls, item: Item, collective_words: Iterable[str]) -> "Note":
        return cls(
            frozenset(map(name_key, item.lead)),
            frozenset(map(name_key, item.supporting)),
            frozenset(map(spelling_key, collective_words)),
            tuple(spelling_key(due.text) for due in item.dues if not item.body.start <= due.start < item.body.end),
            not item.responsible,
        )


class Roles:
    """Reads claims of departments with these names (as they may be written -> as the text names them)."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = {spelling_key(written): name_key(name) for written, name in names.items()}

    def without_claims(self, text: str, note: Note) -> str | None:
        """The text, its quotation marks and brackets left out, with what it says of departments and of the deadline in
        the note taken off; None where some of that is not so."""
        folded = spelling_key(text)
        names = {written: key for written, key in self._names.items() if written in folded}
        names |= {word: word for word in note.collective if word in folded}
        for due in note.dues:
            folded = re.sub(
                rf"(?:(?:完成)?[时期]限(?:是|为|:)?|[于在])?{re.escape(due)}(?:完成)?(?=[,、]|$)", CLAUSE, folded
            )
        if not names:
            return folded
        for claim in _claims(names):
            if not all(_holds(found, names, note) for found in claim.finditer(folded)):
                return None
            folded = claim.sub(CLAUSE, folded)
        return folded


def _claims(names: Mapping[str, str]) -> tuple[re.Pattern[str], ...]:
    name = "(?:" + "|".join(map(re.escape, sorted(names, key=lambda one: (-len(one), one)))) + ")(?!门)"
    several = rf"(?P<names>{name}(?:{_AND}{name})*)(?P<others>等(?:部门|单位)?)?"
    role = f"(?P<role>{any_of('lead', 'responsible', 'support', 'any')})"
    return (
        re.compile(
            rf"(?:[都均]|分别)?(?P<alone>{any_of('alone')})?由{several}(?P<joint>{any_of('joint')})?{role}(?:部门|单位)?"
        ),
        re.compile(
            rf"{_BEFORE}(?P<alone>{any_of('alone')})?{several}(?P<joint>{any_of('joint')})?{role}(?:部门|单位)?"
        ),
        re.compile(rf"{_BEFORE}{role}(?:部门|单位)(?P<exact>是|为|有|包括|:)?{several}(?![\u4e00-\u9fff])"),
    )


def _holds(found: re.Match[str], names: Mapping[str, str], note: Note) -> bool:
    given, role = found.groupdict(), found["role"]
    claimed = {names[one] for one in re.split(_AND, found["names"])}
    leads = role in words("lead", "responsible")
    if role in words("lead") and not note.says_lead:
        return False
    held = note.lead if leads else note.support | note.collective
    if role in words("any"):
        held = note.lead | note.support | note.collective
    if not claimed <= held or (given.get("joint") and len(claimed) == 1 and not found["others"]):
        return False
    whole = given.get("alone") or (leads and given.get("exact") in ("是", "为", ":"))
    return not whole or (claimed == held and not found["others"])
