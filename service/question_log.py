"""Questions that were declined or disliked, kept for labelling where the operator asks for it; nothing else is kept.

A line is a question for `python -m eval --questions FILE` once its answer is filled in: no address, no name, no time.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from service.answering import Answer
from service.line_file import Key, LineFile

Verdict = Literal["incomplete", "wrong", "meant"]
_VERDICTS: dict[Verdict, str] = {"incomplete": "用户认为漏了", "wrong": "用户认为不对"}

_log = logging.getLogger(__name__)


class QuestionLog:
    """Appends to a JSON-lines file. Raises OSError where it cannot be written when opened; later it only warns: a full
    disk must not cost an answer."""

    def __init__(self, path: Path) -> None:
        self._file = LineFile(path, _key)
        self._lost = 0  # questions that could not be written
        if unsound := self._file.unsound:
            aside = f"，原样另存为 {self._file.aside}" if self._file.aside else ""
            _log.warning("问题记录 %s 有 %d 行读不懂（应为每行一个 JSON 对象）%s；其余照常使用。", path, unsound, aside)

    @property
    def path(self) -> Path:
        return self._file.path

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
            self._file.append(json.dumps(row, ensure_ascii=False).encode(), instead=bool(label))
        except OSError as error:
            self._lost += 1
            if self._lost == 1:  # of many that follow it is not said
                reason = error.strerror or "另一个进程一直占着它"
                _log.warning("问题记录写不进 %s（%s）；写得进之前的都不记。", self.path, reason)
        else:
            if self._lost:
                _log.warning("问题记录 %s 又写得进了；其间有 %d 个没有记下。", self.path, self._lost)
            self._lost = 0


def _key(line: bytes) -> Key | None:
    """What tells a question from others; of a line that holds none, None."""
    try:
        row = json.loads(line)
        question, history = row["question"], row.get("history", [])
        asked = [*history, question]
        if not (isinstance(history, list) and all(isinstance(one, str) for one in asked)):
            return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return hashlib.blake2b("\0".join(asked).encode(errors="surrogatepass"), digest_size=16).digest()
