"""What a model may say of a question: a small closed form, which becomes a plan only where every name in it is ours."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus import fold
from service.understanding import (
    About,
    Ask,
    Constraint,
    DueBy,
    InRole,
    InSection,
    Plan,
    Role,
    Vocabulary,
    of_documents,
    written,
)

_TOPIC = re.compile(r"[\w“”·、+-]{2,40}")  # words, and nothing that could be an address or a mark-up

Topic = Annotated[str, Field(max_length=40)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AskedDepartment(_Closed):
    name: Annotated[str, Field(max_length=200)]
    role: Role
    denied: bool = False


class Asked(_Closed):
    """It names no items: which these are the index says."""

    kind: Literal["items", "count", "who", "tally", "summary", "none"]
    topic: Topic | None = None
    without_topic: Topic | None = None
    departments: Annotated[list[AskedDepartment], Field(max_length=20)] = []
    sections: Annotated[list[int], Field(max_length=20)] = []
    documents: Annotated[list[str], Field(max_length=50)] = []
    due_by: datetime.date | None = None


class UnfitError(Exception):
    """The model's reply names something that there is not."""


def schema() -> dict[str, Any]:
    """Every property required, as servers that enforce schemas want it."""
    made = Asked.model_json_schema()
    for one in (made, *made["$defs"].values()):
        if one.get("type") == "object":
            one["required"] = list(one["properties"])
    return made


def plan_of(asked: Asked, vocabulary: Vocabulary) -> Plan | None:
    """The plan, of the documents of the vocabulary; None where the model says that they have no answer. What it gives as
    a topic must stand in them: near in meaning is not enough for words that nobody typed. Raises UnfitError."""
    if asked.kind == "none":
        return None
    where = tuple(_conditions(asked, vocabulary))
    if not where and asked.kind != "summary":
        raise UnfitError("没有任何条件")
    role = next((one.role for one in asked.departments), None)
    ask = Ask(asked.kind, role or "lead") if asked.kind in ("who", "tally") else Ask(asked.kind)
    plan = Plan("", ask, where, names_items=True, asks_fact=True)
    if asked.documents:
        if not set(asked.documents) <= vocabulary.catalogue.place.keys():
            raise UnfitError("文件不在所列之中")
        of = of_documents(asked.documents, vocabulary)
        plan = replace(plan, asked_of=of, documents=of.ids)
    return replace(plan, question=written(plan))


def _conditions(asked: Asked, vocabulary: Vocabulary) -> list[Constraint]:
    conditions: list[Constraint] = []
    for denied in (False, True):
        for role in ("lead", "support", "any"):
            given = [one.name for one in asked.departments if (one.role, one.denied) == (role, denied)]
            if given:
                conditions.append(InRole(role, _names(given, vocabulary), "none" if denied else "all"))
    if asked.sections:
        known = {section.number for sections in vocabulary.sections for section in sections}
        if not set(asked.sections) <= known:
            raise UnfitError("部分不在所列之中")
        conditions.append(InSection(tuple(dict.fromkeys(asked.sections))))
    if asked.due_by:
        conditions.append(DueBy(asked.due_by))
    for topic, not_ in ((asked.topic, False), (asked.without_topic, True)):
        if topic:
            if not _TOPIC.fullmatch(topic):
                raise UnfitError("主题不成词语")
            conditions.append(About(topic, not_))
    return conditions


def _names(given: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """As the documents write them."""
    folded = [fold(name) for name in given]
    if not set(folded) <= vocabulary.departments.keys():
        raise UnfitError("部门不在所列之中")
    return tuple(dict.fromkeys(vocabulary.departments[name] for name in folded))
