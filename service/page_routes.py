"""Routes of the pages: asking, reading, the library, and the search box for other pages."""

from collections.abc import Callable
from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, Response

from service.assets import WEB, whole_file
from service.editing import Editing
from service.gate import caller_of
from service.replier import Replier
from service.requests import TITLE_LENGTH, Text

SHARED = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def add_pages(
    app: FastAPI, reader: Callable[[Request], Replier], desk: Editing, *, keeps_feedback: bool, helped: bool
) -> None:
    """Each page is loaded with its templates when the first one is asked for."""

    @app.get("/", include_in_schema=False)
    async def chat(request: Request, document: Text | None = None) -> HTMLResponse:
        from service.pages import chat_page, empty_page

        wire = reader(request).wire
        if not wire.listing.newest:
            return empty_page()
        shown = wire.listing.of_id(document or "") or wire.listing.newest[0]
        library = desk.is_for(caller_of(request))
        examples = wire.suggestions(shown.id)
        return chat_page(
            wire.listing, examples, document, keeps_feedback=keeps_feedback, library=library, helped=helped
        )

    @app.get("/demo", include_in_schema=False)
    async def demo(request: Request) -> HTMLResponse:
        from service.pages import demo_page, empty_page

        wire = reader(request).wire
        if not wire.listing.newest:
            return empty_page()
        document = wire.listing.newest[0]
        return demo_page(document, wire.suggestions(document.id), str(request.base_url).rstrip("/"))

    @app.get("/library", include_in_schema=False)
    async def library_page() -> HTMLResponse:
        from service.pages import library_page

        return library_page()

    @app.get("/search-box.js", include_in_schema=False)
    async def search_box() -> Response:
        # any page may load it; what the API tells that page is for allow_origins to say
        return whole_file(WEB / "search-box.js", SHARED)

    @app.get("/documents", include_in_schema=False)
    async def list_documents(
        request: Request,
        q: Annotated[Text, Query(max_length=TITLE_LENGTH)] = "",
        page: Annotated[int, Query(ge=1, le=1_000_000_000)] = 1,
    ) -> HTMLResponse:
        from service.pages import documents_page

        return documents_page(reader(request).wire.listing, q, page)

    @app.get("/documents/{id}", include_in_schema=False)
    async def read(request: Request, id: str) -> HTMLResponse:
        from service.pages import document_page, missing_page

        listing = reader(request).wire.listing
        found = listing.of_id(id)
        if found is None:
            return missing_page(listing)
        return document_page(found, listing, for_editor=caller_of(request).may("editor"))
