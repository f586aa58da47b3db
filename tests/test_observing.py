"""What an operator sees: figures counted by hand, by route and never by address; and that nothing of a question is there."""

import json
import re
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from service import Assistant
from service.access import Access
from service.app import create_app
from service.library import Role, writing
from service.library.keys import make_key
from service.metrics import Metrics
from service.observing import Observed
from service.served import Generation, Served
from tests.conftest import YEARS
from tests.test_serving import ask, serving
from tests.waiting import until

DEPLOY = Path(__file__).parent.parent / "service" / "deploy"
Figures = dict[tuple[str, ...], float]


def figures(text: str) -> Figures:
    """(name, label values in the order of their names) -> value."""
    found: Figures = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found[sample.name, *(value for _, value in sorted(sample.labels.items()))] = sample.value
    return found


def key(data: Path, role: Role) -> dict[str, str]:
    with writing(data) as database:
        return {"Authorization": f"Bearer {make_key(database, role, role, (), '测试')}"}


@pytest.fixture
def watched(assistant: Assistant, tmp_path: Path) -> tuple[TestClient, dict[str, str], Metrics]:
    metrics = Metrics()
    metrics.serves(assistant)
    served = Served(Generation(assistant, on_answer=metrics.answer))
    app = create_app(served, access=Access(tmp_path), metrics=metrics)
    app.add_middleware(Observed, seen=metrics.request)
    return TestClient(app), key(tmp_path, "monitor"), metrics


def test_figures_are_those_counted_by_hand(watched: tuple[TestClient, dict[str, str], Metrics]) -> None:
    client, monitor, metrics = watched
    for question in ("第31条讲什么", "第31条讲什么", "今天北京天气怎么样", "第99条讲什么"):
        assert client.post("/api/ask", json={"question": question}).status_code == 200
    message = {"role": "user", "content": "第31条讲什么"}
    assert client.post("/v1/chat/completions", json={"messages": [message]}).status_code == 200
    assert client.post("/api/ask", json={"question": ""}).status_code == 422
    for id in ("31", "32", "33"):
        assert client.get(f"/api/documents/cnca-2017/items/{id}").status_code == 200
    assert client.head("/documents/cnca-2017").status_code == 200
    assert client.get("/web/chat.js").status_code == 200
    assert client.get("/nowhere").status_code == 404
    assert client.request("INVENTED", "/livez").status_code == 405
    metrics.refused(503)
    metrics.waits(3, 2, 7)
    found = figures(client.get("/metrics", headers=monitor).text)
    requests = {labels[1:]: value for labels, value in found.items() if labels[0] == "yaodian_requests_total"}
    assert requests == {
        ("POST", "/api/ask", "200"): 4,
        ("POST", "/api/ask", "422"): 1,
        ("POST", "/v1/chat/completions", "200"): 1,
        ("GET", "/api/documents/{id}/items/{item_id}", "200"): 3,
        ("HEAD", "/documents/{id}", "200"): 1,
        ("GET", "/web/…", "200"): 1,
        ("GET", "-", "404"): 1,
        ("other", "/livez", "405"): 1,
    }
    assert found["yaodian_request_seconds_count", "/api/ask"] == 5
    assert [found["yaodian_answers_total", grade] for grade in ("found", "perhaps", "outside")] == [3, 0, 2]
    declined = {labels[1]: value for labels, value in found.items() if labels[0] == "yaodian_declined_total"}
    assert declined == {"out_of_scope": 1, "no_such_item": 1}
    assert found["yaodian_refused_total", "503"] == 1
    assert [found[f"yaodian_{name}",] for name in ("queue", "under_way", "connections")] == [3, 2, 7]
    assert [found[f"yaodian_{name}",] for name in ("documents", "items")] == [1, 38]


