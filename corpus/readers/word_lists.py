"""Lists that a Word document defines: how the numbers of each level look, where they start, when they start again."""

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from corpus.readers.word_styles import Styles
from corpus.readers.word_xml import attribute, number, setting, switched

LEVELS = 9
LINKS = 9  # definitions that point at each other through list styles; no honest file has more


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    after: str = "tab"  # or space, nothing
    restart: int | None = None  # 0: never; n: only after a level before the n-th
    legal: bool = False  # all numbers in Arabic digits
    hidden: bool = False
    style: str | None = None  # the paragraph style that is bound to this level


@dataclass(slots=True)
class NumberedList:
    """A list: its levels, those that start at a number of its own, and the definition whose counters it shares."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)

    def start(self, level: int) -> int:
        return self.starts.get(level, self.levels.get(level, Level()).start)

    def bound(self, style: str) -> int | None:
        """The level that belongs to a paragraph style."""
        return next((at for at, level in self.levels.items() if level.style == style), None)


def lists_of(numbering: Element | None, styles: Styles) -> dict[str, NumberedList]:
    """The lists by the ids that paragraphs and styles name."""
    if numbering is None:
        return {}
    definitions = {attribute(node, "abstractNumId") or "": node for node in numbering.findall("abstractNum")}
    instances = {attribute(node, "numId") or "": node for node in numbering.findall("num")}
    levels = {name: _levels(node) for name, node in definitions.items()}
    found = {}
    for identity, node in instances.items():
        name = _shape(setting(node, "abstractNumId") or "", definitions, instances, styles)
        if name in definitions:
            found[identity] = NumberedList(name, dict(levels[name]))
            _override(found[identity], node)
    return found


def _shape(name: str, definitions: dict[str, Element], instances: dict[str, Element], styles: Styles) -> str:
    """The definition that holds the levels: some only point at a list style, whose list points at another."""
    for _ in range(LINKS):
        link = setting(definitions.get(name), "numStyleLink")
        if link is None:
            break
        holders = (other for other, node in definitions.items() if setting(node, "styleLink") == link)
        by_style = (setting(instances.get(style.list or ""), "abstractNumId") for style in styles.chain(link))
        following = next(holders, None) or next((other for other in by_style if other), None)
        if following not in definitions:
            break
        name = following
    return name


def _override(made: NumberedList, node: Element) -> None:
    for override in node.findall("lvlOverride"):
        at = number(attribute(override, "ilvl"), 0)
        own = override.find("lvl")
        if own is not None:
            made.levels[at] = _level(own)
        start = setting(override, "startOverride")
        if start is not None:
            made.starts[at] = number(start, 1)


def _levels(definition: Element) -> dict[int, Level]:
    return {number(attribute(node, "ilvl"), 0): _level(node) for node in definition.findall("lvl")}


def _level(node: Element) -> Level:
    restart = setting(node, "lvlRestart")
    level = Level(
        start=number(setting(node, "start"), 0),
        form=setting(node, "numFmt") or "decimal",
        text=setting(node, "lvlText") or "",
        after=setting(node, "suff") or "tab",
        restart=None if restart is None else number(restart, 0),
        legal=switched(node, "isLgl") or False,
        hidden=switched(node, "rPr/vanish") or False,
        style=setting(node, "pStyle"),
    )
    return replace(level, form=_custom(node) or level.form)


def _custom(node: Element) -> str | None:
    """Numbers of a fixed width are written as an example, 001, 002, …, beside a form for programs that know none."""
    for form in node.iter("numFmt"):
        example = re.match(r"0{1,8}1(?=,)", form.get("format") or "")
        if form.get("val") == "custom" and example:
            return example[0]
    return setting(node, "AlternateContent/Fallback/numFmt")
