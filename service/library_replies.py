"""What the routes of the library reply: its documents, what was read of a file, who did what."""

from typing import Any, Literal

from pydantic import BaseModel, Field


class VersionReply(BaseModel):
    """A file as it came in, with what was settled of it."""

    number: int = Field(description="counts the files of its document; never used twice", examples=[2])
    name: str = Field(description="as its owner called the file", examples=["2024年要点.docx"])
    sha256: str
    settled: dict[str, Any] = Field(description="corrections, by the names that PATCH takes", examples=[{"title": "…"}])
    by: str = Field(description="the key's name", examples=["编辑"])
    at: str = Field(examples=["2026-11-27T15:16:06+00:00"])


class EntryReply(BaseModel):
    id: str = Field(examples=["plan-2024"])
    title: str | None = Field(description="where it is known without reading the file")
    state: Literal["published", "withdrawn", "draft"]
    group: str = Field(description="空：谁能读就谁能读；否则只有写明这一组的密钥能读", examples=["人事"])
    published: VersionReply | None = Field(description="the version last published")
    draft: VersionReply | None
    versions: list[VersionReply] = Field(description="all, where one document is told")
    created: str


class EntriesReply(BaseModel):
    documents: list[EntryReply]
    name: str | None = Field(description="of the key that asks")
    role: Literal["reader", "editor", "admin"] | None
    limit: int = Field(description="bytes of a file that comes in")


class EntryChangedReply(BaseModel):
    document: EntryReply


class EventReply(BaseModel):
    at: str
    by: str
    action: str = Field(examples=["publish"])
    document: str
    version: int | None
    detail: str


class EventsReply(BaseModel):
    events: list[EventReply] = Field(description="the last first, 1000 at most")


class WorkingReply(BaseModel):
    step: str = Field(examples=["built"])
    done: int = Field(description="documents indexed")
    total: int
    seconds: float


class ProgressReply(BaseModel):
    working: WorkingReply | None = Field(description="null where nothing is done to the document")


class ReadPartReply(BaseModel):
    id: str
    label: str
    title: str
    items: int


class ReadUnitReply(ReadPartReply):
    level: int


class ReadDepartmentReply(BaseModel):
    name: str
    lead: int = Field(description="items that it leads")
    support: int
    through: int = Field(description="items that it supports through words such as 各部室")
    collective: bool = Field(description="all of a kind, such as 各市、县政府")


class ReadDeadlineReply(BaseModel):
    id: str
    label: str
    text: str
    by: str | None


class WarningReply(BaseModel):
    line: int
    expected: str
    found: str
    assumed: str


class TreeReply(BaseModel):
    kind: Literal["part", "unit", "item"]
    id: str
    label: str
    title: str = Field(description="of an item its beginning")
    level: int = Field(description="0 of a text, 1 of the outermost headings")
    line: int


class ReadReply(BaseModel):
    """As `yaodian check --json` tells it, and the outline with its items."""

    id: str
    format: str
    encoding: str | None
    title: str
    issuer: str | None
    date: str | None
    number: str | None
    items: int = Field(description="outside attachments")
    parts: list[ReadPartReply]
    outline: list[ReadUnitReply]
    departments: list[ReadDepartmentReply]
    deadlines: list[ReadDeadlineReply]
    warnings: list[WarningReply]
    tree: list[TreeReply]


class ChangedItemReply(BaseModel):
    id: str
    label: str
    text: str
    stretches: list[tuple[int, int]] = Field(description="[start, end) of the words that changed, in `text`")


class DraftChangeReply(BaseModel):
    kind: Literal["new", "gone", "changed"]
    before: ChangedItemReply | None
    after: ChangedItemReply | None
    fields: list[Literal["lead", "support", "due"]] = Field(description="fields that differ")


class DraftReply(BaseModel):
    document: EntryReply
    read: ReadReply
    changes: list[DraftChangeReply] = Field(description="against what is published, item by item")


LIBRARY_REPLIES: dict[tuple[str, str], type[BaseModel]] = {
    ("get", "/api/library"): EntriesReply,
    ("get", "/api/library/history"): EventsReply,
    ("get", "/api/library/progress"): ProgressReply,
    ("put", "/api/documents/{id}"): DraftReply,
    ("patch", "/api/documents/{id}"): DraftReply,
    ("get", "/api/documents/{id}/draft"): DraftReply,
    ("delete", "/api/documents/{id}"): EntryChangedReply,
    ("post", "/api/documents/{id}/publish"): EntryChangedReply,
    ("post", "/api/documents/{id}/restore"): EntryChangedReply,
}
