"""What goes out: the replies of the HTTP contract, as their readers see them. Fields may be added, never changed.

`Wire` writes them; these models describe and read what it writes, and are loaded only for that.
"""

from typing import Literal

from pydantic import BaseModel, Field

from service.item_replies import ChangeReply, CitationReply, ItemName, ItemReply, PlacedReply, RowReply


class PlanReply(BaseModel):
    intent: Literal["items", "count", "lookup", "section", "field", "about", "none"]
    question: str
    topic: str | None
    numbers: list[int]
    section: int | None
    sections: list[int] = Field(description="all sections asked about; `section` where it is one")
    field: str | None
    lead: list[str]
    support: list[str]
    any: list[str]
    department_rule: Literal["all", "any", "only", "none"]
    exclude: list[str]
    without_lead: list[str]
    without_support: list[str]
    without_topic: str | None
    without_numbers: list[int]
    from_history: bool
    documents: list[str] = Field(default=[], description="ids of those that the question chose; empty: all asked")
    unread: list[str] = Field(default=[], description="words of the question that were not understood")


class StatementReply(BaseModel):
    """One thing that the answer says: decided by kind and values, worded in `text`."""

    kind: str
    text: str
    values: dict[str, str | int]
    items: list[ItemName]


class ConditionReply(BaseModel):
    """A condition as it was read, and the question without it; null where nothing else would be asked."""

    said: str
    without: str | None


class DocumentCount(BaseModel):
    """A document that the answer is from, and how many of its items it has."""

    id: str
    title: str
    short_title: str
    date: str | None
    count: int
    unit: Literal["条", "项"] = Field(description="what its items are counted in")


class ChoiceReply(BaseModel):
    """A document that may have been meant, and the question that asks it alone."""

    document: str
    title: str
    question: str


class AskReply(BaseModel):
    question: str
    plan: PlanReply
    declined: bool
    reason: (
        Literal[
            "out_of_scope",
            "no_match",
            "no_such_item",
            "no_such_section",
            "no_such_department",
            "no_such_document",
            "which_document",
            "field_absent",
        ]
        | None
    )
    answer: str
    grade: Literal["found", "perhaps", "outside"] = Field(
        description="perhaps: nothing stands literally, see `related`"
    )
    reading: str = Field(description="how the question was read, in a sentence; empty where it was not")
    conditions: list[ConditionReply] = Field(description="its conditions, each to be taken away")
    statements: list[StatementReply] = Field(description="what `answer` says, one by one")
    layout: Literal["table", "department", "section"] | None = Field(description="how the items are to be shown")
    script: Literal["hans", "hant"] = Field(description="of the answer's own words")
    count: int | None
    considered: int
    items: list[ItemReply]
    changes: list[ChangeReply] = Field(default=[], description="两份文件逐项比较：与 `items` 一一对应，同样分页")
    related: list[ItemReply]
    documents: list[DocumentCount] = Field(description="those that the answer is from, in its order: the newest first")
    choices: list[ChoiceReply] = Field(description="of `which_document`: the newest first, at most 20")
    table: list[RowReply] | None
    citations: list[CitationReply]
    follow_ups: list[str] = Field(
        description="questions that make sense after this answer, to be asked with it as history"
    )
    index_version: str
    took_ms: float


class SearchReply(BaseModel):
    query: str
    total: int
    hits: list[ItemReply]
    took_ms: float


class SectionReply(BaseModel):
    number: int
    title: str


class UnitReply(BaseModel):
    """A heading of the outline; its anchor on the document's page is `section-` and the id."""

    id: str
    number: int
    label: str
    title: str
    level: int = Field(description="1 for the outermost")
    part: str


class PartReply(BaseModel):
    """One of the texts in a file: `""` is the text itself, `a2` attachment 2, `t2` a second text."""

    id: str
    label: str
    title: str
    items: int


class FailureReply(BaseModel):
    """A file of the documents' folder that is not served, and why."""

    name: str
    reason: str


class BriefReply(BaseModel):
    """A document in a list to choose from: `fields=brief`."""

    id: str
    title: str
    issuer: str | None
    date: str | None
    number: str | None = Field(description="发文字号")
    short_title: str = Field(description="without who issues it; of this document alone")
    items: int = Field(description="items of the text itself; those of attachments are counted in `parts`")
    unit: Literal["条", "项"] = Field(description="what they are counted in")


class DocumentSummary(BriefReply):
    parts: list[PartReply]
    sections: list[SectionReply]
    suggestions: list[str] = Field(description="questions that the document answers")


class DocumentsReply(BaseModel):
    """The newest first."""

    documents: list[DocumentSummary | BriefReply]
    total: int = Field(description="documents that fit, `limit` or not")
    failures: list[FailureReply] = Field(description="files that could not be read; none of them keeps others away")


class HeadReply(BaseModel):
    role: str
    start: int
    end: int


class DocumentReply(BaseModel):
    id: str
    title: str
    issuer: str | None
    date: str | None
    number: str | None
    format: str = Field(description="of the file: txt, md, html, docx, pdf, xlsx")
    original: str = Field(description="address of the file as it came")
    parts: list[PartReply]
    sections: list[SectionReply]
    outline: list[UnitReply]
    text: str
    head: list[HeadReply]
    items: list[ItemReply]


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    parameters: list[str] = Field(default=[], description="of 422: those that should have been otherwise; else absent")


class StateReply(BaseModel):
    status: str


class ReadyReply(StateReply):
    failures: list[FailureReply]


REPLIES: dict[tuple[str, str], type[BaseModel]] = {
    ("post", "/api/ask"): AskReply,
    ("get", "/api/search"): SearchReply,
    ("get", "/api/documents"): DocumentsReply,
    ("get", "/api/documents/{id}"): DocumentReply,
    ("get", "/api/documents/{id}/items/{item_id}"): PlacedReply,
    ("get", "/livez"): StateReply,
    ("get", "/readyz"): ReadyReply,
}
