"""Several processes that serve one socket: what was loaded before they part is theirs together.

They are forked, not started anew: of documents, index, dictionaries and libraries there is one copy, and a further
process costs what it changes.
"""

import gc
import logging
import os
import signal
import time
from collections.abc import Callable

ENDING = (signal.SIGTERM, signal.SIGINT)  # what tells a service to stop
RELOADING = getattr(signal, "SIGHUP", None)  # what tells it to look at its documents anew
PAUSE = 1.0  # seconds before a process that ended is replaced

_log = logging.getLogger(__name__)


class Workers:
    """Runs `serve` in `count` processes until told to stop; one that ends by itself is replaced."""

    def __init__(
        self,
        count: int,
        serve: Callable[[], None],
        may_stay: Callable[[], bool] = lambda: True,
        ended: Callable[[int], None] = lambda process: None,
    ) -> None:
        """Where it may not stay, the signal to look at the documents anew is one to stop. `ended` is told of each
        process that is no more."""
        self._count, self._serve, self._may_stay, self._ended = count, serve, may_stay, ended
        self._running: set[int] = set()
        self._stopping = False

    def run(self) -> None:
        for one in ENDING:
            signal.signal(one, self._stop)
        if RELOADING:
            signal.signal(RELOADING, self._pass_on)
        gc.collect()
        gc.freeze()  # the collector would write to every object, and so copy it
        while len(self._running) < self._count and not self._stopping:
            self._start()
        while self._running:
            ended, status = os.wait()
            self._running.discard(ended)
            self._ended(ended)
            if not self._stopping:
                _log.warning("进程 %d 结束了（%d），另起一个。", ended, os.waitstatus_to_exitcode(status))
                time.sleep(PAUSE)
                self._start()

    def _start(self) -> None:
        """A process more, unless told to stop meanwhile; none is started that a signal to stop would miss."""
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        process = 0 if self._stopping else os.fork()
        if process or self._stopping:
            self._running |= {process} - {0}
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        else:
            self._work()

    def _work(self) -> None:
        """In the new process, which ends with this."""
        code = 1
        try:
            for one in ENDING:
                signal.signal(one, signal.SIG_DFL)
            if RELOADING:
                signal.signal(RELOADING, signal.SIG_IGN)  # until it serves
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
            self._serve()
            code = 0
        except BaseException:
            _log.exception("进程 %d 出错了。", os.getpid())
        finally:
            os._exit(code)

    def _stop(self, *_: object) -> None:
        self._stopping = True
        for process in self._running:
            os.kill(process, signal.SIGTERM)

    def _pass_on(self, number: int, _: object) -> None:
        for process in self._running if self._may_stay() else ():
            os.kill(process, number)
        if not self._may_stay():
            self._stop()
