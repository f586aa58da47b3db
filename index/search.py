"""Every item scored by words and by meaning, and given back with its evidence."""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from corpus import Corpus, Item, fold, spelling_key
from index.calibration import Calibration
from index.dense import Dense, Similarities
from index.encoder import Encoder, Vectors
from index.lexical import BM25, Found, Scores, Texts
from index.tokens import TOKENIZER_VERSION, Segmenter

POOL = 100  # hits without literal evidence that a search gives back, best first
FORMAL = 0.4  # of a score at most, what the words that the thesaurus adds have; chosen on the dev questions
LETTERS = 6  # of a word typed in Latin letters for its sounds, at least
AROUND = 20  # characters before and after a phrase that tell where words end
CHANCES = 64  # phrases by which it is told how near chance comes
SELDOM = 0.95  # share of them that stay below what counts as evidence
MARGIN = 0.02  # above them
FEW = 1000  # items up to which the calibrated constants hold as they are
BATCH = 256  # texts encoded between two reports of progress

_CLAUSE = re.compile(r"[^。；;！!？?，,：:\n]+")
SHORTEST = 4  # characters of a clause that means something by itself

Progress = Callable[[int, int], None]  # (done, total) items


@dataclass(frozen=True, slots=True)
class Hit:
    """An item and why it was found. Scores order; evidence decides."""

    item: Item
    score: float  # 0 to 1: words and meaning fused, on one scale for all hits of a search
    phrase: bool  # the whole query stands in the item's text
    coverage: float  # share of the query's content words that stand in the text, 0 to 1
    words: float  # BM25, as a share of the most that the query's words can score, 0 to 1
    meaning: float  # cosine with the item and with its nearest clause, the mean: -1 to 1
    near: bool  # the meaning is close enough to be evidence by itself
    related: bool  # and close enough to be worth a look
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
        calibration: Calibration | None = None,
    ) -> None:
        self.corpus = corpus
        self.calibration = calibration or Calibration()
        self.items = items_of(corpus)
        self.fingerprint = index_fingerprint(corpus, encoder)
        self.segmenter, self.encoder, self.bm25, self.dense = segmenter, encoder, bm25, dense
        self._texts = Texts([spelling_key(item.text) for item in self.items])
        self._phrase_lengths = sorted({len(phrase) for phrase in corpus.thesaurus})

    @classmethod
    def build(
        cls, corpus: Corpus, segmenter: Segmenter, encoder: Encoder, on_progress: Progress | None = None
    ) -> "Index":
        items = items_of(corpus)
        bm25 = BM25.build([segmenter.search_words(item.text) for item in items])
        parts = [parts_of(item) for item in items]
        vectors: list[Vectors] = []
        for start in range(0, len(items), BATCH):
            vectors.append(encoder.encode([part for own in parts[start : start + BATCH] for part in own]))
            if on_progress:
                on_progress(min(start + BATCH, len(items)), len(items))
        dense = Dense.build(np.concatenate(vectors), [len(own) for own in parts])
        return cls(corpus, segmenter, encoder, bm25, dense)

    def calibrated(self, calibration: Calibration) -> "Index":
        """The same index with other constants."""
        return Index(self.corpus, self.segmenter, self.encoder, self.bm25, self.dense, calibration)

    def search(self, query: str, documents: Sequence[str] | None = None) -> list[Hit]:
        """Every item with literal evidence and the POOL best others: literal hits first, then by score, then in
        reading order. `documents` limits what is given back, not how it is scored."""
        asked = None if documents is None else set(documents)
        rows = [row for row, item in enumerate(self.items) if asked is None or item.document in asked]
        found = self._find_phrase(query, set(rows))
        words = [] if found else self.segmenter.content_words(query)
        by_word = [self._texts.find_word(spelling_key(word)) for word in words]
        shares, meaning = self._scores(query)
        likened, likeness = shares, meaning
        if formal := self.formal_words(query):  # these order, and make related; they are no evidence
            formal_shares, formal_meaning = self._scores(" ".join(formal))
            weight = np.float32(FORMAL * (1 - float(shares.max(initial=0))))  # less where the query's own words stand
            likened = (1 - weight) * shares + weight * formal_shares
            likeness = (1 - weight) * meaning + weight * formal_meaning
        # rounded: the last bits differ between processors, and between rows of one text
        fused = fuse(likened, likeness, self.calibration.words_weight).round(6)
        literal = {*found}.union(*by_word).intersection(rows)
        best = sorted((row for row in rows if row not in literal), key=lambda row: -fused[row])[:POOL]
        chosen = literal.union(best)
        hits = []
        for row in sorted(chosen, key=lambda row: (row not in found, -fused[row], row)):
            spans = found.get(row) or [span for spans in by_word for span in spans.get(row, ())]
            covered = sum(row in spans for spans in by_word)
            hits.append(
                Hit(
                    item=self.items[row],
                    score=round(max(0.0, float(fused[row])), 4),
                    phrase=row in found,
                    coverage=1.0 if row in found else covered / len(words) if words else 0.0,
                    words=float(shares[row]),
                    meaning=float(meaning[row]),
                    near=bool(meaning[row] >= self.surely_near),
                    related=bool(max(meaning[row], likeness[row]) >= self.calibration.related),
                    highlights=merged(spans),
                )
            )
        return hits

    @cached_property
    def surely_near(self) -> float:
        """The similarity from which meaning alone is evidence: the calibrated one, or what hardly any question that
        has nothing to do with these items reaches. The more items there are, the nearer chance comes to a question."""
        chance = self._chance
        reached = chance[int(len(chance) * SELDOM)] if chance else 0.0
        return max(self.calibration.meaning, reached + MARGIN if len(self.items) > FEW else 0.0)

    @cached_property
    def worth_a_look(self) -> float:
        """The similarity from which the nearest items may be what was meant."""
        chance = self._chance
        return max(self.calibration.perhaps, chance[len(chance) // 2] if chance and len(self.items) > FEW else 0.0)

    @cached_property
    def _chance(self) -> list[float]:
        """How near the nearest item is to everyday phrases put together without regard to these items, in order."""
        phrases = sorted(self.corpus.thesaurus)
        step = max(1, len(phrases) // (2 * CHANCES))
        pairs = list(zip(phrases[::step], phrases[step // 2 :: step], strict=False))[: 2 * CHANCES]
        texts = [f"{one}{other}" for one, other in pairs][:CHANCES]
        reached = (
            (self.dense.similarities(vector).max(initial=0.0) for vector in self.encoder.encode(texts)) if texts else ()
        )
        return sorted(map(float, reached))

    def formal_words(self, query: str) -> list[str]:
        """Words of documents for the everyday phrases of the query, by the thesaurus; folded, in the query's order."""
        folded, thesaurus = fold(query), self.corpus.thesaurus
        stretches = (folded[at : at + length] for at in range(len(folded)) for length in self._phrase_lengths)
        words = (word for phrase in stretches if phrase in thesaurus for word in thesaurus[phrase])
        return [word for word in dict.fromkeys(words) if word not in folded]

    def _scores(self, text: str) -> tuple[Scores, Similarities]:
        """Of each item, the share of words and the similarity of meaning."""
        shares = self.bm25.shares(self.segmenter.search_words(text))
        return shares, self.dense.similarities(self.encoder.encode([text])[0])

    def stands(self, phrase: str) -> bool:
        """The whole phrase stands in some item, as typed but for script and punctuation."""
        key = spelling_key(phrase.strip())
        return bool(self._texts.find(key) or self._texts.find_loosely(key))

    def spelt_like(self, phrase: str) -> list[str]:
        """What stands in items, as it is written there, in whole words, and is spelt nearly like the phrase, or whose
        sounds the phrase writes in Latin letters; each spelling once."""
        key = spelling_key(phrase.strip())
        letters = key.isascii() and key.isalpha() and len(key) >= LETTERS
        found = self._texts.spelt_in_letters(key) if letters else {} if key.isascii() else self._texts.spelt_like(key)
        written: dict[str, str] = {}
        for row, spans in found.items():
            text = self.items[row].text
            for start, end in spans:
                spelt = spelling_key(text[start:end])
                if spelt not in written and self._is_words(text, start, end):
                    written[spelt] = text[start:end]
        return list(written.values())

    def _is_words(self, text: str, start: int, end: int) -> bool:
        """Words begin and end there."""
        before, after = max(0, start - AROUND), min(len(text), end + AROUND)
        ends = self.segmenter.boundaries(text[before:after])
        return start - before in ends and end - before in ends

    def _find_phrase(self, query: str, rows: set[int]) -> Found:
        """Of these rows, those where the whole query stands, and where: as typed, or else without regard to
        punctuation and spaces."""
        key = spelling_key(query.strip())
        for find in (self._texts.find, self._texts.find_loosely):
            if found := {row: spans for row, spans in find(key).items() if row in rows}:
                return found
        return {}


def parts_of(item: Item) -> list[str]:
    """The texts by whose meaning an item is found: the whole, and each of its clauses where it has several."""
    clauses = [clause for clause in _CLAUSE.findall(item.text) if len(clause.strip()) >= SHORTEST]
    return [item.text, *clauses] if len(clauses) > 1 else [item.text]


def items_of(corpus: Corpus) -> list[Item]:
    """All items, documents in order of id, items in reading order: the rows of an index."""
    return [item for document in corpus.documents for item in document.items]


def index_fingerprint(corpus: Corpus, encoder: Encoder) -> str:
    """Changes whenever an index built from these would: sources, parser, tokenizer or encoder."""
    parts = f"{corpus.fingerprint}\ntokenizer {TOKENIZER_VERSION}\n{encoder.identity}"
    return hashlib.sha256(parts.encode()).hexdigest()


def fuse(words: npt.NDArray[np.float32], meaning: npt.NDArray[np.float32], weight: float) -> npt.NDArray[np.float64]:
    """Weighted mean of words' shares and meaning's cosines. Neither is stretched to the spread of its ranking: where
    hardly a word of the query stands anywhere, words have little to say, and meaning decides."""
    return weight * words.astype(np.float64) + (1 - weight) * meaning.astype(np.float64)


def merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """In order, those that overlap made one."""
    together: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if together and start < together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((start, end))
    return tuple(together)
