"""A hostile file costs that file: a sentence or a sound source, soon, in little memory, and nothing else happens."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.readers import SourceError, read_source
from tests.readers.hostile import files

SECONDS = 10
FILES = dict(files())


def test_there_are_sixty() -> None:
    assert len(FILES) >= 60


@pytest.mark.parametrize("name", FILES)
def test_it_ends_with_a_sentence_or_a_sound_source(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name != "..":
        path.write_bytes(FILES[name]())
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


@pytest.mark.skipif(sys.platform != "linux", reason="the memory limit of a process is kept on Linux")
def test_the_child_gets_no_more_than_512_megabytes() -> None:
    program = "from corpus.readers.child import limit; limit(); bytearray(520 * 1024 * 1024)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "MemoryError" in ended.stderr


def test_more_text_than_any_document_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("长" * 3_100_000, encoding="utf-8")
    with pytest.raises(SourceError, match="应为至多 300 万字的文件，实为 310 万字；请拆分后再试。"):
        read_source(path)
    path.write_text("长" * 2_900_000, encoding="utf-8")
    assert len(read_source(path).text.strip()) == 2_900_000
