"""Several questions in one: 信息办牵头哪几项？科标部呢？"""

import re
from collections.abc import Collection, Sequence

from corpus import find_items, fold
from service.understanding.choosing import chosen
from service.understanding.constraints import About
from service.understanding.dialogue import follows
from service.understanding.lexicon import endings, lexicon
from service.understanding.penalty import breaks_what_was_asked
from service.understanding.plan import Plan
from service.understanding.reading import read
from service.understanding.taking_years import named_by_year
from service.understanding.tokens import Token
from service.understanding.understand import understand
from service.understanding.vocabulary import Vocabulary

MOST = 5  # questions in one
LEADING = 3  # characters between a title and its number
PREAMBLE, SHORTEST = 12, 4  # characters of what may stand before a colon, and of what is asked after it

_ASKING = frozenset("howmany which what who when how".split())
_ASKING_MORE = _ASKING | {"howlong", "howold", "howshare", "sorts", "where"}
_LEANING = ("each", "it", "this", "then", "both", "among", "rest", "with", "or")
_STOPS = re.compile(r"(?<=[？?；;。！!])")


def questions_in(question: str, vocabulary: Vocabulary) -> Sequence[str]:
    """The questions of a text, where each of several is read by itself; else the text alone. Greetings between them
    are passed over."""
    question = _without_preamble(question, vocabulary)
    if parts := _by_document(question, vocabulary) or _asked_again(question, vocabulary):
        return parts
    parts = [part.strip() for part in _STOPS.split(question) if any(map(str.isalnum, part))]
    if not 1 < len(parts) <= MOST:
        return _about_itself(question, vocabulary) or _each_clause(question, vocabulary) or [question]
    asked = [part for part in parts if understand(part, vocabulary).ask.kind != "chat"]
    if len(asked) == 1:
        return asked
    if all(_is_read(part, at > 0, vocabulary) for at, part in enumerate(asked)):
        return asked or parts[:1]
    return [question]


def _asked_again(question: str, vocabulary: Vocabulary) -> list[str]:
    """2025年要点里谁牵头，2026年的呢: the same of another."""
    tokens = [token for token in read(question, vocabulary) if token.kind not in ("stop", "space")]
    comma = max((at for at, token in enumerate(tokens) if token.kind == "comma"), default=0)
    again = tokens[comma + 1 :]
    named = [token.kind for token in again[:-1] if token.kind not in ("de", "then", "doc", "in")]
    asks_back = bool(again) and again[-1].text in endings("ne")
    asked = any(token.kind in _ASKING_MORE for token in tokens[:comma])
    if not (asked and asks_back and named and {"yearno", "title", "dept"}.issuperset(named)):
        return []
    return [question[: tokens[comma].start], question[again[0].start :]]


def _about_itself(question: str, vocabulary: Vocabulary) -> list[str]:
    """什么时候印发的，文号是多少，一共几项: of the document each clause asks something else."""
    choice = chosen(question, vocabulary)
    end = choice.place[1] if choice.ids and choice.titled else 0  # 关于A和B的通知: what its name lists are no questions
    every = (_clauses(question, end, kinds, vocabulary) for kinds in (("comma", "pause", "with"), ("comma", "pause")))
    return next((clauses for clauses in every if _each_asks_else(clauses, vocabulary)), [])


def _each_clause(question: str, vocabulary: Vocabulary) -> list[str]:
    """维保单位有哪些义务，转包怎么罚: each clause asks something else; of what, the first says for those that do not."""
    choice, tokens = chosen(question, vocabulary), read(question, vocabulary)
    end = choice.place[1] if choice.ids or choice.fitting else 0
    clauses = [
        (start, last)
        for start, last in _spans(question, end, tokens, ("comma", "space"))
        if any(map(str.isalnum, question[start:last]))
    ]
    if choice.several or not 1 < len(clauses) <= MOST or any(token.kind == "compare" for token in tokens):
        return []
    within = vocabulary.within(frozenset(choice.ids)) if choice.ids else vocabulary
    asked: list[str] = []
    subject = ""
    for start, last in clauses:
        clause, own = question[start:last].strip(), [one for one in tokens if start <= one.start < last]
        plan = understand(clause, within)
        topics = [one.topic for one in plan.topics if _stands_in_part(one.topic, within)]
        leans = not any(one.kind in _ASKING_MORE for one in own) or own[0].kind in _LEANING
        if asked and breaks_what_was_asked(plan, within):  # 对装置有什么要求 不装怎么罚
            asked.append(clause)
            continue
        if leans or plan.unread or plan.asks_lacking or any(not isinstance(one, About) for one in plan.where):
            return []
        if not topics and (not subject or question[start - 1 : start].isspace()):
            return []
        asked.append(question[:end] + (clause if topics else subject + clause))
        subject = subject or topics[0]
    return asked


def _stands_in_part(topic: str, vocabulary: Vocabulary) -> bool:
    """转包出去: some word of it is written."""
    words = vocabulary.index.segmenter.content_words(fold(topic))
    return any(len(word) > 1 and vocabulary.stands(word) for word in words)


