"""Routes. Each hands a question to the assistant and its answer to the wire."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import fastapi_offline
from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.responses import FileResponse, Response
from fastapi_offline import FastAPIOffline
from starlette.routing import Mount

from corpus import Document
from service.access import Access, presented_key
from service.assets import WEB, Assets
from service.base_path import base_path
from service.completion_errors import CompletionErrors
from service.completions import add_completions
from service.compression import Compression
from service.described import describe
from service.editing import Editing, add_editing
from service.export import MEDIA_TYPES, to_text, to_workbook
from service.front import ALONE, Front
from service.gate import CHALLENGE, COOKIE, Gate, caller_of
from service.limits import Limits
from service.mcp_endpoint import add_mcp
from service.metrics import Metrics
from service.observing import Routed, add_metrics
from service.origins import AllowOrigins
from service.page_routes import add_pages
from service.problems import BodyLimit, add_problem_handlers
from service.question_log import QuestionLog
from service.replier import Replier
from service.requests import (
    AROUND,
    EXPECTED,
    NAMES,
    QUESTION_LENGTH,
    SEARCH_LIMIT,
    TITLE_LENGTH,
    AskRequest,
    ExportRequest,
    FeedbackRequest,
    Text,
)
from service.served import Served
from service.streaming import EVENTS, streamed
from service.wire import json_reply

if TYPE_CHECKING:
    from service.llm import Llm

DESCRIPTION = "对带编号的中文公文提问，得到完整、逐条引用的答案。同样的问题、同样的文件，答案逐字相同。"


def create_app(
    served: Served,
    question_log: QuestionLog | None = None,
    front: Front = ALONE,
    editing: Editing | None = None,
    access: Access | None = None,
    metrics: Metrics | None = None,
    llm: "Llm | None" = None,
) -> FastAPI:
    """The service; while nothing is `served` every question is answered 503. Without a log no question is kept. `front`
    says who reaches it. Without `editing` nothing can be changed; `access` says who may read and write; `metrics` are
    shown to those who may watch; `llm` which language model may help."""
    access = access or Access()
    app: FastAPI = FastAPIOffline(title="要点问答", description=DESCRIPTION, version="1", redoc_url=None)
    describe(app)
    (offline,) = (route for route in app.routes if isinstance(route, Mount))
    offline.app = Assets(directory=Path(fastapi_offline.__file__).parent / "static")  # sent as our own are
    app.add_middleware(Routed)
    app.add_middleware(BodyLimit)
    if front.limit:
        app.add_middleware(Limits, limit=front.limit, over=front.over)
    app.add_middleware(Gate, access=access)
    app.add_middleware(CompletionErrors)
    app.add_middleware(AllowOrigins, origins=front.origins)  # around the gate: its refusals can be read there, too
    app.add_middleware(Compression)
    add_problem_handlers(app)
    app.mount("/web", Assets(directory=WEB), name="web")

    def reader(request: Request) -> Replier:
        """Who answers the one who asks: of nothing else than that one may read."""
        return served.current.of(caller_of(request))

    def find_document(replier: Replier, id: str) -> Document:
        found = replier.wire.listing.of_id(id)
        if found is None:
            raise HTTPException(404, "没有这份文档。全部文档见 /api/documents。")
        return found

    @app.post("/api/ask", summary="提问", tags=["问答"], response_class=Response)
    async def ask(http: Request, request: AskRequest) -> Response:
        if EVENTS in http.headers.get("accept", ""):
            return await streamed(reader(http).begin(request))
        return json_reply(await reader(http).ask(request))

    @app.post("/api/export", summary="答案存成文件", tags=["问答"], response_class=Response)
    def export(http: Request, request: ExportRequest) -> Response:  # in a thread: a large workbook takes a while
        assistant = reader(http).assistant
        answer = assistant.ask(request.question, request.history, request.documents, request.script)
        made = to_workbook if request.format == "xlsx" else to_text
        name = f"yaodian.{'xlsx' if request.format == 'xlsx' else 'txt'}"
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(made(answer, assistant.documents, request.view), 200, disposition, MEDIA_TYPES[request.format])

    @app.post("/api/feedback", status_code=204, summary="这个答案漏了或不对", tags=["问答"])
    def feedback(http: Request, request: FeedbackRequest) -> None:
        if question_log is None:
            raise HTTPException(404, "这个服务没有开启问题记录。")
        if request.verdict == "meant":
            if not request.item:
                raise HTTPException(422, f"{NAMES['item']}{EXPECTED['item']}。")
            question_log.meant(request.question, request.history, request.item)
            return
        answer = reader(http).assistant.ask(request.question, request.history, request.documents)
        question_log.disliked(request.question, request.history, answer, request.verdict)

    @app.get("/api/search", summary="边输边搜", tags=["问答"], response_class=Response)
    async def search(
        request: Request,
        q: Annotated[Text, Query(max_length=QUESTION_LENGTH)] = "",
        limit: Annotated[int, Query(ge=1, le=100)] = SEARCH_LIMIT,
        offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
        documents: Annotated[list[Text] | None, Query(min_length=1, max_length=1000)] = None,
    ) -> Response:
        began = time.perf_counter()
        replier = reader(request)
        hits = await replier.done(lambda: replier.assistant.search(q, documents), len(q))
        return json_reply(replier.wire.search(q, hits, offset, limit, began))

    @app.get("/api/documents", summary="全部文档", tags=["文档"], response_class=Response)
    async def documents(
        request: Request,
        q: Annotated[Text, Query(max_length=TITLE_LENGTH)] = "",
        documents: Annotated[list[Text] | None, Query(min_length=1, max_length=1000)] = None,
        limit: Annotated[int | None, Query(ge=1, le=1000)] = None,
        fields: Literal["brief"] | None = None,
    ) -> Response:
        wire = reader(request).wire
        found = wire.listing.find(q, documents)
        return json_reply(wire.documents(found[:limit], len(found), brief=fields == "brief"))

    @app.get("/api/documents/{id}", summary="一份文档的全文与条目", tags=["文档"], response_class=Response)
    async def document(request: Request, id: str) -> Response:
        replier = reader(request)
        return json_reply(replier.wire.document(find_document(replier, id)))

    @app.get("/api/documents/{id}/items/{item_id}", summary="一个条目", tags=["文档"], response_class=Response)
    async def item(
        request: Request,
        id: str,
        item_id: str,
        around: Annotated[int, Query(ge=0, le=AROUND)] = 0,
        script: Literal["auto", "hans", "hant"] = "auto",
    ) -> Response:
        replier = reader(request)
        document = find_document(replier, id)
        at = next((at for at, item in enumerate(document.items) if item.id == item_id), None)
        if at is None:
            raise HTTPException(404, "这份文档没有这个编号的条目。")
        return json_reply(
            replier.wire.placed(document, at, around, "hant" if script == "hant" else "hans", hans=script == "hans")
        )

    @app.get("/livez", summary="进程在运行", tags=["运维"], response_class=Response)
    async def livez() -> Response:
        return json_reply({"status": "ok"})

    @app.get("/readyz", summary="可以回答问题", tags=["运维"], response_class=Response)
    async def readyz(request: Request) -> Response:
        replier = reader(request)
        told = caller_of(request).may("reader") or not access.read_key_required
        return json_reply({"status": "ok", "failures": replier.wire.failures if told else []})

    @app.post("/api/session", status_code=204, summary="本机浏览器的网页带着密钥读", tags=["文档库"])
    async def begin_session(request: Request, response: Response) -> None:
        caller = caller_of(request)
        presented = presented_key(request.headers)
        if caller.key is None or not presented:
            raise HTTPException(401, "要有密钥。", CHALLENGE)
        secure = request.url.scheme == "https"
        response.set_cookie(
            COOKIE, presented, path=base_path.get() or "/", httponly=True, samesite="strict", secure=secure
        )

    @app.delete("/api/session", status_code=204, summary="不再带着密钥", tags=["文档库"])
    async def end_session(response: Response) -> None:
        response.delete_cookie(COOKIE, path=base_path.get() or "/", httponly=True, samesite="strict")

    add_completions(app, reader)
    add_mcp(app, reader)
    desk = editing or Editing(served, access)
    add_editing(app, desk)
    if metrics:
        add_metrics(app, metrics)
    if llm:
        from service.llm import add_llm  # with its HTTP client, which nothing else needs

        add_llm(app, reader, llm, metrics)
    add_pages(app, reader, desk, keeps_feedback=question_log is not None, helped=llm is not None)

    @app.get("/documents/{id}/original", summary="文档的原文件", tags=["文档"], response_class=FileResponse)
    async def original(request: Request, id: str) -> FileResponse:
        replier = reader(request)
        found, corpus = find_document(replier, id), replier.assistant.corpus
        path = corpus.originals.get(found.id)
        if path is None or not path.is_file():
            raise HTTPException(404, "这份文档的原文件已不在文档文件夹里。")
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        name = corpus.names.get(found.id, path.name)
        return FileResponse(path, filename=name, content_disposition_type="attachment", headers=headers)

    return app
