"""The service below a path of a proxy, in a real browser: one proxy keeps the path, another strips it."""

import http.client
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.browser.conftest import Host
from tests.browser.test_pages import ask, labels_of
from tests.browser.test_source import opened
from tests.test_serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]

BASE = "/oa/yaodian"


@dataclass
class Proxy:
    address: str
    strays: list[str] = field(default_factory=list)  # paths that were asked for and are not the service's


@contextmanager
def proxied(service: str, *, strips: bool) -> Iterator[Proxy]:
    place = urlsplit(service).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self) -> None:
            if self.path != BASE and not self.path.startswith(f"{BASE}/"):
                made.strays.append(self.path)
                self.send_error(404)
                return
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            connection = http.client.HTTPConnection(place)
            path = self.path.removeprefix(BASE) or "/" if strips else self.path
            connection.request(self.command, path, body, dict(self.headers))
            reply = connection.getresponse()
            content = reply.read()
            self.send_response(reply.status)
            for name, value in reply.getheaders():
                if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = forward  # noqa: N815

        def log_message(self, *message: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Proxy(f"http://127.0.0.1:{server.server_port}{BASE}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("data"), "--base-path", f"{BASE}/", "--allow-origin", host.origin) as (
        address,
        _,
    ):
        yield address


@pytest.fixture(params=["keeps", "strips"])
def proxy(service: str, request: pytest.FixtureRequest) -> Iterator[Proxy]:
    with proxied(service, strips=request.param == "strips") as made:
        yield made
        assert [one for one in made.strays if one != "/favicon.ico"] == []


def test_a_question_is_asked_and_its_items_are_opened(proxy: Proxy, open_page: "Open") -> None:
    page = open_page(f"{proxy.address}/")
    turn = ask(page, "哪些任务涉及一带一路")
    assert labels_of(turn) == ["第31项", "第32项"]
    link = turn.locator(".card a").first
    assert link.get_attribute("href") == f"{BASE}/documents/cnca-2017#item-31"
    assert urlsplit(page.url).path == f"{BASE}/"
    panel = opened(page, link)
    assert panel.get_by_role("link", name="看全文").get_attribute("href") == f"{BASE}/documents/cnca-2017#item-31"
    page.go_back()
    page.reload()
    page.locator(".turn .card").first.wait_for()
    page.goto(f"{proxy.address}/documents/cnca-2017#item-31")
    assert "深入實施" in page.locator("#item-31").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载原文件").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("各直屬檢驗檢疫局")


def test_every_page_leads_to_pages_of_the_service(proxy: Proxy, open_page: "Open") -> None:
    page = open_page(f"{proxy.address}/")
    for path in ("/", "/documents", "/documents/cnca-2017", "/library", "/demo", "/docs"):
        page.goto(proxy.address + path)
        page.wait_for_load_state("networkidle")
        hrefs = page.evaluate(
            "() => [...document.querySelectorAll('a[href], link[href], script[src], form[action]')]"
            ".map((one) => one.getAttribute('href') || one.getAttribute('src') || one.getAttribute('action'))"
        )
        led = [one for one in hrefs if one.startswith("/") and not re.match(rf"{BASE}(/|$)", one)]
        assert (path, led) == (path, [])
        assert hrefs
    page.locator(".opblock-tag").first.wait_for()  # the description of the API was found


def test_the_box_on_a_page_of_another_site_finds_the_service(proxy: Proxy, host: Host, open_page: "Open") -> None:
    script = f'<script type="module" src="{proxy.address}/search-box.js"></script><yaodian-search></yaodian-search>'
    page = open_page(host.serve("/base.html", f"<!doctype html><title>x</title>{script}"))
    box = page.locator("yaodian-search")
    box.get_by_role("combobox").fill("一带一路")
    option = box.get_by_role("option").first
    option.wait_for()
    with page.expect_navigation():
        option.click()
    assert page.url == f"{proxy.address}/documents/cnca-2017#item-31"


def test_programs_are_told_addresses_below_the_path(proxy: Proxy) -> None:
    with urlopen(f"{proxy.address}/openapi.json") as reply:
        assert json.load(reply)["servers"] == [{"url": BASE}]
    body = json.dumps({"messages": [{"role": "user", "content": "第31条讲什么"}]}).encode()
    connection = http.client.HTTPConnection(urlsplit(proxy.address).netloc)
    connection.request("POST", f"{BASE}/v1/chat/completions", body, {"Content-Type": "application/json"})
    said = json.loads(connection.getresponse().read())["choices"][0]["message"]["content"]
    assert f"({proxy.address}/documents/cnca-2017#item-31)" in said
