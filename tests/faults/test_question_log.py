"""The question log, damaged, in odd places, full, and written by several processes at once.

n: 8 damaged logs, 2 places that keep nothing, 4 processes × 250 lines, 1 file size limit.
"""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from service import Assistant
from service.line_file import LARGEST, LineFile
from service.question_log import QuestionLog
from tests.test_serving import serving

SOUND = json.dumps({"question": "甲", "history": [], "kind": "拒答过", "note": ""}, ensure_ascii=False).encode() + b"\n"
DAMAGED = {
    "torn": (SOUND + SOUND[:-20], 1),
    "torn in a character": (SOUND + '{"question": "乙'.encode()[:-1], 1),
    "with a byte order mark": (b"\xef\xbb\xbf" + SOUND, 1),
    "no object": (b"[1]\n7\nnull\n" + SOUND, 3),
    "history null": (SOUND + b'{"question": "b", "history": null}\n', 1),
    "no question": (SOUND + b'{"history": []}\n{"question": 1}\n', 2),
    "binary": (bytes(range(256)) * 40 + b"\n" + SOUND, 41),
    "deep": (b"[" * 100_000 + b"\n" + SOUND, 1),
}


def questions(path: Path) -> list[str]:
    return [json.loads(line)["question"] for line in path.read_bytes().split(b"\n") if line.strip()]


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_no_line_is_kept_aside_and_counted(
    name: str, tmp_path: Path, assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "q.jsonl"
    content, bad = DAMAGED[name]
    path.write_bytes(content)
    log = QuestionLog(path)
    assert f"有 {bad} 行读不懂" in caplog.text
    log.declined("天气", [], assistant.ask("天气"))
    assert questions(path) == ["甲", "天气"]
    assert (tmp_path / "q.jsonl.bad").read_bytes() == content
    caplog.clear()
    QuestionLog(path)
    assert not caplog.text


def test_a_line_torn_while_serving_costs_none_after_it(tmp_path: Path, assistant: Assistant) -> None:
    path = tmp_path / "q.jsonl"
    log = QuestionLog(path)
    path.write_bytes(SOUND + SOUND[:-20])
    log.declined("天气", [], assistant.ask("天气"))
    log.meant("天气", [], "cnca-2017#1")
    assert questions(path) == ["甲", "天气"]


@pytest.mark.parametrize("kind", ["pipe", "full", "torn"])
def test_the_service_starts_and_says_what_is_wrong_with_its_log(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "full":
        path.symlink_to("/dev/full")
    else:
        path.write_bytes(SOUND[:-20])
    said: list[str] = []
    with serving(tmp_path / "data", "--question-log", str(path), said=said) as (address, _):
        assert address
    assert f"问题记录 {path}" in "".join(said)
    assert ("有 1 行读不懂" if kind == "torn" else "应为普通文件，实为管道或设备") in "".join(said)


def test_the_log_is_its_owners_alone(tmp_path: Path, assistant: Assistant) -> None:
    path = tmp_path / "q.jsonl"
    log = QuestionLog(path)
    log.declined("天气", [], assistant.ask("天气"))
    log.meant("天气", [], "cnca-2017#1")  # which writes the file anew
    assert [stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()] == [0o600, 0o600]


def test_a_full_log_makes_room_and_takes_no_more_memory_or_disk(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    file = LineFile(path, lambda line: line[:8])
    for number in range(600):
        file.append(b"%08d" % number + b"." * 50_000)
    assert max(one.stat().st_size for one in tmp_path.iterdir()) <= LARGEST
    assert sorted(one.name for one in tmp_path.iterdir()) == ["q.jsonl", "q.jsonl.1", "q.jsonl.lock"]
    assert path.read_bytes().endswith(b".\n")
    assert sys.getsizeof(file._keys) < 20_000


def test_a_log_grown_too_large_before_is_put_by(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(SOUND * (LARGEST // len(SOUND) + 1))
    QuestionLog(path)
    assert (path.stat().st_size, (tmp_path / "q.jsonl.1").stat().st_size > LARGEST) == (0, True)


PROGRAM = """
import sys, time
from pathlib import Path
from service import line_file
from service.question_log import QuestionLog
line_file.LOCKED = 600.0  # however busy the machine is, no line is given up
log = QuestionLog(Path(sys.argv[1]))
for number in range(100):
    log.meant(f"{'字' * 300} {number % 80} {sys.argv[2] if number % 2 else ''}", [], "a#1")
    time.sleep(0.01)  # as people ask: who just wrote does not write at once
"""


def test_several_processes_append_whole_lines_each_once(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    running = [subprocess.Popen([sys.executable, "-c", PROGRAM, str(path), name]) for name in "1234"]
    assert [process.wait() for process in running] == [0] * 4
    kept = questions(path)
    assert len(kept) == len(set(kept)) == 40 + 4 * 40


LIMITED = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from service.line_file import LineFile
file = LineFile(Path(sys.argv[1]), lambda line: line)
file.append(b"a" * 600)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
for line in (b"b" * 600, b"c" * 600):
    try:
        file.append(line)
    except OSError as error:
        print(error.errno)
file.append(b"d" * 100)
"""


def test_no_line_is_torn_where_there_is_no_more_room(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    said = subprocess.run([sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=True)
    assert len(said.stdout.split()) == 2
    assert path.read_bytes() == b"a" * 600 + b"\n" + b"d" * 100 + b"\n"


HOLDING = """
import sys, time
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_lock_that_another_holds_costs_no_answer(
    tmp_path: Path, assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "q.jsonl"
    log = QuestionLog(path)
    with subprocess.Popen([sys.executable, "-c", HOLDING, f"{path}.lock"], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        for question in ("天气", "天气呢"):
            log.declined(question, [], assistant.ask("天气"))
        holder.kill()
    assert caplog.text.count("另一个进程一直占着它") == 1
    log.declined("天气", [], assistant.ask("天气"))
    assert "其间有 2 个没有记下" in caplog.text
    assert questions(path) == ["天气"]
