"""Data folders that earlier versions wrote, opened by this one: the index is made anew, library and question log are kept.

n: with YAODIAN_FAULTS=long each version at its raising and at its end, 15 in all, taken from the history of the
repository; skipped where there is none.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.amounts import LONG
from tests.test_cli import yaodian
from tests.test_serving import serving

ROOT = Path(__file__).parents[2]
NOTICE = "某局2024年工作要点\n1、推进垃圾分类。(牵头部门:甲局)\n2、发展夜间经济。(牵头部门:乙局)\n"
ANSWER = re.compile(r"共有2项任务涉及“一带一路”：.*〔第31项〕.*〔第32项〕", re.DOTALL)


def git(*arguments: str) -> str:
    ran = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    return ran.stdout if ran.returncode == 0 else ""


def versions() -> dict[str, str]:
    """What it is called -> the commit: where each was raised, and the last before the next was."""
    found: dict[str, str] = {}
    before = ""
    for commit in git("log", "--first-parent", "--reverse", "--format=%h", "--", "pyproject.toml").split():
        version = re.search(r'^version = "(.+)"', git("show", f"{commit}:pyproject.toml"), re.MULTILINE)
        if version and version[1] != before:
            if before:
                found[f"{before} at its end"] = f"{commit}^"
                found[version[1]] = commit  # of the first nothing but its end could serve
            before = version[1]
    return found


VERSIONS = versions() if LONG else {}
pytestmark = pytest.mark.skipif(not VERSIONS, reason="YAODIAN_FAULTS=long, and the history of the repository")


def then(code: Path, *arguments: str, data: Path) -> "subprocess.CompletedProcess[str]":
    """By the code of that time, with the libraries of today."""
    program = [sys.executable, "-c", "from service.cli import main; main()", *arguments, "--data", str(data)]
    environment = {**os.environ, "PYTHONPATH": str(code)}
    return subprocess.run(program, capture_output=True, text=True, check=False, env=environment, cwd=code, timeout=300)


def log_of_then(code: Path, path: Path) -> bool:
    """A question that was declined then, as it was written down; False where that version wrote none."""
    if not (code / "service" / "question_log.py").is_file():
        return False
    program = (
        "from pathlib import Path; from corpus import load_corpus; from index import Index, Segmenter, load_encoder;"
        "from service import Assistant; from service.question_log import QuestionLog; c = load_corpus(); s = Segmenter(c.words);"
        "a = Assistant(Index.build(c, s, load_encoder(None, s)));"
        f"QuestionLog(Path({str(path)!r})).declined('今天北京天气怎么样', [], a.ask('今天北京天气怎么样'))"
    )
    environment = {**os.environ, "PYTHONPATH": str(code)}
    subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=environment, cwd=code)
    return True


@pytest.mark.parametrize("version", VERSIONS)
def test_what_an_earlier_version_left_is_used_or_made_anew(version: str, tmp_path: Path) -> None:
    code, data, log = tmp_path / "code", tmp_path / "data", tmp_path / "questions.jsonl"
    code.mkdir()
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", VERSIONS[version], "corpus", "index", "service"],
        capture_output=True,
        check=True,
    )
    subprocess.run(["tar", "-x", "-C", str(code)], input=packed.stdout, check=True)
    built = then(code, "index", data=data)
    assert built.returncode == 0, built.stderr
    asked = yaodian("ask", "哪些任务涉及一带一路", data=data)
    assert asked.returncode == 0, asked.stderr
    assert ANSWER.search(asked.stdout)
    assert "Traceback" not in asked.stderr
    assert yaodian("index", "--verify", data=data).returncode == 0
    if log_of_then(code, log):
        before = log.read_bytes()
        said: list[str] = []
        with serving(data, "--question-log", str(log), said=said):
            pass
        assert "读不懂" not in "".join(said)
        assert log.read_bytes() == before
    if "add" in then(code, "--help", data=data).stdout.split():
        file = tmp_path / "甲.txt"
        file.write_text(NOTICE, encoding="utf-8")
        assert then(code, "add", str(file), data=data).returncode == 0
        listed = json.loads(yaodian("list", "--json", data=data).stdout)
        assert [(one["id"], one["state"]) for one in listed] == [("甲", "published")]
        answer = yaodian("ask", "乙局牵头哪些任务", data=data)
        assert "“发展夜间经济。”〔第2项〕" in answer.stdout, answer.stderr
