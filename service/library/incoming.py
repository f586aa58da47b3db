"""A file on its way into the library."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Incoming:
    file: Path
    name: str | None = None  # as its owner calls it, where it lies under another on this machine
    id: str | None = None  # its name without the suffix where none is given
    group: str | None = None  # that which the document has where none is given
    settled: Mapping[str, Any] = field(default_factory=dict)  # what is settled of it already
