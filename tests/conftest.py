"""Small real things that tests share."""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest

from corpus import Corpus, load_corpus
from index import Encoder, Index, Segmenter, Vectors, load_encoder
from service import Assistant

SECOND_DOCUMENTS = Path(__file__).parent / "documents"
YEARS = Path(__file__).parent / "years"


class CharacterEncoder:
    """One dimension for each of the characters 甲乙丙丁; a text's vector counts them."""

    identity = "characters"

    def encode(self, texts: Sequence[str]) -> Vectors:
        counts = np.array([[text.count(character) for character in "甲乙丙丁"] for text in texts], dtype=np.float32)
        return np.asarray(counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1), dtype=np.float32)


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    return Segmenter(load_corpus().words)


@pytest.fixture(scope="session")
def encoder(segmenter: Segmenter) -> Encoder:
    return load_encoder(None, segmenter)


@pytest.fixture(scope="session")
def first(segmenter: Segmenter, encoder: Encoder) -> Index:
    """The packaged document, indexed."""
    return Index.build(load_corpus(), segmenter, encoder)


@pytest.fixture(scope="session")
def second(segmenter: Segmenter, encoder: Encoder) -> Index:
    """The hand-written document of another shape, indexed."""
    return Index.build(load_corpus(SECOND_DOCUMENTS), segmenter, encoder)


@pytest.fixture(scope="session")
def assistant(first: Index) -> Assistant:
    return Assistant(first)


@pytest.fixture(scope="session")
def other(second: Index) -> Assistant:
    return Assistant(second)


@pytest.fixture(scope="session")
def editions(segmenter: Segmenter, encoder: Encoder) -> Assistant:
    """Three years of a plan and two versions of a regulation."""
    return Assistant(Index.build(load_corpus(YEARS), segmenter, encoder))


def loaded(assistant: Assistant) -> "Future[Assistant]":
    """What the service waits for, done."""
    future: Future[Assistant] = Future()
    future.set_result(assistant)
    return future


def small_corpus(folder: Path, *bodies: str) -> Corpus:
    """A corpus of one document `a` whose items have these bodies."""
    lines = "".join(f"{number}、{body}\n" for number, body in enumerate(bodies, start=1))
    (folder / "a.txt").write_text(f"通知\n{lines}", encoding="utf-8")
    return load_corpus(folder)
