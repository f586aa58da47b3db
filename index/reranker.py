"""A cross-encoder of the user's own, which orders the nearest items where a question's words decide nothing."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from corpus import fold
from index.hits import Floats, Rows
from index.own_models import EncoderError, checksum_of_folder, loading

MOST = 10  # items that are read beside the question
KEPT = 256  # questions and items whose scores are remembered


class Reranker:
    """Any sentence-transformers `CrossEncoder` with one score for a pair, by folder or hub name, over folded text. Loading
    takes seconds, and an answer by it as long as the model takes to read MOST pairs."""

    def __init__(self, name: str) -> None:
        with loading("重排模型", name, "sentence-transformers CrossEncoder ", "不设 YAODIAN_RERANKER 即不重排。"):
            from sentence_transformers import CrossEncoder

            self._model = CrossEncoder(name, device="cpu")
        if self._model.config.num_labels != 1:
            raise EncoderError(f"重排模型“{name}”给每一对 {self._model.config.num_labels} 个分数，应为一个。")
        self.identity = f"cross-encoder:{checksum_of_folder(name) or name}"
        self._score = lru_cache(maxsize=KEPT)(self._scored)

    def scores(self, question: str, texts: Sequence[str]) -> Floats:
        """(texts,): how much each answers the question, 0 to 1."""
        return np.asarray(self._score(fold(question), tuple(map(fold, texts))))

    def _scored(self, question: str, texts: tuple[str, ...]) -> Floats:
        pairs = [(question, text) for text in texts]
        found = self._model.predict(pairs, activation_fn=lambda logits: logits.sigmoid(), show_progress_bar=False)
        return np.asarray(found, dtype=np.float64).round(6)


def in_order(scores: Floats, answers: Floats, weight: float) -> Floats:
    """The same scores, given to the items in the order of both: `weight` of the answers', the rest of their own."""
    order = np.argsort(-(weight * answers + (1 - weight) * scores), kind="stable")
    given = np.empty_like(scores)
    given[order] = np.sort(scores)[::-1]
    return given


def best_rows(scores: Floats) -> Rows:
    """The numbers of the MOST highest, best first; the first where scores are equal."""
    return np.argsort(-scores, kind="stable")[:MOST]


@lru_cache(maxsize=1)  # the same for each generation of the index
def load_reranker(name: str) -> Reranker:
    return Reranker(name)
