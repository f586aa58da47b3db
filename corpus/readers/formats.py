"""Which reader reads a file: told by its first bytes, and by its suffix where these do not tell."""

import io
import re
import zipfile

from corpus.readers.source import SourceError

READERS = {
    ".txt": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".docx": "docx", ".pdf": "pdf",
    ".xlsx": "xlsx", ".doc": "office", ".wps": "office", ".rtf": "office", ".odt": "office",
}  # fmt: skip
SUFFIXES = frozenset(READERS)
NAMES = {
    "html": "网页",
    "docx": "Word 文档（.docx）",
    "pdf": "PDF",
    "xlsx": "Excel 表格（.xlsx）",
    "office": "Word 97 等文档",
}
PLAIN = ("txt", "md")


def reader_of(content: bytes, suffix: str) -> tuple[str, tuple[str, ...]]:
    """The reader's name, and a warning where the content is not what the suffix says.

    Raises SourceError for a suffix that is not read, and for content that no reader takes.
    """
    expected = READERS.get(suffix)
    if expected is None:
        raise SourceError(_unread(suffix))
    found = _by_content(content) or (expected if expected in ("txt", "md", "html") else None)
    if found is None:
        raise SourceError(f"应为{NAMES[expected]}，实为另一种或已损坏的内容；请核对后缀，重新下载或另存。")
    if found == expected or (found == "html" and expected in PLAIN):
        return expected, ()
    return found, (f"后缀是 {suffix}，内容是{NAMES[found]}，已按内容读取。",)


def _unread(suffix: str) -> str:
    hints = {
        ".ofd": "请用 OFD 阅读软件另存为 PDF 或 Word（.docx）",
        ".xls": "请用表格软件另存为 .xlsx",
        ".et": "请用表格软件另存为 .xlsx",
        ".pptx": "请另存为 PDF",
        ".zip": "请解压后逐个放入",
        ".mht": "请用浏览器另存为网页（.html）",
    }
    hint = hints.get(suffix, "请另存为 PDF 或 Word（.docx）")
    return f"应为 {'、'.join(sorted(SUFFIXES))} 之一，实为 {suffix or '没有后缀'} 的文件；{hint}。"


def _by_content(content: bytes) -> str | None:
    """What the first bytes say; None where they could begin any text."""
    start = content[:1024]
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")):
        return "office"
    if start.startswith(b"PK"):
        return _zipped(content)
    if re.match(
        rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|body)\b",
        start,
        re.I | re.S,
    ):
        return "html"
    return None


def _zipped(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist()[:100_000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "OFD.xml" in names:
        raise SourceError(_unread(".ofd"))
    if "content.xml" in names:
        return "office"
    raise SourceError("应为文档，实为一般的压缩包；请解压后逐个放入。")
