"""Word documents: automatic numbers from styles and lists, revisions, fields, layout, hostile files."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from corpus.readers import SourceError, SourceLine, read_source
from corpus.readers.docx import read_docx
from corpus.readers.word_formats import formatted
from tests.readers.word_files import word_file
from tests.readers.words import RELS, TYPES, W, definition, docx, instance, level, p, saved, zipped


def tabbed(at: int, form: str, text: str, more: str = "") -> str:
    """A level with Word's usual tab after the number."""
    return level(at, form, text, more).replace('<w:suff w:val="nothing"/>', "")


def style(identity: str, name: str, inside: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/>{base}{inside}</w:style>'


def numbered(list_id: int, at: int | None = None) -> str:
    place = f'<w:ilvl w:val="{at}"/>' if at is not None else ""
    return f'<w:pPr><w:numPr>{place}<w:numId w:val="{list_id}"/></w:numPr></w:pPr>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: list[str]) -> str:
    cells = ["".join(f"<w:tc>{cell if '<w:' in cell else p(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def lines(content: bytes) -> tuple[SourceLine, ...]:
    return read_docx(content).lines


def texts(content: bytes) -> list[str]:
    return [line.text for line in lines(content)]


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


def test_fields_give_their_results() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = f"{mark('begin')}<w:r><w:instrText>PAGE</w:instrText></w:r>{mark('separate')}{run('9')}{mark('end')}"
    outer = (
        f"{mark('begin')}<w:r><w:instrText>IF </w:instrText></w:r>{inner}{mark('separate')}{run('结果')}{mark('end')}"
    )
    simple = f'<w:fldSimple w:instr="DATE">{run("2024年")}</w:fldSimple><w:hyperlink>{run("链接")}</w:hyperlink>'
    broken = f"<w:p>{mark('begin')}{run('指令')}</w:p>"
    assert texts(docx(f"<w:p>{outer}{simple}</w:p>{broken}{p('后文。')}")) == ["结果2024年链接", "后文。"]


def test_characters_that_are_elements() -> None:
    signs = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:noBreakHyphen/><w:softHyphen/><w:tab/><w:cr/><w:t>次行</w:t></w:r>'
    ruby = f"<w:ruby><w:rt>{run('pīn')}</w:rt><w:rubyBase>{run('拼')}</w:rubyBase></w:ruby>"
    assert texts(docx(f"<w:p><w:r><w:t> 甲 </w:t></w:r><w:r>{ruby}</w:r>{run('乙 丙')}{signs}</w:p>")) == [
        "甲拼乙 丙☑-",
        "次行",
    ]


def test_only_the_first_line_of_a_paragraph_has_its_number() -> None:
    numbering = definition(1, level(0, "decimal", "%1、")) + instance(1, 1)
    broken = p("甲", (1, 0)).replace("</w:p>", "<w:r><w:br/><w:t>又一行</w:t></w:r></w:p>")
    assert texts(docx(broken + p("", (1, 0)) + p("乙", (1, 0)), numbering)) == ["1、甲", "又一行", "3、乙"]


def test_styles_hide_text_and_make_headings() -> None:
    styles = (
        style("Secret", "密", "<w:rPr><w:vanish/></w:rPr>", kind="character")
        + style("H", "heading 3") + style("Mine", "我的", based_on="H") + style("T", "Title")
        + style("Plain", "正", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>') + style("toc", "TOC 1")
    )  # fmt: skip
    outline = p("自定").replace("<w:pPr>", '<w:pPr><w:outlineLvl w:val="0"/>')
    text = p("作正文", style="H").replace("</w:pPr>", '<w:outlineLvl w:val="9"/></w:pPr>')
    secret = "<w:p>" + run("明") + run("暗", '<w:rStyle w:val="Secret"/>') + "</w:p>"
    body = (
        p("题", style="T")
        + p("目录……1", style="toc")
        + p("节", style="Mine")
        + p("款", style="Plain")
        + outline
        + text
        + secret
    )
    assert [(line.text, line.level) for line in lines(docx(body, styles=styles))] == [
        ("题", 1), ("节", 3), ("款", 2), ("自定", 1), ("作正文", 0), ("明", 0),
    ]  # fmt: skip


def test_notes_and_embedded_files_are_told() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    source = read_docx(docx(f"<w:p>{run('甲')}{note}{note}<w:r><w:endnoteReference/></w:r></w:p><w:altChunk/>"))
    assert [line.text for line in source.lines] == ["甲"]
    assert source.warnings == (
        "另有2个脚注没有读入。",
        "另有1个尾注没有读入。",
        "另有1处嵌入的文件没有读入；请把它们单独放入。",
    )


def test_a_stated_title_is_believed_where_the_text_has_it() -> None:
    body = p("甲市人民政府") + p("关于印发规则的通知") + p("各区：")
    assert read_docx(word_file(body, title="甲市人民政府关于印发规则的通知")).meta == {
        "title": "甲市人民政府关于印发规则的通知"
    }
    assert read_docx(word_file(body, title="模板标题")).meta == {}
    assert read_docx(word_file(body, title="各区：")).meta == {}


def test_tables_that_lay_out_a_page_are_lines() -> None:
    head = table(["甲政发〔2024〕3号", "签发人：乙"])
    foot = table(["", p("甲市人民政府") + p("2024年3月1日")])
    frame = table([p("框内一段。") + table(["序号", "任务"], ["1", "修路"])])
    found = lines(docx(head + frame + foot))
    assert [line.text for line in found] == [
        "甲政发〔2024〕3号", "签发人：乙", "框内一段。", "序号\t任务", "1\t修路", "甲市人民政府", "2024年3月1日",
    ]  # fmt: skip
    assert [line.kind for line in found] == ["text", "text", "text", "row", "row", "text", "text"]


def test_a_table_in_a_cell_is_text_of_the_cell() -> None:
    inner = p("见下：") + table(["子", "丑"], ["寅", "卯"])
    assert texts(docx(table(["任务", "单位"], ["修路", inner], ["造桥", "乙局"]))) == [
        "任务\t单位", "修路\t见下：子 丑 寅 卯", "造桥\t乙局",
    ]  # fmt: skip


def test_rows_that_begin_late_and_rows_that_were_deleted() -> None:
    late = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + f"<w:tc>{p('丙')}</w:tc><w:tc>{p('丁')}</w:tc></w:tr>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('删')}</w:tc></w:tr>"
    body = table(["序号", "任务", "单位"], ["1", "甲", "乙"]).replace("</w:tbl>", f"{late}{gone}</w:tbl>")
    assert [line.cells for line in lines(docx(body))] == [("序号", "任务", "单位"), ("1", "甲", "乙"), ("", "丙", "丁")]


def test_rows_named_as_headings_are_headings() -> None:
    body = table(["甲", "乙"], ["一", "二"], ["三", "四"]).replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1)
    assert [line.header for line in lines(docx(body))] == [True, False, False]


def test_the_strict_dialect_and_a_main_part_of_another_name() -> None:
    strict = f"<w:document {W}><w:body>{p('甲', (1, 0))}</w:body></w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    numbering = f"<w:numbering {W}>{definition(1, level(0, 'decimal', '%1、'))}{instance(1, 1)}</w:numbering>"
    parts = {
        "[Content_Types].xml": TYPES, "_rels/.rels": RELS.replace("word/document.xml", "/word/other.xml"),
        "word/other.xml": strict, "word/numbering.xml": numbering,
    }  # fmt: skip
    assert texts(zipped(dict(parts))) == ["1、甲"]


def test_a_table_of_contents_is_left_out() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('目录')}{p('第一章 1')}</w:sdtContent></w:sdt>"
    )
    assert texts(docx(control + p("第一章"))) == ["第一章"]


# Files that are damaged, or made to do harm


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
