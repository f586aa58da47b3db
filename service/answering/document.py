"""Answers about the document itself, quoted from its head and headings."""

from collections.abc import Iterator, Sequence
from datetime import date

from corpus import Document, Span, day_in_name, done_in, find_date, fold, has_figure, spelling_key
from service.answering.answer import Answer, Citation
from service.answering.heads import spelt, written_in_head
from service.answering.quotes import heading_line, sentences_around
from service.answering.scope import FIRST, LINES, Scope
from service.answering.tables import department_rows
from service.answering.voice import PARTS, newest
from service.understanding import Part, lexicon

TOLD = ("notice", "preamble")  # what a head says in sentences
FEWEST = 3  # words of a topic, of which all but one are looked for in one of its paragraphs
LONGEST_LINE = 80  # characters of a line of a head that tells a day


def about(scope: Scope, part: Part) -> Answer:
    voice, sections = scope.voice, scope.plan.sections
    if part == "departments" and (rows := [row for row in department_rows(scope, "any", scope.items) if row.items]):
        line = voice.state("departments", count=len(rows), names=voice.names(row.name for row in rows))
        return scope.answer([line], table=tuple(rows), count=len(rows))
    if part == "gist":
        return about(scope, "overall") if _head(scope, "overall") else _outlined(scope)
    if part == "date" and scope.plan.ask.order in ("first", "last") and len(scope.documents) > 1:
        return _dated(scope)
    citations = _headings(scope) if part == "sections" else _head(scope, part)
    if not citations:
        return scope.decline("field_absent", voice.state("field_absent", asked=voice.say(PARTS[part])))
    quotes = _quotes(scope, citations)
    if part == "sections" and not sections:
        line = voice.state("sections", count=len(citations), quotes=quotes)
        return scope.answer([line], citations=citations, count=len(citations))
    field = voice.say(PARTS["title" if sections else part])  # of a section: what it is called, not how many there are
    return scope.answer([voice.state("part", field=field, quotes=quotes)], citations=citations, count=None)


def _dated(scope: Scope) -> Answer:
    """The first or last document by its date, and the dates that the heads of all write."""
    voice, last = scope.voice, scope.plan.ask.order == "last"
    told = ((document, _day(document, last=last)) for document in scope.documents)
    days = [(date, document) for document, date in told if date]
    if not days:
        return scope.decline("field_absent", voice.state("field_absent", asked=voice.say(PARTS["date"])))
    day = (max if last else min)(one for one, _ in days)
    titles = voice.titles([document for one, document in days if one == day], FIRST)
    said = voice.say("{year}年{month}月{day}日", year=day.year, month=day.month, day=day.day)
    lines = [voice.state("last_dated" if last else "first_dated", title=titles, day=said)]
    if undated := len(scope.documents) - len(days):
        lines.append(voice.state("undated_rest", count=undated))
    citations = _head(scope, "date")
    if citations:
        quotes = _quotes(scope, citations)
        lines.append(voice.state("part", field=voice.say(PARTS["date"]), quotes=quotes))
    return scope.answer(lines, citations=citations, count=None)


def _day(document: Document, *, last: bool) -> date | None:
    """When it was first published, or last revised, where the head or the name of its file tells both."""
    if document.date is None or any(one.role == "date" for one in document.head):
        return document.date
    days = [document.date, *(day for _, day in _days_told(document))]
    named = day_in_name(document.id) if last else None
    return (max if last else min)([*days, named] if named else days)


def _outlined(scope: Scope) -> Answer:
    """Of a document without general demands its title and what its parts are called."""
    voice, titles, headings = scope.voice, _of_role(scope, "title"), _headings(scope)
    lines = [voice.state("part", field=voice.say(PARTS["title"]), quotes=_quotes(scope, titles))]
    if headings:
        lines.append(voice.state("sections", count=len(headings), quotes=_quotes(scope, headings)))
    return scope.answer(lines, citations=(*titles, *headings), count=None)


def _headings(scope: Scope) -> tuple[Citation, ...]:
    return tuple(
        Citation.of(document, heading_line(document, section.span), section=section.number)
        for document in _shown(scope)
        for section in document.sections
        if not scope.plan.sections or section.number in scope.plan.sections
    )


def _head(scope: Scope, part: Part) -> tuple[Citation, ...]:
    """The lines of the head in that role; who issued a document may stand in its title alone, and all that in the line that
    tells when it was adopted: 2014年4月25日国务院令第652号公布."""
    found = _of_role(scope, part)
    if part not in ("issuer", "date", "number"):
        return found
    known = {citation.document for citation in found}
    others = [document for document in _shown(scope) if document.id not in known]
    more = [Citation.of(document, span) for document in others for span in _told(document, part)]
    place = {document.id: at for at, document in enumerate(_shown(scope))}
    return tuple(sorted((*found, *more), key=lambda citation: place[citation.document]))


