"""Follow-ups that ask what is done to those who do not do it: 违反了怎么罚, 不装怎么罚, 没去办会怎么处罚."""

from dataclasses import replace

from corpus import fold
from service.understanding.constraints import Constraint
from service.understanding.lexicon import endings
from service.understanding.narrated import points_at_conduct
from service.understanding.plan import Ask, Plan
from service.understanding.reading import read
from service.understanding.turn import Turn, numbered
from service.understanding.vocabulary import Vocabulary

MOST_BROKEN = 5  # items of the answer before, whose penalty is asked


def breaks_what_was_asked(plan: Plan, vocabulary: Vocabulary) -> bool:
    """It asks for a penalty of nothing that it names, or of what is not done, and no word of that stands in the documents."""
    if not (plan.figure and plan.figure.penal) or plan.from_history or len(plan.topics) < len(plan.where):
        return False
    if _points_back(plan, vocabulary):
        return True
    if plan.topics and not any(one.startswith(endings("tag")) for one in (*plan.unread, *plan.told)):
        return False  # 遛狗怎么罚: another thing
    words = (word for one in plan.topics for word in vocabulary.index.segmenter.content_words(fold(one.topic)))
    return not any(len(word) > 1 and vocabulary.stands(word) for word in words)


def _points_back(plan: Plan, vocabulary: Vocabulary) -> bool:
    """有这些|行为的怎么处罚: what was listed before."""
    if [one for one in plan.topics if one.topic not in endings("circumstance")]:
        return False
    return points_at_conduct(read(plan.question, vocabulary))


def _lists_conduct(text: str) -> bool:
    """不得有下列|行为."""
    return any(noun in text for noun in endings("circumstance"))


def of_what_was_asked(plan: Plan, before: Turn | None, vocabulary: Vocabulary) -> Plan:
    """Of what the question before asked, or of the items that it named; 这些行为 are those that items list."""
    if before is None or not breaks_what_was_asked(plan, vocabulary):
        return plan
    topics: tuple[Constraint, ...] = tuple(one for one in before.plan.topics if not one.not_)
    pointed = _points_back(plan, vocabulary)
    broken = [one for one in before.items if _lists_conduct(fold(one.text))] if pointed else before.items
    items = (numbered(broken),) if 0 < len(broken) <= MOST_BROKEN else ()
    where = (items or topics) if pointed else (topics or items)
    return replace(plan, ask=Ask(), where=where, unread=(), told=(), from_history=True) if where else plan
