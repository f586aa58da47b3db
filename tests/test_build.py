"""A stored index built of a folder: by several processes or one, anew or from the one before."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import index.build
from corpus import CorpusError, Document, Failure, SourceFile, find_sources, load_corpus, read_document
from index import Encoder, Index, IndexUnusableError, Segmenter, build_index, load_index

QUESTIONS = ("养老服务", "食品安全怎么管", "甲的任务", "第三方认证", "、", "yidaiyilu")


def write(folder: Path, count: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        lines = [f"{at}、推进第{number}类食品安全与养老服务，落实{'甲乙丙丁'[at % 4]}的任务。" for at in range(1, 6)]
        (folder / f"d{number:02}.txt").write_text("通知\n" + "\n".join(lines), encoding="utf-8")


def content(data: Path) -> dict[str, bytes]:
    """The files of the generation in use, but the manifest, which holds nothing else than what tells of them."""
    folder = data / "generations" / (data / "current").read_text().strip()
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "manifest.json"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "documents", 12)
    return tmp_path / "documents"


@pytest.mark.parametrize("workers", [2, 3])
def test_it_is_the_same_whatever_the_number_of_processes(
    workers: int, folder: Path, tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    for number in (1, workers):
        build_index(find_sources(folder), segmenter, encoder, tmp_path / f"data{number}", workers=number)
    assert content(tmp_path / "data1") == content(tmp_path / f"data{workers}")


def test_it_answers_as_one_made_in_memory(folder: Path, tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    sources = find_sources(folder)
    build_index(sources, segmenter, encoder, tmp_path / "data")
    stored = load_index(tmp_path / "data", sources, segmenter, encoder)
    made = Index.build(load_corpus(folder), segmenter, encoder)
    assert [stored.search(question) for question in QUESTIONS] == [made.search(question) for question in QUESTIONS]
    assert stored.fingerprint == made.fingerprint
    for kept, read in zip(stored.corpus.documents, made.corpus.documents, strict=True):
        assert (kept.text, kept.items, kept.departments, kept.title) == (
            read.text,
            read.items,
            read.departments,
            read.title,
        )
        assert [unit.title for unit in kept.outline] == [unit.title for unit in read.outline]
        assert [item.text for item in kept.items] == [kept.text[item.body.start : item.body.end] for item in kept.items]


def test_only_the_document_that_changed_is_read_again(
    folder: Path, tmp_path: Path, segmenter: Segmenter, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(find_sources(folder), segmenter, encoder, tmp_path / "data")
    (folder / "d05.txt").write_text("通知\n1、换了内容的任务。\n2、𠀀字也在其中，2.0版。\n", encoding="utf-8")
    (folder / "d07.txt").unlink()
    (folder / "new.txt").write_text("通知\n1、新来的任务。\n", encoding="utf-8")
    read = []

    def reading(file: SourceFile, id: str, cache: Path | None) -> Document | Failure:
        read.append(id)
        return read_document(file, id, cache)

    monkeypatch.setattr(index.build, "read_document", reading)
    build_index(find_sources(folder), segmenter, encoder, tmp_path / "data")
    assert read == ["d05", "new"]
    build_index(find_sources(folder), segmenter, encoder, tmp_path / "anew")
    assert content(tmp_path / "data") == content(tmp_path / "anew")
    assert len(list((tmp_path / "data" / "generations").iterdir())) == 2  # nothing else is kept


def test_what_cannot_be_read_is_remembered_with_its_reason(
    folder: Path, tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    (folder / "bad.docx").write_bytes(b"no document")
    sources = find_sources(folder)
    build_index(sources, segmenter, encoder, tmp_path / "data")
    corpus = load_index(tmp_path / "data", sources, segmenter, encoder).corpus
    assert corpus.failures == load_corpus(folder).failures
    assert [failure.name for failure in corpus.failures] == ["bad.docx"]
    assert corpus.originals == load_corpus(folder).originals


def test_a_folder_without_documents_says_so(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(CorpusError, match="没有文档"):
        build_index(find_sources(tmp_path / "none"), segmenter, encoder, tmp_path / "data")


def test_an_index_built_of_other_files_is_stale(
    folder: Path, tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    build_index(find_sources(folder), segmenter, encoder, tmp_path / "data")
    (folder / "d03.txt").write_text("通知\n1、别的任务。\n", encoding="utf-8")
    with pytest.raises(IndexUnusableError) as raised:
        load_index(tmp_path / "data", find_sources(folder), segmenter, encoder)
    assert raised.value.state == "stale"


BUILD = """
import sys
from pathlib import Path
from corpus import find_sources
from index import Segmenter, build_index, load_encoder
segmenter = Segmenter()
for _ in range(100):
    build_index(find_sources(Path(sys.argv[1])), segmenter, load_encoder(None, segmenter), Path(sys.argv[2]))
    print("built", flush=True)
"""


def test_a_writer_killed_at_any_moment_leaves_a_whole_index(folder: Path, tmp_path: Path, encoder: Encoder) -> None:
    segmenter, data = Segmenter(), tmp_path / "data"
    for delay in (0.0, 0.01, 0.03, 0.06):
        with subprocess.Popen([sys.executable, "-c", BUILD, folder, data], stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            assert writer.stdout.readline() == b"built\n"
            time.sleep(delay)
            os.kill(writer.pid, signal.SIGKILL)
        assert len(load_index(data, find_sources(folder), segmenter, encoder).items) == 60
