"""`yaodian ask` and `yaodian search`: what the service answers, on the terminal."""

import time
from typing import Annotated

import typer

from corpus import PACKAGED, well_formed
from service.answering import Answer, Voice
from service.assistant import Assistant
from service.cli.options import (
    DATA,
    DataOption,
    DocumentsOption,
    EncoderOption,
    JsonOption,
    OfOption,
    RerankerOption,
    StoreOption,
    answering,
    asked,
    log,
    named,
    opened,
    print_json,
)
from service.requests import HISTORY_LENGTH, SEARCH_LIMIT, AskRequest
from service.settings import Settings
from service.wire import Wire


def ask(
    questions: Annotated[
        list[str], typer.Argument(metavar="{question}…", help="问题，繁简均可；有几个的，后一个接着前一个问")
    ],
    of: OfOption = None,
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """提一个问题，输出答案，后面写的接着问；--json 输出与 /api/ask 相同的 JSON，几个问题的是最后一个的。"""
    questions = [asked(question) for question in questions]
    assistant = opened(Settings(documents, data, encoder, store, reranker))
    asked_of = named(assistant, of)
    for at, question in enumerate(questions):
        began, history = time.perf_counter(), questions[:at][-HISTORY_LENGTH:]
        with answering():
            answer = assistant.ask(question, history, documents=asked_of)
        if not as_json:
            _print(question if len(questions) > 1 else "", answer, assistant)
    if as_json:
        request = AskRequest(question=question, history=history, documents=asked_of)
        print_json(Wire(assistant.index.corpus).ask(request, answer, assistant.version, began))


def _print(question: str, answer: Answer, assistant: Assistant) -> None:
    if question:
        print(f"> {question}")
    if answer.reading:
        log.print(f"理解为：{answer.reading}", soft_wrap=True, markup=False)
    print(answer.text)
    if answer.related:
        near = Voice(answer.script, assistant.documents)
        print(near.say("相近的条目（不在答案之内）：") + "、".join(near.label(match.item) for match in answer.related))


def search(
    query: Annotated[str, typer.Argument(help="要找的词句，繁简均可")],
    limit: Annotated[int, typer.Option(help="至多列出几个条目", min=1, max=100)] = SEARCH_LIMIT,
    of: OfOption = None,
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """按字句与意义搜索条目：先列字面出现的，再列相近的。"""
    query = well_formed(query)
    assistant = opened(Settings(documents, data, encoder, store))
    asked_of = named(assistant, of)
    began = time.perf_counter()
    with answering():
        hits = assistant.search(query, asked_of)
    reply = Wire(assistant.index.corpus).search(query, hits, 0, limit, began)
    if as_json:
        print_json(reply)
        return
    print(f"共{len(hits)}个条目" + (f"，列出前{limit}个" if len(hits) > limit else ""))
    for match in reply["hits"]:
        title = f"《{match['document_title']}》" if len(assistant.documents) > 1 else ""
        print(f"{title}{match['label']}\t{match['score']:.4f}\t{match['text'].splitlines()[0]}")
