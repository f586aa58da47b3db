"""The trainable encoder: a vector and a weight a word, their weighted sum, and a contrastive loss."""

import hashlib
import math
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from index.train.gloss import Glosses
from index.train.pairs import Ids, Laws, PairSampler
from index.train.recipe import Recipe
from index.vectors import Vectors, unit

SCALE = 20.0  # inverse temperature of the in-batch softmax
LEARNING_RATE = 0.01
HOLD = 2.0  # weight of the words' drift from their meanings
HELD_AT_ONCE = 4096  # words looked at for it in each step
CHARACTERS = 2.0  # weight of the mean of a word's characters beside the word's own vector
UNTAUGHT = 0.3  # length of the random vector a word without a meaning starts from
COMMON = 1e-3  # a word used this often starts with half the weight of a rare one
KEPT_EVERY = 100  # steps between two checkpoints

OnStep = Callable[[int, float], None]  # (step, loss)


class Table:
    """Rows of which a step changes a few: Adam on those alone, many times faster than on all."""

    FIRST, SECOND = 0.9, 0.999  # decay of the gradients' moments

    def __init__(self, rows: torch.Tensor, kept: dict[str, torch.Tensor] | None = None) -> None:
        self.rows = kept["rows"] if kept else rows
        self._mean = kept["mean"] if kept else torch.zeros_like(rows)
        self._square = kept["square"] if kept else torch.zeros_like(rows)

    def take(self, chosen: torch.Tensor) -> torch.Tensor:
        """Copies of the rows, to be learned from; `step` puts them back."""
        self._chosen, self._taken = chosen, self.rows[chosen].clone().requires_grad_()
        return self._taken

    def step(self, number: int, rate: float) -> None:
        gradient, chosen = self._taken.grad, self._chosen
        assert gradient is not None
        mean = self._mean[chosen].lerp_(gradient, 1 - self.FIRST)
        square = self._square[chosen].mul_(self.SECOND).addcmul_(gradient, gradient, value=1 - self.SECOND)
        self._mean[chosen], self._square[chosen] = mean, square
        scale = (square / (1 - self.SECOND**number)).sqrt_().add_(1e-8)
        self.rows[chosen] = self._taken.detach() - rate * mean / (1 - self.FIRST**number) / scale

    def state(self) -> dict[str, torch.Tensor]:
        return {"rows": self.rows, "mean": self._mean, "square": self._square}


class WordVectors:
    """A text's vector is the sum of its words' vectors times their weights, brought to length 1. A word's vector is
    its own and, by CHARACTERS, the mean of its characters'."""

    def __init__(self, laws: Laws, recipe: Recipe, meanings: Glosses | None, kept: dict[str, Any] | None) -> None:
        size, dimensions = len(laws.vocabulary), recipe.dimensions
        random = torch.Generator().manual_seed(recipe.seed)
        start = torch.randn(size, dimensions, generator=random) / math.sqrt(dimensions)
        rows = {word: row for row, word in enumerate(laws.vocabulary)}
        held = [(rows[word], place) for place, word in enumerate(meanings.words) if word in rows] if meanings else []
        self.held = torch.tensor([row for row, _ in held], dtype=torch.int64)  # rows that have a meaning
        self.meanings = torch.zeros(0, dimensions)
        if meanings and held:
            start *= UNTAUGHT
            self.meanings = torch.from_numpy(meanings.vectors[[place for _, place in held]])
            start[self.held] = self.meanings
        self.start = start.clone()
        shares = laws.commonness if recipe.has("frequency") else laws.shares
        weights = torch.tensor(COMMON / (COMMON + shares), dtype=torch.float32)[:, None]
        characters = sorted({character for word in laws.vocabulary for character in word})
        number = {character: place for place, character in enumerate(characters)}
        self._spelling = np.concatenate([[number[character] for character in word] for word in laws.vocabulary])
        self._lengths = np.array([len(word) for word in laws.vocabulary])
        self._ends = np.cumsum(self._lengths)
        self.words = Table(start, kept and kept["words"])
        self.weights = Table(weights, kept and kept["weights"])
        self.characters: Table | None = None
        if recipe.has("characters"):
            self.characters = Table(torch.zeros(len(characters), dimensions), kept and kept["characters"])
        self._average = recipe.has("average") and bool(held)

    @property
    def tables(self) -> dict[str, Table]:
        tables = {"words": self.words, "weights": self.weights, "characters": self.characters}
        return {name: table for name, table in tables.items() if table}

    def loss(self, left: list[Ids], right: list[Ids], sample: npt.NDArray[np.int64]) -> tuple[torch.Tensor, float]:
        """What a step minimises, and its contrastive part: each left text should be most like its right one. `sample`
        chooses the words whose drift from their meanings counts."""
        texts = np.concatenate([*left, *right]).astype(np.int64)
        sampled = self.held[torch.from_numpy(sample)].numpy()
        used, places = np.unique(np.concatenate([texts, sampled]), return_inverse=True)
        at = torch.from_numpy(places)
        vectors = self._vectors(used)
        lengths = np.array([len(text) for text in (*left, *right)])
        starts = torch.from_numpy(np.cumsum(lengths) - lengths)
        weighted = vectors * self.weights.take(torch.from_numpy(used))
        summed = nn.functional.embedding_bag(at[: len(texts)], weighted, starts, mode="sum")
        units = nn.functional.normalize(summed)
        similarities = SCALE * units[: len(left)] @ units[len(left) :].T
        own = torch.arange(len(left))
        across, down = nn.functional.cross_entropy(similarities, own), nn.functional.cross_entropy(similarities.T, own)
        contrast = (across + down) / 2
        if not len(sampled):
            return contrast, contrast.item()
        now, meant = vectors[at[len(texts) :]], self.meanings[torch.from_numpy(sample)]
        drift = (1 - nn.functional.cosine_similarity(now, meant)).mean()
        return contrast + HOLD * drift, contrast.item()

    def _vectors(self, used: npt.NDArray[np.int64]) -> torch.Tensor:
        """(words, dimensions) of these rows of the vocabulary, to be learned."""
        own = self.words.take(torch.from_numpy(used))
        if self.characters is None:
            return own
        spelling, starts = self._spelled(used)
        distinct, places = np.unique(spelling, return_inverse=True)
        taken = self.characters.take(torch.from_numpy(distinct))
        return own + CHARACTERS * nn.functional.embedding_bag(torch.from_numpy(places), taken, starts, mode="mean")

    def _spelled(self, used: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], torch.Tensor]:
        """The characters of these words one after the other, and where each word's begin."""
        lengths = self._lengths[used]
        starts = np.cumsum(lengths) - lengths
        within = np.arange(lengths.sum()) - np.repeat(starts, lengths)
        return self._spelling[np.repeat(self._ends[used] - lengths, lengths) + within], torch.from_numpy(starts)

    def table(self) -> Vectors:
        """(words, dimensions) float32: each word's vector times its weight; row 0, the unknown word, is zero."""
        vectors = self.words.rows.clone()
        if self.characters is not None:
            spelling, starts = self._spelled(np.arange(len(self._lengths)))
            vectors += CHARACTERS * nn.functional.embedding_bag(
                torch.from_numpy(spelling), self.characters.rows, starts, mode="mean"
            )
        rows = vectors.numpy()
        if self._average:
            rows = (unit(rows) + unit(self.start.numpy())) / 2
        rows = np.asarray(rows * self.weights.rows.numpy(), dtype=np.float32)
        rows[0] = 0
        return rows


