"""What is published is served everywhere when it is acknowledged; what is killed leaves nothing half there."""

import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from rich.console import Console

from corpus import PACKAGED
from service.library import Library
from service.opening import open_assistant
from tests.publishing import STEPS, Clients, asked, killed, left_over, library_of, notice, settings_of
from tests.test_serving import bytes_of, children, serving
from tests.waiting import until

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")

KILLS = int(os.environ.get("YAODIAN_KILLS", "2"))  # at random points
PUBLISHES = int(os.environ.get("YAODIAN_PUBLISHES", "0"))
QUESTIONS = Path(__file__).parents[1] / "eval" / "questions" / "cnca-2017.jsonl"
QUIET = Console(quiet=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def texts(address: str) -> list[str]:
    return [item["text"] for item in asked(address)["items"]]  # type: ignore[attr-defined]


def yaodian(*arguments: str) -> str:
    program = [sys.executable, "-c", "from service.cli import main; main()", *arguments]
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout


def held(process: int, data: Path) -> set[str]:
    """The generations of which it has files open or mapped."""
    lines = Path(f"/proc/{process}/maps").read_text().splitlines()
    opened = []
    for one in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            opened.append(os.readlink(one))
    return set(re.findall(rf"{re.escape(str(data))}/generations/([^/\s]+)", "\n".join([*lines, *opened])))


def test_what_is_acknowledged_is_served_by_every_process_with_the_next_question(data: Path, tmp_path: Path) -> None:
    library = library_of(data)
    library.add(notice(tmp_path, "甲", 1), by="张三")
    with serving(data, "--workers", "2") as (address, server):
        assert until(lambda: len(children(server.pid)) == 2)
        yaodian("add", str(notice(tmp_path, "乙", 1)), "--data", str(data))
        both = ["乙加强垃圾分类，版次1。", "甲加强垃圾分类，版次1。"]
        assert [texts(address) for _ in range(20)] == [both] * 20
        library.add(notice(tmp_path, "乙", 2), by="张三")
        both[0] = "乙加强垃圾分类，版次2。"
        assert [texts(address) for _ in range(20)] == [both] * 20
        assert until(lambda: [len(held(one, data)) for one in children(server.pid)] == [1, 1])
        os.kill(children(server.pid)[0], signal.SIGKILL)
        library.withdraw("乙", by="张三")
        assert until(lambda: len(children(server.pid)) == 2)
        time.sleep(1)  # the one that takes its place has loaded what was served at the beginning
        assert [texts(address) for _ in range(20)] == [both[1:]] * 20
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"{address}/documents/%E4%B9%99/original")


@pytest.mark.skipif(not PUBLISHES, reason="YAODIAN_PUBLISHES=100")
def test_no_answer_is_of_two_generations_and_none_fails_while_documents_change(data: Path, tmp_path: Path) -> None:
    library = library_of(data)
    library.add(notice(tmp_path, "甲", 0), by="张三")
    with serving(data) as (address, _), Clients(address) as clients:
        for edition in range(1, 4):
            for id in ("甲", "乙"):
                library.add(notice(tmp_path, id, edition), by="张三")
    assert clients.failed == []
    assert len(clients.versions) >= 6
    assert all(len(answers) == 1 for answers in clients.versions.values())


