"""How readers point at a unit of an outline: 第二部分（三）第4项, 第三章第二条, 第十七条之一, 附件2第3项, 第三条第（二）项, a2.3.

The last number counts as the document writes it; where a section has no such number, it counts the section's items.
Patterns expect folded text and are bounded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.document import Item, Place
from corpus.numbering import JOIN, NUMBER, TO, to_int

_N = rf"\s?({NUMBER})\s?"
_STEP = re.compile(
    rf"(?P<part>附\s?[件表]?{_N})"
    rf"|第{_N}(?P<named>编|章|节)"
    rf"|第?{_N}(?P<section>(?:大)?部[分份]|大项|大点)|第?\(?{_N}\)?(?P<section2>、)(?=\(|第)|(?<![\d一二三四五六七八九十])(?P<section3>[一二三四五六七八九十]{{1,3}})(?=\()"
    rf"|(?:第\s?)?\({_N}\)\s?(?P<bracket>小?[节项条点款部]?分?)"
    rf"|第{_N}(?:-\s?(?P<dash>\d{{1,2}})\s?)?(?P<own>条|项|点|款|目|个(?:任务|条款|项目)?)(?:之(?P<suffix>{NUMBER}))?"
)
_BETWEEN = re.compile(r"\s?(?:的|中的?|里的?|里面的?|下的?|,)?\s?")
_ID = re.compile(
    r"(?<![a-z0-9_.])(?:第\s?)?((?:[ast]\d{1,2}(?:\.\d{1,3})?|\d{1,3})(?:\.\d{1,3}){0,3}(?:-\d{1,2})?)(?![a-z0-9_.%-])[项条]?"
)
_TO = re.compile(TO)
_MORE = re.compile(rf"(?:(?P<to>{TO})|{JOIN})第?\s?(?P<number>{NUMBER})\s?[项条](?!\()")
MOST_STEPS = 7


@dataclass(frozen=True, slots=True)
class Pointed:
    """What question[start:end] points at; `places` where it is a paragraph or an entry inside the one item."""

    items: tuple[Item, ...]
    start: int
    end: int
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    kind: str  # part, 编, 章, 节, section, bracket, 条, 项, 款, 目, 点
    number: int
    suffix: int
    bracketed: bool
    start: int
    end: int


def find_pointed(folded: str, items: Sequence[Item]) -> list[Pointed]:
    """Everything the text points at by more than a plain number, in order; what names no item points at nothing."""
    found = []
    written = [match for match in _ID.finditer(folded) if not match[1].isdecimal()]
    wanted = {match[1] for match in written}  # none in most questions: the items are not walked then
    named = [item for item in items if item.id in wanted] if wanted else []
    for match in written:
        if own := tuple(item for item in named if item.id == match[1]):
            found.append(Pointed(own, *match.span()))
    found = _ranges(found, folded, items)
    at = 0
    while first := _STEP.search(folded, at):
        steps = _steps(folded, first)
        at = steps[-1].end if steps else first.end()
        pointed = _resolved(steps, items)
        if pointed and not pointed.places and len(steps) > 1:
            pointed = _continued(pointed, steps, folded, items)
            at = pointed.end
        if pointed and not any(one.start < pointed.end and pointed.start < one.end for one in found):
            found.append(pointed)
    return sorted(found, key=lambda one: one.start)


def _ranges(found: list[Pointed], folded: str, items: Sequence[Item]) -> list[Pointed]:
    """2.4.1到2.4.3: the two as one with all between them, in the order of the text."""
    joined: list[Pointed] = []
    for one in found:
        before = joined[-1] if joined else None
        if before and _TO.fullmatch(folded, before.end, one.start):
            first, last = sorted((items.index(before.items[0]), items.index(one.items[-1])))
            joined[-1] = Pointed(tuple(items[first : last + 1]), before.start, one.end)
        else:
            joined.append(one)
    return joined


def _continued(pointed: Pointed, steps: list[_Step], folded: str, items: Sequence[Item]) -> Pointed:
    """附件1第14项至第17项, 附件1第3项和第5项: what follows stands where the first stands."""
    for _ in range(MOST_STEPS):
        more = _MORE.match(folded, pointed.end)
        number = to_int(more["number"]) if more else None
        own = _fitting([*steps[:-1], replace(steps[-1], number=number)], items) if number is not None else ()
        if more is None or not own:
            break
        if more["to"]:
            first, last = sorted((items.index(pointed.items[-1]), items.index(own[0])))
            own = tuple(items[first + 1 : last + 1])
        pointed = Pointed((*pointed.items, *own), pointed.start, more.end())
    return pointed


def _steps(folded: str, first: re.Match[str]) -> list[_Step]:
    steps: list[_Step] = []
    match: re.Match[str] | None = first
    while match and len(steps) < MOST_STEPS:
        step = _step(match)
        if step is None:
            break
        steps.append(step)
        between = _BETWEEN.match(folded, match.end())
        match = _STEP.match(folded, between.end() if between else match.end())
    return steps


def _step(match: re.Match[str]) -> _Step | None:
    written = next(group for group in match.groups() if group and re.fullmatch(NUMBER, group))
    number = to_int(written)
    suffix = to_int(match["suffix"] or match["dash"] or "0") or 0
    bracketed = "(" in match[0]
    kind = match["named"] or ("part" if match["part"] else None)
    kind = kind or ("section" if match["section"] or match["section2"] or match["section3"] else None)
    kind = kind or ("bracket" if match["bracket"] is not None else (match["own"] or "项")[:1])
    return None if number is None else _Step(kind, number, suffix, bracketed, *match.span())


def _resolved(steps: list[_Step], items: Sequence[Item]) -> Pointed | None:
    """The items that fit all steps; the last ones may point inside an article."""
    if len(steps) < 2 and not (steps and (steps[0].suffix or steps[0].bracketed)):
        return None
    start, end = steps[0].start, steps[-1].end
    if exact := _fitting(steps, items):
        return Pointed(exact, start, end)
    for inner in (1, 2):
        outer = steps[:-inner]
        if not outer or steps[-inner].kind in ("part", "编", "章", "节", "section", "条"):
            break
        whole = _fitting(outer, items)
        if len(whole) == 1 and (places := _places(whole[0], steps[-inner:])):
            return Pointed(whole, start, end, places)
    return None


def _fitting(steps: Sequence[_Step], items: Sequence[Item]) -> tuple[Item, ...]:
    *above, last = steps
    if last.kind in ("part", "编", "章", "节", "section"):
        return ()
    within = [item for item in items if all(_is_under(item, step) for step in above)]
    if not any(step.kind == "part" for step in above) and any(not item.part.id for item in within):
        within = [item for item in within if not item.part.id.startswith("a")]
    own = tuple(item for item in within if _is_it(item, last))
    if own or not above or last.bracketed or last.suffix or (last.kind == "条" and any(_articles(i) for i in within)):
        return own
    return tuple(within[last.number - 1 : last.number])


def _is_under(item: Item, step: _Step) -> bool:
    if step.kind == "part":
        return item.part.id == f"a{step.number}"
    styles = {"section": ("一、", "壹、", "部分"), "bracket": ("（一）",)}.get(step.kind, (step.kind,))
    return any(one.style in styles and one.number == step.number for one in item.steps[:-1]) or (
        step.kind == "section"
        and item.steps[0].style in ("章", "组")
        and item.steps[0].number == step.number
        and len(item.steps) > 1
    )


def _is_it(item: Item, step: _Step) -> bool:
    own = item.steps[-1]
    if step.bracketed and own.style != "（一）":
        return False
    return own.number == step.number and own.suffix == step.suffix


def _articles(item: Item) -> bool:
    return item.steps[-1].style == "条"


def _places(item: Item, steps: Sequence[_Step]) -> tuple[Place, ...]:
    """第二款, 第（二）项 of the item; 第二款第（一）项: the entry where it stands in that paragraph."""
    kinds = [("款",) if step.kind == "款" else ("项", "目") for step in steps]
    found = [place for place in item.places if place.kind in kinds[-1] and place.number == steps[-1].number]
    if len(steps) == 2:
        outer = [place for place in item.places if place.kind in kinds[0] and place.number == steps[0].number]
        found = [p for p in found for o in outer if o.span.start <= p.span.start and p.span.end <= o.span.end]
    return tuple(found[:1])
