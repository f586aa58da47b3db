"""Files that mean harm, sent to a service while it is asked: each is refused with a sentence or read, and nothing else
happens.

n: 20 files and 6 names; with YAODIAN_FAULTS=long 179 files. Limits: 20 s a file, 350 MB of memory more in the service,
which is sampled every 50 ms, no answer later than 2 s; no file written outside, no address called, no process left.
"""

import json
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from service.library import Library, writing
from service.library.keys import make_key
from tests.faults import uploads
from tests.load import Load
from tests.readers import hostile
from tests.test_serving import MB, bytes_of, children, serving

LONG = os.environ.get("YAODIAN_FAULTS") == "long"
SECONDS, ANSWERED, GROWN = 20.0, 2.0, 350 * MB
SOME = 20  # of them, when there is little time
COSTLY = ("a bomb in a bomb", "styles bomb", "strings bomb", "long.xlsx", "square", "twice in")  # to make
QUESTIONS = ("第1项讲什么", "甲局牵头哪些任务", "哪些任务涉及一带一路", "按部门分组列出所有任务")
NAMES = (
    "../../escaped.txt",
    "..\\..\\escaped.txt",
    "/tmp/escaped.txt",
    "a\x00b.txt",
    "\u202etxt.exe",
    "长" * 250 + ".txt",
)


@contextmanager
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """An address, and who called it."""
    called: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            called.append(self.path)
            self.send_error(404)

        def log_message(self, *message: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", called
    server.shutdown()


@dataclass
class Watch(threading.Thread):
    """The most memory that a process had."""

    process: int
    most: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        while not self.ended.wait(0.05):
            self.most = max(self.most, bytes_of(self.process, "Rss"))


def put(address: str, key: str, id: str, name: str, content: bytes) -> tuple[int, bytes, float]:
    connection, began = HTTPConnection(urlsplit(address).netloc, timeout=120), time.monotonic()
    path = f"/api/documents/{quote(id)}?publish=false&name={quote(name, errors='replace')}"
    connection.request("PUT", path, content, {"X-API-Key": key})
    reply = connection.getresponse()
    return reply.status, reply.read(), time.monotonic() - began


def around(folder: Path) -> set[Path]:
    """What lies beside the data, and where names would lead."""
    beside = {path for path in folder.rglob("*") if folder / "data" not in (path, *path.parents)}
    return beside | set(Path("/tmp").glob("escaped*"))


def sent(address: str) -> list[tuple[str, bytes]]:
    every = dict(uploads.files(address))
    if LONG:
        every |= dict(hostile.files())
    else:
        cheap = [name for name in every if not name.startswith(COSTLY)]
        every = {name: every[name] for name in cheap[:: -(-len(cheap) // SOME)]}
    named = [("a.txt" if name == ".." else name, make) for name, make in every.items()]
    return [*((name, make()) for name, make in named), *((name, hostile.SENTENCE.encode()) for name in NAMES)]


def test_there_are_files_enough() -> None:
    assert len(dict(uploads.files("")) | dict(hostile.files())) >= 150


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_means_harm_costs_that_file(tmp_path: Path) -> None:
    data = tmp_path / "data"
    library = Library(data)
    plan = tmp_path / "plan.txt"
    plan.write_text(f"通知\n{uploads.LINES}", encoding="utf-8")
    library.add(plan, by="测试")
    with writing(data) as database:
        key = make_key(database, "测试", "editor", (), "测试")
    with elsewhere() as (there, called), serving(data, "--limit", "off") as (address, process):
        asking = Load(address, QUESTIONS, pace=1 / 20)
        watch = Watch(process.pid)
        asking.start()
        while asking.asked < 3 * len(QUESTIONS):  # what is loaded when it is first asked has been
            time.sleep(0.1)
        asking.took.clear()
        outside, before = around(tmp_path), bytes_of(process.pid, "Rss")
        watch.start()
        slow, read = [], 0
        for number, (name, content) in enumerate(sent(there)):
            status, body, took = put(address, key, f"f{number}", name, content)
            assert status in (200, 413, 422), (name, status, body[:300])
            if status != 200:
                assert re.search("应为|应不超过|至多", json.loads(body)["detail"]), (name, body)
            read += status == 200
            slow += [(name, took)] if took > SECONDS else []
        watch.ended.set()
        asking.end()
        print(
            f"{read} read, {watch.most / MB:.0f} MB of {before / MB:.0f}, {max(asking.took):.2f} s, {asking.asked} asked"
        )
        assert slow == []
        assert asking.wrong == []
        assert max(asking.took) < ANSWERED
        assert watch.most - before < GROWN
        assert called == []
        assert around(tmp_path) == outside
        assert children(process.pid) == []
        assert list((data / "uploads").glob("*")) == []
        shown = Library(data).list()
        assert all("/" not in one.draft.name and "\\" not in one.draft.name for one in shown if one.draft)
