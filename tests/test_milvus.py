"""Generations in milvus-lite: what is found in them, and that one which is not whole or not the right one is told."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pymilvus
import pytest

import index.milvus.generation
from corpus import Corpus
from index import (
    EngineError,
    Index,
    IndexUnusableError,
    Milvus,
    Segmenter,
    address_of,
    load_index,
    save_index,
)
from tests.conftest import CharacterEncoder, small_corpus

ENCODER = CharacterEncoder()
BODIES = ("甲乙丙。", "乙甲。", "甲，乙。", "丙丁；丁丙丙丁。", "丁", "——", "甲甲甲甲")


class Stored:
    """A small document's index, its large part in milvus-lite."""

    def __init__(self, folder: Path, segmenter: Segmenter, *bodies: str) -> None:
        (folder / "documents").mkdir(exist_ok=True)
        self.corpus: Corpus = small_corpus(folder / "documents", *bodies)
        self.segmenter, self.data = segmenter, folder / "data"
        self.holder = Milvus(address_of(f"milvus://{folder}/m.db"))
        self.index = Index.build(self.corpus, segmenter, ENCODER)
        self.client = pymilvus.MilvusClient(f"{folder}/m.db")

    def save(self) -> str:
        """The name of the items' collection."""
        return f"yaodian_{save_index(self.index, self.data, self.holder).replace('-', '_')}"

    def load(self) -> Index:
        return load_index(self.data, self.corpus, self.segmenter, ENCODER, self.holder)

    def state(self) -> tuple[str, str]:
        with pytest.raises(IndexUnusableError) as raised:
            self.load()
        return raised.value.state, str(raised.value)


@pytest.fixture
def stored(tmp_path: Path, segmenter: Segmenter) -> Stored:
    return Stored(tmp_path, segmenter, *BODIES)


# What is found


@pytest.mark.parametrize(
    ("phrase", "rows"),
    [
        ("甲乙", [0]),  # not 甲，乙, which stands there only loosely
        ("甲，乙", [2]),
        ("甲", [0, 1, 2, 6]),
        ("丁", [3, 4]),
        ("丙丁", [3]),
        ("戊", []),
        ("——", [5]),
    ],
)
def test_the_rows_where_a_phrase_stands(phrase: str, rows: list[int], stored: Stored) -> None:
    stored.save()
    loaded = stored.load()
    hits = loaded.search(phrase)
    assert sorted(hits.rows[hits.phrase].tolist()) == rows
    assert loaded.search(phrase) == stored.index.search(phrase)


def test_more_rows_than_milvus_gives_at_once_are_all_found(
    tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.milvus.generation, "MOST", 3)
    stored = Stored(tmp_path, segmenter, *(["甲乙"] * 7 + ["丙丁"] * 4 + ["甲乙"]))
    stored.save()
    hits = stored.load().search("甲乙")
    assert hits.rows[hits.phrase].tolist() == [0, 1, 2, 3, 4, 5, 6, 11]
    assert stored.load().count("甲乙") == 8


def test_many_vectors_are_found_in_a_graph(
    tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.milvus.generation, "EXACT", 10)
    stored = Stored(tmp_path, segmenter, *(["甲甲丁", "乙乙丁", "丙丙丁"] * 20))
    stored.save()
    best = stored.load().search("甲甲甲丁")[0]
    assert best.item.text == "甲甲丁"


# Generations


def test_publishing_keeps_the_generation_before_and_no_older(stored: Stored) -> None:
    names = [stored.save() for _ in range(3)]
    kept = [name for one in names[1:] for name in (one, f"{one}_clauses")]
    assert sorted(stored.client.list_collections()) == sorted(kept)


def test_a_service_goes_on_with_the_generation_it_began_with(stored: Stored) -> None:
    stored.save()
    loaded = stored.load()
    stored.save()
    assert loaded.search("丙丁") == stored.index.search("丙丁")


def test_an_index_of_other_documents_is_stale(stored: Stored) -> None:
    stored.save()
    stored.corpus = small_corpus(stored.data.parent / "documents", "甲")
    assert stored.state()[0] == "stale"


