"""Follow-ups that ask what is done to those who do not do it: 违反了怎么罚, 不装怎么罚, 没去办会怎么处罚."""

from dataclasses import replace

from corpus import fold
from service.understanding.constraints import Constraint
from service.understanding.lexicon import endings
from service.understanding.plan import Ask, Plan
from service.understanding.turn import Turn, numbered
from service.understanding.vocabulary import Vocabulary

MOST_BROKEN = 5  # items of the answer before, whose penalty is asked


def breaks_what_was_asked(plan: Plan, vocabulary: Vocabulary) -> bool:
    """It asks for a penalty of nothing that it names, or of what is not done, and no word of that stands in the documents."""
    if not (plan.figure and plan.figure.penal) or plan.from_history or len(plan.topics) < len(plan.where):
        return False
    if plan.topics and not any(one.startswith(endings("tag")) for one in plan.unread):
        return False  # 遛狗怎么罚: another thing
    words = (word for one in plan.topics for word in vocabulary.index.segmenter.content_words(fold(one.topic)))
    return not any(len(word) > 1 and vocabulary.stands(word) for word in words)


def of_what_was_asked(plan: Plan, before: Turn | None, vocabulary: Vocabulary) -> Plan:
    """Of what the question before asked, or of the items that it named."""
    if before is None or not breaks_what_was_asked(plan, vocabulary):
        return plan
    where: tuple[Constraint, ...] = tuple(one for one in before.plan.topics if not one.not_)
    if not where and 0 < len(before.items) <= MOST_BROKEN:
        where = (numbered(before.items),)
    return replace(plan, ask=Ask(), where=where, unread=(), from_history=True) if where else plan
