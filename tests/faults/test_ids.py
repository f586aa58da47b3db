"""Files whose names differ in nothing but case, form or suffix: each has its own id, and is cited from its own text.

n: 9 files of one folder, 6 names in a library.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from corpus import load_corpus
from index import Index, Segmenter
from service import Assistant
from service.app import create_app
from service.library import Library
from tests.conftest import CharacterEncoder, loaded

COMPOSED, DECOMPOSED = (unicodedata.normalize(form, "é") for form in ("NFC", "NFD"))
FILES = ("a.txt", "a.TXT", "A.txt", "a.md", "a.txt.md", f"{COMPOSED}.txt", f"{DECOMPOSED}.txt", "ａ.txt", "a .txt")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("documents")
    for number, name in enumerate(FILES, start=1):
        text = f"关于{'甲' * number}的通知\n1、第{number}份文件要办好甲事。\n2、第{number}份文件要办好乙事。\n"
        (folder / name).write_text(text, encoding="utf-8")
    if len(list(folder.iterdir())) < len(FILES):
        pytest.skip("the file system takes some of these names for the same")
    index = Index.build(load_corpus(folder), segmenter, CharacterEncoder())
    with TestClient(create_app(loaded(Assistant(index)))) as client:
        yield client


def test_every_citation_is_in_the_text_it_points_at(client: TestClient) -> None:
    ids = [one["id"] for one in client.get("/api/documents").json()["documents"]]
    assert len(set(ids)) == len(FILES)
    texts = {id: client.get(f"/api/documents/{quote(id)}").json()["text"] for id in ids}
    assert len(set(texts.values())) == len(FILES)
    reply = client.post("/api/ask", json={"question": "哪些任务涉及甲事"}).json()
    assert {one["document"] for one in reply["items"]} == set(ids)
    assert len(reply["citations"]) == len(FILES)
    for one in reply["citations"]:
        assert texts[one["document"]][one["start"] : one["end"]] == one["quote"]


def test_every_address_shows_its_own_document(client: TestClient) -> None:
    for one in client.get("/api/documents").json()["documents"]:
        text = client.get(f"/api/documents/{quote(one['id'])}").json()["text"]
        assert client.get(f"/documents/{quote(one['id'])}/original").text.splitlines()[0] == text.splitlines()[0]
        alone = client.post("/api/ask", json={"question": "第1项讲什么", "documents": [one["id"]]}).json()
        assert [item["document"] for item in alone["items"]] == [one["id"]]
        assert alone["citations"][0]["quote"] in text


def test_a_library_tells_case_apart_and_takes_forms_of_one_name_for_one(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    for number, id in enumerate(("a", "A", "a.txt", "a.TXT", COMPOSED, DECOMPOSED)):
        file = tmp_path / "in.txt"
        file.write_text(f"第{number}份的通知\n1、办好甲事。\n", encoding="utf-8")
        library.add(file, id=id, by="测试")
    entries = {one.id: library.show(one.id) for one in library.list()}
    assert set(entries) == {"a", "A", "a.txt", "a.TXT", COMPOSED}
    assert {id: len(one.versions) for id, one in entries.items()} == {
        "a": 1,
        "A": 1,
        "a.txt": 1,
        "a.TXT": 1,
        COMPOSED: 2,
    }
    assert library.read(COMPOSED).title == "第5份的通知"
