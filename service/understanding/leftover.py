"""What no form took, as topics of the plan: each stretch that says something, cleaned of words of asking."""

from collections.abc import Sequence
from itertools import combinations, pairwise

from corpus import Unit, fold, is_amount, limit_said, only_handles
from service.understanding.background import without_background
from service.understanding.constraints import About, AnyOf
from service.understanding.draft import Draft
from service.understanding.dues import DueBy
from service.understanding.enumerated import subjects_of
from service.understanding.figure import Figure
from service.understanding.grammar import Sentence
from service.understanding.lexicon import endings, lexicon
from service.understanding.narrated import TOLD
from service.understanding.places import InSection, Numbered, Under
from service.understanding.spelling import is_short_body
from service.understanding.tokens import QUOTES, Token
from service.understanding.topic import (
    EDGES,
    MOST_WORDS,
    alternatives,
    content_runs,
    extended,
    is_of_items,
    is_quoted,
    quotations,
    refined,
    says_something,
    stretches,
)
from service.understanding.vocabulary import section_titles

_NO_PHRASE = frozenset(
    "which what who how howmany whether when where why mention concern say tone stop comma space pause polite show find asking in by be have it this then not notof".split()
)
SHORTEST_PHRASE = 4  # characters of words of asking that are a topic together
_ISSUED = frozenset("dept title doc notice issue year yearno otheryear issuer each".split())
_MARKS = frozenset("".join(QUOTES) + "".join(QUOTES.values()))


def find_topic(draft: Draft, sentence: Sentence) -> None:
    vocabulary, question = draft.vocabulary, draft.question
    _pass_issuers(sentence, draft)
    runs = stretches(sentence.tokens, sentence.taken, fact=draft.asks_fact)
    understood = bool(
        draft.clauses
        or draft.asked
        or draft.layout
        or any(t.kind in ("which", "all", "total") for t in sentence.tokens)
    )
    said = [run for run in runs if sum(len(token.text) for token in run) > 1] or runs
    if "how" in [token.kind for token in sentence.tokens]:  # 体罚孩子怎么|处理
        said = [run for run in said if not only_handles(fold(draft.typed(run)))] or said
    said = [_behind_this(run, draft) for run in without_background(said, sentence, draft)]
    if draft.clauses:  # 教育局需要落实的任务: to do them
        said = [run for run in said if any(token.kind != "lightverb" for token in run)]
    topics: list[str] = []
    meant: set[str] = set()
    for run in said:
        start, end = extended(run, sentence.tokens, sentence.taken, question, vocabulary.stands)
        topics.append(question[start:end].strip(EDGES))
        if any(token.kind == "text" and len(token.text) > 1 for token in run):
            meant.add(topics[-1])
        for at, token in enumerate(sentence.tokens):
            if start <= token.start < end and sentence.taken[at] is None and token.kind != TOLD:
                sentence.take(at, at + 1, "topic")
    if not (said or draft.clauses or draft.asked or draft.layout):
        _find_phrase(draft, sentence)
    if len(said) == 1 and not vocabulary.stands(topics[0]) and (sections := _told_by_heading(said[0], sentence, draft)):
        draft.add(under_headings(sections, draft), 0, 0)
        return
    if any(map(limit_said, map(fold, topics))):
        topics = [topic for topic in topics if not only_handles(fold(topic))]
    amounts = [topic for topic in topics[1:] if is_amount(fold(topic))]  # 有效期是|5年
    if amounts and topics[-1:] == amounts:
        topics, said = topics[:-1], said[:-1]
    else:
        amounts = []
    if len(topics) > 1 and not all(vocabulary.stands(topic) for topic in topics):
        topics = _in_one(topics, said, sentence, draft)
    one = _points_at_one(sentence)
    before = len(draft.clauses)
    for topic in topics:
        _add_topic(draft, topic, understood, topic in meant, one)
    for amount in amounts:
        draft.add(About(amount), 0, 0)
    if len(said) > 1 and _is_shown_too(said[-1], sentence):
        _either(draft, before)


def _find_phrase(draft: Draft, sentence: Sentence) -> None:
    """重点|单位|名录: where all are words of asking, the longest run of them that an item writes."""
    tokens, taken = sentence.tokens, sentence.taken
    said = [taken[at] is None and token.kind not in _NO_PHRASE for at, token in enumerate(tokens)]
    spans = (
        (first, last)
        for first, last in combinations(range(min(len(tokens), MOST_WORDS) + 1), 2)
        if last - first > 1 and all(said[first:last])
    )
    for first, last in sorted(spans, key=lambda span: tokens[span[0]].start - tokens[span[1] - 1].end):
        phrase = draft.typed(tokens[first:last])
        if len(phrase) < SHORTEST_PHRASE:
            return
        if not all(is_of_items(token.text) for token in tokens[first:last]) and draft.vocabulary.stands(phrase):
            sentence.take(first, last, "topic")
            draft.add(About(phrase), first, last)
            draft.figure, draft.asks_fact = None, False
            return


