"""How items fulfil a condition, as sets of rows: by their own words, or only by words that take in all departments."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.found import Mask


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """(items,) each; no item is in both."""

    named: Mask
    collective: Mask

    @classmethod
    def where(cls, named: Mask, collective: Mask | None = None) -> "Fits":
        """`collective` may hold some of the named, too."""
        return cls(named, np.zeros_like(named) if collective is None else collective & ~named)

    @property
    def every(self) -> Mask:
        return np.asarray(self.named | self.collective)

    def denied(self) -> "Fits":
        return Fits.where(~self.every)


def fits_any(several: Sequence[Fits]) -> Fits:
    named, every = (np.logical_or.reduce([getattr(one, name) for one in several]) for name in ("named", "every"))
    return Fits.where(named, every)


def fits_all(several: Sequence[Fits], count: int) -> Fits:
    """`count` is the number of items, all of which fulfil no condition at all."""
    if not several:
        return Fits.where(np.ones(count, dtype=bool))
    named, every = (np.logical_and.reduce([getattr(one, name) for one in several]) for name in ("named", "every"))
    return Fits.where(named, every)
