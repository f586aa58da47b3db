"""A question among several documents: first which of them it is about, then what it asks of these alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np

from corpus import bare_places, entry_alone, fold, is_region, region_asked
from service.understanding.among_documents import of_two
from service.understanding.between import having
from service.understanding.choosing import Choice, chosen, of_documents
from service.understanding.constraints import About, Constraint
from service.understanding.dialogue import follows, understand_after
from service.understanding.editions import kinds_of
from service.understanding.fragment import fragment_of
from service.understanding.lexicon import endings
from service.understanding.neighbours import in_copies
from service.understanding.penalty import breaks_what_was_asked, of_what_was_asked
from service.understanding.places import InText, Numbered, Within
from service.understanding.plan import Ask, Offer, Plan
from service.understanding.reading import read
from service.understanding.topic import MOST_WORDS, content_runs
from service.understanding.turn import LOOKED_AT, Turn
from service.understanding.understand import understand
from service.understanding.vocabulary import Vocabulary, in_text
from service.understanding.writing import ALL, ITSELF, documents_of, named, written

_OF_OTHERS = frozenset("each all both others whole total".split())  # it says of which: of all, of others
SHORTEST_SUBJECT = 4  # letters
OFFERED = 20  # documents that are offered where one was meant


def leans(question: str, vocabulary: Vocabulary) -> bool:
    """Earlier questions may decide what this one asks, or of which document it does: 第六条 after one of a document."""
    return _leans(question, vocabulary) or (vocabulary.catalogue.chooses and _may_go_on(question, vocabulary))


def _leans(question: str, vocabulary: Vocabulary) -> bool:
    """As it is said, whatever the words of its topic."""
    choice = chosen(question, vocabulary)
    if _mentions_none(question, vocabulary) or _named_again(question, vocabulary):
        return True
    if breaks_what_was_asked(understand(question, vocabulary), vocabulary):
        return True
    if vocabulary.catalogue.chooses and understand(question, vocabulary).between:
        return True
    if choice.fitting:
        return True  # of these one may have been spoken of
    if choice.ids or choice.unknown:
        return choice.alone or _follows(choice, vocabulary)
    if follows(question, vocabulary):
        return True
    return vocabulary.catalogue.chooses and (_of_this(question, vocabulary) or _says_of_which_not(question, vocabulary))


def _named_again(question: str, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """《…》里有没有写|这个|: [start, end) of what was asked before."""
    tokens = read(question, vocabulary)
    for at, token in enumerate(tokens[1:], start=1):
        ends = at + 1 == len(tokens) or tokens[at + 1].kind in ("stop", "tone", "comma")
        if ends and token.kind == "this" and tokens[at - 1].kind in ("say", "mention", "concern"):
            return token.start, token.end
    return None


def _mentions_none(question: str, vocabulary: Vocabulary) -> int:
    """哪份没有提到|: where what was asked before belongs; 0 where something is said to be mentioned."""
    tokens = [token for token in read(question, vocabulary) if token.kind not in ("le", "tone", "stop")]
    kinds = [token.kind for token in tokens]
    asks = "which" in kinds and (in_copies(tokens) or bool({"file", "doc"} & set(kinds)))
    denied = kinds[-1:] == ["mention"] and bool({"not", "notof"} & set(kinds[:-1]))
    return tokens[-1].end if asks and denied else 0


def _with_topic(question: str, before: Turn | None, vocabulary: Vocabulary) -> str:
    """With what was asked before in the place of 这个."""
    place, topic = _named_again(question, vocabulary), before.plan.topic if before else None
    if topic and (end := _mentions_none(question, vocabulary)):
        return f"{question[:end]}“{topic}”{question[end:]}"
    return f"{question[: place[0]]}“{topic}”{question[place[1] :]}" if place and topic else question


def _with_article(question: str, before: Turn | None) -> str:
    """违反第四项罚多少, after 第十条讲什么: of that article's entries."""
    named = (before.plan.numbered.items if before.plan.numbered else before.items) if before else ()
    entry = entry_alone(fold(question)) if len(named) == 1 else None
    if not entry or not entry.is_of(named[0]):
        return question
    return f"{question[: entry.start]}{named[0].label}{question[entry.start :]}"


