"""A reading aid: the source's own words in Simplified, for those who chose it; quotes stay as they are."""

from typing import TypeVar

from corpus import to_simplified

T = TypeVar("T")


def in_hans(said: T) -> T | None:
    """In Simplified, every text in it as long as it was; None where it is written so itself."""
    simplified = _simplified(said)
    return simplified if simplified != said else None  # type: ignore[return-value]


def _simplified(value: object) -> object:
    if isinstance(value, str):
        return to_simplified(value)
    if isinstance(value, dict):
        return {name: _simplified(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_simplified, value))
    return value
