"""The options that name a language model; its key is never one."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.options import failure

if TYPE_CHECKING:
    from service.llm import Llm

LlmOption = Annotated[
    str | None,
    typer.Option(
        "--llm",
        envvar="YAODIAN_LLM",
        metavar="http://主机/v1",
        help="语言模型的地址（OpenAI 的接口）：理解文法没有读懂的问题，把找到的条目表述成话，逐句核对。密钥只在环境变量 YAODIAN_LLM_KEY 里",
        show_default="不用语言模型",
    ),
]
LlmModelOption = Annotated[
    str | None,
    typer.Option("--llm-model", envvar="YAODIAN_LLM_MODEL", metavar="名称", help="--llm 那里的哪个模型"),
]


def llm_of(url: str | None, model: str | None) -> "Llm | None":
    """None where none is named."""
    if not url:
        if model:
            raise typer.BadParameter("要与 --llm 同用。", param_hint="--llm-model")
        return None
    try:
        from service.llm import Llm
    except ModuleNotFoundError as error:
        if error.name != "httpx":
            raise
        raise failure("用语言模型需要另装的库（缺 httpx）。请执行：pip install -e '.[llm]'") from error
    try:
        return Llm.of(url, model, os.environ)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--llm") from error
