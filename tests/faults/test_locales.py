"""Other locales, encodings and zones: the same answers, and no traceback. n: 4 environments × 3 commands."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NOTICE = "关于夜市的通知\n2024年5月6日\n1、夜市由甲局牵头，3月底前完成。\n2、加强垃圾分类。\n"
ENVIRONMENTS = {
    "C": {"LC_ALL": "C"},
    "GBK": {"LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0"},
    "GBK on the terminal": {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "gbk"},
    "Shanghai": {"LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai", "PYTHONUTF8": "0"},
}
TERMINALS = {"GBK": "gbk", "GBK on the terminal": "gbk"}  # in what it is written to them; UTF-8 else
NAMES = {"GBK": "gbk"}  # and file names


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A folder with the locale of GBK, where it can be made."""
    if not shutil.which("localedef"):
        return None
    folder = tmp_path_factory.mktemp("locales")
    made = ["localedef", "-i", "zh_CN", "-f", "GBK", str(folder / "zh_CN.GBK")]
    subprocess.run(made, capture_output=True, check=False)
    return folder if (folder / "zh_CN.GBK").is_dir() else None


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_it_answers_the_same(name: str, locales: Path | None, tmp_path: Path) -> None:
    if name == "GBK" and locales is None:
        pytest.skip("no such locale can be made here")
    folder, names, told = bytes(tmp_path), NAMES.get(name, "utf-8"), TERMINALS.get(name, "utf-8")
    file, data = folder + b"/" + "夜市.txt".encode(names), folder + b"/" + "数据".encode(names)
    with open(file, "wb") as written:
        written.write(NOTICE.encode())
    # a file opened without saying in which encoding is a warning, and here an error
    strict = {"PYTHONWARNDEFAULTENCODING": "1", "PYTHONWARNINGS": "error::EncodingWarning:service", "COLUMNS": "200"}
    environment = {**os.environ, **ENVIRONMENTS[name], **strict} | ({"LOCPATH": str(locales)} if locales else {})

    def yaodian(*arguments: str | bytes) -> str:
        program = [sys.executable, "-c", "from service.cli import main; main()"]
        given = [
            *map(os.fsencode, program),
            *(one if isinstance(one, bytes) else one.encode(names) for one in arguments),
        ]
        ended = subprocess.run([*given, b"--data", data], capture_output=True, check=False, env=environment)
        said = ended.stderr.decode(told, errors="replace")
        assert ended.returncode == 0, said
        assert "Traceback" not in said
        return ended.stdout.decode(told)

    assert yaodian("add", file).startswith("夜市\t已发布\t第1版\t夜市.txt")
    assert "“夜市由甲局牵头，3月底前完成。”〔第1项〕" in yaodian("ask", "甲局牵头哪些任务")
    due = json.loads(yaodian("ask", "3月底前要完成的任务", "--json"))
    assert [(item["id"], item["due"]["by"]) for item in due["items"]] == [("1", "2024-03-31")]
