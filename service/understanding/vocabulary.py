"""The names a question may use: departments, items, sections and titles of the loaded documents."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate

import numpy as np

from corpus import (
    CHINESE,
    KINDS,
    Document,
    Item,
    Joined,
    Shelf,
    Unit,
    bare_heading,
    fold,
    in_other_numerals,
    is_general,
    sector_name,
    short_names,
    spellings,
)
from index import Index, Items, Rows
from service.kept import kept
from service.understanding.catalogue import Catalogue
from service.understanding.lexicon import endings, lexicon
from service.understanding.roles import name_key
from service.understanding.topic import says_something

NO_DAY = datetime.date.min
SHORTEST, LONGEST = 3, 16  # characters of a heading that is named as a place
LONG = 6  # from which a heading is one wherever it stands
_BRACKET = re.compile(rf"\({CHINESE}\)")
_LABELLED = re.compile("^[^:]+(?=:)")


@dataclass(frozen=True, eq=False)  # without slots: what is worked out of it is kept with it
class Vocabulary:
    """Every folded spelling of a department, and how the source writes it; items and sections of each document in
    reading order."""

    departments: dict[str, str]
    items: tuple[Items, ...]
    rows: Rows  # of all of them
    sections: tuple[tuple[Unit, ...], ...]
    documents: Shelf
    catalogue: Catalogue  # which of them a question may choose
    within: Callable[[frozenset[str]], "Vocabulary"]  # of some of them alone, by their ids
    head: str  # what stands in the documents' heads, folded
    titles: str
    issuers: frozenset[str]  # who issued them, in every folded spelling
    cut: Callable[[str], list[str]]  # the folded text in words
    stands: Callable[[str], bool]  # a phrase is found literally in some item of theirs
    index: Index

    @classmethod
    def of(cls, documents: Sequence[Document], index: Index, today: datetime.date = NO_DAY) -> "Vocabulary":
        """`today` is the day on which it is asked."""
        shelf = documents if isinstance(documents, Shelf) else Shelf(documents)
        catalogue = Catalogue(shelf, index.segmenter, today, index.corpus.aliases)
        names, aliases = _written(documents), index.corpus.aliases
        every = len(shelf) == len(index.corpus.documents)
        ids = None if every else tuple(document.id for document in shelf)
        items = tuple(_items_of(document, index) for document in documents)
        names = {**_shorter(names), **names}
        known = {alias: names[name] for alias, name in aliases.items() if name in names}
        issuers = {fold(document.issuer) for document in documents if document.issuer}
        issuers |= {alias for alias, name in aliases.items() if name in issuers}
        names = {**_with_issuers(documents, names, issuers, aliases), **names}
        return cls(
            {**known, **names},
            items,
            np.concatenate([one.rows for one in items]),
            tuple(document.sections for document in documents),
            shelf,
            catalogue,
            lru_cache(maxsize=256)(lambda ids: cls.of(Shelf(catalogue.by_id[id] for id in sorted(ids)), index, today)),
            fold("\n".join(document.head_text for document in documents)),
            fold("\n".join(document.title for document in documents)),
            frozenset(issuers),
            index.segmenter.cut,
            lru_cache(maxsize=4096)(lambda phrase: _stands(phrase, ids, index)),
            index,
        )

    @property
    def every_item(self) -> Items:
        """Of all documents."""
        return self.items[0].at(self.rows)

    @property
    def has_sections(self) -> bool:
        return any(self.sections)

    @property
    def ids(self) -> list[str] | None:
        """Of the documents; None for all that are indexed."""
        every = len(self.documents) == len(self.index.corpus.documents)
        return None if every else [document.id for document in self.documents]


@kept(16)
def in_text(part: str, vocabulary: Vocabulary) -> Vocabulary:
    """Of one text in the files alone."""
    mask = vocabulary.index.columns.of_parts((part,))
    items = tuple(one.at(one.rows[mask[one.rows]]) for one in vocabulary.items)
    return replace(vocabulary, items=items, rows=vocabulary.rows[mask[vocabulary.rows]])


@kept()
def has_dues(vocabulary: Vocabulary) -> bool:
    """Some item says until when."""
    return bool(vocabulary.index.columns.due[vocabulary.rows].any())


@kept()
def has_sharing(vocabulary: Vocabulary) -> bool:
    """Some item names several as responsible, of whom the first leads."""
    return bool(vocabulary.index.columns.sharing[vocabulary.rows].any())


@kept()
def due_months(vocabulary: Vocabulary) -> tuple[tuple[int, int], ...]:
    """The years and months in which something is due, in order."""
    columns = vocabulary.index.columns
    mask = np.zeros(len(columns), dtype=bool)
    mask[vocabulary.rows] = True
    days = [datetime.date.fromordinal(day) for day in np.unique(columns.days(mask)).tolist()]
    return tuple(sorted({(day.year, day.month) for day in days}))


@kept()
def answered_for(vocabulary: Vocabulary) -> dict[str, tuple[Item, ...]]:
    """The items of everybody, by folded name, that some of them name as answering for them; the longest names first."""
    found: dict[str, list[Item]] = {}
    for document in vocabulary.documents:
        for item in document.items if document.leaders else ():
            for name in item.leaders:
                found.setdefault(fold(name), []).append(item)
    return {name: tuple(found[name]) for name in sorted(found, key=lambda name: (-len(name), name))}


@kept()
def open_dues(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of deadlines that name no day: 持续推进, folded."""
    columns = vocabulary.index.columns
    if vocabulary.ids is None:
        return columns.open_dues
    return tuple(words for words in columns.open_dues if columns.due_openly(words)[vocabulary.rows].any())


