"""A process that serves follows the pointer: a generation that is published is loaded, warmed and swapped in."""

import gc
import logging
import os
import threading

from index import POINTER, pointed, read_pointer
from service.assistant import Assistant
from service.metrics import Metrics
from service.opening import OpeningError, library_of, reopened, sources_of
from service.presence import Presence
from service.question_log import QuestionLog
from service.served import Generation, Served
from service.settings import Settings

LOOK = 0.05  # seconds between two looks at the pointer
LATER = 40  # looks after a swap, when nothing is asked of the generation before any more
AGAIN = 20  # looks between two tries to say what is served
# what is loaded when it is first needed: the dictionaries of words and sounds, and the way to Traditional
WARMING = "第1項講什麼"

_log = logging.getLogger(__name__)
Seen = tuple[int, ...] | None  # what a file was when it was looked at


class Following:
    """Puts into `served` what the data folder points at, from `begin` until `end`."""

    def __init__(self, settings: Settings, served: Served, question_log: QuestionLog | None, metrics: Metrics) -> None:
        self._settings, self._served, self._question_log = settings, served, question_log
        self._metrics = metrics
        self._ended = threading.Event()

    def begin(self, assistant: Assistant, *, frozen: bool = False) -> None:
        """Serves it, or what has been published since it was loaded. One that is `frozen` the collector of garbage has
        been told to leave alone."""
        self._frozen = frozen
        self._presence = Presence(self._settings)
        self._assistant = assistant
        self._presence.serves(assistant.index.generation)
        self._seen: Seen = None
        self._look()
        if self._assistant is assistant:
            if self._is_behind(assistant):
                self._served.fail("已发布的索引还没有就绪。")  # what was withdrawn meanwhile may be in this one
            else:
                self._swap(assistant)
        threading.Thread(target=self._follow, name="following", daemon=True).start()

    def _is_behind(self, assistant: Assistant) -> bool:
        """The library has published something else. One that is in memory alone is not what the folder points at, and
        may hold all."""
        if not library_of(self._settings) or pointed(self._settings.data) == assistant.index.generation:
            return False
        return sources_of(self._settings).fingerprint != assistant.index.corpus.fingerprint

    @property
    def fingerprint(self) -> str:
        """Of the documents that are served."""
        return self._assistant.index.corpus.fingerprint

    def end(self) -> None:
        self._ended.set()
        self._presence.ended()

    def _follow(self) -> None:
        left, swapped, looks = 0, self._assistant, 0
        while not self._ended.wait(LOOK):
            self._look()
            looks += 1
            if looks % AGAIN == 0:
                self._presence.say_again()
            if self._assistant is not swapped:
                left, swapped = LATER, self._assistant
            elif left:
                left -= 1
                if not left:  # what questions under way still held
                    self._let_go()

    def _look(self) -> None:
        """Loads what is pointed at, if that is another than is served."""
        pointer = self._settings.data / POINTER
        while (seen := _seen(pointer)) != self._seen:
            self._seen = seen
            try:
                if read_pointer(self._settings.data) not in (None, self._assistant.index.generation):
                    assistant = reopened(self._settings, self._assistant)
                    assistant.ask(WARMING)
                    self._swap(assistant)
                    self._let_go()
            except (OpeningError, OSError, UnicodeDecodeError) as error:
                _log.warning("没有换上新的索引，仍用原来的：%s", error)

    def _swap(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._served.swap(Generation(assistant, self._question_log, self._metrics.answer))
        self._metrics.serves(assistant)
        self._presence.serves(assistant.index.generation)

    def _let_go(self) -> None:
        """The generation before, which holds memory and files open."""
        if self._frozen:
            gc.unfreeze()
            self._frozen = False
        gc.collect()


def _seen(path: "os.PathLike[str]") -> Seen:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
