"""Who answers whom: for each set of documents that somebody may read, one who knows no others."""

from functools import lru_cache

from service.access import Caller
from service.assistant import Assistant
from service.question_log import QuestionLog
from service.replier import OnAnswer, Replier

MOST = 64  # sets of documents, those of late


class Repliers:
    """Those of one assistant; what they remember ends with it."""

    def __init__(self, assistant: Assistant, question_log: QuestionLog | None, on_answer: OnAnswer) -> None:
        self.assistant, self._question_log, self._on_answer = assistant, question_log, on_answer
        self._groups = frozenset(assistant.index.corpus.groups.values())
        self._without = lru_cache(maxsize=MOST)(self._made)

    def of(self, caller: Caller) -> Replier:
        return self._without(frozenset(group for group in self._groups if not caller.may_read(group)))

    def _made(self, closed: frozenset[str]) -> Replier:
        """Of the documents of all groups but these. Where a closed one is read, questions alone are kept: an answer may
        tell of it."""
        corpus = self.assistant.index.corpus
        readable = frozenset(one.id for one in corpus.documents if corpus.groups.get(one.id, "") not in closed)
        within = self.assistant.within(readable if closed else None)
        return Replier(within, self._question_log, tells=closed == self._groups, on_answer=self._on_answer)
