"""A question for what a rule lists: 业主有哪些义务, 申请应当提交哪些材料, 基金会的职责是什么."""

from collections.abc import Callable, Sequence

from corpus import fold
from service.understanding.grammar import Sentence
from service.understanding.lexicon import endings, lexicon
from service.understanding.tokens import Token

_BETWEEN = frozenset("measure num main adv each all be have de both asking".split())
_ASKS = frozenset(("which", "what"))


def read_enumerated(sentence: Sentence) -> str:
    """What of it is asked for, 义务; empty where it asks for nothing that is listed."""
    tokens, nouns = sentence.tokens, endings("enumerated")
    for at, token in enumerate(tokens):
        if token.text in nouns and (_asked_before(tokens, at) or _asked_behind(tokens, at)):
            return token.text
    return ""


def _asked_before(tokens: Sequence[Token], at: int) -> bool:
    """哪些|义务."""
    before = [one.kind for one in tokens[:at] if one.kind not in _BETWEEN][-1:]
    return bool(before) and before[0] in _ASKS


def _asked_behind(tokens: Sequence[Token], at: int) -> bool:
    """义务|有哪些, 职责|是什么."""
    behind = [one.kind for one in tokens[at + 1 :] if one.kind not in _BETWEEN][:2]
    return bool(behind) and behind[0] in _ASKS and behind[1:] in ([], ["stop"], ["tone"], ["comma"])


def subjects_of(topics: Sequence[str], noun: str, stands: Callable[[str], bool]) -> list[str]:
    """Of whom or of what it is asked, folded: the topics without the words for what is listed and for what is done with it
    at their edges; 纲要, which stands somewhere, ends with no 要."""
    edges = (*endings("fulfilled"), noun, *lexicon().words("de"))
    subjects = []
    for topic in map(fold, topics):
        before = ""
        while topic != before:
            before = topic
            for edge in edges:
                if len(edge) > 1 or not stands(topic):
                    topic = topic.removesuffix(edge).removeprefix(edge)
            for edge in endings("handling"):  # 办|养犬登记要交
                topic = topic if stands(topic) else topic.removeprefix(edge)
        if topic:
            subjects.append(topic)
    return subjects
