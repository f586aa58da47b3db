import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from opencc import OpenCC

from corpus import fold, parse_document
from index import Index
from service.app import create_app
from service.assistant import Assistant
from service.pages import document_page
from service.served import Generation, Served
from tests.conftest import loaded


@pytest.fixture(scope="module")
def client(first: Index) -> Iterator[TestClient]:
    with TestClient(create_app(loaded(Assistant(first))), raise_server_exceptions=False) as client:
        yield client


def ask(client: TestClient, question: str, **more: Any) -> dict[str, Any]:
    response = client.post("/api/ask", json={"question": question, **more})
    assert response.status_code == 200
    reply: dict[str, Any] = response.json()
    return reply


def test_an_answer_has_every_field_of_the_contract(client: TestClient) -> None:
    reply = ask(client, "哪些任务涉及一带一路")
    assert reply["plan"] == {
        "intent": "items",
        "question": "哪些任务涉及一带一路",
        "topic": "一带一路",
        "numbers": [],
        "section": None,
        "sections": [],
        "field": None,
        "lead": [],
        "responsible": [],
        "support": [],
        "any": [],
        "department_rule": "all",
        "exclude": [],
        "without_lead": [],
        "without_support": [],
        "without_topic": None,
        "without_numbers": [],
        "comparison": None,
        "from_history": False,
        "documents": [],
        "unread": [],
    }
    assert (reply["script"], reply["follow_ups"][0]) == ("hans", "其中国际部牵头的")
    assert (reply["question"], reply["declined"], reply["reason"]) == ("哪些任务涉及一带一路", False, None)
    assert (reply["count"], reply["considered"], reply["related"], reply["table"]) == (2, 38, [], None)
    item = reply["items"][0]
    assert {key: item[key] for key in ("document", "id", "number", "label", "section", "matched", "via")} == {
        "document": "cnca-2017",
        "id": "31",
        "number": 31,
        "label": "第31项",
        "section": 3,
        "matched": "words",
        "via": None,
    }
    assert item["section_title"] == "三、實施一批示范性基礎工程,全面夯實認證認可工作機制平臺"
    assert (item["lead"], len(item["support"]), item["collective"]) == (["國際部"], 9, [])
    assert item["highlights"] == [[16, 20], [70, 74]]
    assert item["url"] == "/documents/cnca-2017#item-31"
    assert 0.4 < item["score"] <= 1
    assert reply["citations"][0] == {
        "document": "cnca-2017",
        "document_title": "2017年認證認可工作要點",
        "id": "31",
        "number": 31,
        "start": 3861,
        "end": 3946,
        "quote": reply["citations"][0]["quote"],
        "url": "/documents/cnca-2017#item-31",
    }
    assert len(reply["index_version"]) == 12
    assert reply["took_ms"] >= 0


def test_citations_are_slices_of_the_document_served(client: TestClient) -> None:
    text = client.get("/api/documents/cnca-2017").json()["text"]
    for question in ("哪些任务涉及一带一路", "第25条讲什么", "国际部牵头哪些任务", "谁印发的", "分几个部分"):
        for citation in ask(client, question)["citations"]:
            assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_citations_of_head_and_headings_have_no_item(client: TestClient) -> None:
    (head,) = ask(client, "谁印发的")["citations"]
    assert (head["id"], head["number"], head["url"]) == (None, None, "/documents/cnca-2017#head")
    assert ask(client, "分几个部分")["citations"][2]["url"] == "/documents/cnca-2017#section-3"


def test_limit_and_offset_page_the_items_and_change_nothing_else(client: TestClient) -> None:
    whole, page = ask(client, "品牌"), ask(client, "品牌", limit=2, offset=1)
    assert page["items"] == whole["items"][1:3]
    for name in ("answer", "count", "citations", "related", "plan"):
        assert page[name] == whole[name]
    assert ask(client, "品牌", offset=100)["items"] == []


def test_departments_added_collectively_are_marked(client: TestClient) -> None:
    item = next(item for item in ask(client, "法律部协作的任务")["items"] if item["id"] == "20")
    assert (item["via"], item["matched"]) == ("collective", "department")
    assert "法律部" in item["support"]
    assert "法律部" in item["collective"]
    assert item["collective_words"] == ["各部室", "下屬單位"]  # as the text has them


def test_a_table_counts_its_rows(client: TestClient) -> None:
    reply = ask(client, "哪个部门牵头最多")
    assert (reply["count"], len(reply["table"]), reply["items"]) == (13, 13, [])
    ids = ["4", "7", "8", "12", "14", "18", "19", "26", "36"]
    assert reply["table"][0] == {
        "name": "認可部",
        "count": 9,
        "ids": ids,
        "items": [{"document": "cnca-2017", "id": id} for id in ids],
        "document": None,
        "name_hans": None,
        "each": [],
    }


def test_a_declined_answer_has_neither_items_nor_citations(client: TestClient) -> None:
    reply = ask(client, "今天北京天气怎么样")
    assert (reply["declined"], reply["reason"], reply["plan"]["intent"]) == (True, "out_of_scope", "none")
    assert (reply["items"], reply["citations"], reply["count"]) == ([], [], None)


