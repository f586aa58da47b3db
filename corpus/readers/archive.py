"""Zip files (docx, xlsx) opened with care: sizes, ratios and XML are checked before anything is parsed."""

import io
import zipfile
import zlib
from xml.etree import ElementTree

from corpus.readers.source import SourceError

EXPANDED = 200_000_000  # bytes that an archive may unfold to
RATIO, RATIO_FROM = 200, 20_000_000  # expanded to packed, looked at beyond so many expanded bytes
ENTRIES = 20_000
ELEMENTS = 3_000_000  # of all XML parts together
DAMAGED = "应为完整的 {format} 文件，实为已损坏或被截断的文件；请重新下载，或用原来的软件打开后另存。"


class Archive:
    """The parts of an office file, by name. XML with a DOCTYPE is refused: office files never need one."""

    def __init__(self, content: bytes, format: str) -> None:
        self._format = format
        self._elements = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise SourceError(DAMAGED.format(format=format)) from error
        entries = self._zip.infolist()
        expanded = sum(entry.file_size for entry in entries)
        packed = max(1, sum(entry.compress_size for entry in entries))
        if len(entries) > ENTRIES or expanded > EXPANDED or (expanded > RATIO_FROM and expanded > RATIO * packed):
            raise SourceError(
                f"应为普通的 {format} 文件，实为展开后达 {expanded // 1_000_000} MB（{len(entries)} 个部分）的压缩包；"
                "请核对来源，或另存后再试。"
            )
        if any(entry.flag_bits & 1 for entry in entries):
            raise SourceError(f"应为未加密的 {format} 文件，实为加了密码的文件；请去掉密码后另存。")
        self.names = frozenset(entry.filename for entry in entries)

    def read(self, name: str) -> bytes:
        """One part, unfolded. Raises SourceError where it is missing or damaged."""
        try:
            return self._zip.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise SourceError(DAMAGED.format(format=self._format)) from error

    def xml(self, name: str) -> ElementTree.Element:
        """One part as a tree. Raises SourceError for a DOCTYPE, for too many elements, for what is not XML."""
        content = self.checked(name)
        try:
            return ElementTree.fromstring(content)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise SourceError(DAMAGED.format(format=self._format)) from error

    def checked(self, name: str) -> bytes:
        """One XML part's bytes, found harmless: no DOCTYPE, not too many elements."""
        content = self.read(name)
        doctypes = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
        if any(mark in content for mark in doctypes):
            raise SourceError(
                f"应为普通的 {self._format} 文件，实为含有文档类型声明（DOCTYPE）的 XML；这不安全，请核对来源。"
            )
        self._elements += content.count(b"<") - content.count(b"</")
        if self._elements > ELEMENTS:
            raise SourceError(f"应为至多 {ELEMENTS // 10_000} 万个元素的 {self._format} 文件，实为更多；请拆分后再试。")
        return content
