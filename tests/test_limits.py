"""How often one client may ask: whom it is counted for, what is not counted, and what the refused are told."""

import logging
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from fastapi.testclient import TestClient

from service import Assistant
from service.access import Access
from service.app import create_app
from service.front import Front
from service.library import writing
from service.library.keys import make_key
from service.limits import Limit, checked_limit, client_of
from service.proxies import checked_proxy
from tests.conftest import loaded
from tests.test_serving import serving
from tests.waiting import answers, until

THREE = checked_limit("3/hour")
ASKED = {"question": "第31条讲什么"}
Clients = list[TestClient]


@contextmanager
def asking(assistant: Assistant, limit: Limit | None, *addresses: str) -> Iterator[Clients]:
    """Clients at these addresses of one service."""
    app = create_app(loaded(assistant), front=Front(limit=limit))
    yield [TestClient(app, client=(address, 50000)) for address in addresses]


def statuses(client: TestClient, times: int, **headers: str) -> list[int]:
    return [client.post("/api/ask", json=ASKED, headers=headers).status_code for _ in range(times)]


def test_one_over_its_limit_is_told_when_to_come_back_and_others_are_answered(assistant: Assistant) -> None:
    with asking(assistant, THREE, "10.0.0.1", "10.0.0.2") as (one, other):
        assert statuses(one, 4) == [200, 200, 200, 429]
        refused = one.get("/api/search", params={"q": "人才"})
        assert refused.status_code == 429
        assert 3500 < int(refused.headers["Retry-After"]) <= 3600
        assert refused.json()["title"] == "请求太多"
        assert refused.json()["detail"] == "问得太快：至多每小时3次，请稍候再试。"
        assert statuses(other, 1) == [200]


def test_chat_clients_are_told_as_they_show_it(assistant: Assistant) -> None:
    with asking(assistant, THREE, "10.0.0.1") as (client,):
        statuses(client, 3)
        told = client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": "第31条讲什么"}]})
        assert (told.status_code, told.json()["error"]["message"]) == (429, told.json()["detail"])


def test_what_costs_nothing_is_not_counted(assistant: Assistant) -> None:
    with asking(assistant, THREE, "10.0.0.1") as (client,):
        for path in ("/livez", "/readyz", "/web/chat.js", "/search-box.js", "/openapi.json") * 4:
            assert client.get(path).status_code == 200
        assert statuses(client, 4) == [200, 200, 200, 429]
        assert client.get("/livez").status_code == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_has_no_limit(address: str, assistant: Assistant) -> None:
    with asking(assistant, THREE, address) as (client,):
        assert statuses(client, 5) == [200] * 5


def test_the_addresses_that_one_client_chooses_from_count_as_one() -> None:
    assert client_of({"client": ("2001:db8:0:1::5", 1)}) == client_of({"client": ("2001:db8:0:1:a:b:c:d", 1)})
    assert client_of({"client": ("2001:db8:0:2::5", 1)}) == "地址 2001:db8:0:2::/64"
    assert client_of({"client": ("::ffff:10.1.2.3", 1)}) == "地址 10.1.2.3"
    assert client_of({"client": None}) == client_of({"client": ("", 0)}) == ""


