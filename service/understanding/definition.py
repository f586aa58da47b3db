"""A question for what a word means: 什么是实名举报, 价格欺诈怎么定义, 居家养老是什么意思."""

from typing import Literal

from service.understanding.grammar import Sentence

Asked = Literal["surely", "perhaps"] | None

_NAMED = frozenset("text quote price funds fact lightnoun lightverb asking except with pause".split())
_OF_ITEMS = frozenset(
    "ref ids dept item which section sec unit lead support who issuer howmany sorts mention concern".split()
)
_EDGES = frozenset("title in comma stop tone polite adv gap say it this".split())


def asks_definition(sentence: Sentence) -> Asked:
    """Whether it is asked, and surely; takes the words that ask for it. 处理投诉的原则是什么 may be no such question."""
    tokens = sentence.tokens
    if _OF_ITEMS.intersection(token.kind for token in tokens):
        return None
    asked = [at for at, token in enumerate(tokens) if token.kind == "meaning" and sentence.taken[at] is None]
    said = [at for at, token in enumerate(tokens) if token.kind not in _EDGES]
    kinds = [tokens[at].kind for at in said]
    if not asked and len(said) > 2 and kinds[0] == "what" and kinds[1] in ("be", "call"):
        asked = said[:2] if set(kinds[2:]) <= _NAMED else []
    elif not asked and len(said) > 2 and kinds[-2:] == ["be", "what"] and set(kinds[:-2]) <= _NAMED:
        return "perhaps"
    for at in asked:
        first, last = at, at + 1
        while first and tokens[first - 1].kind in ("be", "what", "how", "de") and sentence.taken[first - 1] is None:
            first -= 1
        while last < len(tokens) and tokens[last].kind in ("what", "de") and sentence.taken[last] is None:
            last += 1
        sentence.take(first, last, "definition")
    return "surely" if asked else None
