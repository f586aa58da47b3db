"""Files as people have them -> text: plain text, Markdown, web pages, Word, PDF, spreadsheets.

`read_source` tells the format, reads it in a child process with limits, and gives lines: paragraphs, headings, rows.
"""

from corpus.readers.formats import SUFFIXES
from corpus.readers.read import READER_VERSION, read_source
from corpus.readers.source import Source, SourceError, SourceLine

__all__ = ["READER_VERSION", "SUFFIXES", "Source", "SourceError", "SourceLine", "read_source"]