def test_an_index_that_is_elsewhere_is_not_taken_for_one_that_is_here(stored: Stored) -> None:
    stored.save()
    with pytest.raises(IndexUnusableError, match="应全在文件夹里，实为在 milvus://") as raised:
        load_index(stored.data, stored.corpus, stored.segmenter, ENCODER)
    assert raised.value.state == "stale"


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda client, name: client.drop_collection(f"{name}_clauses"), "does not exist"),
        (lambda client, name: client.drop_collection(name), "does not exist"),
        (lambda client, name: client.delete(name, ids=[3]), "应有7个，实有6个"),
        (
            lambda client, name: client.upsert(
                name, [{"row": 1, "pairs": {0: 1.0}, "words": {0: 1.0}, "meaning": [1.0, 0.0, 0.0, 0.0]}]
            ),
            "与本机的文档不符（第2个条目）",
        ),
    ],
)
def test_a_generation_that_is_not_whole_is_told(
    harm: Callable[[pymilvus.MilvusClient, str], None], told: str, stored: Stored
) -> None:
    harm(stored.client, stored.save())
    state, message = stored.state()
    assert (state, told in message) == ("damaged", True), message


def test_a_generation_lost_while_serving_is_told_not_answered_without(stored: Stored) -> None:
    name = stored.save()
    loaded = stored.load()
    stored.client.drop_collection(name)
    with pytest.raises(EngineError, match="没有照办"):
        loaded.search("甲乙")


FILL = """
import sys
from pathlib import Path
import index.milvus.holder
from index import Index, Milvus, address_of, save_index
from tests.conftest import CharacterEncoder, small_corpus
from index import Segmenter
folder = Path(sys.argv[1])
segmenter = Segmenter()
corpus = small_corpus(folder / "documents", *(["甲乙"] * 30))
built = Index.build(corpus, segmenter, CharacterEncoder())
index.entities.BATCH = 1
def on_batch(sent, total):
    print(sent, flush=True)
save_index(built, folder / "data", Milvus(address_of(f"milvus://{folder}/m.db"), on_batch))
"""


def test_a_writer_killed_while_filling_leaves_the_generation_before(tmp_path: Path, segmenter: Segmenter) -> None:
    before = Stored(tmp_path, segmenter, *BODIES)
    names = {before.save()}
    before.client.close()
    from milvus_lite.server_manager import server_manager_instance as servers

    servers.release_server(f"{tmp_path}/m.db")  # one process at a time
    with subprocess.Popen([sys.executable, "-c", FILL, tmp_path], stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        while writer.stdout.readline() != b"10\n":
            assert writer.poll() is None
        os.kill(writer.pid, signal.SIGKILL)
    after = Stored(tmp_path, segmenter, *BODIES)
    assert after.load().count("丙丁") == 1
    assert len(after.client.list_collections()) == 4  # what the killed one left
    names.add(after.save())
    assert {name.removesuffix("_clauses") for name in after.client.list_collections()} == names


# Addresses


@pytest.mark.parametrize(
    ("text", "uri", "shown"),
    [
        ("milvus://10.0.0.5", "http://10.0.0.5:19530", "milvus://10.0.0.5:19530/yaodian"),
        ("milvus://db:1953/laws", "http://db:1953", "milvus://db:1953/laws"),
        ("milvus://[::1]/laws", "http://[::1]:19530", "milvus://[::1]:19530/laws"),
        ("milvus://root:p%40ss@db/laws", "http://db:19530", "milvus://db:19530/laws"),
        ("milvus:///var/lib/m.db", "/var/lib/m.db", "milvus:///var/lib/m.db"),
    ],
)
def test_an_address_is_read(text: str, uri: str, shown: str) -> None:
    address = address_of(text)
    assert (address.uri, address.text) == (uri, shown)
    assert address.token == ("root:p@ss" if "@" in text else "")
    assert "p@ss" not in repr(address)


@pytest.mark.parametrize(
    "text", ["laws", "http://db:19530", "milvus://db/法", "milvus:///m", "milvus://db:x/a", "milvus://"]
)
def test_what_is_no_address_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(EngineError, match="例：--store milvus://127"):
        address_of(text)
