"""A question as tokens: first what is fixed, then between it the words of the lexicon at the bounds of the segmenter's
words, longest first; what is left is `text`.

All of it reads folded text, which is as long as the question. Every pattern is bounded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from corpus import KINDS, NUMBER, fold, to_int
from service.kept import kept
from service.understanding.copies import as_of_documents
from service.understanding.fixed import fixed_tokens
from service.understanding.lexicon import CONTENT, SPLIT, SPLIT_AFTER, Lexicon, lexicon
from service.understanding.narrated import as_told
from service.understanding.neighbours import beside_others
from service.understanding.spelling import is_short_body
from service.understanding.tokens import COMMAS, STOPS, Token
from service.understanding.vocabulary import Vocabulary

_NUMBER = re.compile(NUMBER)
_KINDS = frozenset(KINDS.split("|"))
_THIS = frozenset("该本")
_PARTS = [[kind] for kind in ("num", "text", "quote", "dept", "title", "ref", "ids", "sec", "yearno")]
LONGEST_SHORT = 6  # tokens of a short form
_LATIN = re.compile(r"[a-z0-9]")


def read(question: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a question, in order; white space and marks without meaning are none."""
    return list(_read(question, vocabulary))


@kept(64)  # as a question that stands alone and as a follow-up
def _read(question: str, vocabulary: Vocabulary) -> tuple[Token, ...]:
    text = fold(question)
    fixed = fixed_tokens(text, vocabulary)
    tokens: list[Token] = []
    at = 0
    for token in [*fixed, Token("end", "", len(text), len(text))]:
        tokens += _words(text, at, token.start, vocabulary)
        if token.kind != "end":
            tokens.append(token)
        at = token.end
    return tuple(as_told(_joined(tokens, text, vocabulary)))


def _words(text: str, start: int, end: int, vocabulary: Vocabulary) -> Iterator[Token]:
    """The tokens of a stretch in which nothing is fixed."""
    words = lexicon()
    stretch = text[start:end]
    pieces = [part for word in vocabulary.cut(stretch) for part in _pieces(word, words, vocabulary)]
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


def _pieces(word: str, words: Lexicon, vocabulary: Vocabulary) -> list[str]:
    """未来 of the documents denies nothing, and 地点 is one word."""
    parts = _split(word, words)
    first = words.class_of.get(parts[0]) if len(parts) > 1 else None
    begins_none = first == "de" or (first in ("not", "notof") and vocabulary.stands(word))  # 地点; 未来
    return [word] if begins_none else parts


def _split(word: str, words: Lexicon) -> list[str]:
    """A word that is no word of asking but made of such, in pieces: 几项 -> 几, 项."""
    if len(word) == 1 or word in words.class_of or word.isascii():
        return [word]
    parts: list[str] = []
    at = 0
    while at < len(word):
        after = bool(parts) and (len(parts[-1]) > 1 or words.class_of.get(parts[-1]) in ("measure", "polite"))
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
    if piece in COMMAS:
        return Token("comma", piece, start, end)
    if piece in STOPS:
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
    kept = as_of_documents([token for token in tokens if token.kind != "mark"], vocabulary)
    words = [token for token in kept if token.kind not in ("space", "stop", "comma")]
    if sum(token.text.isascii() for token in words) * 2 > len(words):
        kept = [token for token in kept if token.kind != "space"]
    for at, token in enumerate(kept):
        named = at + 1 if _is_a_name(kept, at) and vocabulary.stands(text[token.start : kept[at + 1].end]) else at
        others = (_body, _grouped, _subject, _counted)
        if (named := max(named, *(one(kept, at, vocabulary) for one in others))) > at:
            kept[at : named + 1] = [Token("text", text[token.start : kept[named].end], token.start, kept[named].end)]
            continue
        last = _said_with(kept, at)
        said = last > at and token.kind != "bring" and vocabulary.stands(text[token.start : kept[last].end])
        if said:
            kept[at : last + 1] = [Token("text", text[token.start : kept[last].end], token.start, kept[last].end)]
        elif token.kind in ("bring", "go") and not (last > at and _is_thing(kept[last].text)):
            kept[at] = replace(token, kind="text")
    kept = _with_years_inside(beside_others(kept), vocabulary)
    return [_as_document(at, kept) or _as_topic(at, kept, vocabulary) for at in range(len(kept))]


