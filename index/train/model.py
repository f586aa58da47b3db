"""The trainable encoder: a vector and a weight a word, their weighted mean, and a contrastive loss."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from index.train.gloss import Glosses
from index.train.pairs import Ids, Laws, PairSampler

SCALE = 20.0  # inverse temperature of the in-batch softmax
LEARNING_RATE = 0.01
HOLD = 2.0  # weight of the words' drift from their meanings
HELD_AT_ONCE = 4096  # words looked at for it in each step


class WordVectors(nn.Module):
    """A text's vector is the sum of its words' vectors times their weights, brought to length 1."""

    def __init__(self, laws: Laws, dimensions: int, meanings: Glosses | None) -> None:
        super().__init__()
        size = len(laws.vocabulary)
        vectors = torch.randn(size, dimensions) / math.sqrt(dimensions)
        rows = {word: row for row, word in enumerate(laws.vocabulary)}
        held = [(rows[word], place) for place, word in enumerate(meanings.words) if word in rows] if meanings else []
        self.held = torch.tensor([row for row, _ in held], dtype=torch.int64)  # rows that have a meaning
        self.meanings = torch.zeros(0, dimensions)
        if meanings and held:
            self.meanings = torch.from_numpy(meanings.vectors[[place for _, place in held]])
            vectors[self.held] = self.meanings
        self.vectors = nn.Parameter(vectors)
        self.weights = nn.Parameter(torch.tensor(1e-3 / (1e-3 + laws.shares), dtype=torch.float32))

    def drift(self, sample: torch.Tensor) -> torch.Tensor:
        """How far the sampled words are from their meanings: 1 - cosine, the mean."""
        now = self.vectors[self.held[sample]]
        return (1 - nn.functional.cosine_similarity(now, self.meanings[sample])).mean()

    def forward(self, texts: list[Ids]) -> torch.Tensor:
        ids = torch.from_numpy(np.concatenate(texts).astype(np.int64))
        offsets = torch.tensor(np.cumsum([0] + [len(text) for text in texts[:-1]]))
        summed = nn.functional.embedding_bag(
            ids, self.vectors, offsets, mode="sum", per_sample_weights=self.weights[ids]
        )
        return nn.functional.normalize(summed)

    def table(self) -> npt.NDArray[np.float32]:
        """(words, dimensions) float32: each word's vector times its weight; row 0, the unknown word, is zero."""
        rows = (self.vectors * self.weights[:, None]).detach().numpy().astype(np.float32)
        rows[0] = 0
        return rows


def train(
    laws: Laws,
    sampler: PairSampler,
    *,
    dimensions: int,
    steps: int,
    batch: int,
    meanings: Glosses | None = None,
    on_step: Callable[[int, float], None],
) -> WordVectors:
    """Pull the two texts of a pair together and apart from all other texts of the batch; words with a meaning start
    from it and are held to it."""
    model = WordVectors(laws, dimensions, meanings)
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    own = torch.arange(batch)
    for step in range(steps):
        pairs = sampler.batch(batch)
        similarities = SCALE * model([left for left, _ in pairs]) @ model([right for _, right in pairs]).T
        across, down = nn.functional.cross_entropy(similarities, own), nn.functional.cross_entropy(similarities.T, own)
        loss = (across + down) / 2
        total = loss
        if len(model.held):
            sample = torch.from_numpy(sampler.random.integers(len(model.held), size=HELD_AT_ONCE))
            total = loss + HOLD * model.drift(sample)
        optimizer.zero_grad()
        total.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        on_step(step + 1, loss.item())
    return model