def test_traditional_askers_get_traditional_prose_and_labels(client: TestClient) -> None:
    reply = ask(client, "國際部牽頭哪些任務")
    assert reply["answer"].startswith("共有1項任務由國際部牽頭")
    assert reply["items"][0]["label"] == "第31項"


def test_search_lists_literal_hits_first_and_counts_evidence(client: TestClient) -> None:
    reply = client.get("/api/search", params={"q": "一帶一路"}).json()
    assert [hit["id"] for hit in reply["hits"][:2]] == ["31", "32"]
    assert reply["total"] >= 2
    assert reply["hits"][0]["highlights"] == [[16, 20], [70, 74]]
    page = client.get("/api/search", params={"q": "认证", "limit": 3, "offset": 2}).json()
    assert page["hits"] == client.get("/api/search", params={"q": "认证"}).json()["hits"][2:5]
    assert client.get("/api/search", params={"q": ""}).json()["hits"] == []


def test_every_substring_of_an_item_finds_it_in_every_spelling(client: TestClient, first: Index) -> None:
    spellings: list[Callable[[str], str]] = [str, fold, *(OpenCC(name).convert for name in ("s2t", "s2tw", "s2hk"))]
    draw = random.Random(2017)
    parts: list[tuple[str, str]] = []
    while len(parts) < 500:
        item, length = draw.choice(first.items), draw.randint(2, 8)
        start = draw.randrange(len(item.text) - length + 1)
        part = item.text[start : start + length]
        if any(character.isalnum() for character in part):
            parts.append((item.id, part))
    for id, part in [(id, spell(part)) for id, part in parts for spell in spellings]:
        hits = client.get("/api/search", params={"q": part, "limit": 100}).json()["hits"]
        assert id in [hit["id"] for hit in hits if hit["matched"] == "words"], part


def test_documents_sections_and_items_are_served(client: TestClient) -> None:
    (summary,) = client.get("/api/documents").json()["documents"]
    assert (summary["id"], summary["title"], summary["issuer"]) == ("cnca-2017", "2017年認證認可工作要點", "國家認監委")
    assert (summary["date"], summary["items"], len(summary["sections"])) == ("2017-02-15", 38, 4)
    whole = client.get("/api/documents/cnca-2017").json()
    assert len(whole["items"]) == 38
    assert whole["head"][0] == {"role": "addressees", "start": 0, "end": 56}
    item = client.get("/api/documents/cnca-2017/items/38").json()
    assert (item["lead"], item["matched"], item["highlights"], item["score"]) == ([], "number", [], 1.0)


def test_an_item_comes_with_those_around_it(client: TestClient) -> None:
    def around(id: str, count: int) -> tuple[list[str], list[str]]:
        item = client.get(f"/api/documents/cnca-2017/items/{id}?around={count}").json()
        return [one["id"] for one in item["before"]], [one["id"] for one in item["after"]]

    assert around("31", 2) == (["29", "30"], ["32", "33"])
    assert around("2", 5) == (["1"], ["3", "4", "5", "6", "7"])
    assert around("38", 1) == (["37"], [])
    assert around("31", 0) == ([], [])
    assert client.get("/api/documents/cnca-2017/items/31?around=6").status_code == 422


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ("{", "请求体应为 JSON 对象"),
        ("[]", "请求体应为 JSON 对象"),
        ("", "请求体应为 JSON 对象"),
        ("{}", "问题应为1至500个字符的文本"),
        ('{"question": ""}', "问题应为1至500个字符的文本"),
        (json.dumps({"question": "字" * 501}), "问题应为1至500个字符的文本"),
        ('{"question": {"a": NaN}}', "问题应为1至500个字符的文本"),
        ('{"question": "甲", "limit": 0}', "条数应为"),
        ('{"question": "甲", "limit": NaN}', "条数应为"),
        ('{"question": "甲", "limit": 1e400}', "条数应为"),
        ('{"question": "甲", "limit": true}', "条数应为"),
        ('{"question": "甲", "offset": -1}', "起点应为"),
        ('{"question": "甲", "history": "乙"}', "前面的问题应为"),
        ('{"question": "甲", "documents": ["<script>"]}', "所选的文档中有没载入的；现有1份：cnca-2017。"),
        ('{"question": "甲", "script": "latin"}', "用字应为"),
    ],
)
def test_a_malformed_body_is_a_problem_that_says_what_was_expected(body: str, detail: str, client: TestClient) -> None:
    response = client.post("/api/ask", content=body.encode(), headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["detail"].startswith(detail)
    named = response.json().pop("parameters", [])
    assert set(response.json()) - {"parameters"} == {"type", "title", "status", "detail"}
    assert bool(named) != detail.startswith("请求体")
    assert not [name for name in named if name in response.json()["detail"]]  # words are for people
    assert "script>" not in response.text


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe", b'{"question": "' + b"[" * 60_000 + b'"}', b"[" * 60_000, b'{"question": 1' + b"0" * 5000 + b"}"],
)
def test_no_body_gets_a_5xx(body: bytes, client: TestClient) -> None:
    response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert 400 <= response.status_code < 500
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "question",
    ["认" * 500, "第" * 500, "，。！" * 100, "1" * 500, "😀" * 200, "ＡＢＣ１２３", "\ud800带", "\0", "(" * 500, "部牵头" * 160,
     "法律部、" * 100, "%" * 500, "第一项" * 160, " ", "\u202e一带一路", "<script>alert(1)</script>"],
)  # fmt: skip
def test_odd_questions_are_answered_or_declined(question: str, client: TestClient) -> None:
    body = json.dumps({"question": question})
    reply = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code == 200
    assert reply.json()["considered"] == 38