def _with_years_inside(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """某行动计划里|2026年|要淘汰多少: of one document of another year, in which something is to be done in that year."""
    catalogue, ids, inside = vocabulary.catalogue, (), False
    for at, token in enumerate(tokens):
        if token.kind == "title":
            ids, inside = token.value or (), tokens[at + 1 : at + 2] != [] and tokens[at + 1].kind == "in"  # type: ignore[assignment]
        elif token.kind == "yearno" and len(ids) == 1:
            year = int(str(token.value))
            other = ids[0] not in catalogue.of_year(year) and not catalogue.tells_year(ids[0], year)
            alone = sum(map(str.isdigit, token.text)) <= 4  # 行动计划2025—2027年
            if alone and ((inside and other) or catalogue.spans_with_others(ids[0], year)):
                tokens[at] = replace(token, kind="text")
            ids = ()
        elif token.kind not in ("in", "comma"):
            ids = ()
    return tokens


def _is_a_name(tokens: Sequence[Token], at: int) -> bool:
    """三同: a number and 同, of which nothing is a part."""
    kinds = [token.kind for token in tokens[at : at + 3]]
    return kinds[:2] == ["num", "with"] and tokens[at].end == tokens[at + 1].start and kinds[2:] not in _PARTS


def _body(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> int:
    """The place of what ends 人|社|部门, a short form that the documents write out whole; its own where there is none."""
    last = at
    for token in tokens[at + 1 : at + LONGEST_SHORT]:
        if tokens[last].kind not in ("text", "counted") or token.start != tokens[last].end:
            break
        last += 1
    if last == at or tokens[last].kind != "unit":
        return at
    typed = "".join(token.text for token in tokens[at : last + 1])
    return last if is_short_body(typed, vocabulary) else at


def _grouped(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> int:
    """垃圾|分类, which items write, asks for no groups, nor 工作|秘密 that is mentioned for tasks: the place of what ends it."""
    token, after = tokens[at], tokens[at + 1 : at + 2]
    before = next((one.kind for one in reversed(tokens[max(0, at - 2) : at]) if one.kind != "le"), "")
    kinds = (token.kind, after[0].kind) if after and after[0].start == token.end else ()
    if kinds == ("text", "group") or (kinds == ("item", "text") and before in ("mention", "concern")):
        return at + vocabulary.stands(token.text + after[0].text)
    return at


def _subject(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> int:
    """建设|单位|会被…, where items write that: the place of what ends it."""
    kinds = [token.kind for token in tokens[at : at + 3]]
    subject = kinds[:1] == ["lightnoun"] and kinds[1:2] in (["unit"], ["body"]) and kinds[2:] in (["modal"], ["asking"])
    return at + (subject and vocabulary.stands(tokens[at].text + tokens[at + 1].text))


def _counted(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> int:
    """犬|只, which items write, restricts nothing: the place of what ends it."""
    token, after = tokens[at], tokens[at + 1 : at + 2]
    beside = token.kind == "text" and bool(after) and after[0].kind == "only" and after[0].start == token.end
    return at + (beside and len(after[0].text) == 1 and vocabulary.stands(token.text + after[0].text))


def _is_thing(text: str) -> bool:
    """交|户口簿; not 拿|不到."""
    return len(text) > 1 and lexicon().class_of.get(text[0]) not in ("not", "notof")


def _said_with(tokens: Sequence[Token], at: int) -> int:
    """The place of the word that goes on what a denial, 只, 扣除 or 去 begins: 不|能|变更, 去|产能; its own where there is none."""
    token = tokens[at]
    last = at + 1
    if token.kind in ("not", "notof"):
        while last < len(tokens) and tokens[last].kind in ("modal", "soft"):  # 无|规定|动物疫病区
            last += 1
    elif token.kind == "except":  # 扣除方式 excepts nothing, where a text writes that; 但扣除…
        if len(token.text) == 1 or (at and tokens[at - 1].kind in ("but", "comma")):
            return at
    elif token.kind not in ("only", "bring", "go"):
        return at
    said = ("text",) if last == at + 1 else ("text", "change", "lightverb", "comply", "does")
    return last if last < len(tokens) and tokens[last].kind in said else at


def _as_document(at: int, tokens: list[Token]) -> Token | None:
    """该措施: the document, though elsewhere 措施 is what items are."""
    token = tokens[at]
    if at and token.kind == "soft" and token.text in _KINDS and tokens[at - 1].text in _THIS:
        return Token("doc", token.text, token.start, token.end)
    return None


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
