"""Where items tell an amount, a day, a way: in the sentences in which what was found stands."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus import NUMBER, find_figures, fold
from index import merged
from service.answering.answer import Match, Matches
from service.answering.paragraphs import around, paragraphs_of, place_of_paragraph
from service.answering.quotes import sentences_around
from service.understanding import Figure

_LISTED = re.compile(rf"(?:\s*[（(]?(?:{NUMBER})[)）.．、][^\n]*)+")
_NEAR = re.compile("(?:按照?[^，,。；;]{1,20})?[^\\w]{0,2}(?:应当|可以|可)?")  # between what is divided and 分为

Spans = list[tuple[int, int]]


def tells(figure: Figure | None, found: Matches) -> bool:
    """Some amount of the kind that is asked for stands in one of them, whatever it is of."""
    return bool(figure and figure.kinds and beside_it(figure, found))


def beside_it(figure: Figure, about: Matches) -> Matches | None:
    """Those that tell it in the sentences in which what it is asked of stands."""
    if figure.penal:
        about = about.marked(of_its_entries)
    if len(figure.kinds) > 1 and "count" in figure.kinds:  # 多少: a mere number where no amount is told
        amounts = replace(figure, kinds=tuple(kind for kind in figure.kinds if kind != "count"))
        if found := beside_it(amounts, about):
            return found
    told = [_beside(figure, match) for match in about]
    if figure.kinds == ("division",):
        direct = [_behind(match, own) for match, own in zip(about, told, strict=True)]
        told = direct if any(direct) else told
    return _telling(about, told, whole=figure.penal)


def of_its_entries(match: Match) -> Match:
    """With the places in those paragraphs alone, entries of a list among them, that say the most of it."""
    text = match.item.text
    paragraphs = paragraphs_of(text)
    said: dict[int, set[str]] = {}
    for start, end in match.highlights:
        said.setdefault(place_of_paragraph(paragraphs, start), set()).add(fold(text[start:end]))
    most = max(map(len, said.values()), default=0)
    best = {at for at, words in said.items() if len(words) == most}
    if not any(paragraphs[at].entry for at in best if at >= 0):
        return match
    own = tuple(one for one in match.highlights if place_of_paragraph(paragraphs, one[0]) in best)
    return replace(match, highlights=own)


def _telling(about: Matches, told: Sequence[Spans], *, whole: bool) -> Matches | None:
    """Those in which it is told, with the places where it is marked; `whole` with all of what was found."""
    by_item = {match.item: own for match, own in zip(about, told, strict=True) if own}
    if not by_item:
        return None
    rows = about.items.rows[np.array([bool(own) for own in told])]
    return about.of_rows(rows).marked(lambda match: _marked(match, by_item[match.item], whole=whole))


def _beside(figure: Figure, match: Match) -> Spans:
    """Where it is told in the sentences of what was found; in all of the text where an item was asked by its number."""
    text = match.item.text
    sentences = sentences_around(text, match.highlights)
    if figure.penal:
        return first_told(
            figure, text, [span for one in sentences for span in around(text, one.start)] or [(0, len(text))]
        )
    return first_told(figure, text, [(one.start, _listed(text, one.end)) for one in sentences] or [(0, len(text))])


def _behind(match: Match, told: Spans) -> Spans:
    """湿地|分为…; in 湿地公园规划可以根据需要|分为 it is said of something else."""
    text = match.item.text
    ends = [end for _, end in match.highlights]
    return [one for one in told if any(_NEAR.fullmatch(text, end, one[0]) for end in ends if end <= one[0])]


def _listed(text: str, end: int) -> int:
    """具体标准如下：|（一）…；（二）…: where what a sentence lists behind its colon ends."""
    if not text[:end].endswith(("：", ":")):
        return end
    lines = _LISTED.match(text, end)
    return lines.end() if lines else end


def first_told(figure: Figure, text: str, sentences: Sequence[tuple[int, int]]) -> Spans:
    """Of the kinds that it may be the first that is told there: of 收费多少 the money, though a share be told, too."""
    folded = [(start, fold(text[start:end])) for start, end in sentences]
    for kind in figure.kinds:
        found = [(at + start, at + end) for at, own in folded for start, end in find_figures(own, kind, figure.unit)]
        if found:
            return found
    return []


def _marked(match: Match, spans: Spans, *, whole: bool) -> Match:
    """In the sentences that tell it, what was found and what is told."""
    entries = whole and any(one.entry for one in paragraphs_of(match.item.text))
    if entries:  # （一）未经登记的，责令改正；|逾期不改的，罚款
        return replace(match, highlights=merged((*match.highlights, *spans)))
    telling = sentences_around(match.item.text, spans)
    starts = [span.start for span in telling]
    at = [(one, bisect_right(starts, one[0]) - 1) for one in match.highlights]
    own = [one for one, place in at if place >= 0 and one[0] < telling[place].end]
    return replace(match, highlights=merged((*own, *spans)))
