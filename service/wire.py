"""The JSON of the HTTP contract: what comes in, checked, and what goes out. Fields may be added, never changed."""

import datetime
import time
from collections.abc import Sequence
from typing import Annotated, Any, Literal
from urllib.parse import quote

from pydantic import BaseModel, BeforeValidator, Field, StrictInt

from corpus import Corpus, Document, Item, to_traditional, well_formed
from index import Hit
from service.answering import Answer, Citation, Match, Row, Script, Statement, as_match
from service.question_log import Verdict
from service.suggestions import follow_ups, opening_questions, without_each
from service.understanding import Plan
from service.understanding.flat import flat

QUESTION_LENGTH = 500  # characters at most
HISTORY_LENGTH = 20  # earlier questions at most
LIMIT, SEARCH_LIMIT = 200, 10  # entries of a reply where the client names no limit


def _clean(value: Any) -> Any:
    return well_formed(value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_clean)]
Question = Annotated[Text, Field(min_length=1, max_length=QUESTION_LENGTH)]


class AskRequest(BaseModel):
    """A question. `history` holds the asker's earlier questions, oldest first; `limit` and `offset` page `items`."""

    question: Question = Field(examples=["哪些任务涉及垃圾分类"])
    history: list[Question] = Field(default=[], max_length=HISTORY_LENGTH)
    documents: Annotated[list[Text], Field(min_length=1, max_length=1000)] | None = None
    script: Literal["auto", "hans", "hant"] = "auto"
    limit: StrictInt = Field(default=LIMIT, ge=1, le=1000)
    offset: StrictInt = Field(default=0, ge=0, le=1_000_000_000)


class ExportRequest(AskRequest):
    """A question whose answer is wanted as a file, its set whole."""

    format: Literal["xlsx", "text"]


class FeedbackRequest(BaseModel):
    """A question whose answer was incomplete or wrong, or which of the nearest items was meant (`item`, 文档#编号); kept only
    where the operator has turned the log on."""

    question: Question
    history: list[Question] = Field(default=[], max_length=HISTORY_LENGTH)
    documents: Annotated[list[Text], Field(min_length=1, max_length=1000)] | None = None
    verdict: Verdict
    item: Annotated[Text, Field(max_length=300)] | None = None


EXPECTED = {
    "format": "应为 xlsx 或 text",
    "verdict": "应为 incomplete（漏了）、wrong（不对）或 meant（就是 item 这一项）",
    "item": "应为至多300个字符的“文档#编号”；verdict 为 meant 时必填",
    "question": f"应为1至{QUESTION_LENGTH}个字符的文本",
    "history": f"应为至多{HISTORY_LENGTH}个问题的列表，每个1至{QUESTION_LENGTH}个字符",
    "documents": "应为文档编号的列表，至少一个",
    "script": "应为 auto、hans 或 hant",
    "limit": "应为规定范围内的整数（问答1至1000，搜索1至100）",
    "offset": "应为不小于0的整数",
    "q": f"应为至多{QUESTION_LENGTH}个字符的文本",
}


class DueReply(BaseModel):
    """A deadline: its words, and its last day where there is one."""

    text: str
    by: str | None


class ItemReply(BaseModel):
    """An item, and why it is in the reply: one that was asked for by address is matched by its number."""

    document: str
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


class RowReply(BaseModel):
    name: str
    count: int
    ids: list[str]


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


class DocumentSummary(BaseModel):
    id: str
    title: str
    issuer: str | None
    date: str | None
    number: str | None = Field(description="发文字号")
    items: int = Field(description="items of the text itself; those of attachments are counted in `parts`")
    parts: list[PartReply]
    sections: list[SectionReply]
    suggestions: list[str] = Field(description="questions that the document answers")


class DocumentsReply(BaseModel):
    documents: list[DocumentSummary]
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