def _follows(choice: Choice, vocabulary: Vocabulary) -> bool:
    """那第六条呢, 2026年的有几项: beside the documents it says nothing of what is asked of them."""
    narrowed = vocabulary.within(frozenset(choice.ids)) if choice.ids else vocabulary
    plan = understand(choice.rest.replace(ITSELF, ""), narrowed)
    bare = bool(choice.ids) and not choice.titled and not plan.where and plan.ask.kind in ("count", "who")
    return bare or follows(choice.rest, narrowed)


def _of_this(question: str, vocabulary: Vocabulary) -> bool:
    """该办法中…, …把那一项给我"""
    kinds = [token.kind for token in read(question, vocabulary)]
    said = [kind for kind in kinds if kind != "measure"]
    pointed = any(kinds[at : at + 3] == ["then", "num", "measure"] for at in range(1, len(kinds)))
    return ("this", "doc") in pairwise(said) or pointed


def _says_of_which_not(question: str, vocabulary: Vocabulary) -> bool:
    """第六条, 第二部分有哪些, 谁印发的: of one document, and not of which."""
    plan = understand(question, vocabulary)
    return bool(plan.numbered or plan.sections) or plan.ask.kind == "about"


def _asks_fact(question: str, vocabulary: Vocabulary) -> bool:
    """几月份申请, 最多给多少: it may be of the document that was named before."""
    plan, kinds = understand(question, vocabulary), {token.kind for token in read(question, vocabulary)}
    return bool(plan.topics) and (plan.asks_fact or plan.ask.kind in ("who", "due")) and not kinds & _OF_OTHERS


def _may_go_on(question: str, vocabulary: Vocabulary) -> bool:
    """It may be of the document that was named before."""
    return _asks_fact(question, vocabulary) or _goes_on(question, vocabulary)


def _goes_on(question: str, vocabulary: Vocabulary) -> bool:
    """那…, 要是…, …呢, …这个证…: it goes on from what was said before, and says nothing of others."""
    tokens = read(question, vocabulary)
    if not tokens or {token.kind for token in tokens} & _OF_OTHERS:
        return False
    begins = tokens[0].kind == "then" or tokens[0].text in endings("supposing")
    asks_back = any(token.kind == "tone" and token.text in endings("ne") for token in tokens)
    points = any(one.kind == "this" and other.kind == "text" for one, other in pairwise(tokens))
    return begins or asks_back or points


def _inside(question: str, vocabulary: Vocabulary) -> bool:
    """那|里面|…: of what was spoken of."""
    tokens = read(question, vocabulary)[:2]
    pointed = len(tokens) > 1 and tokens[0].kind in ("then", "this", "it") and tokens[1].kind == "in"
    return pointed and len(tokens[1].text) > 1


def _may_be_of(documents: Sequence[str], question: str, vocabulary: Vocabulary) -> bool:
    """No word of what is asked stands in other documents alone."""
    narrowed = vocabulary.within(frozenset(documents))
    topics = (one.topic for one in understand(question, vocabulary).topics)
    words = {word for topic in topics for word in vocabulary.index.segmenter.content_words(topic) if len(word) > 1}
    return not any(vocabulary.stands(word) and not narrowed.stands(word) for word in words)


def _kept(question: str, before: Turn, vocabulary: Vocabulary) -> bool:
    """It stays with the documents spoken of; a question for a fact with those that were named alone."""
    if len(before.documents) == 1 and understand(question, vocabulary).ask.kind == "documents":
        return False  # 哪份没有提到: of all
    if not before.documents or _leans(question, vocabulary) or _inside(question, vocabulary):
        return bool(before.documents)
    return (
        bool(before.plan.documents)
        and _may_go_on(question, vocabulary)
        and _may_be_of(before.documents, question, vocabulary)
    )


