"""A real browser over a real service, and host pages on another port; where there is none, the tests say so and skip.

`YAODIAN_BROWSER=required` makes a skip a failure. `YAODIAN_AXE` names axe.min.js of the npm package axe-core.
`YAODIAN_SCREENSHOTS` names a folder for a picture of each state.
"""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from service import Assistant
from service.app import create_app
from service.front import Front
from service.question_log import QuestionLog
from tests.conftest import loaded
from tests.running import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# the one without windows is three times as fast
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

Shoot = Callable[["Page", str], None]


def unavailable(reason: str) -> None:
    """Skips, or fails where the browser's tests are required."""
    if os.environ.get("YAODIAN_BROWSER") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


def becomes(page: "Page", expression: str, arg: Any = None) -> None:
    """Waits until it is true. What the browser's own waiting evaluates a policy of the page may forbid."""
    until = time.monotonic() + 20
    while not page.evaluate(expression, arg):
        assert time.monotonic() < until, expression
        page.wait_for_timeout(20)


@pytest.fixture(scope="package")
def browser() -> Iterator["Browser"]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return unavailable("没有 Playwright：pip install playwright")
    if CHROMIUM is None:
        return unavailable("没有 Chromium：apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Host:
    """Pages of another site: path -> (body, headers)."""

    origin: str
    pages: dict[str, tuple[bytes, dict[str, str]]] = field(default_factory=lambda: {"/favicon.ico": (b"", {})})

    def serve(self, path: str, html: str, encoding: str = "utf-8", **headers: str) -> str:
        """Puts a page there and gives its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (html.encode(encoding), {"Content-Type": f"text/html; charset={encoding}", **named})
        return self.origin + path


@pytest.fixture(scope="package")
def host() -> Iterator[Host]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, headers = made.pages.get(self.path, (b"", {"Content-Type": "text/plain"}))
            self.send_response(200 if self.path in made.pages else 404)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *message: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Host(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()


@contextmanager
def serving(index: Index, origins: list[str], log: QuestionLog | None = None) -> Iterator[str]:
    """The service over the index, on a free port: its address."""
    with running(create_app(loaded(Assistant(index), log), log, Front(tuple(origins)))) as address:
        yield address


@pytest.fixture(scope="package")
def question_log(tmp_path_factory: pytest.TempPathFactory) -> QuestionLog:
    return QuestionLog(tmp_path_factory.mktemp("log") / "questions.jsonl")


@pytest.fixture(scope="package")
def service(first: Index, host: Host, question_log: QuestionLog) -> Iterator[str]:
    with serving(first, [host.origin], question_log) as address:
        yield address


@pytest.fixture(scope="package")
def library(editions: Assistant, host: Host) -> Iterator[str]:
    """Three years of a plan and two versions of a regulation."""
    with serving(editions.index, [host.origin]) as address:
        yield address


TABLED = """# 某市2025年任务分工的通知

一、重点任务

（一）办理甲事，2025年6月底前完成。（责任单位：市水务局）

附件1

任务分工表

| 序号 | 任务 | 责任单位 | 完成时限 |
|---|---|---|---|
| 1 | 建成数据平台，归集各部门的数据，按月更新目录，供各区县使用。 | 市数据局 | 2025年12月底前 |
| 2 | 更新学校的数据目录。 | 市数据局、市教育局 | 长期 |
| 3 | 公布数据质量的评估结果。 | 市统计局 | 2025年9月底前 |
"""


@pytest.fixture(scope="package")
def tabled(
    segmenter: Segmenter, encoder: Encoder, host: Host, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A notice with a table of tasks attached."""
    folder = tmp_path_factory.mktemp("tabled")
    (folder / "tasks.md").write_text(TABLED, encoding="utf-8")
    with serving(Index.build(load_corpus(folder), segmenter, encoder), [host.origin]) as address:
        yield address


@pytest.fixture
def open_page(browser: "Browser") -> Iterator[Callable[..., "Page"]]:
    """Opens an address in a fresh profile. What the page throws or logs as an error, unless expected, fails the test."""
    contexts, troubles = [], []

    def opened(address: str, *, width: int = 1200, height: int = 850, quiet: bool = False, **more: Any) -> "Page":
        context = browser.new_context(viewport={"width": width, "height": height}, **{"locale": "zh-CN", **more})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)  # milliseconds; of a busy machine
        if not quiet:
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def shoot() -> Shoot:
    """Keeps a picture where YAODIAN_SCREENSHOTS names a folder."""
    folder = os.environ.get("YAODIAN_SCREENSHOTS")

    def kept(page: "Page", name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png")

    return kept
