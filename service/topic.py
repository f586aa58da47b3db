"""The topic of a question: what is left of it when the grammar of asking is taken away."""

import re

from service.words import EDGES, ITEM_NOUNS, LIGHT_VERBS, QUOTES

GAP = "\ue000"  # stands for each character that has been understood otherwise

ALTERNATIVES = 8  # at most, each searched on its own

_WHICH = r"(?:哪些|哪几个|哪几项|哪几条|哪一项|哪一条|哪项|哪条|哪个|什么|多少|几)(?:个|项|件|条(?![款文目]))?"
_PLACE = rf"(?:第几|哪一|哪几|哪些|哪)(?:个|项|条)?(?:{ITEM_NOUNS})?"
_ABOUT = r"(?:涉及到|涉及|提到了|提到|提及|包含|包括|关于|有关|针对|讲到|谈到|写到|说到)(?:了)?"
_LOOK = (
    "数一下|数一数|数数|查一下|查一查|查查|找一下|找出|找找|列出来|列出|列举|列一下|说说|说一下|介绍一下|告诉我|看看|看一下|搜一下|了解一下"
    "|(?:查询|查找|介绍|搜索|检索)(?=一下|所有|全部|关于|有关|涉及|哪些|第)"
)
_LEADING = [
    re.compile(pattern)
    for pattern in (
        r"(?:什么叫做?|何谓|什么是)",
        r"(?:请问|请教|麻烦|劳驾|你好|您好|请|烦请)(?:一下|你|您)?",
        r"(?:我|我们)?(?:想要|想|要|需要)(?:知道|了解|问|看|查)(?:一下|看|问)?",
        rf"(?:帮我|帮忙|给我|替我|能否|能不能|可以|请)?(?:{_LOOK})(?:一下)?",
        r"(?:帮我|给我|替我|一下)",
        r"(?:在)?(?:(?:这份|这个|本|该)(?:文件|通知|办法|要点|规定|条例)|(?:文件|通知|办法|要点|规定|条例)(?=里|中|内|的|一共|总共|共有|有多少|有几|有哪些)|本办法|文中|本文)(?:里面|里|中|内|的)?",
        rf"{_WHICH}(?:{ITEM_NOUNS})?(?:专门)?(?:讲|说|写)(?:到|了|的是)?(?!什么|啥)",
        rf"(?:一共|总共|共)?(?:有)?(?:所有|全部)?(?:的)?{_WHICH}(?:的)?(?:{ITEM_NOUNS})?(?:专门|分别|都|里面|里|中)?(?:要求|需要|要|提出|强调|部署)(?:了)?(?:{LIGHT_VERBS})?",
        rf"(?:一共|总共|共)?(?:有)?(?:所有|全部)?(?:的)?{_WHICH}(?:的)?(?:{ITEM_NOUNS})?(?:是|与|和|跟|同|会|都|里|中)?(?:专门)?(?:讲|说|写|谈)(?:到|了|的是|述)?(?!什么|啥)",
        rf"(?:一共|总共|共)?(?:有)?(?:所有|全部)?(?:的)?{_WHICH}(?:的)?(?:{ITEM_NOUNS})?(?:是|与|和|跟|同|会|都|里|中)?",
        rf"(?:需要|要|应当)(?:{LIGHT_VERBS})(?=.{{2}})",
        rf"(?:把|将)(?=.{{1,60}}(?:{_LOOK}|找出|标出|挑出))",
        rf"(?:所有|全部)(?:的)?(?:{ITEM_NOUNS})?",
        r"(?:有没有|是否|是不是|有无|同时(?=涉及|提到))",
        _ABOUT,
        r"(?:与|和|跟|同|对)(?=.{1,60}(?:有关|相关|关联))",
        rf"{GAP}++(?:了|过|需要|且|并且|并|又|而且|同时|以及|但是|但|的|、|,|里|中|上|与|和|跟|任务|(?:工作|事项)(?=$|{_ABOUT}|里|中|,|有|是|与))*",
    )
]
_TRAILING = [
    re.compile(rf"(?:{pattern})$")
    for pattern in (
        r"(?:主要)?(?:讲|说|写)(?:了|的是|的)?(?:什么|啥)(?:内容)?",
        rf"(?:都|分别)?(?:写|出现|提到|规定|列|是)?在{_PLACE}(?:里面|里|中|内)?(?:出现|提到|提及|写到)?",
        rf"(?:由|是){_PLACE}(?:来)?(?:管|规定|负责|部署|安排)?(?:的)?",
        r"(?:是|指)(?:什么意思|什么|啥|什么东西)(?:呀|啊)?",
        rf"(?:的)?(?:{ITEM_NOUNS})?(?:分别|都)?(?:一共|总共|共)?(?:有|是|在|占|包括)?{_WHICH}(?:{ITEM_NOUNS})?",
        r"(?:是|应该|应当|要)?(?:怎么|如何|怎样)(?:规定|要求|安排|部署|说|讲|写|办|做|开展|推进|落实|实施)?(?:的)?",
        r"(?:怎么样|怎样|如何)",
        r"(?:是|在|属于|归|出自)?第几(?:项|条|个)(?:任务|条款)?",
        r"(?:这)?[一二两三四五六七八几]个字",
        r"(?:都|分别)?(?:是|写|出现|提到)?在(?:哪里|哪儿|哪个地方|什么地方|何处)(?:面)?.{0,4}",
        r"(?:,|，|、)?(?:分别|各自|一共|总共|合计|共计|加起来|加在一起|相加)(?:是|有)?",
        rf"(?:都|全|全部)?(?:{_LOOK}|找出来|标出来|挑出来)(?:吧)?",
        rf"(?:的)?(?:{ITEM_NOUNS})?(?:的)?(?:总数|数量|个数)(?:是)?(?:多少|几个)?",
        rf"(?:有|是)什么(?:{ITEM_NOUNS})?",
        rf"(?:有关|相关|关联)(?:的)?(?:{ITEM_NOUNS})?",
        rf"的(?:{ITEM_NOUNS})",
        r"(?:的)?(?:任务|条款|条目)",
        r"(?:方面|这方面)",
        r"(?:吗|呢|吧|啊|呀|么|的|有)",
        rf"(?:的任务|的工作)?(?:需要|是不是|是否|的|且|并|但是|但|却|而|里|中|内|,)?{GAP}++",
    )
]


