"""Word documents: automatic numbers that come by style and by list, compared with LibreOffice."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from corpus.readers import read_source
from corpus.readers.word_formats import formatted
from tests.readers.word_files import lines, numbered, run, style, tabbed, texts, word_file
from tests.readers.words import definition, docx, instance, level, p, saved

# 章 and 条 come by style and by levels bound to styles, （一） by the paragraphs' own lists, points by a bullet.
RULES = (
    definition(
        1,
        tabbed(0, "chineseCounting", "第%1章", '<w:pStyle w:val="Chapter"/>'),
        tabbed(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/><w:pStyle w:val="Article"/>'),
    )
    + definition(2, tabbed(0, "chineseCounting", "（%1）"), tabbed(1, "decimal", "%2."), tabbed(2, "bullet", "•"))
    + instance(1, 1)
    + instance(2, 2)
    + instance(3, 2, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    + instance(4, 2)
)
RULE_STYLES = (
    style("Chapter", "heading 1", numbered(1))
    + style("Article", "条", numbered(1, 1))
    + style("Bold", "加粗的条", based_on="Article")
)
RULE_BODY = (
    p("总则", style="Chapter") + p("为了规范管理，制定本办法。", style="Article")
    + p("任务如下：", style="Bold") + p("甲任务；", (2, 0)) + p("其一；", (2, 1)) + p("要点；", (2, 2)) + p("其二；", (2, 1))
    + p("乙任务。", (2, 0)) + p("职责", style="Chapter") + p("分工如下：", style="Article") + p("丙单位；", (3, 0))
    + p("其三；", (3, 1)) + p("丁单位；", (3, 0)) + p("戊单位。", (4, 0)) + p("附则", style="Chapter")
    + p("自2024年起施行。", style="Article")
)  # fmt: skip
RULE_LINES = [
    "第一章 总则", "第一条 为了规范管理，制定本办法。", "第二条 任务如下：", "（一）甲任务；", "1.其一；", "要点；", "2.其二；", "（二）乙任务。",
    "第二章 职责", "第三条 分工如下：", "（一）丙单位；", "1.其三；", "（二）丁单位；", "（三）戊单位。", "第三章 附则", "第四条 自2024年起施行。",
]  # fmt: skip


def test_numbers_come_by_style_and_by_list() -> None:
    found = lines(word_file(RULE_BODY, RULES, RULE_STYLES))
    assert [line.text for line in found] == RULE_LINES
    assert [line.text for line in found if line.kind == "heading"] == ["第一章 总则", "第二章 职责", "第三章 附则"]


def test_libreoffice_shows_the_same_numbers(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    # This program restarts every level, so what Word alone can do is left out here.
    source = saved(
        tmp_path, "rules.docx", word_file(RULE_BODY, RULES.replace('<w:lvlRestart w:val="0"/>', ""), RULE_STYLES)
    )
    command = [
        program, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to",
        "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(source),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    shown = (tmp_path / "rules.txt").read_text(encoding="utf-8-sig").splitlines()
    bare = [re.sub(r"[\s•▪]", "", line) for line in shown]
    assert [line for line in bare if line] == [re.sub(r"\s", "", line.text) for line in read_source(source).lines]


def test_a_style_takes_its_level_from_the_list_or_names_it() -> None:
    numbering = definition(
        1,
        level(0, "decimal", "%1、"),
        level(1, "decimal", "%1.%2、", '<w:pStyle w:val="Bound"/>'),
        level(2, "decimal", "%3)"),
    )
    styles = style("Bound", "甲", numbered(1)) + style("Named", "乙", numbered(1, 2)) + style("Base", "丙", numbered(1))
    styles += style("Off", "丁", numbered(0), "Base")
    body = (
        p("子", style="Base")
        + p("丑", style="Bound")
        + p("寅", style="Named")
        + p("卯", style="Off")
        + p("辰", style="Base")
    )
    assert texts(docx(body, numbering + instance(1, 1), styles)) == ["1、子", "1.1、丑", "1)寅", "卯", "2、辰"]


def test_a_list_may_look_like_a_list_style() -> None:
    link = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Look"/></w:abstractNum>'
    look = definition(2, level(0, "upperLetter", "%1."))
    styles = style("Look", "样子", numbered(2), kind="numbering")
    body = p("甲", (1, 0)) + p("乙", (1, 0))
    assert texts(docx(body, link + look + instance(1, 1) + instance(2, 2), styles)) == ["A.甲", "B.乙"]


def test_a_list_may_change_one_level_of_its_definition() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "lowerRoman", "%1)")}</w:lvlOverride>'
    numbering = definition(1, level(0, "decimal", "%1.")) + instance(1, 1) + instance(2, 1, own)
    assert texts(docx(p("甲", (1, 0)) + p("乙", (2, 0)), numbering)) == ["1.甲", "ii)乙"]


def test_levels_that_are_left_out_count_as_begun() -> None:
    numbering = definition(1, level(0, "decimal", "%1、"), level(1, "decimal", "%1.%2、")) + instance(1, 1)
    body = p("甲", (1, 1)) + p("乙", (1, 1)) + p("丙", (1, 0)) + p("丁", (1, 1))
    assert texts(docx(body, numbering)) == ["1.1、甲", "1.2、乙", "2、丙", "2.1、丁"]


@pytest.mark.parametrize(
    ("mark", "text", "shown"),
    [
        ("第%1条", "内容", "第一条 内容"), ("第%1条", "　内容", "第一条 内容"), ("%1、", "内容", "一、内容"), ("（%1）", "内容", "（一）内容"),
        ("%1.", "内容", "一.内容"), ("%1.", "2015级学生", "一. 2015级学生"), ("附件%1", "内容", "附件一 内容"),
    ],
)  # fmt: skip
def test_the_gap_after_a_number(mark: str, text: str, shown: str) -> None:
    numbering = definition(1, tabbed(0, "chineseCounting", mark)) + instance(1, 1)
    assert texts(docx(p(text, (1, 0)), numbering)) == [shown]


def test_unusual_numbers() -> None:
    assert [formatted(value, "ideographEnclosedCircle") for value in (1, 10, 11)] == ["㈠", "㈩", "11"]
    assert [formatted(value, "ideographZodiacTraditional") for value in (1, 13)] == ["甲子", "丙子"]
    assert formatted(7, "001") == "007"
    assert formatted(999_999, "lowerLetter") == "999999"
    fixed = (
        '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    numbering = definition(1, level(0, "decimal", "%1、").replace('<w:numFmt w:val="decimal"/>', fixed)) + instance(
        1, 1
    )
    assert texts(docx(p("甲", (1, 0)), numbering)) == ["001、甲"]


def test_hidden_paragraphs_count_and_deleted_ones_do_not() -> None:
    place = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    hidden = f"<w:p><w:pPr>{place}<w:rPr><w:vanish/></w:rPr></w:pPr>{run('隐', '<w:vanish/>')}</w:p>"
    deleted = (
        f"<w:p><w:pPr>{place}<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
    )
    numbering = definition(1, level(0, "decimal", "%1、")) + instance(1, 1)
    body = p("甲", (1, 0)) + deleted + p("乙", (1, 0)) + hidden + p("丙", (1, 0))
    assert texts(docx(body, numbering)) == ["1、甲", "2、乙", "4、丙"]


def test_a_deleted_paragraph_end_joins_and_counts_once() -> None:
    numbering = definition(1, level(0, "decimal", "%1、")) + instance(1, 1)
    joined = p("甲的前半，", (1, 0)).replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>")
    assert texts(docx(joined + p("后半。", (1, 0)) + p("乙。", (1, 0)), numbering)) == [
        "1、甲的前半，后半。",
        "2、乙。",
    ]


def test_a_heading_may_run_into_its_text() -> None:
    heading = p("工作机构。", style="H").replace("</w:pPr>", "<w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>")
    found = lines(docx(heading + p("由甲局承担。"), styles=style("H", "heading 2")))
    assert [(line.text, line.kind) for line in found] == [("工作机构。由甲局承担。", "text")]