def test_the_folder_form_changes_when_told_and_when_it_is_watched(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    notice(folder, "甲", 1)
    with serving(data, "--documents", str(folder), "--watch") as (address, server):
        notice(folder, "甲", 2)
        assert until(lambda: texts(address) == ["甲加强垃圾分类，版次2。"])
    with serving(data, "--documents", str(folder)) as (address, server):
        notice(folder, "甲", 3)
        assert "1个进程都已换上" in yaodian("reload", "--data", str(data))
        assert texts(address) == ["甲加强垃圾分类，版次3。"]
        notice(folder, "甲", 4)
        os.kill(server.pid, signal.SIGHUP)
        assert until(lambda: texts(address) == ["甲加强垃圾分类，版次4。"])
        assert until(lambda: len(held(server.pid, data)) == 1)
        (folder / "甲.txt").write_bytes(b"")
        with pytest.raises(subprocess.CalledProcessError) as refused:
            yaodian("reload", "--data", str(data))
        assert "没有可以载入的文档" in refused.value.stderr
        assert texts(address) == ["甲加强垃圾分类，版次4。"]


def test_a_service_makes_served_what_a_killed_process_has_committed(data: Path, tmp_path: Path) -> None:
    library = library_of(data)
    library.add(notice(tmp_path, "甲", 1), by="张三")
    library.add(notice(tmp_path, "乙", 1), by="张三")
    with serving(data) as (address, _):
        assert not killed(lambda step: library_of(data, step).withdraw("乙", by="李四"), at="committed")
        assert until(lambda: texts(address) == ["甲加强垃圾分类，版次1。"])


def add(data: Path, path: Path, told: Callable[[str], None]) -> None:
    library_of(data, told).add(path, by="李四")


def test_killed_at_any_point_nothing_acknowledged_is_lost_and_nothing_is_half_there(data: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    library = library_of(data)
    library.add(notice(tmp_path, "甲", 0), by="张三")
    library.add(notice(tmp_path, "乙", 0), by="张三")
    began = time.monotonic()
    library.add(notice(tmp_path, "甲", 1), by="张三")
    whole = time.monotonic() - began
    edition, ended, opening = 1, 0, []
    with serving(data) as (address, _), Clients(address, 20) as clients:
        for number in range(len(STEPS) + KILLS):
            now = edition + 1
            step = STEPS[number] if number < len(STEPS) else None
            after = None if step else chance.uniform(0, 1.2 * whole)
            acknowledged = killed(partial(add, data, notice(tmp_path, "甲", now)), at=step, after=after)
            began = time.monotonic()
            found = open_assistant(settings_of(data), QUIET)
            opening.append(time.monotonic() - began)
            held = Library(data).read("甲").title
            assert held in (f"关于甲第{edition}次印发的通知", f"关于甲第{now}次印发的通知")
            assert not acknowledged or held == f"关于甲第{now}次印发的通知"
            if step:
                assert (held == f"关于甲第{now}次印发的通知") == (STEPS.index(step) >= STEPS.index("committed"))
            assert [one.title for one in found.documents] == ["关于乙第0次印发的通知", held]
            assert Library(data).show("甲").draft is None
            edition, ended = (now if str(now) in held else edition), ended + acknowledged
        library.add(notice(tmp_path, "甲", edition + 1), by="张三")
        assert texts(address) == ["乙加强垃圾分类，版次0。", f"甲加强垃圾分类，版次{edition + 1}。"]
    print(f"{len(STEPS) + KILLS} kills, {ended} after the end; publishing {whole:.2f} s, "
          f"opened in {statistics.median(opening):.2f} s, at most {max(opening):.2f} s")  # fmt: skip
    assert clients.failed == []
    assert all(len(answers) == 1 for answers in clients.versions.values())
    assert left_over(data) == []


def test_a_backup_taken_under_load_gives_the_same_answers_elsewhere(data: Path, tmp_path: Path) -> None:
    """While people ask, and an editor keeps drafts and publishes."""
    plan = PACKAGED / "cnca-2017.txt"
    labelled = (json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines())
    questions = [one["question"] for one in labelled if not one.get("history")][:200]
    library = library_of(data)
    library.add(plan, by="张三")
    library.add(notice(tmp_path, "甲", 0), by="张三")
    with serving(data) as (address, _), Clients(address, 20) as clients:
        writing = threading.Thread(
            target=lambda: [library.draft(notice(tmp_path, "甲", 9), by="李四") for _ in range(5)]
        )
        writing.start()
        yaodian("backup", str(tmp_path / "copy.db"), "--data", str(data))
        writing.join()
        replies = {one: asked(address, one) for one in questions}
        library.add(notice(tmp_path, "乙", 1), by="张三")
    assert clients.failed == []
    yaodian("restore", str(tmp_path / "copy.db"), "--data", str(tmp_path / "elsewhere"))
    with serving(tmp_path / "elsewhere") as (address, _):
        assert len(replies) == 200
        for question, before in replies.items():
            after = asked(address, question)
            assert {**after, "took_ms": 0} == {**before, "took_ms": 0}


def files_of(process: int) -> int:
    return len(os.listdir(f"/proc/{process}/fd"))


@pytest.mark.skipif(not PUBLISHES, reason="YAODIAN_PUBLISHES=100")
def test_publishing_again_and_again_takes_neither_files_nor_memory(data: Path, tmp_path: Path) -> None:
    library = library_of(data)
    library.add(notice(tmp_path, "甲", 0), by="张三")
    with serving(data) as (address, server), Clients(address, 50) as clients:
        for edition in range(1, 4):
            library.add(notice(tmp_path, "甲", edition), by="张三")
        time.sleep(3)
        files, memory = files_of(server.pid), bytes_of(server.pid, "Rss")
        quiet = sorted(clients.took)
        clients.took.clear()
        for edition in range(4, 4 + PUBLISHES):
            library.add(notice(tmp_path, "甲", edition), by="张三")
        busy = sorted(clients.took)
        until(lambda: files_of(server.pid) <= files)
        files_after, memory_after = files_of(server.pid), bytes_of(server.pid, "Rss")
        p99 = [times[int(len(times) * 0.99)] * 1000 for times in (quiet, busy)]
        print(f"{PUBLISHES} publishes: {files} -> {files_after} files, {memory / 1e6:.1f} -> {memory_after / 1e6:.1f} MB, "
              f"p99 {p99[0]:.1f} -> {p99[1]:.1f} ms")  # fmt: skip
        assert abs(files_after - files) <= max(2, files * 0.05)
        assert memory_after <= memory * 1.05
        assert left_over(data) == []
    assert clients.failed == []
