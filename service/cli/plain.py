"""What is written to a terminal: text alone. A document's or a file name's control characters could move the cursor, set the
title or make the terminal type."""

import logging
import sys
from typing import Any, TextIO

from rich.console import Console
from rich.markup import render

CONTROLS = [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_SHOWN = {code: "\ufffd" for code in CONTROLS if chr(code) not in "\n\t"}
_ESCAPED = {code: f"\\u{code:04x}" for code in CONTROLS if code >= 0x7F}


def plain(text: str) -> str:
    """With the replacement character in place of each control character, and of what is no character."""
    return text.translate(_SHOWN).encode(errors="replace").decode()


def escaped(json: str) -> str:
    """JSON that says the same without control characters and in any encoding."""
    return json.translate(_ESCAPED).encode(errors="backslashreplace").decode()


class Log(Console):
    """Strings are made plain; what rich itself draws is not. Where lines are JSON, they go with all others, and nothing
    is drawn."""

    lines: logging.Logger | None = None

    def print(self, *objects: Any, **named: Any) -> None:
        if self.lines is None:
            super().print(*(plain(one) if isinstance(one, str) else one for one in objects), **named)
            return
        for said in (one for one in objects if isinstance(one, str)):
            self.lines.info(plain(said if named.get("markup") is False else render(said).plain))

    def write_lines(self, lines: logging.Logger) -> None:
        """From now on."""
        self.lines, self.is_interactive = lines, False


class Plain:
    """A stream that takes plain text alone."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(plain(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def write_plainly() -> None:
    """From now on, on standard output."""
    sys.stdout = Plain(sys.stdout)
