"""What the commands share: options, and how they say what went wrong. Results on stdout, all else on stderr."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from corpus import well_formed
from index import Address, EngineError, address_of
from service.cli.plain import Log, escaped
from service.settings import Settings

if TYPE_CHECKING:
    from service.assistant import Assistant

log = Log(stderr=True, highlight=False)


def _address(text: str) -> Address:
    try:
        return address_of(text)
    except EngineError as error:
        raise typer.BadParameter(str(error)) from error


DocumentsOption = Annotated[
    Path,
    typer.Option(
        "--documents",
        envvar="YAODIAN_DOCUMENTS",
        help="文档文件夹（.txt .md .html .docx .pdf .xlsx …）",
        show_default="自带文档",
    ),
]
OfOption = Annotated[
    list[str] | None,
    typer.Option("--document", metavar="编号", help="只问这份文档；可以写几次", show_default="全部"),
]
DataOption = Annotated[Path, typer.Option("--data", envvar="YAODIAN_DATA", help="存放索引的文件夹")]
EncoderOption = Annotated[
    str | None,
    typer.Option(
        "--encoder", envvar="YAODIAN_ENCODER", help="sentence-transformers 模型的文件夹或名称", show_default="自带模型"
    ),
]
RerankerOption = Annotated[
    str | None,
    typer.Option(
        "--reranker",
        envvar="YAODIAN_RERANKER",
        help="重排模型（sentence-transformers CrossEncoder）的文件夹或名称：词句决定不了时排最接近的十条",
        show_default="不重排",
    ),
]
StoreOption = Annotated[
    Address | None,
    typer.Option(
        "--store",
        envvar="YAODIAN_STORE",
        parser=_address,
        metavar="milvus://主机:19530/集合",
        help="字句与意义的索引放在 Milvus（数百万个条目以上）；milvus:///文件夹/文件.db 为 milvus-lite",
        show_default="全在 --data 里",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="只输出 JSON")]
DATA = Path("data")
SHOWN = 20  # documents that a message names


def opened(settings: Settings) -> "Assistant":
    from service.opening import OpeningError, open_assistant  # which commands that open nothing need not load

    try:
        return open_assistant(settings, log)
    except OpeningError as error:
        raise failure(str(error)) from error


def named(assistant: "Assistant", ids: list[str] | None) -> list[str] | None:
    """The documents of the option, or all; one that is not loaded ends the command."""
    known = assistant.index.columns.place
    if unknown := [id for id in ids or () if id not in known]:
        shown = "、".join(list(known)[:SHOWN]) + ("……" if len(known) > SHOWN else "")
        raise failure(f"没有编号为“{'、'.join(unknown)}”的文档；现有：{shown}。")
    return ids or None


@contextmanager
def answering() -> Iterator[None]:
    """What answers can stop doing so."""
    try:
        yield
    except EngineError as error:
        raise failure(str(error)) from error


def asked(question: str) -> str:
    """The question, within the limits of the service."""
    from service.requests import QUESTION_LENGTH

    question = well_formed(question)
    if not 1 <= len(question) <= QUESTION_LENGTH:
        raise typer.BadParameter(f"问题应为1至{QUESTION_LENGTH}个字符，实为{len(question)}个。")
    return question


def print_json(value: Any) -> None:
    print(escaped(json.dumps(value, ensure_ascii=False, indent=1)))


def failure(message: str) -> typer.Exit:
    log.print(f"[red]错误[/red]：{escape(message)}", soft_wrap=True)
    return typer.Exit(1)
