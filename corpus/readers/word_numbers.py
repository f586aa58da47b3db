"""Automatic numbers of Word paragraphs, counted as Word counts: they stand nowhere in the file's text."""

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from corpus.readers.word_formats import formatted
from corpus.readers.word_styles import Styles, attribute, number, setting

LEVELS = 9
FULL_WIDTH_END = "、。．，：）】〕》」』"  # after these no space is needed


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number looks, where it starts, when it starts again."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    after: str = "tab"  # or space, nothing
    restart: int | None = None  # 0: never; n: only after a level before the n-th
    legal: bool = False  # all numbers in Arabic digits
    style: str | None = None  # the paragraph style that is bound to this level


@dataclass(slots=True)
class _List:
    """A list instance: its levels, those that start at a number of its own, and the definition whose counters it shares."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, numbering: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = _lists(numbering, styles) if numbering is not None else {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, properties: Element | None) -> str:
        """The number before the paragraph with its white space: "第一条 ", "（一）"; "" where it has none, or a bullet."""
        identity, level = self._place(properties)
        numbered = self._lists.get(identity or "0")
        if numbered is None or level not in numbered.levels:
            return ""
        self._count(identity or "0", numbered, level)
        return self._shown(numbered, level)

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        """List and level: what the paragraph says itself, then what its style says."""
        style = setting(properties, "pStyle") or self._styles.default
        own = properties.find("numPr") if properties is not None else None
        identity, level = setting(own, "numId"), setting(own, "ilvl")
        inherited, inherited_level, bound = self._styles.numbering(style)
        if identity is None:
            identity = inherited
            level = level if level is not None else inherited_level
            numbered = self._lists.get(identity or "0")
            if level is None and numbered:
                level = next((str(at) for at, found in numbered.levels.items() if found.style in bound), None)
        return identity, number(level, 0)

    def _count(self, identity: str, numbered: _List, level: int) -> None:
        counters = self._counters.setdefault(numbered.definition, {})
        own = numbered.starts.get(level)
        if own is not None and (identity, level) not in self._begun:
            counters[level] = own
        elif level in counters:
            counters[level] += 1
        else:
            counters[level] = own if own is not None else numbered.levels[level].start
        self._begun.add((identity, level))
        for deeper in [at for at in counters if at > level]:
            restart = numbered.levels.get(deeper, Level()).restart
            if restart is None or level < restart:
                del counters[deeper]

    def _shown(self, numbered: _List, level: int) -> str:
        shape = numbered.levels[level]
        counters = self._counters[numbered.definition]
        if shape.form == "bullet":
            return ""

        def value(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = numbered.levels.get(at, Level())
            form = "decimal" if shape.legal and other.form != "none" else other.form
            return formatted(counters.get(at, other.start), form)

        text = re.sub("%([1-9])", value, shape.text)
        space = shape.after != "nothing" and text and text[-1] not in FULL_WIDTH_END and not text[-1].isspace()
        return f"{text} " if space else text


def _lists(numbering: Element, styles: Styles) -> dict[str, _List]:
    definitions = {attribute(node, "abstractNumId"): node for node in numbering.findall("abstractNum")}
    instances = {attribute(node, "numId"): node for node in numbering.findall("num")}
    found = {}
    for identity, node in instances.items():
        definition = _definition(setting(node, "abstractNumId"), definitions, instances, styles)
        levels = {
            number(attribute(level, "ilvl"), 0): _level(level)
            for level in definitions.get(definition, node).findall("lvl")
        }
        made = _List(definition or "", levels)
        for override in node.findall("lvlOverride"):
            at = number(attribute(override, "ilvl"), 0)
            own = override.find("lvl")
            if own is not None:
                made.levels[at] = _level(own)
            start = setting(override, "startOverride")
            if start is not None:
                made.starts[at] = number(start, 1)
                made.levels[at] = replace(made.levels.get(at, Level()), start=number(start, 1))
        found[identity or ""] = made
    return found


def _definition(
    name: str | None, definitions: dict[str | None, Element], instances: dict[str | None, Element], styles: Styles
) -> str | None:
    """The definition that holds the levels: some only point at a list style, whose list points at another."""
    for _ in range(LEVELS):
        link = setting(definitions.get(name), "numStyleLink")
        if link is None:
            break
        name = setting(instances.get(styles.numbering(link)[0]), "abstractNumId")
    return name


def _level(node: Element) -> Level:
    restart = setting(node, "lvlRestart")
    return Level(
        start=number(setting(node, "start"), 0),
        form=setting(node, "numFmt") or "decimal",
        text=setting(node, "lvlText") or "",
        after=setting(node, "suff") or "tab",
        restart=None if restart is None else number(restart, 0),
        legal=node.find("isLgl") is not None and setting(node, "isLgl") not in ("0", "false"),
        style=setting(node, "pStyle"),
    )
