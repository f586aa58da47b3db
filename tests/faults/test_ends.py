"""A service that is told to end while it is asked: it ends with 0, soon, and no answer is cut.

n: 3 ends (with YAODIAN_FAULTS=long 50) while 8 clients, each with 20 answers already, ask small questions, seed 20; 2 ends while it is loading.
"""

import http.client
import json
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.faults.amounts import times
from tests.test_serving import serving
from tests.waiting import until

ENDS, CLIENTS, ENDED = times(3, 50), 8, 10.0
HEARD = 20  # answers that each client has before the end
QUESTIONS = ("第31项讲什么", "认证部牵头哪些", "哪些任务涉及人才", "第3项由谁牵头")


class Client(threading.Thread):
    """Asks on one connection that is kept, until that ends; what it was told, whole or not."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.place = urlsplit(address).netloc
        self.whole, self.cut, self.unheard = 0, [""][:0], 0

    def run(self) -> None:
        connection = http.client.HTTPConnection(self.place, timeout=20)
        for number in range(100_000):
            body = json.dumps({"question": QUESTIONS[number % 4], "offset": number}).encode()
            try:
                connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
                response = connection.getresponse()
            except (http.client.RemoteDisconnected, ConnectionError):
                self.unheard += 1  # nothing of an answer came: the service had ended when it was asked
                return
            try:
                told = response.read()
                json.loads(told)
            except (http.client.HTTPException, OSError, ValueError) as error:
                self.cut.append(repr(error))
                return
            self.whole += response.status == 200
            if response.getheader("Connection") == "close":
                return


def asking(address: str) -> list[Client]:
    """Clients that have been answered some times already."""
    clients = [Client(address) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    assert until(lambda: all(client.whole >= HEARD for client in clients))
    return clients


def test_it_ends_with_0_and_no_answer_is_cut(tmp_path: Path) -> None:
    chance, told, unheard, longest = random.Random(20), 0, 0, 0.0
    for _ in range(ENDS):
        with serving(tmp_path / "data", "--limit", "off") as (address, process):
            clients = asking(address)
            time.sleep(chance.uniform(0, 0.5))
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=ENDED) == 0
            longest = max(longest, time.monotonic() - began)
            for client in clients:
                client.join()
        assert [client.cut for client in clients] == [[]] * CLIENTS
        told, unheard = told + sum(client.whole for client in clients), unheard + sum(one.unheard for one in clients)
    print(f"{ENDS} ends: {told} answers, {unheard} asked of a service that had ended; at most {longest:.1f} s")
    assert unheard <= told / 100


@pytest.mark.parametrize("seconds", [0.3, 1.2])
def test_it_ends_while_it_is_loading(seconds: float, tmp_path: Path) -> None:
    program = [sys.executable, "-c", "from service.cli import main; main()", "serve", "--port", "0"]
    with subprocess.Popen([*program, "--data", str(tmp_path)], stderr=subprocess.PIPE, text=True) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=20)[1]
    assert process.returncode in (0, -signal.SIGTERM)
    assert "Traceback" not in said
