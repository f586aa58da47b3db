"""`yaodian index`: build the index, or say what state it is in."""

from pathlib import Path
from typing import Annotated

import typer

from corpus import PACKAGED
from service.cli.options import (
    DATA,
    DataOption,
    DocumentsOption,
    EncoderOption,
    JsonOption,
    StoreOption,
    failure,
    log,
    print_json,
)
from service.library import FILE, damage_of, exists
from service.opening import OpeningError, build_index, index_state
from service.settings import Settings


def index(
    status: Annotated[bool, typer.Option("--status", help="只报告索引的状态；不可用时以 1 退出")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="逐个核对索引与文档库的校验和，什么也不改；有损坏的以 1 退出")
    ] = False,
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """建立（或重建）索引；正在运行的服务随即换上。"""
    settings = Settings(documents, data, encoder, store)
    try:
        if status or verify:
            state, detail = index_state(settings, log)
            if verify and exists(data):
                state, detail = _with_library(state, detail, data)
            print_json({"state": state, "detail": detail}) if as_json else print(detail)
            raise typer.Exit(0 if state == "current" else 1)
        built = build_index(settings, log)
    except OpeningError as error:
        raise failure(str(error)) from error
    summary = {
        "documents": len(built.corpus.documents),
        "items": len(built.items),
        "version": built.fingerprint[:12],
    }
    if as_json:
        print_json(summary)
    else:
        print(
            f"已建立索引：{summary['documents']}份文档，{summary['items']}个条目，版本 {summary['version']}，位于 {data}"
            + (f" 与 {store.text}" if store else "")
        )


def _with_library(state: str, detail: str, data: Path) -> tuple[str, str]:
    damage = damage_of(data / FILE)
    if damage is None:
        return state, f"{detail}\n{data / FILE} 完好。"
    repair = "从备份恢复：yaodian restore 备份文件 --data 新文件夹"
    return "damaged", f"{detail}\n{data / FILE} 有损坏：{damage}{repair}"