def blank(text: str, start: int, end: int) -> str:
    """The same length, with what has been understood taken out."""
    return text[:start] + GAP * (end - start) + text[end:]


def find_topic(question: str, rest: str, boundaries: set[int], *, may_vanish: bool) -> str | None:
    """The slice of the question that is left of `rest`, its folded text with gaps; where nothing would be left, the
    last that was, unless it `may_vanish` because something else says which items are meant. Only whole words are
    taken away: `boundaries` are the offsets between them."""
    start, end = _trimmed(rest, 0, len(rest))
    while start < end and not is_quoted(question, question[start:end]):
        next_start, next_end = _trimmed(rest, *_step(rest, start, end, boundaries))
        if (next_start, next_end) == (start, end) or (next_start >= next_end and not may_vanish):
            break
        start, end = next_start, next_end
    gap = rest.find(GAP, start, end)
    if gap >= 0:  # something understood stands in the middle: the longer side is the topic
        sides = [_trimmed(rest, start, gap), _trimmed(rest, rest.rfind(GAP, start, end) + 1, end)]
        start, end = max(sides, key=lambda side: side[1] - side[0])
    topic = question[start:end].strip()
    return topic or None


def is_quoted(question: str, topic: str) -> bool:
    """The topic stands between quotation marks: whatever it is, it is meant as it stands."""
    return any(f"{mark}{topic}{QUOTES[mark]}" in question for mark in QUOTES)


def alternatives(topic: str) -> list[str]:
    """早市或夜间经济 -> 早市, 夜间经济; a topic that lists nothing is its own only alternative."""
    parts = [part.strip(EDGES) for part in re.split(r"或者|或是|或|還是|还是|、|/", topic)]
    return parts if len(parts) <= ALTERNATIVES and all(len(part) > 1 for part in parts) else [topic]


def bare(text: str) -> str:
    """The text without punctuation and gaps at its edges."""
    return text.strip(EDGES + GAP)


def _step(rest: str, start: int, end: int, boundaries: set[int]) -> tuple[int, int]:
    """One piece of the grammar of asking taken from the front or the back."""
    for pattern in _LEADING:
        match = pattern.match(rest, start, end)
        if match and match.end() > start and _is_between_words(rest, match.end(), boundaries):
            return match.end(), end
    for pattern in _TRAILING:
        match = pattern.search(rest, max(start, end - 24), end)
        if match and match.start() < end and _is_between_words(rest, match.start(), boundaries):
            return start, match.start()
    return start, end


def _is_between_words(rest: str, at: int, boundaries: set[int]) -> bool:
    return at in boundaries or GAP in rest[max(0, at - 1) : at + 1]


def _trimmed(rest: str, start: int, end: int) -> tuple[int, int]:
    while start < end and rest[start] in EDGES:
        start += 1
    while end > start and rest[end - 1] in EDGES:
        end -= 1
    return start, end
