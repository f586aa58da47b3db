"""What a running service is told: read once, at the command line's edge."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    documents: Path  # folder of source files
    data: Path  # folder of the built index
    encoder: str | None  # a sentence-transformers model by folder or hub name; None is the bundled one
