"""Every item scored by words and by meaning, and given back with its evidence."""

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from corpus import Corpus, Item, fold, spelling_key
from index.calibration import Calibration
from index.dense import Dense, Similarities
from index.encoder import Encoder, Vectors
from index.found import Found, Mask
from index.hits import Floats, Hits, Rows
from index.lexical import BM25, Scores
from index.spelling import Spellings
from index.texts import Texts
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
        self._texts = Texts.of([spelling_key(item.text) for item in self.items])
        self._spellings = Spellings(self._texts)
        self._standing = lru_cache(maxsize=4096)(self._texts.stands)
        ends = np.cumsum([len(document.items) for document in corpus.documents]).tolist()
        ids = [document.id for document in corpus.documents]
        self._spans = dict(zip(ids, zip([0, *ends], ends, strict=False), strict=True))  # of each document's rows
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

    def search(self, query: str, documents: Sequence[str] | None = None) -> Hits:
        """Every item with literal evidence and the POOL best others: literal hits first, then by score, then in
        reading order. `documents` limits what is given back, not how it is scored."""
        asked = self._mask(documents)
        found = self._find_phrase(query, asked)
        words = [] if found else self.segmenter.content_words(query)
        by_word = [self._texts.find_word(spelling_key(word)) for word in words]
        shares, meaning, likened, likeness = self._likeness(query)
        # rounded: the last bits differ between processors, and between rows of one text
        fused = fuse(likened, likeness, self.calibration.words_weight).round(6)
        phrase, covered = np.zeros(len(fused), dtype=bool), np.zeros(len(fused), dtype=np.int64)
        phrase[found.rows] = True
        for one in by_word:
            covered[one.rows] += 1
        rows = _chosen(fused, phrase | (covered > 0), asked)
        rows = rows[np.lexsort((rows, -fused[rows], ~phrase[rows]))]
        return Hits(
            items=self.items,
            rows=rows,
            score=fused[rows],
            phrase=phrase[rows],
            coverage=np.where(phrase[rows], 1.0, covered[rows] / max(1, len(words))),
            words=shares[rows],
            meaning=meaning[rows],
            near=meaning[rows] >= self.surely_near,
            related=np.maximum(meaning, likeness)[rows] >= self.calibration.related,
            found=found,
            by_word=by_word,
        )

    def _likeness(self, query: str) -> tuple[Scores, Similarities, Scores, Similarities]:
        """Shares of words and similarities of meaning: the query's own, and those that order, to which the thesaurus
        adds words."""
        shares, meaning = self._scores(query)
        formal = self.formal_words(query)  # these order, and make related; they are no evidence
        if not formal:
            return shares, meaning, shares, meaning
        formal_shares, formal_meaning = self._scores(" ".join(formal))
        weight = np.float32(FORMAL * (1 - float(shares.max(initial=0))))  # less where the query's own words stand
        likened = (1 - weight) * shares + weight * formal_shares
        return shares, meaning, likened, (1 - weight) * meaning + weight * formal_meaning

    def _mask(self, documents: Sequence[str] | None) -> Mask | None:
        """The rows of these documents; None for all."""
        if documents is None or len(set(documents)) >= len(self.corpus.documents):
            known = {document.id for document in self.corpus.documents} if documents is not None else set()
            if known <= set(documents or ()):
                return None
        mask = np.zeros(len(self.items), dtype=bool)
        for id in set(documents or ()) & self._spans.keys():
            mask[slice(*self._spans[id])] = True
        return mask

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
        return self._standing(spelling_key(phrase.strip()))

    def spelt_like(self, phrase: str) -> list[str]:
        """What stands in items, as it is written there, in whole words, and is spelt nearly like the phrase, or whose
        sounds the phrase writes in Latin letters; each spelling once."""
        key = spelling_key(phrase.strip())
        if key.isascii():
            sounds = key.isalpha() and len(key) >= LETTERS
            alike = self._spellings.in_letters(key) if sounds else []
        else:
            alike = [(self._spellings.alike(key), len(key))]
        written: dict[str, str] = {}
        for places, length in alike:
            for spelt, row, start, end in self._texts.occurrences(places, length):
                if spelt not in written and self._is_words(text := self.items[row].text, start, end):
                    written[spelt] = text[start:end]
        return list(written.values())

    def _is_words(self, text: str, start: int, end: int) -> bool:
        """Words begin and end there."""
        before, after = max(0, start - AROUND), min(len(text), end + AROUND)
        ends = self.segmenter.boundaries(text[before:after])
        return start - before in ends and end - before in ends

    def _find_phrase(self, query: str, asked: Mask | None) -> Found:
        """Where the whole query stands in the rows asked: as typed, or else without regard to punctuation and
        spaces."""
        key = spelling_key(query.strip())
        return self._texts.find(key).among(asked) or self._texts.find_loosely(key).among(asked)


def _chosen(fused: Floats, literal: Mask, asked: Mask | None) -> Rows:
    """The literal rows and the POOL best others, of those asked; the first in reading order where scores are equal."""
    own = literal if asked is None else literal & asked
    others = np.flatnonzero(~literal if asked is None else ~literal & asked)
    if len(others) > POOL:
        scores = fused[others]
        last = np.partition(scores, len(scores) - POOL)[-POOL]
        better, equal = others[scores > last], others[scores == last]
        others = np.concatenate((better, equal[: POOL - len(better)]))
    return np.concatenate((np.flatnonzero(own), others))


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