def _is_shown_too(run: Sequence[Token], sentence: Sentence) -> bool:
    """…有哪些要求，处罚|也一并列出."""
    tokens = sentence.tokens
    at = next(at for at, token in enumerate(tokens) if token is run[-1])
    kinds = [token.kind for token in tokens[at + 1 : at + 7] if token.kind not in ("de", "soft", "item", "adv", "in")]
    before = next((token.kind for token in reversed(tokens[: at - len(run) + 1])), "")
    return before in ("comma", "asking") and kinds[:2] in (["both", "show"], ["both", "modal"])


def _either(draft: Draft, first: int) -> None:
    """The topics from the clause at `first` on are asked side by side."""
    about = [one.condition for one in draft.clauses[first:]]
    if len(about) > 1 and all(isinstance(one, About) and not one.not_ for one in about):
        del draft.clauses[first:]
        draft.add(AnyOf(tuple(about)), 0, 0)


def _points_at_one(sentence: Sentence) -> bool:
    """智慧城市|那条, 涉及智慧城市的|那条."""
    tokens, taken = sentence.tokens, sentence.taken
    before = (
        next((taken[one] for one in (at - 1, at - 2) if one >= 0 and tokens[one].kind != "de"), None)
        for at, token in enumerate(tokens)
        if token.kind == "it" and token.text in endings("thatone")
    )
    return "topic" in before


def _pass_issuers(sentence: Sentence, draft: Draft) -> None:
    """Whose department or document it is; but 提到国务院办公厅 is a topic."""
    for at, token in enumerate(sentence.tokens):
        if token.kind != "issuer" or sentence.taken[at] is not None:
            continue
        following = next((one.kind for one in sentence.tokens[at + 1 : at + 3] if one.kind != "de"), "")
        if following in _ISSUED or not draft.vocabulary.stands(token.text):
            sentence.take(at, at + 1, "issuer")


def _behind_this(run: list[Token], draft: Draft) -> list[Token]:
    """商场、超市这些交易场所提供者: what they are called, where that stands."""
    places = range(len(run) - 1, 0, -1)
    named = next((at for at in places if run[at].kind == "it" and run[at - 1].kind == "text"), None)
    rest = run[named + 1 :] if named else []
    return rest if rest and rest[0].kind == "text" and draft.vocabulary.stands(draft.typed(rest)) else run


def _in_one(topics: list[str], runs: list[list[Token]], sentence: Sentence, draft: Draft) -> list[str]:
    """Several stretches that do not all stand: what stands, or all from the first to the last, or the longest where
    something else was read between them."""
    standing = [
        topic for topic in topics if draft.vocabulary.stands(topic) and content_runs(topic, draft.vocabulary.cut)
    ]
    start, end = runs[0][0].start, runs[-1][-1].end
    how = next((token.start for token in sentence.tokens if token.kind == "how"), 0)
    done = [topic for topic, run in zip(topics, runs, strict=True) if topic in standing and run[0].start > how > start]
    if done:
        draft.unread += [topic for topic in topics if topic not in done]  # 市监局怎么给调解
        return done
    if standing and draft.clauses:
        return standing
    if len(topics) == 2 and _asks_which(runs, sentence) and all(map(draft.vocabulary.stands, alternatives(topics[1]))):
        return topics  # 护理员能拿哪些|补贴、津贴
    if standing == topics[:1] and len(topics) == 2 and _asks_which(runs, sentence):  # 废止了哪个|老办法
        draft.unread.append(topics[1])
        return standing
    between = [by for token, by in zip(sentence.tokens, sentence.taken, strict=True) if start <= token.start < end]
    if all(by in (None, "topic") for by in between):
        return [draft.question[start:end]] if len(topics) > 2 or draft.asks_fact is False else [max(topics, key=len)]
    return [max(topics, key=len)]


def _asks_which(runs: list[list[Token]], sentence: Sentence) -> bool:
    """The second stretch is behind 哪些."""
    at = next(at for at, token in enumerate(sentence.tokens) if token is runs[1][0])
    before = [token.kind for token in sentence.tokens[max(0, at - 2) : at] if token.kind != "measure"]
    return before[-1:] == ["which"]


