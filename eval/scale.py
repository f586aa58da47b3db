"""How building and serving grow with the number of items: the same figures at several sizes of one folder, in one run.

Everything is measured from outside: `yaodian index` and `yaodian serve` as processes, questions over HTTP.
"""

import http.client
import json
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

import numpy as np

from corpus import find_sources
from eval.anchors import Anchor, anchors, missing
from eval.drawn import Drawn, draw
from eval.growth import Growth, growth
from eval.served import Latency, Request, latency, memory, send, serving, timed, yaodian
from eval.subset import chosen, linked
from index import Index, Segmenter, load_encoder, load_index

SIZES = (1_000, 10_000, 50_000)  # items, and all there are
LIVEZ: Request = ("GET", "/livez", None)
MIB = 1024 * 1024
WATCHED = 0.05  # seconds between looks at a process
ASKED_FIRST = ("第一条讲什么", "今天北京天气怎么样")  # the first questions load what all need

OnStep = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What building took; `peak_mib` is of the process that puts the index together, `disk` bytes of the whole folder."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    disk: int


@dataclass(frozen=True, slots=True)
class Measured:
    """One size. `asked` and `searched` are of each kind of question."""

    items: int
    documents: int
    built: Built
    ready_s: float
    resident_mib: float | None
    own_mib: float | None  # of the resident, what no file stands behind
    livez: Latency
    asked: dict[str, Latency]
    searched: dict[str, Latency]
    anchors: list[Anchor]


@dataclass(frozen=True, slots=True)
class Scale:
    """All sizes, the smallest first; the growth of each figure; the anchors that are not installed."""

    sizes: list[Measured]
    growth: dict[str, Growth]
    missing: list[str]


def run_scale(folder: Path, sizes: Sequence[int], questions: int, on_step: OnStep) -> Scale:
    """`sizes` in items, those smaller than the folder; all of it is measured in any case. `questions` of each kind."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        on_step("全部条目：建立索引")
        built = _build(folder, work / "all")
        index = _loaded(folder, work / "all")
        counts = np.diff(index.assembled.arrays["document_at"]).tolist()  # items of each document
        ids = [document.id for document in index.corpus.documents]
        measured = []
        for size in sorted(size for size in set(sizes) if size < sum(counts)):
            on_step(f"{size} 个条目：建立索引")
            sources = find_sources(folder)
            at = {id: place for place, id in enumerate(sources.files)}
            part = linked(sources, [at[ids[place]] for place in chosen(counts, size)], work / f"documents{size}")
            data = work / f"data{size}"
            measured.append(_measured(part, data, _build(part, data), _loaded(part, data), questions, on_step))
        measured.append(_measured(folder, work / "all", built, index, questions, on_step))
    return Scale(measured, _growths(measured), missing())


def _measured(documents: Path, data: Path, built: Built, index: Index, questions: int, on_step: OnStep) -> Measured:
    texts = [item.text for item in index.items]
    drawn = draw(texts, questions)
    with serving("--documents", str(documents), "--data", str(data)) as (port, ready, process):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        livez, asked, searched = _asked(connection, drawn, lambda kind: on_step(f"{len(texts)} 个条目：{kind}"))
        told = memory(process.pid)
    on_step(f"{len(texts)} 个条目：参照")
    beside = anchors(texts, index.segmenter, index.encoder, drawn)
    return Measured(
        len(texts),
        len(index.corpus.documents),
        built,
        ready,
        told.get("VmRSS"),
        told.get("RssAnon"),
        livez,
        asked,
        searched,
        beside,
    )


def _asked(
    connection: http.client.HTTPConnection, drawn: Sequence[Drawn], on_kind: OnStep
) -> tuple[Latency, dict[str, Latency], dict[str, Latency]]:
    """Of /livez; and of each kind of question, asked and searched for, every one once."""
    for question in ASKED_FIRST:
        send(connection, _ask(question))
    asked, searched, livez = {}, {}, []
    for kind in dict.fromkeys(one.kind for one in drawn):
        on_kind(kind)
        own = [one for one in drawn if one.kind == kind]
        searched[kind] = latency([timed(connection, _search(one)) for one in own])
        asked[kind] = latency([timed(connection, _ask(one.question)) for one in own])
        livez += [timed(connection, LIVEZ) for _ in own]
    return latency(livez), asked, searched


def _ask(question: str) -> Request:
    return "POST", "/api/ask", json.dumps({"question": question}).encode()


def _search(one: Drawn) -> Request:
    return "GET", f"/api/search?q={quote(one.search)}", None


def _loaded(documents: Path, data: Path) -> Index:
    sources = find_sources(documents)
    segmenter = Segmenter(sources.words)
    return load_index(data, sources, segmenter, load_encoder(None, segmenter))


def _build(documents: Path, data: Path) -> Built:
    """Raises RuntimeError where it fails."""
    command = [yaodian(), "index", "--documents", str(documents), "--data", str(data)]
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
        peak, status, used = _watched(process.pid)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"索引没有建成：{said.read().decode(errors='replace')}")
    wall = time.perf_counter() - began
    disk = sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
    return Built(wall, used.ru_utime + used.ru_stime, peak or used.ru_maxrss / 1024, disk)


def _watched(pid: int) -> tuple[float, int, "resource.struct_rusage"]:
    """A process to its end: its peak in MiB, which `ru_maxrss` mixes with ours, its exit status, and what it and its
    own processes used."""
    peak = 0.0
    while True:
        peak = max(peak, memory(pid).get("VmHWM", 0.0))
        ended, status, used = os.wait4(pid, os.WNOHANG)
        if ended:
            return peak, status, used
        time.sleep(WATCHED)


def figures(one: Measured) -> dict[str, float]:
    """What may grow, by what it is and its unit."""
    found = {
        "建立用时，秒": one.built.wall_s,
        "建立的处理器时间，秒": one.built.cpu_s,
        "建立的内存峰值，字节": one.built.peak_mib * MIB,
        "磁盘，字节": float(one.built.disk),
        "启动，秒": one.ready_s,
    }
    if one.resident_mib is not None:
        found["服务的常驻内存，字节"] = one.resident_mib * MIB
    found |= {f"/api/search {kind}，毫秒": times.p50 for kind, times in one.searched.items()}
    return found | {f"/api/ask {kind}，毫秒": times.p50 for kind, times in one.asked.items()}


def _growths(measured: Sequence[Measured]) -> dict[str, Growth]:
    items = [one.items for one in measured]
    names = [name for name in figures(measured[0]) if all(name in figures(one) for one in measured)]
    lines = {name: growth(items, [figures(one)[name] for one in measured]) for name in names}
    return {name: line for name, line in lines.items() if line}


def as_json(scale: Scale) -> str:
    return json.dumps(asdict(scale), ensure_ascii=False, indent=1)
