"""The service on a socket, in this process or in several."""

import gc
import os
import signal
import socket
import time
from concurrent.futures import Future, ThreadPoolExecutor

import uvicorn
from rich.console import Console

from service.access import Access
from service.activation import tell_ready
from service.app import create_app
from service.assistant import Assistant
from service.base_path import BasePath
from service.connections import connections
from service.editing import UPLOAD_LIMIT, Editing
from service.following import WARMING, Following
from service.front import Front
from service.hosts import AllowHosts
from service.library import Generations, Library
from service.limits import MEMORY
from service.load import Load
from service.metrics import Metrics
from service.observing import Observed
from service.opening import open_assistant
from service.progress import Progress
from service.question_log import QuestionLog
from service.renewing import Renewing
from service.room import room
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
        front: Front,
        listening: socket.socket,
        log: Console,
        began: float,
        watch: bool = False,
        read_key_required: bool = False,
        upload_limit: int = UPLOAD_LIMIT,
        workers: int = 1,
    ) -> None:
        self._settings, self._question_log, self._front = settings, question_log, front
        self._listening, self._log, self._began = listening, log, began
        self._upload_limit = upload_limit
        self._access = Access(settings.data, read_key_required=read_key_required)
        self._workers = workers
        self._metrics = Metrics(shared=workers > 1)
        self._served = Served()
        self._following = Following(settings, self._served, question_log, self._metrics)
        self._renewing = Renewing(settings, lambda: self._following.fingerprint, watch)
        self._has_terminal = _has_terminal()

    def run(self) -> None:
        """Until told to stop. Raises OpeningError."""
        try:
            self._run_alone() if self._workers == 1 else self._run_workers()
        finally:
            self._metrics.close()

    def _run_alone(self) -> None:
        """In this process, which answers 503 until all is loaded."""
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
        self._run_server(server)
        if not loading.done():
            os._exit(0)  # told to stop before it began: what is half built is nobody's
        if failed := loading.exception():
            raise failed
        self._end()
        os._exit(0)  # threads that still work for nobody would be waited for

    def _run_workers(self) -> None:
        """In several processes, which begin when all is loaded."""
        loaded = [open_assistant(self._settings, self._log)]
        loaded[0].ask(WARMING)
        if engine := loaded[0].index.held.engine:
            engine.close()  # each process has its own connection
        server, parent = self._server(), os.getpid()

        look = server.config.callback_notify

        async def stop_alone() -> None:
            server.should_exit |= os.getppid() != parent
            if look:
                await look()

        def serve() -> None:
            self._begin(loaded.pop(), frozen=True)  # the process's own, which it lets go with the first that follows
            self._heed_reloading()
            self._run_server(server)
            self._end()

        server.config.callback_notify = stop_alone
        workers = Workers(self._workers, serve, self._may_stay, self._metrics.ended)
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

    def _run_server(self, server: uvicorn.Server) -> None:
        """Until told to stop: the signal, which uvicorn raises once more at its end, must not end the process before that
        has put away what tells of it."""
        for one in ENDING:
            signal.signal(one, server.handle_exit)
        server.run(sockets=[self._listening])

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
        app = create_app(
            self._served, self._question_log, self._front, editing, self._access, self._metrics, self._settings.llm
        )
        app.add_middleware(AllowHosts, hosts=self._front.hosts, origins=self._front.origins)
        app.add_middleware(Observed, seen=self._metrics.request)
        if self._front.base_path:
            app.add_middleware(BasePath, base=self._front.base_path)
        load = Load()

        async def look() -> None:
            self._metrics.waits(load.waiting, load.under_way, len(server.server_state.connections))
            if self._settings.llm:
                self._metrics.model_rests(app.state.helping.client.rests)

        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=GRACE,
            server_header=False,
            ssl_certfile=self._front.certificate,
            ssl_keyfile=self._front.key,
            forwarded_allow_ips=[*self._front.proxies],
            http=connections(load, self._front.over, self._metrics.refused),
            callback_notify=look,
            timeout_notify=1,
            backlog=room(),
            ws="none",
        )
        server = uvicorn.Server(config)
        return server

    def _say_who_may(self) -> None:
        if self._access.read_key_required and not self._access.keys:
            self._log.print("读要密钥，而密钥还没有：yaodian keys add 名称", soft_wrap=True)
        elif not self._settings.names_folder and not self._access.keys:
            self._log.print(
                "没有密钥：谁都能读，只有命令行能改文档库。做一个：yaodian keys add 名称 --role editor", soft_wrap=True
            )

    def _say_how_often(self) -> None:
        limit = self._front.limit
        if self._workers > 1 and limit and limit.store == MEMORY:
            self._log.print(
                f"{self._workers}个进程各记各的次数：一个客户端至多{limit}，合起来实际至多是它的{self._workers}倍。"
                "要合在一起记：--limit-store redis://主机:6379/0",
                soft_wrap=True,
                markup=False,
            )

    def _say_ready(self, assistant: Assistant) -> None:
        address = self._address()
        items = len(assistant.index.items)
        seconds = time.monotonic() - self._began
        self._log.print(
            f"已就绪：{address}（{items}个条目，启动用时 {seconds:.1f} 秒；按 Ctrl+C 停止）", soft_wrap=True
        )
        self._say_who_may()
        self._say_how_often()
        tell_ready()

    def _address(self) -> str:
        place = self._listening.getsockname()
        if not isinstance(place, tuple):
            return str(place)  # of a socket of this machine
        host, port = place[:2]
        scheme = "https" if self._front.certificate else "http"
        return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}{self._front.base_path}"


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True
