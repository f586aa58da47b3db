"""Forms: sections, numbers and documents pointed at; topics that are not wanted."""

import datetime
from typing import cast

from corpus import Pointed, Reference, Unit, bare_heading, period_told, title_key
from service.understanding.constraints import About, Constraint, any_of
from service.understanding.draft import Draft, draft_of
from service.understanding.dues import DueBy
from service.understanding.form_asks import of_items
from service.understanding.grammar import Form, Found, letters
from service.understanding.leftover import headed, under_headings
from service.understanding.places import InPart, InSection, Numbered, Under, Without
from service.understanding.topic import EDGES, listed, trimmed
from service.understanding.vocabulary import has_dues

_BEFORE_HEADING = ("say", "comma", "space", "in", "be")
SHORTEST_HEADING, LONG_HEADING = 2, 4  # letters; from the second on a part of a heading is meant behind 讲
LONGEST_HEADING = 12  # tokens


def _add(found: Found, condition: Constraint) -> None:
    """The condition, or its denial where the form read one before or after it."""
    denied = "neg" in found or "neg2" in found
    draft_of(found).add(condition.denied() if denied else condition, *found.match.span())


def _parts(draft: Draft) -> tuple[str, ...]:
    """The texts of all documents' files, by their ids."""
    return tuple(dict.fromkeys(part.id for document in draft.vocabulary.documents for part in document.parts))


def _section(found: Found) -> bool | None:
    draft = draft_of(found)
    (token,) = found.of("sec")
    place = draft.in_sections(cast(Reference, token.value))
    _add(found, place)
    if "neg" not in found and (last := _end_of_heading(found, place, draft)):
        found.sentence.take(found.match.end(), last, "a section")
    return None


def _end_of_heading(found: Found, place: InSection, draft: Draft) -> int:
    """第四章|监管执法, 第五部分|讲|人才队伍: after which token what the heading says ends; 0 where it says something else."""
    tokens, first = found.sentence.tokens, found.match.end()
    headings = [
        title_key(bare_heading(unit.title))
        for units in draft.vocabulary.sections
        for unit in units
        if unit.number in place.numbers
    ]
    begin = next((at for at in range(first, len(tokens)) if tokens[at].kind not in _BEFORE_HEADING), first)
    said = any(token.kind == "say" for token in tokens[first:begin])
    for last in range(min(len(tokens), begin + LONGEST_HEADING), begin, -1):
        words = title_key(draft.typed(tokens[begin:last]))
        part = said and len(words) >= LONG_HEADING
        meant = any(words in one and (part or 2 * len(words) >= len(one)) for one in headings)
        if meant and len(words) >= SHORTEST_HEADING:
            return last
    return 0


def _numbered(found: Found) -> bool | None:
    draft = draft_of(found)
    (token,) = found.of("ref")
    condition = draft.pointed(cast(Reference, token.value))
    if "neg" in found and isinstance(condition, Numbered):
        condition = Without(condition.items)
    draft.names_items = draft.names_items or not isinstance(condition, Numbered)
    draft.add(condition, *found.match.span())
    return None


def _by_id(found: Found) -> bool | None:
    draft = draft_of(found)
    pointed = [cast(Pointed, token.value) for token in found.of("ids")]
    items = tuple(item for one in pointed for item in one.items)
    places = tuple(place for one in pointed for place in one.places) if len(items) == 1 else ()
    numbers = tuple(dict.fromkeys(item.number for item in items))
    draft.add(Without(items) if "neg" in found else Numbered(items, numbers, places), *found.match.span())
    return None


def _under(found: Found) -> bool | None:
    draft = draft_of(found)
    (token,) = found.of("under")
    condition = Under(cast("tuple[Unit, ...]", token.value))
    draft.names_items = True
    _add(found, condition)
    return None


def _attachments(draft: Draft) -> tuple[str, ...]:
    return tuple(id for id in _parts(draft) if id.startswith("a"))


