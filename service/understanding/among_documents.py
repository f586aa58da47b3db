"""Follow-ups between documents: 那少了哪些呢 of the two that were compared, 哪一年开始提到的 of the set before."""

from collections.abc import Sequence
from dataclasses import replace

from service.understanding.between import EVERY, between_of, having
from service.understanding.choosing import chosen
from service.understanding.constraints import About, Constraint
from service.understanding.editions import kinds_of
from service.understanding.form_changes import became_alone
from service.understanding.fragment import fragment_of
from service.understanding.lexicon import endings
from service.understanding.places import Numbered, Within
from service.understanding.plan import Ask, Offer, Plan
from service.understanding.reading import read
from service.understanding.roles import InRole
from service.understanding.tokens import Token
from service.understanding.turn import Turn, set_before, with_conditions
from service.understanding.understand import understand
from service.understanding.vocabulary import Vocabulary
from service.understanding.writing import compared, conditions_written, written


def goes_on(question: str, vocabulary: Vocabulary) -> bool:
    """It may follow a question between documents."""
    return bool(became_alone(question, vocabulary) or _of_which_document(question, vocabulary))


def among_documents(question: str, before: Turn, vocabulary: Vocabulary) -> Plan | None:
    if before.between and (became := became_alone(question, vocabulary)):
        return with_conditions(question, (), Ask("changes"), between=replace(before.between, became=became))
    if before.between and (where := _narrowing(question, vocabulary)):
        kept = [one for one in before.plan.where if isinstance(one, InRole | About)]
        return with_conditions(question, (*kept, *where), Ask("changes"), between=before.between)
    if asked := _of_which_document(question, vocabulary):
        return with_conditions(question, set_before(before), asked.ask)
    return None


def _narrowing(question: str, vocabulary: Vocabulary) -> tuple[Constraint, ...]:
    """只看财政局的, after two documents were compared: of their changes those of a department or a topic."""
    fragment = fragment_of(question, vocabulary)
    if "among" not in fragment.opened or not fragment.text:
        return ()
    plan = understand(fragment.text, vocabulary)
    fits = plan.ask.kind == "items" and not plan.unread and all(isinstance(one, InRole | About) for one in plan.where)
    return plan.where if fits else ()


_COMPARING = ("compare", "show", "polite", "comma", "space")
OFFERED = 20  # pairs that are offered


def of_two(question: str, before: Turn | None, vocabulary: Vocabulary) -> tuple[Plan, Vocabulary] | None:
    """The plan of a comparison, and the two documents that it is of: all of them where they are not told apart."""
    goes_on = among_documents(question, before, vocabulary) if before and before.between else None
    plan = goes_on or understand(question, vocabulary)
    between = plan.between
    if unlike := _side_by_side(question, vocabulary):
        return unlike
    if between is None:
        return None
    if between.found:
        plan = _of_set_before(plan, before)
        ids = vocabulary.catalogue.newest((between.before, between.after))
        plan = replace(plan, documents=ids, question=written(plan) if plan.from_history else question)
        return plan, vocabulary.within(frozenset(ids))
    short = vocabulary.catalogue.short
    offers = tuple(
        Offer(
            after, short[after], compared(between_of(one, after, between.became, vocabulary), conditions_written(plan))
        )
        for one, after in between.choices[:OFFERED]
    )
    return replace(plan, offers=offers, offered=len(between.choices)), vocabulary


def _side_by_side(question: str, vocabulary: Vocabulary) -> tuple[Plan, Vocabulary] | None:
    """国务院条例和省条例的表决比例有什么不同: documents that are no editions of one kind are not compared item by item, what
    they say of a topic stands side by side."""
    choice = chosen(question, vocabulary)
    if len(choice.ids) < 2 or len(having(kinds_of(vocabulary), choice.ids)) < len(choice.ids):
        return None
    narrowed = vocabulary.within(frozenset(choice.ids))
    tokens = read(choice.rest, narrowed)
    begins = next((token.start for token in tokens if token.kind not in _COMPARING), 0)
    plan = understand(choice.rest[begins:], narrowed)
    compared = set(plan.between.became) == set(EVERY) if plan.between else begins and not _asks_changes(tokens)
    if not (compared and plan.topics):
        return None
    plan = replace(plan, question=question, ask=Ask(), between=None, asked_of=choice.of, documents=choice.ids)
    return plan, narrowed


def _asks_changes(tokens: Sequence[Token]) -> bool:
    """改动了哪些, 多了什么: from one edition to the other."""
    words = [word for name in ("altered", "grown", "shrunk") for word in endings(name)]
    return any(token.text in words or token.kind == "change" for token in tokens)


def _of_set_before(plan: Plan, before: Turn | None) -> Plan:
    """今年比去年多了哪件, after what a department does in the two: of that."""
    between = plan.between
    spoken = set(before.plan.documents) if before else set()
    if plan.where or not (before and between and spoken and spoken <= {between.before, between.after}):
        return plan
    where = tuple(one for one in before.plan.where if not isinstance(one, Numbered | Within))
    return replace(plan, where=where, from_history=True) if where else plan


def _of_which_document(question: str, vocabulary: Vocabulary) -> Plan | None:
    plan = understand(question, vocabulary)
    return plan if plan.follows_up and plan.ask.kind == "documents" else None
