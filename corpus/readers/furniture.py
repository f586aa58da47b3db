"""Lines that belong to a page or site, never to the document: navigation, sharing, page numbers."""

import re

from corpus.readers.spaces import MARKER

BUTTON = r"(?:打印|关闭|收藏|返回|纠错|下载|大|中|小|打印本页|关闭窗口|返回顶部|返回首页|无障碍|朗读|打印此页|关闭页面)"
FURNITURE = re.compile(
    r"(?:您?(?:当前|现在|所在)的?(?:所在)?(?:位置|栏目)|位置)\s*[:：].*|(?:首页|网站首页)(?:\s*[>»›/|＞].*)?|"
    r".{0,12}(?:分享到?|分享至|微信扫一扫|扫一扫|扫码).{0,30}|[【\[]?\s*(?:字体|字号|文字大小)\s*[:：]?.{0,20}|"
    rf"[\s【\[［|]*{BUTTON}(?:[\s】\]］|【\[［]+{BUTTON})*[\s】\]］|]*|"
    r"(?:上一[篇条]|下一[篇条]|相关(?:链接|文章|文档|解读|报道|新闻))\s*[:：]?.*|.{0,40}(?:ICP备|公网安备|网站标识码|版权所有|copyright|©).{0,200}|"
    r"(?:网站地图|联系我们|关于我们|使用帮助|登录|注册|搜索|全文检索|English|繁體|简体|手机版|客户端|微博|微信|导航|站内搜索)(?:\s*[|·\s].*)?|"
    r".{0,60}(?:浏览次数|阅读次数|访问量|点击数|访问次数|浏览量|责任编辑)\s*[:：].{0,40}|(?:来源|信息来源)\s*[:：][^。]{0,60}|"
    r"\d{4}[年-]\d{1,2}[月-]\d{1,2}日?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:来源|信息来源|稿源)\s*[:：][^。]{0,40})?|"
    r"(?:发布|更新)(?:时间|日期)\s*[:：]\s*[\d\-/:年月日 ]{6,30}|[^，。]{0,40}(?:建议使用|最佳浏览|分辨率).{0,60}|[''\"\s]*",
    re.IGNORECASE,
)
NUMBERED = re.compile(rf"\s*(?:{MARKER.pattern})")
BREADCRUMB = re.compile(r"(?:您?(?:当前|现在|所在)的?(?:所在)?位置)\s*[:：].*")
PAGE_NUMBER = re.compile(
    r"[\s—–\-－_·.•~～]*[\d０-９]{1,4}[\s—–\-－_·.•~～]*|第\s*[\d一二三四五六七八九十百]{1,5}\s*页(?:[\s,，/]*共\s*[\d一二三四五六七八九十百]{1,5}\s*页)?|"
    r"[\d]{1,4}\s*/\s*\d{1,4}|[—–\-－]\s*[ivxIVX]{1,6}\s*[—–\-－]"
)
DASHED = re.compile(r"[—–\-－_·.•~～]+\s*[\d０-９]{1,4}\s*[—–\-－_·.•~～]+")


def is_site_line(text: str) -> bool:
    """True for a line that a web page adds; numbered paragraphs never are."""
    return not NUMBERED.match(text) and bool(FURNITURE.fullmatch(text))