def test_answers_in_parts_and_to_agents_are_counted_as_others_are(
    watched: tuple[TestClient, dict[str, str], Metrics],
) -> None:
    client, monitor, _ = watched
    for question in ("第31条讲什么", "第99条讲什么"):
        asked = client.post("/api/ask", json={"question": question}, headers={"Accept": "text/event-stream"})
        assert "event: end" in asked.text
    call = {"name": "ask", "arguments": {"question": "第31条讲什么"}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    assert client.post("/mcp", json=body, headers={"Accept": "application/json, text/event-stream"}).status_code == 200
    found = figures(client.get("/metrics", headers=monitor).text)
    assert [found["yaodian_answers_total", grade] for grade in ("found", "perhaps", "outside")] == [2, 0, 1]
    assert found["yaodian_declined_total", "no_such_item"] == 1
    assert found["yaodian_requests_total", "POST", "/api/ask", "200"] == 2
    assert found["yaodian_requests_total", "POST", "/mcp", "200"] == 1


def test_nothing_of_a_question_a_document_or_a_key_is_among_them(
    watched: tuple[TestClient, dict[str, str], Metrics],
) -> None:
    client, monitor, _ = watched
    client.post("/api/ask", json={"question": "琥珀行动由谁牵头"}, headers=monitor)
    client.get("/api/search", params={"q": "琥珀"})
    client.get("/documents/琥珀")
    client.get("/琥珀/琥珀")
    text = client.get("/metrics", headers=monitor).text
    assert not re.search("琥珀|%E7%90%A5|cnca|yd_|牵头|2017", text)


def test_a_new_generation_takes_the_place_of_the_one_before(
    watched: tuple[TestClient, dict[str, str], Metrics], segmenter: Segmenter, encoder: Encoder
) -> None:
    client, monitor, metrics = watched
    years = Assistant(Index.build(load_corpus(YEARS), segmenter, encoder))
    metrics.serves(years)
    found = figures(client.get("/metrics", headers=monitor).text)
    assert {labels[1]: value for labels, value in found.items() if labels[0] == "yaodian_index"} == {years.version: 1}
    assert found["yaodian_documents",] == 5


def test_only_who_may_watch_reads_them_and_reads_nothing_else(assistant: Assistant, tmp_path: Path) -> None:
    metrics = Metrics()
    access = Access(tmp_path, read_key_required=True)
    client = TestClient(create_app(Served(Generation(assistant)), access=access, metrics=metrics))
    assert client.get("/metrics").status_code == 401
    roles: tuple[Role, ...] = ("monitor", "reader", "editor", "admin")
    keys = {role: key(tmp_path, role) for role in roles}
    read = {role: client.get("/metrics", headers=keys[role]).status_code for role in roles}
    assert read == {"monitor": 200, "reader": 403, "editor": 403, "admin": 200}
    assert client.get("/api/documents", headers=keys["monitor"]).status_code == 401
    assert client.get("/api/documents", headers=keys["reader"]).status_code == 200


def test_the_dashboard_shows_figures_that_there_are(watched: tuple[TestClient, dict[str, str], Metrics]) -> None:
    client, monitor, metrics = watched
    for question in ("第31条讲什么", "今天北京天气怎么样"):
        client.post("/api/ask", json={"question": question})
    metrics.refused(503)
    text = client.get("/metrics", headers=monitor).text
    dashboard = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    assert len(asked) > 10
    for expression in asked:
        for name in re.findall(r"yaodian_\w+", expression):
            assert re.search(rf"^{name}[ {{]", text, re.MULTILINE), name
    shown = set(re.findall(r"yaodian_[a-z_]+", " ".join(asked)))
    assert {re.sub("_bucket$", "", name) for name in shown} == {
        family.name + ("_total" if family.type == "counter" else "") for family in text_string_to_metric_families(text)
    }


def test_figures_of_several_processes_are_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    data = tmp_path / "data"
    data.mkdir()
    monitor = key(data, "monitor")

    def read(address: str) -> Figures:
        with urlopen(Request(f"{address}/metrics", headers=monitor)) as reply:
            return figures(reply.read().decode())

    with serving(data, "--workers", "2") as (address, _):
        for _ in range(20):  # each on a connection of its own, which either process takes
            ask(address, "第31条讲什么")
        assert until(lambda: read(address).get(("yaodian_documents",)) == 1)
        found = read(address)
        assert found["yaodian_requests_total", "POST", "/api/ask", "200"] == 20
        assert found["yaodian_answers_total", "found"] == 20
        versions = [value for labels, value in found.items() if labels[0] == "yaodian_index"]
        assert versions == [2]
        folders = list(tmp_path.glob("yaodian-metrics-*"))
    assert len(folders) == 1
    assert not folders[0].exists()