def _clauses(question: str, end: int, between: Collection[str], vocabulary: Vocabulary) -> list[str]:
    """What stands between such tokens, the first with what names the document, which ends at `end`."""
    spans = _spans(question, end, read(question, vocabulary), between)
    pieces = [question[start:last].strip() for start, last in spans if any(map(str.isalnum, question[start:last]))]
    if not 1 < len(pieces) <= MOST:
        return []
    return [question[:end] + pieces[0], *map(_of_issuing, pieces[1:])]


def _spans(question: str, first: int, tokens: Sequence[Token], between: Collection[str]) -> list[tuple[int, int]]:
    """[start, end) of what stands between tokens of these kinds, from `first` on."""
    marks = [token for token in tokens if token.kind in between and token.start >= first]
    starts, ends = [first, *(mark.end for mark in marks)], [*(mark.start for mark in marks), len(question)]
    return list(zip(starts, ends, strict=True))


def _each_asks_else(clauses: Sequence[str], vocabulary: Vocabulary) -> bool:
    parts = set()
    for clause in clauses:
        plan = _of_its_documents(clause, vocabulary)
        if plan.ask.kind not in ("about", "count") and not plan.figure:  # …，从哪天起施行
            return False
        parts.add(plan.ask.part)
    return len(parts) > 1


def _of_its_documents(clause: str, vocabulary: Vocabulary) -> Plan:
    """What it asks of those that it names."""
    choice = chosen(clause, vocabulary)
    return understand(choice.rest, vocabulary.within(frozenset(choice.ids)) if choice.ids else vocabulary)


def _of_issuing(clause: str) -> str:
    """…谁公布的，哪天|公布: of the document, which the clause does not name again."""
    for word in endings("published"):
        clause = clause.replace(word, lexicon().classes["issue"][0])
    return clause


def _by_document(question: str, vocabulary: Vocabulary) -> list[str]:
    """《甲》第三条和《乙》第五条讲什么 -> 《甲》第三条讲什么, 《乙》第五条讲什么."""
    if not vocabulary.catalogue.chooses:
        return []
    titles = _named(question, vocabulary)
    if not 1 < len(titles) <= MOST:
        return []
    ends = [*(start for start, _ in titles[1:]), len(question)]
    rests = [question[named:end] for (_, named), end in zip(titles, ends, strict=True)]
    numbers = [find_items(fold(rest)) for rest in rests]
    if not all(number and number.start < LEADING for number in numbers):
        return _by_clause(question, titles, vocabulary)
    end = numbers[-1].end if numbers[-1] else 0
    asked = rests[-1][end:]
    if any(token.kind == "compare" for token in read(asked, vocabulary)):  # …第二条和…第三条有什么区别: both, whole
        asked = ""
    return [
        question[start:named] + rest[: number.end] + asked
        for (start, named), rest, number in zip(titles, rests, numbers, strict=True)
        if number
    ]


def _by_clause(question: str, titles: Sequence[tuple[int, int]], vocabulary: Vocabulary) -> list[str]:
    """某复函有几条，另一复函又有几条: each clause names one, and asks."""
    tokens = read(question, vocabulary)
    clauses = _spans(question, 0, tokens, ("comma",))[
        -len(titles) :
    ]  # what stands before them is said of each: 拒不改的，…罚多少，…罚多少
    shared = question[: clauses[0][0]]
    if len(clauses) != len(titles) or any(token.kind in _ASKING and token.end <= len(shared) for token in tokens):
        return []
    for (first, last), (start, end) in zip(clauses, titles, strict=True):
        asks = any(token.kind in _ASKING and end <= token.start < last for token in tokens)
        if not (first <= start and end <= last and asks):
            return []
    return [shared + question[first:last].strip() for first, last in clauses]


def _named(question: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """[start, end) of titles, and of 2024年要点."""
    titles = [(token.start, token.end) for token in read(question, vocabulary) if token.kind == "title"]
    return titles if len(titles) > 1 else named_by_year(fold(question), vocabulary)


def _without_preamble(question: str, vocabulary: Vocabulary) -> str:
    """记者想请教：…: what stands before a colon says who asks, if it asks nothing and names nothing."""
    before, colon, rest = question.partition("：") if "：" in question else question.partition(":")
    if not colon or len(before) > PREAMBLE or len(rest.strip()) < SHORTEST:
        return question
    if chosen(before, vocabulary).ids:
        return question
    plan = understand(before, vocabulary)
    says = any(not isinstance(one, About) or vocabulary.stands(one.topic) for one in plan.where)
    return question if says or plan.ask.kind not in ("items", "content", "none") else rest.strip()


def _is_read(part: str, later: bool, vocabulary: Vocabulary) -> bool:
    if later and follows(part, vocabulary):
        return True
    plan = understand(part, vocabulary)
    known = (
        plan.figure is not None
        or plan.ask.kind not in ("items", "none")
        or any(not isinstance(one, About) for one in plan.where)
    )
    return known or any(vocabulary.stands(topic.topic) for topic in plan.topics)
