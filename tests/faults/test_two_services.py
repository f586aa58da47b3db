"""Two services and several writers on one data folder: each waits for the other and says so, all answer the same.

n: 2 services, 3 writers at once for 2 rounds (with YAODIAN_FAULTS=long 15), 1 lock that is held.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from index import writing
from tests.faults.amounts import times
from tests.publishing import Clients, asked, left_over, library_of, notice
from tests.test_serving import serving
from tests.waiting import until

ROUNDS = times(2, 15)


def started(*arguments: str, data: Path, stderr: int | TextIO = subprocess.PIPE) -> "subprocess.Popen[str]":
    program = [sys.executable, "-c", "from service.cli import main; main()", *arguments, "--data", str(data)]
    return subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=stderr, text=True)


def ended(running: Sequence["subprocess.Popen[str]"]) -> list[tuple[int, str]]:
    told = []
    for one in running:
        said = one.communicate(timeout=120)[1]
        told.append((one.returncode, said))
    return told


def test_two_services_answer_alike_while_others_write(tmp_path: Path) -> None:
    data = tmp_path / "data"
    library_of(data).add(notice(tmp_path, "甲", 0), by="张三")
    with (
        serving(data) as (one, _),
        serving(data) as (other, _),
        Clients(one, 10) as first,
        Clients(other, 10) as second,
    ):
        for number in range(1, ROUNDS + 1):
            writers = [
                started("add", str(notice(tmp_path, "甲", number)), data=data),
                started("add", str(notice(tmp_path, "乙", number)), data=data),
                started("index", data=data),
            ]
            assert [(code, said) for code, said in ended(writers) if code or "Traceback" in said] == []
            texts = [[item["text"] for item in asked(address)["items"]] for address in (one, other)]  # type: ignore[attr-defined]
            assert texts[0] == texts[1] == [f"{id}加强垃圾分类，版次{number}。" for id in "乙甲"]
    assert first.failed == second.failed == []
    both = [*first.versions.items(), *second.versions.items()]
    assert {version: len({text for v, texts in both if v == version for text in texts}) for version, _ in both} == {
        version: 1 for version, _ in both
    }
    assert left_over(data) == []


def test_who_waits_for_a_lock_says_for_whom(tmp_path: Path) -> None:
    said = tmp_path / "said"
    for command in (["index"], ["ask", "第1项讲什么"]):
        data = tmp_path / command[0]
        with said.open("w") as stderr:
            with writing(data):
                waiting = started(*command, data=data, stderr=stderr)
                until(lambda: "等它做完" in said.read_text(encoding="utf-8"), 60)
            assert waiting.wait(timeout=120) == 0
        assert re.search(r"另一个进程（\d+：\S+.*）正在写", said.read_text(encoding="utf-8"))
