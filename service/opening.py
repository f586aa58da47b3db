"""Where objects are made: from settings to documents, encoder, index and assistant."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from corpus import CorpusError, Sources, find_sources
from index import (
    POINTER,
    Encoder,
    EncoderError,
    EngineError,
    Index,
    IndexUnusableError,
    Milvus,
    NoRoomError,
    OnBatch,
    OnDocument,
    Segmenter,
    WriterError,
    build_generation,
    clean,
    load_calibration,
    load_encoder,
    load_index,
    load_reranker,
    point_at,
    whole_generation,
    writing,
)
from service.assistant import Assistant
from service.building import SOURCES, WORDS, BuildingError, built_in_child
from service.library import Library, LibraryError, exists
from service.settings import Settings

TRIES = 5  # times that documents may change while they are being opened
_REBUILDING = {
    "missing": "没有索引，先建立。",
    "stale": "索引已过期，先重建。",
    "damaged": "索引已损坏，从文档库重建。",
}
_IN_MEMORY = "无法把索引写入 {}（{}）：这次放在内存里，照常回答。请腾出空间；下一次发布或启动时再写。"
Parts = tuple[Sources, Segmenter, Encoder]


class OpeningError(Exception):
    """Something that the settings name cannot be used; the message says what, and what repairs it."""


def open_assistant(settings: Settings, log: Console) -> Assistant:
    """An assistant over the stored index; a missing or stale one is rebuilt, and of a library a damaged one, too: in
    memory, where the disk has no room for it. A damaged one of a folder is refused, and so is any that has a store,
    which others may be using."""
    with _explained():
        if not settings.store and not (settings.data / POINTER).exists():
            sources_of(settings)  # that there are documents is looked at before anything is said
            log.print(_REBUILDING["missing"])
            if held := _built_or_held(settings, log):  # before anything is loaded, of which memory would be left
                return held
        for _ in range(TRIES):
            parts = _parts(settings, log)
            try:
                assistant = Assistant(_loaded(parts, settings, log))
                _clean(settings)
                return assistant
            except IndexUnusableError as error:
                if _is_mended(parts, settings, error, log):
                    continue
                if (error.state == "damaged" and not library_of(settings)) or settings.store:
                    raise OpeningError(f"{error}请重建：{settings.index_command}") from error
                log.print(_REBUILDING[error.state])
                if held := _built_or_held(settings, log):
                    return held
        raise OpeningError("文档不断在变，索引总是过期；等另一个进程做完再试。")


def reopened(settings: Settings, before: Assistant) -> Assistant:
    """An assistant over what the data folder points at now, with all that need not be loaded anew. Raises
    OpeningError."""
    log, index = Console(quiet=True), before.index
    with _explained():
        sources = sources_of(settings)
        own = (sources, index.segmenter, index.encoder)
        try:
            return Assistant(
                _loaded(own if sources.words == index.corpus.words else _parts(settings, log), settings, log)
            )
        except IndexUnusableError as error:
            raise OpeningError(str(error)) from error


def library_of(settings: Settings) -> Library | None:
    """None where the documents are a folder's, or there is no library."""
    return None if settings.names_folder or not exists(settings.data) else Library(settings.data)


def sources_of(settings: Settings) -> Sources:
    """Those of the library, if it has published any; else of the folder. Raises CorpusError or LibraryError."""
    library = library_of(settings)
    return (library and library.sources()) or find_sources(settings.documents)


def build_index(settings: Settings, log: Console) -> Index:
    """A new index, stored."""
    with _explained():
        try:
            _build(settings, log)
        except NoRoomError as full:
            raise _unwritable(settings, full) from full
        return _loaded(_parts(settings, log), settings, log)


def index_state(settings: Settings, log: Console) -> tuple[str, str]:
    """The stored index's state (current, missing, stale or damaged) and a sentence about it."""
    with _explained():
        try:
            found = load_index(settings.data, *_parts(settings, log), _holder(settings))
        except IndexUnusableError as error:
            return error.state, f"{error}请建立：{settings.index_command}"
        return "current", f"{settings.data} 里的索引可用：{len(found.items)}个条目，版本 {found.fingerprint[:12]}"


