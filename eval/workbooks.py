"""Whether a workbook can be loaded in ordinary memory, told before it is: openpyxl makes an object of every cell, and of
every place that merged cells cover."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

from openpyxl.utils import range_boundaries

from eval.cases import QuestionsError

EXPANDED = 200_000_000  # bytes that the file may unfold to
PLACES = 1_000_000  # cells of a sheet, those that are only covered among them


def check_workbook(path: Path) -> None:
    """Raises QuestionsError for one that would take gigabytes, zipfile's and the parser's errors for what is none."""
    with zipfile.ZipFile(path) as archive:
        expanded = sum(entry.file_size for entry in archive.infolist())
        if expanded > EXPANDED:
            raise QuestionsError(
                f"{path}：应为展开后至多 {EXPANDED // 1_000_000} MB 的工作簿，实为 {expanded // 1_000_000} MB；请核对来源，或另存后再试。"
            )
        for name in archive.namelist():
            if name.lower().endswith(".xml"):
                _check_sheet(path, archive, name)


def _check_sheet(path: Path, archive: zipfile.ZipFile, name: str) -> None:
    places = 0
    with archive.open(name) as file:
        for _, element in ElementTree.iterparse(file):
            tag = element.tag.rpartition("}")[2]
            if tag == "c":
                places += 1
            elif tag == "mergeCell":
                left, top, right, bottom = range_boundaries(element.get("ref") or "")
                places += ((right or 0) - (left or 0) + 1) * ((bottom or 0) - (top or 0) + 1)
            if places > PLACES:
                raise QuestionsError(
                    f"{path}：一张工作表应为至多 {PLACES // 10_000} 万个单元格，实为更多（合并的也算）；"
                    "多半有一直合并到表格末尾的单元格，请取消合并再存。"
                )
            if tag in ("row", "si"):
                element.clear()
