"""Plain text: what stands in the file, character by character."""

import re

from corpus.readers.detect import decode
from corpus.readers.source import Source, SourceError, SourceLine

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")


def read_text(content: bytes) -> Source:
    """One line of the file, one line of the source; line ends as they are, so that `text` is the file's text."""
    decoded = decode(content)
    refuse_binary(decoded.text)
    return Source("txt", decoded.encoding, tuple(split(decoded.text)), {}, decoded.warnings)


def split(text: str) -> list[SourceLine]:
    """ "甲\\r\\n乙" -> 甲 with end "\\r\\n", 乙 with end ""."""
    found = [SourceLine(match[1], end=match[2]) for match in LINE.finditer(text)]
    return [line for line in found if line.text or line.end]


def refuse_binary(text: str) -> None:
    """Raises SourceError for control characters that no text has: a program or a picture, not a text."""
    control = len(_CONTROL.findall(text[:100_000]))
    if "\x00" in text or control * 100 > len(text[:100_000]):
        raise SourceError("应为文本文件，实为含有大量控制字符的二进制内容；请提供原文件，并核对后缀。")
