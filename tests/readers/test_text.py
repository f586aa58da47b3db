"""Plain text and Markdown."""

import codecs
from pathlib import Path

import pytest

from corpus import PACKAGED
from corpus.readers import SourceError, SourceLine, read_source
from tests.readers.words import saved

TEXT = "关于加强管理的通知\r\n\r\n一、各单位要按照分工，认真组织实施。\n（一）市财政局牵头负责，有关部门配合。"
TRADITIONAL = "關於加強管理的通知\n一、各單位應當按照規定，認真組織實施，有關機關配合。\n"


def test_plain_text_is_what_stands_in_the_file(tmp_path: Path) -> None:
    source = read_source(saved(tmp_path, "a.txt", b"\xef\xbb\xbf" + TEXT.encode()))
    assert source.text == TEXT
    assert [line.end for line in source.lines] == ["\r\n", "\r\n", "\n", ""]
    assert (source.format, source.encoding) == ("txt", "UTF-8")


def test_the_packaged_document_reads_as_it_is_written() -> None:
    for path in PACKAGED.glob("*.txt"):
        assert read_source(path).text.encode() == path.read_bytes().removeprefix(codecs.BOM_UTF8)


@pytest.mark.parametrize(
    ("content", "encoding", "text"),
    [
        (TEXT.encode("gb18030"), "GB18030", TEXT),
        (TRADITIONAL.encode("big5"), "Big5", TRADITIONAL),
        (TRADITIONAL.encode("gb18030"), "GB18030", TRADITIONAL),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "UTF-16 LE", TEXT),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16 BE", TEXT),
        (TEXT.encode("utf-16-le"), "UTF-16 LE", TEXT),
        (TEXT.encode("utf-16-be"), "UTF-16 BE", TEXT),
        ("第一条 通知。".encode("gb18030"), "GB18030", "第一条 通知。"),
    ],
)
def test_the_encoding_is_found_and_said(tmp_path: Path, content: bytes, encoding: str, text: str) -> None:
    source = read_source(saved(tmp_path, "a.txt", content))
    assert (source.encoding, source.text) == (encoding, text)


def test_a_character_cut_off_at_the_end_is_said(tmp_path: Path) -> None:
    source = read_source(saved(tmp_path, "a.txt", "各单位要认真落实".encode()[:-1]))
    assert source.text == "各单位要认真落"
    assert "截断" in source.warnings[0]


@pytest.mark.parametrize(
    "content", [bytes(range(128, 256)) * 20, b"\x00\x01\x02" * 50, b"\x01\x02\x03" * 50, "naïve café".encode("latin-1")]
)
def test_what_is_no_text_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceError, match=r"应为.*实为.*请"):
        read_source(saved(tmp_path, "a.txt", content))


def test_markdown_gives_headings_lines_and_rows(tmp_path: Path) -> None:
    written = """# 某某办法
<!-- 不是
正文 -->
**第一条** 见[目录](a.html)。
本条第二款。

| 序号 | 任务 |
|---|---|
| 1 | 甲 |
---
"""
    assert read_source(saved(tmp_path, "a.md", written)).lines == (
        SourceLine("某某办法", "heading", 1),
        SourceLine("第一条 见目录。"),
        SourceLine("本条第二款。"),
        SourceLine("序号\t任务", "row", cells=("序号", "任务"), header=True),
        SourceLine("1\t甲", "row", cells=("1", "甲")),
    )
