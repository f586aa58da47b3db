"""What a reply tells of items: each whole, quoted, counted in rows, and what became of it in another document."""

from typing import Literal

from pydantic import BaseModel, Field


class DueReply(BaseModel):
    """A deadline: its words, and its last day where there is one."""

    text: str
    by: str | None


class HansReply(BaseModel):
    """An item's own words in Simplified, to be read and not to be quoted; each as long as the original."""

    text: str
    section_title: str | None
    path: list[str]
    lead: list[str]
    support: list[str]
    collective: list[str]
    collective_words: list[str]
    due: DueReply | None


class ItemReply(BaseModel):
    """An item, and why it is in the reply: one that was asked for by address is matched by its number."""

    document: str
    document_title: str = Field(description="the short title of its document")
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
    collective_words: list[str] = Field(description="these words, as the text has them: 各部室、下属单位")
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
    hans: HansReply | None = Field(description="where `script` is `hans` and the item is written otherwise")


class PlacedReply(ItemReply):
    """An item that was asked for by address, in its place."""

    before: list[ItemReply] = Field(description="`around` items before it in the document, in its order")
    after: list[ItemReply]


class CitationReply(BaseModel):
    document: str
    document_title: str = Field(description="its short title")
    id: str | None
    number: int | None
    start: int = Field(description="offset in the document's text")
    end: int
    quote: str
    url: str


class ItemName(BaseModel):
    document: str
    id: str


class InDocumentReply(BaseModel):
    document: str
    count: int


class RowReply(BaseModel):
    name: str
    count: int
    ids: list[str]
    items: list[ItemName] = Field(description="the same, each with its document")
    document: str | None = Field(default=None, description="of a row that is a document, its id")
    name_hans: str | None = Field(default=None, description="where `script` is `hans` and `name` is written otherwise")
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