def plan_of(question: str, before: Turn | None, vocabulary: Vocabulary, *, given: bool) -> tuple[Plan, Vocabulary]:
    """The plan, and the documents that it is of. `given`: the asker has named these documents apart from the question,
    and of a number all that have it are meant."""
    question = _with_article(_with_topic(question, before, vocabulary), before)
    if not vocabulary.catalogue.chooses:
        return _understood(question, before, vocabulary), vocabulary
    if compared := of_two(question, before, vocabulary):
        return compared
    choice = _dated(chosen(question, vocabulary), vocabulary)
    if choice.unknown:
        return Plan(question, Ask("none"), unknown_document=choice.unknown), vocabulary
    if choice.fitting and _of_each(choice, vocabulary):
        named = question[slice(*choice.place)]
        choice = _of_these(choice, vocabulary.catalogue.holding_all(named) or choice.fitting, vocabulary)
    elif spoken_of := _spoken_of(choice, before):
        choice = _of_these(choice, spoken_of, vocabulary)
    elif choice.fitting:
        return _offered(Plan(question), choice.fitting, choice.place, vocabulary), vocabulary
    if choice.ids:
        return _of_chosen(question, choice, before, vocabulary)
    kept = before if before and _kept(question, before, vocabulary) else None
    if kept:
        of = kept.plan.asked_of if kept.plan.documents == kept.documents else None
        narrowed = _narrowed(of, kept.documents, vocabulary)
        plan = _of_subject(_understood(question, before, narrowed), question, kept, narrowed)
        return _of(kept.documents, plan, vocabulary, of)
    if pointed := vocabulary.catalogue.pointed_at(fold(question)):
        start, end, every = pointed
        spoken_of = tuple(id for id in every if before and id in before.documents)
        choice = Choice(question[:start] + question[end:], fitting=every, place=(start, end))
        if spoken_of or len(every) == 1:
            return _of_chosen(question, _of_these(choice, spoken_of or every, vocabulary), before, vocabulary)
        if every:
            return _offered(Plan(question), every, choice.place, vocabulary), vocabulary
    if region := _elsewhere(question, vocabulary):
        return Plan(question, Ask("none"), unknown_document=documents_of(region)), vocabulary
    plan = _understood(question, before, vocabulary)
    return _where_it_stands(plan, vocabulary, given=given)


def _spoken_of(choice: Choice, before: Turn | None) -> tuple[str, ...]:
    """工作要点第3项, after 2026年工作要点第2项: of those that the title fits the one that was spoken of."""
    own = tuple(id for id in choice.fitting if before and before.documents == (id,))
    return own if not choice.several else ()


def _elsewhere(question: str, vocabulary: Vocabulary) -> str:
    """杭州|养狗罚多少, where every document is of another place, and none of these is named: that place; empty where one may
    speak of it."""
    folded, catalogue = fold(question), vocabulary.catalogue
    region = region_asked(folded)
    if not region or vocabulary.stands(region[0]) or region[0] in vocabulary.head or catalogue.names_place(folded):
        return ""
    places = [bare_places(one.title)[:1] for one in vocabulary.documents]
    others = all(place and is_region(place[0]) and not place[0].startswith(region) for place in places)
    return region[0] if others else ""


def _of_subject(plan: Plan, question: str, before: Turn, vocabulary: Vocabulary) -> Plan:
    """那要提交哪些材料, after what 申请认定基地 needs: of that, where some item writes both."""
    fragment = fragment_of(question, vocabulary)
    topics = [fold(one.topic) for one in plan.topics]
    about = plan.ask.kind == "items" and topics and len(topics) == len(plan.where) and not plan.denials
    if plan.from_history or not about or "then" not in fragment.opened or len(vocabulary.every_item) > LOOKED_AT:
        return plan
    texts = [text for item in vocabulary.every_item if all(one in (text := fold(item.text)) for one in topics)]
    for subject in _subjects(before.plan.topic, vocabulary):
        held = [text for text in texts if subject in text]
        if held and len(held) < len(texts):
            return replace(plan, where=(About(subject), *plan.where))
    return plan


