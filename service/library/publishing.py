"""A change of what is published: one transaction around the building of a new generation, then one pointer."""

from collections.abc import Callable
from typing import Protocol

from corpus import Sources

OnStep = Callable[[str], None]  # begun, changed, built, committed, pointed, served


class Publisher(Protocol):
    """Makes a library's documents served. Raises LibraryError."""

    def build(self, sources: Sources | None) -> str:
        """The name of a new generation, whole and durable, at which nothing points yet."""

    def point(self, name: str) -> None:
        """From now on it is the one that is served."""

    def discard(self, name: str) -> None:
        """What was built and is not wanted."""

    def wait(self, name: str) -> None:
        """Until every serving process serves it."""
