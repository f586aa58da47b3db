"""The service on a socket, in this process or in several."""

import gc
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import uvicorn
from rich.console import Console

from service.access import Access
from service.app import create_app
from service.assistant import Assistant
from service.connections import connections, room
from service.editing import UPLOAD_LIMIT, Editing
from service.following import WARMING, Following
from service.hosts import AllowHosts
from service.library import Generations, Library
from service.load import Load
from service.opening import open_assistant
from service.progress import Progress
from service.question_log import QuestionLog
from service.renewing import Renewing
from service.served import Served
from service.settings import Settings
from service.workers import ENDING, RELOADING, Workers

GRACE = 5  # seconds that requests have to end when the service is told to


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
        watch: bool = False,
        read_key_required: bool = False,
        upload_limit: int = UPLOAD_LIMIT,
        hosts: Sequence[str] = (),
    ) -> None:
        self._hosts = hosts
        self._settings, self._question_log, self._origins = settings, question_log, origins
        self._listening, self._log, self._began = listening, log, began
        self._upload_limit = upload_limit
        self._access = Access(settings.data, read_key_required=read_key_required)
        self._served = Served()
        self._following = Following(settings, self._served, question_log)
        self._renewing = Renewing(settings, lambda: self._following.fingerprint, watch)
        self._has_terminal = _has_terminal()
        logging.basicConfig(level=logging.WARNING, stream=sys.stderr)

    def run(self) -> None:
        """In this process, which answers 503 until all is loaded. Raises OpeningError."""
        self._heed_reloading()
        server = self._server()
        gc.collect()
        gc.freeze()  # what stays; the collector then has only generations to look through
        opening = ThreadPoolExecutor(1, "loading")
        loading: Future[None] = opening.submit(self._open)

        def loaded(done: "Future[None]") -> None:
            if error := done.exception():
                self._served.fail(str(error))
                server.should_exit = True

        loading.add_done_callback(loaded)
        server.run(sockets=[self._listening])
        if failed := loading.exception():
            raise failed
        self._end()

    def run_workers(self, count: int) -> None:
        """In `count` processes, which begin when all is loaded. Raises OpeningError."""
        loaded = [open_assistant(self._settings, self._log)]
        loaded[0].ask(WARMING)
        if engine := loaded[0].index.held.engine:
            engine.close()  # each process has its own connection
        server, parent = self._server(), os.getpid()

        async def stop_alone() -> None:
            server.should_exit |= os.getppid() != parent

        def serve() -> None:
            self._begin(loaded.pop(), frozen=True)  # the process's own, which it lets go with the first that follows
            self._heed_reloading()
            server.run(sockets=[self._listening])
            self._end()

        server.config.callback_notify, server.config.timeout_notify = stop_alone, 1
        workers = Workers(count, serve, self._may_stay)
        self._say_ready(loaded[0])
        workers.run()

    def _open(self) -> None:
        assistant = open_assistant(self._settings, self._log)
        self._begin(assistant)
        self._say_ready(assistant)

    def _begin(self, assistant: Assistant, *, frozen: bool = False) -> None:
        self._following.begin(assistant, frozen=frozen)
        self._renewing.begin()

    def _end(self) -> None:
        self._renewing.end()
        self._following.end()

    def _heed_reloading(self) -> None:
        """The signal of a terminal that is gone is the same: then this process ends, as any does."""
        if RELOADING:
            signal.signal(
                RELOADING, lambda *_: self._renewing.tell() if self._may_stay() else signal.raise_signal(ENDING[0])
            )

    def _may_stay(self) -> bool:
        return not self._has_terminal or _has_terminal()

    def _server(self) -> uvicorn.Server:
        progress = Progress()
        library = None
        if not self._settings.names_folder:
            publisher = Generations(self._settings, progress.on_document)
            library = Library(self._settings.data, publisher, progress.on_step)
        editing = Editing(self._served, self._access, library, progress, self._upload_limit)
        app = create_app(self._served, self._question_log, self._origins, editing, self._access, self._settings.llm)
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

    def _say_who_may(self) -> None:
        if self._access.read_key_required and not self._access.keys:
            self._log.print("读要密钥，而密钥还没有：yaodian keys add 名称", soft_wrap=True)
        elif not self._settings.names_folder and not self._access.keys:
            self._log.print(
                "没有密钥：谁都能读，只有命令行能改文档库。做一个：yaodian keys add 名称 --role editor", soft_wrap=True
            )

    def _say_ready(self, assistant: Assistant) -> None:
        host, port = self._listening.getsockname()[:2]
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        items = len(assistant.index.items)
        seconds = time.monotonic() - self._began
        self._log.print(
            f"已就绪：{address}（{items}个条目，启动用时 {seconds:.1f} 秒；按 Ctrl+C 停止）", soft_wrap=True
        )
        self._say_who_may()


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True
