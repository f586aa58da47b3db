"""A follow-up with nothing to follow: what stands alone is answered, else it is asked what is meant."""

from corpus import fold
from service.understanding.follow_ups import Kind
from service.understanding.fragment import Fragment
from service.understanding.plan import Ask, Plan
from service.understanding.understand import understand
from service.understanding.vocabulary import Vocabulary

NEEDS = frozenset("more why pick beside rest department among".split())  # these mean nothing without a question before


def understand_alone(question: str, fragment: Fragment, kind: Kind, vocabulary: Vocabulary) -> Plan:
    """With nothing to follow: what stands alone is answered, else it is asked what is meant."""
    stands = vocabulary.stands(fold(question)) or any(token.kind == "ref" for token in fragment.tokens)
    pointing = bool(fragment.opened & {"it", "among", "rest"})
    if (kind in NEEDS or (pointing and not _speaks_of_items(fragment))) and not stands:
        plan = understand(question, vocabulary)
        if pointing and (files := understand(fragment.text, vocabulary)).ask.kind == "documents":
            return files  # 这里头有哪几份文件
        return plan if plan.ask.kind in ("about", "chat") else Plan(question, Ask("none"), follows_up=True)
    return understand(fragment.text if kind == "exchange" else question, vocabulary)


def _speaks_of_items(fragment: Fragment) -> bool:
    """这些任务里哪些是跟企业有关的: of all items, where nothing was listed."""
    return "item" in fragment.opened and len(fragment.tokens) > 1
