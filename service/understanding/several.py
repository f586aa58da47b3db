"""Several questions in one: 信息办牵头哪几项？科标部呢？"""

import re
from collections.abc import Sequence

from service.understanding.constraints import About
from service.understanding.dialogue import follows
from service.understanding.understand import understand
from service.understanding.vocabulary import Vocabulary

MOST = 5  # questions in one
PREAMBLE, SHORTEST = 12, 4  # characters of what may stand before a colon, and of what is asked after it

_STOPS = re.compile(r"(?<=[？?；;。！!])")


def questions_in(question: str, vocabulary: Vocabulary) -> Sequence[str]:
    """The questions of a text, where each of several is read by itself; else the text alone. Greetings between them
    are passed over."""
    question = _without_preamble(question, vocabulary)
    parts = [part.strip() for part in _STOPS.split(question) if any(map(str.isalnum, part))]
    if not 1 < len(parts) <= MOST:
        return [question]
    asked = [part for part in parts if understand(part, vocabulary).ask.kind != "chat"]
    if len(asked) == 1:
        return asked
    if all(_is_read(part, at > 0, vocabulary) for at, part in enumerate(asked)):
        return asked or parts[:1]
    return [question]


def _without_preamble(question: str, vocabulary: Vocabulary) -> str:
    """记者想请教：…: what stands before a colon says who asks, if it asks nothing and names nothing."""
    before, colon, rest = question.partition("：") if "：" in question else question.partition(":")
    if not colon or len(before) > PREAMBLE or len(rest.strip()) < SHORTEST:
        return question
    plan = understand(before, vocabulary)
    says = any(not isinstance(one, About) or vocabulary.stands(one.topic) for one in plan.where)
    return question if says or plan.ask.kind not in ("items", "content", "none") else rest.strip()


def _is_read(part: str, later: bool, vocabulary: Vocabulary) -> bool:
    if later and follows(part, vocabulary):
        return True
    plan = understand(part, vocabulary)
    known = plan.ask.kind not in ("items", "none") or any(not isinstance(one, About) for one in plan.where)
    return known or any(vocabulary.stands(topic.topic) for topic in plan.topics)
