"""The pages people read: chat, document and demo, rendered with everything escaped and under a strict policy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from corpus import STYLES, Document, Item, to_simplified, to_traditional
from service.base_path import base_path
from service.blocks import Block, blocks_of
from service.hosts import FRAMES
from service.listing import Edition, Listing
from service.reading_aid import in_hans
from service.understanding import departments_of
from service.welcome import Outlined
from service.wire_values import document_url

_POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'; " + FRAMES
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
_TEMPLATES.globals["document_url"] = lambda id: base_path.get() + document_url(id)
_TEMPLATES.globals["base"] = base_path.get


def _aid(text: str, attribute: str = "data-hans") -> Markup:
    """How the document's own words read in Simplified, as an attribute, where they are written otherwise."""
    hans = in_hans(text)
    return Markup(' {}="{}"').format(attribute, hans) if hans else Markup()


_TEMPLATES.filters["aid"] = _aid


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


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the table of contents."""

    anchor: str
    said: str
    level: int
    counted: str = ""  # of a part: its items


def _entries(listing: Listing, documents: Sequence[Document]) -> list[Entry]:
    return [Entry(one, listing.short_titles[one.id], listing.earlier(one)) for one in documents]


def chat_page(
    listing: Listing,
    examples: Sequence[str],
    asked: str | None = None,
    *,
    keeps_feedback: bool,
    library: bool = False,
    helped: bool = False,
) -> HTMLResponse:
    """`asked` is the id of the one document that is asked: a link may name one that there is not. `library`: it may be
    changed at /library; `helped`: by a language model."""
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
        helped=helped,
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


def document_page(document: Document, listing: Listing | None = None, *, for_editor: bool = False) -> HTMLResponse:
    """`listing` tells its other years; an editor is told what was odd to read."""
    lang = "zh-Hant" if _mostly_traditional(document.text) else "zh-Hans"
    blocks = list(blocks_of(document))
    return _page(
        "document.html",
        200,
        document=document,
        blocks=blocks,
        outline=list(_outline(document, blocks)),
        departments=list(departments_of([document]).values()),
        lang=lang,
        editions=listing.editions(document, EDITIONS) if listing else [],
        several=listing is not None and len(listing) > 1,
        warnings=[(str(one), _place(document, one.line)) for one in document.warnings] if for_editor else [],
    )


def _outline(document: Document, blocks: Sequence[Block]) -> Iterator[Heading]:
    """Headings and parts; where there are attachments, the text itself is a part as well."""
    counts = {f"part-{id}": _counted(items) for id, items in document.items_by_part().items()}
    if len(document.parts) > 1 and document.head:
        yield Heading("head", document.title, 1, counts["part-"])
    for block in blocks:
        if block.kind in ("part", "section", "mark") and block.level <= SHOWN_LEVEL:
            yield Heading(block.anchor, block.body, block.level, counts.get(block.anchor, ""))


def _counted(items: Sequence[Item]) -> str:
    """38项, 27条: as the items are called."""
    return f"{len(items)}{items[0].unit}" if items else ""


def _place(document: Document, line: int) -> str:
    """The anchor of what stands in that line, counted from 1; empty where nothing of its own does."""
    at = 0
    for _ in range(line - 1):
        at = document.text.find("\n", at) + 1
    found = next((item for item in document.items if item.span.start <= at < item.span.end), None)
    return f"item-{found.id}" if found and line else ""


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
