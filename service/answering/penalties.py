"""What is done to those who break an article: what it says itself, and what another article says that refers to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corpus import Item, Referred, find_references, fold
from service.answering.answer import Match, Matches, Statement
from service.answering.paragraphs import around
from service.answering.scope import Scope
from service.answering.telling import Spans, beside_it, first_told, of_its_entries
from service.understanding import Figure

LOOKED_AT = 20_000  # items of the documents of what is broken; of more it is not looked what refers to it
FEW = 50  # articles that may be broken


@dataclass(frozen=True, slots=True)
class Penalised:
    """What tells the penalty, which refers to which, and whether all that may tell it was looked at."""

    found: Matches | None
    said: tuple[Statement, ...] = ()
    looked: bool = True


def penalised(figure: Figure, about: Matches, scope: Scope) -> Penalised:
    """Of what is asked about, what tells its penalty, and what refers to the rest and tells it."""
    columns = scope.index.columns
    telling = beside_it(figure, about)
    told = set(telling.items.rows.tolist()) if telling else set()
    broken = [match for match in about if columns.row(match.item) not in told] if len(about) <= FEW else []
    documents = {document.id: document for document in scope.documents}
    own = {id: documents[id].items for id in dict.fromkeys(match.item.document for match in broken)}
    if len(about) > FEW or sum(map(len, own.values())) > LOOKED_AT:
        return Penalised(telling, looked=False)
    references = {id: [(item, *_read(item)) for item in items] for id, items in own.items()}
    referring: dict[Item, Spans] = {}
    pairs: list[tuple[Match, list[Item]]] = []
    for match in broken:
        found = dict(_referring(match, figure, references[match.item.document]))
        for item, spans in found.items():
            referring.setdefault(item, []).extend(one for one in spans if one not in referring.get(item, []))
        if found:
            pairs.append((match, list(found)))
    if not referring:
        return Penalised(telling)
    rows = scope.in_order(np.array(sorted({*told, *map(columns.row, referring)}), dtype=np.int64))
    marks = {match.item: match.highlights for match in telling} if telling else {}

    def marked(match: Match) -> Match:
        highlights = marks.get(match.item) or tuple(sorted(referring[match.item]))
        return Match(match.item, "words", match.score, via=match.via, highlights=highlights)

    label = scope.voice.labels
    said = [scope.voice.state("referred", labels=label([match.item]), where=label(items)) for match, items in pairs]
    return Penalised(about.of_rows(rows).marked(marked), tuple(said))


def _read(item: Item) -> tuple[str, list[Referred]]:
    """Its text folded, and what it refers to: each item is read once, however many articles are broken."""
    folded = fold(item.text)
    return folded, list(find_references(folded, item.number))


def _referring(
    match: Match, figure: Figure, references: Sequence[tuple[Item, str, list[Referred]]]
) -> Iterator[tuple[Item, Spans]]:
    """The articles of the same document that refer to this one, and where they tell the penalty."""
    broken, entries = match.item, _entries(of_its_entries(match))
    for item, folded, referred in references:
        if item.part != broken.part or item == broken:
            continue
        places = [
            (one.start, one.end)
            for one in referred
            if one.first <= broken.number <= one.last and (not (one.entries and entries) or one.entries & entries)
        ]
        lines = [span for start, _ in places for span in around(folded, start)]
        if spans := first_told(figure, item.text, lines):
            yield item, sorted({*places, *spans})


def _entries(match: Match) -> frozenset[int]:
    """The numbers of the entries in which what was found stands."""
    begin, entries = match.item.body.start, [one for one in match.item.places if one.kind == "项"]
    return frozenset(
        one.number for start, _ in match.highlights for one in entries if one.span.start <= begin + start < one.span.end
    )
