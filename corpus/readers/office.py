"""Older and other word processors' files (.doc, .wps, .rtf, .odt): LibreOffice, where installed, makes them .docx."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from corpus.readers.sandbox import end_group
from corpus.readers.source import SourceError

WALL = 60.0  # seconds for one file
MEMORY = 4 * 1024**3  # bytes of address space: LibreOffice maps far more than it uses
ABSENT = (
    "应为 .docx、.pdf 等可直接读取的文件，实为 {suffix} 文件，读取它需要 LibreOffice；"
    "请安装（Debian、Ubuntu：apt install libreoffice-writer），或用原来的软件另存为 .docx。"
)


def to_docx(content: bytes, suffix: str) -> bytes:
    """The same document as .docx. Raises SourceError where LibreOffice is absent, fails or takes too long."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise SourceError(ABSENT.format(suffix=suffix))
    with tempfile.TemporaryDirectory(prefix="yaodian-") as folder:
        source = Path(folder) / f"source{_suffix(content, suffix)}"
        source.write_bytes(content)
        _run([
            program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--convert-to", "docx", "--outdir", str(Path(folder, "out")), str(source),
        ], folder)  # fmt: skip
        made = Path(folder, "out", "source.docx")
        if not made.is_file():
            raise SourceError(
                f"应为 LibreOffice 能打开的 {suffix} 文件，实为已损坏或另一种内容；请用原来的软件另存为 .docx。"
            )
        return made.read_bytes()


def _suffix(content: bytes, suffix: str) -> str:
    """LibreOffice goes by the suffix too: .rtf inside a .doc is told it is .rtf; .wps files are Word files inside."""
    if content.startswith(b"{\\rtf"):
        return ".rtf"
    return ".odt" if content.startswith(b"PK") else ".doc" if suffix in (".doc", ".wps") else suffix


def _run(command: list[str], folder: str) -> None:
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        cwd=folder, env=environment | {"HOME": folder, "TMPDIR": folder}, start_new_session=True,
    )  # fmt: skip
    _limit(process.pid)
    try:
        process.communicate(timeout=WALL)
    except subprocess.TimeoutExpired:
        raise SourceError(
            f"应为 LibreOffice 能在 {WALL:.0f} 秒内转换的文件，实为用时更长；请用原来的软件另存为 .docx。"
        ) from None
    finally:
        end_group(process)


def _limit(process: int) -> None:
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        resource.prlimit(process, resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.prlimit(process, resource.RLIMIT_CPU, (int(WALL), int(WALL) + 1))