def _is_mended(parts: Parts, settings: Settings, error: IndexUnusableError, log: Console) -> bool:
    """Another generation holds just these documents: from now on that is in use."""
    if error.state == "missing":
        return False
    sources, _, encoder = parts
    with writing(settings.data):
        name = whole_generation(settings.data, sources, encoder, _holder(settings))
        if name:
            point_at(settings.data, name, _holder(settings))
            log.print(f"{error}另有一份完好的，改用它。", soft_wrap=True, markup=False)
    return name is not None


def _clean(settings: Settings) -> None:
    """Without what killed processes left; another time, where one is at work."""
    with suppress(WriterError, OSError), writing(settings.data, 0):
        clean(settings.data, _holder(settings))


def _parts(settings: Settings, log: Console) -> Parts:
    sources = sources_of(settings)
    segmenter = Segmenter(sources.words, settings.data / WORDS)
    if settings.encoder:
        log.print(f"载入编码模型 {settings.encoder} …（本机没有时从模型库下载）")
    return sources, segmenter, load_encoder(settings.encoder, segmenter, settings.data / WORDS)


def _loaded(parts: Parts, settings: Settings, log: Console) -> Index:
    """The stored index, and what keeps any file from being served."""
    return _calibrated(_said(load_index(settings.data, *parts, _holder(settings)), log), settings, log)


def _said(index: Index, log: Console) -> Index:
    """And which files it does not hold."""
    corpus = index.corpus
    for failure in corpus.failures:
        log.print(f"没有载入 {failure.name}：{failure.reason}", soft_wrap=True, markup=False)
    if corpus.failures:
        log.print(
            f"{len(corpus.failures)}份文件没有载入，其余{len(corpus.documents)}份照常使用。逐份检查：yaodian check 文件"
        )
    return index


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
    if settings.reranker:
        log.print(f"载入重排模型 {settings.reranker} …（本机没有时从模型库下载）")
        index = index.reranked_by(load_reranker(settings.reranker))
    return index.calibrated(kept) if kept else index


def _holder(settings: Settings, on_batch: OnBatch | None = None) -> Milvus | None:
    return Milvus(settings.store, on_batch) if settings.store else None


def _build(settings: Settings, log: Console) -> None:
    """Of the documents as they are once no other process publishes. Raises NoRoomError, too."""
    data = settings.data
    with _publishing(settings, log) as progress:
        on_document, on_batch = _step(progress, "建立索引", "{}个条目"), _step(progress, "填入 Milvus", "")
        holder = _holder(settings, lambda sent, total: on_batch(sent, total, sent))
        name = build_generation(*_parts(settings, log), data, on_document, data / SOURCES, holder=holder)
        point_at(data, name, holder)


def _built_or_held(settings: Settings, log: Console) -> Assistant | None:
    """Builds an index; where the disk has no room for it, an assistant over one in memory."""
    try:
        _build_aside(settings, log)
    except OpeningError as error:
        if not (isinstance(error.__cause__, BuildingError) and error.__cause__.no_room):
            raise
        try:
            _build(settings, log)
        except NoRoomError as full:
            log.print(_IN_MEMORY.format(settings.data, full.strerror), soft_wrap=True, markup=False)
            return Assistant(_calibrated(_said(full.index, log), settings, log))
    return None


def _build_aside(settings: Settings, log: Console) -> None:
    """In a process of its own: the memory that building takes does not stay with the one who serves."""
    with _publishing(settings, log) as progress:
        on_document = _step(progress, "建立索引", "{}个条目")
        point_at(settings.data, built_in_child(settings, sources_of(settings), on_document, anew=True))


@contextmanager
def _publishing(settings: Settings, log: Console) -> Iterator[Progress]:
    """Alone, and with what is shown of it."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[items]}　{task.fields[speed]}个/秒　还需"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=log, transient=True) as progress:
        try:
            with writing(settings.data):
                yield progress
        except NoRoomError:
            raise
        except BuildingError as error:
            raise OpeningError(str(error)) from error
        except OSError as error:
            raise _unwritable(settings, error) from error


def _unwritable(settings: Settings, error: OSError) -> OpeningError:
    return OpeningError(
        f"无法把索引写入 {settings.data}（{error.strerror}）。请腾出空间，或用 --data 指明可写的文件夹。"
    )


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
    except (CorpusError, EncoderError, EngineError, LibraryError, OSError) as error:
        raise OpeningError(str(error)) from error
