"""From a question asked over HTTP to the bytes of its reply."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from service.answering import Answer
from service.assistant import Assistant
from service.parts import Part
from service.question_log import QuestionLog
from service.remembered import Remembered
from service.requests import AskRequest
from service.wire import Wire, milliseconds, written

SHORT = 64  # characters of questions, earlier ones among them, that are answered on the loop
FEW = 2000  # items, up to which they are
ASKING = 8  # questions at once that wait for an engine elsewhere
_TOOK = b'"took_ms":'  # the last field of a reply, and the only one that differs from one time to the next

OnAnswer = Callable[[str, str | None], None]  # its grade, and why it declines
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply but for the time it took, and what is counted of it."""

    reply: bytes
    grade: str
    reason: str | None

    def __len__(self) -> int:
        return len(self.reply)


class Replier:
    """Answers for one assistant. What surely takes a few milliseconds is done on the event loop, which costs less than
    handing it to a thread; all else in one thread, so that other requests do not wait for it, or in several where an
    engine elsewhere does the work."""

    def __init__(
        self,
        assistant: Assistant,
        question_log: QuestionLog | None,
        *,
        tells: bool = True,
        on_answer: OnAnswer = lambda grade, reason: None,
    ) -> None:
        """The log `tells` what was answered besides what was asked; `on_answer` counts, those remembered too."""
        self.assistant, self.wire = assistant, Wire(assistant.corpus)
        self._question_log, self._tells = question_log, tells
        self._remembered = Remembered[Answered]()
        self._on_answer = on_answer
        elsewhere = assistant.index.held.engine is not None
        long = elsewhere or assistant.index.reranker is not None  # an answer may take
        self._slow = ThreadPoolExecutor(ASKING if elsewhere else 1, "slow")
        self._few = len(assistant.index.items) <= FEW and not long

    async def ask(self, request: AskRequest) -> bytes:
        began = time.perf_counter()
        key = (*_key(request), self.assistant.today())  # 今年, 这个月
        answered = self._remembered.get(key)
        if answered is None:
            answered = await self.done(lambda: self._answered(request), request.characters)
            self._remembered.keep(key, answered)
        self._on_answer(answered.grade, answered.reason)
        return b"%s%s%s}" % (answered.reply, _TOOK, str(milliseconds(began)).encode())

    async def done(self, work: Callable[[], T], characters: int) -> T:
        """The work's result, whose size is told by the characters asked about."""
        if self._few and characters <= SHORT:
            return work()
        return await asyncio.get_running_loop().run_in_executor(self._slow, work)

    def begin(self, request: AskRequest) -> Callable[[], Awaitable[Part | None]]:
        """The reply in parts: each call gives the next, and None after the last."""
        parts = self._parts(request, time.perf_counter())
        return lambda: self.done(lambda: next(parts, None), request.characters)

    def _parts(self, request: AskRequest, began: float) -> Iterator[Part]:
        answer = self._answer(request)
        self._on_answer(answer.grade, answer.reason)
        yield from self.wire.parts(request, answer, self.assistant.version)
        yield "end", {"took_ms": milliseconds(began)}

    def _answered(self, request: AskRequest) -> Answered:
        answer = self._answer(request)
        reply = written(self.wire.ask(request, answer, self.assistant.version, 0))
        return Answered(reply[: reply.rindex(_TOOK)], answer.grade, answer.reason)

    def _answer(self, request: AskRequest) -> Answer:
        answer = self.assistant.ask(request.question, request.history, request.documents, request.script)
        if self._question_log:
            self._question_log.declined(request.question, request.history, answer, tells=self._tells)
        return answer


def _key(request: AskRequest) -> tuple[object, ...]:
    documents = None if request.documents is None else tuple(request.documents)
    return request.question, *request.history, documents, request.script, request.limit, request.offset