def _items_of(document: Document, index: Index) -> Items:
    columns = index.columns
    at = columns.place[document.id]
    return Items(index.items, np.arange(columns.first[at], columns.first[at + 1]), columns.article)


@kept()
def _headings(vocabulary: Vocabulary) -> dict[str, tuple[Unit, ...]]:
    """What headings are called, without their numbers, the longest first; and （三） of those that are numbered so."""
    found: dict[str, tuple[Unit, ...]] = {}
    for unit in (unit for document in vocabulary.documents for unit in document.outline):
        title = fold(unit.title)
        names = [bare_heading(title)]
        for label in _LABELLED.findall(names[0]):  # 方向/赛道四：低空经济
            names += {label: None, label.rsplit("/", 1)[-1]: None}
        names += [match[0] for match in [_BRACKET.match(title)] if match]
        for name in names:
            if SHORTEST <= len(name) <= LONGEST or _BRACKET.fullmatch(name):
                found[name] = (*found.get(name, ()), unit)
    return dict(sorted(found.items(), key=lambda entry: (-len(entry[0]), entry[0])))


@cache
def _pointing() -> str:
    """这, 那."""
    return "|".join((*(word for word in lexicon().words("this") if not word.isascii()), *endings("pointing")))


@cache
def _pointed_section() -> str:
    """那一章, 这节."""
    words = (*(word for word in lexicon().words("section") if not word.isascii()), *endings("inner"))
    return f"(?:(?:{_pointing()})一?|一)(?:{'|'.join(words)})"


@cache
def _place() -> str:
    """What after a heading says that it is meant as a place: 部分, 那一章, 第…项, 最后…, 里, 有几…."""
    several = "|".join(word for word in lexicon().words("howmany", "which") if not word.isascii())
    words = {
        name: "|".join(word for word in lexicon().words(name) if not word.isascii())
        for name in ("section", "side", "in", "mention", "have", "de", "total")
    }
    ends = "|".join(re.escape(word) for name in ("nth", "lastof", "fromend", "firstof") for word in endings(name))
    follows = f"(?=(?:{words['de']})?(?:{ends}))|(?={words['in']}|{words['mention']}|{words['total']}|(?:{words['have']})(?:{several}))"
    return f"(?:(?:{_pointing()})?一?(?:{words['section']})|{_pointed_section()}|(?:{words['de']})?(?:{words['side']})|{follows})"


def _named_in(folded: str, vocabulary: Vocabulary) -> list[tuple[str, tuple[Unit, ...]]]:
    """The headings that stand in the question, in their order: each stretch of it is looked up."""
    headings = _headings(vocabulary)
    stretches = {folded[at : at + length] for length in _lengths(vocabulary) for at in range(len(folded) - length + 1)}
    found = [(name, headings[name]) for name in stretches & headings.keys()]
    return sorted(found, key=lambda entry: (-len(entry[0]), entry[0]))


@kept()
def _lengths(vocabulary: Vocabulary) -> tuple[int, ...]:
    return tuple({len(name) for name in _headings(vocabulary)})


@cache
def _general() -> frozenset[str]:
    """重点任务: headings that say what is under them."""
    return frozenset(a + b for a in lexicon().words("main") for b in lexicon().words("item", "soft"))


def _by_itself(name: str, quoted: str, vocabulary: Vocabulary) -> str:
    """Where a heading is named without a word for a place."""
    if name in _general():
        return f"|{quoted}(?!的?(?:{KINDS}))"
    if vocabulary.stands(name):
        return ""
    return f"|{quoted}" if len(name) >= LONG else f"|^{quoted}$"


def headings_in(folded: str, vocabulary: Vocabulary) -> list[tuple[tuple[Unit, ...], re.Match[str]]]:
    """Headings that a question names as a place: 保障措施部分, 保障措施第一条, 三、保障措施, （三）里的; those that stand in no
    item also by themselves, and long ones wherever they stand."""
    found = []
    for name, units in _named_in(folded, vocabulary):
        own = rf"(?:(?:{CHINESE}、|\({CHINESE}\))\s?)"
        several = is_general(name) and len(vocabulary.documents) > 1
        of_items = f"(?<!{endings('owned')[0]})" if several else ""  # 甲局牵头的|重点任务
        quoted = f'{of_items}[“「"]?{re.escape(name)}[”」"]?'
        pattern = f"{own}{quoted}{_place()}?|{quoted}{_place()}{_by_itself(name, quoted, vocabulary)}"
        found += [(units, match) for match in [re.search(pattern, folded)] if match]
    return found or _in_part(folded, vocabulary)


