"""Vectors -> nearest rows, with faiss."""

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import Vectors

Similarities = npt.NDArray[np.float32]  # (rows,) cosine, -1 to 1


class Dense:
    """Exact inner products over unit vectors. Searches may run side by side; nothing is added after building."""

    def __init__(self, flat: faiss.Index) -> None:
        self._flat = flat

    @classmethod
    def build(cls, vectors: Vectors) -> "Dense":
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(flat)

    @classmethod
    def from_bytes(cls, content: bytes) -> "Dense":
        return cls(faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8)))

    def to_bytes(self) -> bytes:
        return bytes(faiss.serialize_index(self._flat).tobytes())

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, dimensions)."""
        return int(self._flat.ntotal), int(self._flat.d)

    def similarities(self, vector: Vectors) -> Similarities:
        """Cosine of the unit vector (dimensions,) with every row."""
        similarities = np.zeros(self.shape[0], dtype=np.float32)
        if self.shape[0] and np.isfinite(vector).all():  # else faiss answers with rows of -1
            values, rows = self._flat.search(vector[None].astype(np.float32), self.shape[0])
            similarities[rows[0]] = values[0]
        return similarities
