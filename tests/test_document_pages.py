"""Pages and addresses of documents as people have them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus import PACKAGED, load_corpus, parse_source
from corpus.readers import Source, SourceLine
from index import Encoder, Index, Segmenter
from service import Assistant
from service.app import create_app
from service.pages import document_page
from tests.conftest import loaded


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(loaded(assistant))) as client:
        yield client


def test_a_page_shows_attachments_tables_and_the_way_to_the_original() -> None:
    lines = (
        SourceLine("某市任务清单的通知"),
        SourceLine("一、任务"),
        SourceLine("（一）办理甲事，限期完成。"),
        SourceLine("附件1"),
        SourceLine("分工表"),
        SourceLine("序号\t任务\t责任单位", "row", cells=("序号", "任务", "责任单位"), header=True),
        SourceLine("1\t建成数据平台，归集数据。\t市数据局", "row", cells=("1", "建成数据平台，归集数据。", "市数据局")),
    )
    page = bytes(document_page(parse_source(Source("docx", None, lines, {}, ()), id="x")).body).decode()
    for expected in (
        '<a href="/documents/x/original" download>下载原文件</a>（docx',
        '<hr class="part" id="part-a1"',
        '<a href="#part-a1">附件1　分工表</a>',
        '<a href="#section-1">一、任务</a>',
        'id="item-a1.1"',
        '<span class="note">　市数据局</span>',
    ):
        assert expected in page


def test_the_original_of_a_document_can_be_had(client: TestClient) -> None:
    reply = client.get("/documents/cnca-2017/original")
    assert reply.content == (PACKAGED / "cnca-2017.txt").read_bytes()
    assert reply.headers["content-disposition"].startswith("attachment")
    assert client.get("/documents/absent/original").status_code == 404


def test_files_that_could_not_be_read_are_told(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    (tmp_path / "a.txt").write_text("通知\n1、办理甲事。\n2、办理乙事。\n", encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(b"PK")
    assistant = Assistant(Index.build(load_corpus(tmp_path), segmenter, encoder))
    with TestClient(create_app(loaded(assistant))) as client:
        for address in ("/readyz", "/api/documents"):
            (failure,) = client.get(address).json()["failures"]
            assert failure["name"] == "b.docx"
            assert "应为" in failure["reason"]
