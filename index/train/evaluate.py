"""How well an encoder alone finds a text: on held-back laws and on a SQuAD-format file."""

import json
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.encoder import Encoder
from index.train.pairs import sentences_of

Z_95 = 1.96


@dataclass(frozen=True, slots=True)
class Success:
    """A share of questions whose best text is right, and its 95 % interval (Wilson)."""

    slice: str
    questions: int
    share: float
    low: float
    high: float


def success(
    name: str, questions: Sequence[str], answers: Sequence[Hashable], texts: Sequence[str], labels: Sequence[Hashable],
    encoder: Encoder,
) -> Success:  # fmt: skip
    """A question is answered where the label of its nearest text is its answer."""
    best = np.argmax(encoder.encode(questions) @ encoder.encode(texts).T, axis=1)
    right = sum(labels[row] == answer for row, answer in zip(best, answers, strict=True))
    n, share = len(questions), right / len(questions)
    centre, spread = share + Z_95**2 / (2 * n), Z_95 * (share * (1 - share) / n + Z_95**2 / (4 * n * n)) ** 0.5
    return Success(name, n, share, (centre - spread) / (1 + Z_95**2 / n), (centre + spread) / (1 + Z_95**2 / n))


def held_back_laws(articles: Iterable[tuple[str, str]], encoder: Encoder) -> list[Success]:
    """On (heading, text) of articles that training has not seen: heading -> article, first sentence -> the rest."""
    headings, texts = zip(*articles, strict=True)
    found = [success("标题 → 条文", headings, headings, texts, headings, encoder)]
    cut = [sentences_of(text) for text in texts]
    pairs = [(sentences[0], "。".join(sentences[1:])) for sentences in cut if len(sentences) > 1]
    if pairs:
        firsts, rests = zip(*pairs, strict=True)
        found.append(success("首句 → 其余", firsts, range(len(pairs)), rests, range(len(pairs)), encoder))
    return found


def squad(path: Path, encoder: Encoder) -> Success:
    questions, answers, texts = read_squad(path)
    return success(f"{path.name}：问题 → 段落", questions, answers, texts, range(len(texts)), encoder)


def read_squad(path: Path) -> tuple[list[str], list[int], list[str]]:
    """(questions, the row of each one's passage, passages) of a SQuAD-format file."""
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph for entry in data for paragraph in entry["paragraphs"]]
    asked = [(qa["question"], row) for row, paragraph in enumerate(paragraphs) for qa in paragraph["qas"]]
    return [q for q, _ in asked], [row for _, row in asked], [paragraph["context"] for paragraph in paragraphs]
