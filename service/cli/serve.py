"""`yaodian serve`: the web pages and the API."""

import logging
import os
import socket
import time
from pathlib import Path
from typing import Annotated

import typer

from corpus import PACKAGED
from service.activation import ActivationError, given_socket
from service.cli.config import ConfigOption
from service.cli.front import (
    AllowHostOption,
    AllowOriginOption,
    BasePathOption,
    LimitOption,
    LimitStoreOption,
    TlsCertOption,
    TlsKeyOption,
    TrustedProxyOption,
    front_of,
)
from service.cli.llm import LlmModelOption, LlmOption, llm_of
from service.cli.options import (
    DATA,
    DataOption,
    DocumentsOption,
    EncoderOption,
    RerankerOption,
    StoreOption,
    failure,
    log,
)
from service.limits import DEFAULT
from service.logs import Format, write_logs
from service.opening import OpeningError
from service.question_log import QuestionLog
from service.settings import Settings

HostOption = Annotated[str, typer.Option(envvar="YAODIAN_HOST", help="监听地址；0.0.0.0 为所有网卡")]
PortOption = Annotated[int, typer.Option(envvar="YAODIAN_PORT", help="端口；0 为任一空闲端口", min=0, max=65535)]
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
LogFormatOption = Annotated[
    Format,
    typer.Option(
        envvar="YAODIAN_LOG_FORMAT", help="日志写成文字，或每行一个 JSON 对象（那时连同每个请求的路由、状态与用时）"
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


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: WorkersOption = 1,
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
    store: StoreOption = None,
    question_log: QuestionLogOption = None,
    allow_origin: AllowOriginOption = None,
    watch: WatchOption = False,
    read_key_required: ReadKeyOption = False,
    upload_limit: UploadLimitOption = 64,
    allow_host: AllowHostOption = None,
    trusted_proxy: TrustedProxyOption = None,
    base_path: BasePathOption = "",
    tls_cert: TlsCertOption = None,
    tls_key: TlsKeyOption = None,
    limit: LimitOption = DEFAULT,
    limit_store: LimitStoreOption = None,
    log_format: LogFormatOption = "text",
    llm: LlmOption = None,
    llm_model: LlmModelOption = None,
    config: ConfigOption = None,
) -> None:
    """启动服务：网页、搜索与问答接口。索引缺失或过期时先重建。"""
    began = time.monotonic()
    write_logs(log_format)
    if log_format == "json":
        log.write_lines(logging.getLogger("yaodian"))
    settings = Settings(documents, data, encoder, store, reranker, llm_of(llm, llm_model))
    front = front_of(allow_origin, allow_host, trusted_proxy, base_path, (tls_cert, tls_key), limit, limit_store)
    if workers > 1 and not hasattr(os, "fork"):
        raise typer.BadParameter("这个系统上只能用一个进程。", param_hint="--workers")
    if workers > 1 and store and store.is_file:
        raise typer.BadParameter("milvus-lite 的文件只能由一个进程用；几个进程要用 Milvus。", param_hint="--workers")
    kept = _opened(question_log)
    listening = _listening(host, port)
    from service.serving import Serving  # slow to import, and only needed here

    serving = Serving(
        settings, kept, front, listening, log, began, watch, read_key_required, upload_limit * 2**20, workers
    )
    try:
        serving.run()
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
        if given := given_socket():
            return given
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except ActivationError as error:
        raise failure(str(error)) from error
    except OSError as error:
        raise failure(
            f"无法监听 {host}:{port}（{error.strerror}）。换一个端口：yaodian serve --port {port + 1}"
        ) from error
