"""Requests generated from the description of the API: what it calls valid is answered, what it does not is refused, and
no status comes that it does not tell.

seed 20; n: 20 of every operation and 20 with a wrong field, with YAODIAN_FAULTS=long 1000.
"""

import json
import os
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient

from index import Encoder, Segmenter
from tests.libraries import Kept, assistant_over, kept_in, served_by

EACH = 1000 if os.environ.get("YAODIAN_FAULTS") == "long" else 20
Json = dict[str, Any]
LETTERS = "法律部牵头第一项品牌任务、，。？ aZ09<>&'\"\\/%\x00\x1f\u200b\u202e\ufeff\U0001f600\ud800"
# Values that no schema of ours allows anywhere
WRONG: tuple[Any, ...] = (None, True, -1, 1.5, 10**30, "", "x" * 1000, "\x00", "\u202e", [], [[]], {}, {"question": 1})
KNOWN = {"id": ("wangjiang", "qixia", "mi", "无"), "item_id": ("1", "2", "a1.1")}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return kept_in(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def client(kept: Kept, segmenter: Segmenter, encoder: Encoder) -> Iterator[TestClient]:
    app = served_by(assistant_over(kept.library, segmenter, encoder), kept)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def operations(schema: Json) -> list[tuple[str, str, Json]]:
    """But for those that take a file or what is no JSON, and the one that waits for a language model."""
    every = [(method, path, it) for path, those in schema["paths"].items() for method, it in those.items()]
    return [one for one in every if "put" not in one and "/api/model" not in one]


def resolved(schema: Any, every: Json) -> Any:
    """With what it refers to in its place."""
    match schema:
        case {"$ref": str(name)}:
            return resolved(every[name.rpartition("/")[2]], every)
        case dict():
            return {key: resolved(value, every) for key, value in schema.items() if key not in ("examples", "default")}
        case list():
            return [resolved(one, every) for one in schema]
    return schema


def value(schema: Json, draw: random.Random) -> Any:
    """One that the schema allows, often at the edge of what it does."""
    match schema:
        case {"anyOf": list(kinds)}:
            return value(draw.choice(kinds), draw)
        case {"enum": list(allowed)}:
            return draw.choice(allowed)
        case {"const": only}:
            return only
        case {"type": "null"}:
            return None
        case {"type": "boolean"}:
            return draw.random() < 0.5
        case {"type": "integer" | "number"}:
            low, high = int(schema.get("minimum", 0)), int(schema.get("maximum", 1000))
            return draw.choice((low, high, draw.randint(low, high)))
        case {"type": "string"}:
            low, high = schema.get("minLength", 0), schema.get("maxLength", 500)
            return "".join(draw.choices(LETTERS, k=draw.choice((low, high, draw.randint(low, min(high, low + 30))))))
        case {"type": "array"}:
            low = schema.get("minItems", 0)
            most = min(schema.get("maxItems", 5), low + 5)
            return [value(schema["items"], draw) for _ in range(draw.randint(low, most))]
    fields, must = schema.get("properties", {}), schema.get("required", [])
    return {name: value(one, draw) for name, one in fields.items() if name in must or draw.random() < 0.5}


def request_of(operation: Json, every: Json, draw: random.Random) -> Json:
    """A valid one: the values of parameters, and the body."""
    given = [one for one in operation.get("parameters", []) if one["in"] in ("path", "query")]
    wanted = [one for one in given if one.get("required") or draw.random() < 0.5]
    values = {
        one["name"]: draw.choice(KNOWN[one["name"]])
        if one["name"] in KNOWN
        else value(resolved(one["schema"], every), draw)
        for one in wanted
    }
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return {"parameters": values, "body": value(resolved(body, every), draw) if body else None}


def fields_of(operation: Json, every: Json) -> list[str]:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return sorted(resolved(body, every)["properties"]) if body else []


def send(client: TestClient, method: str, path: str, asked: Json, key: str) -> Any:
    values = {name: given for name, given in asked["parameters"].items() if given is not None}
    for name in [name for name in values if f"{{{name}}}" in path]:
        path = path.replace(f"{{{name}}}", quote(str(values.pop(name)), safe=""))
    told = urlencode(
        {name: str(given).lower() if isinstance(given, bool) else given for name, given in values.items()},
        doseq=True, errors="replace",
    )  # fmt: skip
    body = None if asked["body"] is None else json.dumps(asked["body"])
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    return client.request(method.upper(), f"{path}?{told}", content=body, headers=headers)


def test_every_valid_request_gets_a_status_that_is_told(client: TestClient, kept: Kept) -> None:
    schema, draw, seen = client.get("/openapi.json").json(), random.Random(20), set()
    for method, path, operation in operations(schema):
        for _ in range(EACH):
            asked = request_of(operation, schema["components"]["schemas"], draw)
            reply = send(client, method, path, asked, kept.keys["editor of it"])
            assert str(reply.status_code) in operation["responses"], (method, path, asked, reply.text[:200])
            assert reply.status_code not in (405, 500), (method, path, asked)
            if path in ("/api/ask", "/api/export") and not asked["body"].get("documents"):
                assert reply.status_code == 200, (path, asked, reply.text)
            seen.add((method, path, reply.status_code // 100))
    assert {("post", "/api/ask", 2), ("get", "/api/search", 2), ("patch", "/api/documents/{id}", 2)} <= seen


def test_a_field_that_is_wrong_is_refused_or_passed_over(client: TestClient, kept: Kept) -> None:
    schema, draw, seen = client.get("/openapi.json").json(), random.Random(20), set()
    for method, path, operation in operations(schema):
        fields = fields_of(operation, schema["components"]["schemas"])
        for _ in range(EACH if fields else 0):
            asked = request_of(operation, schema["components"]["schemas"], draw)
            asked["body"][draw.choice(fields)] = draw.choice(WRONG)
            reply = send(client, method, path, asked, kept.keys["reader"])
            assert str(reply.status_code) in operation["responses"], (method, path, asked)
            assert reply.status_code != 500, (method, path, asked)
            seen.add((path, reply.status_code))
    assert ("/api/ask", 422) in seen
