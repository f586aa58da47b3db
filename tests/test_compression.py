"""How text travels: compressed to those who take it, and not at all to those who have it."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index import Index
from service.app import create_app
from service.assistant import Assistant
from service.compression import takes_gzip
from tests.conftest import loaded

WEB = Path(__file__).parents[1] / "service" / "web"
PAGES = ("/", "/documents/cnca-2017", "/documents", "/demo", "/library", "/docs", "/openapi.json")
ASSETS = ("/search-box.js", "/web/style.css", "/web/chat.js", "/static-offline-docs/swagger-ui-bundle.js")
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture(scope="module")
def client(first: Index) -> Iterator[TestClient]:
    with TestClient(create_app(loaded(Assistant(first)))) as client:
        yield client


def test_the_search_box_is_small_on_its_way(client: TestClient) -> None:
    with client.stream("GET", "/search-box.js", headers={"Accept-Encoding": "gzip"}) as reply:
        sent = b"".join(reply.iter_raw())
    assert reply.headers["content-encoding"] == "gzip"
    assert int(reply.headers["content-length"]) == len(sent) <= 15_000
    assert gzip.decompress(sent) == (WEB / "search-box.js").read_bytes()
    assert reply.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", [*PAGES, *ASSETS])
def test_pages_and_scripts_are_kept_and_asked_about(path: str, client: TestClient) -> None:
    packed, plain = client.get(path), client.get(path, headers=PLAIN)
    assert packed.content == plain.content
    large = len(plain.content) > 1400
    assert packed.headers.get("content-encoding") == ("gzip" if large else None)
    assert "content-encoding" not in plain.headers
    for reply in (packed, plain):
        assert reply.headers["cache-control"] == "no-cache"
        assert not large or reply.headers["vary"] == "Accept-Encoding"
        assert not reply.headers["etag"].startswith("W/")
    assert (packed.headers["etag"] == plain.headers["etag"]) is not large  # other bytes, another name
    for reply, accepts in ((packed, {}), (plain, PLAIN)):
        tag = reply.headers["etag"]
        for named in (tag, f'"another", W/{tag}', "*"):
            again = client.get(path, headers={**accepts, "If-None-Match": named})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
            assert again.headers["cache-control"] == "no-cache"
        assert client.get(path, headers={**accepts, "If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, *ASSETS, "/web/chat.png", "/livez", "/readyz", "/api/documents"])
def test_a_head_is_that_of_the_reply_without_its_body(path: str, client: TestClient) -> None:
    got, asked = client.get(path), client.head(path)
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers == got.headers


def test_what_comes_in_pieces_is_passed_on_as_it_comes(client: TestClient) -> None:
    asked = {"model": "yaodian", "stream": True, "messages": [{"role": "user", "content": "列出所有任务"}]}
    with client.stream("POST", "/v1/chat/completions", json=asked) as reply:
        pieces = list(reply.iter_raw())
    assert reply.status_code == 200
    assert "content-encoding" not in reply.headers
    assert b"".join(pieces).endswith(b"data: [DONE]\n\n")


def test_what_is_small_or_no_text_or_a_file_to_save_is_left_as_it_is(client: TestClient) -> None:
    for path in ("/livez", "/web/chat.png", "/documents/cnca-2017/original"):
        assert "content-encoding" not in client.get(path).headers
    assert client.head("/documents/cnca-2017/original").content == b""
    assert client.get("/web/chat.png").headers["etag"]


def test_long_answers_are_compressed_and_never_kept(client: TestClient) -> None:
    for question, encoding in (("列出所有任务", "gzip"), ("第7项", "gzip")):
        reply = client.post("/api/ask", json={"question": question})
        assert (reply.headers["content-encoding"], "etag" in reply.headers) == (encoding, False)
        assert reply.json()["items"]
    for path in ("/api/search?q=人才", "/v1/models"):
        assert "etag" not in client.get(path).headers


@pytest.mark.parametrize("path", ["/api/documents", "/api/documents/cnca-2017", "/api/documents/cnca-2017/items/31"])
def test_documents_that_have_not_changed_are_not_sent_again(path: str, client: TestClient) -> None:
    reply = client.get(path)
    assert reply.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    workbook = client.post("/api/export", json={"question": "列出所有任务", "format": "xlsx"})
    assert "content-encoding" not in workbook.headers


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.8", True),
        ("*", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("br", False),
    ],
)
def test_gzip_is_sent_to_those_who_take_it(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes
