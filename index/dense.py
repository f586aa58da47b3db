"""Vectors -> nearest items, with faiss."""

from collections.abc import Sequence

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import Vectors

Similarities = npt.NDArray[np.float32]  # (items,) -1 to 1


class Dense:
    """Exact inner products over unit vectors, several an item: the first is its whole text's, the others those of its
    parts. Searches may run side by side; nothing is added after building."""

    def __init__(self, flat: faiss.IndexFlat, sizes: Sequence[int]) -> None:
        self._flat = flat
        # faiss's own memory: all rows are wanted, and faiss sorts what it finds, which takes ten times as long
        self._vectors: Vectors = faiss.rev_swig_ptr(flat.get_xb(), flat.ntotal * flat.d).reshape(flat.ntotal, flat.d)
        self._starts = np.cumsum([0, *sizes])[:-1].astype(np.int64)  # of each item's vectors

    @classmethod
    def build(cls, vectors: Vectors, sizes: Sequence[int]) -> "Dense":
        """`sizes` says how many of the vectors are each item's, 1 or more."""
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(flat, sizes)

    @classmethod
    def from_bytes(cls, content: bytes, sizes: Sequence[int]) -> "Dense":
        """What `to_bytes` gave. Raises ValueError."""
        flat = faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8))
        if not isinstance(flat, faiss.IndexFlat):
            raise ValueError(f"应为 IndexFlat，实为 {type(flat).__name__}")
        return cls(flat, sizes)

    def to_bytes(self) -> bytes:
        return bytes(faiss.serialize_index(self._flat).tobytes())

    @property
    def shape(self) -> tuple[int, int]:
        """(vectors, dimensions)."""
        return int(self._flat.ntotal), int(self._flat.d)

    def similarities(self, vector: Vectors) -> Similarities:
        """For the unit vector (dimensions,), each item's mean of two cosines: its whole text's and its best vector's."""
        if not len(self._starts) or not np.isfinite(vector).all():
            return np.zeros(len(self._starts), dtype=np.float32)
        cosines = self._vectors @ vector.astype(np.float32)
        best = np.maximum.reduceat(cosines, self._starts)
        return np.asarray((cosines[self._starts] + best) / 2, dtype=np.float32)
