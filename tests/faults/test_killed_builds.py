"""`kill -9` at random points of a build: the next start answers from the documents as they are, and nothing is left over.

n: 3 builds killed and 1 whose building process is (with YAODIAN_FAULTS=long 100 and 10), seed 20.
"""

import os
import pickle
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from subprocess import PIPE

import pytest
from rich.console import Console

from corpus import find_sources
from service.building import PROGRAM
from service.library import LibraryError
from service.opening import open_assistant
from service.renewing import renew
from service.settings import Settings
from tests.faults.amounts import times
from tests.publishing import killed, notice
from tests.test_serving import children

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")

KILLS, ORPHANS = times(3, 80), times(1, 10)
QUIET = Console(quiet=True)


def left(data: Path) -> list[str]:
    """What nobody needs: all but two generations, the pointer and what is kept to start sooner."""
    needed = {"current", "generations", "lock", "words", "sources", "serving"}
    return [path.name for path in data.iterdir() if path.name not in needed] + [
        path.name for path in sorted((data / "generations").iterdir())[2:]
    ]


def test_a_build_that_is_killed_leaves_nothing_and_costs_no_answer(tmp_path: Path) -> None:
    chance, settings = random.Random(20), Settings(tmp_path / "documents", tmp_path / "data", None)
    settings.documents.mkdir()
    notice(settings.documents, "甲", 0)
    renew(settings)  # which makes the dictionaries, too
    notice(settings.documents, "甲", 1)
    began = time.monotonic()
    renew(settings)
    whole, ended = time.monotonic() - began, 0
    for edition in range(2, KILLS + 2):
        notice(settings.documents, "甲", edition)
        ended += killed(lambda told: renew(settings), after=chance.uniform(0, 1.1 * whole))
        found = open_assistant(settings, QUIET)
        assert [one.title for one in found.documents] == [f"关于甲第{edition}次印发的通知"]
        assert [match.item.text for match in found.ask("哪些任务涉及夜间经济").items] == [
            f"甲发展夜间经济，版次{edition}。"
        ]
        assert left(settings.data) == []
    print(f"{KILLS} builds of {whole:.1f} s killed, {ended} after their end")


def test_a_building_process_ends_quietly_while_who_started_it_waits(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "documents", tmp_path / "data", None)
    settings.documents.mkdir()
    notice(settings.documents, "甲", 0)
    child = subprocess.Popen([sys.executable, "-c", PROGRAM], stdin=PIPE, stdout=PIPE, stderr=PIPE, env=os.environ)
    assert child.stdin
    assert child.stdout
    assert child.stderr
    pickle.dump((settings, find_sources(settings.documents), False), child.stdin)
    child.stdin.flush()
    assert child.wait(60) == 0
    assert b"built" in child.stdout.read()
    assert child.stderr.read() == b""
    child.stdin.close()


def test_a_building_process_that_is_killed_is_told_of_and_leaves_nothing(tmp_path: Path) -> None:
    """As the system does where memory runs out."""
    chance, settings = random.Random(21), Settings(tmp_path / "documents", tmp_path / "data", None)
    settings.documents.mkdir()
    notice(settings.documents, "甲", 0)
    renew(settings)
    before = (settings.data / "current").read_text()
    for edition in range(1, ORPHANS + 1):
        notice(settings.documents, "甲", edition)
        ours = set(children(os.getpid()))

        def kill(ours: set[int] = ours) -> None:
            while not (new := set(children(os.getpid())) - ours):
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.5))
            for process in new:
                os.kill(process, signal.SIGKILL)

        killing = threading.Thread(target=kill)
        killing.start()
        with pytest.raises(LibraryError, match="中途结束了"):
            renew(settings)
        killing.join()
        assert (settings.data / "current").read_text() == before
    open_assistant(settings, QUIET)
    assert left(settings.data) == []
