"""What to ask after a refusal: made of what was recognised of the question."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus import Document, fold, to_simplified, to_traditional
from service.answering import Answer, Voice
from service.understanding import About, Ask, Constraint, DueBy, Plan, WithDue, departments_of, lexicon, written

WORD = 2  # characters at least of a word that is worth asking about


def after_refusal(answer: Answer, voice: Voice) -> list[str]:
    """Most fitting first; each of them has an answer."""
    return list(dict.fromkeys(in_script(question, voice) for question in _offered(answer, voice)))


def in_script(question: str, voice: Voice) -> str:
    """In the asker's script: it is asked as it stands, and its script is the answer's."""
    return to_simplified(question) if voice.script == "hans" else to_traditional(question)


def _offered(answer: Answer, voice: Voice) -> Iterator[str]:
    plan = answer.plan
    if plan.offers:
        yield from (offer.question for offer in plan.offers)
        return
    if answer.meant and plan.topic and plan.topic in plan.question:
        yield plan.question.replace(plan.topic, voice.name(answer.meant), 1)
    if answer.perhaps:
        yield from (f"{voice.label(match.item)}讲什么" for match in answer.related[:3])
    match answer.reason:
        case "field_absent" if plan.numbered:
            yield f"{written(replace(plan, ask=Ask('content'), where=(plan.numbered,)))}讲什么"
        case "no_such_item":
            yield from _ends(voice.documents)
        case "no_such_section":
            for document in voice.documents[:1]:
                yield from (f"{one.label}有哪些{voice.noun(document.items)}" for one in document.sections)
        case "no_such_department":
            yield from _like(plan.unknown_department or "", voice.documents)
    known = tuple(one for one in plan.where if not _is_sought(one, answer))
    if known and not plan.numbered and answer.reason != "no_such_section":
        yield written(replace(plan, ask=Ask(), where=known, layout=None))
    yield from (_of(About(word)) for word in _words(answer))


def _is_sought(one: Constraint, answer: Answer) -> bool:
    """It may be what stands nowhere: a topic, or a deadline where the documents write none."""
    undated = answer.reason == "field_absent" and isinstance(one, DueBy | WithDue)
    return undated or (isinstance(one, About) and not one.not_)


def _of(*conditions: Constraint) -> str:
    return written(Plan("", where=conditions))


def _ends(documents: Sequence[Document]) -> Iterator[str]:
    """The last item, where it is one document's."""
    if len(documents) == 1:
        yield f"{documents[0].items[-1].label}讲什么"


def _like(unknown: str, documents: Sequence[Document]) -> Iterator[str]:
    """Departments that share a character with the one that there is not, the last apart, which says 部; then all."""
    sought = set(fold(unknown)[:-1])
    names = departments_of(documents).values()
    near = [(len(sought & set(fold(name)[:-1])), name) for name in names]
    yield from (f"{name}牵头哪些任务" for shared, name in sorted(near, key=lambda one: -one[0])[:2] if shared)
    yield "有哪些部门"


def _words(answer: Answer) -> list[str]:
    """Words of the question that stand in the items near it, those that stand in fewest first."""
    question, asking = fold(answer.plan.question), lexicon().class_of
    found = Counter(
        word
        for match in answer.related
        for word in {fold(match.item.text[start:end]) for start, end in match.highlights}
        if len(word) >= WORD and word in question and word not in asking
    )
    return sorted(found, key=lambda word: (found[word], -len(word)))
