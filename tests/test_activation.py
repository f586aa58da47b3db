"""A service started by systemd, and one that encrypts."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.test_cli import yaodian
from tests.test_doctor import certificate

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="not on Windows")
DEPLOY = Path(__file__).parent.parent / "service" / "deploy"


def test_the_socket_that_is_given_is_listened_on_and_it_is_said_when_it_is_ready(tmp_path: Path) -> None:
    program = f"{sys.executable} -c 'from service.cli import main; main()' serve --data {tmp_path / 'data'} --port 1"
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told,
    ):
        told.bind(str(tmp_path / "notify"))
        told.settimeout(60)
        script = f"LISTEN_PID=$$ LISTEN_FDS=1 exec {program} 3<&{listening.fileno()}"
        environment = {**os.environ, "NOTIFY_SOCKET": str(tmp_path / "notify")}
        with subprocess.Popen(["bash", "-c", script], pass_fds=[listening.fileno()], env=environment) as service:
            try:
                assert told.recv(100) == b"READY=1"
                with urlopen(f"http://127.0.0.1:{listening.getsockname()[1]}/readyz") as reply:
                    assert reply.status == 200
            finally:
                service.terminate()


@pytest.mark.parametrize(("count", "said"), [("2", "实为2个"), ("1", "不是在监听的流")])
def test_what_cannot_be_listened_on_is_refused(count: str, said: str, tmp_path: Path) -> None:
    program = f"{sys.executable} -c 'from service.cli import main; main()' serve --data {tmp_path}"
    with socket.socket() as silent:
        script = f"LISTEN_PID=$$ LISTEN_FDS={count} exec {program} 3<&{silent.fileno()}"
        ended = subprocess.run(
            ["bash", "-c", script], pass_fds=[silent.fileno()], capture_output=True, text=True, check=False
        )
    assert ended.returncode == 1
    assert said in ended.stderr.replace("\n", "")


def test_a_service_with_a_certificate_encrypts(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path / "tls")
    program = [sys.executable, "-c", "from service.cli import main; main()", "serve", "--port", "0"]
    options = ["--data", str(tmp_path / "data"), "--tls-cert", str(cert), "--tls-key", str(key)]
    environment = {**os.environ, "COLUMNS": "200"}
    with subprocess.Popen([*program, *options], stderr=subprocess.PIPE, text=True, env=environment) as service:
        assert service.stderr
        try:
            port = next(line for line in service.stderr if "https://" in line).partition("127.0.0.1:")[2].split("（")[0]
            trusted = ssl.create_default_context(cafile=str(cert))
            with urlopen(f"https://localhost:{port}/api/documents", context=trusted) as reply:
                assert json.load(reply)["total"] == 1
            with trusted.wrap_socket(
                socket.create_connection(("localhost", int(port))), server_hostname="localhost"
            ) as one:
                one.sendall(b"GET /?" + b"a" * 40_000 + b" HTTP/1.1\r\n")  # what is refused is told so, too
                assert one.recv(100).startswith(b"HTTP/1.1 414 ")
        finally:
            service.terminate()


def test_a_certificate_that_cannot_be_used_ends_the_command(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path / "tls")
    encrypted = tmp_path / "encrypted.pem"
    made = ["openssl", "rsa", "-aes256", "-passout", "pass:secret", "-in", str(key), "-out", str(encrypted)]
    subprocess.run(made, check=True, capture_output=True)
    for options in (["--tls-cert", str(tmp_path / "absent")], ["--tls-cert", str(cert), "--tls-key", str(encrypted)]):
        told = yaodian("serve", *options, data=tmp_path / "data")
        assert told.returncode == 2
        assert "--tls-cert" in told.stderr
    assert yaodian("serve", "--tls-key", str(key), data=tmp_path / "data").returncode == 2


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="没有 systemd")
@pytest.mark.parametrize("name", ["yaodian.service", "yaodian.socket"])
def test_the_units_are_understood(name: str, tmp_path: Path) -> None:
    for unit in ("yaodian.service", "yaodian.socket"):
        text = (DEPLOY / unit).read_text(encoding="utf-8").replace("/opt/yaodian/bin/yaodian", "/bin/true")
        (tmp_path / unit).write_text(text, encoding="utf-8")
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")
