"""The words that a sentence is checked with, class by class: `words.txt`."""

import re
from functools import cache
from pathlib import Path

from service.llm.tokens import Tokens, tokens

FILE = Path(__file__).parent / "words.txt"


@cache
def words(*names: str) -> tuple[str, ...]:
    """The words of these classes as texts are compared, longest first."""
    every = ["".join(tokens(word)) for name in names for word in _classes()[name]]
    return tuple(sorted(every, key=lambda word: (-len(word), word)))


@cache
def in_tokens(name: str) -> tuple[Tokens, ...]:
    return tuple(tokens(word) for word in words(name))


@cache
def any_of(*names: str) -> str:
    """A pattern of one of them."""
    return "(?:" + "|".join(map(re.escape, words(*names))) + ")"


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {name: tuple(rest.split()) for name, _, rest in pairs}
