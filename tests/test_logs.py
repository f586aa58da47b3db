"""What the service writes down: each request as JSON where that is asked for, and never a question or a key."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from service.library import writing
from service.library.keys import make_key
from tests.test_serving import serving

CANARY = "琥珀行动"
REQUESTS: tuple[tuple[str, str, Any], ...] = (
    ("POST", "/api/ask", {"question": CANARY}),
    ("POST", "/api/ask", {"question": CANARY, "history": [CANARY, CANARY], "documents": [CANARY]}),
    ("POST", "/api/ask", {"question": CANARY * 200}),
    ("POST", "/api/ask", CANARY),
    ("POST", "/api/export", {"question": CANARY, "format": "xlsx"}),
    ("POST", "/api/feedback", {"question": CANARY, "verdict": "wrong"}),
    ("POST", "/v1/chat/completions", {"messages": [{"role": "user", "content": CANARY}]}),
    ("GET", f"/api/search?q={quote(CANARY)}", None),
    ("GET", f"/?q={quote(CANARY)}", None),
    ("GET", f"/documents/{quote(CANARY)}", None),
    ("GET", f"/{quote(CANARY)}", None),
    ("PUT", f"/api/documents/{quote(CANARY)}?name={quote(CANARY)}.txt", CANARY),
)


def send(address: str, method: str, path: str, content: Any, **headers: str) -> tuple[int, str]:
    """Status, and the id under which it is written down."""
    body = None if content is None else json.dumps(content, ensure_ascii=False).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = Request(f"{address}{path}", body, {"Content-Type": "application/json", **named}, method=method)
    try:
        with urlopen(request) as reply:
            return reply.status, reply.headers["X-Request-ID"]
    except HTTPError as error:
        return error.code, error.headers["X-Request-ID"]


def written(process: "subprocess.Popen[str]") -> str:
    """All that it says until it has ended."""
    process.terminate()
    assert process.stderr
    return process.stderr.read()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def test_each_request_is_a_line_and_none_has_a_question_or_a_key(data: Path) -> None:
    with writing(data) as database:
        key = make_key(database, "甲", "admin", (), "测试")
    said: list[str] = []
    with serving(data, "--log-format", "json", said=said) as (address, process):
        sent = [send(address, *one, Authorization=f"Bearer {key}") for one in REQUESTS]
        sent += [send(address, *one, X_API_Key=f"{key}x") for one in REQUESTS[:3]]
        sent += [send(address, "GET", "/livez", None, X_Request_ID="proxy-7.1", Host="evil.example")]
        text = "".join(said) + written(process)
    lines = [json.loads(line) for line in text.splitlines()]
    assert any("已就绪" in line["message"] for line in lines)
    requests = [line for line in lines if line["logger"] == "yaodian.requests"]
    assert [(line["status"], line["request_id"]) for line in requests] == sent
    assert {status for status, _ in sent} >= {200, 401, 404, 421, 422}
    assert len({id for _, id in sent}) == len(sent)
    assert sent[-1] == (421, "proxy-7.1")
    for line in requests:
        assert set(line) == {"time", "level", "logger", "message", "request_id", "method", "route", "status", "ms"}
    assert [line["route"] for line in requests[:3]] == ["/api/ask"] * 3
    for canary in (CANARY, quote(CANARY), json.dumps(CANARY)[1:-1], key, key.removeprefix("yd_")[:20]):
        assert canary not in text


def test_as_text_no_request_is_written_down(data: Path) -> None:
    said: list[str] = []
    with serving(data, said=said) as (address, process):
        for one in REQUESTS:
            status, id = send(address, *one)
            assert status
            assert re.fullmatch("[0-9a-f]{32}", id)
        text = "".join(said) + written(process)
    assert len(list(filter(None, text.splitlines()))) == 3, text  # it builds the index, is ready, and there is no key
    assert CANARY not in text


def test_an_id_that_could_forge_a_line_is_not_taken_over(data: Path) -> None:
    with serving(data) as (address, _):
        for given in ("a b", "a" * 65, '","level":"ERROR', "甲".encode().decode("latin-1")):
            assert re.fullmatch("[0-9a-f]{32}", send(address, "GET", "/livez", None, X_Request_ID=given)[1])


def test_what_ends_the_command_is_a_line_too(data: Path, tmp_path: Path) -> None:
    program = [sys.executable, "-c", "from service.cli import main; main()", "serve", "--log-format", "json"]
    ended = subprocess.run(
        [*program, "--port", "0", "--data", str(data), "--documents", str(tmp_path / "absent")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    (line,) = (json.loads(line) for line in ended.stderr.splitlines())
    assert line["message"].startswith("错误：找不到文档文件夹")
