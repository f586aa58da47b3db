"""What goes out: the replies of the HTTP contract, as their readers see them. Fields may be added, never changed.

`Wire` writes them; these models describe and read what it writes, and are loaded only for that.
"""

from typing import Literal

from pydantic import BaseModel, Field


class DueReply(BaseModel):
    """A deadline: its words, and its last day where there is one."""

    text: str
    by: str | None


class ItemReply(BaseModel):
    """An item, and why it is in the reply: one that was asked for by address is matched by its number."""

    document: str
    document_title: str = Field(description="short: without who issues it")
    id: str
    number: int
    label: str
    section: int | None
    section_title: str | None
    text: str
    start: int = Field(description="offset of `text` in the document's text")
    end: int
    lead: list[str]
    support: list[str] = Field(description="named departments, then those of `collective`")
    collective: list[str] = Field(description="those that support the item only through words such as 各部室")
    bodies: list[str] = Field(description="those of `lead` and `support` that are all of a kind, such as 各市、县政府")
    responsible: bool = Field(description="`lead` are named as 责任单位: the text says of none that it leads")
    due: DueReply | None = Field(description="the deadline, that of the department note first")
    path: list[str] = Field(description="the headings above it, outermost first")
    part: str = Field(description="空，或 `a2`（附件2）、`t2`（同一文件里的第二个文本）")
    matched: Literal["number", "words", "meaning", "section", "department"]
    via: Literal["collective", "alias"] | None
    score: float
    highlights: list[tuple[int, int]] = Field(description="[start, end) offsets in `text`")
    url: str


class CitationReply(BaseModel):
    document: str
    id: str | None
    number: int | None
    start: int = Field(description="offset in the document's text")
    end: int
    quote: str
    url: str


class InDocumentReply(BaseModel):
    document: str
    count: int


class RowReply(BaseModel):
    name: str
    count: int
    ids: list[str]
    document: str | None = Field(default=None, description="of a row that is a document, its id")
    each: list[InDocumentReply] = Field(default=[], description="各年…：每份文件里有几项，新的在前")


class WordsReply(BaseModel):
    removed: list[str]
    added: list[str]


class SpansReply(BaseModel):
    """[start, end) offsets in the item's `text`."""

    removed: list[tuple[int, int]]
    added: list[tuple[int, int]]


class ChangeReply(BaseModel):
    """What became of an item from one document to the other."""

    kind: Literal["new", "gone", "changed", "same"]
    before: ItemReply | None
    after: ItemReply | None
    words: WordsReply = Field(description="of a change, the words removed and added")
    spans: SpansReply = Field(description="where these words stand, in `before` and in `after`")
    fields: list[Literal["lead", "support", "due"]] = Field(description="fields that differ")


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
    unread: list[str] = Field(default=[], description="words of the question that were not understood")


class ItemName(BaseModel):
    document: str
    id: str


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


class AskReply(BaseModel):
    question: str
    plan: PlanReply
    declined: bool
    reason: (
        Literal["out_of_scope", "no_match", "no_such_item", "no_such_section", "no_such_department", "field_absent"]
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
    related: list[ItemReply]
    changes: list[ChangeReply] = Field(default=[], description="两份文件逐项比较：与 `items` 一一对应，同样分页")
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


class StateReply(BaseModel):
    status: str


class ReadyReply(StateReply):
    failures: list[FailureReply]


REPLIES: dict[str, type[BaseModel]] = {
    "/api/ask": AskReply,
    "/api/search": SearchReply,
    "/api/documents": DocumentsReply,
    "/api/documents/{id}": DocumentReply,
    "/api/documents/{id}/items/{item_id}": ItemReply,
    "/livez": StateReply,
    "/readyz": ReadyReply,
}
