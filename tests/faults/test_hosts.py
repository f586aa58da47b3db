"""Names that are not ours (DNS rebinding), and pages in frames of others. n: 12 names allowed, 9 refused, 10 pages."""

import socket
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from service import Assistant
from service.app import create_app
from service.front import Front
from service.hosts import AllowHosts, checked_host
from tests.conftest import loaded

OURS = (
    "localhost", "localhost:8000", "LOCALHOST.", "a.localhost", "127.0.0.1:8000", "[::1]:8000", "[::1]", "10.1.2.3",
    "oa.example.cn", "OA.example.cn:80", "xn--zfr164b.cn", socket.gethostname(),
)  # fmt: skip
OTHERS = (
    "evil.example.com", "evil.example.com:8000", "localhost.evil.com", "127.0.0.1.evil.com", "oa.example.cn.evil.com",
    "evil.com#localhost", "[::1", "", "1.2.3.4.5",
)  # fmt: skip


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    app = create_app(loaded(assistant))
    app.add_middleware(AllowHosts, hosts=[checked_host("oa.example.cn"), checked_host("政务.cn")])
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize("host", OURS)
def test_our_names_are_answered(host: str, client: TestClient) -> None:
    assert client.get("/livez", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", OTHERS)
def test_other_names_are_refused_with_the_option_that_allows_them(host: str, client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": "品牌"}, headers={"Host": host})
    assert reply.status_code == 421
    assert "--allow-host" in reply.json()["detail"]


def test_a_person_is_told_so_on_a_page(client: TestClient) -> None:
    page = client.get("/", headers={"Host": OTHERS[0], "Accept": "text/html"})
    assert (page.status_code, page.headers["Content-Type"]) == (421, "text/html; charset=utf-8")
    assert "--allow-host" in page.text


def test_any_name_may_be_allowed(assistant: Assistant) -> None:
    app = create_app(loaded(assistant))
    app.add_middleware(AllowHosts, hosts=["*"])
    with TestClient(app) as client:
        assert client.get("/livez", headers={"Host": OTHERS[0]}).status_code == 200


@pytest.mark.parametrize(
    ("origins", "frames"),
    [
        ((), "frame-ancestors 'self'"),
        (
            ("http://oa.example.cn", "https://b.cn:8443"),
            "frame-ancestors 'self' http://oa.example.cn https://b.cn:8443",
        ),
        (("*",), "frame-ancestors *"),
    ],
)
def test_the_sites_that_may_call_the_api_may_show_its_pages_in_frames(
    origins: tuple[str, ...], frames: str, assistant: Assistant
) -> None:
    app = create_app(loaded(assistant), front=Front(origins))
    app.add_middleware(AllowHosts, origins=origins)
    client = TestClient(app, base_url="http://localhost")
    for path in ("/", "/documents/cnca-2017", "/documents/absent", "/docs"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert [one.strip() for one in policy.split(";") if "frame-ancestors" in one] == [frames], path


def test_nothing_is_taken_for_what_it_is_not_said_to_be(client: TestClient) -> None:
    sent = [
        client.request(method, path, json=body, headers={"Host": host})
        for host in ("localhost", OTHERS[0])
        for method, path, body in (
            ("GET", "/", None),
            ("GET", "/web/chat.js", None),
            ("GET", "/search-box.js", None),
            ("GET", "/documents/cnca-2017/original", None),
            ("GET", "/openapi.json", None),
            ("GET", "/nowhere", None),
            ("POST", "/api/ask", {"question": "第1项"}),
        )
    ]
    assert {reply.headers["X-Content-Type-Options"] for reply in sent} == {"nosniff"}
    assert {reply.headers["Referrer-Policy"] for reply in sent} == {"same-origin"}


@pytest.mark.parametrize("text", ["", "http://a.cn", "a.cn:80", "a/b", "a@b", "a" * 70])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="应为主机名"):
        checked_host(text)


PAGES = (
    "/", "/documents", "/documents/cnca-2017", "/documents/absent", "/demo", "/library", "/docs", "/nowhere", "/documents?page=0",
    "/documents/absent/original",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_other_site_may_frame_a_page_and_no_page_loads_from_elsewhere(path: str, client: TestClient) -> None:
    reply = client.get(path, headers={"Host": "localhost", "Accept": "text/html"})
    policy = reply.headers["Content-Security-Policy"]
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert ("unsafe" in policy) == (path == "/docs")
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy
