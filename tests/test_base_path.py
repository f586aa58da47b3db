import pytest
from fastapi.testclient import TestClient

from service import Assistant
from service.app import create_app
from service.base_path import BasePath, checked_base_path
from tests.conftest import loaded

BASE = "/oa"


@pytest.fixture(params=["", BASE])
def client(assistant: Assistant, request: pytest.FixtureRequest) -> TestClient:
    """Below a proxy that strips the path, and below one that does not."""
    app = create_app(loaded(assistant))
    app.add_middleware(BasePath, base=BASE)
    return TestClient(app, base_url=f"http://localhost{request.param}/")


def test_what_a_path_decides_is_decided_without_the_base(client: TestClient) -> None:
    assert client.get("livez").json() == {"status": "ok"}
    page = client.get("nowhere", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert f'href="{BASE}/documents"' in page.text
    problem = client.get("api/nowhere", headers={"Accept": "text/html"})
    assert (problem.status_code, problem.headers["Content-Type"]) == (404, "application/problem+json")
    assert client.delete("api/ask").headers["Allow"] == "POST"
    tag = client.get("web/chat.js").headers["ETag"]
    assert client.get("web/chat.js", headers={"If-None-Match": tag}).status_code == 304
    assert "ETag" in client.get("api/documents").headers
    assert "ETag" not in client.get("api/search?q=人才").headers
    assert client.post("v1/chat/completions", json={}).json()["error"]["type"] == "invalid_request_error"
    assert client.head("documents/cnca-2017").status_code == 200
    assert client.get("openapi.json").json()["servers"] == [{"url": BASE}]


def test_the_base_itself_is_the_first_page(assistant: Assistant) -> None:
    app = create_app(loaded(assistant))
    app.add_middleware(BasePath, base=BASE)
    client = TestClient(app, base_url="http://localhost")
    for path in (BASE, f"{BASE}/", "/"):
        assert f'src="{BASE}/web/chat.js"' in client.get(path).text
    assert client.get(f"{BASE}x", headers={"Accept": "application/json"}).status_code == 404


def test_without_a_base_nothing_has_one(assistant: Assistant) -> None:
    page = TestClient(create_app(loaded(assistant))).get("/documents/cnca-2017").text
    assert 'src="/web/document.js"' in page
    assert BASE not in page


def test_what_is_no_base_is_refused() -> None:
    assert [checked_base_path(one) for one in ("", "/", "/a", "/a/b-c/")] == ["", "", "/a", "/a/b-c"]
    for text in ("yaodian", "/a b", "/a?b", "//a", "/../a", "http://a/b"):
        with pytest.raises(ValueError, match="应为以 / 起头的路径"):
            checked_base_path(text)
    for text in ("/api", "/documents/x", "/v1"):
        with pytest.raises(ValueError, match="是服务自己的地址"):
            checked_base_path(text)
