"""A question -> its plan: tokens, then the forms one after the other, then the topic, then what was left unread."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus import breaches, find_items, find_section, fold, only_handles
from service.kept import kept
from service.understanding.background import adopt_role
from service.understanding.between import resolved
from service.understanding.constraints import About, AnyOf, Constraint
from service.understanding.definition import asks_definition
from service.understanding.draft import Draft
from service.understanding.enumerated import read_enumerated
from service.understanding.figure import Figure, read_figure
from service.understanding.form_asks import CONTENT, LAYOUTS, NUMBERS, PENALTY, TABLES, WHO
from service.understanding.form_changes import read_changes
from service.understanding.form_chat import CHAT
from service.understanding.form_departments import DEPARTMENTS
from service.understanding.form_document import read_document
from service.understanding.form_dues import DUES, YEARS
from service.understanding.form_holding import HOLDING, UNNAMED
from service.understanding.form_places import PLACES, UNWANTED
from service.understanding.grammar import Sentence, apply_forms
from service.understanding.leftover import find_topic
from service.understanding.lexicon import FACTS, WEIGHTY, endings
from service.understanding.narrated import TOLD, points_at_conduct
from service.understanding.ordinal import count_in_set
from service.understanding.places import InSection, Numbered, Within
from service.understanding.plan import Ask, Correction, Plan, is_denial
from service.understanding.reading import read
from service.understanding.roles import InRole, as_leading
from service.understanding.tokens import QUOTES
from service.understanding.topic import EDGES
from service.understanding.vocabulary import Vocabulary, has_sharing

FORMS = (
    *YEARS,
    *PLACES,
    *DUES,
    *NUMBERS,
    *CHAT,
    *TABLES,
    *LAYOUTS[:4],
    *PENALTY,
    *DEPARTMENTS,
    *UNNAMED,
    *WHO,
    *HOLDING,
    *LAYOUTS[4:],
    *CONTENT,
    *UNWANTED,
)


@kept(1024)  # a follow-up is read several times on its way
def understand(question: str, vocabulary: Vocabulary) -> Plan:
    """What the question asks, on its own."""
    return read_sentence(question, vocabulary)[1]


def read_sentence(question: str, vocabulary: Vocabulary) -> tuple[Sentence, Plan]:
    """The question's tokens, with what took each, and its plan."""
    sentence, plan = _read(question, vocabulary)
    return sentence, as_written(plan, vocabulary)


def as_written(plan: Plan, vocabulary: Vocabulary) -> Plan:
    """负责 is 牵头, but of documents that name several as responsible and let the first of them lead."""
    if has_sharing(vocabulary):
        return plan
    ask = replace(plan.ask, role="lead") if plan.ask.role == "responsible" else plan.ask
    return replace(plan, ask=ask, where=tuple(map(as_leading, plan.where)))


def _read(question: str, vocabulary: Vocabulary) -> tuple[Sentence, Plan]:
    draft = Draft(question, vocabulary)
    sentence = Sentence(read(question, vocabulary))
    if phrase := _whole_phrase(question, vocabulary):
        return sentence, Plan(question, where=(About(phrase),))
    draft.names_items = _names_items(sentence)
    alone = sentence
    sentence = read_changes(sentence, draft)
    draft.corrections = [
        Correction(draft.typed([token]), str(token.value))
        for token in sentence.tokens
        if token.kind == "dept"
        and token.text.strip("".join(QUOTES) + "".join(QUOTES.values())) not in vocabulary.departments
    ]
    draft.each = any(token.kind == "each" for token in sentence.tokens)
    compared, ask = sentence is not alone, draft.ask
    fixed = {token.kind for token in sentence.tokens}
    if not compared and not fixed & {"ref", "ids", "dept"}:
        if "sec" in fixed:
            _heading(sentence, draft)
        elif read_document(sentence, draft):
            return sentence, _plan(draft, sentence)
    if compared or not draft.asked:
        apply_forms(FORMS, sentence, draft)
        count_in_set(draft, sentence)
        if draft.ask.kind != "who":
            draft.asks_fact = _asks_fact(sentence)
            draft.asks_definition = asks_definition(sentence)
            draft.figure = (
                None if draft.asks_definition == "surely" else read_figure(sentence, question, penal=draft.penal)
            )
            draft.asks_fact |= draft.figure is not None
            draft.enumerated = "" if draft.figure else read_enumerated(sentence)
        find_topic(draft, sentence)
        adopt_role(draft, sentence)
        _account(draft, sentence)
        if draft.figure is None and only_handles(fold(draft.way)) and _tells_conduct(draft, sentence):
            draft.figure = Figure(("penalty",), "", False, question, penal=True)  # 不办备案怎么处理
    if compared and ask.kind != "items":
        draft.ask = replace(draft.ask, kind=ask.kind, order=ask.order)
    return sentence, _plan(draft, sentence)


