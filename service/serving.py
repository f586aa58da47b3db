"""The service on a socket, in this process or in several."""

import logging
import os
import socket
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import uvicorn
from rich.console import Console

from service.app import create_app
from service.assistant import Assistant
from service.connections import connections, room
from service.hosts import AllowHosts
from service.load import Load
from service.opening import open_assistant
from service.question_log import QuestionLog
from service.settings import Settings
from service.workers import Workers

GRACE = 5  # seconds that requests have to end when the service is told to
# what is loaded when it is first needed: the dictionaries of words and sounds, and the way to Traditional
WARMING = "第1項講什麼"


class Serving:
    """What to serve, and where. `began` is when the command did, by `time.monotonic`."""

    def __init__(
        self,
        settings: Settings,
        question_log: QuestionLog | None,
        origins: Sequence[str],
        listening: socket.socket,
        log: Console,
        began: float,
        hosts: Sequence[str] = (),
    ) -> None:
        self._hosts = hosts
        self._settings, self._question_log, self._origins = settings, question_log, origins
        self._listening, self._log, self._began = listening, log, began
        logging.basicConfig(level=logging.WARNING, stream=sys.stderr)

    def run(self) -> None:
        """In this process, which answers 503 until all is loaded. Raises OpeningError."""
        opening = ThreadPoolExecutor(1, "loading")
        loading: Future[Assistant] = opening.submit(lambda: open_assistant(self._settings, self._log))
        server = self._server(loading)

        def loaded(done: "Future[Assistant]") -> None:
            if done.exception():
                server.should_exit = True
            else:
                self._say_ready(done.result())

        loading.add_done_callback(loaded)
        server.run(sockets=[self._listening])
        if failed := loading.exception():
            raise failed

    def run_workers(self, count: int) -> None:
        """In `count` processes, which begin when all is loaded. Raises OpeningError."""
        assistant = open_assistant(self._settings, self._log)
        assistant.ask(WARMING)
        if engine := assistant.index.held.engine:
            engine.close()  # each process has its own connection
        loaded: Future[Assistant] = Future()
        loaded.set_result(assistant)
        server, parent = self._server(loaded), os.getpid()

        async def stop_alone() -> None:
            server.should_exit |= os.getppid() != parent

        server.config.callback_notify, server.config.timeout_notify = stop_alone, 1
        workers = Workers(count, lambda: server.run(sockets=[self._listening]))
        self._say_ready(assistant)
        workers.run()

    def _server(self, loading: "Future[Assistant]") -> uvicorn.Server:
        app = create_app(loading, self._question_log, self._origins)
        app.add_middleware(AllowHosts, hosts=self._hosts)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=GRACE,
            server_header=False,
            http=connections(Load()),
            backlog=room(),
            ws="none",
        )
        return uvicorn.Server(config)

    def _say_ready(self, assistant: Assistant) -> None:
        host, port = self._listening.getsockname()[:2]
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        items = len(assistant.index.items)
        seconds = time.monotonic() - self._began
        self._log.print(
            f"已就绪：{address}（{items}个条目，启动用时 {seconds:.1f} 秒；按 Ctrl+C 停止）", soft_wrap=True
        )