def _in_part(folded: str, vocabulary: Vocabulary) -> list[tuple[tuple[Unit, ...], re.Match[str]]]:
    """金融那一块, 信息化那一章: of the one section of a document whose heading says so."""
    whole = _of_part().search(folded)
    if whole is None:
        return []
    words = vocabulary.cut(whole["words"])
    for at, start in enumerate((whole.start(), *(whole.start() + end for end in accumulate(map(len, words))))):
        if at and says_something(words[at - 1], vocabulary.cut):  # 支持|政策这块
            break
        match = _of_part().match(folded, start)
        if match is None:
            continue
        levels = [section_titles(vocabulary), _inner_titles(vocabulary)]
        for sections, titles in reversed(levels) if match[0].endswith(endings("inner")) else levels:
            units = [sections[at] for at in titles.holding(match["words"])]
            if units and len(units) == len({unit.part for unit in units}):
                return [(tuple(units), match)]
    return []


def _stands(phrase: str, ids: Sequence[str] | None, index: Index) -> bool:
    """As it is, or with its amounts in other numerals: 5年, 五年."""
    if index.stands(phrase, ids):
        return True
    others = in_other_numerals(fold(phrase))
    return bool(others) and any(index.stands(other, ids) for other in others)


@kept()
def section_titles(vocabulary: Vocabulary) -> tuple[list[Unit], Joined]:
    """The outermost headings, and what they say, folded."""
    every = [section for sections in vocabulary.sections for section in sections]
    return every, Joined(fold(one.title) for one in every)


@kept()
def _inner_titles(vocabulary: Vocabulary) -> tuple[list[Unit], Joined]:
    """The same of the headings below these."""
    every = [unit for document in vocabulary.documents for unit in document.outline if unit.level > 1]
    return every, Joined(fold(one.title) for one in every)


@cache
def _of_part() -> re.Pattern[str]:
    side = "|".join(word for word in lexicon().words("side") if not word.isascii())
    return re.compile(rf"(?P<words>[一-鿿]{{2,8}}?)的?(?:{side}|{_pointed_section()})")


_LEVEL = re.compile("^(?:国务院|国家|自治[区州县]|[省市县区州盟旗](?:委(?=.{3}))?)")  # 省教育厅 is called 教育厅, too
_BRACKETED = re.compile(r"[(〔\[【]([^()〔〕\[\]【】]+)[)〕\]】]")


def _shorter(names: dict[str, str]) -> dict[str, str]:
    """甲局〔乙局〕 typed with other brackets, as 甲局, or as 乙局, without 省 or 市 before, where that is no other's name."""
    shorter: dict[str, set[str]] = {}
    for name, source in names.items():
        typed = _BRACKETED.sub(r"(\1)", name)
        written = (typed, name_key(name), *_BRACKETED.findall(name), *short_names(name))
        sectors = [sector for one in written if (sector := sector_name(one))]
        for one in (*written, *(_LEVEL.sub("", name) for name in (*written, *sectors)), *sectors):
            if len(one) > 2 and (one in written[:2] or one in sectors or one.endswith(endings("ending"))):
                shorter.setdefault(one, set()).add(source)
    return {one: sources.pop() for one, sources in shorter.items() if len(sources) == 1 and one not in names}


@kept()
def department_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """The longest of the names; 甲部 stands neither in 甲部门 nor in 甲部分."""
    longest_first = sorted(vocabulary.departments, key=lambda name: (-len(name), name))
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})(?<!部(?=[门署队件位]|分(?!别)))")


def departments_of(documents: Iterable[Document]) -> dict[str, str]:
    """Each department's key -> its name as first written, in order of first appearance."""
    first: dict[str, str] = {}
    for document in documents:
        for name in document.departments:
            first.setdefault(name_key(name), name)
    return first


def _with_issuers(
    documents: Sequence[Document], names: Mapping[str, str], issuers: Iterable[str], aliases: Mapping[str, str]
) -> dict[str, str]:
    """某局法规处: a department with who issued its document before it."""
    if len(documents) == 1:
        return {issuer + name: source for issuer in issuers for name, source in names.items()}
    called: dict[str, list[str]] = {}
    for alias, name in aliases.items():
        called.setdefault(name, []).append(alias)
    own = (
        (fold(document.issuer), fold(name))
        for document in documents
        if document.issuer
        for name in document.departments
    )
    pairs = ((one, name) for issuer, name in own for one in (issuer, *called.get(issuer, ())))
    return {issuer + name: names[name] for issuer, name in pairs if name in names}


def _written(documents: Iterable[Document]) -> dict[str, str]:
    """Folded name -> the name as first written of the department."""
    first = departments_of(documents)
    every = spellings(name for document in documents for name in document.departments)
    return {folded: first[name_key(name)] for folded, name in every.items()}
