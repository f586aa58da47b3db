"""A small real server that speaks OpenAI's API, and answers as it is told: truly, falsely, slowly, or not at all."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]
Behaviour = Callable[[BaseHTTPRequestHandler, Body], None]


@dataclass
class ModelServer:
    """What it was asked, and how it answers from now on."""

    url: str
    behaviour: Behaviour
    bodies: list[Body] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)  # of every request, whatever the method
    models: tuple[str, ...] = ()  # that it lists; none: it does not list any
    listing: int = 200  # the status with which it does
    keys: list[str | None] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


def says(reply: Callable[[Body], Any] | Any) -> Behaviour:
    """The object, or what is made of the request, as the model's words."""

    def behave(handler: BaseHTTPRequestHandler, body: Body) -> None:
        made = reply(body) if callable(reply) else reply
        words = made if isinstance(made, str) else json.dumps(made, ensure_ascii=False)
        message = {"role": "assistant", "content": words}
        _send(handler, json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}).encode())

    return behave


def raw(content: bytes, status: int = 200, **headers: str) -> Behaviour:
    return lambda handler, body: _send(handler, content, status, **headers)


def user(body: Body) -> str:
    return str(body["messages"][-1]["content"])


def items_in(body: Body) -> list[dict[str, Any]]:
    """Those that the model was given to put into sentences."""
    return [json.loads(line) for line in user(body).splitlines() if line.startswith("{")]


def _send(handler: BaseHTTPRequestHandler, content: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(content)))
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(content)


@contextmanager
def model_server(behaviour: Behaviour) -> Iterator[ModelServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            server.paths.append(self.path)
            server.keys.append(self.headers.get("Authorization"))
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.bodies.append(body)
            with suppress(OSError):  # the other side has gone
                server.behaviour(self, body)

        def do_GET(self) -> None:
            server.paths.append(self.path)
            with suppress(OSError):
                listed = {"data": [{"id": name} for name in server.models]} if server.models else {}
                _send(self, json.dumps(listed).encode(), server.listing)

        def log_message(self, *message: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    server = ModelServer(f"http://127.0.0.1:{listening.server_port}/v1", behaviour)
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        listening.shutdown()
        listening.server_close()
