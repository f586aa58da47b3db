"""Every item scored by words and by meaning, and given back with its evidence."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from corpus import Corpus, Item, Sources, fold, spelling_key
from index.asked import Columns
from index.assembled import Assembled, assemble
from index.calibration import Calibration
from index.changes import Change, changes_between
from index.encoder import Encoder
from index.found import Found, Mask
from index.held import Held, held_here
from index.hits import Floats, Hits, Rows
from index.in_context import in_context
from index.lexical import Scores
from index.likeness import Asked, likeness_of
from index.literal import Literal
from index.nearness import HALF, by_context, by_words
from index.prepared import prepare
from index.ranking import by_chance
from index.reranker import Reranker, best_rows, in_order
from index.shortened import is_body, whole_forms
from index.spelling import Spellings
from index.tokens import TOKENIZER_VERSION, Segmenter
from index.vectors import Vectors

FORMAL = 0.4  # of a score at most, what the words that the thesaurus adds have; chosen on the dev questions
LETTERS = 6  # of a word typed in Latin letters for its sounds, at least
PLACES = 50  # of one spelling that are looked at for whether it is whole words there
AROUND = 20  # characters before and after a phrase that tell where words end
SELDOM = 0.95  # share of them that stay below what counts as evidence
MARGIN = 0.02  # above them
KNOWN = 1e-6  # how often a word is used from which on it may be another that is spelt as short
ALIKE = 0.4  # likeness of such a word and what it shortens
CHANGES = 16  # pairs of documents whose comparison is remembered
FEW = 1000  # items up to which the calibrated constants hold as they are

Progress = Callable[[int, int], None]  # (done, total) items


class Index:
    """All items of a corpus, searchable. Immutable: searches may run side by side."""

    def __init__(
        self,
        corpus: Corpus,
        segmenter: Segmenter,
        encoder: Encoder,
        assembled: Assembled,
        items: Sequence[Item],
        calibration: Calibration | None = None,
        held: Held | None = None,
        generation: str = "",
        reranker: Reranker | None = None,
    ) -> None:
        """`items` are the rows of the arrays; `held` is what these do not hold; `generation` is under which name it is
        stored."""
        self.corpus, self.segmenter, self.encoder = corpus, segmenter, encoder
        self.calibration = calibration or Calibration()
        self.assembled, self.items, self.generation, self.reranker = assembled, items, generation, reranker
        self.fingerprint = index_fingerprint(corpus, encoder)
        arrays = assembled.arrays
        self.held = held or held_here(arrays, encoder)
        self.bm25, self.dense, self._texts = self.held.bm25, self.held.dense, self.held.texts
        self.context = in_context(arrays, encoder)
        self._spellings = Spellings(self._texts)
        self._standing = lru_cache(maxsize=4096)(self._texts.stands)
        self._masks = lru_cache(maxsize=64)(self._mask_of)
        ids = (header["id"] for header in assembled.headers)
        self._spans = dict(zip(ids, pairwise(arrays["document_at"].tolist()), strict=True))  # of each document's rows
        self.columns = Columns(assembled, corpus.documents, items)
        self._changes = lru_cache(maxsize=CHANGES)(self._changed)
        self._phrase_lengths = sorted({len(phrase) for phrase in corpus.thesaurus})

    @classmethod
    def build(
        cls, corpus: Corpus, segmenter: Segmenter, encoder: Encoder, on_progress: Progress | None = None
    ) -> "Index":
        """In memory. `built` makes one of a folder's documents that need not all be in memory."""
        items = [item for document in corpus.documents for item in document.items]
        every = []
        done = 0
        for document in corpus.documents:
            every.append(prepare(document, segmenter))
            done += len(document.items)
            if on_progress:
                on_progress(done, len(items))
        return cls(corpus, segmenter, encoder, assemble(every, encoder), items)

    def calibrated(self, calibration: Calibration) -> "Index":
        """The same index with other constants."""
        return self._with(calibration, self.reranker)

    def reranked_by(self, reranker: Reranker | None) -> "Index":
        """The same index, the nearest items put in order by this one."""
        return self._with(self.calibration, reranker)

    def _with(self, calibration: Calibration, reranker: Reranker | None) -> "Index":
        own = (self.corpus, self.segmenter, self.encoder, self.assembled, self.items)
        return Index(*own, calibration, self.held, self.generation, reranker)

    def search(self, query: str, documents: Sequence[str] | None = None, literal: Literal | None = None) -> Hits:
        """Every item with literal evidence and the POOL best others: literal hits first, then by score, then in
        reading order. `documents` limits what is given back, not how it is scored; `literal` is what `look_up` has
        found of the query."""
        literal = literal or self.look_up(query, documents)
        asked, within = self._asked_for(query), self._mask(documents)
        likeness = likeness_of(asked, literal, within, self.dense, self.calibration.words_weight)
        rows = likeness.rows
        coverage = np.zeros(len(rows))
        coverage[np.searchsorted(rows, literal.rows)] = literal.coverage
        said, constants = float(coverage.max(initial=0.0)), self._constants
        nearness = by_context(query, likeness, said, self.context, constants) or by_words(likeness, constants)
        return Hits(
            items=self.items,
            rows=rows,
            score=self._reranked(query, rows, nearness.score) if said < HALF else nearness.score,
            phrase=(coverage > 0) & literal.is_phrase,
            coverage=coverage,
            words=likeness.shares,
            meaning=nearness.meaning,
            near=nearness.near,
            likely=nearness.likely,
            perhaps=nearness.perhaps,
            sole=nearness.sole,
            related=nearness.related,
            found=literal.found,
            by_word=literal.by_word,
        )

    def _reranked(self, query: str, rows: Rows, scores: Floats) -> Floats:
        if self.reranker is None or not len(rows):
            return scores
        first = best_rows(scores)
        answers = self.reranker.scores(query, [self.items[row].text for row in rows[first].tolist()])
        scores = scores.copy()
        scores[first] = in_order(scores[first], answers, self.calibration.rerank_weight)
        return scores

    def look_up(self, query: str, documents: Sequence[str] | None = None) -> Literal:
        """What of the query stands literally in items of the documents."""
        asked = self._mask(documents)
        found = self._find_phrase(query, asked)
        words = [] if found else self.segmenter.content_words(query)
        by_word = [self._texts.find_word(spelling_key(word)) for word in words]
        return Literal.of(found, by_word, asked, len(self.items))

    def _asked_for(self, query: str) -> list[Asked]:
        """The query, and the words that the thesaurus adds: these order, and make related; they are no evidence."""
        shares, vector = self._words_and_meaning(query)
        formal = self.formal_words(query)
        if not formal:
            return [Asked(shares, vector, np.float32(1))]
        weight = np.float32(FORMAL * (1 - float(shares.max(initial=0))))  # less where the query's own words stand
        return [
            Asked(shares, vector, 1 - weight),
            Asked(*self._words_and_meaning(" ".join(formal)), weight),
        ]

    def _words_and_meaning(self, text: str) -> tuple[Scores, Vectors]:
        return self.bm25.shares(self.segmenter.search_words(text)), self.encoder.encode([text])[0]

    def _mask(self, documents: Sequence[str] | None) -> Mask | None:
        """The rows of these documents; None for all."""
        return None if documents is None else self._masks(tuple(documents))

    def _mask_of(self, documents: tuple[str, ...]) -> Mask | None:
        if set(documents) >= self._spans.keys():
            return None
        mask = np.zeros(len(self.items), dtype=bool)
        for id in set(documents) & self._spans.keys():
            mask[slice(*self._spans[id])] = True
        return mask

    @cached_property
    def _constants(self) -> Calibration:
        """The calibrated ones; meaning is evidence, and worth a look, only from what hardly any question, and what half
        of those, reach that have nothing to do with these items. The more items there are, the nearer chance comes to
        a question."""
        own = self.calibration
        if len(self.items) <= FEW or not (chance := self.chance):
            return own
        surely, perhaps = chance[int(len(chance) * SELDOM)] + MARGIN, chance[len(chance) // 2]
        return replace(own, meaning=max(own.meaning, surely), perhaps=max(own.perhaps, perhaps))

    @cached_property
    def chance(self) -> list[float]:
        """How near the nearest item is to phrases that have nothing to do with these items, in order."""
        if "chance" in self.assembled.arrays:
            return [float(one) for one in self.assembled.arrays["chance"]]
        return by_chance(self.corpus.thesaurus, self.encoder, self.dense)

    def formal_words(self, query: str) -> list[str]:
        """Words of documents for the everyday phrases of the query, by the thesaurus; folded, in the query's order."""
        folded, thesaurus = fold(query), self.corpus.thesaurus
        stretches = (folded[at : at + length] for at in range(len(folded)) for length in self._phrase_lengths)
        words = (word for phrase in stretches if phrase in thesaurus for word in thesaurus[phrase])
        return [word for word in dict.fromkeys(words) if word not in folded]

    def count(self, phrase: str, documents: Sequence[str] | None = None) -> int:
        """In how many items of the documents the whole phrase stands."""
        return len(self._find_phrase(phrase, self._mask(documents)))

    def changes(self, before: str, after: str) -> tuple[Change, ...]:
        """What became of the items of one document, by its id, in the other."""
        return self._changes(before, after)

    def _changed(self, before: str, after: str) -> tuple[Change, ...]:
        one, other = ([*self.items[slice(*self._spans[id])]] for id in (before, after))
        return changes_between(one, other, self.segmenter, self.encoder)

    def size(self, documents: Sequence[str] | None = None) -> int:
        """How many items the documents have."""
        asked = self._mask(documents)
        return len(self.items) if asked is None else int(asked.sum())

    def stands(self, phrase: str, documents: Sequence[str] | None = None) -> bool:
        """The whole phrase stands in some item of the documents, as typed but for script and punctuation."""
        key = spelling_key(phrase.strip())
        asked = self._mask(documents)
        return self._standing(key) if asked is None else self._texts.stands(key, asked)

    def spelt_like(self, phrase: str, documents: Sequence[str] | None = None) -> list[str]:
        """What stands in items of the documents, as it is written there, in whole words, and is spelt nearly like the
        phrase, or whose sounds the phrase writes in Latin letters; each spelling once."""
        asked = self._mask(documents)
        key = spelling_key(phrase.strip())
        if key.isascii():
            sounds = key.isalpha() and len(key) >= LETTERS
            alike = self._spellings.in_letters(key) if sounds else []
        else:
            alike = [(self._spellings.alike(key), len(key))]
        written: dict[str, str] = {}
        for places, length in alike:
            for spelt, row, start, end in self._texts.occurrences(places, length, PLACES, asked):
                if spelt not in written and self._is_words(text := self.items[row].text, start, end):
                    written[spelt] = text[start:end]
        return list(written.values())

    def whole_forms(self, short: str, documents: Sequence[str] | None = None) -> list[str]:
        """What a word that stands nowhere shortens, as the items of the documents write it (社团: 社会团体), folded, in
        the most items first. A word that is often used by itself must mean nearly the same."""
        own = self._texts, self._mask(documents), lambda row: fold(self.items[row].text)
        found = whole_forms(short, *own, self.segmenter.boundaries, self.segmenter.search_words)
        if found and self.segmenter.frequency(short) > KNOWN:
            own_vector, *vectors = self.encoder.encode([short, *found])
            found = [
                one
                for one, vector in zip(found, vectors, strict=True)
                if is_body(short, one)
                or (float(own_vector @ vector) >= ALIKE and (len(short) > 2 or short[-1] in self._begun(one)))
            ]
        return sorted(found, key=lambda one: -self.count(one, documents))

    def _begun(self, phrase: str) -> set[str]:
        """The letters that begin its words but the first: 社会团体 has 团, 中心小学 has 小."""
        return {word[0] for word in self.segmenter.words(phrase)[1:]}

    def crosses_words(self, text: str, start: int, end: int) -> bool:
        """No word begins or ends at either end: 人防 in 个人|防护."""
        before, after = max(0, start - AROUND), min(len(text), end + AROUND)
        return not {start - before, end - before} & set(self.segmenter.boundaries(text[before:after]))

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


def index_fingerprint(corpus: Corpus | Sources, encoder: Encoder) -> str:
    """Changes whenever an index built from these would: sources, parser, tokenizer or encoder."""
    parts = f"{corpus.fingerprint}\ntokenizer {TOKENIZER_VERSION}\n{encoder.identity}"
    return hashlib.sha256(parts.encode()).hexdigest()
