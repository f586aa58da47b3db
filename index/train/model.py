"""The trainable encoder: a vector and a weight a word, their weighted mean, and a contrastive loss."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from index.train.pairs import Ids, Laws, PairSampler

SCALE = 20.0  # inverse temperature of the in-batch softmax
LEARNING_RATE = 0.01


class WordVectors(nn.Module):
    """A text's vector is the sum of its words' vectors times their weights, brought to length 1."""

    def __init__(self, laws: Laws, dimensions: int) -> None:
        super().__init__()
        size = len(laws.vocabulary)
        self.vectors = nn.Parameter(torch.randn(size, dimensions) / math.sqrt(dimensions))
        share = laws.counts / max(int(laws.counts.sum()), 1)
        self.weights = nn.Parameter(torch.tensor(1e-3 / (1e-3 + share), dtype=torch.float32))

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
    on_step: Callable[[int, float], None],
) -> WordVectors:
    """Pull the two texts of a pair together and apart from all other texts of the batch."""
    model = WordVectors(laws, dimensions)
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    own = torch.arange(batch)
    for step in range(steps):
        pairs = sampler.batch(batch)
        similarities = SCALE * model([left for left, _ in pairs]) @ model([right for _, right in pairs]).T
        across, down = nn.functional.cross_entropy(similarities, own), nn.functional.cross_entropy(similarities.T, own)
        loss = (across + down) / 2
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        on_step(step + 1, loss.item())
    return model