def test_a_key_is_counted_and_not_the_address_it_comes_from(
    assistant: Assistant, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with writing(tmp_path) as database:
        first, second = (make_key(database, name, "reader", (), "测试") for name in "甲乙")
    app = create_app(loaded(assistant), access=Access(tmp_path), front=Front(limit=THREE))
    client = TestClient(app, client=("10.0.0.1", 50000))
    with caplog.at_level(logging.WARNING):
        assert statuses(client, 4, **{"X-API-Key": first}) == [200, 200, 200, 429]
        assert statuses(client, 4, **{"X-API-Key": second}) == [200, 200, 200, 429]
        assert statuses(client, 5) == [200, 200, 200, 429, 429]
        assert statuses(client, 1, **{"X-API-Key": "yd_wrong"}) == [401]
    said = [record.getMessage() for record in caplog.records if record.name == "service.limits"]
    assert [line.partition(" 超过")[0] for line in said] == ["密钥 甲", "密钥 乙", "地址 10.0.0.1"]
    assert first not in caplog.text


def test_several_limits_hold_together_and_off_is_none(assistant: Assistant) -> None:
    assert checked_limit("off") is None
    both = checked_limit("2/second;600/minute")
    assert str(both) == "每秒2次、每分钟600次"
    with asking(assistant, checked_limit("100/hour;2/day"), "10.0.0.1") as (client,):
        assert statuses(client, 3) == [200, 200, 429]


@pytest.mark.parametrize("text", ["", "x", "0/minute", "5", "5/周", "-1/minute"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="应为“次数/时间”"):
        checked_limit(text)


def test_what_is_no_proxy_is_refused_and_a_network_is_one() -> None:
    assert [checked_proxy("10.1.2.3"), checked_proxy("10.1.2.3/24")] == ["10.1.2.3", "10.1.2.0/24"]
    for text in ("oa.example.cn", "*", "10.1.2.3/33", ""):
        with pytest.raises(ValueError, match="应为反向代理的 IP 地址或网段"):
            checked_proxy(text)


def forwarded(address: str, by: str) -> int:
    body = b'{"question": "\xe7\xac\xac1\xe6\x9d\xa1"}'
    headers = {"Content-Type": "application/json", "X-Forwarded-For": by}
    try:
        with urlopen(Request(f"{address}/api/ask", body, headers)) as reply:
            return int(reply.status)
    except HTTPError as error:
        return error.code


def test_only_a_listed_proxy_is_believed_whom_it_asks_for(tmp_path: Path) -> None:
    with serving(tmp_path / "data", "--limit", "2/hour") as (address, _):
        assert [forwarded(address, "10.0.0.1") for _ in range(4)] == [200] * 4  # it is this machine that asks
    with serving(tmp_path / "data", "--limit", "2/hour", "--trusted-proxy", "127.0.0.0/8") as (address, _):
        assert [forwarded(address, "10.0.0.1") for _ in range(3)] == [200, 200, 429]
        assert forwarded(address, "10.0.0.2") == 200
        # what the client itself wrote before the proxy added its address counts for nothing
        assert forwarded(address, "10.0.0.3, 10.0.0.1") == 429


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    pytest.importorskip("redis")
    server = shutil.which("redis-server")
    if server is None:
        pytest.skip("没有 redis-server：apt-get install redis-server")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        assert until(lambda: answers(port))
        yield f"redis://127.0.0.1:{port}/0", process
        process.kill()


def test_in_redis_several_services_count_together_and_go_on_without_it(
    redis: tuple[str, "subprocess.Popen[bytes]"], assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    place, process = redis
    assert THREE
    limit = THREE.kept_in(place)
    # one loop for all requests of each, as a service has
    with (
        TestClient(create_app(loaded(assistant), front=Front(limit=limit)), client=("10.0.0.1", 1)) as one,
        TestClient(create_app(loaded(assistant), front=Front(limit=limit)), client=("10.0.0.1", 1)) as other,
    ):
        assert statuses(one, 2) == [200, 200]
        assert statuses(other, 2) == [200, 429]
        process.kill()
        process.wait()
        assert statuses(one, 2) == [200, 200]
    assert f"记次数的 {place} 用不了" in caplog.text


def test_a_store_that_is_none_is_refused_without_its_password() -> None:
    assert THREE
    with pytest.raises(ValueError, match=r"应为 redis://.*实为“mysql://localhost”") as refused:
        THREE.kept_in("mysql://:secret@localhost")
    assert "secret" not in str(refused.value)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_several_processes_say_that_each_counts_for_itself(tmp_path: Path) -> None:
    with serving(tmp_path / "data", "--limit", "2/hour", "--workers", "3") as (_, server):
        assert server.stderr
        said = [server.stderr.readline() for _ in range(2)]
    assert "3个进程各记各的次数：一个客户端至多每小时2次，合起来实际至多是它的3倍。" in said[1]
