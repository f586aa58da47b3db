"""`yaodian add`, `list`, `show`, `remove`, `restore`, `history`, `backup`: the library of documents."""

import getpass
import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from corpus import PACKAGED
from service.cli.options import DATA, DataOption, EncoderOption, JsonOption, StoreOption, failure, log, print_json
from service.library import (
    Entry,
    Generations,
    Incoming,
    Library,
    LibraryError,
    backup,
    is_backup,
    restore_backup,
)
from service.presence import serving
from service.settings import Settings

STATES = {"published": "已发布", "withdrawn": "已撤回", "draft": "草稿"}
ACTIONS = {
    "draft": "放入", "settle": "更正", "publish": "发布", "withdraw": "撤回", "restore": "恢复", "discard": "放弃草稿",
    "group": "分组", "key": "发放密钥", "revoke": "收回密钥",
}  # fmt: skip
IdArgument = Annotated[str, typer.Argument(help="文档编号")]


def add(
    files: Annotated[list[Path], typer.Argument(help="要放进文档库的文件，可写几份；旁边有同名的 .toml 时一并带上")],
    id: Annotated[str | None, typer.Option("--id", help="文档编号；只在放入一份时可写", show_default="文件名")] = None,
    group: Annotated[
        str | None, typer.Option("--group", help="只给哪一组看", show_default="所有人；已有的不变")
    ] = None,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """把文件放进文档库并发布；编号已有的，换成这一份。读不了的不放，其余照放；有一份读不了就以 1 退出。"""
    if id is not None and len(files) > 1:
        raise typer.BadParameter("只在放入一份时可写。", param_hint="--id")
    settings = Settings(PACKAGED, data, encoder, store)
    readable, refused = [], 0
    for file in files:
        with _one_refused() as told:
            Library(data).check(Incoming(file, None, id, group, _settled(file)))
            readable.append(Incoming(file, None, id, group, _settled(file)))
        refused += bool(told)
    if readable:
        with _publishing(settings) as library:
            entries = library.add_all(readable, _by())
        print_json([asdict(one) for one in entries]) if as_json else print(*map(_line, entries), sep="\n")
    if refused:
        raise typer.Exit(1)


def list_(data: DataOption = DATA, as_json: JsonOption = False) -> None:
    """列出文档库里的文档。"""
    with _explained():
        entries = Library(data).list()
    if as_json:
        print_json([asdict(one) for one in entries])
    elif entries:
        print(*map(_line, entries), sep="\n")
    else:
        log.print(f"{data} 里的文档库还没有文档。添加：yaodian add 文件 --data {data}", soft_wrap=True)


def show(id: IdArgument, data: DataOption = DATA, as_json: JsonOption = False) -> None:
    """一份文档的状态与各版。"""
    with _explained():
        entry = Library(data).show(id)
    if as_json:
        print_json(asdict(entry))
        return
    print(_line(entry))
    for one in entry.versions:
        marks = [mark for mark, held in (("发布", entry.published), ("草稿", entry.draft)) if held == one]
        print(f"  第{one.number}版\t{one.at}\t{one.by}\t{one.name}\t{one.sha256[:12]}\t{'、'.join(marks)}")
        for name, value in one.settled.items():
            print(f"    {name} = {value}")


def remove(id: IdArgument, data: DataOption = DATA, encoder: EncoderOption = None, store: StoreOption = None) -> None:
    """撤回一份文档：从答案、搜索与网页里消失，仍留在文档库里，可以恢复。"""
    with _publishing(Settings(PACKAGED, data, encoder, store)) as library:
        entry = library.withdraw(id, _by())
    print(_line(entry))


def restore(
    id: Annotated[str, typer.Argument(metavar="编号|备份文件", help="文档编号；或 yaodian backup 写下的文件")],
    version: Annotated[int | None, typer.Option("--version", help="第几版", show_default="撤回前的一版")] = None,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    store: StoreOption = None,
) -> None:
    """恢复撤回的文档，或换回它的某一版；给的是备份文件时，把整个文档库恢复到还没有文档库的 --data。"""
    settings = Settings(PACKAGED, data, encoder, store)
    if is_backup(Path(id)):
        with _explained():
            restore_backup(Path(id), data)
        with _publishing(settings) as library:
            library.refresh()
        print(f"已恢复到 {data}：{len(library.list())}份文档。")
        return
    with _explained():
        if Path(id).suffix and Path(id).is_file():
            raise LibraryError(f"{id} 应为 yaodian backup 写下的备份，实为别的文件。添加文档：yaodian add {id}")
    with _publishing(settings) as library:
        entry = library.restore(id, version, by=_by())
    print(_line(entry))


def history(
    id: Annotated[str | None, typer.Argument(help="文档编号", show_default="全部")] = None,
    data: DataOption = DATA,
    as_json: JsonOption = False,
) -> None:
    """谁在什么时候做了什么，后做的在前。"""
    with _explained():
        events = Library(data).history(id)
    if as_json:
        print_json([asdict(one) for one in events])
        return
    for one in events:
        number = f"第{one.version}版" if one.version else ""
        print(one.at, one.by, ACTIONS.get(one.action, one.action), one.document or "", number, one.detail, sep="\t")


def backup_(file: Annotated[Path, typer.Argument(help="写到哪个文件")], data: DataOption = DATA) -> None:
    """把整个文档库（各版文件、记录、密钥的摘要）写成一个文件；服务可以照常运行。"""
    replaced = "，替换了原来的备份" if file.exists() else ""
    with _explained():
        backup(data, file)
    print(
        f"已备份到 {file}（{file.stat().st_size // 1024} KB）{replaced}。恢复：yaodian restore {file} --data 新文件夹"
    )


def _by() -> str:
    try:
        return f"命令行（{getpass.getuser()}）"
    except (KeyError, OSError):  # one without a name, as in a container
        return f"命令行（{os.getuid()}）"


def _line(entry: Entry) -> str:
    shown = entry.draft if entry.state == "draft" else entry.published
    more = "，另有草稿" if entry.draft and entry.state != "draft" else ""
    group = f"\t{entry.group}" if entry.group else ""
    number = f"第{shown.number}版" if shown else ""
    return f"{entry.id}\t{STATES[entry.state]}{more}\t{number}\t{shown.name if shown else ''}{group}"


def _settled(file: Path) -> dict[str, Any]:
    """What is settled in the file beside it."""
    beside = file.with_suffix(".toml")
    if not beside.is_file():
        return {}
    try:
        given = tomllib.loads(beside.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise LibraryError(f"{beside}：应为 UTF-8 的 TOML 文件，实为：{error}") from error
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in given.items()}


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except LibraryError as error:
        raise failure(str(error)) from error


@contextmanager
def _one_refused() -> Iterator[list[str]]:
    """Says why it is; the others go on."""
    told: list[str] = []
    try:
        yield told
    except LibraryError as error:
        told.append(str(error))
        failure(f"没有放入：{error}")


@contextmanager
def _publishing(settings: Settings) -> Iterator[Library]:
    """A library whose changes are served when this ends, by all that serve the folder."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with _explained(), Progress(*columns, console=log, transient=True) as progress:
        task = progress.add_task("建立索引", total=None)
        generations = Generations(
            settings.of_servers(serving(settings.data)),
            lambda done, total, items: progress.update(task, completed=done, total=total),
        )
        yield Library(settings.data, generations)
    if generations.late:
        log.print(f"已发布；但进程 {'、'.join(generations.late)} 还没有换上，请看它的日志。", soft_wrap=True)
