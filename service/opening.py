"""Where objects are made: from settings to documents, encoder, index and assistant."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from corpus import CorpusError, Sources, find_sources
from index import (
    Encoder,
    EncoderError,
    EngineError,
    Index,
    IndexUnusableError,
    Milvus,
    OnBatch,
    OnDocument,
    Segmenter,
    load_calibration,
    load_encoder,
    load_index,
)
from index import (
    build_index as build,
)
from service.assistant import Assistant
from service.settings import Settings

SOURCES = "sources"  # in the data folder: what was read from files that take long to read
WORDS = "words"  # and the dictionaries of words, in a form that loads at once
Parts = tuple[Sources, Segmenter, Encoder]


class OpeningError(Exception):
    """Something that the settings name cannot be used; the message says what, and what repairs it."""


def open_assistant(settings: Settings, log: Console) -> Assistant:
    """An assistant over the stored index; a missing or stale one is rebuilt, a damaged one refused, and so is any that
    has a store, which others may be using."""
    with _explained():
        parts = _parts(settings, log)
        try:
            return Assistant(_loaded(parts, settings, log))
        except IndexUnusableError as error:
            if error.state == "damaged" or settings.store:
                raise OpeningError(f"{error}请重建：{settings.index_command}") from error
            log.print("没有索引，先建立。" if error.state == "missing" else "索引已过期，先重建。")
            _build(parts, settings, log)
            return Assistant(_loaded(parts, settings, log))


def build_index(settings: Settings, log: Console) -> Index:
    """A new index, stored."""
    with _explained():
        parts = _parts(settings, log)
        _build(parts, settings, log)
        return _loaded(parts, settings, log)


def index_state(settings: Settings, log: Console) -> tuple[str, str]:
    """The stored index's state (current, missing, stale or damaged) and a sentence about it."""
    with _explained():
        try:
            found = load_index(settings.data, *_parts(settings, log), _holder(settings))
        except IndexUnusableError as error:
            return error.state, f"{error}请建立：{settings.index_command}"
        return "current", f"{settings.data} 里的索引可用：{len(found.items)}个条目，版本 {found.fingerprint[:12]}"


def _parts(settings: Settings, log: Console) -> Parts:
    sources = find_sources(settings.documents)
    segmenter = Segmenter(sources.words, settings.data / WORDS)
    if settings.encoder:
        log.print(f"载入编码模型 {settings.encoder} …（本机没有时从模型库下载）")
    return sources, segmenter, load_encoder(settings.encoder, segmenter, settings.data / WORDS)


def _loaded(parts: Parts, settings: Settings, log: Console) -> Index:
    """The stored index, and what keeps any file from being served."""
    index = load_index(settings.data, *parts, _holder(settings))
    corpus = index.corpus
    for failure in corpus.failures:
        log.print(f"没有载入 {failure.name}：{failure.reason}", soft_wrap=True, markup=False)
    if corpus.failures:
        log.print(
            f"{len(corpus.failures)}份文件没有载入，其余{len(corpus.documents)}份照常使用。逐份检查：yaodian check 文件"
        )
    return _calibrated(index, settings, log)


def _calibrated(index: Index, settings: Settings, log: Console) -> Index:
    """With the constants kept beside the index for its encoder; those of the bundled encoder where there are none."""
    try:
        kept = load_calibration(settings.data, index.encoder.identity)
    except ValueError as error:
        raise OpeningError(str(error)) from error
    if kept is None and settings.encoder:
        log.print(
            f"编码模型 {settings.encoder} 还没有校准，沿用自带模型的常数；用标注的题集校准：{settings.calibrate_command}",
            soft_wrap=True,
        )
    return index.calibrated(kept) if kept else index


def _holder(settings: Settings, on_batch: OnBatch | None = None) -> Milvus | None:
    return Milvus(settings.store, on_batch) if settings.store else None


def _build(parts: Parts, settings: Settings, log: Console) -> None:
    data = settings.data
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[items]}　{task.fields[speed]}个/秒　还需"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=log, transient=True) as progress:
        on_document, on_batch = _step(progress, "建立索引", "{}个条目"), _step(progress, "填入 Milvus", "")
        holder = _holder(settings, lambda sent, total: on_batch(sent, total, sent))
        try:
            build(*parts, data, on_document, data / SOURCES, holder=holder)
        except OSError as error:
            raise OpeningError(f"无法把索引写入 {data}（{error.strerror}）。请用 --data 指明可写的文件夹。") from error


def _step(progress: Progress, what: str, items: str) -> OnDocument:
    """Told how much is done, of how much, and of how many items; shown from when that begins."""
    began, task = 0.0, None

    def on_step(done: int, total: int, count: int) -> None:
        nonlocal began, task
        if task is None:
            began, task = time.monotonic(), progress.add_task(what, total=None, items="", speed=0)
        speed = round(count / max(0.001, time.monotonic() - began))
        progress.update(task, completed=done, total=total, items=items.format(count), speed=speed)

    return on_step


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (CorpusError, EncoderError, EngineError, OSError) as error:
        raise OpeningError(str(error)) from error
