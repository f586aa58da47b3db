"""Vectors of texts."""

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]  # (texts, dimensions), rows of length 1, or 0 where nothing is known


def unit(vectors: Vectors) -> Vectors:
    """Rows brought to length 1; rows that are zero or not finite become zero, never NaN."""
    vectors = np.where(np.isfinite(vectors), vectors, 0).astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)