def _attachment(found: Found) -> bool | None:
    """附件里的, 附件2中的; 附件20 where there is one attachment: its item 20."""
    draft = draft_of(found)
    ids = _attachments(draft)
    number = next((cast(int, token.value) for token in found.of("num")), None)
    label = found.of("attached")[0].text
    if not ids or (len(ids) > 1 and number is not None and f"a{number}" not in ids):
        if draft.vocabulary.stands(label):
            return False
        draft.unknown_document = draft.unknown_document or f"{label}{number or ''}"
        return None
    condition = InPart(ids, label)
    if f"a{number}" in ids:
        condition = InPart((f"a{number}",), f"{label}{number}")
    elif number is not None:
        every, columns = draft.vocabulary.every_item, draft.vocabulary.index.columns
        own = (columns.of_parts(ids) & (columns.number == number))[every.rows]
        draft.add(Numbered(every.at(every.rows[own]), (number,)), *found.match.span())
    draft.names_items = True
    _add(found, condition)
    return None


def _behind(found: Found) -> bool | None:
    """后面那张清单: of a document that has attachments these; of another no place, and no table to be made."""
    draft = draft_of(found)
    if ids := _attachments(draft):
        draft.names_items = True
        _add(found, InPart(ids, found.of("table", "attached")[0].text))
    return None


def _main_text(found: Found) -> bool | None:
    draft = draft_of(found)
    parts = _parts(draft)
    ids = tuple(id for id in parts if not id.startswith("a"))
    draft.names_items = True
    if len(ids) < len(parts):
        condition = InPart(ids, found.of("maintext")[0].text)
        _add(found, condition)
    return None


def _document(found: Found) -> bool | None:
    """《…》里: the document asked; a title that an item holds is a topic; any other is unknown."""
    draft = draft_of(found)
    (token,) = found.of("title")
    if not token.value or draft.vocabulary.catalogue.chooses:
        before = [one.kind for one in found.sentence.tokens[: found.match.start()] if one.kind not in ("le", "de")]
        if draft.vocabulary.catalogue.chooses and before[-1:] in (["mention"], ["concern"]):
            return False
        if draft.vocabulary.stands(token.text) or draft.vocabulary.stands(token.text.strip("《》")):
            return False
        draft.unknown_document = draft.unknown_document or draft.typed([token])
        return None
    draft.names_items = True
    return None


def _year(found: Found) -> bool | None:
    """今年 and the year of a title are of the document asked; a year of none is unknown, unless an item writes it."""
    draft = draft_of(found)
    (token,) = found.of("yearno")
    if not draft.vocabulary.catalogue.of_year(cast(int, token.value)):
        if draft.vocabulary.stands(token.text):
            return False
        draft.unknown_document = draft.unknown_document or draft.typed([token])
        return None
    if token.text[0].isdigit() and draft.vocabulary.catalogue.is_one_of_several(cast(int, token.value)):
        draft.add(any_of(_of_that_year(cast(int, token.value), draft)), *found.match.span())
        return None
    following = found.sentence.tokens[found.match.end() : found.match.end() + 1]
    stands = following and following[0].kind == "text" and draft.vocabulary.stands(draft.typed([token, *following]))
    return False if stands or draft.vocabulary.catalogue.chooses else None  # 2017年度行动计划 stands in an item


def _years(found: Found) -> bool | None:
    """2025年和2026年, 2025到2027年: of a plan for more of them what is of any."""
    draft = draft_of(found)
    years = [cast(int, token.value) for token in found.of("yearno")]
    if not all(map(draft.vocabulary.catalogue.is_one_of_several, years)):
        return False
    every = range(min(years), max(years) + 1) if found.of("le") else sorted(set(years))
    draft.add(any_of([one for year in every for one in _of_that_year(year, draft)]), *found.match.span())
    return None


