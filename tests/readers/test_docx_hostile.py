"""Word documents that are damaged, or made to do harm."""

import re
from pathlib import Path

import pytest

from corpus.readers import SourceError, read_source
from corpus.readers.docx import read_docx
from tests.readers.word_files import lines, style, table, texts, word_file
from tests.readers.words import RELS, TYPES, W, definition, docx, instance, level, p, saved, zipped


def refused(folder: Path, content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_source(saved(folder, "file.docx", content))
    return str(caught.value)


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    whole = word_file(p("甲"))
    assert "损坏" in refused(tmp_path, whole[: len(whole) // 2])
    assert "损坏" in refused(tmp_path, docx("<w:p>"))
    with pytest.raises(SourceError, match="没有正文"):
        read_docx(zipped({"[Content_Types].xml": TYPES, "_rels/.rels": RELS}))
    with pytest.raises(SourceError, match="没有正文"):
        read_docx(zipped({"[Content_Types].xml": TYPES, "word/document.xml": f"<w:document {W}/>"}))


def test_outside_entities_are_refused(tmp_path: Path) -> None:
    secret = saved(tmp_path, "secret.txt", "机密")
    document = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document {W}><w:body>{p("&x;")}</w:body></w:document>'
    )
    assert "DOCTYPE" in refused(
        tmp_path, zipped({"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": document})
    )


def test_a_million_paragraphs_are_read_or_refused_within_limits(tmp_path: Path) -> None:
    def of(count: int) -> bytes:
        return docx("".join(f"<w:p><w:r><w:t>{at * 7919 % 1_000_003}</w:t></w:r></w:p>" for at in range(count)))

    assert re.search("个元素|内存|用时|超出限制", refused(tmp_path, of(1_000_000)))
    assert len(read_source(saved(tmp_path, "long.docx", of(20_000))).lines) == 20_000


def test_deep_nesting_and_wide_cells_do_no_harm(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 20_000 + p("甲") + "</w:sdtContent></w:sdt>" * 20_000
    assert "嵌套" in refused(tmp_path, docx(deep))
    wide = table(["任务", "单位"], ["甲", "乙"]).replace(
        "<w:tc>", '<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr>'
    )
    assert max(len(line.cells) for line in lines(docx(wide))) <= 126


def test_styles_based_on_each_other_and_endless_links_end() -> None:
    styles = style("A", "甲", based_on="B") + style("B", "乙", based_on="A")
    loop = '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/><w:numStyleLink w:val="L"/></w:abstractNum>'
    assert texts(docx(p("文", (1, 0), style="A"), loop + instance(1, 1), styles)) == ["文"]


def test_a_huge_number_is_not_written_out() -> None:
    numbering = definition(1, level(0, "lowerLetter", "%1、", start=999_999)) + instance(1, 1)
    assert texts(docx(p("甲", (1, 0)), numbering)) == ["999999、甲"]
