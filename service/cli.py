"""The command `yaodian`. Settings are read here; results on stdout, all else on stderr."""

import json
import logging
import os
import socket
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from corpus import (
    PACKAGED,
    Document,
    ParseError,
    SettledError,
    SourceError,
    check_lines,
    check_report,
    draft,
    load_document,
    well_formed,
)
from service.analysis import Verdict
from service.analysis import analyze as analyze_question
from service.answering import Voice
from service.assistant import Assistant
from service.opening import OpeningError, build_index, index_state, open_assistant
from service.origins import checked_origin
from service.question_log import QuestionLog
from service.settings import Settings
from service.wire import QUESTION_LENGTH, SEARCH_LIMIT, AskRequest, Wire

app = typer.Typer(
    help="要点问答：对带编号的中文公文提问，得到完整、逐条引用的答案。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
log = Console(stderr=True, highlight=False)

DocumentsOption = Annotated[
    Path,
    typer.Option(
        "--documents",
        envvar="YAODIAN_DOCUMENTS",
        help="文档文件夹（.txt .md .html .docx .pdf .xlsx …）",
        show_default="自带文档",
    ),
]
DataOption = Annotated[Path, typer.Option("--data", envvar="YAODIAN_DATA", help="存放索引的文件夹")]
EncoderOption = Annotated[
    str | None,
    typer.Option(
        "--encoder", envvar="YAODIAN_ENCODER", help="sentence-transformers 模型的文件夹或名称", show_default="自带模型"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="只输出 JSON")]
DATA = Path("data")
SHOWN = 15  # rows that `analyze` prints


@app.command(epilog="例：yaodian serve --host 0.0.0.0 --port 8080 --documents 我的文档")
def serve(
    host: Annotated[str, typer.Option(help="监听地址；0.0.0.0 为所有网卡")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口；0 为任一空闲端口", min=0, max=65535)] = 8000,
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    question_log: Annotated[
        Path | None,
        typer.Option(
            envvar="YAODIAN_QUESTION_LOG",
            help="把拒答与被否定的问题（只有问题本身）记进这个 JSONL 文件",
            show_default="不记",
        ),
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(
            envvar="YAODIAN_ALLOW_ORIGIN",
            help="哪些网站的网页可以调用接口，如 http://oa.example.cn（可写多次；环境变量里以空格分隔；* 为任何网站）",
            show_default="只有本服务的网页",
        ),
    ] = None,
) -> None:
    """启动服务：网页、搜索与问答接口。索引缺失或过期时先重建。"""
    began = time.monotonic()
    settings = Settings(documents, data, encoder)
    origins = [_origin(origin) for origin in allow_origin or ()]
    try:
        kept = QuestionLog(question_log) if question_log else None
    except OSError as error:
        raise _failure(f"问题记录 {question_log} 写不进去（{error.strerror}）。请指明可写的文件。") from error
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise _failure(
            f"无法监听 {host}:{port}（{error.strerror}）。换一个端口：yaodian serve --port {port + 1}"
        ) from error
    import uvicorn  # slow to import, and only needed here

    from service.app import create_app

    loading: Future[Assistant] = ThreadPoolExecutor(1, "loading").submit(lambda: open_assistant(settings, log))
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    config = uvicorn.Config(
        create_app(loading, kept, origins),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
        server_header=False,
    )
    server = uvicorn.Server(config)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"

    def loaded(done: "Future[Assistant]") -> None:
        if done.exception():
            server.should_exit = True
        else:
            items = sum(len(document.items) for document in done.result().documents)
            seconds = time.monotonic() - began
            log.print(f"已就绪：{address}（{items}个条目，启动用时 {seconds:.1f} 秒；按 Ctrl+C 停止）", soft_wrap=True)

    loading.add_done_callback(loaded)
    server.run(sockets=[listening])
    if failed := loading.exception():
        raise _failure(str(failed)) from failed


@app.command(epilog="例：yaodian ask 第1项讲什么")
def ask(
    question: Annotated[str, typer.Argument(help="问题，繁简均可")],
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """提一个问题，输出答案；--json 输出与 /api/ask 相同的 JSON。"""
    question = _asked(question)
    assistant = _opened(Settings(documents, data, encoder))
    began = time.perf_counter()
    answer = assistant.ask(question)
    reply = Wire(assistant.index.corpus).ask(AskRequest(question=question), answer, assistant.version, began)
    if as_json:
        _print_json(reply.model_dump())
        return
    if reply.reading:
        log.print(f"理解为：{reply.reading}", soft_wrap=True, markup=False)
    print(answer.text)
    if reply.related:
        near = Voice(answer.script, assistant.documents)
        print(near.say("相近的条目（不在答案之内）：") + "、".join(near.label(match.item) for match in answer.related))


@app.command(epilog="例：yaodian search 垃圾分类 --limit 5")
def search(
    query: Annotated[str, typer.Argument(help="要找的词句，繁简均可")],
    limit: Annotated[int, typer.Option(help="至多列出几个条目", min=1, max=100)] = SEARCH_LIMIT,
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """按字句与意义搜索条目：先列字面出现的，再列相近的。"""
    query = well_formed(query)
    assistant = _opened(Settings(documents, data, encoder))
    began = time.perf_counter()
    hits = assistant.search(query)
    reply = Wire(assistant.index.corpus).search(query, hits, 0, limit, began)
    if as_json:
        _print_json(reply.model_dump())
        return
    print(f"共{len(hits)}个条目" + (f"，列出前{limit}个" if len(hits) > limit else ""))
    for match in reply.hits:
        print(f"{match.label}\t{match.score:.4f}\t{match.text.splitlines()[0]}")


@app.command(epilog="例：yaodian index --documents 我的文档 --data 索引")
def index(
    status: Annotated[bool, typer.Option("--status", help="只报告索引的状态；不可用时以 1 退出")] = False,
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """建立（或重建）索引；服务在重启后使用新索引。"""
    settings = Settings(documents, data, encoder)
    try:
        if status:
            state, detail = index_state(settings, log)
            _print_json({"state": state, "detail": detail}) if as_json else print(detail)
            raise typer.Exit(0 if state == "current" else 1)
        built = build_index(settings, log)
    except OpeningError as error:
        raise _failure(str(error)) from error
    summary = {
        "documents": len(built.corpus.documents),
        "items": len(built.items),
        "version": built.fingerprint[:12],
    }
    if as_json:
        _print_json(summary)
    else:
        print(
            f"已建立索引：{summary['documents']}份文档，{summary['items']}个条目，版本 {summary['version']}，位于 {data}"
        )


@app.command(
    epilog="例：yaodian check 我的文档/要点.docx　　yaodian check *.pdf --json　　yaodian check 要点.pdf --write"
)
def check(
    files: Annotated[list[Path], typer.Argument(help="要检查的文档，可写几份")],
    write: Annotated[
        bool, typer.Option("--write", help="在每份文档旁起草同名的 .toml，读得不对的地方在那里改正；已有的不动")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """看一份文档读成了什么：标题、日期、条目的层次、部门、时限，和每一处存疑。读不了的以 1 退出。"""
    failed, told = 0, []
    for path in files:
        try:
            document = load_document(path)
        except (SourceError, ParseError, SettledError) as error:
            failed += 1
            log.print(f"[red]读不了[/red] {escape(str(path))}：{escape(str(error))}", soft_wrap=True)
            told.append({"file": str(path), "error": str(error)})
            continue
        told.append({"file": str(path), **check_report(document)})
        if not as_json:
            print(f"== {path}", *check_lines(document), sep="\n", end="\n\n")
        if write:
            _draft(path, document)
    if as_json:
        _print_json(told)
    if failed:
        raise typer.Exit(1)


def _draft(path: Path, document: Document) -> None:
    beside = path.with_suffix(".toml")
    try:
        with beside.open("x", encoding="utf-8") as file:
            file.write(draft(document.title, document.issuer, document.date))
    except FileExistsError:
        log.print(f"{escape(str(beside))} 已有，没有改动。")
    except OSError as error:
        raise _failure(f"{beside} 写不进去（{error.strerror}）。") from error
    else:
        log.print(f"已起草 {escape(str(beside))}。")


@app.command(epilog="例：yaodian analyze 哪些任務涉及垃圾分類")
def analyze(
    question: Annotated[str, typer.Argument(help="要分析的问题")],
    documents: DocumentsOption = PACKAGED,
    data: DataOption = DATA,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """说明一个问题怎样被理解：折叠、分词、计划，以及每个条目为何入选或落选。"""
    question = _asked(question)
    assistant = _opened(Settings(documents, data, encoder))
    began = time.perf_counter()
    analysis = analyze_question(assistant, question)
    answer = analysis.answer
    reply = Wire(assistant.index.corpus).ask(AskRequest(question=question), answer, assistant.version, began)
    if as_json:
        _print_json(
            {
                "folded": analysis.folded,
                "words": analysis.words,
                "tokens": [
                    {"text": text, "class": kind, "read_by": by} for text, kind, by in analysis.explained.tokens
                ],
                "unread": list(analysis.explained.unread),
                "reading": answer.reading,
                "conditions": list(answer.conditions),
                "content_words": analysis.content_words,
                "formal_words": analysis.formal_words,
                "plan": reply.plan.model_dump(),
                "reason": answer.reason,
                "items": [_verdict(one) for one in analysis.verdicts],
            }
        )
        return
    print(f"折叠：{analysis.folded}")
    print(f"分词：{' / '.join(analysis.words)}")
    print("读作：" + " ".join(f"{text}（{kind}：{by}）" for text, kind, by in analysis.explained.tokens))
    print(f"理解为：{answer.reading or '（无）'}　没有理解：{'、'.join(analysis.explained.unread) or '（无）'}")
    print(f"主题：{answer.plan.topic or '（无）'}　实词：{' / '.join(analysis.content_words) or '（无）'}")
    if analysis.formal_words:
        print(f"词库：{' / '.join(analysis.formal_words)}")
    print("计划：" + json.dumps(reply.plan.model_dump(), ensure_ascii=False))
    found = "、".join(match.label for match in reply.items) or "（无）"
    print(f"结果：{found}" + (f"（{reply.reason}）" if reply.reason else ""))
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


def _verdict(one: Verdict) -> dict[str, Any]:
    row: dict[str, Any] = {"label": one.item.label, "member": one.member, "why": one.why}
    if hit := one.hit:
        row |= {
            "score": hit.score,
            "phrase": hit.phrase,
            "coverage": round(hit.coverage, 2),
            "words": round(hit.words, 2),
            "meaning": round(hit.meaning, 3),
        }
    return row


def main() -> None:
    """Entry point: failures as one line, never a traceback."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    app()


def _opened(settings: Settings) -> Assistant:
    try:
        return open_assistant(settings, log)
    except OpeningError as error:
        raise _failure(str(error)) from error


def _origin(text: str) -> str:
    try:
        return checked_origin(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--allow-origin") from error


def _asked(question: str) -> str:
    """The question, within the limits of the service."""
    question = well_formed(question)
    if not 1 <= len(question) <= QUESTION_LENGTH:
        raise typer.BadParameter(f"问题应为1至{QUESTION_LENGTH}个字符，实为{len(question)}个。")
    return question


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _failure(message: str) -> typer.Exit:
    log.print(f"[red]错误[/red]：{escape(message)}", soft_wrap=True)
    return typer.Exit(1)
