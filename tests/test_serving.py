"""What a served packaged document takes, as Linux counts it, and how several processes share it."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.waiting import until

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").is_file(), reason="only Linux tells")

MB = 1_000_000
RESIDENT = 175 * MB  # of one process; 22 of them are scipy's, which bm25s loads where it is installed
CONTEXT = 190 * MB  # of the contextual encoder, once it is asked
FURTHER = 60 * MB  # of each process more, its share of what they have together included
QUESTIONS = ("哪些任务涉及一带一路", "哪些任務涉及“一帶一路”", "认证部牵头哪些", "第31项讲什么")
EVERYDAY = "几个国家一起认一张证"  # words decide nothing: the contextual encoder is loaded
UNUSED = (
    "torch transformers sentence_transformers onnxruntime tokenizers jieba pypinyin jinja2 xlsxwriter openpyxl pypdfium2 selectolax "
    "limits prometheus_client pythonjsonlogger redis mcp"
)


@contextmanager
def serving(
    data: Path, *options: str, said: list[str] | None = None, descriptors: int = 0
) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """A service of its own; `said` takes what it says until it is ready."""
    program = [sys.executable, "-c", "from service.cli import main; main()", "serve", "--port", "0"]
    limited = ["prlimit", f"--nofile={descriptors}"] if descriptors else []
    command = [*limited, *program, "--data", str(data), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200"}) as server:
        try:
            assert server.stderr
            lines = [] if said is None else said
            while not (address := re.search(r"http://\S+:\d+", "".join(lines))):
                lines.append(server.stderr.readline())
                assert lines[-1], "".join(lines)
            yield address[0], server
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)


def ask(address: str, question: str) -> str:
    body = json.dumps({"question": question}).encode()
    with urlopen(Request(f"{address}/api/ask", body, {"Content-Type": "application/json"})) as response:
        return str(json.load(response)["answer"])


def bytes_of(process: int, kind: str) -> int:
    found = re.search(rf"^{kind}:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) * 1024


def children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the index of the packaged document."""
    folder = tmp_path_factory.mktemp("data")
    program = [sys.executable, "-c", "from service.cli import main; main()", "index", "--data", str(folder)]
    subprocess.run(program, check=True, capture_output=True)
    return folder


def test_a_served_document_takes_little_memory(data: Path) -> None:
    with serving(data) as (address, server):
        for question in QUESTIONS:
            ask(address, question)
        assert bytes_of(server.pid, "Rss") < RESIDENT


def test_a_question_in_everyday_words_takes_more(data: Path) -> None:
    with serving(data) as (address, server):
        ask(address, EVERYDAY)
        assert RESIDENT < bytes_of(server.pid, "Rss") < RESIDENT + CONTEXT


def test_answering_loads_nothing_that_only_reading_training_and_pages_need(data: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from service.served import Served; from rich.console import Console;"
        "from corpus import PACKAGED; from service.opening import open_assistant; from service.settings import Settings;"
        "from service.serving import create_app; create_app(Served());"
        f"assistant = open_assistant(Settings(PACKAGED, Path({str(data)!r}), None), Console(stderr=True));"
        f"[assistant.ask(question) for question in {QUESTIONS!r}];"
        f"print([name for name in {UNUSED!r}.split() if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "[]"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_processes_share_what_was_loaded_and_one_that_ends_is_replaced(data: Path) -> None:
    with serving(data, "--workers", "2") as (address, server):
        for question in QUESTIONS * 8:
            assert ask(address, question)
        workers = children(server.pid)
        assert len(workers) == 2
        assert max(bytes_of(worker, "Pss") for worker in workers) < FURTHER
        os.kill(workers[0], signal.SIGKILL)
        assert until(lambda: len(set(children(server.pid)) - {workers[0]}) == 2)
        assert "〔第31项〕" in ask(address, QUESTIONS[0])
        left = children(server.pid)
    assert server.returncode == 0
    assert not any(Path(f"/proc/{worker}").exists() for worker in left)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
@pytest.mark.parametrize("workers", [1, 2])
def test_the_first_start_takes_no_more_memory_than_the_next_and_the_end_leaves_no_file(
    workers: int, tmp_path: Path
) -> None:
    with serving(tmp_path, "--workers", str(workers)) as (address, server):
        for question in QUESTIONS * 4:
            assert ask(address, question)
        if workers == 1:
            assert bytes_of(server.pid, "Rss") < RESIDENT
        else:
            assert max(bytes_of(worker, "Pss") for worker in children(server.pid)) < FURTHER
        assert len([*(tmp_path / "serving").iterdir()]) == 2 * workers
    assert server.returncode == 0
    assert [*(tmp_path / "serving").iterdir()] == []
