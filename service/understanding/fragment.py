"""What is left of a follow-up without the words that open and end it: 那, 呢, 其中."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from service.understanding.form_departments import ROLE_WORDS
from service.understanding.lexicon import endings, lexicon
from service.understanding.pointing import place_in
from service.understanding.reading import read
from service.understanding.tokens import Token
from service.understanding.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Fragment:
    """What of a follow-up is left without the words that open and end it, and what those were."""

    text: str
    tokens: tuple[Token, ...]
    opened: frozenset[str]  # classes of the words that opened or ended it
    place: re.Match[str] | None = None


_OPENING = frozenset(
    "polite then change make show asking this it among rest add item measure num in de comma tone space adv stop be doc".split()
)
_AFTER_POINTING = ("item", "measure", "num", "in", "de", "be", "doc", "adv")
_ENDING = frozenset("tone stop space comma show".split())


def fragment_of(question: str, vocabulary: Vocabulary) -> Fragment:
    """The question without 那, 呢, 其中, 换成."""
    tokens = read(question, vocabulary)
    last = len(tokens)
    opened: set[str] = set()
    while last and (tokens[last - 1].kind in _ENDING or _adds(tokens[:last], opened) or _keeps(tokens[:last])):
        last -= 1
        opened.add("ne" if tokens[last].text in endings("ne") else tokens[last].kind)
        if _no_others(tokens[: last + 1]):
            last -= 1
            opened.add("among")
    begin = _after_thanks(tokens[:last])
    first, words = _opened(tokens[begin:last])
    first += begin
    text = question[tokens[first].start : tokens[last - 1].end] if first < last else ""
    return Fragment(text, tuple(tokens[first:last]), frozenset(opened | words), _place_in(question, tokens))


def _after_thanks(tokens: Sequence[Token]) -> int:
    """好的谢谢，那…: where what is asked begins."""
    first = 0
    while first < len(tokens) and tokens[first].kind in ("polite", "thanks", "greet"):
        first += 1
    return first + 1 if first < len(tokens) and tokens[first].kind in ("comma", "stop") else 0


def _place_in(question: str, tokens: Sequence[Token]) -> re.Match[str] | None:
    """附件2第3个 stands by itself."""
    return None if any(token.kind == "ids" for token in tokens) else place_in(question)


_ASKING = frozenset("which what who howmany".split())


def removal_first(question: str, vocabulary: Vocabulary) -> str:
    """把附件里的去掉 -> 去掉附件里的; 教育局牵头哪些，涉及校车的不要 -> 教育局牵头哪些，不要涉及校车的."""
    tokens = read(question, vocabulary)
    while tokens and tokens[-1].kind in _ENDING:
        tokens.pop()
    said = {token.kind for token in tokens[:-1]}
    if len(tokens) < 3 or tokens[-1].kind != "except" or said & {"except", "others", "rest"}:
        return question
    pauses = [at + 1 for at, token in enumerate(tokens) if token.kind in ("comma", "stop")]
    clause = pauses[-1] if pauses and said & _ASKING else 0
    first = clause + (tokens[clause].kind == "asking")
    kept = question[: tokens[clause].start]
    return kept + question[tokens[-1].start : tokens[-1].end] + question[tokens[first].start : tokens[-1].start]


def _adds(tokens: Sequence[Token], opened: set[str]) -> bool:
    """…的也加上, at the end."""
    last = tokens[-1].kind
    return len(tokens) > 1 and (last == "add" or (last in ("both", "de") and "add" in opened))


def _keeps(tokens: Sequence[Token]) -> bool:
    """…的留下; …的留下，其他不要."""
    return _no_others(tokens) or (len(tokens) > 1 and tokens[-1].kind == "among")


def _no_others(tokens: Sequence[Token]) -> bool:
    kinds = [token.kind for token in tokens[-2:]]
    return len(tokens) > 2 and kinds[0] in ("others", "rest") and kinds[1] in ("except", "notof")


def _opened(tokens: Sequence[Token]) -> tuple[int, set[str]]:
    """How many tokens open a follow-up, and their classes."""
    opened: set[str] = set()
    for at, token in enumerate(tokens):
        following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        if token.kind == "this" and following in ("num", "measure", "item"):
            opened.add("it")
        if at == 0 and token.kind == "in" and len(token.text) > 1 and following not in ("which", "what", "who"):
            opened.add("among")  # 里头科标部牵头的
        pointed = bool(opened & {"it", "among", "rest"}) or token.kind in ("it", "among", "rest")
        if not _opens(token.kind, following, pointed):
            return at, opened
        opened.add("two" if token.value == 2 else token.kind)
    return len(tokens), opened


def _opens(kind: str, following: str, pointed: bool) -> bool:
    if kind not in _OPENING or (kind in _AFTER_POINTING and not pointed):
        return False
    if kind in ("in", "by", "be") and following in ("which", "what", "who"):
        return False
    if kind == "make":
        return following in ("dept", "sec", "ref", "text", "quote", "it", *ROLE_WORDS)
    return kind != "adv" or following in ("item", "in", "de", "")


def has(fragment: Fragment, *kinds: str) -> bool:
    return any(token.kind in kinds for token in fragment.tokens)


def only(fragment: Fragment, kinds: str) -> bool:
    return all(token.kind in kinds.split() for token in fragment.tokens)


def step_of(fragment: Fragment) -> Literal[-1, 1] | None:
    """上一条, 前一项: back; 下一条: on."""
    if not fragment.tokens:
        return None
    first = fragment.tokens[0]
    kind = lexicon().class_of.get(first.text) if first.kind == "ref" else first.kind
    return -1 if kind == "prior" else 1 if kind == "next" else None
