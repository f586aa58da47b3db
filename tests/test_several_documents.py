"""Several documents loaded together: order, filters, labels, and departments in two scripts."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from corpus import PACKAGED, load_corpus
from index import Encoder, Index, Segmenter
from service.app import create_app
from service.assistant import Assistant
from tests.conftest import SECOND_DOCUMENTS, loaded

NOTICE = "通知\n1.加强认证监管。(牵头部门:认证部,协作部门:宣传处)\n2.场馆认证，分两步。先试点；再认证推广。(牵头部门:宣传处)\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    folder = tmp_path_factory.mktemp("documents")
    for source in (PACKAGED / "cnca-2017.txt", SECOND_DOCUMENTS / "fitness-2021.txt"):
        (folder / source.name).write_bytes(source.read_bytes())
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    return Assistant(Index.build(load_corpus(folder), segmenter, encoder))


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(loaded(assistant))) as client:
        yield client


def found(assistant: Assistant, question: str, documents: list[str] | None = None) -> list[str]:
    return [f"{match.item.document}#{match.item.id}" for match in assistant.ask(question, documents=documents).items]


def test_items_come_from_the_newest_document_first_and_then_in_the_order_of_reading(assistant: Assistant) -> None:
    assert found(assistant, "场馆") == ["fitness-2021#1.1", "fitness-2021#2.2", "notice#2"]
    every = [document.id for document in assistant.documents]
    assert found(assistant, "第2项", every) == ["fitness-2021#1.2", "fitness-2021#2.2", "cnca-2017#2", "notice#2"]


def test_documents_limit_the_answer_and_what_is_considered(assistant: Assistant) -> None:
    assert found(assistant, "场馆", ["notice"]) == ["notice#2"]
    assert found(assistant, "第2项", ["cnca-2017"]) == ["cnca-2017#2"]
    assert assistant.ask("场馆", documents=["notice"]).considered == 2
    assert assistant.ask("游泳馆", documents=["notice"]).declined


def test_labels_name_the_document(assistant: Assistant) -> None:
    assert assistant.ask("游泳馆水质").text.endswith("〔《清河市全民健身促进办法》第2章第1条〕")


def test_a_department_written_in_two_scripts_is_one(assistant: Assistant) -> None:
    table = assistant.ask("哪个部门牵头最多").table
    assert table
    assert [(row.name, len(row.items)) for row in table[:2]] == [("認證部", 10), ("認可部", 9)]


def test_each_sentence_that_decides_is_cited(assistant: Assistant) -> None:
    citations = assistant.ask("认证", documents=["notice"]).citations
    assert [citation.quote for citation in citations] == ["加强认证监管。", "场馆认证，分两步。", "再认证推广。"]


def test_the_address_of_an_item_holds_its_id(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": "水质", "documents": ["fitness-2021"]}).json()
    assert [item["url"] for item in reply["items"]] == ["/documents/fitness-2021#item-2.1"]
    assert 'id="item-2.1"' in client.get("/documents/fitness-2021").text


def test_total_counts_all_and_not_the_page(client: TestClient) -> None:
    reply = client.get("/api/search", params={"q": "认证", "limit": 1, "documents": "notice"}).json()
    assert (reply["total"], len(reply["hits"])) == (2, 1)


def test_each_document_counts_in_its_own_unit(editions: Assistant) -> None:
    lines = editions.ask("哪些文件提到垃圾").text.split("\n")
    assert lines[0] == "共有5份文件有条目涉及“垃圾”，合计19个条目："
    assert lines[1:3] == [
        "《2024年清溪市工作要点》：1项（第15项）",
        "《清溪市生活垃圾管理办法（2023年）》：10条（第1至6、10、12、13、19条）",
    ]
    missing = editions.ask("第99条讲什么", documents=["waste-2023"])
    assert missing.text == "没有第99条：现有编号是第1至19条。"
