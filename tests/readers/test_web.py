"""Saved web pages: the document without the site, its tables, its information box."""

from pathlib import Path

from corpus.readers import Source, read_source
from corpus.readers.html import read_html
from tests.readers.words import saved

SENTENCE = "各单位要按照职责分工，认真组织实施，确保各项任务按时完成。"


def page(tmp_path: Path, body: str, head: str = "") -> Source:
    return read_source(saved(tmp_path, "a.html", f"<html><head>{head}</head><body>{body}</body></html>"))


def texts(source: Source) -> list[str]:
    return [line.text for line in source.lines]


def test_navigation_sharing_and_footer_are_dropped(tmp_path: Path) -> None:
    source = page(
        tmp_path,
        f"""<div class="nav"><a href="/">首页</a> <a href="/a">政务公开</a></div><div>您现在的位置：首页 &gt; 文件</div>
        <div><h1>关于加强管理的通知</h1><p>发布时间：2024-05-01 来源：办公室</p><script>x()</script><style>p {{}}</style>
        <div><p>　　{SENTENCE}</p><p>　　一、压实责任</p><p>　　（一）明确分工。{SENTENCE}</p></div>
        <p style="text-align:right">2024年5月1日</p><p style="display:none">隐藏</p></div>
        <div>【打印】 【关闭】</div><div>分享到：微信</div>
        <ul><li><a href="/1">另一份文件的标题很长很长很长很长。</a></li></ul>
        <div class="footer">版权所有：某某办公室 ICP备12345号</div>""",
    )
    assert texts(source) == [
        "关于加强管理的通知",
        SENTENCE,
        "一、压实责任",
        f"（一）明确分工。{SENTENCE}",
        "2024年5月1日",
    ]
    assert source.lines[0].kind == "heading"
    assert source.meta == {"title": "关于加强管理的通知"}


def test_breaks_and_wide_spaces_in_one_blob_are_paragraphs(tmp_path: Path) -> None:
    blob = f"　　第一条 {SENTENCE}　　第二条　{SENTENCE}<br>&nbsp;&nbsp;&nbsp; （一）{SENTENCE}&nbsp;&nbsp;&nbsp;&nbsp;（二）{SENTENCE}"
    assert texts(page(tmp_path, f"<p>{blob}</p>")) == (
        [f"第一条 {SENTENCE}", f"第二条　{SENTENCE}", f"（一）{SENTENCE}", f"（二）{SENTENCE}"]
    )


def test_wide_spaces_between_names_are_no_paragraphs(tmp_path: Path) -> None:
    assert texts(
        page(tmp_path, f"<p>{SENTENCE}</p><p>甲市财政局&nbsp;&nbsp;&nbsp;甲市经信局</p><p>2011年9月2日</p>")
    ) == ([SENTENCE, "甲市财政局 甲市经信局", "2011年9月2日"])


def test_line_ends_of_the_source_are_none_of_the_text(tmp_path: Path) -> None:
    assert texts(page(tmp_path, "<p>各单位要按照职责\n   分工，认真组织实施，确保按时完成。</p>")) == [
        "各单位要按照职责分工，认真组织实施，确保按时完成。"
    ]


def test_a_numbered_paragraph_is_never_furniture(tmp_path: Path) -> None:
    source = page(tmp_path, f"<p>一、{SENTENCE}</p><p>二、加强技术支持和版权所有者保护。</p><p>三、{SENTENCE}</p>")
    assert len(source.lines) == 3


def test_the_information_box_is_meta_and_no_text(tmp_path: Path) -> None:
    box = (
        "<table><tr><td>索 引 号：</td><td>0001</td><td>发文机关：</td><td>甲市人民政府</td></tr><tr><td>成文日期：</td>"
        "<td>2024年5月1日</td><td>发文字号：</td><td>甲政发〔2024〕1号</td></tr></table>"
    )
    source = page(tmp_path, f"{box}<div><p>关于某事的通知</p><p>{SENTENCE}</p></div>")
    assert source.meta == {"issuer": "甲市人民政府", "date": "2024年5月1日", "document_number": "甲政发〔2024〕1号"}
    assert texts(source) == ["关于某事的通知", SENTENCE]


def test_tables_are_rows_and_layout_is_none(tmp_path: Path) -> None:
    table = (
        "<table><tr><th>序号</th><th>任务</th><th>责任单位</th></tr><tr><td>1</td><td rowspan=2>甲</td><td>市财政局<br>市经信局</td></tr>"
        "<tr><td>2</td><td>各区</td></tr></table>"
    )
    source = page(tmp_path, f"<table><tr><td><p>{SENTENCE}</p>{table}</td></tr></table>")
    assert texts(source) == [SENTENCE, "序号\t任务\t责任单位", "1\t甲\t市财政局 市经信局", "2\t甲\t各区"]
    assert [line.header for line in source.lines] == [False, True, False, False]


def test_items_of_lists_have_the_numbers_that_browsers_show(tmp_path: Path) -> None:
    source = page(
        tmp_path, f"<p>{SENTENCE}</p><ol start=3><li>甲。</li><li>乙。</li></ol><ul><li>丙。</li></ul><p>{SENTENCE}</p>"
    )
    assert texts(source) == [SENTENCE, "3. 甲。", "4. 乙。", "丙。", SENTENCE]


def test_the_declared_encoding_counts(tmp_path: Path) -> None:
    content = f'<html><head><meta charset="gb2312"></head><body><p>{SENTENCE}</p></body></html>'.encode("gb18030")
    source = read_source(saved(tmp_path, "a.htm", content))
    assert (source.encoding, texts(source)) == ("GB18030", [SENTENCE])


def test_a_page_that_its_script_would_show_is_read() -> None:
    page = "<body style='visibility: hidden'><p>第一条 修路。</p><p style='display:none'>第二条 修桥。</p></body>"
    assert [line.text for line in read_html(page.encode()).lines] == ["第一条 修路。"]
