"""What is done to those who break an article: what it says itself, and what another article says that refers to it."""

from collections.abc import Iterator

import numpy as np

from corpus import Item, find_references, fold
from service.answering.answer import Match, Matches, Statement
from service.answering.quotes import sentences_around
from service.answering.scope import Scope
from service.answering.telling import Spans, beside_it, first_told, in_its_paragraph
from service.understanding import Figure

LOOKED_AT = 20  # documents in which what refers to an article is looked for
FEW = 10  # articles that may be broken; of more it is not looked what refers to them


def penalised(figure: Figure, about: Matches, scope: Scope) -> tuple[Matches | None, list[Statement]]:
    """Of what is asked about, what tells its penalty, and what refers to the rest and tells it; and which refers to which."""
    telling = beside_it(figure, about)
    told = set(telling.items.rows.tolist()) if telling else set()
    broken = [match for match in about if scope.index.columns.row(match.item) not in told]
    if not broken or len(broken) > FEW:
        return telling, []
    referring: dict[Item, Spans] = {}
    pairs: list[tuple[Match, list[Item]]] = []
    for match in broken:
        own = dict(_referring(match, figure, scope))
        for item, spans in own.items():
            referring.setdefault(item, []).extend(one for one in spans if one not in referring.get(item, []))
        if own:
            pairs.append((match, list(own)))
    if not referring:
        return telling, []
    rows = scope.in_order(np.array(sorted({*told, *map(scope.index.columns.row, referring)}), dtype=np.int64))
    marks = {match.item: match.highlights for match in telling} if telling else {}

    def marked(match: Match) -> Match:
        own = marks.get(match.item) or tuple(sorted(referring[match.item]))
        return Match(match.item, "words", match.score, via=match.via, highlights=own)

    label = scope.voice.labels
    said = [scope.voice.state("referred", labels=label([match.item]), where=label(items)) for match, items in pairs]
    return about.of_rows(rows).marked(marked), said


def _referring(match: Match, figure: Figure, scope: Scope) -> Iterator[tuple[Item, Spans]]:
    """The articles of the same document that refer to this one, and where they tell the penalty."""
    broken, entries = match.item, _entries(match)
    documents = {document.id: document for document in scope.documents[:LOOKED_AT]}
    for item in documents[broken.document].items if broken.document in documents else ():
        if item.part != broken.part or item == broken:
            continue
        folded = fold(item.text)
        places = [
            (one.start, one.end)
            for one in find_references(folded)
            if one.first <= broken.number <= one.last and (not (one.entries and entries) or one.entries & entries)
        ]
        lines = [span for one in sentences_around(folded, places) for span in in_its_paragraph(folded, one)]
        if spans := first_told(figure, item.text, lines):
            yield item, sorted({*places, *spans})


def _entries(match: Match) -> frozenset[int]:
    """The numbers of the entries in which what was found stands."""
    begin, entries = match.item.body.start, [one for one in match.item.places if one.kind == "项"]
    return frozenset(
        one.number for start, _ in match.highlights for one in entries if one.span.start <= begin + start < one.span.end
    )