def _add_topic(draft: Draft, topic: str, understood: bool, meant: bool, one: bool) -> None:
    """`meant`: some word of it is no word of asking where it stands."""
    vocabulary, question = draft.vocabulary, draft.question
    cut, stands = vocabulary.cut, vocabulary.stands
    bare = "".join(character for character in topic if character not in _MARKS)
    topic = bare if bare != topic and not is_quoted(question, topic) and stands(bare) else topic
    if draft.figure and "day" in draft.figure.kinds and not stands(topic):
        topic = _begun(topic)
    if draft.figure is None and (by := _punishing(topic, question)):  # 由公安机关处罚的有哪些: in one sentence
        topic, draft.figure, draft.asks_fact = by, Figure(("penalty",), "", True, question, penal=True), True
    if draft.figure and draft.figure.penal and not (topic := _broken(topic)):
        return
    which = any(word + topic in question for word in lexicon().words("which", "what"))
    if draft.figure and draft.figure.penal and which and fold(topic) in endings("circumstance"):
        topic, draft.figure, draft.asks_fact = _penalty_said(question), None, False  # 哪些|行为|会被罚款
    if not stands(topic):
        topic = topic[: len(limit_said(fold(topic))) or None]  # 十五日内|办理
    if draft.enumerated and topic.startswith(draft.enumerated):  # 哪些|行为要罚款
        topic = next(iter(subjects_of([topic], draft.enumerated, stands)), topic)
    found: str | None = topic
    if topic and not draft.asks_fact and not is_quoted(question, topic):
        known = says_something(topic, cut) and stands(topic)
        clean = topic if is_short_body(topic, vocabulary) else refined(topic, question, cut, stands)
        found = clean if understood and not (known or content_runs(topic, cut)) else clean or topic
    if found and draft.has(DueBy) and not stands(found) and fold(found) in vocabulary.head:
        return  # 2026年2月|投入运营的: what the column of the deadlines is called
    if found and not stands(found) and (sections := headed(found, draft)):
        draft.add(under_headings(sections, draft), 0, 0)
        return
    if found and draft.clauses and not content_runs(found, cut) and not is_quoted(question, found):
        says = (meant or says_something(found, cut)) and not is_of_items(fold(found)) and stands(found)
        found = found if says else None  # 第三部分的内容
    if found and draft.has(Numbered) and not (draft.asks_fact and content_runs(found, cut)):
        return  # a number says all: 「第25条讲绿地吗」 is about item 25
    if found:
        draft.add(About(_closed(found, question), each=draft.each, one=one), 0, 0)


def _closed(topic: str, question: str) -> str:
    """首台(套 with the bracket that closes it."""
    opening = next((mark for mark in topic if mark in "(（"), "")
    closing = {"(": ")", "（": "）"}.get(opening, "")
    return topic + closing if closing and closing not in topic and topic + closing in question else topic


def _begun(topic: str) -> str:
    """开始施行 -> 施行."""
    return next((rest for word in endings("begin") if (rest := topic.removeprefix(word)) not in ("", topic)), topic)


def _punishing(topic: str, question: str) -> str:
    """由|城管部门|来处罚: who does; empty where nobody does."""
    by = any(question.find(word + topic) >= 0 for word in lexicon().words("by"))
    word = next((one for one in sorted(endings("penal"), key=len, reverse=True) if topic.endswith(one)), "")
    body = topic.removesuffix(word) if by and word else ""
    for come in endings("coming"):
        body = body.removesuffix(come)
    return body if len(body) > 1 else ""


def _penalty_said(question: str) -> str:
    """会被|罚款."""
    words = sorted((word for word in endings("penal") if word in fold(question)), key=len, reverse=True)
    return words[0] if words else ""


def _broken(topic: str) -> str:
    """养老机构违法 -> 养老机构: that something was broken a penalty says."""
    for word in sorted(endings("broken"), key=len, reverse=True):
        topic = topic.removesuffix(word).removeprefix(word)
    return topic.strip(EDGES)


def under_headings(sections: tuple[Unit, ...], draft: Draft) -> InSection | Under:
    """Of several documents each has its own."""
    if len(draft.vocabulary.documents) > 1:
        return Under(sections)
    return InSection(tuple(dict.fromkeys(one.number for one in sections)))


def headed(topic: str, draft: Draft) -> tuple[Unit, ...]:
    """The sections whose heading holds the topic."""
    names = [topic, *(quote for quote in quotations(draft.question) if quote in topic or topic in quote)]
    sought = [fold(name.strip(EDGES)) for name in names if len(name.strip(EDGES)) > 1]
    sections, titles = section_titles(draft.vocabulary)
    return tuple(sections[at] for at in sorted({at for name in sought for at in titles.holding(name)}))


def _told_by_heading(run: Sequence[Token], sentence: Sentence, draft: Draft) -> tuple[Unit, ...]:
    """经营户要具备哪些条件: the one section that is about 经营户…条件."""
    before = [token.kind for token in run]
    kinds = [token.kind for token in sentence.tokens if token.kind != "measure"]
    nouns = [token.text for token in sentence.tokens if token.kind == "soft"]
    if "modal" not in before[1:] or len(nouns) != 1 or ("which", "soft") not in pairwise(kinds):
        return ()
    subject = fold(draft.typed(run[: before.index("modal", 1)]))
    sections, titles = section_titles(draft.vocabulary)
    every = (sections[at] for at in titles.holding(subject))
    holding = tuple(one for one in every if fold(one.title).strip().endswith(nouns[0]))
    return holding if len(holding) == 1 else ()