def _told(document: Document, part: Part) -> list[Span]:
    """Where the head tells it beside something else."""
    if part == "date":
        return [span for span, _ in _days_told(document)]
    said = (document.issuer if part == "issuer" else document.number) or "\0"
    places = (document.text.find(said, one.span.start, one.span.end) for one in document.head)
    return [Span(at, at + len(said)) for at in places if at >= 0][:1]


def _days_told(document: Document) -> Iterator[tuple[Span, date]]:
    """The lines of the head that tell a day: of a law each of those on which it was published or revised."""
    for one in document.head:
        for span in _lines(document.text, one.span):
            short = span.end - span.start <= LONGEST_LINE
            if short and (day := find_date(fold(document.text[span.start : span.end]))):
                yield span, day


def _lines(text: str, span: Span) -> Iterator[Span]:
    at = span.start
    for line in text[span.start : span.end].splitlines(keepends=True):
        yield Span(at, at + len(line)).stripped(text)
        at += len(line)


def _of_role(scope: Scope, part: Part) -> tuple[Citation, ...]:
    return tuple(
        Citation.of(document, one.span.stripped(document.text))
        for document in _shown(scope)
        for one in document.head
        if one.role == ("document_number" if part == "number" else part)
    )


def _shown(scope: Scope) -> Sequence[Document]:
    """The newest, of very many."""
    return newest(scope.documents)[:LINES]


def _quotes(scope: Scope, citations: Sequence[Citation]) -> str:
    """Of several documents, each with its title."""
    if len(scope.documents) == 1:
        return "\n".join(f"“{citation.quote}”" for citation in citations)
    of_each: dict[str, list[str]] = {}
    for citation in citations:
        of_each.setdefault(citation.document, []).append(f"“{citation.quote}”")
    lines = [f"《{scope.voice.title(id)}》：{''.join(quotes)}" for id, quotes in of_each.items()]
    left = len(scope.documents) - LINES
    more = [scope.voice.say("只列出最新的{shown}份文件，另有{left}份。", shown=LINES, left=left)] if left > 0 else []
    return "\n".join([*lines, *more])


def of_head(scope: Scope, topic: str) -> Answer | None:
    """What only the head says, quoted from it."""
    sought, found = spelt(topic), []
    for document in written_in_head(topic, scope.documents):
        for part in document.head:
            key = spelling_key(document.text[part.span.start : part.span.end])
            if any(one in key for one in sought):
                found.append(Citation.of(document, part.span.stripped(document.text)))
    if not found:
        return _of_head_in_part(scope, topic)
    voice, citations = scope.voice, tuple(found)
    line = voice.state("head", noun=voice.noun(scope.items), topic=topic, quotes=_quotes(scope, citations))
    return scope.answer([line], citations=citations, count=None)


def dated_in_head(scope: Scope) -> Answer | None:
    """从哪天起实施, of which no item tells: the sentence before or behind the items that does, of all that was asked of."""
    figure, topics = scope.plan.figure, [fold(one.topic) for one in scope.plan.topics if not one.not_]
    done = done_in(fold(scope.plan.question)) if figure and "day" in figure.kinds else None
    if done is None:
        return None
    every = (word for topic in topics for word in scope.index.segmenter.content_words(done.sub("", topic)))
    words = [word for word in every if len(word) > 1 and done_in(word) is None]
    found = []
    for document in _shown(scope):
        for part in document.head:
            text = document.text[part.span.start : part.span.end]
            for sentence in sentences_around(text, [one.span() for one in done.finditer(fold(text))]):
                said = fold(text[sentence.start : sentence.end])
                if has_figure(said, "day") and all(word in said for word in words):
                    at = part.span.start
                    found.append(Citation.of(document, Span(at + sentence.start, at + sentence.end)))
    if not found:
        return None
    citations = tuple(dict.fromkeys(found))
    line = scope.voice.state("head_dated", quotes=_quotes(scope, citations))
    return scope.answer([line], citations=citations, count=None)


def _of_head_in_part(scope: Scope, topic: str) -> Answer | None:
    """芦岭煤矿的矿长受了什么处分: the paragraphs of the heads in which most of its words stand."""
    every = scope.index.segmenter.content_words(fold(topic))
    words = [word for word in dict.fromkeys(every) if word not in lexicon().class_of]
    if len(words) < FEWEST:
        return None
    found: dict[Citation, list[str]] = {}
    for document in _shown(scope):
        for part in document.head:
            text = fold(document.text[part.span.start : part.span.end]) if part.role in TOLD else ""
            stand = [word for word in words if word in text]
            if len(stand) >= len(words) - 1:
                found[Citation.of(document, part.span.stripped(document.text))] = stand
    most = max(map(len, found.values()), default=0)
    citations = tuple(one for one, stand in found.items() if len(stand) == most)
    if not citations:
        return None
    voice, quotes = scope.voice, _quotes(scope, citations)
    sought = voice.quoted(found[citations[0]])
    line = voice.state("head_in_part", noun=voice.noun(scope.items), topic=topic, sought=sought, quotes=quotes)
    return scope.answer([line], citations=citations, count=None)
