"""Word meanings from a dictionary: CC-CEDICT's English glosses, read by an English sentence model.

Words glossed alike mean nearly the same. That tells the encoder of words that laws hardly use, and which words may
stand for each other.
"""

import gzip
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus import fold
from index.vectors import Vectors, unit

LONGEST = 6  # characters of a word: longer entries are phrases and names
GLOSS_LENGTH = 120  # characters of the glosses read: some 30 tokens
WHITEN = 0.35  # how far the components of meaning are evened out
ALIKE = 0.75  # cosine of two glosses from which one word may stand for the other
MOST_ALIKE = 8  # such words kept for each
BATCH = 256

_ENTRY = re.compile(r"^\S+ (\S+) \[[^\]]*\] /(.*)/\s*$")
_NO_MEANING = re.compile(r"CL:|(?:old )?variant of|see |surname |used in |abbr\. for ")
_CHINESE = re.compile(r"\[[^\]]*\]|[\u4e00-\u9fff]+\|?[\u4e00-\u9fff]*")


@dataclass(frozen=True, slots=True)
class Glosses:
    """Folded words and the vectors of what they mean: (words, dimensions) float32, rows of length 1."""

    words: Sequence[str]
    vectors: Vectors

    def reduced(self, dimensions: int, whiten: float = 0.0) -> "Glosses":
        """The same in fewer dimensions, by principal components; `whiten` evens them out: at 0 they keep their
        variances, at 0.5 all have the same. Raises ValueError for more dimensions than there are."""
        if dimensions > self.vectors.shape[1]:
            raise ValueError(f"维数应不多于英文模型的{self.vectors.shape[1]}，实为{dimensions}")
        centred = self.vectors - self.vectors.mean(axis=0)
        _, directions = np.linalg.eigh(centred.T @ centred)  # ascending
        components = centred @ directions[:, ::-1][:, :dimensions]
        variances = np.maximum(components.var(axis=0), 1e-12)
        return Glosses(self.words, unit(components / variances**whiten))

    def neighbours(self, rows: Mapping[str, int], asked: Iterable[int]) -> dict[int, npt.NDArray[np.int64]]:
        """For each asked row of a vocabulary, the rows of words that are glossed alike, best first."""
        known = [place for place, word in enumerate(self.words) if word in rows]
        at = np.array([rows[self.words[place]] for place in known])
        vectors = self.vectors[known]
        wanted = np.flatnonzero(np.isin(at, [*asked]))
        found: dict[int, npt.NDArray[np.int64]] = {}
        for start in range(0, len(wanted), 1024):
            chunk = wanted[start : start + 1024]
            similarities = vectors[chunk] @ vectors.T
            best = np.argpartition(-similarities, min(MOST_ALIKE, len(at) - 1), axis=1)[:, : MOST_ALIKE + 1]
            for place, row in enumerate(chunk):
                alike = [other for other in best[place] if other != row and similarities[place, other] >= ALIKE]
                if alike:
                    found[int(at[row])] = at[sorted(alike, key=lambda other: -similarities[place, other])]
        return found


def read_glosses(path: Path) -> dict[str, str]:
    """Folded word -> its glosses, from CC-CEDICT's file, plain or .gz."""
    opener = gzip.open if path.suffix == ".gz" else open
    glosses: dict[str, list[str]] = {}
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if (entry := _ENTRY.match(line)) and len(entry[1]) <= LONGEST:
                meanings = [
                    _CHINESE.sub("", gloss).strip() for gloss in entry[2].split("/") if not _NO_MEANING.match(gloss)
                ]
                glosses.setdefault(fold(entry[1]), []).extend(meaning for meaning in meanings if meaning)
    return {word: "; ".join(dict.fromkeys(found))[:GLOSS_LENGTH] for word, found in glosses.items() if found}


def encode_glosses(
    glosses: Mapping[str, str], english: str, cache: Path, on_progress: Callable[[int, int], None]
) -> Glosses:
    """The glosses' vectors by an English sentence-transformers model; kept in `cache`, which saves the minutes it
    takes: only glosses it does not hold are encoded."""
    known = _kept_vectors(cache, english)
    unknown = sorted(
        {*glosses.values()} - known.keys(), key=lambda text: (len(text), text)
    )  # alike in length: no padding
    if unknown:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(english, device="cpu")
        for start in range(0, len(unknown), BATCH):
            batch = unknown[start : start + BATCH]
            encoded = model.encode(batch, show_progress_bar=False, normalize_embeddings=True)
            known.update(zip(batch, encoded.astype(np.float16), strict=True))
            on_progress(min(start + BATCH, len(unknown)), len(unknown))
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache, english=english, texts=[*known], vectors=np.stack([*known.values()]))
    if not glosses:
        raise ValueError("词典里没有法条与 jieba 词典中的词：应为 CC-CEDICT 的文件")
    words = sorted(glosses)
    return Glosses(words, np.stack([known[glosses[word]] for word in words]).astype(np.float32))


def _kept_vectors(cache: Path, english: str) -> dict[str, npt.NDArray[np.float16]]:
    """Gloss -> vector, of those that this model has read before."""
    if not cache.exists():
        return {}
    with np.load(cache) as kept:
        same = str(kept["english"]) == english
        return dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True)) if same else {}
