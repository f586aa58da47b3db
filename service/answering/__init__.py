"""What counts as an answer, and how it is said: a plan and the index's hits become statements, items and citations."""

from service.answering.answer import Answer, Citation, Citations, Match, Reason, Row, Script, Statement, items_of
from service.answering.changed import Changed, worded
from service.answering.changes import field_changes
from service.answering.compose import compose
from service.answering.found import Found
from service.answering.membership import beginning_with_it, find_topic_items
from service.answering.reading import BECAME, BESIDE
from service.answering.scope import RELATED, as_match, best_by_item
from service.answering.voice import Voice

__all__ = [
    "BECAME",
    "BESIDE",
    "RELATED",
    "Answer",
    "Changed",
    "Citation",
    "Citations",
    "Found",
    "Match",
    "Reason",
    "Row",
    "Script",
    "Statement",
    "Voice",
    "as_match",
    "beginning_with_it",
    "best_by_item",
    "compose",
    "field_changes",
    "find_topic_items",
    "items_of",
    "worded",
]
