"""What a process answers with: one generation of the index after the other."""

from service.access import Caller
from service.assistant import Assistant
from service.problems import NotReadyError
from service.question_log import QuestionLog
from service.replier import OnAnswer, Replier
from service.repliers import Repliers


class Generation:
    """One index that was published, what answers from it, and the caches that hold of it alone."""

    def __init__(
        self,
        assistant: Assistant,
        question_log: QuestionLog | None = None,
        on_answer: OnAnswer = lambda grade, reason: None,
    ) -> None:
        self.assistant, self.name = assistant, assistant.index.generation
        self._repliers = Repliers(assistant, question_log, on_answer)

    def of(self, caller: Caller) -> Replier:
        """Who answers that one: of nothing else than it may read."""
        return self._repliers.of(caller)


class Served:
    """The generation that is asked from now on. A question takes it once and stays with it to its end."""

    def __init__(self, generation: Generation | None = None) -> None:
        self._generation, self._failed = generation, ""

    def swap(self, generation: Generation) -> None:
        self._generation = generation

    def fail(self, why: str) -> None:
        """Nothing can be asked, for this reason."""
        self._generation, self._failed = None, f"载入失败：{why}"

    @property
    def current(self) -> Generation:
        """Raises NotReadyError."""
        generation = self._generation
        if generation is None:
            raise NotReadyError(self._failed or "正在载入文档、索引与编码模型，请稍候再试。")
        return generation
