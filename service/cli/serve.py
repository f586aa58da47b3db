"""`yaodian serve`: the web pages and the API."""

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from corpus import PACKAGED
from service.cli.llm import LlmModelOption, LlmOption, llm_of
from service.cli.options import DATA, DataOption, DocumentsOption, EncoderOption, StoreOption, failure, log
from service.hosts import checked_host
from service.opening import OpeningError
from service.origins import checked_origin
from service.question_log import QuestionLog
from service.settings import Settings

HostOption = Annotated[str, typer.Option(help="监听地址；0.0.0.0 为所有网卡")]
PortOption = Annotated[int, typer.Option(help="端口；0 为任一空闲端口", min=0, max=65535)]
WorkersOption = Annotated[
    int,
    typer.Option(envvar="YAODIAN_WORKERS", help="几个进程一起回答；文档、索引与词典在内存里只有一份", min=1, max=64),
]
QuestionLogOption = Annotated[
    Path | None,
    typer.Option(
        envvar="YAODIAN_QUESTION_LOG",
        help="把拒答与被否定的问题（只有问题本身）记进这个 JSONL 文件",
        show_default="不记",
    ),
]
AllowOriginOption = Annotated[
    list[str] | None,
    typer.Option(
        envvar="YAODIAN_ALLOW_ORIGIN",
        help="哪些网站的网页可以调用接口，如 http://oa.example.cn（可写多次；环境变量里以空格分隔；* 为任何网站）",
        show_default="只有本服务的网页",
    ),
]
WatchOption = Annotated[
    bool,
    typer.Option(
        "--watch", envvar="YAODIAN_WATCH", help="文档文件夹里的文件变了就换上，不必重启（文档库的改动总是马上换上）"
    ),
]
ReadKeyOption = Annotated[
    bool,
    typer.Option(
        "--read-key-required", envvar="YAODIAN_READ_KEY_REQUIRED", help="读也要密钥（做一个：yaodian keys add 名称）"
    ),
]
UploadLimitOption = Annotated[
    int, typer.Option(envvar="YAODIAN_UPLOAD_LIMIT", help="经网页与接口添加的文件至多多少 MiB", min=1, max=2048)
]
AllowHostOption = Annotated[
    list[str] | None,
    typer.Option(
        envvar="YAODIAN_ALLOW_HOST",
        help="除本机名与 IP 地址外，还以哪些主机名应答，如反向代理的 oa.example.cn（可写多次；环境变量里以空格分隔；* 为任何名称）",
        show_default="localhost、本机名、IP 地址",
    ),
]


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: WorkersOption = 1,
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    store: StoreOption = None,
    question_log: QuestionLogOption = None,
    allow_origin: AllowOriginOption = None,
    watch: WatchOption = False,
    read_key_required: ReadKeyOption = False,
    upload_limit: UploadLimitOption = 64,
    allow_host: AllowHostOption = None,
    llm: LlmOption = None,
    llm_model: LlmModelOption = None,
) -> None:
    """启动服务：网页、搜索与问答接口。索引缺失或过期时先重建。"""
    began = time.monotonic()
    settings = Settings(documents, data, encoder, store, llm_of(llm, llm_model))
    origins = [_checked(origin, checked_origin, "--allow-origin") for origin in allow_origin or ()]
    hosts = [_checked(host, checked_host, "--allow-host") for host in allow_host or ()]
    if workers > 1 and not hasattr(os, "fork"):
        raise typer.BadParameter("这个系统上只能用一个进程。", param_hint="--workers")
    if workers > 1 and store and store.is_file:
        raise typer.BadParameter("milvus-lite 的文件只能由一个进程用；几个进程要用 Milvus。", param_hint="--workers")
    kept = _opened(question_log)
    listening = _listening(host, port)
    from service.serving import Serving  # slow to import, and only needed here

    serving = Serving(
        settings, kept, origins, listening, log, began, watch, read_key_required, upload_limit * 2**20, hosts
    )
    try:
        serving.run() if workers == 1 else serving.run_workers(workers)
    except OpeningError as error:
        raise failure(str(error)) from error


def _opened(question_log: Path | None) -> QuestionLog | None:
    try:
        return QuestionLog(question_log) if question_log else None
    except OSError as error:
        log.print(
            f"问题记录 {question_log} 用不了（{error.strerror or error}），这次不记。请指明可写的文件。", soft_wrap=True
        )
        return None


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise failure(
            f"无法监听 {host}:{port}（{error.strerror}）。换一个端口：yaodian serve --port {port + 1}"
        ) from error


def _checked(text: str, check: Callable[[str], str], option: str) -> str:
    try:
        return check(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error
