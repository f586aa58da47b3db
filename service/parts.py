"""A reply in parts: each holds some of its fields, and of the long lists some entries at a time."""

from collections.abc import Iterable
from typing import Any

SOME = 50  # items of a part
LISTS = ("items", "changes")  # that come some at a time, one beside the other

Json = dict[str, Any]
Part = tuple[str, Json]  # its name, and what it holds


def joined(parts: Iterable[Part]) -> Json:
    """The whole reply."""
    whole: Json = {}
    for _, part in parts:
        for name, value in part.items():
            if name in LISTS and name in whole:
                whole[name].extend(value)
            else:
                whole[name] = value
    return whole
