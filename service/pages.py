"""The pages people read: chat and document, rendered with everything escaped and under a strict policy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from corpus import Document, Item, to_simplified
from service.wire import document_url

_POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_TEMPLATES.globals["document_url"] = document_url


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the source as it came, to be shown under its anchor: before + body + after."""

    kind: str  # title, head, section, item
    anchor: str
    before: str
    body: str
    after: str


def chat_page(documents: Sequence[Document]) -> HTMLResponse:
    return _page("chat.html", 200, documents=documents, examples=_examples(documents))


def document_page(document: Document) -> HTMLResponse:
    return _page("document.html", 200, document=document, blocks=list(_blocks(document)))


def missing_page(documents: Sequence[Document]) -> HTMLResponse:
    return _page("missing.html", 404, documents=documents)


def _page(name: str, status: int, **values: object) -> HTMLResponse:
    return HTMLResponse(_TEMPLATES.get_template(name).render(values), status, _POLICY)


def _examples(documents: Sequence[Document]) -> list[str]:
    """Questions that the loaded documents answer."""
    document = documents[0]
    examples = [f"{document.items[len(document.items) // 2].label}讲什么"]
    if document.departments:
        examples += [f"{to_simplified(document.departments[0])}牵头哪些任务", "哪个部门牵头最多"]
    if document.sections:
        examples.append(f"{document.sections[-1].label}有哪些任务")
    return [*examples, "谁印发的"]


def _blocks(document: Document) -> Iterator[Block]:
    """The whole source in reading order."""
    anchors = {part.span: ("title" if part.role == "title" else "head", "") for part in document.head}
    if document.head:
        anchors[document.head[0].span] = (anchors[document.head[0].span][0], "head")
    anchors |= {section.span: ("section", f"section-{section.number}") for section in document.sections}
    items = {item.span: item for item in document.items}
    for span in document.spans():
        if span in items:
            yield _item_block(document, items[span])
        else:
            kind, anchor = anchors[span]
            yield Block(kind, anchor, "", document.text[span.start : span.end].rstrip("\r\n"), "")


def _item_block(document: Document, item: Item) -> Block:
    before = document.text[item.span.start : item.body.start]
    after = document.text[item.body.end : item.span.end].rstrip()
    return Block("item", f"item-{item.id}", before, item.text, after)
