"""Markdown: headings, lines and tables; each line of the file is a paragraph of its own.

Markdown joins lines that no blank line separates; in Chinese law texts such lines are paragraphs, so they stay apart.
"""

import re

from corpus.readers.detect import decode
from corpus.readers.source import Source, SourceLine
from corpus.readers.tables import Cell, table_lines
from corpus.readers.text import refuse_binary

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
RULE = re.compile(r"\s{0,3}([-*_=])(?:\s*\1){2,}\s*")
TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
COLUMNS = 200  # that a table may have
INLINE = (
    (re.compile(r"!\[([^\[\]\n]{0,500})\]\([^)\n]{0,500}\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]{1,500})\]\([^)\n]{0,500}\)"), r"\1"),
    (re.compile(r"\*\*"), ""),
    (re.compile(r"__([^_\n]{1,200})__"), r"\1"),
    (re.compile(r"(?<![*\w])\*([^*\s][^*\n]{0,500})\*(?![*\w])"), r"\1"),
    (re.compile(r"`([^`\n]{1,200})`"), r"\1"),
    (re.compile(r"</?(?:br|p|div|center|span|b|i|u|strong|em|font)\b[^<>\n]{0,200}>", re.IGNORECASE), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])"), r"\1"),
)


def read_markdown(content: bytes) -> Source:
    """Comments are dropped, links and emphasis give their text, pipe tables their rows."""
    decoded = decode(content)
    refuse_binary(decoded.text)
    written = COMMENT.sub("", decoded.text).splitlines()
    lines: list[SourceLine] = []
    at = 0
    while at < len(written):
        height = _table_height(written, at)
        if height:
            rows = [[Cell(cell) for cell in _cells(line)] for line in (written[at], *written[at + 2 : at + height])]
            lines += table_lines(rows, header_rows=1)
            at += height
        else:
            lines += _line(written[at])
            at += 1
    return Source("md", decoded.encoding, tuple(lines), {}, decoded.warnings)


def _line(written: str) -> list[SourceLine]:
    if not written.strip() or RULE.fullmatch(written):
        return []
    heading = HEADING.fullmatch(written)
    if heading:
        return [SourceLine(_plain(heading[2]), "heading", len(heading[1]))] if _plain(heading[2]) else []
    plain = _plain(re.sub(r"^\s{0,3}(?:>\s?)+", "", written))
    return [SourceLine(plain)] if plain else []


def _plain(text: str) -> str:
    for pattern, shown in INLINE:
        text = pattern.sub(shown, text)
    return text.strip()


def _table_height(written: list[str], at: int) -> int:
    """How many lines from `at` on are a pipe table; 0 where none starts."""
    if written[at].count("|") > COLUMNS:
        return 0
    if at + 1 >= len(written) or "|" not in written[at] or "|" not in written[at + 1] + "|" * ("-" in written[at + 1]):
        return 0
    if not TABLE_RULE.fullmatch(written[at + 1][:2000]) or len(_cells(written[at])) != len(_cells(written[at + 1])):
        return 0
    height = 2
    while at + height < len(written) and "|" in written[at + height]:
        height += 1
    return height


def _cells(line: str) -> list[str]:
    inner = re.sub(r"^\s*\||(?<!\\)\|\s*$", "", line.strip())
    return [_plain(cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", inner)]
