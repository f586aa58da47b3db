"""How long a client may take: to send a head, to send a body, to read what it asked for."""

import time

HEAD_SECONDS, BODY_SECONDS, READ_SECONDS = 10.0, 15.0, 15.0
RATE = 16 * 1024  # bytes of a body a second, and of a reply in READ_SECONDS, that win more time


class Pace:
    """Of one connection."""

    def __init__(self) -> None:
        self.since: float | None = time.monotonic()  # when the head or the body that is being read began
        self.in_body = False
        self.sent = 0  # bytes of headers, or of the body
        self._unread: tuple[float, int] | None = None  # since when how many bytes wait for the client to read

    def begin_head(self) -> None:
        self.sent = 0
        if self.since is None:
            self.since = time.monotonic()

    def begin_body(self) -> None:
        self.sent, self.in_body, self.since = 0, True, time.monotonic()

    def end(self) -> None:
        """Of a request; nothing is awaited."""
        self.sent, self.in_body, self.since = 0, False, None

    def sends_too_slowly(self, now: float) -> bool:
        if self.since is None:
            return False
        return now - self.since > (BODY_SECONDS + self.sent / RATE if self.in_body else HEAD_SECONDS)

    def reads_too_slowly(self, now: float, waiting: int) -> bool:
        """Next to nothing of the bytes that wait for it, for too long."""
        if not waiting:
            self._unread = None
            return False
        if self._unread is None or waiting <= self._unread[1] - RATE:
            self._unread = now, waiting
        else:
            self._unread = self._unread[0], max(waiting, self._unread[1])
        return now - self._unread[0] > READ_SECONDS
