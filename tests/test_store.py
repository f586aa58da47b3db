import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus import Corpus, load_corpus, pack
from index import Index, IndexUnusableError, Segmenter, clean, load_index, save_index, whole_generation, writing
from index import store as index_store
from index.generations import point_at
from index.store import FORMAT, write_index
from tests.conftest import CharacterEncoder, small_corpus

ENCODER = CharacterEncoder()


class OtherEncoder(CharacterEncoder):
    identity = "other"


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    (tmp_path / "documents").mkdir()
    return small_corpus(tmp_path / "documents", "甲乙。", "丙丁。")


@pytest.fixture
def data(tmp_path: Path, corpus: Corpus, segmenter: Segmenter) -> Path:
    save_index(Index.build(corpus, segmenter, ENCODER), tmp_path / "data")
    return tmp_path / "data"


def state(data: Path, corpus: Corpus, segmenter: Segmenter) -> str:
    with pytest.raises(IndexUnusableError, match="索引") as raised:
        load_index(data, corpus, segmenter, ENCODER)
    return raised.value.state


def test_a_stored_index_answers_as_the_one_built(data: Path, corpus: Corpus, segmenter: Segmenter) -> None:
    loaded, built = load_index(data, corpus, segmenter, ENCODER), Index.build(corpus, segmenter, ENCODER)
    assert loaded.search("甲丙") == built.search("甲丙")
    assert [hit.item.id for hit in loaded.search("丁")] == ["2", "1"]


def test_publishing_keeps_the_generation_before_and_no_older(data: Path, corpus: Corpus, segmenter: Segmenter) -> None:
    index = Index.build(corpus, segmenter, ENCODER)
    (data / "generations" / "left by a killed writer").mkdir()
    before, name = save_index(index, data), save_index(index, data)
    assert (data / "current").read_text() == name + "\n"
    assert {path.name for path in (data / "generations").iterdir()} == {before, name}


def test_writers_at_the_same_time_wait_for_one_another(data: Path, corpus: Corpus, segmenter: Segmenter) -> None:
    index = Index.build(corpus, segmenter, ENCODER)
    with ThreadPoolExecutor(4) as pool:
        names = set(pool.map(lambda _: save_index(index, data), range(8)))
    assert len(names) == 8
    assert (data / "current").read_text().strip() in names
    assert len(load_index(data, corpus, segmenter, ENCODER).items) == 2


def test_a_generation_half_written_is_not_seen(data: Path, corpus: Corpus, segmenter: Segmenter) -> None:
    (data / "generations" / "half").mkdir()
    (data / "generations" / "half" / "items.faiss.npy").write_bytes(b"x")
    assert len(load_index(data, corpus, segmenter, ENCODER).items) == 2


def test_another_generation_is_used_only_where_it_holds_just_these_documents(
    data: Path, tmp_path: Path, corpus: Corpus, segmenter: Segmenter
) -> None:
    whole = (data / "current").read_text().strip()
    assert whole_generation(data, corpus, ENCODER) is None  # it is in use
    save_index(Index.build(corpus, segmenter, ENCODER), data)
    assert whole_generation(data, corpus, ENCODER) == whole
    small_corpus(tmp_path / "documents", "甲乙。")
    assert whole_generation(data, load_corpus(tmp_path / "documents"), ENCODER) is None
    (data / "generations" / whole / "letters.npy").unlink()
    assert whole_generation(data, corpus, ENCODER) is None


def test_cleaning_leaves_what_is_in_use_and_one_whole_generation(
    data: Path, corpus: Corpus, segmenter: Segmenter
) -> None:
    index = Index.build(corpus, segmenter, ENCODER)
    kept = {(data / "current").read_text().strip()}
    with writing(data):
        kept |= {[write_index(index, data) for _ in range(3)][-1]}
        (data / "generations" / "half").mkdir()
        (data / "current.half").write_text("half")
        clean(data)
    assert {path.name for path in (data / "generations").iterdir()} == kept
    assert not (data / "current.half").exists()


