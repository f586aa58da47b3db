"""The front door: formats told apart, the cache, what is imported, LibreOffice."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.readers import SourceError, SourceLine, office, read_source
from corpus.readers.source import Source, from_json, to_json
from tests.readers.words import docx, p, saved

SENTENCE = "各单位要认真组织实施，确保各项任务按时完成。"


def test_a_wrong_suffix_is_read_as_what_it_is_and_said(tmp_path: Path) -> None:
    source = read_source(saved(tmp_path, "a.doc", docx(p(SENTENCE))))
    assert (source.format, source.text) == ("docx", f"{SENTENCE}\n")
    assert source.warnings == ("后缀是 .doc，内容是Word 文档（.docx），已按内容读取。",)


def test_an_unread_format_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="OFD 阅读软件另存为 PDF"):
        read_source(saved(tmp_path, "a.ofd", b"PK\x03\x04"))


@pytest.mark.parametrize("name", ["missing.txt", "nul\x00.txt", "."])
def test_what_is_no_file_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="应为"):
        read_source(tmp_path / name)


def test_the_cache_answers_without_reading_and_a_damaged_entry_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, cache = saved(tmp_path, "a.docx", docx(p(SENTENCE))), tmp_path / "cache"
    source = read_source(path, cache)
    [entry] = cache.iterdir()
    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", None)
        assert read_source(path, cache) == source
    for damage in ("{", "[]", "{}", json.dumps(to_json(source)).replace('"text"', '"tent"')):
        entry.write_text(damage, encoding="utf-8")
        assert read_source(path, cache) == source
    assert [file.name for file in cache.iterdir()] == [entry.name]


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    saved(tmp_path, "cache", "a file, no folder")
    assert read_source(saved(tmp_path, "a.txt", SENTENCE), tmp_path / "cache").text == SENTENCE


def test_a_source_survives_the_way_through_json() -> None:
    source = Source(
        "txt",
        "UTF-8",
        (SourceLine("甲\t乙", "row", cells=("甲", "乙"), header=True, end=""),),
        {"title": "丙"},
        ("丁",),
    )
    assert from_json(json.loads(json.dumps(to_json(source)))) == source


def test_reading_plain_text_loads_no_format_library(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.txt", SENTENCE)
    program = (
        "import sys, pathlib; from corpus.readers import read_source; read_source(pathlib.Path(sys.argv[1]));"
        "print([name for name in ('pypdfium2', 'selectolax', 'openpyxl') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


def test_without_libreoffice_the_message_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SourceError, match="apt install libreoffice-writer"):
        read_source(saved(tmp_path, "a.rtf", rb"{\rtf1 x}"))


def test_a_conversion_that_takes_too_long_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = saved(tmp_path, "soffice", "#!/bin/sh\nsleep 600 &\necho $! > " + str(tmp_path / "pid") + "\nsleep 600\n")
    slow.chmod(0o700)
    monkeypatch.setattr(shutil, "which", lambda _: str(slow))
    monkeypatch.setattr(office, "WALL", 1.0)
    with pytest.raises(SourceError, match="用时更长"):
        read_source(saved(tmp_path, "a.rtf", rb"{\rtf1 x}"))
    started = (tmp_path / "pid").read_text().strip()
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", started], capture_output=True, text=True, check=False
    ).stdout.strip()
    assert state in ("", "Z", "Z+")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice is not installed: nothing here converts .doc")
def test_damaged_word_97_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^应为"):
        read_source(saved(tmp_path, "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)))
