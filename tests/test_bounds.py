"""Where rows begin among all letters, and marks between them."""

import numpy as np

from index.bounds import Bounds


def test_letters_know_their_row_and_whether_a_mark_parts_them() -> None:
    # 甲乙。丙|丁|戊、己 with | where a row ends: letters 0 1 2 3, 4 5, 6 7 8; marks before the letters 2 and 7
    bounds = Bounds(np.array([0, 4, 6]), np.array([2, 7]), 9)
    assert bounds.rows(np.array([0, 1, 2, 4, 6, 7])).tolist() == [0, 0, 0, 1, 2, 2]
    assert bounds.together(np.array([0, 1, 6]), 2).tolist() == [True, False, False]
    assert bounds.before(np.array([2]), "left").tolist() == [0]
    assert bounds.before(np.array([2]), "right").tolist() == [1]
    assert [bounds.start(row) for row in range(3)] == [0, 5, 7]


def test_rows_shorter_and_longer_than_a_block_are_told_apart() -> None:
    starts = np.array([0, 1, 2, 100, 101, 133])
    bounds = Bounds(starts, np.zeros(0, dtype=np.int32), 200)
    expected = [int(np.count_nonzero(starts <= place)) - 1 for place in range(200)]
    assert bounds.rows(np.arange(200)).tolist() == expected