def test_lone_surrogates_become_the_replacement_character(client: TestClient) -> None:
    body = '{"question": "\\ud800一带一路", "history": ["\\udfff"]}'
    reply = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"}).json()
    assert reply["question"] == "\ufffd一带一路"


def test_a_body_over_64_kib_is_413_announced_or_not(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(70):
            yield b" " * 1024

    assert client.post("/api/ask", content=b" " * 65537).status_code == 413
    assert client.post("/api/ask", content=chunks()).status_code == 413
    assert client.post("/api/ask", content=b" " * 65536).status_code == 422


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/documents/absent", 404),
        ("/api/documents/cnca-2017/items/39", 404),
        ("/api/absent", 404),
        ("/absent", 404),
        ("/api/search?limit=0", 422),
        ("/api/search?limit=101", 422),
        ("/api/search?limit=x", 422),
        ("/api/search?q=a&documents=absent", 422),
    ],
)
def test_errors_are_problems(path: str, status: int, client: TestClient) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    assert not response.json()["detail"].isascii()


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/absent", 404, "没有这个地址"),
        ("/documents?page=x", 422, "页码应为从1起的页码"),
        ("/documents/absent/original", 404, "没有这份文档"),
        ("/web/absent.js", 404, "没有这个地址"),
    ],
)
def test_a_person_is_told_of_errors_on_a_page(path: str, status: int, said: str, client: TestClient) -> None:
    page = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (page.status_code, page.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert said in page.text
    assert 'href="/"' in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert client.get(path).headers["Content-Type"] == "application/problem+json"


def test_the_api_tells_errors_as_problems_whoever_asks(client: TestClient) -> None:
    response = client.get("/api/absent", headers={"Accept": "text/html"})
    assert response.headers["Content-Type"] == "application/problem+json"


def test_until_loaded_the_service_lives_and_is_not_ready(first: Index) -> None:
    served = Served()
    with TestClient(create_app(served)) as client:
        assert client.get("/livez").status_code == 200
        assert client.get("/readyz").status_code == 503
        assert client.get("/readyz").json()["detail"].startswith("正在载入")
        assert client.post("/api/ask", json={"question": "甲"}).status_code == 503
        served.swap(Generation(Assistant(first)))
        assert client.get("/readyz").status_code == 200


def test_a_failed_load_is_the_reason_for_not_being_ready() -> None:
    served = Served()
    served.fail("索引已损坏")
    with TestClient(create_app(served)) as client:
        assert client.get("/livez").status_code == 200
        assert client.get("/readyz").json()["detail"] == "载入失败：索引已损坏"


def test_what_is_published_is_asked_from_then_on_and_nothing_of_before_is_kept(first: Index, second: Index) -> None:
    served = loaded(Assistant(first))
    with TestClient(create_app(served)) as client:
        asked = {"question": "第1项讲什么"}
        before = client.post("/api/ask", json=asked).json()
        served.swap(Generation(Assistant(second)))
        after = client.post("/api/ask", json=asked).json()
        assert (before["index_version"], after["index_version"]) == (first.fingerprint[:12], second.fingerprint[:12])
        assert {item["document"] for item in after["items"]}.isdisjoint({item["document"] for item in before["items"]})
        assert client.get("/documents/cnca-2017").status_code == 404
        assert "cnca-2017" not in client.get("/api/documents").text
        assert "認監委" not in client.get("/").text


def test_pages_load_nothing_from_elsewhere(client: TestClient) -> None:
    for path in ("/", "/documents/cnca-2017", "/docs"):
        page = client.get(path)
        assert page.status_code == 200
        assert 'src="http' not in page.text
        assert 'href="http' not in page.text
    assert client.get("/static-offline-docs/swagger-ui-bundle.js").status_code == 200


def test_the_document_page_shows_the_whole_source_with_anchors(client: TestClient) -> None:
    page = client.get("/documents/cnca-2017").text
    for anchor in ('id="head"', 'id="section-4"', 'id="item-1"', 'id="item-38"'):
        assert page.count(anchor) == 1
    assert "(牽頭部門:國際部,協作部門:法律部、認可部" in page
    assert client.get("/documents/absent").status_code == 404


def test_text_of_a_document_is_escaped_on_its_page(first: Index) -> None:
    text = first.corpus.documents[0].text.replace("總結推廣", "<script>alert(1)</script>", 1)
    document = parse_document(text, id="a&b")
    page = bytes(document_page(document).body).decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