def _tells_conduct(draft: Draft, sentence: Sentence) -> bool:
    """That something is not done, or was done that was listed before."""
    topics = [clause.condition.topic for clause in draft.clauses if isinstance(clause.condition, About)]
    kinds = [token.kind for token in sentence.tokens]
    told = kinds.index(TOLD) if TOLD in kinds else len(kinds)
    attribute = ("de", "text") in pairwise(kinds[told:])  # 没有主人的|犬
    conduct = bool(draft.told) and not attribute
    return conduct or any(map(breaches, map(fold, topics))) or points_at_conduct(sentence.tokens)


def _whole_phrase(question: str, vocabulary: Vocabulary) -> str | None:
    """Typed as it stands in a text: nothing of it is grammar."""
    phrase = question.strip(EDGES)
    folded = fold(phrase)
    points = find_items(folded) or find_section(folded) or folded in vocabulary.departments
    return phrase if len(phrase) > 1 and not points and vocabulary.stands(phrase) else None


_ITEM_KINDS = frozenset("item doc notice which concern mention section unit title summary table".split())


def _names_items(sentence: Sentence) -> bool:
    return any(token.kind in _ITEM_KINDS for token in sentence.tokens)


def _heading(sentence: Sentence, draft: Draft) -> None:
    """第二部分的标题是什么: the heading of that section."""
    if any(token.kind in ("heading", "call") for token in sentence.tokens) and not any(
        token.kind == "text" for token in sentence.tokens
    ):
        for at, token in enumerate(sentence.tokens):
            if token.kind == "sec":
                draft.add(draft.in_sections(token.value), at, at + 1)  # type: ignore[arg-type]
        draft.asks(kind="about", part="sections")


def _asks_fact(sentence: Sentence) -> bool:
    """A person, a definition, which of some things: words that no form took."""
    untaken = sentence.untaken()
    if _asks_whether(sentence):
        return True
    for token, following in zip(untaken, [*untaken[1:], None], strict=False):
        if token.kind in ("meaning", "who") or (token.kind == "howmany" and following is None):
            return True
        if token.kind in ("which", "howmany") and following is not None:
            rest = [one for one in untaken if one.start >= token.end and one.kind not in ("measure", "num")]
            if rest and rest[0].start <= following.end and rest[0].kind in ("text", "counted", "lightnoun", *FACTS):
                return True
    return False


def _asks_whether(sentence: Sentence) -> bool:
    """有没有规定|公平竞争审查制度: that something near is said is no yes."""
    provides = endings("provide")
    return any(one.kind == "whether" and other.text in provides for one, other in pairwise(sentence.tokens))


# What was left


def _account(draft: Draft, sentence: Sentence) -> None:
    """Every token ends as taken, topic or filler; what denies or restricts and is none of these is unread."""
    for token in sentence.untaken():
        if token.kind in WEIGHTY:
            conduct = draft.figure is not None and draft.figure.penal and token.kind == "not"  # 未采取措施怎么罚
            told = draft.has(About) and (token.kind == TOLD or conduct)
            (draft.told if told else draft.unread).append(draft.typed([token]))
            draft.denial_unread |= token.kind in ("not", "notof", "except", "unrelated", TOLD) and not told


