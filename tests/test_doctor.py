"""Each fault is really made, and the doctor must find it, say what to do, and nothing else must be wrong."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus import PACKAGED
from service.doctor import Finding, Place, examined
from service.library import writing
from service.settings import Settings
from tests.test_cli import yaodian

HERE = Place("127.0.0.1", 0)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    assert yaodian("index", data=folder).returncode == 0
    return folder


@pytest.fixture
def data(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "data"))


def findings(data: Path, documents: Path = PACKAGED, place: Place = HERE) -> dict[str, Finding]:
    """What is not well."""
    return {one.what: one for one in examined(Settings(documents, data, None), place) if one.state != "ok"}


def test_nothing_is_wrong_where_nothing_is(data: Path) -> None:
    told = yaodian("doctor", "--json", "--port", "0", data=data)
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    assert [one["what"] for one in found] == [
        "数据文件夹",
        "磁盘",
        "时钟",
        "文档库",
        "密钥",
        "编码模型",
        "索引",
        "端口",
    ]
    assert {one["state"] for one in found} == {"ok"}


def test_a_fault_ends_the_command_with_1_and_says_what_to_do(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = yaodian("doctor", "--port", str(port), data=data)
    assert told.returncode == 1
    assert f"fail 端口：不能监听 127.0.0.1:{port}" in told.stdout
    assert f"→ 停下占用它的程序，或换一个：--port {port + 1}" in told.stdout


def test_a_folder_that_cannot_be_written(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert findings(tmp_path / "file" / "data")["数据文件夹"].state == "fail"
    data.chmod(0o555)
    if os.getuid() == 0:
        os.seteuid(65534)  # who may do all writes all the same
    try:
        found = next(examined(Settings(PACKAGED, data, None), HERE))
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
    data.chmod(0o755)
    assert (found.what, found.state) == ("数据文件夹", "fail")
    assert "--data" in found.repair


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts")
def test_a_disk_that_is_nearly_full(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    program = f"{sys.executable} -c 'from service.cli import main; main()' doctor --json --port 0 --data {folder}"
    for size, state in ((50, "fail"), (500, "warn")):
        script = f"mount -t tmpfs -o size={size}m none {folder} || exit 77; {program}"
        told = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, check=False)
        if told.returncode == 77:
            pytest.skip("no mounts here")
        disk = next(one for one in json.loads(told.stdout) if one["what"] == "磁盘")
        assert disk["state"] == state
        assert "腾出空间" in disk["repair"]


def test_a_clock_that_is_behind(data: Path) -> None:
    tomorrow = time.time() + 86400
    os.utime(data / "current", (tomorrow, tomorrow))
    assert [*findings(data)] == ["时钟"]


def test_documents_that_cannot_be_read(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    assert findings(data, folder)["文档"].state == "fail"
    (folder / "a.txt").write_text("通知\n1、甲事。\n2、乙事。\n", encoding="utf-8")
    (folder / "b.docx").write_bytes(b"PK")
    found = findings(data, folder)
    assert (found["文档"].state, found["文档"].repair) == ("warn", "看原因：yaodian check 文件")
    assert "b.docx" in found["文档"].said


def test_a_library_that_is_damaged(data: Path) -> None:
    with writing(data):
        pass
    database = data / "library.db"
    database.chmod(0o600)
    assert findings(data) == {}
    content = bytearray(database.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    database.write_bytes(content)
    for beside in data.glob("library.db-*"):
        beside.unlink()
    assert findings(data)["文档库"].state == "fail"


def test_keys_that_others_may_read_and_keys_that_there_are_not(data: Path) -> None:
    needed = Place("127.0.0.1", 0, read_key_required=True)
    assert findings(data, place=needed)["密钥"].repair == "做一个：yaodian keys add 名称"
    with writing(data):
        pass
    (data / "library.db").chmod(0o644)
    assert findings(data)["密钥"].repair == f"chmod o-rwx {data}"


def test_a_model_that_is_damaged(data: Path, tmp_path: Path) -> None:
    settings = Settings(PACKAGED, data, str(tmp_path / "absent" / "model"))
    found = {one.what: one for one in examined(settings, HERE) if one.state == "fail"}
    assert [*found] == ["编码模型", "索引"]


def test_a_reranker_that_is_not_there(data: Path, tmp_path: Path) -> None:
    settings = Settings(PACKAGED, data, None, reranker=str(tmp_path / "absent"))
    [found] = [one for one in examined(settings, HERE) if one.state == "fail"]
    assert found.what == "重排模型"
    assert "不设 YAODIAN_RERANKER 即不重排" in found.said


def test_an_index_that_is_missing_stale_or_damaged(data: Path, tmp_path: Path) -> None:
    missing = findings(tmp_path / "new")["索引"]
    assert (missing.state, f"yaodian index --data {tmp_path / 'new'}" in missing.repair) == ("warn", True)
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("通知\n1、甲事。\n2、乙事。\n", encoding="utf-8")
    assert findings(data, folder)["索引"].state == "warn"
    next(data.glob("generations/*/items.faiss.npy")).write_bytes(b"damaged")
    damaged = findings(data)["索引"]
    assert (damaged.state, "yaodian index" in damaged.said) == ("fail", True)


def test_a_certificate_and_a_key_that_do_not_fit(data: Path, tmp_path: Path) -> None:
    made = [certificate(tmp_path / name) for name in ("one", "two")]
    (cert, key), (_, other) = made
    assert findings(data, place=Place("127.0.0.1", 0, cert, key)) == {}
    for wrong in (other, tmp_path / "absent.pem"):
        found = findings(data, place=Place("127.0.0.1", 0, cert, wrong))
        assert (found["证书"].state, "--tls-key" in found["证书"].repair) == ("fail", True)
    key.chmod(0o644)
    assert findings(data, place=Place("127.0.0.1", 0, cert, key))["证书"].repair == f"chmod o-rwx {key}"


def certificate(folder: Path) -> tuple[Path, Path]:
    """For localhost, and its key."""
    folder.mkdir()
    cert, key = folder / "cert.pem", folder / "key.pem"
    if shutil.which("openssl") is None:
        pytest.skip("没有 openssl")
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run([*made.split(), "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    key.chmod(0o600)
    return cert, key
