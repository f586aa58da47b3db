import numpy as np

from index.dense import Dense


def test_similarity_is_the_cosine_with_every_row_in_order() -> None:
    dense = Dense.build(np.array([[1, 0], [0.6, 0.8], [0, -1]], dtype=np.float32))
    assert np.allclose(dense.similarities(np.array([0, 1], dtype=np.float32)), [0, 0.8, -1])


def test_an_empty_index_and_a_broken_vector_match_nothing() -> None:
    assert (
        Dense.build(np.zeros((0, 2), dtype=np.float32)).similarities(np.array([1, 0], dtype=np.float32)).tolist() == []
    )
    dense = Dense.build(np.array([[1, 0]], dtype=np.float32))
    assert dense.similarities(np.array([np.nan, 0], dtype=np.float32)).tolist() == [0]


def test_bytes_bring_back_the_same_index() -> None:
    dense = Dense.build(np.array([[1, 0], [0, 1]], dtype=np.float32))
    assert Dense.from_bytes(dense.to_bytes()).similarities(np.array([0, 1], dtype=np.float32)).tolist() == [0, 1]
