"""The library changed over HTTP: what is taken, what is refused and with which sentence, what is true afterwards."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from index import Encoder, Segmenter
from service.access import Access
from service.app import create_app
from service.editing import Editing, file_name
from service.library_replies import LIBRARY_REPLIES
from tests.conftest import loaded
from tests.libraries import OPEN, Kept, assistant_over, kept_in

LIMIT = 20_000


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return kept_in(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def client(kept: Kept, segmenter: Segmenter, encoder: Encoder) -> Iterator[TestClient]:
    served, access = loaded(assistant_over(kept.library, segmenter, encoder)), Access(kept.data)
    app = create_app(served, editing=Editing(served, access, kept.library, upload_limit=LIMIT), access=access)
    with TestClient(app, headers={"X-API-Key": kept.keys["editor of it"]}, raise_server_exceptions=False) as client:
        yield client


def left(kept: Kept) -> list[Path]:
    return list((kept.data / "uploads").glob("*"))


def test_a_file_is_read_as_a_draft_corrected_and_published(client: TestClient, kept: Kept) -> None:
    text = f"{OPEN}9.第九件事。(牵头部门:园林局)\n"
    reply = client.put("/api/documents/neu?publish=false&name=a.txt&group=人事", content=text.encode()).json()
    entry, read = reply["document"], reply["read"]
    assert (entry["state"], entry["group"], entry["draft"]["name"], entry["draft"]["by"]) == (
        "draft",
        "人事",
        "a.txt",
        "editor of it",
    )
    assert [(one["kind"], one["id"], one["line"]) for one in read["tree"]] == [
        ("unit", "1", 2), ("item", "1", 3), ("item", "2", 4), ("item", "9", 5),
    ]  # fmt: skip
    assert [one["line"] for one in read["warnings"]] == [5]
    assert {one["name"] for one in read["departments"]} == {"城管局", "公安局", "住建局", "园林局"}
    fixed = client.patch("/api/documents/neu", json={"title": "改过的标题", "date": "2024-03-01"}).json()
    assert (fixed["read"]["title"], fixed["read"]["date"]) == ("改过的标题", "2024-03-01")
    assert client.patch("/api/documents/neu", json={"date": None}).json()["read"]["date"] is None
    assert client.post("/api/documents/neu/publish").json()["document"]["state"] == "published"
    again = client.put(
        "/api/documents/neu?publish=false&name=b.txt", content=OPEN.replace("三处", "五处").encode()
    ).json()
    assert [(one["kind"], one["after"] and one["after"]["id"]) for one in again["changes"]] == [
        ("changed", "2"),
        ("gone", None),
    ]
    assert client.get("/api/documents/neu/draft").json() == again
    assert client.delete("/api/documents/neu/draft").status_code == 204
    assert client.delete("/api/documents/neu").json()["document"]["state"] == "withdrawn"
    assert client.post("/api/documents/neu/restore").json()["document"]["state"] == "published"
    actions = [one["action"] for one in client.get("/api/library/history?document=neu").json()["events"]]
    assert actions[::-1] == ["draft", "settle", "settle", "publish", "draft", "discard", "withdraw", "restore"]
    assert left(kept) == []


def test_a_file_over_the_limit_is_413_announced_or_not(client: TestClient, kept: Kept) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(30):
            yield b" " * 1000

    before = len(kept.library.history())
    for content in (b" " * (LIMIT + 1), chunks()):
        reply = client.put("/api/documents/gross?name=a.txt", content=content)
        assert (reply.status_code, "yaodian add" in reply.json()["detail"]) == (413, True)
    assert len(kept.library.history()) == before
    assert left(kept) == []


@pytest.mark.parametrize(
    "id", ["a\0b", " a", "a ", "x" * 101, "a\nb", "\u202ea", "\ud800", "..", "a\\b", "e\u0301"]
)  # fmt: skip
def test_a_strange_id_is_refused_with_a_sentence(id: str, client: TestClient, kept: Kept) -> None:
    reply = client.put(f"/api/documents/{quote(id, safe='', errors='surrogatepass')}", content=OPEN.encode())
    assert reply.status_code in (404, 405, 422)
    assert not reply.json()["detail"].isascii()
    assert not [path for path in kept.data.parent.iterdir() if path.name not in ("data", "in.txt")]


@pytest.mark.parametrize(
    ("given", "kept_as"),
    [("../../etc/passwd", "passwd"), ("C:\\文件\\要点.docx", "要点.docx"), ("a\0\n.txt", "a.txt"), ("", "文件"), ("/", "文件"),
     ("x" * 200 + ".txt", "x" * 96 + ".txt"), ("<img src=x>.txt", "<img src=x>.txt")],
)  # fmt: skip
def test_the_name_of_a_file_is_data_alone(given: str, kept_as: str) -> None:
    assert file_name(given) == kept_as


def test_the_name_may_come_in_a_header(client: TestClient) -> None:
    headers = {"X-File-Name": quote("望江 要点.txt")}
    reply = client.put("/api/documents/kopf?publish=false", content=OPEN.encode(), headers=headers)
    assert reply.json()["document"]["draft"]["name"] == "望江 要点.txt"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", b"PK\x03\x04"), ("a.pdf", b"%PDF-1.4 nothing"), ("a.txt", b""), ("a.txt", b"\xff\xfe\x00"), ("a.exe", b"MZ"), ("a", b"x"),
     ("a.html", b"<html>"), ("a.xlsx", b"PK\x05\x06" + b"\0" * 18)],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_changes_nothing(
    name: str, content: bytes, client: TestClient, kept: Kept
) -> None:
    before = kept.library.list()
    reply = client.put("/api/documents/schlecht", params={"name": name}, content=content)
    assert reply.status_code == 422, reply.text
    assert kept.library.list() == before
    assert left(kept) == []


@pytest.mark.parametrize(
    "body",
    [{"date": "gestern"}, {"date": "2024-13-01"}, {"item": "%"}, {"title": " "}, {"departments": [" "]}, {"departments": "a"}, {"id": "b"},
     {"title": "x" * 501}, {"attachments": ["没有这一行"] * 51}, [], "x", {"title": {"a": 1}}, {"group": "人事"}, {"title": "a\nb"}],
)  # fmt: skip
def test_a_correction_that_is_none_is_refused(body: object, client: TestClient) -> None:
    reply = client.patch("/api/documents/wangjiang", json=body)
    assert reply.status_code in (403, 422) or reply.json()["document"]["draft"], reply.text
    assert reply.status_code < 500


def test_what_is_not_there_or_not_possible_is_said(client: TestClient) -> None:
    for method, path, status in (
        ("POST", "/api/documents/absent/publish", 404), ("DELETE", "/api/documents/absent", 404), ("GET", "/api/documents/absent/draft", 404),
        ("POST", "/api/documents/qixia/publish", 422), ("POST", "/api/documents/qixia/restore?version=99", 404),
        ("POST", "/api/documents/qixia/restore?version=x", 422), ("DELETE", "/api/documents/mi", 422), ("GET", "/api/library/history", 403),
        ("PUT", "/api/documents/x?publish=vielleicht", 422), ("PUT", f"/api/documents/x?group={quote('财务')}", 403),
    ):  # fmt: skip
        reply = client.request(method, path, content=OPEN.encode() if method == "PUT" else None)
        assert (reply.status_code, reply.json()["detail"].isascii()) == (status, False), (method, path, reply.text)


def checked(client: TestClient, method: str, path: str, **sent: Any) -> None:
    """The reply has the fields that are described, no other and all of them."""
    reply = client.request(method, path, **sent)
    assert reply.status_code == 200, reply.text
    name = re.sub("/documents/[^/?]+", "/documents/{id}", path).partition("?")[0]
    model = LIBRARY_REPLIES[method.lower(), name]
    assert model.model_validate(reply.json()).model_dump(mode="json") == reply.json()
    operation = client.get("/openapi.json").json()["paths"][name][method.lower()]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": f"#/components/schemas/{model.__name__}"}


def test_every_reply_is_as_it_is_described(client: TestClient) -> None:
    text = f"{OPEN}附件\n清单\n1.巡查，2024年9月底前完成。(牵头部门:城管局)\n".encode()
    checked(client, "PUT", "/api/documents/described?publish=false&name=a.txt&group=人事", content=text)
    checked(client, "PATCH", "/api/documents/described", json={"title": "改过的标题"})
    checked(client, "POST", "/api/documents/described/publish")
    checked(
        client, "PUT", "/api/documents/described?publish=false&name=a.txt", content=text.replace("三处".encode(), b"3")
    )
    checked(client, "GET", "/api/documents/described/draft")
    checked(client, "DELETE", "/api/documents/described")
    checked(client, "POST", "/api/documents/described/restore")
    checked(client, "GET", "/api/library")
    checked(client, "GET", "/api/library/history?document=described")
    checked(client, "GET", "/api/library/progress?document=described")
