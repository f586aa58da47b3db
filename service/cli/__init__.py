"""The command `yaodian`. Settings are read here; results on stdout, all else on stderr."""

import os
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from service.cli.plain import write_plainly

_COMMANDS = {  # -> module, function or group, example
    "serve": ("serve", "serve", "yaodian serve --host 0.0.0.0 --port 8080 --documents 我的文档"),
    "doctor": ("doctor", "doctor", "yaodian doctor --data 我的索引 --port 8080"),
    "ask": ("ask", "ask", "yaodian ask 第1项讲什么 谁牵头"),
    "search": ("ask", "search", "yaodian search 垃圾分类 --limit 5"),
    "index": ("index", "index", "yaodian index --documents 我的文档 --data 索引"),
    "check": (
        "check",
        "check",
        "yaodian check 我的文档/要点.docx　　yaodian check *.pdf --json　　yaodian check 要点.pdf --write",
    ),
    "add": ("library", "add", "yaodian add 2025年要点.docx　　yaodian add *.pdf --group 人事"),
    "list": ("library", "list_", "yaodian list"),
    "show": ("library", "show", "yaodian show 2025年要点"),
    "remove": ("library", "remove", "yaodian remove 2025年要点"),
    "restore": (
        "library",
        "restore",
        "yaodian restore 2025年要点 --version 1　　yaodian restore 备份.db --data 新文件夹",
    ),
    "history": ("library", "history", "yaodian history 2025年要点"),
    "backup": ("library", "backup_", "yaodian backup 备份.db"),
    "reload": ("reload", "reload", "yaodian reload --data 我的索引"),
    "analyze": ("analyze", "analyze", "yaodian analyze 哪些任務涉及垃圾分類"),
    "mcp": (
        "mcp",
        "mcp",
        '写进客户端的配置：{"mcpServers": {"yaodian": {"command": "yaodian", "args": ["mcp", "--data", "/data"]}}}',
    ),
    "keys": ("keys", "keys", "yaodian keys add 张三 --role editor --group 人事"),
}


class _Commands(TyperGroup):
    """Each is loaded when it is asked for: what one needs takes a second, what all need two."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        names: dict[str, Any] = dict.fromkeys(_COMMANDS)
        self.commands.update(names)  # for the one that may be meant by another word

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in _COMMANDS:
            return None
        module, name, example = _COMMANDS[cmd_name]
        found = getattr(import_module(f"service.cli.{module}"), name)
        one = typer.Typer(add_completion=False)
        if isinstance(found, typer.Typer):
            one.add_typer(found, name=cmd_name, epilog=f"例：{example}")
        else:
            one.command(cmd_name, epilog=f"例：{example}")(found)
        command: Any = typer.main.get_command(one)
        return command.commands[cmd_name] if isinstance(found, typer.Typer) else command


app = typer.Typer(
    cls=_Commands,
    help="要点问答：对带编号的中文公文提问，得到完整、逐条引用的答案。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"yaodian {version('yaodian')}")
        raise typer.Exit


@app.callback()
def _of_all(
    _: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="写出版本号，然后结束。")
    ] = False,
) -> None:
    """There are commands, whatever is loaded."""


def main() -> None:
    """Entry point: failures as one line, never a traceback."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    write_plainly()
    app()
