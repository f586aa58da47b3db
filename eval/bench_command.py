"""`python -m eval bench`: speed and size, of the packaged document or as a folder grows."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from corpus import CorpusError
from eval.bench import as_json as bench_json
from eval.bench import rows, run_bench

EXAMPLES = """例：

python -m eval bench --json > bench.json

python -m eval bench --scale 我的文档 --out 规模.json

python -m eval bench --scale 我的文档 --sizes 1000,10000 --questions 20
"""
log = Console(stderr=True, highlight=False)


def bench(
    starts: Annotated[int, typer.Option(help="启动几次取中位数", min=1)] = 5,
    requests: Annotated[int, typer.Option(help="每种请求发几次", min=100)] = 500,
    scale: Annotated[
        Path | None,
        typer.Option(
            help="随条目增多怎样变：这个文件夹里的 1000、10000、50000 与全部条目，各量建立、启动、内存与各类问题",
            exists=True,
            file_okay=False,
            show_default="只量自带文档",
        ),
    ] = None,
    sizes: Annotated[
        str, typer.Option(help="与 --scale 同用：多少个条目，以逗号分隔；全部总要量")
    ] = "1000,10000,50000",
    questions: Annotated[int, typer.Option(help="与 --scale 同用：每类问多少个问题", min=2, max=70)] = 40,
    out: Annotated[Path | None, typer.Option(help="与 --scale 同用：另写到这个 JSON 文件")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="标准输出只输出 JSON")] = False,
) -> None:
    """启动用时、内存、延迟与吞吐（自行启动服务，约半分钟）；--scale 量它们随条目增多怎样变。"""
    if scale:
        _scale(scale, _numbers(sizes), questions, out, as_json)
        return
    with log.status("准备") as status:
        measured = run_bench(starts, requests, lambda step: status.update(step))
    if as_json:
        print(bench_json(measured))
        return
    table = Table("指标", "数值")
    for name, value in rows(measured):
        table.add_row(name, value)
    Console().print(table)


def _numbers(sizes: str) -> list[int]:
    try:
        found = [int(size) for size in sizes.replace("，", ",").split(",") if size.strip()]
    except ValueError:
        found = [0]
    if any(size < 1 for size in found):
        raise typer.BadParameter(f"应为以逗号分隔的正整数，如 1000,10000，实为“{sizes}”", param_hint="--sizes")
    return found


def _scale(folder: Path, sizes: list[int], questions: int, out: Path | None, only_json: bool) -> None:
    try:
        from eval.scale import as_json, run_scale
        from eval.scale_tables import tables
    except ModuleNotFoundError as error:
        raise _failure(f"要用另装的库（缺 {error.name}）。请执行：pip install -e '.[eval]'") from error
    try:
        with log.status("准备") as status:
            show = status.update if log.is_terminal else log.print
            measured = run_scale(folder, sizes, questions, lambda step: show(step))
        if out:
            out.write_text(as_json(measured), encoding="utf-8")
    except (CorpusError, RuntimeError) as error:
        raise _failure(str(error)) from error
    except OSError as error:
        raise _failure(f"写不进去（{error.strerror}）：{error.filename}") from error
    if only_json:
        print(as_json(measured))
    else:
        for table in tables(measured):
            Console().print(table)
    for name in measured.missing:
        log.print(f"没有安装 {name}，不作参照。")
    if out:
        log.print(f"已写入 {out}", soft_wrap=True)


def _failure(message: str) -> typer.Exit:
    log.print(f"[red]错误[/red]：{message}")
    return typer.Exit(1)
