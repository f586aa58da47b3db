"""Waiting for something to become true, however busy the machine is."""

import socket
import time
from collections.abc import Callable
from contextlib import closing


def until(true: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether it became true within that time."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def answers(port: int) -> bool:
    """Whether something listens there."""
    with closing(socket.socket()) as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0