def _understood(question: str, before: Turn | None, vocabulary: Vocabulary) -> Plan:
    plan = of_what_was_asked(understand_after(question, before, vocabulary), before, vocabulary)
    return replace(plan, question=written(plan)) if plan.from_history else plan


def _subjects(topic: str | None, vocabulary: Vocabulary) -> Iterator[str]:
    """What of the topic before may be spoken of still, the longest first: words of it side by side."""
    words = vocabulary.cut(fold(topic or ""))
    spans = sorted(combinations(range(len(words) + 1), 2), key=lambda span: (span[0] - span[1], span[0]))
    for first, last in spans if len(words) <= MOST_WORDS else ():
        phrase = "".join(words[first:last])
        if len(phrase) >= SHORTEST_SUBJECT and content_runs(phrase, vocabulary.cut):
            yield phrase


def _dated(choice: Choice, vocabulary: Vocabulary) -> Choice:
    """今年的行动方案里: of the documents of a year those whose title ends so."""
    if choice.titled or choice.several or len(choice.ids) < 2:
        return choice
    again = chosen(choice.rest, vocabulary.within(frozenset(choice.ids)))
    return replace(again, place=(0, 0)) if again.titled else choice


def _of_each(choice: Choice, vocabulary: Vocabulary) -> bool:
    """稳外资方案哪一年开始提到…: which of those that the title fits is what is asked."""
    ask = understand(choice.rest, vocabulary.within(frozenset(choice.fitting))).ask
    return ask.kind == "documents" or ask.each


def _of_chosen(question: str, choice: Choice, before: Turn | None, vocabulary: Vocabulary) -> tuple[Plan, Vocabulary]:
    """Read as if the documents chosen were loaded alone; 那《…》呢 asks these what was asked before."""
    if before and len(before.documents) == 1 and not choice.titled and len(choice.ids) > 1:
        choice = _of_same_kind(choice, before.documents[0], vocabulary)
    if before and before.documents and fragment_of(question, vocabulary).opened & {"among", "it", "rest"}:
        ids = tuple(id for id in choice.ids if id in before.documents)
        if ids and ids != choice.ids:
            choice = _of_these(choice, ids, vocabulary)
    if before and before.items and not any(item.document in choice.ids for item in before.items[:LOOKED_AT]):
        before = replace(before, items=(), within=(), listed=(), beside=())  # what was shown is of others
    narrowed = _narrowed(choice.of, choice.ids, vocabulary)
    old = (before.unanswered or before.plan) if before else None
    if choice.alone and old and old.ask.kind != "chat":
        rest = chosen(old.question, vocabulary).rest.replace(ITSELF, "")
        plan = replace(understand(rest or ALL, narrowed), from_history=True)
        if old.where and all(isinstance(one, About) and not one.not_ for one in old.where):
            plan = _as_before(plan, old)
    elif choice.alone:
        plan = replace(understand(ALL, narrowed), question=question)
    elif len(choice.ids) == 1 and _asks_which_files(choice.rest, vocabulary):
        plan = understand(choice.rest, vocabulary)
    else:
        leaning = before is not None and _follows(choice, vocabulary)
        rest = choice.rest.replace(ITSELF, "") if leaning and not choice.titled else choice.rest
        plan = understand_after(rest, before if leaning else None, narrowed)
        plan = of_what_was_asked(plan, before, narrowed)
    plan = replace(plan, asked_of=choice.of, documents=choice.ids, names_items=True)
    return replace(plan, question=written(plan) if plan.from_history else question), narrowed


