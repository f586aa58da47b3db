"""`yaodian index`: build the index, or say what state it is in."""

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
from service.opening import OpeningError, build_index, index_state
from service.settings import Settings


def index(
    status: Annotated[bool, typer.Option("--status", help="只报告索引的状态；不可用时以 1 退出")] = False,
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """建立（或重建）索引；服务在重启后使用新索引。"""
    settings = Settings(documents, data, encoder, store)
    try:
        if status:
            state, detail = index_state(settings, log)
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