def _plan(draft: Draft, sentence: Sentence) -> Plan:
    where = _where(draft, sentence)
    ask, between = draft.ask, None
    if ask.kind == "documents" and ask.order == "every" and _names_what_lacks(where, sentence):
        both = any(token.text in endings("together") for token in sentence.tokens)  # 没有同时提到甲和乙
        ask = replace(ask, order="notboth" if both else "none")
    if draft.basis and ask.kind == "changes":
        between = resolved(draft.basis, draft.vocabulary)
    plan = Plan(
        draft.question,
        ask,
        where,
        draft.layout,
        unread=tuple(dict.fromkeys(draft.unread)),
        denial_unread=draft.denial_unread,
        way=draft.way,
        told=tuple(dict.fromkeys(draft.told)),
        unknown_department=draft.unknown_department,
        unknown_document=draft.unknown_document,
        between=between,
        corrections=tuple(draft.corrections),
        asks_fact=draft.asks_fact and any(isinstance(one, About) for one in where),
        figure=draft.figure,
        asks_definition=draft.asks_definition,
        enumerated=draft.enumerated,
        names_items=draft.names_items or draft.layout is not None,
    )
    if len(where) == 1 and isinstance(where[0], About) and not where[0].not_:
        plan = replace(plan, where=(replace(where[0], asked=draft.question),))
    return _settled(plan)


def _names_what_lacks(where: Sequence[Constraint], sentence: Sentence) -> bool:
    """哪份文件没有提到罚款: the documents that have no such item; not 哪些文件里有不涉及罚款的条款."""
    if not any(map(is_denial, where)):
        return False
    kinds = [token.kind for token in sentence.tokens if token.kind not in ("in", "adv", "both", "all")]
    return "item" not in kinds or any(pair in (("file", "notof"), ("doc", "notof")) for pair in pairwise(kinds))


def _where(draft: Draft, sentence: Sentence) -> tuple[Constraint, ...]:
    """The conditions in the order said; two clauses of departments joined by 或 are alternatives; numbers with
    departments are a place to look in."""
    clauses = sorted(draft.clauses, key=lambda one: (one.last == 0, one.first))
    conditions: list[Constraint] = []
    end = 0
    for clause in clauses:
        between = [token.kind for token in sentence.tokens[end : clause.first]] if clause.last else []
        before = conditions[-1] if conditions else None
        if before and "or" in between and isinstance(before, InRole | AnyOf) and isinstance(clause.condition, InRole):
            conditions[-1] = AnyOf((*(before.of if isinstance(before, AnyOf) else (before,)), clause.condition))
        elif clause.condition not in conditions:
            conditions.append(clause.condition)
        end = max(end, clause.last)
    number = next((one for one in conditions if isinstance(one, Numbered)), None)
    narrowed = any(not isinstance(one, Numbered | InSection | About) for one in conditions)
    if number and len(number.numbers) > 1 and narrowed and draft.ask.kind != "who":
        conditions = [Within(number.items) if one is number else one for one in conditions]
    return tuple(conditions)


def _settled(plan: Plan) -> Plan:
    """A question that says nothing of items asks nothing of them; who, asked of all, is a table."""
    ask, where = plan.ask, plan.where
    if ask.kind == "documents" and ask.order in ("first", "last") and not where:
        return replace(plan, follows_up=True)  # 哪一年开始提到的
    if ask.kind == "who" and not where:
        if ask.role == "any":
            return replace(plan, ask=Ask("about", part="departments"))
        return replace(plan, ask=Ask("tally", ask.role))
    if ask.kind in ("items", "content", "summary") and not where and not plan.names_items:
        return replace(plan, ask=Ask("none"))
    return plan
