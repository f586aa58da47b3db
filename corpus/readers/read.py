"""A path -> its text: size, format, cache, and the reader, in this process or in a child."""

import stat
from dataclasses import replace
from pathlib import Path

from corpus.readers import cache as kept
from corpus.readers.formats import reader_of
from corpus.readers.markdown import read_markdown
from corpus.readers.office import to_docx
from corpus.readers.sandbox import read_in_child
from corpus.readers.source import Source, SourceError
from corpus.readers.text import read_text

READER_VERSION = 2  # raised when a reader gives other lines for the same file
LARGEST = 100_000_000  # bytes of a file
CHARACTERS = 3_000_000  # of its text: forty times the Criminal Law
SMALL = {"txt": 2_000_000, "md": 300_000}  # bytes of plain text that are read without a child process


def read_source(path: Path, cache: Path | None = None) -> Source:
    """The file as lines of text, whatever its format; from `cache` where this content was read before and is not
    plain text.

    Raises SourceError, whose message is for people, for whatever cannot be read.
    """
    if any("\ud800" <= character <= "\udfff" for character in path.name):
        raise SourceError("应为以 UTF-8 命名的文件，实为名称用了别的编码的文件；请改名后重新放入。")
    suffix = path.suffix.lower()
    content = _content(path)
    entry = kept.entry(cache, content, suffix, READER_VERSION) if cache and not _is_plain(content, suffix) else None
    source = kept.recall(entry) if entry else None
    if source is None:
        source = _read(content, suffix)
        if entry:
            kept.remember(entry, source)
    return source


def _is_plain(content: bytes, suffix: str) -> bool:
    """A text that is read sooner than it is looked up."""
    return suffix == ".txt" and len(content) <= SMALL["txt"] and reader_of(content, suffix)[0] == "txt"


def _content(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SourceError("应为文件，实为文件夹或设备；请指明一个文件。")
        if status.st_size > LARGEST:
            raise SourceError(
                f"应为至多 {LARGEST // 1_000_000} MB 的文件，实为 {status.st_size // 1_000_000} MB；请拆分后再试。"
            )
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise SourceError(f"应为可读的文件，实为：{_why_unread(error)}；请核对路径和权限。") from error
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise SourceError("应为有内容的文件，实为空文件；请核对后重新放入。")
    return content


def _why_unread(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "没有这个文件"
        case PermissionError():
            return "没有读取的权限"
        case OSError(strerror=str(reason)):
            return reason
    return "名称不能使用"


def _read(content: bytes, suffix: str) -> Source:
    reader, warnings = reader_of(content, suffix)
    if reader == "office":
        content, reader = to_docx(content, suffix), "docx"
    if len(content) <= SMALL.get(reader, 0):
        source = read_text(content) if reader == "txt" else read_markdown(content)
    else:
        source = read_in_child(content, reader)
    if not any(line.text.strip() for line in source.lines):
        raise SourceError("应为有文字的文件，实为没有文字；若是扫描件，请先做文字识别（OCR）再放入。")
    characters = sum(len(line.text) for line in source.lines)
    if characters > CHARACTERS:
        said = f"{CHARACTERS // 10**4} 万字的文件，实为 {characters // 10**4} 万字"
        raise SourceError(f"应为至多 {said}；请拆分后再试。")
    return replace(source, warnings=warnings + source.warnings)
