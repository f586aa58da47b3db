"""A new generation of the index, built in a process of its own: those who ask feel nothing of it.

That process ends with the one that started it, however this ends: when its standard input does.
"""

import contextlib
import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

from corpus import CorpusError, Sources
from index import (
    EncoderError,
    EngineError,
    Milvus,
    NoRoomError,
    OnDocument,
    Segmenter,
    build_generation,
    is_fitting,
    load_encoder,
    pointed,
)
from service.settings import Settings

PROGRAM = "import sys; sys.argv[0] = 'yaodian'; from service.building import main; main()"
SOURCES = "sources"  # in the data folder: what was read from files that take long to read
WORDS = "words"  # and the dictionaries of words, in a form that loads at once
NICE = 10  # how much the process stands back behind those that answer


class BuildingError(Exception):
    """No generation was built, and nothing is left of it; the message says why, and `no_room` whether for want of room."""

    def __init__(self, message: str, *, no_room: bool = False) -> None:
        super().__init__(message)
        self.no_room = no_room


def built_in_child(
    settings: Settings, sources: Sources, on_document: OnDocument | None = None, *, anew: bool = False
) -> str:
    """The name of the generation, at which nothing points yet; of the one in use, where it holds just these documents and
    need not be built `anew`, which is waited for. For a writer. Raises BuildingError."""
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
    )
    try:
        assert child.stdin
        assert child.stdout
        with contextlib.suppress(BrokenPipeError):
            pickle.dump((settings, sources, anew), child.stdin)
            child.stdin.flush()
        return _told(map(json.loads, child.stdout), on_document)
    finally:
        child.kill()
        child.communicate()


def _told(lines: Iterator[dict[str, Any]], on_document: OnDocument | None) -> str:
    for line in lines:
        if "built" in line:
            return str(line["built"])
        if "error" in line:
            raise BuildingError(line["error"], no_room=line.get("no_room", False))
        if on_document:
            on_document(*line["done"])
    raise BuildingError("建立索引的进程中途结束了（也许是内存不足）；没有改动，再试一次。")


def _environment() -> dict[str, str]:
    """This process's, with what it imports from."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TOKENIZERS_PARALLELISM": "false"}


# In the child process


def main() -> None:
    out, sys.stdout = sys.stdout, sys.stderr
    try:
        settings, sources, anew = pickle.load(sys.stdin.buffer)
    except (EOFError, pickle.UnpicklingError):  # whoever started this has been killed
        return
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice") and not anew:
        os.nice(NICE)

    def tell(**line: object) -> None:
        print(json.dumps(line), file=out, flush=True)

    try:
        tell(built=_built(settings, sources, lambda *counts: tell(done=counts), anew=anew))
    except (CorpusError, EncoderError, EngineError) as error:
        tell(error=str(error))
    except OSError as error:
        said = f"无法把索引写入 {settings.data}（{error.strerror}）；没有改动。请腾出空间，或核对文件夹的权限。"
        tell(error=said, no_room=isinstance(error, NoRoomError))


def _built(settings: Settings, sources: Sources, on_document: Callable[[int, int, int], None], *, anew: bool) -> str:
    data = settings.data
    segmenter = Segmenter(sources.words, data / WORDS)
    encoder = load_encoder(settings.encoder, segmenter, data / WORDS)
    holder = Milvus(settings.store) if settings.store else None
    if not anew and is_fitting(data, sources, encoder, holder) and (current := pointed(data)):
        return current
    return build_generation(sources, segmenter, encoder, data, on_document, data / SOURCES, holder=holder)


def _end_with_parent() -> None:
    while os.read(0, 1):  # not through sys.stdin: who waits in it at the end of the process brings that down
        pass
    os._exit(1)
