"""`yaodian mcp`: the tools for an agent on the same machine, on standard input and output."""

from typing import Annotated

import typer

from corpus import PACKAGED
from service.access import OWNER
from service.cli.options import (
    DATA,
    DataOption,
    DocumentsOption,
    EncoderOption,
    RerankerOption,
    StoreOption,
    log,
    opened,
)
from service.settings import Settings

AddressOption = Annotated[
    str,
    typer.Option(
        envvar="YAODIAN_ADDRESS", help="链接指向哪里的网页：在那里运行的 yaodian serve", metavar="http://主机:端口"
    ),
]


def mcp(
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
    store: StoreOption = None,
    address: AddressOption = "http://127.0.0.1:8000",
) -> None:
    """让本机的智能体（MCP 客户端）提问：工具在标准输入输出上，由客户端启动。

    以本机用户的身份读全部文档；运行着的服务在 /mcp 也提供同样的工具，按密钥读。
    """
    settings = Settings(documents, data, encoder, store, reranker)
    assistant = opened(settings)
    from service.following import Following
    from service.mcp_tools import tools  # slow to import, and only needed here
    from service.metrics import Metrics
    from service.served import Served

    served = Served()
    following = Following(settings, served, None, Metrics())
    following.begin(assistant)
    log.print("已就绪：等待 MCP 客户端。", soft_wrap=True)
    try:
        tools(lambda _: served.current.of(OWNER), lambda _: address.rstrip("/")).run("stdio")
    finally:
        following.end()
