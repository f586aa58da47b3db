"""White space and invisible characters, the same in every format that is not plain text."""

import re

IDEOGRAPH = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
FULL_WIDTH = f"{IDEOGRAPH}\u3001-\u303f\uff01-\uff60“”‘’—…·"
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufffe]|[\x00-\x08\x0e-\x1f\x7f]")
RUN = re.compile(r"[^\S\n]+")
# A number as documents write it before a paragraph: 第一条, 一、, （一）, 1., (1), ①.
MARKER = re.compile(
    r"第[〇零一二三四五六七八九十百千\d０-９\s]{1,9}[编章节条款項项]|[〇零一二三四五六七八九十百]{1,5}、|[（(][〇零一二三四五六七八九十百\d０-９]{1,5}[）)]|"
    r"[\d０-９]{1,4}[.．、](?![\d０-９])|[①-⑳]|附[件表录錄]"
)


def clean(text: str) -> str:
    """Invisible characters dropped, white space runs made one: an ideographic space where the run has one, else a space."""
    return RUN.sub(lambda run: "\u3000" if "\u3000" in run[0] else " ", INVISIBLE.sub("", text)).strip()


def joined(parts: list[str]) -> str:
    """Lines inside one cell as one: names stay apart (省科技厅 省财政厅), lists need no space (省科技厅、省财政厅)."""
    result = ""
    for part in filter(None, (part.strip() for part in parts)):
        tight = not result or result[-1] in "、，；。：（(" or part[0] in "、，；。：）)"
        result += part if tight else f" {part}"
    return result
