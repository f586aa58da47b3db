"""Who may read and write what: every route, for everybody, also where it is asked for in odd ways."""

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import Route

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from service import Assistant
from service.app import create_app
from service.library import writing
from service.library.keys import revoke_key
from service.question_log import QuestionLog
from tests.conftest import loaded
from tests.libraries import OPEN, SECRETS, Kept, assistant_over, kept_in, served_by

NOBODY, WRONG = "nobody", "wrong key"
OUTSIDE = (NOBODY, WRONG, "reader", "reader of another", "editor")  # who may not read what is 人事's
INSIDE = ("reader of it", "editor of it", "admin")
QUESTIONS = (
    "第1项讲什么", "第3项讲什么", "一共有多少项任务", "有哪些部门", "哪个部门牵头最多", "占道经营", "谁牵头占道经营", "分几个部分", "你好", "鹿明湖湿地", "路鸣湖",
    "琉璃弯管理处牵头哪些任务", "第一部分有哪些任务", "公安局协作哪些任务", "9月到期的任务", "有时限的任务", "今天天气怎么样", "督办清单", "2024年工作要点第2项",
    "哪些文件提到占道经营", "按部门分组列出所有任务", "谁印发的",
)  # fmt: skip
CALLS: tuple[tuple[str, dict[str, str]], ...] = (
    ("ask", {"question": "第1项讲什么"}), ("search_items", {"query": "湿地修复"}), ("get_item", {"document": "qixia", "item": "1"}),
    ("list_documents", {}),
)  # fmt: skip
BODIES: dict[str, Any] = {
    "/mcp": [
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": given}}
        for name, given in CALLS
    ],
    "/api/model": [{"question": "第1项讲什么", "documents": ["qixia"]}]
    + [{"question": one, "phrase": True} for one in QUESTIONS],
    "/api/ask": [{"question": one} for one in QUESTIONS]
    + [{"question": "第1项讲什么", "documents": ["qixia"]}, {"question": "它由谁牵头", "history": ["第3项讲什么"]}],
    "/api/export": [{"question": one, "format": "text"} for one in QUESTIONS],
    "/api/feedback": [{"question": "第1项讲什么", "documents": ["qixia"], "verdict": "wrong"}],
    "/api/documents/{id}": [{"title": "改过"}, {"group": ""}, {"nothing": 1}],
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return kept_in(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def over(kept: Kept, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_over(kept.library, segmenter, encoder)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> QuestionLog:
    return QuestionLog(tmp_path_factory.mktemp("log") / "questions.jsonl")


@pytest.fixture(scope="module")
def app(over: Assistant, kept: Kept, log: QuestionLog) -> FastAPI:
    return served_by(over, kept, log)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def locked(over: Assistant, kept: Kept) -> Iterator[TestClient]:
    app = served_by(over, kept, read_key_required=True)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def key_of(who: str, kept: Kept) -> dict[str, str]:
    if who == NOBODY:
        return {}
    return {"X-API-Key": "yd_wrong" if who == WRONG else kept.keys[who]}


def paths(app: FastAPI) -> dict[str, set[str]]:
    """Every path of the app and its methods; those of a document for one that is open and one that is not."""
    found: dict[str, set[str]] = {}
    for route in app.routes:
        if isinstance(route, Route | APIRoute):
            found.setdefault(route.path, set()).update(route.methods or ())
    return found


def filled(path: str) -> list[str]:
    return [path.replace("{id}", id).replace("{item_id}", "1") for id in (("qixia", "mi") if "{id}" in path else ("",))]


def told(reply: Any) -> str:
    return str(reply.text) + json.dumps(list(reply.headers.items()), ensure_ascii=False)


def leaks(reply: Any, asked: str = "") -> list[str]:
    said = told(reply)
    return [one for one in SECRETS if one in said and one not in asked]


def state_of(kept: Kept) -> list[Any]:
    return [len(kept.library.history()), *kept.library.list()]


TRICKS: dict[str, tuple[str, dict[str, str]]] = {
    "as it is": ("{}", {}),
    "slash behind": ("{}/", {}),
    "slashes before": ("/{}", {}),
    "up and down": ("/web/..{}", {}),
    "encoded up and down": ("/web/%2e%2e{}", {}),
    "encoded": ("%2F{}", {}),
    "with parameters": ("{};jsessionid=1", {}),
    "with a query": ("{}?key=yd_wrong&readable=qixia&group=%E4%BA%BA%E4%BA%8B", {}),
    "null": ("{}%00", {}),
    "another method": ("{}", {"X-HTTP-Method-Override": "GET", "X-Method-Override": "GET", "X-HTTP-Method": "GET"}),
    "another address": (
        "{}",
        {"X-Original-URL": "/livez", "X-Rewrite-URL": "/api/documents/qixia", "Forwarded": "host=a"},
    ),
    "another host": ("{}", {"Host": "qixia", "X-Forwarded-Host": "localhost", "X-Forwarded-For": "127.0.0.1"}),
    "another caller": (
        "{}",
        {"X-Role": "admin", "X-Remote-User": "admin", "Cookie": "yaodian-key=yd_wrong; role=admin"},
    ),
    "page": ("{}", {"Accept": "text/html"}),
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "PROPFIND")
LONG = os.environ.get("YAODIAN_FAULTS") == "long"


def methods_of(path: str, trick: str, app: FastAPI) -> list[str]:
    """All of them; with a trick those that do something there, unless there is time for all."""
    does = {"GET", "POST", *paths(app)[path]}
    return [one for one in METHODS if LONG or trick == "as it is" or one in does]


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("who", OUTSIDE)
def test_what_is_a_groups_is_nowhere_for_others(
    who: str, trick: str, app: FastAPI, client: TestClient, kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    form, headers = TRICKS[trick]
    before, count = state_of(kept), 0
    for path in paths(app):
        for address in filled(path):
            for method in methods_of(path, trick, app):
                bodies = BODIES.get(path, [{}])[: None if form == "{}" and not headers else 2]
                for body in bodies if method in ("POST", "PATCH", "PUT") else [None]:
                    named = {**key_of(who, kept), "Content-Type": "application/json", **headers}
                    content = None if body is None else json.dumps(body).encode()
                    reply = client.request(method, form.format(address), headers=named, content=content)
                    count += 1
                    assert reply.status_code < 500, (method, address, body)
                    assert leaks(reply, str(body)) == [], (method, address, body)
    assert {
        "/mcp",
        "/metrics",
        "/api/model",
        "/api/ask",
        "/documents/{id}/original",
        "/api/library/history",
        "/openapi.json",
    } <= paths(app).keys()
    assert count > (300 if trick == "as it is" else 80)
    assert state_of(kept) == before
    written = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpx"))
    assert not [one for one in SECRETS if one in written]


@pytest.mark.parametrize("trick", TRICKS)
def test_where_reading_needs_a_key_nothing_is_read_without(
    trick: str, app: FastAPI, locked: TestClient, kept: Kept
) -> None:
    form, headers = TRICKS[trick]
    for who in (NOBODY, WRONG):
        for path in paths(app):
            for address in [*filled(path), path.replace("{id}", "wangjiang").replace("{item_id}", "1")]:
                for method in methods_of(path, trick, app):
                    named = {**key_of(who, kept), **headers}
                    reply = locked.request(method, form.format(address), headers=named, content=b'{"question": "1"}')
                    assert reply.status_code < 500
                    assert "占道" not in told(reply), (method, address)
                    assert "望江" not in told(reply), (method, address)
    assert locked.get("/api/documents").status_code == 401
    assert locked.get("/api/documents", headers=key_of("reader", kept)).status_code == 200
    assert locked.get("/readyz").json() == {"status": "ok", "failures": []}
    assert "要有密钥" in locked.get("/", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize("who", INSIDE)
def test_those_who_may_read_it_do(who: str, client: TestClient, kept: Kept) -> None:
    headers = key_of(who, kept)
    assert client.post("/api/ask", json={"question": "鹿鸣湖"}, headers=headers).json()["count"] == 1
    assert client.get("/api/documents/qixia", headers=headers).json()["title"] == "栖霞谷2024年工作要点"
    assert "鹿鸣湖" in client.get("/documents/qixia", headers=headers).text
    assert client.get("/documents/qixia/original", headers=headers).text == kept.library.file("qixia").read_text(
        "utf-8"
    )
    assert client.get("/api/documents", headers=headers).headers["Cache-Control"] == "no-store"
    assert client.get("/documents/qixia", headers=headers).headers["Cache-Control"] == "no-store"
    assert client.get("/web/style.css", headers=headers).headers["Cache-Control"] == "no-cache"  # the same for all


def test_others_are_answered_as_if_it_were_not_there(
    client: TestClient, kept: Kept, tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    (tmp_path / "wangjiang.txt").write_text(OPEN, encoding="utf-8")
    alone = served_by(Assistant(Index.build(load_corpus(tmp_path), segmenter, encoder)), kept)
    with TestClient(alone) as other:
        for question in QUESTIONS:
            replies = [one.post("/api/ask", json={"question": question}).json() for one in (client, other)]
            for name in ("answer", "count", "considered", "grade", "reason", "reading", "follow_ups", "table", "plan"):
                assert replies[0][name] == replies[1][name], (question, name)
            assert [item["id"] for item in replies[0]["items"]] == [item["id"] for item in replies[1]["items"]]
        for path in ("/api/documents", "/api/documents/qixia", "/", "/documents/qixia", "/demo", "/readyz"):
            assert client.get(path).text.replace(" data-feedback", "") == other.get(path).text, path
        body = {"question": "第1项", "documents": ["qixia"]}
        assert client.post("/api/ask", json=body).json() == other.post("/api/ask", json=body).json()


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer {}"}, {"authorization": "bearer {}"}, {"AUTHORIZATION": "BEARER  {} "}, {"x-api-key": "{}"},
        {"X-Api-Key": "{}"},
    ],
)  # fmt: skip
def test_a_key_is_taken_however_its_header_is_written(headers: dict[str, str], client: TestClient, kept: Kept) -> None:
    named = {name: value.format(kept.keys["admin"]) for name, value in headers.items()}
    assert client.get("/api/documents/qixia", headers=named).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Basic {}"}, {"Authorization": "{}"}, {"Authorization": "Bearer"}, {"X-API-Key": "{}x"},
        {"X-API-Key": "x{}"}, {"X-API-Key": ""}, {"Authorization": "Bearer wrong", "X-API-Key": "{}"}, {"X-API-Key": "é" * 3000},
    ],
)  # fmt: skip
def test_what_is_no_key_is_refused_and_not_said_again(headers: dict[str, str], client: TestClient, kept: Kept) -> None:
    key = kept.keys["admin"]
    named = [(name.encode(), value.format(key).encode()) for name, value in headers.items()]
    reply = client.get("/api/documents", headers=named)
    assert (reply.status_code, reply.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert key not in told(reply)
    assert "wrong" not in told(reply)


def test_a_session_of_the_browser_reads_and_does_not_write(app: FastAPI, kept: Kept) -> None:
    with TestClient(app) as browser:
        begun = browser.post("/api/session", headers=key_of("editor of it", kept))
        assert begun.status_code == 204
        for word in ("HttpOnly", "SameSite=strict", "Path=/"):
            assert word in begun.headers["set-cookie"]
        assert "鹿鸣湖" in browser.get("/documents/qixia").text
        assert browser.post("/api/ask", json={"question": "鹿鸣湖"}).json()["count"] == 1
        for method, path in (("DELETE", "/api/documents/qixia"), ("PUT", "/api/documents/x"), ("POST", "/api/session")):
            assert browser.request(method, path).status_code == 401
        assert browser.delete("/api/session").status_code == 204
        assert browser.get("/documents/qixia").status_code == 404


def test_a_revoked_key_opens_nothing_from_the_next_request_on(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    kept = kept_in(tmp_path)
    app = served_by(assistant_over(kept.library, segmenter, encoder), kept)
    with TestClient(app) as client:
        for name in ("reader of it", "admin"):
            assert client.get("/api/documents/qixia", headers=key_of(name, kept)).status_code == 200
            with writing(kept.data) as database:
                revoke_key(database, name, "测试")
            assert client.get("/api/documents/qixia", headers=key_of(name, kept)).status_code == 401


def test_a_key_is_in_no_file_and_no_log(
    client: TestClient, kept: Kept, log: QuestionLog, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name, key in kept.keys.items():
        client.post("/api/ask", json={"question": "第99项讲什么"}, headers=key_of(name, kept))
        client.put("/api/documents/..", headers=key_of(name, kept))
        client.get("/api/library", headers={"Authorization": f"Basic {key}"})
    files = [path for path in kept.data.parent.rglob("*") if path.is_file()] + [log.path]
    assert len(files) > 2
    for path in files:
        content = path.read_bytes()
        assert not [name for name, key in kept.keys.items() if key.encode() in content], path
    assert not [key for key in kept.keys.values() if key in caplog.text]


def test_the_question_log_does_not_tell_what_a_group_may_read(client: TestClient, kept: Kept, log: QuestionLog) -> None:
    client.post("/api/ask", json={"question": "湿地修复资金多少"}, headers=key_of("admin", kept))
    kept_lines = log.path.read_text(encoding="utf-8")
    assert "湿地修复资金" in kept_lines
    assert not [one for one in SECRETS if one in kept_lines]


def test_without_keys_nothing_is_written_and_all_is_read(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    kept = kept_in(tmp_path)
    with writing(kept.data) as database:
        database.execute("DELETE FROM keys")
    over = assistant_over(kept.library, segmenter, encoder)
    with TestClient(served_by(over, kept)) as client:
        assert client.get("/api/documents").status_code == 200
        refused = client.put("/api/documents/neu", content=OPEN.encode())
        assert (refused.status_code, "yaodian keys add" in refused.json()["detail"]) == (403, True)
    with TestClient(create_app(loaded(over))) as client:
        assert client.put("/api/documents/neu", content=OPEN.encode()).status_code == 409
