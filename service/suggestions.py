"""Questions to offer: those that a document answers, and those that make sense after an answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus import Corpus, Document, Item, fold, to_simplified
from service.after_refusal import after_refusal, in_script
from service.answering import Answer, Voice, items_of
from service.understanding import Plan, departments_of, name_key, written

FOLLOWED = 200  # items of an answer that are looked at for what to ask next
MOST = 4  # follow-ups offered at once
_FEW = (2, 6)  # items that a topic worth suggesting has


def opening_questions(corpus: Corpus, document: Document) -> list[str]:
    """Questions of each kind that the document answers, in Simplified."""
    questions = []
    noun = Voice("hans", [document]).noun(document.items)
    if topic := _topic(corpus.words, document.items):
        questions.append(f"哪些{noun}涉及{topic}")
    if document.departments:
        questions += [f"{to_simplified(document.departments[0])}牵头哪些任务", "哪个部门牵头最多"]
    questions.append(f"{document.items[len(document.items) // 2].label}讲什么")
    if document.sections:
        questions.append(f"{document.sections[-1].label}有哪些{noun}")
    return [*questions, "谁印发的"] if document.issuer else questions


def follow_ups(answer: Answer, documents: Sequence[Document]) -> list[str]:
    """At most MOST questions that make sense after the answer, in its script; each is answered with it as history."""
    voice = Voice(answer.script, documents)
    items = list(items_of(answer.items)[:FOLLOWED])
    if answer.plan.ask.kind == "chat":
        return [str(one.values["question"]) for one in answer.statements if one.kind == "example"]
    if answer.declined:
        offered = after_refusal(answer, voice)
    elif answer.plan.between:
        offered = _after_changes(answer, voice)
    elif answer.plan.ask.kind == "tally":
        offered = _after_table(answer, voice)
    elif not items:
        offered = []
    elif len(items) == 1:
        offered = _after_one(answer, items[0], voice, documents)
    else:
        offered = _after_set(answer, items, voice)
    return [question for question in dict.fromkeys(offered) if question != answer.plan.question][:MOST]


def _after_table(answer: Answer, voice: Voice) -> list[str]:
    ask = answer.plan.ask
    if ask.order == "none" or ask.exactly is not None:
        return []
    return [voice.say("那协作的呢" if ask.role == "lead" else "那牵头的呢")]


def _after_changes(answer: Answer, voice: Voice) -> list[str]:
    """What else became of the items of the two documents; of those that are no editions of one nothing did."""
    between = answer.plan.between
    if between and between.unlike:
        return []
    asked = between.became if between else ()
    others = {"new": "那多了哪些呢", "gone": "那少了哪些呢", "changed": "那改了哪些呢", "same": "哪些没有变"}
    return [voice.say(question) for kind, question in others.items() if asked != (kind,)]


def _after_one(answer: Answer, item: Item, voice: Voice, documents: Sequence[Document]) -> list[str]:
    plan, offered = answer.plan, []
    role = plan.ask.role if plan.ask.kind == "who" else None
    if role is not None:
        offered.append(voice.say("它讲什么"))
    if item.lead and role not in ("lead", "any"):
        offered.append(voice.say("它由谁牵头"))
    if item.supporting and role not in ("support", "any"):
        offered.append(voice.say("它的协作部门有哪些"))
    if len(documents) == 1 and not plan.roles and item != documents[0].items[-1]:
        offered.append(voice.say("下一项讲什么"))
    return offered + _another_department(answer, voice, documents)


def _after_set(answer: Answer, items: Sequence[Item], voice: Voice) -> list[str]:
    plan, offered = answer.plan, []
    sections = Counter(item.section for item in items if item.section is not None)
    if plan.ask.kind != "who":
        if not plan.roles:
            offered += [voice.say("其中{name}牵头的", name=voice.name(name)) for name in _leads(items)[:2]]
        if len(sections) > 1 and not plan.sections and len(voice.documents) == 1:
            largest = min(sections, key=lambda number: (-sections[number], number))
            offered.append(voice.say(f"其中第{largest}部分的"))
        if any(item.lead for item in items) and not any(one.role == "lead" for one in plan.roles):
            offered.append(voice.say("它们分别由谁牵头"))
    offered.append(voice.say("第一个讲什么"))
    return offered + _another_department(answer, voice, voice.documents)


def _leads(items: Sequence[Item]) -> list[str]:
    """The departments that lead some of the items, not all; most first, then in order of appearance."""
    counts = Counter(name_key(name) for item in items for name in item.lead)
    written = {name_key(name): name for item in reversed(items) for name in item.lead}
    order = list(counts)
    some = [key for key in order if counts[key] < len(items)]
    return [written[key] for key in sorted(some, key=lambda key: (-counts[key], order.index(key)))]


def _another_department(answer: Answer, voice: Voice, documents: Sequence[Document]) -> list[str]:
    """那水务局呢, after a question about one department."""
    named = answer.plan.named
    if len(named) != 1 or answer.plan.from_history or any(one.rule in ("only", "none") for one in answer.plan.roles):
        return []
    names = departments_of(documents)
    keys = list(names)
    following = keys[(keys.index(name_key(named[0])) + 1) % len(keys)]
    return [voice.say("那{name}呢", name=voice.name(names[following]))]


def _topic(words: Sequence[str], items: Sequence[Item]) -> str | None:
    """The first word of the dictionary that stands in a few of the items."""
    texts = [fold(item.text) for item in items]
    fewest, most = _FEW
    counts = (
        (word, sum(folded in text for text in texts)) for word, folded in zip(words, map(fold, words), strict=True)
    )
    return next((word for word, count in counts if fewest <= count <= most), None)


def without_each(answer: Answer) -> list[tuple[str, str | None]]:
    """Each condition of the answer as it is said, and the question that remains where it is taken away."""
    plan, voice = answer.plan, Voice(answer.script, ())
    if plan.also or len(answer.conditions) != len(plan.where) + bool(plan.asked_of):
        return []
    whole = [replace(plan, asked_of=None)] if plan.asked_of else []
    rest = [replace(plan, where=plan.where[:at] + plan.where[at + 1 :], figure=None) for at in range(len(plan.where))]
    questions = [*(map(written, whole)), *(written(less) if _asks(plan, less) else None for less in rest)]
    return [
        (said, question and in_script(question, voice))
        for said, question in zip(answer.conditions, questions, strict=True)
    ]


def _asks(plan: Plan, less: Plan) -> bool:
    """Something is still asked where the condition is taken away."""
    if plan.numbered or plan.ask.kind == "none":
        return False
    return bool(less.where) or (plan.ask.kind in ("items", "count") and not (plan.figure or plan.denial_unread))
