"""A question as tokens: departments, numbers, sections, titles, quotations and years first, then the words of the
lexicon between the segmenter's words, longest first; what is left is `text`.

All of it reads folded text, which is as long as the question. Every pattern is bounded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np

from corpus import NUMBER, Item, Reference, Unit, find_dues, find_items, find_pointed, find_section, fold, to_int
from service.understanding.lexicon import CONTENT, SPLIT, SPLIT_AFTER, Lexicon, lexicon
from service.understanding.spelling import names_by_sound
from service.understanding.vocabulary import Vocabulary, has_dues, headings_in

QUOTES = {"“": "”", "「": "」", "『": "』", '"': '"', "‘": "’"}
_QUOTED = re.compile(
    "|".join(f"{opening}[^{opening}{closing}]{{1,200}}{closing}" for opening, closing in QUOTES.items())
)
_TITLE = re.compile(r"《[^《》]{1,100}》")
_PLAIN = re.compile(rf"第\s?{NUMBER}\s?(?:大?部[分份]|章|编)[的中里]{{0,2}}第\s?{NUMBER}\s?[项条]")
_ID = re.compile(r"第?(\d{1,3}\.\d{1,3})[项条]?(?![\d.])")
_YEAR = re.compile(r"(?:19|20)\d\d年?(?=年|年度|$|[^\d])(?:年度?)?")
_MONTH = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月份?(?![\d前底末初上中下内之以])")
_NUMBER = re.compile(NUMBER)
_MOMENT = re.compile("[前底末旬内月季]")
_LATIN = re.compile(r"[a-z0-9]")
MANY = 20_000  # items, more than which are not all looked at for what a question points at
_STOPS = "?。!;\n…:"
_COMMAS = ",、/"
_EDGES = "\"'()[]{}<>·“”‘’「」『』《》〈〉【】#.-—~"


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # a class of the lexicon, or dept, ref, sec, quote, title, yearno, num, text, comma, stop, space
    text: str  # folded
    start: int
    end: int
    value: object = None  # what a reference, a department or a number is


def read(question: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a question, in order; white space and marks without meaning are none."""
    return list(_read(question, vocabulary))


@lru_cache(maxsize=64)  # as a question that stands alone and as a follow-up
def _read(question: str, vocabulary: Vocabulary) -> tuple[Token, ...]:
    text = fold(question)
    fixed = sorted(_Fixed(text, vocabulary).tokens(), key=lambda token: token.start)
    tokens: list[Token] = []
    at = 0
    for token in [*fixed, Token("end", "", len(text), len(text))]:
        tokens += _words(text, at, token.start, vocabulary)
        if token.kind != "end":
            tokens.append(token)
        at = token.end
    return tuple(_joined(tokens, text, vocabulary))


