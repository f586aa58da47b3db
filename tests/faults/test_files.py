"""Small files that unfold to gigabytes: refused with a reason, in little time and memory.

n: 4 workbooks of questions, 4 documents; a gigabyte or 5 s each.
"""

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from corpus.readers import SourceError, read_source
from tests.readers.hostile import SENTENCE, changed, word
from tests.readers.words import zipped

SECONDS = 5
SHEET = "xl/worksheets/sheet1.xml"
READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from pathlib import Path
from eval.cases import QuestionsError
from eval.tables import read_xlsx
try:
    print(len(list(read_xlsx(Path(sys.argv[1]), []))))
except QuestionsError as error:
    print(error)
"""


def questions(*merges: str) -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.append(["问题", "条目"])
    book.active.append(["第1项讲什么", "1"])
    buffer = io.BytesIO()
    book.save(buffer)
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merges)
    merged = f"</sheetData><mergeCells>{areas}</mergeCells>" if merges else "</sheetData>"
    return changed(buffer.getvalue(), SHEET, lambda xml: xml.replace(b"</sheetData>", merged.encode()))


def bomb(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, "xl/media/image1.bin": bytes(300_000_000)})


WORKBOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "ordinary": (questions, "1\n"),
    "merged a little": (lambda: questions("B1:B2"), "1\n"),
    "merged all over": (lambda: questions("A1:XFD1048576"), "合并的也算"),
    "many merged": (lambda: questions(*(f"A{row}:XFD{row}" for row in range(3, 5000))), "合并的也算"),
    "bomb": (lambda: bomb(questions()), "展开后至多 200 MB"),
    "no workbook": (lambda: b"PK\x03\x04", "应为 .xlsx 工作簿，读不懂（File is not a zip file）"),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_of_questions_is_read_or_refused_in_a_gigabyte(name: str, tmp_path: Path) -> None:
    make, said = WORKBOOKS[name]
    path = tmp_path / "q.xlsx"
    path.write_bytes(make())
    ended = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert said in ended.stdout


CELL = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>"
WIDE_ROW = "<w:tr>" + CELL.format('<w:gridSpan w:val="63"/><w:vMerge/>') * 63 + "</w:tr>"
MANY = "应为至多 100 万个单元格的表格，实为更多"
DOCUMENTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "spans.docx": (lambda: word(f"<w:tbl>{WIDE_ROW * 300}</w:tbl><w:p/>"), MANY),
    "spans.html": (
        lambda: ("<table>" + f"<tr>{'<td colspan=1000 rowspan=1000>甲' * 20}" * 200 + f"</table>{SENTENCE}").encode(),
        MANY,
    ),
    "merged all over.xlsx": (lambda: questions("A1:XFD1048576"), MANY),
    "bomb.xlsx": (lambda: bomb(questions()), "实为展开后达 300 MB"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_that_unfolds_is_refused_with_a_reason(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(DOCUMENTS[name][0]())
    began = time.monotonic()
    with pytest.raises(SourceError, match=DOCUMENTS[name][1]):
        read_source(path)
    assert time.monotonic() - began < SECONDS
