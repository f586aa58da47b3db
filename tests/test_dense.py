import numpy as np

from index.dense import Dense


def test_similarity_is_the_mean_of_the_whole_texts_cosine_and_the_best() -> None:
    vectors = np.array([[1, 0], [0.6, 0.8], [0, 1], [0, -1]], dtype=np.float32)
    dense = Dense.build(vectors, [3, 1])  # the first item has two parts beside its whole text, the second none
    assert np.allclose(dense.similarities(np.array([0, 1], dtype=np.float32)), [(0 + 1) / 2, -1])
    assert np.allclose(dense.similarities(np.array([1, 0], dtype=np.float32)), [1, 0])


def test_an_empty_index_and_a_broken_vector_match_nothing() -> None:
    empty = Dense.build(np.zeros((0, 2), dtype=np.float32), [])
    assert empty.similarities(np.array([1, 0], dtype=np.float32)).tolist() == []
    dense = Dense.build(np.array([[1, 0]], dtype=np.float32), [1])
    assert dense.similarities(np.array([np.nan, 0], dtype=np.float32)).tolist() == [0]


def test_bytes_bring_back_the_same_index() -> None:
    dense = Dense.build(np.array([[1, 0], [0, 1]], dtype=np.float32), [1, 1])
    again = Dense.from_bytes(dense.to_bytes(), [1, 1])
    assert again.similarities(np.array([0, 1], dtype=np.float32)).tolist() == [0, 1]
