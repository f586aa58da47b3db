"""What systemd gives a service that it starts: the socket to listen on, and where to say that it is ready."""

import os
import socket

FIRST = 3  # descriptors from this one on are the sockets


class ActivationError(Exception):
    """What was given cannot be used; the message says why."""


def given_socket() -> socket.socket | None:
    """The one that was opened for this process; None where there is none. Raises ActivationError."""
    told = {name: os.environ.pop(name, "") for name in ("LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES")}
    if told["LISTEN_PID"] != str(os.getpid()) or not told["LISTEN_FDS"].isdecimal():
        return None
    if told["LISTEN_FDS"] != "1":
        raise ActivationError(
            f"应由 systemd 给一个套接字，实为{told['LISTEN_FDS']}个；.socket 里只写一行 ListenStream。"
        )
    try:
        given = socket.socket(fileno=FIRST)
        listens = given.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    except OSError as error:
        raise ActivationError(f"systemd 给的套接字用不了（{error.strerror}）。") from error
    if given.type != socket.SOCK_STREAM or not listens:
        raise ActivationError("systemd 给的套接字不是在监听的流；.socket 里应为 ListenStream，且 Accept=no。")
    given.set_inheritable(False)
    return given


def tell_ready() -> None:
    """Where somebody waits for it."""
    if place := os.environ.get("NOTIFY_SOCKET"):
        address = f"\0{place[1:]}" if place.startswith("@") else place
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
            told.sendto(b"READY=1", address)
