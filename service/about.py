"""Questions about the document itself: who issued it, when, to whom, what it is called, how it is divided.

Such a question is made of words for one part of a document and of words of asking; whatever else it says must be of
the title (2021年某某工作要点何时印发), or where it asks for a passage, of the head (总体要求里以什么为中心).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import Document, fold
from service.topic import GAP
from service.words import content_runs

About = Literal["issuer", "date", "overall", "notice", "addressees", "title", "departments", "sections"]
Asked = About | Literal["gist"]  # what the document says on the whole: answered by its overall requirement

_ISSUING = r"(?:印发|发布|下发|制发|发文|发出|签发|颁布|颁发|出台|制定|成文|落款|署名|发|印|出来?(?=的?[呀啊呢吗吧]?$))(?:的|了)?"
_BODY = "(?:单位|机关|机构|部门|部委|主体)"
_WHO = rf"(?:谁家?|何人|哪里|(?:哪一?[个家]|什么|哪|何){_BODY}|哪一?[家个])"
_WHOM = rf"(?:谁|(?:哪些|哪几个|什么)(?:{_BODY}|地方)|哪里)"
_WHEN = r"(?:什么时候|啥时候|何时|哪一?天|哪一?[年月日]|几月几[号日]|几[号月]|日期|时间|年份)"
_SECTION = r"(?:大?部[分份]|章节?|大?标题|板块|大?块)"
_UNIT = "(?:部门|单位|处室|科室)"
_WORDS: list[tuple[Asked, str]] = [
    ("addressees", rf"{_WHOM}(?:都|会|能|要|应该?|将)*收到"),
    ("title", "(?:哪一?年|什么年份)度?的"),
    ("notice", r"通知的?(?:正文|内文|原文|内容|全文|那[句段]话)|(?:通知|来文|文件|要点)[里中]?(?:对.{0,8})?[里中]?(?:提|有|作|做)?(?:出|了)?(?:什么|哪些|啥|怎样的)?要求|收到.{0,8}(?:通知|文件|要点)|(?:通知|文件|要点).{0,8}(?:怎么|如何)(?:贯彻|执行|遵照|落实|办|做)"),
    (
        "sections",
        rf"(?:分成|分为|分|有|包括|包含|由)?了?(?:哪?几个?|多少个?|哪些){_SECTION}(?:组成|构成)?|(?:各个?|每个?|所有|这?几个?|四个?|各){_SECTION}的?(?:标题|题目|名称)?(?:分别)?"
        r"|目录|(?:篇章|文章|文件)?结构|大标题|小标题|章节",
    ),
    ("issuer", rf"{_WHO}(?:来|负责)?{_ISSUING}|{_ISSUING}(?:的)?{_BODY}(?:是{_WHO})?|落款(?:是)?{_WHO}|落款(?!时间|日期)|{_ISSUING}的?是?{_WHO}|出自{_WHO}|谁的文件"),
    ("date", rf"{_WHEN}(?:{_ISSUING})?|{_ISSUING}的?(?:日期|时间|年份)|落款(?:日期|时间)"),
    ("addressees", rf"(?:发|印发|下发|写|(?<!抄)送)给?(?:了|到)?{_WHOM}|主送(?:单位|机关|对象|范围)?|(?:通知|文件|要点)的?对象|收文(?:单位|机关|对象|方)?|抬头|(?:发文|印发|下发|发送)(?:对象|范围)"),
    (
        "departments",
        rf"(?:所有|全部|各个?)?{_UNIT}的?(?:名单|清单|列表)|(?:涉及|有|提到|点名|出现|包括|写明|列出)?到?了?的?(?:哪些|哪几个|几个|多少个?|所有|全部){_UNIT}|(?:点名|出现|涉及|写明|提到)的?{_UNIT}(?:名单|清单|列表)?|{_UNIT}(?:都|一共|总共)?有?(?:哪些|哪几个|几个|多少个?)",
    ),
    ("overall", r"总体要求|总要求|以(?:什么|啥)为|总体思路|指导思想|总体目标|总基调|总体部署|开头|引言|前言|序言|导语|开篇|开宗明义"),
    ("gist", r"(?:主要|大概|大致)?(?:讲|说|写|内容)(?:了|的是|的|是)?(?:些)?(?:什么|啥)(?:内容)?|主要内容|大意|概要|(?:主要|大概)?是?(?:干什么|干啥|做什么)用?的"),
    ("title", r"(?:标题|题目|名称|全称|文件名|题名|名字)|叫(?:什么|啥|做什么)(?:名字|名称|标题)?|印发的是(?:什么|哪份)(?:文件|材料|东西)?|是(?:一?份|个)?(?:什么|啥)(?:文件|通知|公文|材料)"),
]  # fmt: skip
_PATTERNS: list[tuple[Asked, re.Pattern[str]]] = [(about, re.compile(words)) for about, words in _WORDS]
HEADING = re.compile(r"(?:标题|题目|名称|名字|题名|叫(?:什么|啥|做什么)|主题(?:是什么)?)")
_DOCUMENT = re.compile(
    r"(?:这|那|该|本|此)?(?:份|个|篇|部)?(?:文件|材料|通知|要点|公文|工作要点|办法|条例|规定|意见|方案)|全文|文中|原文|正文|[这本此该]文|(?:19|20)\d\d年?度?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ISSUED = re.compile(_ISSUING)
_TASK = re.compile(r"完成|开始|实施|施行|生效|开展|结束|截止|启动|落实|建成|上线|办理|报名|召开|举行|培训|检查|审核")
_ROLE = re.compile(r"牵头|负责|主办|协作|配合|协办|参与")


@dataclass(frozen=True, slots=True)
class Heads:
    """What stands in the documents' heads, and their titles; folded."""

    text: str
    titles: str

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "Heads":
        parts = (document.text[part.span.start : part.span.end] for document in documents for part in document.head)
        return cls(fold("\n".join(parts)), fold("\n".join(document.title for document in documents)))


def find_about(text: str, heads: Heads, cut: Callable[[str], list[str]]) -> About | None:
    """The part of the document that the folded question asks for; None where it asks for something else."""
    text = text.replace(" ", "")
    if any(year not in heads.text for year in _YEAR.findall(text)):  # another year's
        return None
    for asked, words in _PATTERNS:
        if (asked == "departments" and _ROLE.search(text)) or (asked == "date" and _TASK.search(text)):
            continue
        known = heads.text if asked in ("overall", "notice") else heads.titles
        if words.search(text) and _is_about(words.sub(_gap, text), known, cut):
            return "overall" if asked == "gist" else asked
    return None


def _is_about(rest: str, known: str, cut: Callable[[str], list[str]]) -> bool:
    """What is left of the question says nothing but what is known."""
    rest = _DOCUMENT.sub(_gap, rest)
    runs = [rest[start:end] for start, end in content_runs(rest, cut)]
    return all(len(word) == 1 or word in known or _ISSUED.fullmatch(word) for run in runs for word in cut(run))


def _gap(found: re.Match[str]) -> str:
    return GAP * len(found[0])
