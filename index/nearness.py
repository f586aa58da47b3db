"""How near items are to a query in meaning, and what that is good for: order, evidence, a look."""

from dataclasses import dataclass

import numpy as np

from index.calibration import Calibration
from index.found import Mask
from index.hits import Floats
from index.in_context import InContext
from index.lexical import Scores
from index.likeness import Likeness
from index.ranking import ahead

HALF = 0.5  # of the query's words that stand in one item: it speaks as the documents do


@dataclass(frozen=True, slots=True)
class Nearness:
    """Of the rows of a search: what orders them, how near their meaning is, and what that is good for."""

    score: Floats
    meaning: Scores
    near: Mask
    likely: Mask
    perhaps: Mask
    related: Mask
    sole: Mask  # so near, and so far before the others, that it is what was meant in the one document that was named


def by_words(likeness: Likeness, constants: Calibration) -> Nearness:
    """By the encoder that adds up words, which the thesaurus helps."""
    return Nearness(
        likeness.fused,
        likeness.meaning,
        likeness.meaning >= constants.meaning,
        likeness.meaning >= constants.meaning,
        likeness.meaning >= constants.perhaps,
        (likeness.meaning >= constants.related) | (likeness.likeness >= constants.related),
        np.zeros(len(likeness.meaning), dtype=bool),
    )


def by_context(
    query: str, likeness: Likeness, said: float, context: InContext | None, constants: Calibration
) -> Nearness | None:
    """By the contextual encoder beside it, as much as the query's words leave undecided: `said` is the share of them
    that the best item has. None where they decide, or the items have no contextual vectors."""
    weight = constants.context_weight * (1 - said)
    if not (context and weight):
        return None
    meaning = context.similarities(likeness.rows, query)
    supported = likeness.meaning >= constants.context_words
    near = likeness.meaning >= constants.meaning
    likely = (meaning >= constants.context_meaning) & supported
    if said < HALF:  # else it speaks the documents' own words, and they do not say it
        near |= ahead(meaning, constants.context_lead) & likely
    return Nearness(
        (weight * meaning + (1 - weight) * likeness.fused).round(6),
        meaning,
        near,
        likely,
        (meaning >= constants.context_perhaps) & supported,
        meaning >= constants.context_related,
        ahead(meaning, constants.context_lead) & (meaning >= constants.context_sole),
    )
