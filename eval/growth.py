"""How a figure grows with the number of items: the line nearest to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Growth:
    """figure = fixed + per_item × items; `r2` is the share of its variance that the line explains, 0 to 1."""

    per_item: float
    fixed: float
    r2: float


def growth(items: Sequence[int], figures: Sequence[float]) -> Growth | None:
    """By least squares; None of fewer than two sizes. 10, 20 items that take 25, 45 bytes: 2 an item and 5."""
    if len(set(items)) < 2:
        return None
    x, y = np.array(items, dtype=np.float64), np.array(figures, dtype=np.float64)
    per_item, fixed = np.polyfit(x, y, 1)
    spread = float(((y - y.mean()) ** 2).sum())
    left = float(((y - per_item * x - fixed) ** 2).sum())
    return Growth(float(per_item), float(fixed), 1 - left / spread if spread else 1.0)
