"""Hits in reading order, of which the first are picked out."""

import numpy as np

from index import Hits
from index.found import Found


def made(scores: list[float], phrase: list[bool]) -> Hits:
    count, nowhere = len(scores), Found(np.zeros(0, dtype=np.int32), lambda chosen, row: [])
    zeros = np.zeros(count, dtype=np.float32)
    no = np.zeros(count, dtype=bool)
    rows = np.arange(count) * 10
    return Hits(
        (), rows, np.array(scores), np.array(phrase), np.zeros(count), zeros, zeros, no, no, no, no, no, nowhere, ()
    )


def test_literal_hits_come_first_then_the_higher_score_then_reading_order() -> None:
    hits = made([0.2, 0.9, 0.5, 0.5, 0.1], [True, False, False, False, True])
    assert hits.order.tolist() == [0, 4, 1, 2, 3]
    assert [hits.best(most).tolist() for most in (1, 3, 4, 9)] == [[0], [0, 4, 1], [0, 4, 1, 2], [0, 4, 1, 2, 3]]


def test_behind_the_last_there_are_none() -> None:
    hits = made([0.2, 0.9], [False] * 2)
    assert hits.best(0).tolist() == []
    assert hits[7:9] == []


def test_the_first_may_be_picked_out_of_those_chosen() -> None:
    hits = made([0.2, 0.9, 0.5, 0.7], [False] * 4)
    assert hits.best(2, np.array([True, False, True, True])).tolist() == [3, 2]
    assert hits.where(np.array([False, True, False, True])).rows.tolist() == [10, 30]
