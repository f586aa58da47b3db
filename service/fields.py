"""How a field of the API is described: what it is, and an example."""

from typing import Any

from pydantic import Field


def told(description: str, *examples: Any) -> Any:
    """A field that is always there. Without an example that of its own type serves: of a model, of a list of them, of one
    of a few words."""
    return Field(description=description, examples=list(examples) or None)


def optional(default: Any, description: str, *examples: Any) -> Any:
    """One that may be left out."""
    return Field(default=default, description=description, examples=list(examples) or None)
