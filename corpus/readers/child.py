"""The child process, started by `sandbox.read_in_child`: prints the source on its standard input, or what is wrong, as JSON."""

import contextlib
import json
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from corpus.readers.sandbox import MEMORY, WALL, failed
from corpus.readers.source import Source, SourceError, to_json

MEGABYTE = 1024 * 1024


def main() -> int:
    limit()
    reader = sys.argv[1]
    try:
        answer = to_json(_reader(reader)(sys.stdin.buffer.read()))
    except SourceError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": failed(reader, "用的内存过多")}
    except RecursionError:
        answer = {"error": failed(reader, "嵌套过深")}
    json.dump(answer, sys.stdout, ensure_ascii=False)
    return 0


def limit() -> None:
    """Memory and processor time, where the system has such limits; no core file."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY * MEGABYTE, MEMORY * MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CPU, (int(WALL), int(WALL) + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _reader(name: str) -> Callable[[bytes], Source]:
    """read_html of corpus.readers.html, and so on: a format's libraries load only here."""
    module: Any = import_module(
        f"corpus.readers.{ {'txt': 'text', 'md': 'markdown'}.get(name, name) }".replace(" ", "")
    )
    reader: Callable[[bytes], Source] = getattr(module, f"read_{module.__name__.rsplit('.', 1)[-1]}")
    return reader