def _of_that_year(year: int, draft: Draft) -> tuple[Constraint, ...]:
    """Of a plan for several years what says that one, or is to be done in it."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    written = About(period_told(first, last))
    return (written, DueBy(last, since=first)) if has_dues(draft.vocabulary) else (written,)


def _other_year(found: Found) -> bool | None:
    draft = draft_of(found)
    draft.unknown_document = draft.unknown_document or draft.typed(found.tokens())
    return None


def _unwanted(found: Found) -> bool | None:
    """A topic that the items are not to be about; what it lists is unwanted one by one."""
    draft = draft_of(found)
    tokens = trimmed(found.tokens("topic"))
    topic = draft.typed(tokens).strip(EDGES)
    if not topic or (
        len(topic) == 1 and not found.of("concern", "mention", "related", "unrelated", "except", "outside")
    ):
        return False  # 不用等到12月
    kinds = set(found.sentence.kinds)
    if letters()["where"] in kinds and letters()["item"] not in kinds:
        return False  # 无犯罪记录证明去哪里开: of a thing, not of all that do not speak of it
    for part in listed(topic, draft.vocabulary.stands):
        sections = () if draft.vocabulary.stands(part) else headed(part, draft)  # 没有罚则的: what a heading says
        condition = under_headings(sections, draft).denied() if sections else About(part, True)
        draft.add(condition, *found.match.span())
    draft.names_items = True
    return None


PLACES = (
    Form("a document", "(by|in)? title de? in{0,2} de?", _document, ("《工作要点》里有哪些任务",)),
    Form("text and attachments", "(maintext (with|pause|add) attached|attached (with|pause|add) maintext) (total|in|de|add){0,2}|(both|mention|with|add) attached (in{1,2}|both|total)", of_items, ("正文和附件一共多少项",)),
    Form("behind the text", "neg:(not|notof|except)? (by|in|be)? behind de? (then|this)? measure? (table|attached) (in|de|outside){0,3}", _behind),
    Form("in an attachment", "neg:(not|notof|except)? (by|in|be)? attached space? num? behind? (in|de|it|outside|asking){0,3} neg2:(notof (?=$))?", _attachment),
    Form("in the text itself", "neg:(not|notof|except)? (by|in|be)? maintext (in|de|outside){0,3}", _main_text),
    Form("under a heading", "neg:(not|notof|except)? (by|in|be)? under (in|de|outside|side|asking){0,3}", _under),
    Form("not a section", "neg:((not|notof|except) (in|be|by)?) sec in{0,2} outside?", _section, ("不在第一部分的", "除第一部分外")),
    Form("a section without", "sec in{0,2} neg:(outside)", _section),
    Form("a section", "(by|in)? sec in{0,2}", _section, ("第三部分有哪些任务",)),
    Form("not a number", "neg:(notof|except) (in|be)? ref outside?", _numbered, ("不要第8项",)),
    Form("a number", "ref", _numbered, ("第25条讲什么",)),
    Form("not by id", "neg:(notof|except) ids outside?", _by_id),
    Form("by id", "ids ((comma|pause|with) ids){0,20}", _by_id),
    Form("years of a plan for more", "yearno ((le|SEP) yearno){1,6}", _years),
    Form("a year", "yearno", _year, ("2017年有哪些任务",)),
    Form("another year", "otheryear", _other_year),
)  # fmt: skip

_NOT = "(comma|but|both|adv){0,3} (not|notof) (adv|modal|be|by){0,2}"
_TOUCH = "(concern|mention|say|related|have|named|in|with){1,3} le? de?"
UNWANTED = (
    Form("not about", f"{_NOT} {_TOUCH} topic:(STUFF)", _unwanted, ("不涉及品牌的任务",)),
    Form("has nothing to do with", "(with|in|be)? topic:(STUFF) (de|adv|all|both|in){0,2} (unrelated|(not|notof) (adv|have|de|modal){0,2} (related|concern|mention|in say|say))", _unwanted, ("跟品牌没关系的任务",)),
    Form("except about", f"except ({_TOUCH}|with|be){{0,2}} topic:(STUFF) outside?", _unwanted, ("除电商外的任务",)),
    Form("outside of", "topic:(text{1,6}) outside (?!(text|quote|lightverb|lightnoun|soft)) de?", _unwanted),
    Form("unrelated to", "unrelated topic:(STUFF)", _unwanted),
    Form("without", "(comma|but|both|adv){0,3} notof (be|by|with|show|mention|bring|go){0,2} topic:(STUFF)", _unwanted, ("不是品牌的任务",)),
)  # fmt: skip
