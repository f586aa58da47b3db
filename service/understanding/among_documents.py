"""Follow-ups between documents: 那少了哪些呢 of the two that were compared, 哪一年开始提到的 of the set before."""

from dataclasses import replace

from service.understanding.form_changes import became_alone
from service.understanding.plan import Ask, Plan
from service.understanding.turn import Turn, set_before, with_conditions
from service.understanding.understand import understand
from service.understanding.vocabulary import Vocabulary


def goes_on(question: str, vocabulary: Vocabulary) -> bool:
    """It may follow a question between documents."""
    return bool(became_alone(question, vocabulary) or _of_which_document(question, vocabulary))


def among_documents(question: str, before: Turn, vocabulary: Vocabulary) -> Plan | None:
    if before.between and (became := became_alone(question, vocabulary)):
        return with_conditions(question, (), Ask("changes"), between=replace(before.between, became=became))
    if asked := _of_which_document(question, vocabulary):
        return with_conditions(question, set_before(before), asked.ask)
    return None


def _of_which_document(question: str, vocabulary: Vocabulary) -> Plan | None:
    plan = understand(question, vocabulary)
    return plan if plan.follows_up and plan.ask.kind == "documents" else None
