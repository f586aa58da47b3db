"""Options written in a file: `yaodian serve --config FILE`. The command line counts before the environment, that before the
file."""

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer

from service.cli.options import failure


def _read(context: typer.Context, file: Path | None) -> Path | None:
    """Before all other options, which then take from it what is said nowhere else."""
    if file is not None:
        context.default_map = {**(context.default_map or {}), **_settings(context, file)}
    return file


ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        envvar="YAODIAN_CONFIG",
        help="选项写在这个 TOML 文件里：名称去掉 --，如 port = 8080；命令行与环境变量写了的照它们",
        is_eager=True,
        callback=_read,
        show_default="不读",
    ),
]


def _settings(context: typer.Context, file: Path) -> dict[str, Any]:
    """The names of parameters -> what the file says; paths are those beside it."""
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise failure(f"配置文件 {file} 读不了（{reason}）。应为 UTF-8 的 TOML 文件。") from error
    options = options_of(context)
    settings = {}
    for name, value in written.items():
        if name not in options:
            near = get_close_matches(name.replace("_", "-"), options, 1, 0.5)
            meant = f"是不是“{near[0]}”？" if near else ""
            raise failure(f"配置文件 {file} 里的“{name}”不是选项。{meant}可以写的：{'、'.join(options)}。")
        parameter = options[name]
        if isinstance(value, dict) or (isinstance(value, list) != parameter.multiple):
            expected = '几个值，如 ["…", "…"]' if parameter.multiple else "一个值"
            raise failure(f"配置文件 {file} 里的“{name}”应为{expected}。")
        folder = parameter.type_descriptor.annotation is Path and isinstance(value, str)
        settings[str(parameter.name)] = str(file.parent / value) if folder else value
    return settings


def options_of(context: typer.Context) -> dict[str, Any]:
    """Those of `serve`, all but the one that names the file, under the names they have there."""
    commands: Any = context.find_root().command
    serve = commands.get_command(context, "serve") if hasattr(commands, "get_command") else context.command
    named = {
        parameter.opts[0].removeprefix("--"): parameter for parameter in serve.params if parameter.name != "config"
    }
    return {name: parameter for name, parameter in named.items() if name != "help"}
