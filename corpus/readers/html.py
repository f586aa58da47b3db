"""Saved web pages: the document without the site around it."""

import re

from selectolax.lexbor import LexborHTMLParser

from corpus.readers.detect import CODECS, decode
from corpus.readers.html_content import content_of
from corpus.readers.html_walk import Block, walk
from corpus.readers.information import information, read_pairs
from corpus.readers.source import Source, SourceError
from corpus.readers.spaces import clean
from corpus.readers.text import refuse_binary

CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
NAMES = {
    "gb2312": "GB18030",
    "gbk": "GB18030",
    "gb18030": "GB18030",
    "big5": "Big5",
    "utf-8": "UTF-8",
    "big5-hkscs": "Big5",
}
ELEMENTS = 3_000_000
A_TITLE = re.compile(
    r"(?:通知|意见|办法|规定|方案|计划|函|条例|细则|批复|决定|公告|通告|措施|规划|纲要|法|清单|要点|政策|规则)(?:（[^）]{1,20}）)?"
)


def read_html(content: bytes) -> Source:
    """Navigation, hidden parts and page furniture are dropped; the information box becomes `meta`."""
    charset = CHARSET.search(content[:4096])
    declared = NAMES.get(charset[1].decode("ascii").lower()) if charset else None
    decoded = decode(content, declared if declared in CODECS else None)
    refuse_binary(decoded.text)
    if decoded.text.count("<") > ELEMENTS:
        raise SourceError(f"应为至多 {ELEMENTS // 10_000} 万个元素的网页，实为更多；请另存为 PDF 或拆分后再试。")
    tree = LexborHTMLParser(decoded.text)
    root = tree.body or tree.root
    if root is None:
        raise SourceError("应为网页，实为没有内容的文件；请用浏览器打开后另存为网页。")
    blocks, elements = walk(root)
    lines = [line for block in content_of(blocks, elements) for line in block.lines]
    meta = _stated_title(tree, blocks)
    for block in blocks:
        meta |= read_pairs(block.pairs)
    stated, lines = information(lines)
    return Source("html", decoded.encoding, tuple(lines), meta | stated, decoded.warnings)


def _stated_title(tree: LexborHTMLParser, blocks: list[Block]) -> dict[str, str]:
    """What the page's own head or first-level heading calls the document."""
    stated = tree.css_first('meta[name="ArticleTitle"]')
    title = clean((stated.attributes.get("content") if stated else None) or "")
    headings = [line.text for block in blocks for line in block.lines if line.kind == "heading" and line.level == 1]
    if not title and len(headings) == 1:
        title = headings[0]
    if not title:
        named = tree.css_first("title")
        first = clean(re.split(r"[_|\-—–]", named.text() if named else "")[0])
        title = first if A_TITLE.search(first[-12:]) else ""
    return {"title": title} if title else {}