def test_a_generation_that_cannot_be_written_leaves_nothing(
    data: Path, corpus: Corpus, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(path: Path) -> None:
        raise OSError("full")

    before = list((data / "generations").iterdir())
    monkeypatch.setattr(index_store, "sync", fails)
    with pytest.raises(OSError, match="full"):
        save_index(Index.build(corpus, segmenter, ENCODER), data)
    assert list((data / "generations").iterdir()) == before
    assert len(load_index(data, corpus, segmenter, ENCODER).items) == 2


def test_no_index_is_missing(tmp_path: Path, corpus: Corpus, segmenter: Segmenter) -> None:
    assert state(tmp_path / "none", corpus, segmenter) == "missing"


def test_an_index_of_other_documents_is_stale(data: Path, tmp_path: Path, segmenter: Segmenter) -> None:
    small_corpus(tmp_path / "documents", "甲乙。", "丙丁。", "甲丁。")
    assert state(data, load_corpus(tmp_path / "documents"), segmenter) == "stale"


@pytest.mark.parametrize("name", ["items.faiss.npy", "bm25_scores.npy", "record.npy", "letters.npy", "documents.json"])
def test_one_flipped_bit_is_found_though_the_file_still_loads(
    name: str, data: Path, corpus: Corpus, segmenter: Segmenter
) -> None:
    path = next((data / "generations").iterdir()) / name
    content = bytearray(path.read_bytes())
    content[-4] ^= 1
    path.write_bytes(content)
    assert state(data, corpus, segmenter) == "damaged"


def manifest(data: Path) -> Path:
    return next((data / "generations").iterdir()) / "manifest.json"


@pytest.mark.parametrize("changed", [{"format": 1}, {"format": 7, "more": 1}, {"fingerprint": "x"}])
def test_an_index_of_another_format_or_encoder_is_stale(
    changed: dict[str, object], data: Path, corpus: Corpus, segmenter: Segmenter
) -> None:
    content = json.loads(manifest(data).read_text())
    manifest(data).write_text(json.dumps({**content, **changed}))
    assert state(data, corpus, segmenter) == "stale"


def test_another_encoder_makes_an_index_stale(data: Path, corpus: Corpus, segmenter: Segmenter) -> None:
    with pytest.raises(IndexUnusableError) as found:
        load_index(data, corpus, segmenter, OtherEncoder())
    assert found.value.state == "stale"


@pytest.mark.parametrize("changed", [{"items": 3}, {"items": None}, {"items": "2"}, {"dimensions": 5}])
def test_a_manifest_that_does_not_fit_its_files_is_damage(
    changed: dict[str, object], data: Path, corpus: Corpus, segmenter: Segmenter
) -> None:
    content = json.loads(manifest(data).read_text())
    manifest(data).write_text(json.dumps({**content, **changed}))
    assert state(data, corpus, segmenter) == "damaged"


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"format": 9}', "[" * 10_000, '{"format": 1e999'])
def test_a_manifest_that_cannot_be_read_is_damage(
    manifest: str, data: Path, corpus: Corpus, segmenter: Segmenter
) -> None:
    (next((data / "generations").iterdir()) / "manifest.json").write_text(manifest)
    assert state(data, corpus, segmenter) == "damaged"


def test_a_missing_file_and_a_missing_generation_are_damage(data: Path, corpus: Corpus, segmenter: Segmenter) -> None:
    (next((data / "generations").iterdir()) / "items.faiss.npy").unlink()
    assert state(data, corpus, segmenter) == "damaged"
    (data / "current").write_text("absent\n")
    assert state(data, corpus, segmenter) == "damaged"


@pytest.mark.parametrize("content", [b"", b"\xd9\xf3\n", b"a\0b\n", b"x" * 5000, b"../../..\n", None])
def test_a_damaged_pointer_is_damage_and_another_generation_is_found(
    content: bytes | None, data: Path, corpus: Corpus, segmenter: Segmenter
) -> None:
    name = (data / "current").read_text().strip()
    (data / "current").unlink()
    if content is None:
        (data / "current").mkdir()
    else:
        (data / "current").write_bytes(content)
    assert state(data, corpus, segmenter) == "damaged"
    assert whole_generation(data, corpus, ENCODER) == name
    with writing(data):
        point_at(data, name)
    assert load_index(data, corpus, segmenter, ENCODER).search("丁")


def test_what_an_index_keeps_of_a_document_changes_with_its_format_alone(corpus: Corpus) -> None:
    """An index of the version before is built anew, not read as if it were of this one."""
    header = pack(corpus.documents[0]).header
    assert (FORMAT, " ".join(sorted(header))) == (
        9,
        "date departments due_year encoding format head_text id issuer leaders number title",
    )
