"""Words that speak of documents where others stand beside them: 哪一|部, 这五|部|条例, 哪些|法律, 没有|规定|罚款."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus import NUMBER, to_int
from service.understanding.lexicon import counts_copies, endings, lexicon
from service.understanding.tokens import Token
from service.understanding.vocabulary import Vocabulary

_NUMBER = re.compile(NUMBER)
_COUNTING = frozenset("num which howmany this then it each all".split())
_BEHIND_LAWS = frozenset("in have mention concern not notof both say each total".split())
_BEHIND_COPIES = _BEHIND_LAWS | frozenset(
    "adv stop comma tone which doc notice title de most least earliest latest newest countnoun item be".split()
)
_OF_THEM = 5  # tokens: 这|五|部|条例|里
_DOCUMENTS = frozenset("doc title notice".split())
_BEFORE_PROVIDING = frozenset(["", *"notof doc file measure both adv whether have comma stop in space".split()])


def as_of_documents(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    """The tokens, those that mean documents there as such."""
    meant: list[Token] = []
    for at in range(len(tokens)):
        meant += _counted(tokens, at, meant[-1].kind if meant else "")
    meant = _which_of_them(_all_of(meant, len(vocabulary.documents)), alone=not vocabulary.departments)
    meant = _which_say(meant, alone=not vocabulary.departments)
    return [_as_mentioning(at, meant, vocabulary) for at in range(len(meant))]


def _counted(tokens: Sequence[Token], at: int, before: str) -> Iterator[Token]:
    """哪一|部 没有罚款, 五|部|条例: copies; 哪些|法律 提到: documents."""
    token, following = tokens[at], tokens[at + 1 : at + 2]
    after, text = (following[0].kind, following[0].text) if following else ("stop", "")
    copies = token.kind == "text" and token.text.endswith(endings("copy"))
    copies &= after in _BEHIND_COPIES or text in endings("law") or before == "which"
    count = token.text[:-1]
    if copies and (kind := _counting(count)):
        yield Token(kind, count, token.start, token.end - 1, to_int(count))
        yield Token("measure", token.text[-1], token.end - 1, token.end)
    elif copies and not count and before in _COUNTING:
        yield replace(token, kind="measure")
    elif token.text in endings("law") and before in (*_COUNTING, "measure") and after in _BEHIND_LAWS:
        yield replace(token, kind="doc")
    else:
        yield token


def _counting(text: str) -> str | None:
    """The class of 哪一, 几, 五, which count what follows."""
    kind = lexicon().class_of.get(text) or ("num" if _NUMBER.fullmatch(text) else None)
    return kind if kind in _COUNTING else None


def _all_of(tokens: list[Token], documents: int) -> list[Token]:
    """五部|条例里, 这五个|文件, where there are five: all of them."""
    for at in range(len(tokens) - 2):
        number, measure, doc = tokens[at : at + 3]
        counts = (number.kind, measure.kind, doc.kind) == ("num", "measure", "doc")
        if counts and number.value == documents:
            first = at - 1 if at and tokens[at - 1].kind == "this" else at
            whole = "".join(token.text for token in tokens[first : at + 2])
            return [*tokens[:first], Token("all", whole, tokens[first].start, measure.end), *tokens[at + 2 :]]
    return tokens


def _which_of_them(tokens: list[Token], *, alone: bool) -> list[Token]:
    """条例里|哪|几部, 文件有|哪|几份: which documents; `alone`, where no departments are named, whatever stands before."""
    named = next((at for at, token in enumerate(tokens) if token.kind in _DOCUMENTS), len(tokens))
    first = -1 if alone else named
    for at in range(first + 1, len(tokens) - 2):
        which, count, measure = tokens[at : at + 3]
        if (which.kind, count.kind, measure.kind) == ("which", "howmany", "measure") and counts_copies(measure.text):
            if any(token.kind in _DOCUMENTS for token in tokens[at + 3 : at + 4]):
                return tokens
            copies = Token("file", count.text + measure.text, count.start, measure.end)
            return [*tokens[: at + 1], copies, *tokens[at + 3 :]]
    return tokens


def _which_say(tokens: list[Token], *, alone: bool) -> list[Token]:
    """五部条例里，哪些|规定了…: which of the documents."""
    for at in [at for at, token in enumerate(tokens) if token.kind == "which"]:
        kinds = [token.kind for token in tokens[max(0, at - _OF_THEM) : at] if token.kind not in ("comma", "measure")]
        if (
            kinds[-2:] == ["doc", "in"]
            and kinds[-3:-2] in (["it"], ["this"], ["all"])
            and asks_which(tokens[at:], alone)
        ):
            return [*tokens[: at + 1], Token("file", "", tokens[at].end, tokens[at].end), *tokens[at + 1 :]]
    return tokens


def asks_which(tokens: Sequence[Token], alone: bool) -> bool:
    """Of documents that were counted before, 哪些|规定了; `alone`, where no departments are named, 哪些|提到: of plans that asks
    which tasks."""
    if len(tokens) < 2 or tokens[0].kind != "which":
        return False
    return tokens[1].text in endings("provide") or (alone and tokens[1].kind in ("say", "mention", "concern"))


def _as_mentioning(at: int, tokens: Sequence[Token], vocabulary: Vocabulary) -> Token:
    """没有规定|罚款, 哪些条例规定了|罚款: what they speak of; not 规定动作, which an item writes."""
    token, before = tokens[at], tokens[at - 1].kind if at else ""
    after = next((one for one in tokens[at + 1 : at + 4] if one.kind not in ("le", "in")), None)
    provides = token.kind == "soft" and token.text in endings("provide") and before in _BEFORE_PROVIDING
    if provides and after and after.kind in ("text", "quote") and not vocabulary.stands(token.text + after.text):
        return replace(token, kind="mention")
    return token
