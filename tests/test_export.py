"""Answers as files: the set whole, the same bytes each time, nothing that runs."""

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from corpus import load_corpus
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
    assert rows[8][3] == "國際部"  # as the text beside it
    assert str(rows[8][2]).startswith("深入實施《共同推動")
    assert book["问题"]["B1"].value == "国际部参与哪些任务"
    assert client.post("/api/export", json=asked).content == reply.content
    assert book.properties.created == datetime(1980, 1, 1)  # not when it was made: the same bytes each time


def test_a_table_is_a_sheet_too(assistant: Assistant) -> None:
    book = load_workbook(io.BytesIO(to_workbook(assistant.ask("哪个部门牵头最多"), assistant.documents)))
    assert list(book["答案"].iter_rows(values_only=True))[1] == (
        "認可部",
        9,  # a number: it can be summed
        "4、7、8、12、14、18、19、26、36",
    )


def test_counts_of_several_years_are_numbers(editions: Assistant) -> None:
    book = load_workbook(io.BytesIO(to_workbook(editions.ask("各年各部门牵头几项"), editions.documents)))
    heads, first, *_ = book["答案"].iter_rows(values_only=True)
    assert heads[1:5] == ("《2024年清溪市工作要点》", "《2023年清溪市工作要点》", "《2022年清溪市工作要点》", "合计")
    counts = [count for count in first[1:5] if isinstance(count, int)]
    assert len(counts) == 4
    assert sum(counts[:3]) == counts[3]


def rows_of(client: TestClient, **asked: object) -> list[tuple[object, ...]]:
    reply = client.post("/api/export", json={"format": "xlsx", **asked})
    return list(load_workbook(io.BytesIO(reply.content))["答案"].iter_rows(values_only=True))


def test_the_file_has_the_columns_that_are_shown_in_their_order(client: TestClient) -> None:
    rows = rows_of(client, question="哪些任务涉及一带一路", columns=["lead", "label"])
    assert rows == [("牵头部门", "编号"), ("國際部", "第31项"), ("辦公室", "第32项")]
    again = rows_of(client, question="哪些任务涉及一带一路", columns=["label"], sort="lead", descending=True)
    assert again == [("编号",), ("第32项",), ("第31项",)]  # 辦 (U+8FA6) stands after 國 (U+570B)


def test_text_is_in_the_order_that_is_shown(client: TestClient) -> None:
    asked = {
        "question": "哪些任务涉及一带一路",
        "format": "text",
        "sort": "label",
        "descending": True,
        "columns": ["label"],
    }
    text = client.post("/api/export", json=asked).text
    assert text.index("\n第32项") < text.index("\n第31项")
    assert "牵头部门：國際部" in text  # text is whole


def test_a_column_that_holds_nothing_is_shown_where_nothing_else_is(client: TestClient) -> None:
    rows = rows_of(client, question="哪些任务涉及一带一路", columns=["due"])
    assert rows == [("时限",), ("",), ("",)]


def test_the_file_is_grouped_as_it_is_shown(client: TestClient) -> None:
    rows = rows_of(client, question="哪些任务涉及试点", columns=["label"], by="department")
    assert rows == [("部门", "编号"), ("認可部", "第7项"), ("信息辦", "第20项"), ("實驗室部", "第29项")]
    rows = rows_of(client, question="哪些任务涉及试点", columns=["label", "section"], by="section")
    assert [row[1] for row in rows] == ["编号", "第7项", "第20项", "第29项"]
    assert rows[0] == ("部分", "编号")  # once


@pytest.mark.parametrize("wrong", [{"columns": []}, {"columns": ["x"]}, {"sort": "text"}, {"by": "year"}])
def test_another_view_is_refused(wrong: dict[str, object], client: TestClient) -> None:
    reply = client.post("/api/export", json={"question": "第7项", "format": "xlsx", **wrong})
    assert reply.status_code == 422
    assert reply.json()["parameters"] == list(wrong)
    assert "应为" in reply.json()["detail"]


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


