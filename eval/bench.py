"""How fast and how big a running service is: start-up, memory, latency and throughput, over HTTP like any client.

Machines differ and are shared, so latencies also stand as ratios to `/livez`, the cheapest request, in the same run.
"""

import http.client
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from eval.served import Latency, Request, latency, memory, send, serving, timed, yaodian

QUESTIONS = [
    "哪些任务涉及一带一路",
    "哪些任務涉及“一帶一路”",
    "第25条讲什么",
    "法律部牵头哪些任务",
    "认证部牵头且与电商有关的任务",
    "第三部分有哪些任务",
    "今天北京天气怎么样",
    "一共有多少项任务",
]
BEFORE = ("", "请问", "请问一下", "我想知道", "麻烦问一下", "帮我看看", "查一下", "请告诉我")
AFTER = ("", "？", "呢", "啊", "呀", "，谢谢", "。", "！")
CONNECTIONS = 8  # at once, for throughput


@dataclass(frozen=True, slots=True)
class Bench:
    start_s: list[float]  # from the command to the first /readyz that is 200, the index being built
    resident_mib: float | None  # after all requests; None where the system does not tell
    peak_mib: float | None
    livez: Latency
    ask: Latency  # each question once, so that none is remembered
    again: Latency  # a few questions again and again
    search: Latency
    ask_by_livez: float  # ratio of the medians
    search_by_livez: float
    livez_per_s: float  # requests a second over CONNECTIONS connections
    ask_per_s: float


def run_bench(starts: int, requests: int, on_step: Callable[[str], None]) -> Bench:
    with tempfile.TemporaryDirectory() as data:
        on_step("建立索引")
        subprocess.run([yaodian(), "index", "--data", data], check=True, capture_output=True)
        seconds = []
        for number in range(starts):
            on_step(f"启动 {number + 1}/{starts}")
            with serving("--data", data) as (_, took, _):
                seconds.append(took)
        with serving("--data", data) as (port, _, process):
            on_step(f"逐个请求 {requests} 次")
            kinds = (_LIVEZ, _ASK, _ASK[: len(QUESTIONS)], _SEARCH)
            livez, ask, again, search = (_latency(port, kind, requests) for kind in kinds)
            on_step(f"{CONNECTIONS} 个连接同时请求")
            livez_per_s, ask_per_s = (_throughput(port, kind, requests) for kind in (_LIVEZ, _ASK_MORE))
            told = memory(process.pid)
    return Bench(
        start_s=seconds,
        resident_mib=told.get("VmRSS"),
        peak_mib=told.get("VmHWM"),
        livez=livez,
        ask=ask,
        again=again,
        search=search,
        ask_by_livez=ask.p50 / livez.p50,
        search_by_livez=search.p50 / livez.p50,
        livez_per_s=livez_per_s,
        ask_per_s=ask_per_s,
    )


def rows(bench: Bench) -> list[tuple[str, str]]:
    """What was measured, for a table."""
    lines = [
        ("启动到就绪，中位数", f"{statistics.median(bench.start_s):.2f} 秒（{len(bench.start_s)} 次）"),
        (
            "常驻内存",
            "未知" if bench.resident_mib is None else f"{bench.resident_mib:.0f} MiB（峰值 {bench.peak_mib:.0f}）",
        ),
    ]
    for name, one in _latencies(bench):
        times = f"p50 {one.p50:.2f}　p95 {one.p95:.2f}　p99 {one.p99:.2f} 毫秒"
        lines.append((f"{name} 延迟", f"{times}（{one.requests} 次）"))
    return [
        *lines,
        ("问答与 /livez 延迟之比", f"{bench.ask_by_livez:.1f}"),
        ("搜索与 /livez 延迟之比", f"{bench.search_by_livez:.1f}"),
        (f"吞吐，{CONNECTIONS} 个连接", f"/livez {bench.livez_per_s:.0f}　/api/ask {bench.ask_per_s:.0f} 次/秒"),
    ]


def _latencies(bench: Bench) -> list[tuple[str, Latency]]:
    return [
        ("/livez", bench.livez),
        ("/api/ask", bench.ask),
        ("/api/ask 问过的", bench.again),
        ("/api/search", bench.search),
    ]


def as_json(bench: Bench) -> str:
    return json.dumps(asdict(bench), ensure_ascii=False, indent=1)


_LIVEZ: list[Request] = [("GET", "/livez", None)]


def _asked(before: Sequence[str]) -> list[Request]:
    """Every question with every way to begin and to end it: the questions as they are first."""
    wordings = (f"{first}{question}{last}" for last in AFTER for first in before for question in QUESTIONS)
    return [("POST", "/api/ask", json.dumps({"question": wording}).encode()) for wording in wordings]


_ASK, _ASK_MORE = _asked(BEFORE), _asked([f"您好，{first}" for first in BEFORE])
_SEARCH: list[Request] = [
    ("GET", f"/api/search?q={word}", None) for word in ("%E8%AE%A4%E8%AF%81", "%E4%BA%BA%E6%89%8D")
]


def _latency(port: int, kind: list[Request], count: int) -> Latency:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    first = kind[: len(QUESTIONS)]
    for request in first:
        send(connection, request)  # the first of each kind is slower
    return latency([timed(connection, kind[at % len(kind)]) for at in range(len(first), len(first) + count)])


def _throughput(port: int, kind: list[Request], count: int) -> float:
    def share(one: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for number in range(one, count * CONNECTIONS, CONNECTIONS):
            send(connection, kind[number % len(kind)])

    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(share, range(CONNECTIONS)))
    return count * CONNECTIONS / (time.perf_counter() - began)
