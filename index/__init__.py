"""Search over the items of numbered documents, by words and by meaning."""

from index.asked import Columns
from index.build import NoRoomError, OnDocument, build_generation, build_index
from index.calibration import Calibration, load_calibration, save_calibration
from index.changes import Change, Kind, changes_between
from index.differing import Stretch, Words
from index.encoder import BUNDLED, Encoder, load_encoder
from index.engine import EngineError, Holder
from index.fits import Fits, fits_all, fits_any
from index.found import Mask
from index.generations import (
    POINTER,
    WriterError,
    clean,
    discard,
    point_at,
    pointed,
    put_in_place,
    read_pointer,
    writing,
)
from index.hits import Hit, Hits, Rows, merged
from index.literal import Literal
from index.meaning import SumOfWords
from index.milvus import Address, Milvus, OnBatch, address_of
from index.own_models import EncoderError
from index.ranking import POOL, fuse
from index.reranker import Reranker, load_reranker
from index.search import Index, Progress, index_fingerprint
from index.selection import Items
from index.shortened import is_shortened
from index.sounds import sounds_of
from index.store import IndexUnusableError, is_fitting, load_index, save_index, whole_generation
from index.tokens import Segmenter
from index.vectors import Vectors

__all__ = [
    "BUNDLED",
    "POINTER",
    "POOL",
    "Address",
    "Calibration",
    "Change",
    "Columns",
    "Encoder",
    "EncoderError",
    "EngineError",
    "Fits",
    "Hit",
    "Hits",
    "Holder",
    "Index",
    "IndexUnusableError",
    "Items",
    "Kind",
    "Literal",
    "Mask",
    "Milvus",
    "NoRoomError",
    "OnBatch",
    "OnDocument",
    "Progress",
    "Reranker",
    "Rows",
    "Segmenter",
    "Stretch",
    "SumOfWords",
    "Vectors",
    "Words",
    "WriterError",
    "address_of",
    "build_generation",
    "build_index",
    "changes_between",
    "clean",
    "discard",
    "fits_all",
    "fits_any",
    "fuse",
    "index_fingerprint",
    "is_fitting",
    "is_shortened",
    "load_calibration",
    "load_encoder",
    "load_index",
    "load_reranker",
    "merged",
    "point_at",
    "pointed",
    "put_in_place",
    "read_pointer",
    "save_calibration",
    "save_index",
    "sounds_of",
    "whole_generation",
    "writing",
]
