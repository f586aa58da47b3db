"""What a search looks up, wherever that lies: the places of letters, the scores of words, the nearest by meaning."""

from collections.abc import Mapping
from dataclasses import dataclass

from index.dense import Dense
from index.encoder import Encoder
from index.engine import Engine
from index.letters import Array
from index.lexical import BM25
from index.texts import Texts
from index.words import Vocabulary


@dataclass(frozen=True, slots=True)
class Held:
    texts: Texts
    bm25: BM25
    dense: Dense
    engine: Engine | None = None  # that is asked, which takes a while


def held_here(arrays: Mapping[str, Array], encoder: Encoder) -> Held:
    """In arrays of this process, mapped from disk or made in memory."""
    return Held(Texts(arrays), BM25(arrays, vocabulary_of(arrays), rows_of(arrays)), Dense(arrays, encoder))


def vocabulary_of(arrays: Mapping[str, Array]) -> Vocabulary:
    return Vocabulary(arrays["vocabulary"], arrays["vocabulary_bounds"])


def rows_of(arrays: Mapping[str, Array]) -> int:
    return len(arrays["item_bounds"]) - 1
