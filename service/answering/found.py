"""What a topic was found to concern, and how."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index import Hit, Hits, Rows

Documents = Sequence[str] | None  # by their ids; all where it is None


@dataclass(frozen=True, slots=True)
class Found:
    """What one topic concerns, and how that was found."""

    topic: str
    sought: str  # what was looked for: the topic, its other name, or what is left of it without light words
    parts: tuple[Hits, ...] = ()  # the members: by the phrase itself, and by each of its other names
    others: Hits | tuple[()] = ()
    names: tuple[str, ...] = ()  # other names that added members, as the source writes them
    by_meaning: bool = False
    stretches: tuple[str, ...] = ()  # of the topic, which stands nowhere: what stands in all members
    apart: int = 0  # members of the last part, in which its words stand in one sentence and not as a whole
    readings: tuple[str, ...] = ()  # where the topic stands nowhere: what stands there and is spelt nearly so

    @property
    def meant(self) -> str | None:
        return self.readings[0] if self.readings else None

    @property
    def members(self) -> tuple[Hit, ...]:
        """Each made: for sets that are looked at one by one."""
        return tuple(hit for part in self.parts for hit in part)

    @property
    def rows(self) -> Rows:
        """Of the members."""
        return np.concatenate([part.rows for part in self.parts]) if self.parts else np.zeros(0, dtype=np.int64)

    @property
    def widened(self) -> Rows:
        """Of the members that stand under another name alone, best first."""
        parts = [part.rows[part.order] for part in self.parts[1:]] if self.names else []
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)

    @property
    def hits(self) -> tuple[Hits, ...]:
        """Members and others."""
        return (*self.parts, self.others) if isinstance(self.others, Hits) else self.parts
