"""Which other sites may call the API."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from service import Assistant
from service.app import create_app
from service.front import Front
from service.origins import checked_origin
from tests.conftest import loaded

OA, OTHER = "http://oa.example.cn", "http://other.example.cn"


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(loaded(assistant), front=Front(origins=(OA,)))) as client:
        yield client


def test_only_the_sites_allowed_may_read_the_api(client: TestClient) -> None:
    for origin, allowed in ((OA, OA), (OTHER, None)):
        reply = client.get("/api/search?q=监管", headers={"Origin": origin})
        assert reply.headers.get("access-control-allow-origin") == allowed
        assert "access-control-allow-credentials" not in reply.headers


def test_a_site_allowed_may_ask(client: TestClient) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert client.options("/api/ask", headers={"Origin": OA, **asked}).status_code == 200
    assert client.options("/api/ask", headers={"Origin": OTHER, **asked}).status_code == 400


def test_a_site_allowed_may_read_refusals_too(client: TestClient) -> None:
    large = client.post("/api/ask", content=b"x" * 70_000, headers={"Origin": OA, "Content-Type": "application/json"})
    wrong = client.post("/api/ask", json={}, headers={"Origin": OA})
    assert (large.status_code, wrong.status_code) == (413, 422)
    assert large.headers["access-control-allow-origin"] == wrong.headers["access-control-allow-origin"] == OA


def test_any_site_may_load_the_search_box_and_none_the_pages(client: TestClient) -> None:
    module = client.get("/search-box.js", headers={"Origin": OTHER})
    assert module.headers["access-control-allow-origin"] == "*"
    assert module.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "access-control-allow-origin" not in client.get("/", headers={"Origin": OA}).headers


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("http://oa.example.cn", "http://oa.example.cn"),
        ("HTTPS://OA.example.cn:443/", "https://oa.example.cn"),
        ("http://10.0.0.8:8080", "http://10.0.0.8:8080"),
        ("http://[::1]:80", "http://[::1]"),
        ("http://政务.cn", "http://xn--zfr164b.cn"),
        ("*", "*"),
    ],
)
def test_an_origin_is_written_as_browsers_send_it(text: str, origin: str) -> None:
    assert checked_origin(text) == origin


@pytest.mark.parametrize(
    "text",
    [
        "oa.example.cn",
        "http://oa.example.cn/portal",
        "ftp://oa",
        "http://",
        "http://a:b",
        "null",
        "",
        "http://*.example.cn",
        "http://a b",
        "http://u@a",
        "http://a#b",
        "http://a:0",
        "http://[::1",
    ],
)
def test_what_is_no_origin_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="应为“http://主机”或“https://主机:端口”"):
        checked_origin(text)
