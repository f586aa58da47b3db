"""A follow-up with nothing to follow: what stands alone is answered, else it is asked what is meant."""

from dataclasses import replace

from corpus import fold
from service.understanding.follow_ups import Kind
from service.understanding.fragment import Fragment
from service.understanding.lexicon import endings
from service.understanding.plan import Ask, Plan
from service.understanding.understand import understand
from service.understanding.vocabulary import Vocabulary
from service.understanding.writing import FILES, WHICH_FILES

_SPEAKING = ("mention", "concern", "not", "notof")
NEEDS = frozenset("more why pick beside rest department among".split())  # these mean nothing without a question before


def understand_alone(question: str, fragment: Fragment, kind: Kind, vocabulary: Vocabulary) -> Plan:
    """With nothing to follow: what stands alone is answered, else it is asked what is meant."""
    stands = vocabulary.stands(fold(question)) or any(token.kind == "ref" for token in fragment.tokens)
    pointing = bool(fragment.opened & {"it", "among", "rest"})
    if pointing and "doc" in fragment.opened:
        plan = understand(question, vocabulary)
        return plan if plan.ask.kind in ("about", "documents") else _of_all(question, fragment, vocabulary)
    if (kind in NEEDS or (pointing and not _speaks_of_items(fragment))) and not stands:
        plan = understand(question, vocabulary)
        if pointing and (files := understand(fragment.text, vocabulary)).ask.kind == "documents":
            return files  # 这里头有哪几份文件
        return plan if plan.ask.kind in ("about", "chat") else Plan(question, Ask("none"), follows_up=True)
    return understand(fragment.text if kind == "exchange" else question, vocabulary)


def _of_all(question: str, fragment: Fragment, vocabulary: Vocabulary) -> Plan:
    """这几个文件里哪些提到了…, 这些文件都有哪些: of all the documents."""
    tokens = list(fragment.tokens)
    while tokens and tokens[0].kind == "in":
        tokens.pop(0)
    said = [token for token in tokens if token.kind not in ("which", "measure", "both", "adv", "have", "all")]
    asked = question[tokens[0].start : tokens[-1].end] if said else FILES
    if said and tokens[0].kind == "which" and (said[0].kind in _SPEAKING or said[0].text in endings("provide")):
        asked = WHICH_FILES + question[said[0].start : tokens[-1].end]
    return replace(understand(asked, vocabulary), question=question)


def _speaks_of_items(fragment: Fragment) -> bool:
    """这些任务里哪些是跟企业有关的: of all items, where nothing was listed."""
    return "item" in fragment.opened and len(fragment.tokens) > 1
