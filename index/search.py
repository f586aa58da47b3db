"""Every item scored by words and by meaning, and given back with its evidence."""

import hashlib
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus import Corpus, Item, spelling_key
from index.dense import Dense
from index.encoder import Encoder, Vectors
from index.lexical import BM25, Found, Texts
from index.tokens import TOKENIZER_VERSION, Segmenter

WORDS_WEIGHT = 0.8  # against 0.2 for meaning; chosen on CMRC 2018 dev by `python -m index.train`
POOL = 100  # hits without literal evidence that a search gives back, best first
BATCH = 256  # texts encoded between two reports of progress

Progress = Callable[[int, int], None]  # (done, total) items


@dataclass(frozen=True, slots=True)
class Hit:
    """An item and why it was found. Scores order; evidence decides."""

    item: Item
    score: float  # 0 to 1: words and meaning fused, on one scale for all hits of a search
    phrase: bool  # the whole query stands in the item's text
    coverage: float  # share of the query's content words that stand in the text, 0 to 1
    words: float  # BM25, 0 and above
    meaning: float  # cosine, -1 to 1
    highlights: tuple[tuple[int, int], ...]  # [start, end) in item.text, of the phrase or else of the words


class Index:
    """All items of a corpus, searchable. Immutable: searches may run side by side."""

    def __init__(
        self,
        corpus: Corpus,
        segmenter: Segmenter,
        encoder: Encoder,
        bm25: BM25,
        dense: Dense,
        words_weight: float = WORDS_WEIGHT,
    ) -> None:
        self.corpus = corpus
        self.words_weight = words_weight
        self.items = items_of(corpus)
        self.fingerprint = index_fingerprint(corpus, encoder)
        self.segmenter, self.encoder, self.bm25, self.dense = segmenter, encoder, bm25, dense
        self._texts = Texts([spelling_key(item.text) for item in self.items])

    @classmethod
    def build(
        cls, corpus: Corpus, segmenter: Segmenter, encoder: Encoder, on_progress: Progress | None = None
    ) -> "Index":
        items = items_of(corpus)
        bm25 = BM25.build([segmenter.search_words(item.text) for item in items])
        vectors: list[Vectors] = []
        for start in range(0, len(items), BATCH):
            vectors.append(encoder.encode([item.text for item in items[start : start + BATCH]]))
            if on_progress:
                on_progress(min(start + BATCH, len(items)), len(items))
        return cls(corpus, segmenter, encoder, bm25, Dense.build(np.concatenate(vectors)))

    def weighted(self, words_weight: float) -> "Index":
        """The same index ranking with this weight of words: 1 is words alone, 0 meaning alone."""
        return Index(self.corpus, self.segmenter, self.encoder, self.bm25, self.dense, words_weight)

    def search(self, query: str, documents: Sequence[str] | None = None) -> list[Hit]:
        """Every item with literal evidence and the POOL best others: literal hits first, then by score, then in
        reading order. `documents` limits what is given back, not how it is scored."""
        asked = None if documents is None else set(documents)
        rows = [row for row, item in enumerate(self.items) if asked is None or item.document in asked]
        found = self._find_phrase(query, set(rows))
        words = [] if found else self.segmenter.content_words(query)
        by_word = [self._texts.find_word(spelling_key(word)) for word in words]
        bm25 = self.bm25.scores(self.segmenter.search_words(query))
        meaning = self.dense.similarities(self.encoder.encode([query])[0])
        fused = fuse(bm25, meaning, self.words_weight)
        best = sorted(rows, key=lambda row: -fused[row])[:POOL]
        chosen = {*found, *best}.union(*by_word).intersection(rows)
        hits = []
        for row in sorted(chosen, key=lambda row: (row not in found, -fused[row], row)):
            spans = found.get(row) or [span for spans in by_word for span in spans.get(row, ())]
            covered = sum(row in spans for spans in by_word)
            hits.append(
                Hit(
                    item=self.items[row],
                    score=score_of(fused[row]),
                    phrase=row in found,
                    coverage=1.0 if row in found else covered / len(words) if words else 0.0,
                    words=float(bm25[row]),
                    meaning=float(meaning[row]),
                    highlights=merged(spans),
                )
            )
        return hits

    def stands(self, phrase: str) -> bool:
        """The whole phrase stands in some item, as typed but for the script."""
        return bool(self._texts.find(spelling_key(phrase)))

    def _find_phrase(self, query: str, rows: set[int]) -> Found:
        """Of these rows, those where the whole query stands, and where: as typed, or else without regard to
        punctuation and spaces."""
        key = spelling_key(query.strip())
        for find in (self._texts.find, self._texts.find_loosely):
            if found := {row: spans for row, spans in find(key).items() if row in rows}:
                return found
        return {}


def items_of(corpus: Corpus) -> list[Item]:
    """All items, documents in order of id, items in reading order: the rows of an index."""
    return [item for document in corpus.documents for item in document.items]


def index_fingerprint(corpus: Corpus, encoder: Encoder) -> str:
    """Changes whenever an index built from these would: sources, parser, tokenizer or encoder."""
    parts = f"{corpus.fingerprint}\ntokenizer {TOKENIZER_VERSION}\n{encoder.identity}"
    return hashlib.sha256(parts.encode()).hexdigest()


def fuse(words: npt.NDArray[np.float32], meaning: npt.NDArray[np.float32], weight: float) -> npt.NDArray[np.float64]:
    """Weighted mean of the two rankings' z-scores."""
    return weight * _z_scores(words) + (1 - weight) * _z_scores(meaning)


def score_of(fused: float) -> float:
    """Brought to 0 to 1 by the logistic function, four decimals: for showing, since among many items the best are
    all 1.0; the order of hits is that of the fused values."""
    return round(1 / (1 + math.exp(-max(fused, -50.0))), 4)


def _z_scores(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    spread = values.std(dtype=np.float64)
    return (values - values.mean(dtype=np.float64)) / spread if spread > 1e-9 else np.zeros(len(values))


def merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """In order, those that overlap made one."""
    together: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if together and start < together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((start, end))
    return tuple(together)