def _as_before(plan: Plan, old: Plan) -> Plan:
    """With what the question before asked of, as it was read there: 无主犬 denies nothing in a document that writes none."""
    asked = replace(plan, where=old.where, figure=old.figure, asks_fact=old.asks_fact, enumerated=old.enumerated)
    return replace(asked, unread=old.unread, told=old.told, way=old.way, denial_unread=old.denial_unread)


def _asks_which_files(rest: str, vocabulary: Vocabulary) -> bool:
    """某局印发的|文件有哪些, where it is one alone; not 2026年的|文件有几项."""
    plan, measures = understand(rest, vocabulary), [one for one in read(rest, vocabulary) if one.kind == "measure"]
    return (
        (not measures or in_copies(measures))
        and plan.ask.kind == "documents"
        and plan.ask.order == "every"
        and not plan.where
    )


def _of_same_kind(choice: Choice, id: str, vocabulary: Vocabulary) -> Choice:
    """2026年的呢, after a plan of 2025: the same plan of that year, where there is one alone."""
    own = {one.document.id for kind in having(kinds_of(vocabulary), {id}) for one in kind.editions}
    ids = tuple(one for one in choice.ids if one in own)
    if not ids:
        near = vocabulary.catalogue.of_same_place(id)
        ids = tuple(one for one in choice.ids if one in near)
    return _of_these(choice, ids, vocabulary) if len(ids) == 1 else choice


def _of_these(choice: Choice, ids: tuple[str, ...], vocabulary: Vocabulary) -> Choice:
    return replace(choice, ids=ids, of=of_documents(ids, vocabulary))


def _narrowed(of: Constraint | None, ids: Sequence[str], vocabulary: Vocabulary) -> Vocabulary:
    """Of these documents alone, and of the one text of their file that was named."""
    narrowed = vocabulary.within(frozenset(ids))
    return in_text(of.part, narrowed) if isinstance(of, InText) else narrowed


def _of(
    ids: Sequence[str], plan: Plan, vocabulary: Vocabulary, asked_of: Constraint | None = None
) -> tuple[Plan, Vocabulary]:
    """The plan, which stays with these documents, or with the text that was asked."""
    of = asked_of if isinstance(asked_of, InText) else of_documents(ids, vocabulary)
    plan = replace(plan, asked_of=of, documents=of.ids)
    if plan.follows_up or plan.ask.kind == "chat":
        return plan, vocabulary.within(frozenset(ids))
    return replace(plan, question=written(plan) if plan.from_history else named(of) + plan.question), vocabulary.within(
        frozenset(ids)
    )


def _where_it_stands(plan: Plan, vocabulary: Vocabulary, *, given: bool) -> tuple[Plan, Vocabulary]:
    """Items that are named belong to documents: of a number alone it is asked which, of those spoken of before it is
    known."""
    if plan.from_history:
        ids = _holding(plan, vocabulary)
        return _of(ids, plan, vocabulary) if len(ids) == 1 else (plan, vocabulary)
    if given or not plan.numbered or plan.unknown_document or plan.unknown_department:
        return plan, vocabulary
    ids = _holding(plan, vocabulary)
    if len(ids) > 1:
        return _offered(plan, ids, (0, 0), vocabulary), vocabulary
    return plan, vocabulary


def _holding(plan: Plan, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The documents of the items that the plan names, the newest first."""
    columns = vocabulary.index.columns
    mask = np.zeros(len(columns), dtype=bool)
    for one in plan.where:
        if isinstance(one, Numbered | Within):
            mask |= columns.of(one.items)
    return vocabulary.catalogue.newest(columns.documents_of(mask))


def _offered(plan: Plan, ids: Sequence[str], place: tuple[int, int], vocabulary: Vocabulary) -> Plan:
    """The question with each of the documents named in it."""
    short, (start, end) = vocabulary.catalogue.short, place
    offers = tuple(
        Offer(id, short[id], f"{plan.question[:start]}《{short[id]}》{plan.question[end:]}") for id in ids[:OFFERED]
    )
    return replace(plan, offers=offers, offered=len(ids))
