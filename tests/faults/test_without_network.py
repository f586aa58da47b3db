"""Building, serving, asking, adding and checking where there is no network; and that nobody is called where there is one.

n: 1 run in a network of its own that has none, 5 commands whose every call of the system's sockets is looked at.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.publishing import notice

HOOK = """
import os, sys
def seen(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        with open(os.environ["SEEN"], "a") as file:
            file.write(f"{event} {arguments!r}\\n")
sys.addaudithook(seen)
"""
ALONE = """
set -e
ip link set lo up
run() { "$PYTHON" -c 'from service.cli import main; main()' "$@" --data "$DATA"; }
run add "$NOTICE"
run ask 哪些任务涉及垃圾分类
"$PYTHON" -c 'from service.cli import main; main()' serve --port 8765 --data "$DATA" 2>/dev/null &
"$PYTHON" - <<'END'
import json, time
from urllib.request import Request, urlopen
for _ in range(600):
    try:
        urlopen("http://127.0.0.1:8765/readyz")
        break
    except OSError:
        time.sleep(0.1)
body = json.dumps({"question": "哪些任务涉及垃圾分类"}).encode()
print(json.load(urlopen(Request("http://127.0.0.1:8765/api/ask", body, {"Content-Type": "application/json"})))["count"])
END
kill %1
"""


def yaodian(*arguments: str, environment: dict[str, str]) -> str:
    program = [sys.executable, "-c", "from service.cli import main; main()", *arguments]
    return subprocess.run(program, capture_output=True, text=True, check=True, env=environment).stdout


def test_no_command_calls_anybody(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(HOOK)
    seen = tmp_path / "seen"
    paths = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    environment = {**os.environ, "PYTHONPATH": paths, "SEEN": str(seen)}
    data = ("--data", str(tmp_path / "data"))
    yaodian("add", str(notice(tmp_path, "甲", 1)), *data, environment=environment)
    yaodian("check", str(notice(tmp_path, "甲", 1)), environment=environment)
    assert "第1项" in yaodian("ask", "让街道更干净", *data, environment=environment)  # the contextual encoder, too
    yaodian("search", "夜市", *data, environment=environment)
    yaodian("doctor", "--port", "0", *data, environment=environment)
    assert not seen.exists(), seen.read_text()
    probe = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    subprocess.run([sys.executable, "-c", probe], check=True, env=environment)
    assert "socket.connect" in seen.read_text()  # it would have been seen


def alone() -> bool:
    tried = subprocess.run(["unshare", "-n", "ip", "link", "set", "lo", "up"], capture_output=True, check=False)
    return tried.returncode == 0


def test_it_starts_and_answers_where_there_is_no_network(tmp_path: Path) -> None:
    try:
        may = alone()
    except FileNotFoundError:
        may = False
    if not may:
        pytest.skip("no network of one's own can be made here")
    environment = {
        **os.environ,
        "PYTHON": sys.executable,
        "DATA": str(tmp_path / "data"),
        "NOTICE": str(notice(tmp_path, "甲", 1)),
    }
    ran = subprocess.run(
        ["unshare", "-n", "bash", "-c", ALONE], capture_output=True, text=True, check=False, env=environment
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "1"
