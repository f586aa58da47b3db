"""Answers as files: the set whole, the same bytes each time, nothing that runs."""

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from index import Encoder, Index, Segmenter
from service import Assistant
from service.app import create_app
from service.export import to_text, to_workbook
from tests.conftest import loaded, small_corpus


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(loaded(assistant))) as client:
        yield client


def test_a_workbook_holds_the_whole_set(client: TestClient) -> None:
    asked = {"question": "国际部参与哪些任务", "limit": 1, "format": "xlsx"}
    reply = client.post("/api/export", json=asked)
    assert reply.headers["content-disposition"] == 'attachment; filename="yaodian.xlsx"'
    book = load_workbook(io.BytesIO(reply.content))
    rows = list(book["答案"].iter_rows(values_only=True))
    assert len(rows) == 1 + 13
    assert rows[8][0] == "第31项"  # before it 2, 12, 14, 18, 19, 21, 27; after it 35, and those through words for all
    assert rows[8][3] == "国际部"
    assert str(rows[8][2]).startswith("深入實施《共同推動")
    assert book["问题"]["B1"].value == "国际部参与哪些任务"
    assert client.post("/api/export", json=asked).content == reply.content
    assert book.properties.created == datetime(1980, 1, 1)  # not when it was made: the same bytes each time


def test_a_table_is_a_sheet_too(assistant: Assistant) -> None:
    book = load_workbook(io.BytesIO(to_workbook(assistant.ask("哪个部门牵头最多"), assistant.documents)))
    assert list(book["答案"].iter_rows(values_only=True))[1] == ("認可部", "9", "4、7、8、12、14、18、19、26、36")


def test_text_holds_every_item_with_its_source(client: TestClient) -> None:
    text = client.post("/api/export", json={"question": "第7项", "format": "text"}).text
    assert text.startswith("第7项\n")
    assert "\n第7项　一、開展" in text
    assert text.endswith("——《2017年認證認可工作要點》\n")
    assert (
        client.post("/api/export", json={"question": "谁印发的", "format": "text"}).text
        == "谁印发的\n\n印发单位：“國家認監委”\n"
    )


def test_text_is_in_the_script_of_the_question(client: TestClient) -> None:
    text = client.post("/api/export", json={"question": "國際部牽頭哪些任務", "format": "text"}).text
    assert "\n牽頭部門：國際部；協作部門：法律部、" in text


def test_a_follow_up_is_exported_as_it_was_answered(client: TestClient) -> None:
    asked = {"question": "第二个呢", "history": ["哪些任务涉及一带一路"], "format": "text"}
    assert client.post("/api/export", json=asked).text.startswith("第32项\n")


@pytest.mark.parametrize("wanted", ["pdf", "", None])
def test_another_format_is_refused(wanted: str | None, client: TestClient) -> None:
    reply = client.post("/api/export", json={"question": "第7项", "format": wanted})
    assert (reply.status_code, reply.json()["detail"]) == (422, "文件格式应为 xlsx 或 text。")


def test_a_text_that_looks_like_a_formula_stays_text(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    corpus = small_corpus(tmp_path, '=HYPERLINK("http://x")采购', "控制\x07字符采购", "很长" * 20_000 + "采购")
    assistant = Assistant(Index.build(corpus, segmenter, encoder))
    answer = assistant.ask("哪些任务涉及采购")
    sheet = load_workbook(io.BytesIO(to_workbook(answer, assistant.documents)))["答案"]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ('=HYPERLINK("http://x")采购', "s")
    assert str(sheet["C4"].value).endswith("……（余下的见原文）")
    assert "很长" * 20_000 + "采购" in to_text(answer, assistant.documents)
