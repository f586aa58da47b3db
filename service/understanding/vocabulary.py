"""The names a question may use: departments, items, sections and titles of the loaded documents."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus import CHINESE, Document, Item, Unit, fold, spellings
from index import Index
from service.understanding.lexicon import endings

SHORTEST, LONGEST = 3, 16  # characters of a heading that is named as a place
DIGITS = "\\d一二三四五六七八九十"
_MARKER = re.compile(rf"^(?:{CHINESE}、|第{CHINESE}(?:大?部[分份]|[章编节])|\({CHINESE}\))\s*")


@dataclass(frozen=True, slots=True, eq=False)  # equals itself alone: cheap as a key
class Vocabulary:
    """Every folded spelling of a department, and how the source writes it; items and sections of each document in
    reading order."""

    departments: dict[str, str]
    items: tuple[tuple[Item, ...], ...]
    sections: tuple[tuple[Unit, ...], ...]
    documents: tuple[Document, ...]
    head: str  # what stands in the documents' heads, folded
    titles: str
    issuers: frozenset[str]  # who issued them, in every folded spelling
    cut: Callable[[str], list[str]]  # the folded text in words
    stands: Callable[[str], bool]  # a phrase is found literally in some item
    index: Index

    @classmethod
    def of(cls, documents: Sequence[Document], index: Index) -> "Vocabulary":
        names, aliases = departments_of(documents), index.corpus.aliases
        names = {**_shorter(names), **names}
        known = {alias: names[name] for alias, name in aliases.items() if name in names}
        issuers = {fold(document.issuer) for document in documents if document.issuer}
        issuers |= {alias for alias, name in aliases.items() if name in issuers}
        names = {**{issuer + name: source for issuer in issuers for name, source in names.items()}, **names}
        heads = (document.text[part.span.start : part.span.end] for document in documents for part in document.head)
        return cls(
            {**known, **names},
            tuple(document.items for document in documents),
            tuple(document.sections for document in documents),
            tuple(documents),
            fold("\n".join(heads)),
            fold("\n".join(document.title for document in documents)),
            frozenset(issuers),
            index.segmenter.cut,
            index.stands,
            index,
        )

    @property
    def every_item(self) -> list[Item]:
        return [item for items in self.items for item in items]

    @property
    def has_sections(self) -> bool:
        return any(self.sections)

    def documents_named(self, title: str) -> tuple[Document, ...]:
        """Those whose title holds what stands between 《 and 》; none where no title does."""
        named = fold(title).split("《", 1)[-1].split("》", 1)[0]
        return tuple(document for document in self.documents if named and named in fold(document.title))


@lru_cache(maxsize=64)
def has_dues(vocabulary: Vocabulary) -> bool:
    """Some item says until when."""
    return any(item.due for item in vocabulary.every_item)


@lru_cache(maxsize=64)
def _headings(vocabulary: Vocabulary) -> tuple[tuple[int, str], ...]:
    """The sections' numbers and what they are called, without their numbers."""
    every = {(one.number, _MARKER.sub("", fold(one.title)).strip()) for units in vocabulary.sections for one in units}
    return tuple(sorted((number, name) for number, name in every if SHORTEST <= len(name) <= LONGEST))


def headings_in(folded: str, vocabulary: Vocabulary) -> list[tuple[int, re.Match[str]]]:
    """Headings that a question names as a place: 保障措施部分, 保障措施第一条, 三、保障措施."""
    found = []
    for number, name in _headings(vocabulary):
        if name in folded:
            place = rf"[这那]?[个一]?(?:大?部[分份]|章|节|板块)|(?=的?(?:第[{DIGITS}]|最后|倒数))"
            pattern = rf"(?:{CHINESE}、\s?){re.escape(name)}|{re.escape(name)}(?:{place})"
            found += [(number, match) for match in [re.search(pattern, folded)] if match]
    return found


_BRACKETS = str.maketrans("〔〕[]【】", "()()()")
_BRACKETED = re.compile(r"\(([^()]+)\)")


def _shorter(names: dict[str, str]) -> dict[str, str]:
    """甲局〔乙局〕 typed with other brackets, as 甲局, or as 乙局, where that is no other's name."""
    shorter: dict[str, set[str]] = {}
    for name, source in names.items():
        typed = name.translate(_BRACKETS)
        inside = _BRACKETED.findall(typed)
        outside = _BRACKETED.sub("", typed)
        for one in (typed, outside, *inside):
            if len(one) > 2 and (one is typed or one.endswith(endings("ending"))):
                shorter.setdefault(one, set()).add(source)
    return {one: sources.pop() for one, sources in shorter.items() if len(sources) == 1 and one not in names}


def departments_of(documents: Iterable[Document]) -> dict[str, str]:
    """Folded name -> the name as first written, in order of first appearance."""
    return spellings(name for document in documents for name in document.departments)
