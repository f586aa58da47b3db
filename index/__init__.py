"""Search over the items of numbered documents, by words and by meaning."""

from index.encoder import BUNDLED, Encoder, EncoderError, Vectors, load_encoder
from index.search import POOL, WORDS_WEIGHT, Hit, Index, Progress, fuse, index_fingerprint, merged
from index.store import IndexUnusableError, load_index, save_index
from index.tokens import Segmenter

__all__ = [
    "BUNDLED",
    "POOL",
    "WORDS_WEIGHT",
    "Encoder",
    "EncoderError",
    "Hit",
    "Index",
    "IndexUnusableError",
    "Progress",
    "Segmenter",
    "Vectors",
    "fuse",
    "index_fingerprint",
    "load_encoder",
    "load_index",
    "merged",
    "save_index",
]