class Wire:
    """Values -> replies, for the documents of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._documents = {document.id: document for document in corpus.documents}
        self.failures = [FailureReply(name=one.name, reason=one.reason) for one in corpus.failures]
        self._suggestions = {document.id: opening_questions(corpus, document) for document in corpus.documents}

    def ask(self, request: AskRequest, answer: Answer, version: str, began: float) -> AskReply:
        """`began` is when work on it did, by `time.perf_counter`."""
        shown = answer.items[request.offset : request.offset + request.limit]
        return AskReply(
            question=request.question,
            plan=_plan(answer.plan),
            declined=answer.declined,
            reason=answer.reason,
            answer=answer.text,
            grade=answer.grade,
            reading=answer.reading,
            conditions=[ConditionReply(said=said, without=without) for said, without in without_each(answer)],
            statements=[_statement(statement) for statement in answer.statements],
            layout=answer.layout,
            script=answer.script,
            count=answer.count,
            considered=answer.considered,
            items=[self.item(match, answer.script) for match in shown],
            related=[self.item(match, answer.script) for match in answer.related],
            table=None if answer.table is None else [_row(row) for row in answer.table],
            citations=[self._citation(citation) for citation in answer.citations],
            follow_ups=follow_ups(answer, self._asked(request.documents)),
            index_version=version,
            took_ms=_milliseconds(began),
        )

    def search(self, query: str, hits: Sequence[Hit], offset: int, limit: int, began: float) -> SearchReply:
        shown = [self.item(as_match(hit)) for hit in hits[offset : offset + limit]]
        return SearchReply(query=query, total=len(hits), hits=shown, took_ms=_milliseconds(began))

    def item(self, match: Match, script: Script = "hans") -> ItemReply:
        item = match.item
        return ItemReply(
            document=item.document,
            id=item.id,
            number=item.number,
            label=to_traditional(item.label) if script == "hant" else item.label,
            section=item.section,
            section_title=self._documents[item.document].section_title(item),
            text=item.text,
            start=item.body.start,
            end=item.body.end,
            lead=list(item.lead),
            support=list(item.supporting),
            collective=list(item.collective),
            bodies=list(item.bodies),
            responsible=item.responsible,
            due=None if item.due is None else DueReply(text=item.due.text, by=_day(item.due.by)),
            path=[unit.title for unit in item.path],
            part=item.part.id,
            matched=match.matched,
            via=match.via,
            score=round(match.score, 4),
            highlights=list(match.highlights),
            url=item_url(item),
        )

    def suggestions(self, id: str) -> list[str]:
        """Questions that the document answers."""
        return self._suggestions[id]

    def summary(self, document: Document) -> DocumentSummary:
        suggestions = self.suggestions(document.id)
        items = sum(not item.part.id.startswith("a") for item in document.items)
        return DocumentSummary(**_about(document), items=items, suggestions=suggestions)

    def document(self, document: Document) -> DocumentReply:
        head = [HeadReply(role=part.role, start=part.span.start, end=part.span.end) for part in document.head]
        items = [self.item(Match(item, "number")) for item in document.items]
        return DocumentReply(
            **_about(document),
            format=document.format,
            original=f"{document_url(document.id)}/original",
            outline=[
                UnitReply(
                    id=unit.id,
                    number=unit.number,
                    label=unit.label,
                    title=unit.title,
                    level=unit.level,
                    part=unit.part.id,
                )
                for unit in document.outline
            ],
            text=document.text,
            head=head,
            items=items,
        )

    def _asked(self, ids: Sequence[str] | None) -> list[Document]:
        return [document for id, document in self._documents.items() if ids is None or id in ids]

    def _citation(self, citation: Citation) -> CitationReply:
        if citation.item:
            url = item_url(citation.item)
        else:
            anchor = f"section-{citation.section}" if citation.section is not None else "head"
            url = f"{document_url(citation.document)}#{anchor}"
        return CitationReply(
            document=citation.document,
            id=citation.item.id if citation.item else None,
            number=citation.item.number if citation.item else None,
            start=citation.span.start,
            end=citation.span.end,
            quote=citation.quote,
            url=url,
        )


def document_url(id: str) -> str:
    return f"/documents/{quote(id, safe='')}"


def item_url(item: Item) -> str:
    return f"{document_url(item.document)}#item-{item.id}"


def _about(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "issuer": document.issuer,
        "date": _day(document.date),
        "number": document.number,
        "parts": [
            PartReply(id=part.id, label=part.label, title=part.title, items=len(document.items_of(part)))
            for part in document.parts
        ],
        "sections": [SectionReply(number=section.number, title=section.title) for section in document.sections],
    }


def _day(date: datetime.date | None) -> str | None:
    return date.isoformat() if date else None


def _plan(plan: Plan) -> PlanReply:
    return PlanReply(**flat(plan))


def _statement(statement: Statement) -> StatementReply:
    items = [ItemName(document=item.document, id=item.id) for item in statement.items]
    return StatementReply(kind=statement.kind, text=statement.text, values=dict(statement.values), items=items)


def _milliseconds(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)


def _row(row: Row) -> RowReply:
    return RowReply(name=row.name, count=len(row.items), ids=[item.id for item in row.items])
