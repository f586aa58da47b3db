"""What would keep the service from running well, found before it does: each check says what it found, and what to do."""

import contextlib
import shutil
import socket
import ssl
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.error import URLError
from urllib.request import urlopen

from rich.console import Console

from corpus import CorpusError, load_corpus
from index import EncoderError, Segmenter, load_encoder, load_reranker
from service.access import Access
from service.certificates import check_certificate
from service.library import LibraryError, exists, reading
from service.library.database import FILE
from service.opening import OpeningError, index_state, sources_of
from service.presence import serving
from service.settings import Settings

LITTLE, NEXT_TO_NOTHING = 1024, 100  # MiB free on the disk, from which on down it is said, and is a fault
AHEAD = 300  # seconds by which a file may be from the future

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `repair` says what to do, where there is something."""

    what: str
    state: State
    said: str
    repair: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the service is to listen, and as whom."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    read_key_required: bool = False


def examined(settings: Settings, place: Place) -> Iterator[Finding]:
    """One after the other, each on its own."""
    checks: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("数据文件夹", lambda: _folder(settings.data)),
        ("磁盘", lambda: _disk(settings.data)),
        ("时钟", lambda: _clock(settings)),
        ("文档", lambda: _documents(settings)),
        ("文档库", lambda: _library(settings.data)),
        ("密钥", lambda: _keys(settings.data, place)),
        ("编码模型", lambda: _model(settings)),
        ("重排模型", lambda: _reranker(settings)),
        ("索引", lambda: _index(settings)),
        ("端口", lambda: _port(settings.data, place)),
        ("证书", lambda: _certificate(place)),
        ("语言模型", lambda: _llm(settings)),
    )
    for what, check in checks:
        try:
            yield from check()
        except (CorpusError, EncoderError, LibraryError, OpeningError, OSError) as error:
            yield Finding(what, "fail", str(error))


def _folder(data: Path) -> Iterator[Finding]:
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data) as file:
            file.write(b"0")
    except OSError as error:
        said = f"{data.absolute()} 不可写（{error.strerror}）"
        yield Finding("数据文件夹", "fail", said, "改它的权限，或用 --data 指明运行服务的用户可写的文件夹。")
    else:
        yield Finding("数据文件夹", "ok", f"{data.absolute()} 可写")


def _disk(data: Path) -> Iterator[Finding]:
    existing = next(folder for folder in (data.absolute(), *data.absolute().parents) if folder.exists())
    free = shutil.disk_usage(existing).free // 2**20
    state: State = "fail" if free < NEXT_TO_NOTHING else "warn" if free < LITTLE else "ok"
    repair = "" if state == "ok" else "腾出空间：每发布一次，索引先写一份新的，再删旧的。"
    yield Finding("磁盘", state, f"{existing} 还有 {free} MiB", repair)


def _clock(settings: Settings) -> Iterator[Finding]:
    """Without a network only what is impossible can be told: files that are from the future."""
    now, newest = time.time(), 0.0
    for path in (Path(__file__), *settings.data.glob("*"), *settings.documents.glob("*")):
        with contextlib.suppress(OSError):
            newest = max(newest, path.stat().st_mtime)
    said = f"现在是 {time.strftime('%Y-%m-%d %H:%M %Z')}"
    if newest > now + AHEAD:
        later = time.strftime("%Y-%m-%d %H:%M", time.localtime(newest))
        yield Finding("时钟", "warn", f"{said}，而有文件是 {later} 的", "校准时钟：今年、去年、时限都照它算。")
    else:
        yield Finding("时钟", "ok", said)


def _documents(settings: Settings) -> Iterator[Finding]:
    if not settings.names_folder:
        return
    corpus = load_corpus(settings.documents)
    said = f"{settings.documents} 里{len(corpus.documents)}份文档"
    if corpus.failures:
        names = "、".join(failure.name for failure in corpus.failures[:5])
        yield Finding(
            "文档", "warn", f"{said}，另有{len(corpus.failures)}份读不了：{names}", "看原因：yaodian check 文件"
        )
    else:
        yield Finding("文档", "ok", said)


def _library(data: Path) -> Iterator[Finding]:
    if not exists(data):
        yield Finding("文档库", "ok", "没有用文档库")
        return
    with reading(data) as database:
        (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
        (count,) = database.execute("SELECT count(*) FROM documents").fetchone()
    if verdict == "ok":
        yield Finding("文档库", "ok", f"完好，{count}份文档")
    else:
        yield Finding(
            "文档库", "fail", f"{data / FILE} 已损坏：{verdict}", "从备份恢复：yaodian restore 备份.db --data 新文件夹"
        )


def _keys(data: Path, place: Place) -> Iterator[Finding]:
    keys = Access(data).keys
    if place.read_key_required and not keys:
        yield Finding("密钥", "warn", "读要密钥，而密钥还没有", "做一个：yaodian keys add 名称")
        return
    file = data / FILE
    if file.exists() and stat.S_IMODE(file.stat().st_mode) & stat.S_IROTH:
        said = f"这台机器上谁都能读 {file}：有组的文档与密钥的散列在里面"
        yield Finding("密钥", "warn", said, f"chmod o-rwx {data}")
    else:
        yield Finding("密钥", "ok", f"{len(keys)}个密钥")


def _model(settings: Settings) -> Iterator[Finding]:
    encoder = load_encoder(settings.encoder, Segmenter(sources_of(settings).words))
    yield Finding("编码模型", "ok", f"{settings.encoder or '自带的'}（{encoder.identity[:20]}）")


def _reranker(settings: Settings) -> Iterator[Finding]:
    """Nothing where none is named."""
    if settings.reranker:
        reranker = load_reranker(settings.reranker)
        yield Finding("重排模型", "ok", f"{settings.reranker}（{reranker.identity[:20]}）")


def _index(settings: Settings) -> Iterator[Finding]:
    state, said = index_state(settings, Console(quiet=True))
    if state == "current":
        yield Finding("索引", "ok", said)
    elif state == "damaged":
        yield Finding("索引", "fail", said)
    else:
        later = "启动服务前建立它" if settings.store else "启动服务时会先建立，也可以现在做"
        yield Finding("索引", "warn", said.partition("请建立")[0], f"{later}：{settings.index_command}")


def _port(data: Path, place: Place) -> Iterator[Finding]:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        socket.create_server((place.host, place.port), family=family).close()
    except OSError as error:
        where = f"{place.host}:{place.port}"
        if serving(data) and _lives(place):
            yield Finding("端口", "ok", f"{where} 上正是用这个 --data 的服务")
        else:
            said = f"不能监听 {where}（{error.strerror}）"
            yield Finding("端口", "fail", said, f"停下占用它的程序，或换一个：--port {place.port + 1}")
    else:
        yield Finding("端口", "ok", f"{place.host}:{place.port} 空着")


def _lives(place: Place) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(place.host, place.host)
    scheme = "https" if place.certificate else "http"
    unverified = ssl._create_unverified_context() if place.certificate else None
    try:
        with urlopen(f"{scheme}://{host}:{place.port}/livez", timeout=2, context=unverified) as reply:
            return bool(reply.status == 200)
    except (URLError, OSError, ValueError):
        return False


def _certificate(place: Place) -> Iterator[Finding]:
    if place.certificate is None:
        return
    key = place.key or place.certificate
    try:
        check_certificate(place.certificate, key)
    except ValueError as error:
        yield Finding("证书", "fail", str(error), "改 --tls-cert、--tls-key。")
        return
    if stat.S_IMODE(key.stat().st_mode) & stat.S_IROTH:
        yield Finding("证书", "warn", f"谁都能读私钥 {key}", f"chmod o-rwx {key}")
    else:
        yield Finding("证书", "ok", f"{place.certificate} 与私钥相配")


def _llm(settings: Settings) -> Iterator[Finding]:
    if settings.llm is None:
        return
    from service.llm.examined import examined_model  # with its HTTP client, which nothing else needs

    yield from examined_model(settings.llm)
