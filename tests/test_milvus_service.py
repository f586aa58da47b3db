"""The commands with a store: what they say when it cannot be used, and a service whose store comes and goes."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.test_serving import ask, children, serving
from tests.waiting import answers, until

NO_PACKAGE = "import sys; sys.modules[{name!r}] = None; from service.cli import main; main()"


def yaodian(*arguments: str, program: str = "from service.cli import main; main()") -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def milvus(folder: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A server of its own, killed in the end."""
    program = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(folder), "--host", "127.0.0.1"]
    with subprocess.Popen([*program, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as one:
        try:
            assert until(lambda: answers(port) or one.poll() is not None)
            yield one
        finally:
            one.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("command", [["index"], ["ask", "哪些任务涉及人才"], ["index", "--status"]])
def test_a_server_that_does_not_answer_is_told_in_one_line(command: list[str], tmp_path: Path) -> None:
    store = f"milvus://root:secret@127.0.0.1:{free_port()}/laws"
    told = yaodian(*command, "--data", str(tmp_path / "data"), "--store", store)
    message = told.stdout if "--status" in command else told.stderr
    wanted = "连不上 milvus://127.0.0.1" if command == ["index"] else "没有索引"
    assert (told.returncode, wanted in message, "Traceback" in told.stderr) == (1, True, False), told
    assert "secret" not in told.stdout + told.stderr


@pytest.mark.parametrize(
    ("name", "wanted"), [("pymilvus", "pip install 'yaodian[milvus]'"), ("milvus_lite", "pip install 'milvus-lite'")]
)
def test_a_package_that_is_missing_is_named_with_its_command(name: str, wanted: str, tmp_path: Path) -> None:
    options = ("--data", str(tmp_path / "data"), "--store", f"milvus://{tmp_path}/m.db")
    told = yaodian("index", *options, program=NO_PACKAGE.format(name=name))
    assert told.returncode == 1
    assert f"--store 要用 {name}，这里没有安装：{wanted}" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_file_that_is_no_folder_of_milvus_lite_is_told(tmp_path: Path) -> None:
    (tmp_path / "m.db").write_text("damaged")
    told = yaodian("index", "--data", str(tmp_path / "data"), "--store", f"milvus://{tmp_path}/m.db")
    assert told.returncode == 1
    assert told.stderr.count("打不开 milvus://") == 1
    assert "删去后重建：yaodian index --store milvus://" in told.stderr
    assert "Traceback" not in told.stderr


def test_without_a_store_pymilvus_is_not_loaded(tmp_path: Path) -> None:
    program = (
        "import sys; from service.cli import app;"
        "app(standalone_mode=False); print([name for name in ('pymilvus', 'milvus_lite', 'grpc') if name in sys.modules])"
    )
    told = yaodian("ask", "哪些任务涉及人才", "--data", str(tmp_path / "data"), program=program)
    assert told.stdout.splitlines()[-1] == "[]"


def test_milvus_lite_is_for_one_process(tmp_path: Path) -> None:
    told = yaodian("serve", "--workers", "2", "--store", f"milvus://{tmp_path}/m.db")
    assert told.returncode == 2
    assert "milvus-lite" in told.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_processes_share_a_server_and_outlive_it(tmp_path: Path) -> None:
    """Two workers before one server: it is killed while they serve, and begun anew."""
    port, data = free_port(), tmp_path / "data"
    options = ("--store", f"milvus://127.0.0.1:{port}/laws")
    with milvus(tmp_path / "m.db", port):
        assert (
            yaodian("ask", "哪些任务涉及一带一路", "--data", str(data), *options).returncode == 1
        )  # nothing built yet
        assert yaodian("index", "--data", str(data), *options).returncode == 0
        assert "current" in yaodian("index", "--status", "--json", "--data", str(data), *options).stdout
    with milvus(tmp_path / "m.db", port) as server, serving(data, *options, "--workers", "2") as (address, service):
        replies = [ask(address, f"哪些任务涉及一带一路{mark}") for mark in "。？！；，、"]
        assert all("〔第31项〕" in reply for reply in replies)
        assert len(children(service.pid)) == 2
        server.send_signal(signal.SIGKILL)
        server.wait()
        with pytest.raises(HTTPError, match="503"):
            ask(address, "哪些任务涉及电子商务")
        with milvus(tmp_path / "m.db", port):
            again = [ask(address, f"哪些任务涉及人才{mark}") for mark in "。？！；"]
        assert all("〔第38项〕" in answer for answer in again)