class _Fixed:
    """What is no word of asking however it is written; one never inside another, the first kind first."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text, self.rest, self.vocabulary = text, text, vocabulary

    def taken(self, kind: str, start: int, end: int, value: object = None) -> Token:
        self.rest = self.rest[:start] + "\0" * (end - start) + self.rest[end:]
        return Token(kind, self.text[start:end], start, end, value)

    def tokens(self) -> Iterator[Token]:
        yield from self._headings()
        yield from self._quoted()
        yield from self._names()
        yield from self._days()
        yield from self._places()

    def _quoted(self) -> Iterator[Token]:
        for match in _TITLE.finditer(self.rest):
            yield self.taken("title", *match.span(), self.vocabulary.documents_named(match[0]))
        for match in _QUOTED.finditer(self.rest):
            known = self.vocabulary.departments.get(match[0][1:-1].strip())
            yield self.taken("dept" if known else "quote", *match.span(), known or match[0][1:-1])

    def _names(self) -> Iterator[Token]:
        """Departments, those who issued the documents, and what sounds like a department."""
        names = self.vocabulary.departments
        for match in _departments(tuple(names)).finditer(self.rest) if names else ():
            yield self.taken("dept", *match.span(), names[match[0]])
        for name in sorted(self.vocabulary.issuers, key=len, reverse=True):
            for match in re.finditer(re.escape(name), self.rest):
                yield self.taken("issuer", *match.span())
        for start, end, source in names_by_sound(self.rest, names):
            if not self.vocabulary.stands(self.rest[start:end]):
                yield self.taken("dept", start, end, source)

    def _days(self) -> Iterator[Token]:
        issued = next((document.date for document in self.vocabulary.documents if document.date), None)
        for due in find_dues(self.rest, issued) if _MOMENT.search(self.rest) else ():
            if due.by and _MOMENT.search(due.text) and not _MONTH.fullmatch(due.text):
                yield self.taken("due", due.start, due.end, due.by)
        for match in _MONTH.finditer(self.rest) if has_dues(self.vocabulary) else ():
            if 1 <= int(match[2]) <= 12:
                yield self.taken("month", *match.span(), (int(match[1]), int(match[2])))

    def _pointed_at(self) -> Sequence[Item]:
        """The items that numbers may point at; of very many only those that have one of the numbers."""
        every, number = self.vocabulary.every_item, self.vocabulary.index.columns.number
        if len(every) <= MANY:
            return every
        written = [to_int(one[0]) for one in _NUMBER.finditer(self.rest)]
        return every.at(every.rows[np.isin(number[every.rows], [one for one in written if one is not None])])

    def _places(self) -> Iterator[Token]:
        """Items by id, sections, items by number, years."""
        for one in find_pointed(self.rest, self._pointed_at()):
            if one.places or not _PLAIN.fullmatch(
                self.rest[one.start : one.end]
            ):  # 第二部分第3项之前: a section, a number
                yield self.taken("ids", one.start, one.end, one)
        for match in _ID.finditer(self.rest):
            yield self.taken("text", *match.span())
        section = find_section(self.rest)
        if section and (self.vocabulary.has_sections or self.rest[section.start] == "第"):
            yield self.taken("sec", section.start, section.end, section)
        bare = _bare(self.rest)
        if reference := find_items(bare):
            offset = self.rest.find(bare)
            yield self.taken("ref", offset + reference.start, offset + reference.end, reference)
        for match in _YEAR.finditer(self.rest):
            yield self.taken("yearno", *match.span(), int(match[0][:4]))

    def _headings(self) -> Iterator[Token]:
        for units, match in headings_in(self.rest, self.vocabulary):
            if "\0" not in self.rest[slice(*match.span())]:
                yield self._heading(units, *match.span())

    def _heading(self, units: tuple[Unit, ...], start: int, end: int) -> Token:
        if all(unit.level == 1 and not unit.part.id for unit in units):
            numbers = tuple(dict.fromkeys(unit.number for unit in units))
            return self.taken("sec", start, end, Reference(numbers, start, end))
        return self.taken("under", start, end, units)


def _bare(text: str) -> str:
    return text.strip("\0" + _STOPS + _COMMAS + _EDGES + " \t\r\u3000")


@lru_cache(maxsize=64)
def _departments(names: tuple[str, ...]) -> re.Pattern[str]:
    """The longest of the names; 甲部 stands neither in 甲部门 nor in 甲部分."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})(?<!部(?=[门署队件位]|分(?!别)))")


def _words(text: str, start: int, end: int, vocabulary: Vocabulary) -> Iterator[Token]:
    """The tokens of a stretch in which nothing is fixed."""
    words = lexicon()
    stretch = text[start:end]
    pieces = [part for word in vocabulary.cut(stretch) for part in _split(word, words)]
    ends = {0, *accumulate(map(len, pieces))}
    piece_at = dict(zip([0, *accumulate(map(len, pieces))], pieces, strict=False))
    at = 0
    while at < len(stretch):
        length = _longest(stretch, at, ends, words)
        if length:
            word = stretch[at : at + length]
            yield Token(words.class_of[word], word, start + at, start + at + length)
            at += length
            continue
        piece = piece_at.get(at) or stretch[at]
        yield _token_of(piece, start + at)
        at += len(piece)


