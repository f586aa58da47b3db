"""`yaodian analyze`: how a question is understood, and why each item is in the answer or not."""

import json
import time
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from corpus import PACKAGED
from service.analysis import Analysis, Verdict
from service.analysis import analyze as analyze_question
from service.cli.options import (
    DATA,
    DataOption,
    DocumentsOption,
    EncoderOption,
    JsonOption,
    StoreOption,
    answering,
    asked,
    opened,
    print_json,
)
from service.parts import Json
from service.requests import AskRequest
from service.settings import Settings
from service.wire import Wire

SHOWN = 15  # rows that are printed


def analyze(
    question: Annotated[str, typer.Argument(help="要分析的问题")],
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """说明一个问题怎样被理解：折叠、分词、计划，以及每个条目为何入选或落选。"""
    question = asked(question)
    assistant = opened(Settings(documents, data, encoder, store))
    began = time.perf_counter()
    with answering():
        analysis = analyze_question(assistant, question)
    request = AskRequest(question=question)
    reply = Wire(assistant.index.corpus).ask(request, analysis.answer, assistant.version, began)
    if as_json:
        print_json(_report(analysis, reply))
        return
    _print_reading(analysis, reply)
    _print_items(analysis)


def _report(analysis: Analysis, reply: Json) -> Json:
    tokens = analysis.explained.tokens
    return {
        "folded": analysis.folded,
        "words": analysis.words,
        "tokens": [{"text": text, "class": kind, "read_by": by} for text, kind, by in tokens],
        "unread": list(analysis.explained.unread),
        "reading": analysis.answer.reading,
        "conditions": list(analysis.answer.conditions),
        "content_words": analysis.content_words,
        "formal_words": analysis.formal_words,
        "plan": reply["plan"],
        "reason": analysis.answer.reason,
        "items": [_verdict(one) for one in analysis.verdicts],
    }


def _print_reading(analysis: Analysis, reply: Json) -> None:
    answer, unread = analysis.answer, analysis.explained.unread
    print(f"折叠：{analysis.folded}")
    print(f"分词：{' / '.join(analysis.words)}")
    print("读作：" + " ".join(f"{text}（{kind}：{by}）" for text, kind, by in analysis.explained.tokens))
    print(f"理解为：{answer.reading or '（无）'}　没有理解：{'、'.join(unread) or '（无）'}")
    print(f"主题：{answer.plan.topic or '（无）'}　实词：{' / '.join(analysis.content_words) or '（无）'}")
    if analysis.formal_words:
        print(f"词库：{' / '.join(analysis.formal_words)}")
    print("计划：" + json.dumps(reply["plan"], ensure_ascii=False))
    found = "、".join(item["label"] for item in reply["items"]) or "（无）"
    print(f"结果：{found}" + (f"（{reply['reason']}）" if reply["reason"] else ""))


def _print_items(analysis: Analysis) -> None:
    table = Table("条目", "入选", "原因", "得分", "实词覆盖", "词", "意义")
    for one in analysis.verdicts[:SHOWN]:
        hit = one.hit
        numbers = (
            (f"{hit.score:.4f}", f"{hit.coverage:.2f}", f"{hit.words:.2f}", f"{hit.meaning:.3f}") if hit else ("",) * 4
        )
        table.add_row(one.item.label, "✓" if one.member else "", one.why, *numbers)
    Console().print(table)
    if len(analysis.verdicts) > SHOWN:
        print(f"另有{len(analysis.verdicts) - SHOWN}个条目；--json 全部列出")


def _verdict(one: Verdict) -> Json:
    row: Json = {"label": one.item.label, "member": one.member, "why": one.why}
    if hit := one.hit:
        row |= {
            "score": hit.score,
            "phrase": hit.phrase,
            "coverage": round(hit.coverage, 2),
            "words": round(hit.words, 2),
            "meaning": round(hit.meaning, 3),
        }
    return row
