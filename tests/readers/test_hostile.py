"""A hostile file costs that file: a sentence or a sound source, soon, in little memory, and nothing else happens."""

import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.readers import SourceError, read_source
from tests.readers.hostile import files

SECONDS, MEGABYTES = 10, 512
NAMES = [name for name, _ in files()] if "--collect-only" not in sys.argv else []


@pytest.fixture(scope="module")
def contents() -> Iterator[dict[str, bytes]]:
    yield dict(files())


def test_there_are_sixty() -> None:
    assert len(set(NAMES)) >= 60


@pytest.mark.parametrize("name", NAMES)
def test_it_ends_with_a_sentence_or_a_sound_source(name: str, contents: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / name
    if name != "..":
        path.write_bytes(contents[name])
    began = time.monotonic()
    try:
        source = read_source(path)
        assert source.text.strip()
        assert all("\n" not in line.text and "\t" not in "".join(line.cells) for line in source.lines)
    except SourceError as error:
        message = str(error)
        assert message.startswith("应为")
        assert "实为" in message
        assert message.endswith("。")
        assert "Traceback" not in message
    assert time.monotonic() - began < SECONDS
    largest = (
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    )  # of all children so far, in megabytes on Linux
    assert sys.platform != "linux" or largest < MEGABYTES
