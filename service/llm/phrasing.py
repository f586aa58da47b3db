"""A set put into sentences by the model, of which only those are kept that their items say."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import Document, Item, to_simplified
from service.answering import Answer
from service.answering.answer import items_of
from service.llm.client import Client, LlmError
from service.llm.gate import Gate

PROMPT = (Path(__file__).parent / "phrasing.txt").read_text(encoding="utf-8")
ITEMS, CHARACTERS = 60, 24_000  # of a set that is put into sentences, at most
SENTENCES = 60  # looked at
MOST_DROPPED = 3  # one of so many, and the rest is not shown either
ASKED = ("summary", "compare")  # kinds of question that want it

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["sentences"],
    "properties": {
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["text", "items"],
                "properties": {"text": {"type": "string"}, "items": {"type": "array", "items": {"type": "string"}}},
            },
        }
    },
}


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Phrased:
    """What is kept, and why how many were not."""

    kept: tuple[Sentence, ...]
    dropped: Mapping[str, int] = field(default_factory=dict)

    @property
    def offered(self) -> int:
        return len(self.kept) + sum(self.dropped.values())

    @property
    def shown(self) -> bool:
        return bool(self.kept) and sum(self.dropped.values()) * MOST_DROPPED <= self.offered


def may_phrase(answer: Answer) -> bool:
    items = items_of(answer.items)
    return 0 < len(items) <= ITEMS and sum(len(item.text) for item in items) <= CHARACTERS


async def sentences(answer: Answer, question: str, client: Client) -> list[Any]:
    """As the model writes them. Raises LlmError."""
    named = names_of(items_of(answer.items))
    simplified = answer.script == "hans"
    lines = [json.dumps(_told(name, item, simplified=simplified), ensure_ascii=False) for name, item in named.items()]
    reply = await client.complete(PROMPT, "\n".join(["条目：", *lines, f"要求：{question}"]), SCHEMA)
    written = reply.get("sentences")
    if not isinstance(written, list):
        raise LlmError("模型的回复里没有句子")
    return written[:SENTENCES]


def checked(
    written: Sequence[Any], answer: Answer, documents: Mapping[str, Document], departments: Mapping[str, str]
) -> Phrased:
    """Those that pass."""
    items = items_of(answer.items)
    named, gate = names_of(items), Gate(items, documents, departments)
    kept, dropped = [], Counter[str]()
    for one in written:
        text, cited = _parts(one)
        found = [named[name] for name in cited if name in named]
        refusal = "citation" if len(found) < len(cited) else gate.refuses(text, found)
        if refusal:
            dropped[refusal] += 1
        else:
            kept.append(Sentence(text.strip(), tuple(dict.fromkeys(found))))
    return Phrased(tuple(kept), dropped)


def names_of(items: Sequence[Item]) -> dict[str, Item]:
    """What the model calls them: by id, where that tells them apart."""
    counts = Counter(item.id for item in items)
    return {item.id if counts[item.id] == 1 else f"{item.document}#{item.id}": item for item in items}


def _told(name: str, item: Item, *, simplified: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"id": name, "编号": item.label, "文字": item.text}
    if item.lead:
        told["责任" if item.responsible else "牵头"] = list(item.lead)
    if item.support:
        told["协作"] = list(item.support)
    if item.dues:
        told["时限"] = [due.text for due in item.dues]
    return {key: _simplified(value) if simplified and key != "id" else value for key, value in told.items()}


def _simplified(value: Any) -> Any:
    return [to_simplified(one) for one in value] if isinstance(value, list) else to_simplified(value)


def _parts(one: Any) -> tuple[str, list[str]]:
    """The text and the names of what it cites; neither where it is of another shape."""
    if not isinstance(one, dict):
        return "", []
    text, cited = one.get("text"), one.get("items")
    if not isinstance(text, str) or not isinstance(cited, list):
        return "", []
    return text, [str(name) for name in cited]
