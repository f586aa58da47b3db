"""Words of asking that mean something else beside others: 最少|要多少钱, 最新|目录, 才能|保留, 哪天|公布."""

from collections.abc import Sequence
from dataclasses import replace

from service.understanding.lexicon import counts_copies, endings
from service.understanding.tokens import Token

_BEFORE_HOWMANY = frozenset("modal have be adv does".split())
_OF_BODIES = frozenset("lead support join unit who".split())
_OF_FILES = frozenset("doc notice issue".split())
_DOCUMENTS = frozenset("title doc notice docnumber".split())
_OF_ITEMS = frozenset("lightnoun soft item roster table modal".split())
_OF_ISSUING = frozenset("when who body docnumber earliest latest newest".split())
_COUNTS_ITEMS = frozenset("measure item unit doc".split())
_DONE = frozenset("text soft does lightverb lightnoun modal item support lead le".split())
_AT_THE_END = frozenset("stop tone space de le".split())


def beside_others(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, each as what it means beside the others."""
    return _as_issued(_as_said(_as_tag(tokens)))


def _as_tag(tokens: Sequence[Token]) -> list[Token]:
    """要办许可|不？: asked, and not denied."""
    return [
        replace(token, kind="tone")
        if token.kind in ("not", "notof", "told")
        and token.text in endings("tag")
        and at
        and tokens[at - 1].kind in _DONE
        and tokens[at - 1].end == token.start
        and [one.kind for one in tokens[at + 1 : at + 2]] in ([], ["stop"])
        else token
        for at, token in enumerate(tokens)
    ]


def _as_said(tokens: Sequence[Token]) -> list[Token]:
    """最少|要有多少钱 asks how much; 最新|目录 is no newest document; …才能|保留 is what is done, and keeps nothing of a set."""
    kinds = [token.kind for token in tokens]
    of_bodies = not _OF_BODIES.isdisjoint(kinds)
    of_files = not _OF_FILES.isdisjoint(kinds) or in_copies(tokens)
    said = list(tokens)
    for at, token in enumerate(tokens):
        if token.kind in ("most", "least", "atleast") and not of_bodies and _asks_how_much(kinds, at):
            said[at] = replace(token, kind="adv")
        elif (token.kind == "newest" and not of_files) or (token.kind == "among" and _is_done(kinds, at)):
            said[at] = replace(token, kind="text")
    return said


def _asks_how_much(kinds: Sequence[str], at: int) -> bool:
    """最少|要有|多少|钱; not 最少|有|多少|项."""
    end = next((end for end in range(at + 1, min(at + 4, len(kinds))) if kinds[end] == "howmany"), None)
    if end is None or not _BEFORE_HOWMANY.issuperset(kinds[at + 1 : end]):
        return False
    return _COUNTS_ITEMS.isdisjoint(kinds[end + 1 : end + 2])


def _is_done(kinds: Sequence[str], at: int) -> bool:
    """才能|保留: the last word."""
    return at > 0 and kinds[at - 1] in ("text", "modal") and _AT_THE_END.issuperset(kinds[at + 1 : at + 4])


def in_copies(tokens: Sequence[Token]) -> bool:
    """What is counted are documents: 哪份, 几部."""
    return any(token.kind == "measure" and counts_copies(token.text) for token in tokens)


def _as_issued(tokens: list[Token]) -> list[Token]:
    """哪天公布的, 公布最早的是哪份, of documents alone: when they were issued."""
    published, kinds = endings("published"), {token.kind for token in tokens}
    alone = _OF_ITEMS.isdisjoint(kinds) and all(token.text in published for token in tokens if token.kind == "text")
    document = not _DOCUMENTS.isdisjoint(kinds) or in_copies(tokens)
    if not (alone and document and not _OF_ISSUING.isdisjoint(kinds)):
        return tokens
    return [replace(token, kind="issue") if token.kind == "text" else token for token in tokens]
