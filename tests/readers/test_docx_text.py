"""Word documents: what a paragraph shows, which paragraphs are headings, tables that are layout."""

from corpus.readers.docx import read_docx
from tests.readers.word_files import lines, run, style, table, texts, word_file
from tests.readers.words import RELS, TYPES, W, definition, docx, instance, level, p, zipped


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