def _longest(stretch: str, at: int, ends: set[int], words: Lexicon) -> int:
    """The length of the longest word of the lexicon from here to an end of a word; 0 where none is."""
    if at not in ends:
        return 0
    for length in range(min(words.longest, len(stretch) - at), 0, -1):
        word = stretch[at : at + length]
        if word in words.class_of and at + length in ends and _is_whole(stretch, at, length):
            return length
    return 0


def _is_whole(stretch: str, at: int, length: int) -> bool:
    """A Latin word goes on neither before nor after."""
    if not _LATIN.match(stretch[at]):
        return True
    before, after = stretch[at - 1 : at] if at else "", stretch[at + length : at + length + 1]
    return not (_LATIN.match(before) or _LATIN.match(after))


def _split(word: str, words: Lexicon) -> list[str]:
    """A word that is no word of asking but made of such, in pieces: 几项 -> 几, 项."""
    if len(word) == 1 or word in words.class_of or word.isascii():
        return [word]
    parts: list[str] = []
    at = 0
    while at < len(word):
        after = bool(parts) and (len(parts[-1]) > 1 or words.class_of.get(parts[-1]) == "measure")
        part = next((word[at:end] for end in range(len(word), at, -1) if _is_piece(word[at:end], words, after)), None)
        if part is None:
            return [word]
        parts.append(part)
        at += len(part)
    return parts


def _is_piece(part: str, words: Lexicon, after: bool) -> bool:
    if len(part) < 3 and _NUMBER.fullmatch(part):
        return True
    kind = words.class_of.get(part)
    return kind is not None and (len(part) > 1 or kind in SPLIT or (after and kind in SPLIT_AFTER))


def _token_of(piece: str, start: int) -> Token:
    end = start + len(piece)
    if piece == "、":
        return Token("pause", piece, start, end)
    if piece in _COMMAS:
        return Token("comma", piece, start, end)
    if piece in _STOPS:
        return Token("stop", piece, start, end)
    if piece.isspace():
        return Token("space", piece, start, end)
    if not any(map(str.isalnum, piece)) and piece not in "+":
        return Token("mark", piece, start, end)
    if _NUMBER.fullmatch(piece) and (number := to_int(piece)) is not None:
        return Token("num", piece, start, end, number)
    return Token("text", piece, start, end)


def _joined(tokens: list[Token], text: str, vocabulary: Vocabulary) -> list[Token]:
    """Without marks, spaces between Chinese words and the like; a denial that belongs to what an item says is text."""
    kept = [token for token in tokens if token.kind != "mark"]
    words = [token for token in kept if token.kind not in ("space", "stop", "comma")]
    if sum(token.text.isascii() for token in words) * 2 > len(words):
        kept = [token for token in kept if token.kind != "space"]
    for at, token in enumerate(kept):
        following = kept[at + 1] if at + 1 < len(kept) else None
        said = following is not None and following.kind == "text"
        denies = token.kind in ("not", "notof") and following is not None and said
        if denies and following and vocabulary.stands(text[token.start : following.end]):
            kept[at : at + 2] = [Token("text", text[token.start : following.end], token.start, following.end)]
    return [_as_topic(at, kept, vocabulary) for at in range(len(kept))]


def _as_topic(at: int, tokens: list[Token], vocabulary: Vocabulary) -> Token:
    """与标注有关: what stands between is a topic, though the word has another use in asking."""
    token, before, after = tokens[at], tokens[at - 1 : at], tokens[at + 1 : at + 2]
    between = bool(before and after) and (
        (before[0].kind in ("with", "by") and after[0].kind in ("related", "unrelated"))
        or (before[0].kind in ("concern", "mention") and after[0].kind == "de")
    )
    if between and token.kind in CONTENT and len(token.text) > 1 and vocabulary.stands(token.text):
        return Token("text", token.text, token.start, token.end)
    return token
