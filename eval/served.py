"""A service started for a measurement: how long it took to be ready, what it takes, how fast it replies."""

import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

Request = tuple[str, str, bytes | None]  # method, path, body


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds on one kept-alive connection."""

    requests: int
    p50: float
    p95: float
    p99: float


def yaodian() -> str:
    return str(Path(sys.executable).parent / "yaodian")


@contextmanager
def serving(*options: str) -> Iterator[tuple[int, float, "subprocess.Popen[str]"]]:
    """A service on a free port: the port, the seconds it took to be ready, its process."""
    began = time.perf_counter()
    command = [yaodian(), "serve", "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200"}) as process:
        try:
            assert process.stderr
            line = process.stderr.readline()
            address = re.search(r"http://\S+:(\d+)", line)
            if not address:
                raise RuntimeError(f"服务没有启动：{line}{process.stderr.read()}")
            port = int(address[1])
            connection = http.client.HTTPConnection("127.0.0.1", port)
            send(connection, ("GET", "/readyz", None))
            yield port, time.perf_counter() - began, process
        finally:
            process.send_signal(signal.SIGTERM)


def send(connection: http.client.HTTPConnection, request: Request) -> bytes:
    """The reply's body."""
    method, path, body = request
    connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
    response = connection.getresponse()
    content = response.read()
    if response.status != 200:
        raise RuntimeError(f"{method} {path}：应为 200，实为 {response.status}")
    return content


def timed(connection: http.client.HTTPConnection, request: Request) -> float:
    """Milliseconds from sending it to the end of the reply."""
    began = time.perf_counter()
    send(connection, request)
    return (time.perf_counter() - began) * 1000


def latency(milliseconds: Sequence[float]) -> Latency:
    """At least two."""
    cuts = statistics.quantiles(milliseconds, n=100, method="inclusive")
    return Latency(len(milliseconds), statistics.median(milliseconds), cuts[94], cuts[98])


def memory(pid: int) -> dict[str, float]:
    """MiB that Linux tells: VmRSS is resident now, VmHWM at most, RssAnon what is the process's own; none elsewhere."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return {}
    return {name: int(kib) / 1024 for name, kib in re.findall(r"(VmRSS|VmHWM|RssAnon):\s+(\d+) kB", status)}
