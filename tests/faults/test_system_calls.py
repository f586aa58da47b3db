"""A publish that is killed at each system call that changes a file, and one that finds no room at each.

n: with YAODIAN_FAULTS=long every call of 9 kinds, in every process, up to 5 of each kind: some 40 kills and 80 refusals.
Without strace, or where it may not be used, they are skipped.
"""

import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from service.library import Library
from service.opening import open_assistant
from tests.faults.amounts import LONG
from tests.publishing import left_over, library_of, notice, settings_of

CALLS = "write pwrite64 fsync fdatasync rename mkdir unlink ftruncate fcntl".split()
MOST = 5  # of each kind
QUIET = Console(quiet=True)


def usable() -> bool:
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not (LONG and usable()), reason="YAODIAN_FAULTS=long, and strace")


def add(data: Path, file: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    traced = ["strace", "-f", "-qq", "-o", str(data.parent / "calls"), *options]
    program = [sys.executable, "-c", "from service.cli import main; main()", "add", str(file), "--data", str(data)]
    return subprocess.run([*traced, *program], capture_output=True, text=True, check=False, timeout=120)


def points(data: Path, file: Path) -> list[tuple[str, int]]:
    """Which call of which kind, by the process that makes most of them."""
    assert add(data, file, "-e", f"trace={','.join(CALLS)}").returncode == 0
    made: dict[tuple[str, str], int] = {}
    for line in (data.parent / "calls").read_text(errors="replace").splitlines():
        if found := re.match(r"(\d+)\s+(\w+)\(", line):
            made[found[1], found[2]] = made.get((found[1], found[2]), 0) + 1
    chance, every = random.Random(20), []
    for call in CALLS:
        count = max((n for (_, kind), n in made.items() if kind == call), default=0)
        every += [(call, n) for n in sorted(chance.sample(range(1, count + 1), min(MOST, count)))]
    return every


@pytest.mark.parametrize("fault", ["signal=SIGKILL:when={}", "error=ENOSPC:when={}+", "error=EROFS:when={}+"])
def test_at_each_call_all_is_as_before_or_done(fault: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    library_of(data).add(notice(tmp_path, "甲", 0), by="张三")
    edition, now, done = 0, 1, 0
    every = points(data, notice(tmp_path, "甲", now))
    edition = now
    for call, number in every:
        now += 1
        inject = f"inject={call}:{fault.format(number)}"
        ended = add(data, notice(tmp_path, "甲", now), "-e", f"trace={call}", "-e", inject)
        assert "Traceback" not in ended.stderr, (call, number, ended.stderr)
        title = Library(data).read("甲").title
        assert title in (f"关于甲第{edition}次印发的通知", f"关于甲第{now}次印发的通知"), (call, number)
        if ended.returncode == 0:
            assert title == f"关于甲第{now}次印发的通知", (call, number)
        elif ended.returncode == 1 and "没有改动" in ended.stderr:
            assert title == f"关于甲第{edition}次印发的通知", (call, number, ended.stderr)
        found = open_assistant(settings_of(data), QUIET)
        assert [one.title for one in found.documents] == [title], (call, number)
        assert Library(data).show("甲").draft is None
        edition, done = (now if str(now) in title else edition), done + (ended.returncode == 0)
    library_of(data).add(notice(tmp_path, "甲", now + 1), by="张三")
    assert left_over(data) == []
    print(f"{fault}: {len(every)} points, {done} publishes came to their end all the same")
