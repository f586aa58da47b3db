"""Word documents: numbers as Word shows them, tables, revisions, text boxes."""

import pytest

from corpus.readers.docx import read_docx
from corpus.readers.word_formats import formatted
from tests.readers.words import definition, docx, instance, level, p

GOVERNMENT = definition(
    1,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
)
ARTICLES = definition(2, level(0, "chineseCountingThousand", "第%1条　"), level(1, "decimal", "%1.%2 ", "<w:isLgl/>"))


def texts(content: bytes) -> list[str]:
    return [line.text for line in read_docx(content).lines]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (3, "decimal", "3"), (12, "chineseCounting", "十二"), (20, "chineseCounting", "二十"), (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"), (1024, "chineseCountingThousand", "一千零二十四"), (21, "ideographDigital", "二一"),
        (11, "japaneseCounting", "十一"), (111, "japaneseCounting", "百十一"), (31, "taiwaneseCountingThousand", "三十一"),
        (5, "decimalEnclosedCircle", "⑤"), (21, "decimalEnclosedCircle", "21"), (28, "lowerLetter", "bb"), (4, "upperRoman", "IV"),
        (3, "ideographTraditional", "丙"), (12, "chineseLegalSimplified", "壹拾贰"), (7, "decimalZero", "07"), (12, "decimalFullWidth", "１２"),
        (2, "decimalEnclosedParen", "⑵"), (3, "ideographEnclosedCircle", "㈢"), (9, "none", ""), (6, "unheardOf", "6"),
    ],
)  # fmt: skip
def test_a_number_in_its_form(number: int, form: str, shown: str) -> None:
    assert formatted(number, form) == shown


def test_levels_count_and_start_again_below_each_heading() -> None:
    body = "".join(
        p(text, (1, at))
        for text, at in [
            ("甲", 0),
            ("乙", 1),
            ("丙", 2),
            ("丁", 2),
            ("戊", 3),
            ("己", 1),
            ("庚", 2),
            ("辛", 0),
            ("壬", 1),
        ]
    )
    assert texts(docx(body, GOVERNMENT + instance(1, 1))) == (
        ["一、甲", "（一）乙", "1.丙", "2.丁", "①戊", "（二）己", "1.庚", "二、辛", "（一）壬"]
    )


def test_text_between_does_not_stop_the_count_and_legal_numbers_are_arabic() -> None:
    body = p("甲", (1, 0)) + p("其间一段。") + p("乙", (1, 0)) + p("丙", (1, 1)) + p("丁", (1, 1))
    assert texts(docx(body, ARTICLES + instance(1, 2))) == [
        "第一条　甲",
        "其间一段。",
        "第二条　乙",
        "2.1 丙",
        "2.2 丁",
    ]


def test_two_lists_of_one_definition_share_its_count_unless_one_starts_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = p("甲", (1, 0)) + p("乙", (2, 0)) + p("丙", (3, 0)) + p("丁", (3, 0))
    assert texts(docx(body, ARTICLES + instance(1, 2) + instance(2, 2) + instance(3, 2, anew))) == (
        ["第一条　甲", "第二条　乙", "第一条　丙", "第二条　丁"]
    )


def test_a_level_that_never_starts_again_runs_through_the_headings() -> None:
    through = definition(
        1,
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'),
        level(2, "bullet", "•"),
    )
    body = p("甲", (1, 0)) + p("乙", (1, 1)) + p("点", (1, 2)) + p("丙", (1, 0)) + p("丁", (1, 1))
    assert texts(docx(body, through + instance(1, 1))) == ["一、甲", "1.乙", "点", "二、丙", "2.丁"]


def test_a_list_may_start_at_any_number() -> None:
    body = p("甲", (1, 0)) + p("乙", (1, 0))
    assert texts(docx(body, definition(1, level(0, "decimal", "%1.", start=205)) + instance(1, 1))) == [
        "205.甲",
        "206.乙",
    ]


def test_styles_bring_their_numbers_also_to_the_styles_based_on_them() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="a2"><w:name w:val="条"/><w:basedOn w:val="a3"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="条的基础"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = definition(
        1, level(0, "chineseCounting", "第%1章　"), level(1, "chineseCounting", "第%2条　", '<w:lvlRestart w:val="0"/>')
    )
    body = p("总则", style="a1") + p("甲。", style="a2") + p("附则", style="a1") + p("乙。", style="a2")
    body += p("不编号。", (0, 0), style="a2")
    lines = read_docx(docx(body, numbering + instance(1, 1), styles)).lines
    assert [line.text for line in lines] == ["第一章　总则", "第一条　甲。", "第二章　附则", "第二条　乙。", "不编号。"]
    assert [(line.kind, line.level) for line in lines[:2]] == [("heading", 1), ("text", 0)]


def test_accepted_revisions_fields_breaks_and_hidden_text() -> None:
    body = (
        "<w:p><w:r><w:t>由市财政局</w:t></w:r><w:del><w:r><w:delText>协助</w:delText></w:r></w:del><w:ins><w:r><w:t>牵头</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>。</w:t><w:br/><w:t>另起一行。</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p>" + p("后半。")
    )
    assert texts(docx(body)) == ["由市财政局牵头。", "另起一行。", "前半，后半。"]


def test_a_text_box_is_read_once_where_it_stands() -> None:
    box = f"<w:txbxContent>{p('框内一句。')}</w:txbxContent>"
    body = (
        '<w:p><w:r><w:t>甲。</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice>'
        f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    ) + p("乙。")
    assert texts(docx(body)) == ["甲。", "框内一句。", "乙。"]


def test_merged_cells_make_every_row_complete_and_cells_may_be_numbered() -> None:
    def cell(text: str, more: str = "", number: tuple[int, int] | None = None) -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{p(text, number)}</w:tc>"

    restart, going_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        cell("任务分工表", '<w:gridSpan w:val="4"/>'),
        cell("序号", restart) + cell("任务", restart) + cell("责任单位", '<w:gridSpan w:val="2"/>'),
        cell("", going_on) + cell("", going_on) + cell("牵头") + cell("配合"),
        cell("", number=(1, 0)) + cell("甲", restart) + cell("市经信局") + cell("市科技局"),
        cell("", number=(1, 0)) + cell("", going_on) + cell("市财政局") + cell("各区"),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    lines = read_docx(docx(table, definition(1, level(0, "decimal", "%1")) + instance(1, 1))).lines
    assert [line.text for line in lines] == [
        "任务分工表",
        "序号\t任务\t责任单位/牵头\t责任单位/配合",
        "1\t甲\t市经信局\t市科技局",
        "2\t甲\t市财政局\t各区",
    ]
    assert [line.kind for line in lines] == ["text", "row", "row", "row"]
    assert [line.header for line in lines] == [False, True, False, False]


def test_content_controls_are_looked_through() -> None:
    body = f"<w:sdt><w:sdtContent>{p('甲。')}</w:sdtContent></w:sdt><w:ins>{p('乙。')}</w:ins>"
    assert texts(docx(body)) == ["甲。", "乙。"]
