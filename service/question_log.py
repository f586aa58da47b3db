"""Questions that were declined or disliked, kept for labelling where the operator asks for it; nothing else is kept.

A line is a question for `python -m eval --questions FILE` once its answer is filled in: no address, no name, no time.
"""

import json
import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from service.answering import Answer

Verdict = Literal["incomplete", "wrong"]
_VERDICTS: dict[Verdict, str] = {"incomplete": "用户认为漏了", "wrong": "用户认为不对"}

_log = logging.getLogger(__name__)


class QuestionLog:
    """Appends to a JSON-lines file. Raises OSError where it cannot be written when opened; later it only warns: a full
    disk must not cost an answer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+", encoding="utf-8") as file:
            file.seek(0)
            self._kept = {_key(json.loads(line)) for line in file if line.strip()}

    def declined(self, question: str, history: Sequence[str], answer: Answer) -> None:
        """Kept if the answer declines."""
        if answer.declined:
            self._append(question, history, "拒答过", f"{answer.reason}：{answer.text}")

    def disliked(self, question: str, history: Sequence[str], answer: Answer, verdict: Verdict) -> None:
        found = "、".join(match.item.id for match in answer.items) or "没有条目"
        self._append(question, history, "被否定", f"{_VERDICTS[verdict]}；当时答：{found}")

    def _append(self, question: str, history: Sequence[str], kind: str, note: str) -> None:
        row: dict[str, Any] = {"question": question, "history": list(history), "kind": kind, "note": note}
        try:
            if _key(row) in self._kept:  # once: the evaluation takes no question twice
                return
            self._kept.add(_key(row))
            with self._lock, self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        except OSError as error:
            _log.warning("问题记录写不进 %s（%s）", self.path, error.strerror)


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return (*row.get("history", ()), row["question"])
