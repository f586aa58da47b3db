"""How well an encoder, words and their fusion find a text: on held-back laws and on a SQuAD-format file."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder import Encoder
from index.lexical import BM25
from index.search import fuse
from index.tokens import Segmenter

WEIGHTS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0)  # of words; meaning has the rest
TOLERANCE = 0.005  # success@1 that a lower weight of words may cost, for what only meaning can find


def success_by_weight(
    questions: Sequence[str], answers: Sequence[int], texts: Sequence[str], segmenter: Segmenter, encoder: Encoder
) -> dict[float, float]:
    """Weight of words -> share of questions whose best text is texts[answer]; 1.0 is words alone, 0.0 meaning alone."""
    bm25 = BM25.build([segmenter.search_words(text) for text in texts])
    rows = encoder.encode(texts)
    right: dict[float, int] = dict.fromkeys(WEIGHTS, 0)
    for question, answer in zip(questions, answers, strict=True):
        words = bm25.scores(segmenter.search_words(question))
        meaning: npt.NDArray[np.float32] = rows @ encoder.encode([question])[0]
        for weight in WEIGHTS:
            right[weight] += int(np.argmax(fuse(words, meaning, weight))) == answer
    return {weight: count / len(questions) for weight, count in right.items()}


def chosen_weight(success: dict[float, float]) -> float:
    """The smallest weight of words from which on success stays within TOLERANCE of words alone."""
    chosen = 1.0
    for weight in sorted(success, reverse=True):
        if success[weight] < success[1.0] - TOLERANCE:
            break
        chosen = weight
    return chosen


def read_squad(path: Path) -> tuple[list[str], list[int], list[str]]:
    """(questions, the row of each one's passage, passages) of a SQuAD-format file."""
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph for entry in data for paragraph in entry["paragraphs"]]
    asked = [(qa["question"], row) for row, paragraph in enumerate(paragraphs) for qa in paragraph["qas"]]
    return [q for q, _ in asked], [row for _, row in asked], [paragraph["context"] for paragraph in paragraphs]
