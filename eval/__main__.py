"""python -m eval: figures about the product, through its front door."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from eval.bench import as_json as bench_json
from eval.bench import rows, run_bench

app = typer.Typer(help="要点问答的评测。", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
log = Console(stderr=True, highlight=False)


@app.callback()
def evaluation() -> None:
    """要点问答的评测。"""


@app.command(epilog="例：python -m eval bench --json > bench.json")
def bench(
    starts: Annotated[int, typer.Option(help="启动几次取中位数", min=1)] = 5,
    requests: Annotated[int, typer.Option(help="每种请求发几次", min=100)] = 500,
    as_json: Annotated[bool, typer.Option("--json", help="只输出 JSON")] = False,
) -> None:
    """启动用时、内存、延迟与吞吐（自行启动服务，约半分钟）。"""
    with log.status("准备") as status:
        measured = run_bench(starts, requests, lambda step: status.update(step))
    if as_json:
        print(bench_json(measured))
        return
    table = Table("指标", "数值")
    for name, value in rows(measured):
        table.add_row(name, value)
    Console().print(table)


if __name__ == "__main__":
    app()
