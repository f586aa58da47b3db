"""Numbered documents: their text, parsed into items, and the spelling that makes them comparable."""

from corpus.document import Document, HeadPart, Item, Section, Span
from corpus.lines import ParseError
from corpus.load import PACKAGED, Corpus, CorpusError, load_corpus
from corpus.numbering import NUMBER, Reference, find_items, find_section, to_int
from corpus.parse import parse_document
from corpus.script import (
    fold,
    is_traditional,
    script_variants,
    spelling_key,
    spellings,
    to_simplified,
    to_traditional,
    well_formed,
)

__all__ = [
    "NUMBER",
    "PACKAGED",
    "Corpus",
    "CorpusError",
    "Document",
    "HeadPart",
    "Item",
    "ParseError",
    "Reference",
    "Section",
    "Span",
    "find_items",
    "find_section",
    "fold",
    "is_traditional",
    "load_corpus",
    "parse_document",
    "script_variants",
    "spelling_key",
    "spellings",
    "to_int",
    "to_simplified",
    "to_traditional",
    "well_formed",
]
