"""PDF: lines joined to paragraphs, page furniture dropped, tables over pages, scans and broken fonts told apart."""

import pytest

from corpus.readers import SourceError, SourceLine
from corpus.readers.pdf import read_pdf
from tests.readers.pdfs import at, pdf, rule

LEFT, EM = 100, 10  # the margin, and the width of a character; lines hold some forty


def lines(content: bytes) -> list[SourceLine]:
    return list(read_pdf(content).lines)


def texts(content: bytes) -> list[str]:
    return [line.text for line in lines(content)]


def column(written: list[str], top: float = 700) -> str:
    """Lines from the margin, 20 points apart; leading ideographic spaces indent."""
    return "".join(
        at(LEFT + EM * (len(text) - len(text.lstrip("　"))), top - 20 * place, text.lstrip("　"))
        for place, text in enumerate(written)
    )


FIRST = "　　加快推进各项重点工作任务落实落细，由省发展改革委牵头负责，其余部门和单位按照职责"
SECOND = "分工负责落实到位，确保各项工作按期完成，各地各有关部门和单位要加强协同配合形成合力"
LONG = [FIRST, SECOND]


def test_a_paragraph_of_many_lines_is_one_and_its_words_are_whole() -> None:
    found = texts(pdf([column([*LONG, "到年底。", "　　（二）另一段。"])]))
    assert found == ["".join(LONG).lstrip("　") + "到年底。", "（二）另一段。"]
    assert "按照职责分工负责" in found[0]


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_are_dropped() -> None:
    first = column(LONG) + at(290, 40, "— 1 —")
    second = column([LONG[1], "到年底。", "　　新的一段。"]) + at(290, 40, "－２－")
    assert texts(pdf([first, second])) == ["".join(LONG).lstrip("　") + LONG[1] + "到年底。", "新的一段。"]


def test_running_heads_are_dropped_and_what_stands_once_is_kept() -> None:
    pages = [at(100, 800, "某某省人民政府公报") + column([*LONG, f"第{page}页的正文。"]) for page in range(1, 5)]
    found = texts(pdf(pages))
    assert not any("公报" in text for text in found)
    assert sum("页的正文" in text for text in found) == 4


def test_titles_and_signatures_are_lines_of_their_own() -> None:
    content = at(240, 760, "关于某事的若干措施") + at(250, 740, "（征求意见稿）") + column([*LONG, "到年底。"])
    content += at(400, 600, "某某省人民政府") + at(400, 580, "2025年4月17日")
    assert texts(pdf([content])) == [
        "关于某事的若干措施", "（征求意见稿）", "".join(LONG).lstrip("　") + "到年底。", "某某省人民政府", "2025年4月17日",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spacing", "written", "shown"),
    [
        (4, "第一章总则", "第一章总则"),
        (6, "健康委员会", "健康委员会"),
        (1, "２０２５年５月", "２０２５年５月"),
        (0, "AI plus 应用", "AI plus应用"),
    ],
)
def test_spaces_that_stretch_a_line_are_no_spaces(spacing: float, written: str, shown: str) -> None:
    assert texts(pdf([column([*LONG, "到年底。"]) + at(120, 600, written, spacing=spacing)]))[-1] == shown


def grid(xs: list[int], ys: list[int], texts_: list[list[str]]) -> str:
    content = "".join(rule(xs[0], y, xs[-1], y) for y in ys) + "".join(rule(x, ys[0], x, ys[-1]) for x in xs)
    for row, top in zip(texts_, ys, strict=False):
        for text, x in zip(row, xs, strict=False):
            content += "".join(at(x + 4, top - 14 - 12 * place, part) for place, part in enumerate(text.split("\n")))
    return content


def test_a_table_over_two_pages_is_one_and_a_broken_row_is_whole() -> None:
    heading = ["序号", "任务", "责任单位"]
    first = grid(
        [100, 150, 300, 450],
        [700, 680, 640],
        [heading, ["1", "推进人工智能产业高质量发展，\n到年底前建", "市发展改革委"]],
    )
    second = grid(
        [100, 150, 300, 450], [700, 680, 660, 640], [heading, ["", "成平台。", ""], ["2", "开展培训。", "市人力社保局"]]
    )
    assert texts(pdf([first + at(290, 40, "- 1 -"), second + at(290, 40, "- 2 -")])) == [
        "序号\t任务\t责任单位",
        "1\t推进人工智能产业高质量发展，到年底前建成平台。\t市发展改革委",
        "2\t开展培训。\t市人力社保局",
    ]


def test_a_cell_merged_over_rows_and_pages_stands_in_every_row() -> None:
    xs = [100, 150, 300, 450]

    def page(rows: list[list[str]]) -> str:
        ys = [700 - 20 * place for place in range(len(rows) + 1)]
        content = grid(xs, [ys[0], ys[-1]], []) + "".join(rule(100, y, 150, y) + rule(300, y, 450, y) for y in ys)
        for row, top in zip(rows, ys, strict=False):
            content += "".join(at(x + 4, top - 14, text) for x, text in zip(xs[:3], row, strict=True))
        return content

    found = texts(
        pdf(
            [
                page([["1", "甲项工作", "市经信局"], ["2", "", "市财政局"]]),
                page([["3", "", "市教育局"], ["4", "", "市科技局"]]),
            ]
        )
    )
    assert found == ["1\t甲项工作\t市经信局", "2\t甲项工作\t市财政局", "3\t甲项工作\t市教育局", "4\t甲项工作\t市科技局"]


def test_a_page_turned_by_its_maker_reads_upright() -> None:
    turned = "0 1 -1 0 842 0 cm\n"
    content = "q " + turned + column([*LONG, "到年底。"]) + "Q"
    assert texts(pdf([content], media="0 0 842 595", rotate=90)) == ["".join(LONG).lstrip("　") + "到年底。"]


def test_a_printed_web_page_loses_its_site() -> None:
    content = (
        at(100, 800, "首页 政务公开 互动交流")
        + at(100, 780, "当前位置：首页>政务公开>文件")
        + column([*LONG, "到年底。"])
    )
    content += at(100, 600, "打印 关闭") + at(100, 580, "主办：某某厅 备案号12345")
    assert texts(pdf([content])) == ["".join(LONG).lstrip("　") + "到年底。"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (pdf(["100 100 300 300 re f"]), "扫描"),
        (pdf([column(["\ue123\ue456\ue789" * 13] * 20)]), "乱码"),
        (pdf([column(["龘靐齉爩鱻麤龗灪厵爨癵籱饢驫鲡鹂鸾鸞"] * 40)]), "乱码"),
        (b"%PDF-1.7 no more", "损坏"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_pdf(content)


def test_a_page_without_text_among_others_is_said() -> None:
    source = read_pdf(pdf([column([*LONG, "到年底。"] * 3), "100 100 300 300 re f"]))
    assert source.warnings == ("第2页没有文字（可能是图片或空白页），未读取其内容。",)
