"""Control characters and file names that are not UTF-8, on the terminal. n: 4 commands, plain and JSON."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ATTACK = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"
TEXT = (
    f"关于某事的通知\n一、甲任务要做{ATTACK}好，各单位要认真组织实施，确保按时完成。\n二、乙任务也要做好。\n"
    + "各单位要落实。" * 50
)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "e\x1b[31m.txt").write_bytes(b"")
    (folder / os.fsdecode(b"\xd6\xd0.txt")).write_text(TEXT, encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize("command", ["ask 第1项讲什么", "search 任务", "analyze 第1项讲什么", "check"])
def test_no_control_character_reaches_the_terminal(command: str, form: list[str], folder: Path) -> None:
    words = command.split()
    where = ["--documents", str(folder), "--data", str(folder.parent / "data")]
    if command == "check":
        where = [str(path) for path in sorted(folder.iterdir())]
    program = [sys.executable, "-c", "from service.cli import main; main()", *words, *where, *form]
    ended = subprocess.run(program, capture_output=True, check=False)
    said, warned = ended.stdout.decode(), ended.stderr.decode()
    assert "Traceback" not in warned
    assert not CONTROL.search(said)
    assert not CONTROL.search(warned)
    assert said
    if form:
        json.loads(said)
