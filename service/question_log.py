"""Questions that were declined or disliked, kept for labelling where the operator asks for it; nothing else is kept.

A line is a question for `python -m eval --questions FILE` once its answer is filled in: no address, no name, no time.
"""

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock

from service.answering import Answer

Verdict = Literal["incomplete", "wrong", "meant"]
_VERDICTS: dict[Verdict, str] = {"incomplete": "用户认为漏了", "wrong": "用户认为不对"}

_log = logging.getLogger(__name__)


class QuestionLog:
    """Appends to a JSON-lines file. Raises OSError where it cannot be written when opened; later it only warns: a full
    disk must not cost an answer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+", encoding="utf-8") as file:
            file.seek(0)
            self._kept = {_key(json.loads(line)) for line in file if line.strip()}

    def declined(self, question: str, history: Sequence[str], answer: Answer, *, tells: bool = True) -> None:
        """Kept if the answer declines; of one that may speak of documents that are not for all, the reason alone."""
        if answer.declined:
            self._append(
                question, history, "拒答过", f"{answer.reason}：{answer.text}" if tells else str(answer.reason)
            )

    def disliked(self, question: str, history: Sequence[str], answer: Answer, verdict: Verdict) -> None:
        found = "、".join(match.item.id for match in answer.items) or "没有条目"
        self._append(question, history, "被否定", f"{_VERDICTS[verdict]}；当时答：{found}")

    def meant(self, question: str, history: Sequence[str], item: str) -> None:
        """One of the nearest items was what the asker meant: a labelled question."""
        self._append(question, history, "选中过", "用户说就是这一项", items=[item])

    def _append(self, question: str, history: Sequence[str], kind: str, note: str, **label: Any) -> None:
        """Once: the evaluation takes no question twice. A labelled line takes the place of one that is not."""
        row: dict[str, Any] = {"question": question, "history": list(history), "kind": kind, "note": note, **label}
        try:
            if _key(row) in self._kept and not label:
                return
            self._kept.add(_key(row))
            with FileLock(self.path.with_name(f"{self.path.name}.lock")):
                if label:
                    self._remove(_key(row))
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
        except OSError as error:
            _log.warning("问题记录写不进 %s（%s）", self.path, error.strerror)

    def _remove(self, key: tuple[str, ...]) -> None:
        lines = self.path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if line.strip() and _key(json.loads(line)) != key]
        if len(kept) < len(lines):
            temporary = self.path.with_name(f"{self.path.name}.part")
            temporary.write_text("".join(kept), encoding="utf-8")
            temporary.replace(self.path)


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return (*row.get("history", ()), row["question"])
