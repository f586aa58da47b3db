"""Small real things that tests share."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus import Corpus, load_corpus
from index import Encoder, Index, Segmenter, Vectors, load_encoder
from index.contextual import ContextEncoder, Encoded
from service import Assistant
from service.question_log import QuestionLog
from service.served import Generation, Served

SECOND_DOCUMENTS = Path(__file__).parent / "documents"
YEARS = Path(__file__).parent / "years"
# a file's tests run in one process: those that take longest begin first, lest one process works on alone at the end
LONGEST = """
    test_publishing test_library test_damaged_folders test_properties test_library_page test_cli test_evaluation
    test_milvus_service test_mcp test_killed_builds test_injection_formats test_without_network test_train_contextual
    test_injection test_wheel test_long_texts test_milvus_questions test_app test_doctor test_withdrawn test_scale
""".split()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


class CharacterEncoder:
    """One dimension for each of the characters 甲乙丙丁; a text's vector counts them."""

    identity = "characters"

    def encode(self, texts: Sequence[str]) -> Vectors:
        counts = np.array([[text.count(character) for character in "甲乙丙丁"] for text in texts], dtype=np.float32)
        return np.asarray(counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1), dtype=np.float32)


@pytest.fixture(scope="session", autouse=True)
def _context_vectors_are_made_once() -> Iterator[None]:
    """Of the same texts, however many indexes are made of them: they take a fiftieth of a second an item."""
    encode_items = ContextEncoder.encode_items
    made: dict[tuple[str, tuple[str, ...]], Encoded] = {}

    def remembered(self: ContextEncoder, texts: Sequence[str]) -> Encoded:
        key = self.identity, tuple(texts)
        if key not in made:
            made[key] = encode_items(self, texts)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ContextEncoder, "encode_items", remembered)
        yield


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


def loaded(assistant: Assistant, question_log: QuestionLog | None = None) -> Served:
    """What the service serves from the beginning."""
    return Served(Generation(assistant, question_log))


def assistant_of(
    folder: Path,
    texts: Mapping[str, str],
    segmenter: Segmenter,
    encoder: Encoder,
    today: datetime.date = datetime.date(2026, 11, 28),
) -> Assistant:
    """Over the documents of these ids and texts, asked on that day."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return Assistant(Index.build(load_corpus(folder), segmenter, encoder), lambda: today)


def found(assistant: Assistant, *turns: str) -> list[str]:
    """What the last of these questions is answered with, each item as its document and its id; nothing where declined."""
    answer = assistant.ask(turns[-1], turns[:-1])
    return [] if answer.declined else [f"{match.item.document} {match.item.id}" for match in answer.items]


def small_corpus(folder: Path, *bodies: str) -> Corpus:
    """A corpus of one document `a` whose items have these bodies."""
    lines = "".join(f"{number}、{body}\n" for number, body in enumerate(bodies, start=1))
    (folder / "a.txt").write_text(f"通知\n{lines}", encoding="utf-8")
    return load_corpus(folder)