def train(
    laws: Laws, sampler: PairSampler, recipe: Recipe, meanings: Glosses | None, checkpoint: Path, on_step: OnStep
) -> WordVectors:
    """Pull the two texts of a pair together and apart from all other texts of the batch; words with a meaning start
    from it and are held to it. A run that was cut off goes on from its `checkpoint`."""
    key = _key(laws, recipe, meanings)
    kept = _kept(checkpoint, key)
    model = WordVectors(laws, recipe, meanings, kept)
    done = 0
    if kept:
        done, sampler.random.bit_generator.state = kept["step"], kept["random"]
    for step in range(done + 1, (recipe.steps if recipe.has("contrast") else 0) + 1):
        left, right = sampler.batch(recipe.batch)
        sample = sampler.random.integers(len(model.held), size=HELD_AT_ONCE if len(model.held) else 0)
        loss, contrast = model.loss(left, right, sample)
        loss.backward()  # type: ignore[no-untyped-call]
        rate = LEARNING_RATE * (1 + math.cos(math.pi * (step - 1) / recipe.steps)) / 2
        for table in model.tables.values():
            table.step(step, rate)
        on_step(step, contrast)
        if step % KEPT_EVERY == 0 and step < recipe.steps:
            _keep(checkpoint, key, model, step, sampler)
    checkpoint.unlink(missing_ok=True)
    return model


def _key(laws: Laws, recipe: Recipe, meanings: Glosses | None) -> str:
    """Changes with whatever a run rests on."""
    digest = hashlib.sha256(f"{ {**asdict(recipe), 'without': sorted(recipe.without)} }\n".encode())
    digest.update("\n".join(laws.vocabulary).encode())
    for article in laws.articles:
        digest.update(np.concatenate([article.heading, *article.sentences]).tobytes())
    digest.update(laws.shares.tobytes() + laws.commonness.tobytes())
    if meanings:
        digest.update(meanings.vectors.tobytes())
    return digest.hexdigest()


def _kept(checkpoint: Path, key: str) -> dict[str, Any] | None:
    if not checkpoint.exists():
        return None
    kept: dict[str, Any] = torch.load(checkpoint, weights_only=True)
    return kept if kept["key"] == key else None


def _keep(checkpoint: Path, key: str, model: WordVectors, step: int, sampler: PairSampler) -> None:
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    state = {name: table.state() for name, table in model.tables.items()}
    temporary = checkpoint.with_suffix(".part")
    torch.save({"key": key, "step": step, "random": sampler.random.bit_generator.state, **state}, temporary)
    temporary.replace(checkpoint)
