"""What is left of a question without what names its documents, as if these alone were loaded."""

import re
from collections.abc import Sequence
from functools import cache

from corpus import ANY_FILE, KINDS, fold
from service.understanding.fitting import has_kind
from service.understanding.grammar import Found
from service.understanding.lexicon import endings, lexicon
from service.understanding.tokens import Token
from service.understanding.writing import ITSELF

_POINTING = ("de", "this", "then", "num", "measure", "issue")  # 文化企业|那两个|规定, 天河区|发的|那份
_BACKWARD = frozenset(
    "then change make de in tone stop comma space be polite doc notice item this measure show not adv ne whether asking".split()
)
_HOW_PROVIDED = frozenset("how what which have say le".split())
_WHO = frozenset("who which unit lead support le".split())
_ABOUT_ITSELF = frozenset("be say have issue when who how what call docnumber date divide main sendto by which".split())


def goes_into(tokens: Sequence[Token], first: int) -> bool:
    """写进某方案的: said of the document, not of what an item mentions."""
    before = next((token.text for token in reversed(tokens[:first]) if token.kind != "le"), "")
    return before.endswith(("进", "入"))


def _begins(tokens: Sequence[Token], first: int, titles: Sequence[str]) -> int:
    """Where what names them begins: 天河区那个…实施办法, of the district that the title tells."""
    folded, begins, said = [fold(title) for title in titles], first, ""
    for at in range(first - 1, -1, -1) if folded else ():
        text = fold(tokens[at].text)
        said = "" if tokens[at].kind in _POINTING or len(text) > 1 else text + said
        if tokens[at].kind in _POINTING:
            continue
        if tokens[at].kind not in ("text", "lightverb", "lightnoun") or not all(
            (said or text) in title for title in folded
        ):
            break
        begins = begins if len(said or text) == 1 else at
    return begins


def _others(tokens: Sequence[Token]) -> list[Token]:
    """What says something beside the documents; 上海的|是怎么规定的, 2026年要点|换成谁了 ask what was asked before."""
    others = [token for token in tokens if token.kind not in _BACKWARD]
    if has_kind(tokens, "make") and all(token.kind in _WHO for token in others):
        return []
    provided = [token for token in others if token.text in endings("provide")]
    said = provided or (has_kind(others, "how") and has_kind(others, "say"))  # 1996年那版|是怎么说的
    if said and all(token in provided or token.kind in _HOW_PROVIDED for token in others):
        return []
    return others


def left_of(
    found: Found, question: str, titles: Sequence[str], *, several: bool, first_named: bool
) -> tuple[str, bool]:
    """The question without what names the documents, and whether that leaves nothing. `several` are named one by one;
    `first_named`, that nothing before named any."""
    tokens = found.sentence.tokens
    first, last = found.match.span()
    first = _begins(tokens, first, titles)
    before, after = tokens[:first], tokens[last:]
    others = _others([*before, *after])
    start, end = tokens[first].start, tokens[last - 1].end
    follows = next((token.kind for token in after if token.kind not in ("adv", "space", "comma")), "")
    kept = (
        not goes_into(tokens, first) and not has_kind(found.tokens("tail"), "in") and "neg" not in found and first_named
    )
    if titles and [token.kind for token in after if token.kind not in ("stop", "tone")] == ["be", "howmany"]:
        return question, False  # 低保标准|是多少, of what it is called
    itself = kept and (follows in _ABOUT_ITSELF or (not follows or follows in ("tone", "stop")))
    if not after or all(token.kind in ("stop", "tone") for token in after):
        itself = kept and bool(others)
    behind = _together().sub("", question[end:]) if several else question[end:]
    if titles and not before and not itself and after and after[0].text in endings("provide"):
        behind = _providing(behind, after)
    left = question[:start] + (ITSELF if itself else "") + behind
    return _in_it().sub("", left.strip("，, ")) if titles else left.strip("，, "), not others


def _providing(behind: str, after: Sequence[Token]) -> str:
    """某条例规定|管理人履行哪些职责: what it provides; not 规定的时限, 规定了什么."""
    follows = after[1:2]
    return behind[len(after[0].text) :] if follows and follows[0].kind in ("text", "comma") else behind


@cache
def _in_it() -> re.Pattern[str]:
    """通报里|…, of the document that is named elsewhere in the question."""
    return re.compile(f"^(?:{KINDS}|{ANY_FILE})[里中](?:面|头)?(?![国央小心])")


@cache
def _together() -> re.Pattern[str]:
    """2025、2026|两年的, …和…，|这三个里头: how many were named."""
    inside = "|".join(word for word in lexicon().words("in") if not word.isascii())
    return re.compile(rf"^[,，]?的?这?[两二三四五几]\s?[份年个版](?:{inside})?的?(?![^的里，,]{{0,3}}(?:内|前|后))")
