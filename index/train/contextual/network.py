"""The network: a transformer encoder whose vector of a text is the mean of its pieces', of a clause the mean of that
clause's pieces in their text; and how like a question a text is by them."""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

PAD = 1
SHORTEST = 4  # pieces of a clause that counts: as the encoder that serves counts them


@dataclass(frozen=True, slots=True)
class Shape:
    pieces: int
    width: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 12
    positions: int = 512
    epsilon: float = 1e-12


class Layer(nn.Module):
    """Attention and two linear maps, each with its norm after it, as BERT has them."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.mixed = nn.Linear(width, width)
        self.mixed_norm = nn.LayerNorm(width, shape.epsilon)
        self.inner, self.outer = nn.Linear(width, shape.inner), nn.Linear(shape.inner, width)
        self.norm = nn.LayerNorm(width, shape.epsilon)

    def forward(self, states: torch.Tensor, attended: torch.Tensor) -> torch.Tensor:
        """(texts, pieces, width), and which pieces are looked at: (texts, 1, 1, pieces)."""
        texts, pieces, width = states.shape

        def split(map_: nn.Linear) -> torch.Tensor:
            mapped: torch.Tensor = map_(states)
            return mapped.view(texts, pieces, self.heads, width // self.heads).transpose(1, 2)

        heads = functional.scaled_dot_product_attention(
            split(self.query), split(self.key), split(self.value), attn_mask=attended
        )
        states = self.mixed_norm(states + self.mixed(heads.transpose(1, 2).reshape(texts, pieces, width)))
        found: torch.Tensor = self.norm(states + self.outer(functional.gelu(self.inner(states))))
        return found


class Network(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.pieces, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        """(texts, pieces) numbers -> (texts, pieces, width) states."""
        attended = (pieces != PAD)[:, None, None, :]
        places = torch.arange(pieces.shape[1], device=pieces.device)
        states: torch.Tensor = self.norm(self.words(pieces) + self.places(places))
        for layer in self.layers:
            states = layer(states, attended)
        return states


def whole(states: torch.Tensor, pieces: torch.Tensor) -> torch.Tensor:
    """(texts, width), of length 1."""
    counted = (pieces != PAD).to(states.dtype)
    return functional.normalize((states * counted[..., None]).sum(1).float(), dim=1)


def clauses(states: torch.Tensor, pieces: torch.Tensor, ends: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(texts, clauses, width) of length 1, and which of them count. `ends` tells of each piece number whether a clause
    ends with it."""
    texts, _length, width = states.shape
    over = ends[pieces].cumsum(1)
    number = torch.cat([torch.zeros_like(over[:, :1]), over[:, :-1]], dim=1)
    inside = (pieces != PAD) & (pieces != 0) & (pieces != 2)
    most = int(number.max()) + 1
    summed = torch.zeros(texts, most, width, device=states.device, dtype=torch.float32)
    summed.scatter_add_(1, number[..., None].expand(-1, -1, width), states.float() * inside[..., None])
    counts = torch.zeros(texts, most, device=states.device).scatter_add_(1, number, inside.float())
    return functional.normalize(summed, dim=2), counts >= SHORTEST


def likeness(questions: torch.Tensor, texts: torch.Tensor, parts: torch.Tensor, counted: torch.Tensor) -> torch.Tensor:
    """(questions, texts): the mean of the cosines with the whole text and with its best clause."""
    full = questions @ texts.T
    every = torch.einsum("qw,tcw->qtc", questions, parts).masked_fill(~counted, -1.0)
    return (full + torch.maximum(every.amax(2), full)) / 2
