"""The contextual vectors of an index's items, where these are few and short enough to have them: how near each is to a question
whose words decide nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np

from index.contextual import SCALE, ContextEncoder, Encoded
from index.encoder import Encoder
from index.letters import Array, Arrays, Places
from index.lexical import Scores
from index.prepared import Prepared, ends
from index.vectors import Vectors

FEW = 1000  # items up to which each gets its vectors: about a thirtieth of a second each, when the index is built
SHORT = 200_000  # characters of them together, up to which they do: some two minutes, and 300 MB
NEAREST = 100  # items that are compared piece by piece
BY_PIECES = 0.6  # of the nearness; the vectors of whole texts and clauses have the rest; chosen on the dev questions
VECTORS, COUNTS, MODEL = "context_vectors", "context_counts", "context_model"
PIECES, PIECE_COUNTS = "context_pieces", "context_piece_counts"


@runtime_checkable
class Accompanied(Protocol):
    """An encoder beside which another is asked where a question's words decide nothing."""

    @property
    def context(self) -> ContextEncoder | None: ...


def context_of(encoder: Encoder) -> ContextEncoder | None:
    return encoder.context if isinstance(encoder, Accompanied) else None


class InContext:
    """Of every item the vectors of its whole text, of its clauses and of its pieces."""

    def __init__(self, arrays: Mapping[str, Array], encoder: ContextEncoder) -> None:
        self._vectors, self._first = arrays[VECTORS], ends(arrays[COUNTS])[:-1]
        self._pieces, self._piece_bounds = arrays[PIECES], ends(arrays[PIECE_COUNTS])
        self._encoder = encoder

    def similarities(self, rows: Places, question: str) -> Scores:
        """Of these items. By vectors: the mean of two cosines with the question, the whole text's and the best clause's.
        By pieces: the mean over the question's pieces of the cosine with the nearest of the item's. Of those that are
        not among the nearest by vectors, the least of these."""
        vector, pieces = self._encoder.encode_question(question)
        cosines = self._vectors @ vector
        every = ((cosines[self._first] + np.maximum.reduceat(cosines, self._first)) / 2)[rows]
        if not len(rows) or not len(pieces):
            return np.asarray(every, dtype=np.float32)
        nearest = np.sort(np.argsort(-every, kind="stable")[:NEAREST])
        found = self._by_pieces(rows[nearest], pieces)
        by_pieces = np.full(len(rows), found.min(), dtype=np.float32)
        by_pieces[nearest] = found
        return np.asarray((1 - BY_PIECES) * every + BY_PIECES * by_pieces, dtype=np.float32)

    def _by_pieces(self, rows: Places, pieces: Vectors) -> Scores:
        """0 of an item that has none."""
        spans = [(int(self._piece_bounds[row]), int(self._piece_bounds[row + 1])) for row in rows]
        counts = np.array([end - start for start, end in spans])
        found = np.zeros(len(rows), dtype=np.float32)
        if counts.any():
            own = np.concatenate([self._pieces[start:end] for start, end in spans]).astype(np.float32)
            firsts = ends(counts)[:-1][counts > 0]
            found[counts > 0] = np.maximum.reduceat(own @ pieces.T, firsts).mean(axis=1) / SCALE
        return found


def in_context(arrays: Mapping[str, Array], encoder: Encoder) -> InContext | None:
    """None where the items have no such vectors, or the encoder is another's."""
    context = context_of(encoder)
    return InContext(arrays, context) if context and VECTORS in arrays else None


# Worked out once, when the index is built


def context_arrays(every: Sequence[Prepared], texts: Sequence[str], encoder: ContextEncoder) -> Arrays:
    """Of documents with these texts as their items; what they have of an index before is taken over. Nothing where
    the items are too many or too long."""
    if len(texts) > FEW or sum(map(len, texts)) > SHORT:
        return {}
    found = list(_of_each(every, iter(texts), encoder))
    encoder.release()
    return {
        VECTORS: np.concatenate([one.vectors for one in found]).astype(np.float32),
        COUNTS: np.concatenate([one.counts for one in found]).astype(np.int32),
        PIECES: np.concatenate([one.pieces for one in found]),
        PIECE_COUNTS: np.concatenate([one.piece_counts for one in found]).astype(np.int32),
        MODEL: np.frombuffer(encoder.identity.encode(), dtype=np.uint8),
    }


def encoded_of(arrays: Mapping[str, Array], first: int, end: int) -> Encoded:
    """What `context_arrays` holds of these items."""

    def some(values: str, counts: str) -> Array:
        bounds = ends(arrays[counts])
        return np.asarray(arrays[values][bounds[first] : bounds[end]])

    own = slice(first, end)
    return Encoded(
        some(VECTORS, COUNTS),
        np.asarray(arrays[COUNTS][own]),
        some(PIECES, PIECE_COUNTS),
        np.asarray(arrays[PIECE_COUNTS][own]),
    )


def _of_each(every: Iterable[Prepared], texts: Iterator[str], encoder: ContextEncoder) -> Iterator[Encoded]:
    for one in every:
        own = [next(texts) for _ in one.items]
        if one.context and one.context.model == encoder.identity:
            yield one.context.encoded
        else:
            yield encoder.encode_items(own)
