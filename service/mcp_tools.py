"""What agents may call over MCP: the answers of the HTTP API as tools, each with the schema of its reply.

Slow to load, and needed only where an agent calls.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from urllib.parse import quote

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import CallToolResult, ContentBlock, ResourceLink, TextContent, ToolAnnotations
from pydantic import Field, ValidationError
from starlette.types import Receive, Scope, Send

from service.item_replies import PlacedReply
from service.markdown import Markdown, opening, plain
from service.problems import REFUSALS, refusal
from service.replier import Replier
from service.replies import AskReply, DocumentsReply, SearchReply
from service.requests import (
    AROUND,
    LIMIT,
    QUESTION_LENGTH,
    SEARCH_LIMIT,
    TITLE_LENGTH,
    AskRequest,
    Documents,
    History,
    Limit,
    Offset,
    Question,
    Script,
    Text,
)

Json = dict[str, Any]
Call = Context[Any, Any]
INSTRUCTIONS = (
    "对带编号的中文公文提问。用 ask 问一句完整的话（主题、编号、部门、时限、统计、比较），得到完整的条目集合："
    "count 是集合的大小，quote 与 text 是原文，逐字引用，不要改写；引用时写条目的编号，并附上它的链接。"
    "declined 为真时文件里没有答案，照 answer 说明，不要自己补上。追问时把先前的问题放进 history。"
)
READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


class _Tools(MCPServer[Any]):
    """Errors as everywhere here: in one sentence, which does not say again what was sent."""

    async def call_tool(self, name: str, arguments: Json, context: Call | None = None) -> Any:
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(_expected(error.__cause__)) from error
            if isinstance(error.__cause__, ToolError):
                raise error.__cause__ from error
            raise


def tools(replier: Callable[[Any], Replier], address: Callable[[Any], str]) -> MCPServer[Any]:
    """The server. Who answers a call, and where the pages are that its links lead to, tells the HTTP request that it came
    with; None where it came otherwise."""

    def replier_of(call: Call) -> Replier:
        return replier(call.request_context.request)

    def address_of(call: Call) -> str:
        return address(call.request_context.request)

    server = _Tools(
        "yaodian", "要点问答", instructions=INSTRUCTIONS, version="1", log_level="WARNING", subscriptions=False
    )

    @server.tool(title="提问", annotations=READS)
    async def ask(
        ctx: Call,
        question: Question,
        history: History | None = None,
        documents: Documents = None,
        script: Script = "auto",
        limit: Limit = LIMIT,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, AskReply]:
        """问一句话，得到完整的条目集合、数目与逐字的引文，每个条目有编号与链接。答不了时说明原因。"""
        with _told():
            request = AskRequest(
                question=question, history=history or [], documents=documents, script=script, limit=limit, offset=offset
            )
            reply = json.loads(await replier_of(ctx).ask(request))
        near = reply["related"] if reply["grade"] == "perhaps" else []
        text = "".join(Markdown(reply, address_of(ctx)).parts)
        return _result(text, reply, _to_items(reply["items"] or near, address_of(ctx)))

    @server.tool(title="搜索条目", annotations=READS)
    async def search_items(
        ctx: Call,
        query: Annotated[Text, Field(max_length=QUESTION_LENGTH, description="要找的词句，繁简均可")],
        limit: Annotated[int, Field(ge=1, le=100, description="至多几个条目")] = SEARCH_LIMIT,
        offset: Offset = 0,
        documents: Documents = None,
    ) -> Annotated[CallToolResult, SearchReply]:
        """按字句与意义找条目，字面出现的在前。要完整的集合、数目或部门，用 ask。"""
        began = time.perf_counter()
        with _told():
            one = replier_of(ctx)
            hits = await one.done(lambda: one.assistant.search(query, documents), len(query))
            reply = one.wire.search(query, hits, offset, limit, began)
        text = f"共{reply['total']}个条目" + "".join(f"\n- {_line(item, address_of(ctx))}" for item in reply["hits"])
        return _result(text, reply, _to_items(reply["hits"], address_of(ctx)))

    @server.tool(title="一个条目", annotations=READS)
    async def get_item(
        ctx: Call,
        document: Annotated[Text, Field(max_length=300, description="文档编号，如 ask 的 items 里的 document")],
        item: Annotated[Text, Field(max_length=100, description="条目编号：31、3.2、a2.3")],
        around: Annotated[int, Field(ge=0, le=AROUND, description="连同前后各几条")] = 0,
    ) -> Annotated[CallToolResult, PlacedReply]:
        """一个条目的原文、部门、时限与它在文档里的位置。"""
        with _told():
            wire = replier_of(ctx).wire
        found = wire.listing.of_id(document)
        if found is None:
            raise ToolError("没有这份文档。全部文档见 list_documents。")
        at = next((at for at, one in enumerate(found.items) if one.id == item), None)
        if at is None:
            raise ToolError("这份文档没有这个编号的条目。用 ask 或 search_items 找它。")
        reply = wire.placed(found, at, around, "hans")
        every = [*reply["before"], reply, *reply["after"]]
        text = "\n\n".join(f"{_line(one, address_of(ctx), whole=True)}" for one in every)
        return _result(text, reply, _to_items(every, address_of(ctx)))

    @server.tool(title="全部文档", annotations=READS)
    async def list_documents(
        ctx: Call,
        query: Annotated[
            Text, Field(max_length=TITLE_LENGTH, description="标题、年份、文号或印发机关里的字；不写为全部")
        ] = "",
        limit: Annotated[int, Field(ge=1, le=1000, description="至多几份")] = 50,
    ) -> Annotated[CallToolResult, DocumentsReply]:
        """可以问的文档，新的在前：编号、标题、各部分、它能答的问题。"""
        with _told():
            wire = replier_of(ctx).wire
        found = wire.listing.find(query)
        reply = wire.documents(found[:limit], len(found), brief=False)
        links = [
            ResourceLink(name=one["id"], title=one["title"], uri=_page(one, address_of(ctx)), mime_type="text/html")
            for one in reply["documents"]
        ]
        lines = [
            f"\n- [{plain(one['title'])}]({_page(one, address_of(ctx))})：{one['id']}" for one in reply["documents"]
        ]
        return _result(f"共{reply['total']}份文档" + "".join(lines), reply, links)

    return server


def over_http(server: MCPServer[Any]) -> Callable[[Scope, Receive, Send], Any]:
    """The server as an application, of which nothing is left between two requests: any process answers the next one.
    Under which names it answers is decided before."""
    server.streamable_http_app()
    kernel, checked = server.session_manager.app, TransportSecuritySettings(enable_dns_rebinding_protection=False)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        manager = StreamableHTTPSessionManager(kernel, json_response=True, stateless=True, security_settings=checked)
        async with manager.run():
            await manager.handle_request(scope, receive, send)

    return answer


def _expected(error: ValidationError) -> str:
    names = dict.fromkeys(str(one["loc"][0]) for one in error.errors() if one["loc"])
    return f"参数 {'、'.join(names)} 不合要求：类型、长度与范围见这个工具的 inputSchema。"


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong, as the agent is told it."""
    try:
        yield
    except REFUSALS as error:
        raise ToolError(refusal(error)[1]) from error


def _result(text: str, reply: Json, links: Iterable[ResourceLink]) -> CallToolResult:
    content: list[ContentBlock] = [TextContent(text=text), *links]
    return CallToolResult(content=content, structured_content=reply)


def _to_items(items: Iterable[Json], address: str) -> Iterator[ResourceLink]:
    for item in items:
        yield ResourceLink(
            name=f"{item['document']}#{item['id']}",
            title=f"《{item['document_title']}》{item['label']}",
            uri=address + item["url"],
            description=opening(item["text"]),
            mime_type="text/html",
        )


def _line(item: Json, address: str, *, whole: bool = False) -> str:
    title = f"《{item['document_title']}》{item['label']}"
    return f"[{plain(title)}]({address}{item['url']})：{plain(item['text'] if whole else opening(item['text']))}"


def _page(document: Json, address: str) -> str:
    return f"{address}/documents/{quote(document['id'], safe='')}"
