"""`yaodian check`: what a document is read as, and a file that corrects it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from corpus import Document, ParseError, SettledError, SourceError, check_lines, check_report, draft, load_document
from service.cli.options import JsonOption, failure, log, print_json


def check(
    files: Annotated[list[Path], typer.Argument(help="要检查的文档，可写几份")],
    write: Annotated[
        bool, typer.Option("--write", help="在每份文档旁起草同名的 .toml，读得不对的地方在那里改正；已有的不动")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """看一份文档读成了什么：标题、日期、条目的层次、部门、时限，和每一处存疑。读不了的以 1 退出。"""
    failed, told = 0, []
    for path in files:
        try:
            document = load_document(path)
        except (SourceError, ParseError, SettledError) as error:
            failed += 1
            log.print(f"[red]读不了[/red] {escape(str(path))}：{escape(str(error))}", soft_wrap=True)
            told.append({"file": str(path), "error": str(error)})
            continue
        told.append({"file": str(path), **check_report(document)})
        if not as_json:
            print(f"== {path}", *check_lines(document), sep="\n", end="\n\n")
        if write:
            _draft(path, document)
    if as_json:
        print_json(told)
    if failed:
        raise typer.Exit(1)


def _draft(path: Path, document: Document) -> None:
    beside = path.with_suffix(".toml")
    try:
        with beside.open("x", encoding="utf-8") as file:
            file.write(draft(document.title, document.issuer, document.date))
    except FileExistsError:
        log.print(f"{escape(str(beside))} 已有，没有改动。")
    except OSError as error:
        raise failure(f"{beside} 写不进去（{error.strerror}）。") from error
    else:
        log.print(f"已起草 {escape(str(beside))}。")
