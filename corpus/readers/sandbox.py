"""Parsing in a child process: what a hostile file does, it does there."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from corpus.readers.source import Source, SourceError, from_json

WALL = 8.0  # seconds, for one file
FAILED = "应为能在 {seconds:.0f} 秒和 {memory} MB 内存内读完的 {format} 文件，实为{found}；请拆分或另存后再试。"
MEMORY = 512  # MB of address space
# the readers alone: the rest of the package takes longer to load than most files take to read
PROGRAM = (
    "import sys, types; package = sys.modules['corpus'] = types.ModuleType('corpus'); package.__path__ = [sys.argv.pop(1)]; "
    "from corpus.readers.child import main; sys.exit(main())"
)
PACKAGE = Path(__file__).parents[1]


def read_in_child(content: bytes, reader: str) -> Source:
    """What `corpus.readers.child` makes of the content. Raises SourceError where it fails or is stopped."""
    environment = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMPDIR", "HOME") if name in os.environ
    }
    environment |= {"PYTHONIOENCODING": "utf-8", "OPENBLAS_NUM_THREADS": "1"}
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(PACKAGE), reader],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment, start_new_session=True,
    )  # fmt: skip
    try:
        answer, _ = child.communicate(content, timeout=WALL)
    except subprocess.TimeoutExpired:
        end_group(child)
        raise SourceError(failed(reader, "用时过长")) from None
    except BaseException:
        end_group(child)
        raise
    return _source(answer, child.returncode, reader)


def end_group(process: "subprocess.Popen[bytes]") -> None:
    """Ends the process and all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.communicate()


def failed(reader: str, found: str) -> str:
    return FAILED.format(seconds=WALL, memory=MEMORY, format=reader, found=found)


def _source(answer: bytes, status: int, reader: str) -> Source:
    try:
        data: Any = json.loads(answer)
        if "error" in data:
            raise SourceError(str(data["error"]))
        return from_json(data)
    except (ValueError, KeyError, TypeError, AttributeError):
        found = "解析中途停止（超出限制或内容有误）" if status else "没有结果"
        raise SourceError(failed(reader, found)) from None
