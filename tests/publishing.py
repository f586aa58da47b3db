"""A library that is changed while it is served, for tests: documents of a kind, a publisher that is killed, and clients
that ask all the while."""

import json
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from corpus import PACKAGED
from service.library import Generations, Library
from service.settings import Settings

STEPS = ("locked", "begun", "changed", "built", "committed", "pointed", "served")
QUESTION = "哪些任务涉及垃圾分类"


def settings_of(data: Path) -> Settings:
    return Settings(PACKAGED, data, None)


def library_of(data: Path, on_step: Callable[[str], None] | None = None) -> Library:
    return Library(data, Generations(settings_of(data)), on_step)


def notice(folder: Path, id: str, edition: int) -> Path:
    """Each edition says in each item which it is."""
    path = folder / f"{id}.txt"
    path.write_text(
        f"关于{id}第{edition}次印发的通知\n1、{id}加强垃圾分类，版次{edition}。\n2、{id}发展夜间经济，版次{edition}。\n",
        encoding="utf-8",
    )
    return path


def killed(
    work: Callable[[Callable[[str], None]], object], *, at: str | None = None, after: float | None = None
) -> bool:
    """Does the work in a process that is killed at a step, or after so many seconds; whether it had ended before."""
    process = os.fork()
    if not process:
        try:
            work(lambda step: os.kill(os.getpid(), signal.SIGKILL) if step == at else None)
            os._exit(0)
        except BaseException:
            os._exit(1)
    if after is not None:
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    return status == 0


def asked(address: str, question: str = QUESTION) -> dict[str, object]:
    body = json.dumps({"question": question}).encode()
    with urlopen(Request(f"{address}/api/ask", body, {"Content-Type": "application/json"}), timeout=30) as response:
        reply: dict[str, object] = json.load(response)
        return reply


class Clients:
    """Ask until told to stop, so many times a second."""

    def __init__(self, address: str, rate: float = 50) -> None:
        self._address, self._pause = address, 1 / rate
        self._stopping = threading.Event()
        self.failed: list[str] = []
        self.took: list[float] = []
        self.versions: dict[str, set[str]] = {}  # of the index -> the answers it gave
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> "Clients":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def _ask(self) -> None:
        number = 0
        while not self._stopping.wait(self._pause):
            number += 1
            began = time.perf_counter()
            try:
                reply = asked(self._address, f"{QUESTION}{'？' * (number % 3)}")
            except (HTTPError, URLError, OSError) as error:
                self.failed.append(repr(error))
                continue
            self.took.append(time.perf_counter() - began)
            items = [f"{item['document']} {item['text']}" for item in reply["items"]]  # type: ignore[attr-defined]
            self.versions.setdefault(str(reply["index_version"]), set()).add("\n".join(items))


def left_over(data: Path) -> list[str]:
    """Files that nobody needs."""
    found = [path.name for path in data.rglob("*") if path.suffix == ".part" or path.name.startswith("current.")]
    generations = [path.name for path in (data / "generations").iterdir()]
    held = {path.name for path in (data / "sources-of-library").iterdir()}
    wanted = {file.path.name for file in sources.files.values()} if (sources := Library(data).sources()) else set()
    return found + generations[2:] + sorted(held - wanted)
