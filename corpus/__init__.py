"""Numbered documents: their text, parsed into items, and the spelling that makes them comparable."""

from corpus.abbreviated import Abbreviated, shortens
from corpus.beside import CorpusError
from corpus.check import lines as check_lines
from corpus.check import report as check_report
from corpus.dates import find_date, with_days
from corpus.deadlines import Due, find_dues
from corpus.described_titles import Described, continuing, listed_kinds, pointed_kind
from corpus.document import Document, HeadPart, Item, Part, Place, Step, Unit, Warned
from corpus.document_numbers import DocumentNumber, find_numbers, in_order, parse_number, spoken_numbers
from corpus.figures import FigureKind, find_figures, has_figure, kind_of_unit
from corpus.lines import ParseError
from corpus.load import (
    PACKAGED,
    READ_BY,
    Corpus,
    Failure,
    SourceFile,
    Sources,
    find_sources,
    listed_sources,
    load_corpus,
    load_document,
    read_document,
)
from corpus.markers import STYLES
from corpus.numbering import CHINESE, NUMBER, Reference, find_items, find_section, to_int
from corpus.packed import Packed, Skeleton, pack, stored, unpack_item, unpack_outline
from corpus.parse import parse_document, parse_source
from corpus.periods import find_periods, month_of, period_told
from corpus.pointing import Pointed, find_pointed
from corpus.readers import SUFFIXES, SourceError
from corpus.roles import says_responsible
from corpus.script import (
    department_key,
    fold,
    is_traditional,
    script_variants,
    spelling_key,
    spellings,
    to_simplified,
    to_traditional,
    well_formed,
)
from corpus.settled import Settled, SettledError, draft, settled_of
from corpus.shelf import Joined, Shelf
from corpus.short_names import ends_as_departments, listed_name, long_names, sector_name, short_names
from corpus.span import Span
from corpus.titles import (
    ANY_FILE,
    KINDS,
    LEVELS,
    bare_names,
    find_laws,
    find_titles,
    is_general,
    issuer_names,
    newest_first,
    place_before,
    place_names,
    short_title,
    short_titles,
    title_key,
    title_names,
    year_dated,
    years_said,
)

__all__ = [
    "ANY_FILE",
    "CHINESE",
    "KINDS",
    "LEVELS",
    "NUMBER",
    "PACKAGED",
    "READ_BY",
    "STYLES",
    "SUFFIXES",
    "Abbreviated",
    "Corpus",
    "CorpusError",
    "Described",
    "Document",
    "DocumentNumber",
    "Due",
    "Failure",
    "FigureKind",
    "HeadPart",
    "Item",
    "Joined",
    "Packed",
    "ParseError",
    "Part",
    "Place",
    "Pointed",
    "Reference",
    "Settled",
    "SettledError",
    "Shelf",
    "Skeleton",
    "SourceError",
    "SourceFile",
    "Sources",
    "Span",
    "Step",
    "Unit",
    "Warned",
    "bare_names",
    "check_lines",
    "check_report",
    "continuing",
    "department_key",
    "draft",
    "ends_as_departments",
    "find_date",
    "find_dues",
    "find_figures",
    "find_items",
    "find_laws",
    "find_numbers",
    "find_periods",
    "find_pointed",
    "find_section",
    "find_sources",
    "find_titles",
    "fold",
    "has_figure",
    "in_order",
    "is_general",
    "is_traditional",
    "issuer_names",
    "kind_of_unit",
    "listed_kinds",
    "listed_name",
    "listed_sources",
    "load_corpus",
    "load_document",
    "long_names",
    "month_of",
    "newest_first",
    "pack",
    "parse_document",
    "parse_number",
    "parse_source",
    "period_told",
    "place_before",
    "place_names",
    "pointed_kind",
    "read_document",
    "says_responsible",
    "script_variants",
    "sector_name",
    "settled_of",
    "short_names",
    "short_title",
    "short_titles",
    "shortens",
    "spelling_key",
    "spellings",
    "spoken_numbers",
    "stored",
    "title_key",
    "title_names",
    "to_int",
    "to_simplified",
    "to_traditional",
    "unpack_item",
    "unpack_outline",
    "well_formed",
    "with_days",
    "year_dated",
    "years_said",
]
