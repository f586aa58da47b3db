"""Pages and addresses of documents as people have them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus import PACKAGED, load_corpus, parse_source
from corpus.readers import Source, SourceLine
from index import Encoder, Index, Segmenter
from service import Assistant
from service.access import Access
from service.app import create_app
from service.pages import document_page
from tests.conftest import loaded
from tests.libraries import kept_in


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(loaded(assistant))) as client:
        yield client


HEADER = ("序号", "任务", "责任单位", "完成时限")
ROWS = (
    ("一、数据", "", "", ""),
    ("1", "建成数据平台，归集数据。", "市数据局", "2025年12月底前"),
    ("2", "更新目录。", "市数据局、市教育局", "长期"),
)


def row(*cells: str, header: bool = False) -> SourceLine:
    return SourceLine("\t".join(cells), "row", cells=cells, header=header)


def page_of(*lines: SourceLine, **more: Any) -> str:
    return bytes(document_page(parse_source(Source("docx", None, lines, {}, ()), id="x"), **more).body).decode()


NOTICE = (SourceLine("某市任务清单的通知"), SourceLine("一、任务"), SourceLine("（一）办理甲事，2025年6月底前完成。"))
TABLE = (SourceLine("附件1"), SourceLine("分工表"), row(*HEADER, header=True), *(row(*cells) for cells in ROWS))


def test_a_page_shows_attachments_and_the_way_to_the_original() -> None:
    page = page_of(*NOTICE, *TABLE, SourceLine("附件2"), SourceLine("某县办法"), SourceLine("第一条 甲县适用。"))
    for expected in (
        '<a href="/documents/x/original" download>下载原文件</a>（docx；',
        '<a href="#head">某市任务清单的通知</a> <span class="count">1项</span>',
        '<a href="#section-1">一、任务</a></li>',
        '<a href="#part-a1">附件1　分工表</a> <span class="count">2项</span>',
        '<a href="#part-a2">附件2　某县办法</a> <span class="count">1条</span>',
        '<h1 class="title" id="head">',
        '<h2 class="title">分工表</h2>',
    ):
        assert expected in page
    anchors = re.findall(r' id="([^"]+)"', page)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)  # each leads somewhere
    assert len(anchors) == len(set(anchors))


def test_rows_of_a_table_are_shown_as_one() -> None:
    page = page_of(*NOTICE, *TABLE)
    table = re.sub(r' (data-\w+|tabindex)="[^"]*"', "", page[page.index("<table") : page.index("</table>")])
    assert re.findall("<th .*?</th>", table) == [
        *(f'<th scope="col">{name}</th>' for name in HEADER),
        '<th scope="rowgroup" colspan="4">一、数据</th>',
    ]
    assert re.findall("<tbody.*?>|<td.*?</td>", table) == [
        "<tbody>",
        '<tbody class="item" id="item-a1.1">',
        '<td class="number"><a class="number" href="#item-a1.1">1</a></td>',
        '<td class="body">建成数据平台，归集数据。</td>',
        "<td>市数据局</td>",
        '<td>2025年12月底前 <span class="due">时限 2025-12-31</span></td>',
        '<tbody class="item" id="item-a1.2">',
        '<td class="number"><a class="number" href="#item-a1.2">2</a></td>',
        '<td class="body">更新目录。</td>',
        "<td>市数据局、市教育局</td>",
        "<td>长期</td>",
    ]


def test_the_number_of_a_row_is_its_link_wherever_it_stands() -> None:
    header = row("领域", "序号", "任务", "责任单位", header=True)
    page = page_of(SourceLine("某市任务分工表"), header, row("产业", "1", "办理甲事。", "市工信局"))
    assert '<td data-head="领域">产业</td>' in page
    assert '<td class="number" data-head="序号"><a class="number" href="#item-1">1</a></td>' in page


def test_a_tab_after_a_number_makes_no_table() -> None:
    page = page_of(SourceLine("某市要点"), SourceLine("1.\t办理甲事。"), SourceLine("2.\t办理乙事。"))
    assert "<table" not in page
    assert '<p class="item" id="item-2"' in page


def test_a_deadline_stands_at_its_item() -> None:
    page = page_of(*NOTICE, SourceLine("（二）办理乙事。"), SourceLine("（三）办理丙事。（责任单位：市民政局，长期）"))
    dues = [re.findall('class="due">(.*?)<', one) for one in re.findall('<p class="item".*?</p>', page)]
    assert dues == [["时限 2025-06-30"], [], ["时限 长期"]]


def test_only_those_who_may_change_it_are_told_what_was_odd_to_read(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text("某市要点\n1、办理甲事。\n2、办理乙事。\n9、办理丙事。\n", encoding="utf-8")
    kept = kept_in(tmp_path)
    served = loaded(Assistant(Index.build(load_corpus(documents), segmenter, encoder)))
    with TestClient(create_app(served, access=Access(kept.data))) as client:
        for name, key in {"": "", **kept.keys}.items():
            page = client.get("/documents/a", headers={"X-API-Key": key} if key else {}).text
            told = name.split(" ")[0] in ("editor", "admin")
            assert ("读这份文件时有1处存疑" in page) is told, name
            assert bool(re.search('<li class="warning"><a href="#item-9">第4行：应为', page)) is told, name


def test_where_there_is_no_such_document_the_others_are_told_apart(editions: Assistant) -> None:
    with TestClient(create_app(loaded(editions))) as client:
        page = client.get("/documents/absent")
    assert page.status_code == 404
    assert "清溪市生活垃圾管理办法（2023年）" in page.text
    assert "清溪市生活垃圾管理办法（2019年）" in page.text


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
