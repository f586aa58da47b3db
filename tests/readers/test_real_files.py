"""Real documents, read where they are at hand: beside the checkout, never in it."""

import re
from functools import cache
from pathlib import Path

import pytest

from corpus.readers import Source, read_source

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "documents"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the real documents are not at hand: ../shared/data/documents"
)
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.name != "README.md") if FOLDER.is_dir() else []


@cache
def source(name: str) -> Source:
    return read_source(FOLDER / name)


@pytest.mark.parametrize("name", NAMES)
def test_each_reads_and_shows_no_page_furniture(name: str) -> None:
    lines = source(name).lines
    assert len(lines) > 2
    if name.endswith(".txt"):
        assert source(name).text.encode() == (FOLDER / name).read_bytes()
        return
    for line in lines:
        assert not re.fullmatch(r"[—–\-－\s]*[\d０-９]{1,3}[—–\-－\s]*", line.text)
        assert "当前位置" not in line.text
        assert not re.search(r"[一-鿿] [一-鿿] [一-鿿] [一-鿿]", line.text) or name.endswith(".html")


@pytest.mark.parametrize(
    ("name", "marker", "count"),
    [
        ("zj-scenes-2026.pdf", r"\d{1,2}\.\D", 24),
        ("zj-ai-measures-2025.pdf", r"（[一二三四五六七八九十]{1,3}）", 27),
        ("zj-opensource-2026.pdf", r"\d{1,2}\.", 17),
        ("genai-measures-2023.pdf", r"第[一二三四五六七八九十]{1,3}条", 24),
        ("gov-two-rules-2018.html", r"（[一二三四五六七八九十]{1,3}）", 51),
        ("gov-sichuan-letter-2004.html", r"[一二三四五六七八九十]{1,3}、", 11),
        ("nb-outsourcing-opinion.html", r"（[一二三四五六七八九十]{1,3}）", 27),
        ("nb-incubator-2009.html", r"第[一二三四五六七八九十]{1,3}条", 31),
        ("law-criminal.md", r"第[一二三四五六七八九十百零]{1,8}条", 505),
        ("law-annual-leave-2008.md", r"第[一二三四五六七八九十]{1,3}条", 19),
        ("zj-tasks-table.xlsx", r"\d+\t", 126),
    ],
)
def test_every_numbered_paragraph_starts_a_line(name: str, marker: str, count: int) -> None:
    found = [
        line
        for line in source(name).lines
        if re.match(marker, line.text) and (line.kind == "row") == name.endswith(".xlsx")
    ]
    attached = [line for line in found if name == "zj-scenes-2026.pdf" and len(line.text) < 30]  # the list of annexes
    assert len(found) - len(attached) == count


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("zj-scenes-2026.pdf", ["省发展改革委", "科技创新", "按职责分工负责", "场景验证"]),
        ("zj-ai-measures-2025.pdf", ["２０２７年", "省人力社保厅", "列第一位的为牵头单位"]),
        ("wenzhou-ai.pdf", ["市数据局（市人工智能局）", "标志性成果"]),
        ("zj-opensource-2026.pdf", ["以下均需地方落实不再重复列出", "省市场监管局（省知识产权局）"]),
        ("zj-data-licence-2025.pdf", ["公共数据资源授权运营"]),
    ],
)
def test_words_that_lines_and_pages_broke_are_whole(name: str, words: list[str]) -> None:
    for word in words:
        assert any(word in line.text for line in source(name).lines), word


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("wenzhou-ai.pdf", [57, 8]), ("zj-scenes-2026.pdf", [56, 102]), ("zj-dataset-plan-2025.pdf", [47])],
)
def test_tables_over_pages_are_rows_numbered_without_a_gap(name: str, numbers: list[int]) -> None:
    found = [int(line.cells[0]) for line in source(name).lines if line.kind == "row" and line.cells[0].isdigit()]
    expected = [number for last in numbers for number in range(1, last + 1)]
    assert found[: len(expected)] == expected


def test_the_information_box_is_stated_apart() -> None:
    assert source("gov-sichuan-letter-2004.html").meta["document_number"] == "国办函〔2004〕71号"
    assert source("gov-two-rules-2018.html").meta["date"] == "2018年12月18日"
