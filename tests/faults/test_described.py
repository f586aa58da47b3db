"""The description of the API and the service agree. n: every operation of the description, 8 addresses × 7 methods."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from service import Assistant
from service.app import create_app
from service.requests import EXPECTED, NAMES, AskRequest, Corrections, ExportRequest, FeedbackRequest
from tests.conftest import loaded

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
PATHS = {
    "/api/ask": {"POST"},
    "/api/search": {"GET", "HEAD"},
    "/api/documents": {"GET", "HEAD"},
    "/api/documents/cnca-2017/items/1": {"GET", "HEAD"},
    "/livez": {"GET", "HEAD"},
    "/": {"GET", "HEAD"},
    "/search-box.js": {"GET", "HEAD"},
    "/web/style.css": {"GET", "HEAD"},
}


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(loaded(assistant)), raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("path", PATHS)
def test_a_method_that_is_not_allowed_is_told_which_are(path: str, client: TestClient) -> None:
    for method in METHODS:
        reply = client.request(method, path)
        assert (reply.status_code == 405) == (method not in PATHS[path])
        if reply.status_code == 405:
            assert set(reply.headers["Allow"].split(", ")) == PATHS[path]
            assert reply.headers["Content-Type"] == "application/problem+json"


def test_every_refusal_is_in_the_description(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert {"400", "404", "413", "422", "431", "503"} <= operation["responses"].keys(), (method, path)
            address = path.replace("{id}", "absent").replace("{item_id}", "1")
            for body in (b"", b"{", b"\xff\xfe", b"[]", b" " * 70_000):
                sent = {"Content-Type": "application/json"}
                reply = client.request(method.upper(), address, content=body, headers=sent)
                assert str(reply.status_code) in operation["responses"], (method, path, body[:3])


def test_what_the_description_calls_valid_is_not_refused(client: TestClient) -> None:
    """At the edges of every field's range."""
    fields = client.get("/openapi.json").json()["components"]["schemas"]["AskRequest"]["properties"]
    longest, most = fields["question"]["maxLength"], fields["history"]["maxItems"]
    for given in (
        {"question": "字" * longest},
        {"question": "字"},
        {"question": "第1项", "history": ["第2项"] * most},
        {"question": "第1项", "limit": fields["limit"]["maximum"], "offset": fields["offset"]["maximum"]},
        {"question": "第1项", "limit": fields["limit"]["minimum"], "documents": None},
        {"question": "第1项", "history": [], "script": "hant", "more": 1},
    ):
        assert client.post("/api/ask", json=given).status_code == 200, given


def test_every_field_that_may_be_refused_has_its_words() -> None:
    assert NAMES.keys() == EXPECTED.keys()
    taken = {name for model in (AskRequest, ExportRequest, FeedbackRequest, Corrections) for name in model.model_fields}
    assert taken | {"messages", "model", "stream"} <= EXPECTED.keys()