def test_every_line_of_a_row_is_seen(client: TestClient) -> None:
    """Item 31 has 166 characters, most of them as wide as two digits: in a column 50 digits wide seven lines."""
    reply = client.post("/api/export", json={"question": "第31项", "format": "xlsx"})
    sheet = load_workbook(io.BytesIO(reply.content))["答案"]
    assert (sheet.column_dimensions["C"].width, sheet.row_dimensions[2].height) == (
        50.7109375,
        111.75,
    )  # in steps of 0.75
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")


def test_a_row_is_in_one_script(client: TestClient) -> None:
    """What the document writes in Traditional stays so beside its text, in Simplified all of it is, and that is said."""
    asked = {"question": "第20项", "format": "xlsx"}
    book = load_workbook(io.BytesIO(client.post("/api/export", json=asked).content))
    heads, row = book["答案"].iter_rows(values_only=True)
    assert heads == ("编号", "部分", "内容", "牵头部门", "协作部门", "文件")
    assert row[3:] == ("信息辦", "各部室、下屬單位", "2017年認證認可工作要點")  # the text's own words for all
    assert "轉為" not in str(row)
    book = load_workbook(io.BytesIO(client.post("/api/export", json={**asked, "script": "hans"}).content))
    _, row = book["答案"].iter_rows(values_only=True)
    assert row[3:] == ("信息办", "各部室、下属单位", "2017年认证认可工作要点")
    assert str(row[2]).startswith("积极探索互联网条件下认证认可检验检测深度融合的方式途径")
    assert book["问题"]["B3"].value == "文件写的是繁体，这里转为简体供阅读"
    text = client.post("/api/export", json={**asked, "format": "text", "script": "hans"}).text
    assert "文件写的是繁体，这里转为简体供阅读" in text
    assert text.endswith("牵头部门：信息办；协作部门：各部室、下属单位\n——《2017年认证认可工作要点》\n")
    assert rows_of(client, question="國際部牽頭哪些任務")[0] == ("編號", "部分", "內容", "牽頭部門", "協作部門", "文件")
    rows = rows_of(client, question="哪个部门牵头最多", script="hans")
    assert rows[:2] == [("名称", "项数", "条目"), ("认可部", 9, "4、7、8、12、14、18、19、26、36")]


def test_who_is_only_responsible_is_not_said_to_lead(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    (tmp_path / "a.txt").write_text(
        "通知\n1.采购桌椅。（责任单位：后勤处）\n2.采购图书。（责任单位：图书馆）\n", "utf-8"
    )
    assistant = Assistant(Index.build(load_corpus(tmp_path), segmenter, encoder))
    answer = assistant.ask("哪些任务涉及采购")
    sheet = load_workbook(io.BytesIO(to_workbook(answer, assistant.documents)))["答案"]
    assert [cell.value for cell in sheet[1]] == ["编号", "内容", "责任单位", "文件"]
    assert "责任单位：后勤处\n" in to_text(answer, assistant.documents)


def test_a_comparison_is_in_one_script(editions: Assistant) -> None:
    answer = editions.ask("2024年和2023年的工作要點有什麼不同")
    heads, *rows = load_workbook(io.BytesIO(to_workbook(answer, editions.documents)))["答案"].iter_rows(
        values_only=True
    )
    assert heads[0] == "變化"
    assert any("牽頭部門由" in str(row) for row in rows)


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
    assert [cell.value for cell in sheet[1]] == ["编号", "内容", "文件"]  # no column with nothing in it
    assert (sheet["B2"].value, sheet["B2"].data_type) == ('=HYPERLINK("http://x")采购', "s")
    assert str(sheet["B4"].value).endswith("……（余下的见原文）")
    assert "很长" * 20_000 + "采购" in to_text(answer, assistant.documents)
