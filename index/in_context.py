"""The contextual vectors of an index's items, where these are few and short enough to have them: how near each is to a question
whose words decide nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np

from index.contextual import ContextEncoder
from index.encoder import Encoder
from index.letters import Array, Arrays, Places
from index.lexical import Scores
from index.prepared import Prepared, ends
from index.vectors import Vectors

FEW = 1000  # items up to which each gets its vectors: about a thirtieth of a second each, when the index is built
SHORT = 200_000  # characters of them together, up to which they do: some two minutes, and 300 MB
VECTORS, COUNTS, MODEL = "context_vectors", "context_counts", "context_model"


@runtime_checkable
class Accompanied(Protocol):
    """An encoder beside which another is asked where a question's words decide nothing."""

    @property
    def context(self) -> ContextEncoder | None: ...


def context_of(encoder: Encoder) -> ContextEncoder | None:
    return encoder.context if isinstance(encoder, Accompanied) else None


class InContext:
    """Of every item the vectors of its whole text and of its clauses."""

    def __init__(self, arrays: Mapping[str, Array], encoder: ContextEncoder) -> None:
        self._vectors, self._first = arrays[VECTORS], ends(arrays[COUNTS])[:-1]
        self._encoder = encoder

    def similarities(self, rows: Places, question: str) -> Scores:
        """Of these items: the mean of two cosines with the question, the whole text's and the best clause's."""
        cosines = self._vectors @ self._encoder.encode_question(question)
        every = (cosines[self._first] + np.maximum.reduceat(cosines, self._first)) / 2
        return np.asarray(every[rows], dtype=np.float32)


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
    vectors, counts = zip(*_of_each(every, iter(texts), encoder), strict=True)
    encoder.release()
    return {
        VECTORS: np.concatenate(vectors).astype(np.float32),
        COUNTS: np.concatenate(counts).astype(np.int32),
        MODEL: np.frombuffer(encoder.identity.encode(), dtype=np.uint8),
    }


def _of_each(
    every: Iterable[Prepared], texts: Iterator[str], encoder: ContextEncoder
) -> Iterator[tuple[Vectors, Array]]:
    for one in every:
        own = [next(texts) for _ in one.items]
        if one.context and one.context.model == encoder.identity:
            yield one.context.vectors, one.context.counts
        else:
            yield encoder.encode_items(own)
