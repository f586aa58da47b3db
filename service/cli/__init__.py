"""The command `yaodian`. Settings are read here; results on stdout, all else on stderr."""

import os
from collections.abc import Callable

import typer

from service.cli.analyze import analyze
from service.cli.ask import ask, search
from service.cli.check import check
from service.cli.doctor import doctor
from service.cli.index import index
from service.cli.keys import keys
from service.cli.library import add, backup_, history, list_, remove, restore, show
from service.cli.mcp import mcp
from service.cli.plain import write_plainly
from service.cli.reload import reload
from service.cli.serve import serve

app = typer.Typer(
    help="要点问答：对带编号的中文公文提问，得到完整、逐条引用的答案。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_EXAMPLES: dict[Callable[..., None], str] = {
    serve: "yaodian serve --host 0.0.0.0 --port 8080 --documents 我的文档",
    doctor: "yaodian doctor --data 我的索引 --port 8080",
    ask: "yaodian ask 第1项讲什么",
    search: "yaodian search 垃圾分类 --limit 5",
    index: "yaodian index --documents 我的文档 --data 索引",
    check: "yaodian check 我的文档/要点.docx　　yaodian check *.pdf --json　　yaodian check 要点.pdf --write",
    add: "yaodian add 2025年要点.docx　　yaodian add *.pdf --group 人事",
    list_: "yaodian list",
    show: "yaodian show 2025年要点",
    remove: "yaodian remove 2025年要点",
    restore: "yaodian restore 2025年要点 --version 1　　yaodian restore 备份.db --data 新文件夹",
    history: "yaodian history 2025年要点",
    backup_: "yaodian backup 备份.db",
    reload: "yaodian reload --data 我的索引",
    analyze: "yaodian analyze 哪些任務涉及垃圾分類",
    mcp: '写进客户端的配置：{"mcpServers": {"yaodian": {"command": "yaodian", "args": ["mcp", "--data", "/data"]}}}',
}
for command, example in _EXAMPLES.items():
    app.command(command.__name__.rstrip("_"), epilog=f"例：{example}")(command)

app.add_typer(keys, name="keys", epilog="例：yaodian keys add 张三 --role editor --group 人事")


def main() -> None:
    """Entry point: failures as one line, never a traceback."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    write_plainly()
    app()
