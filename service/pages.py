"""The pages people read: chat, document and demo, rendered with everything escaped and under a strict policy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from corpus import STYLES, Document, Item, to_simplified, to_traditional
from service.listing import Edition, Listing
from service.understanding import departments_of, name_key
from service.welcome import Outlined
from service.wire import document_url

_POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
TRADITIONAL = 0.05  # of a text's characters that Simplified writes otherwise, from which on it is Traditional
DOZEN = 12  # documents that the chat page shows as cards; of more only the newest
NEWEST = 6
LISTED = 50  # documents on a page of all
EDITIONS = 8  # newer and older years of a plan that its page links to
SHOWN_LEVEL = 3  # of headings in the table of contents: two below the title's
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)
_TEMPLATES.globals["document_url"] = document_url


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the source as it came, to be shown under its anchor: before + body + after."""

    kind: str  # title, head, subheading, table, part, section, mark, item
    anchor: str
    before: str
    body: str
    after: str
    lead: tuple[str, ...] = ()  # departments of an item, each as the document first writes it
    support: tuple[str, ...] = ()
    level: int = 2  # of a heading, as in h2
    label: str = ""  # of an item: 第3项


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in a list."""

    document: Document
    short_title: str
    earlier: Edition | None  # which it may be compared with
    outline: Outlined | None = None

    @property
    def items(self) -> int:
        return len(self.document.items)


def _entries(listing: Listing, documents: Sequence[Document]) -> list[Entry]:
    return [Entry(one, listing.short_titles[one.id], listing.earlier(one)) for one in documents]


def chat_page(
    listing: Listing, examples: Sequence[str], asked: str | None = None, *, keeps_feedback: bool, library: bool = False
) -> HTMLResponse:
    """`asked` is the id of the one document that is asked: a link may name one that there is not. `library`: it may be
    changed at /library."""
    chosen = None if asked is None else listing.of_id(asked)
    shown = listing.newest if len(listing) <= DOZEN else listing.newest[:NEWEST]
    return _page(
        "chat.html",
        200,
        several=len(listing) > 1,
        documents=len(listing),
        items=sum(len(document.items) for document in listing.documents),
        newest=[replace(entry, outline=listing.outlined(entry.document)) for entry in _entries(listing, shown)],
        library=library,
        chosen=_entries(listing, [chosen])[0] if chosen else None,
        absent=asked is not None and chosen is None,
        examples=examples,
        keeps_feedback=keeps_feedback,
    )


def documents_page(listing: Listing, query: str, page: int) -> HTMLResponse:
    """All documents, or those that the query finds; pages count from 1."""
    found = listing.find(query)
    last = max(1, -(-len(found) // LISTED))
    page = min(page, last)
    shown = _entries(listing, found[(page - 1) * LISTED : page * LISTED])
    return _page(
        "documents.html", 200, query=query, total=len(found), every=len(listing), page=page, last=last, shown=shown
    )


def document_page(document: Document, listing: Listing | None = None) -> HTMLResponse:
    """`listing` tells its other years."""
    lang = "zh-Hant" if _mostly_traditional(document.text) else "zh-Hans"
    names = departments_of([document])
    blocks = list(_blocks(document, names))
    outline = [block for block in blocks if block.kind in ("part", "section", "mark") and block.level <= SHOWN_LEVEL]
    return _page(
        "document.html",
        200,
        document=document,
        blocks=blocks,
        outline=outline,
        departments=list(names.values()),
        lang=lang,
        editions=listing.editions(document, EDITIONS) if listing else [],
        several=listing is not None and len(listing) > 1,
    )


def _mostly_traditional(text: str) -> bool:
    """A text of either script may hold a few characters of the other."""
    changed = sum(one != other for one, other in zip(text, to_simplified(text), strict=True))
    return changed > TRADITIONAL * len(text)


def demo_page(document: Document, examples: Sequence[str], origin: str) -> HTMLResponse:
    """An example page that carries the search box; `origin` is where this service is reached."""
    suggestions = "|".join(to_traditional(question) for question in examples[:2])
    return _page("demo.html", 200, document=document, origin=origin, question=examples[0], suggestions=suggestions)


def missing_page(listing: Listing) -> HTMLResponse:
    return _page("missing.html", 404, newest=_entries(listing, listing.newest[:NEWEST]), every=len(listing))


def problem_page(status: int, title: str, detail: str, headers: Mapping[str, str]) -> HTMLResponse:
    page = _page("problem.html", status, title=title, detail=detail)
    page.headers.update(headers)
    return page


def empty_page() -> HTMLResponse:
    return _page("empty.html", 200)


def locked_page(headers: Mapping[str, str]) -> HTMLResponse:
    page = _page("locked.html", 401)
    page.headers.update(headers)
    return page


def library_page() -> HTMLResponse:
    return _page("library.html", 200, styles=STYLES)


def _page(name: str, status: int, **values: object) -> HTMLResponse:
    return HTMLResponse(_TEMPLATES.get_template(name).render(values), status, _POLICY)


def _blocks(document: Document, names: Mapping[str, str]) -> Iterator[Block]:
    """The whole source in reading order. `names` maps each folded department to how the document first writes it."""
    kinds = {"title": "title", "table": "table", "heading": "subheading"}
    at = {part.span.start: (kinds.get(part.role, "head"), "", part.span) for part in document.head}
    if document.head:
        kind, _, span = at[document.head[0].span.start]
        at[document.head[0].span.start] = (kind, "head", span)
    at |= {
        unit.span.start: ("section", unit.id, unit.span) for unit in document.outline if unit.span.start < unit.span.end
    }
    items = {item.span: item for item in document.items}
    held = {unit.span.start: unit for unit in document.outline if unit.span.start == unit.span.end}
    levels = {unit.id: unit.level for unit in document.outline}
    starts = {part.span.start: part for part in document.parts[1:]}
    for span in document.spans():
        if part := starts.get(span.start):
            said = part.label if part.title in part.label else f"{part.label}　{part.title}"
            yield Block("part", f"part-{part.id}", "", said, "", level=1)
        if unit := held.get(span.start):  # a section whose heading is the item's own first line
            yield Block("mark", f"section-{unit.id}", "", unit.title, "")
        if span in items:
            yield _item_block(document, items[span], names)
            continue
        kind, anchor, _ = at[span.start]
        body = document.text[span.start : span.end].rstrip("\r\n")
        if kind == "section":
            heading, _, below = body.partition("\n")
            yield Block(kind, f"section-{anchor}", "", heading, below, level=min(levels[anchor] + 1, 6))
        elif body.strip():
            yield Block(kind, anchor, "", body, "")


def _item_block(document: Document, item: Item, names: Mapping[str, str]) -> Block:
    before = document.text[item.span.start : item.body.start]
    after = document.text[item.body.end : item.span.end].rstrip()
    if "\t" in after:  # the other cells of a row
        after = "　" + "　｜　".join(cell for cell in after.split("\t") if cell.strip())
    lead, support = (tuple(names[name_key(name)] for name in role) for role in (item.lead, item.supporting))
    return Block("item", f"item-{item.id}", before, item.text, after, lead, support, label=item.label)
