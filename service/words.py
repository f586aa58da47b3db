"""Which words of a question say something: not those of asking, nor those that every task is made of."""

import re
from collections.abc import Callable
from itertools import accumulate, combinations

MOST_WORDS = 40  # of a topic that are looked at together
EDGES = " \t\r\n\u3000?？。.!！,，、;；:：…“”\"'‘’「」『』《》〈〉()（）【】#"
QUOTES = {"“": "”", "「": "」", "『": "』", '"': '"', "‘": "’"}

# Words of asking and of grammar: none of them is what a question is about, unless nothing else is.
_ASKING = frozenset(
    """
    请问 请教 麻烦 劳驾 您好 你好 帮忙 帮我 替我 给我 告诉 知道 了解 弄清 清楚 想要 想问 想查 想看 我想 我要 咨询 打听 查询 查找 查查 查到
    查看 检索 搜索 搜一下 找到 找找 找出 看看 看一下 列出 列举 列一下 列明 逐条 逐项 一一 汇总 归纳 整理 总结 介绍 说明 说说 说一说 讲讲
    讲一讲 谈谈 给出 指出 标出 挑出 念念 听听 摘录 摘抄 抄录 数一下 数一数 简单 简要 简述 显示 展示 能否 能不能 不能 不会 是否 是不是 有没有 有无 可以 可否 可不可以 会不会 要不要 需不需要
    涉及 提到 提及 谈到 说到 讲到 写到 写明 写有 写着 写在 出现 包含 包括 含有 用到 用了 讲述 阐述 对应 相应 归于 属于 相关 有关 关于 针对 对于
    沾边 沾上 搭边 挂钩 挂上 挂得 关系 有关系 关联 牵涉 牵扯 联系 体现 反映 强调 明确 指明 点名 列入 纳入 算作 称作 提出 之列 出自 引用 开列 兹请 敬请 恳请 告知 示知 东西 整份 整个 整篇 全篇 通篇 最后 一段 那段 一句 一句话 哪一句 那一句 句话 部分 一章 这章
    第几 几家 哪几家 哪项 哪条 哪几项 哪几条 点到 担任 职责 活儿 一览 明细 既有 又有 各项任务 各项工作 不管 无论 不论 总数 项数 数目 数量 个数 为止 哪句 哪句话 哪段
    采取 打算 准备 需要 应当 应该 必须 可能 希望 照顾 扶持 关注 重视
    任务 条款 条文 条目 事项 要点 工作要点 工作任务 重点任务 重点工作 说法 提法 表述 字眼 字样 概念 方面 地方 段落 名下 底下 清单 列表 文件 通知
    公文 全文 文中 本文 原文 正文 里面 里头 里边 当中 之中 中间 其中 事情 事儿 事务 这件 那件 这块 那块 一块 这个 那个 这些 那些 这份 那份 这种
    那种 这样 那样 该项 此类 这类 有些 某些 一些 一项 一条 一个 一下 一点 部门 单位 其他 其它 别的
    全部 所有 其余 余下 一共 总共 共有 共计 统统 通通 凡是 分别 各自 各项 到底 究竟 具体 主要 专门 目前 现在 当前 今年 本年 本年度 年内 年度 今后 以后 之后
    以前 之前 已经 还有 另外 以及 或者 并且 而且 同时 特别 尤其 比如 例如 相对 有所 有点 怎么 怎样 如何 怎么样 怎么办 什么 什么样 为什么 哪些 哪个
    哪里 哪儿 哪家 哪位 哪一个 哪一家 多少 几个 几项 几条 没有 不是 就是 都是 也是 还是 我们 你们 他们 它们 大家 咱们 自己
    """.split()
)
_FUNCTION = frozenset(
    "的了吗呢吧啊呀着过地得把被将对在里中上下内外与和跟同及或等这那个些是有为从到由也都就还又很会要想能可请问我你他它各该其此之所以而且并但不没"
    "做搞办抓给让说讲写谈用归算去来看找查列项条件块事话啥么哪几谁怎何于则即若如其者被跟向往至自按照凭据今本全凡总共各每某另再才只仅更最太第字段句兹之予敬恳惠敢何份"
)
# Words of which tasks are made: they say little without another. 绿道建设 is about 绿道.
ITEM_NOUNS = (
    "任务|工作任务|重点任务|工作|条款|条文|条目|事项|项目|内容|要求|规定|措施|举措|安排|部署|要点|地方|段落|职责|活儿"
)
LIGHT_NOUNS = (
    "建设|活动|工作|平台|办法|工程|规划|项目|措施|举措|机制|制度|体系|模式|行动|计划|方案|政策|领域|行业|业务|系统|情况|问题"
    "|内容|要求|规定|安排|部署|做法|动作|对策"
)
LIGHT_VERBS = (
    "加强|推进|推动|开展|完善|强化|落实|实施|改进|优化|提高|提升|深化|做好|支持|鼓励|推行|建立|健全|构建|创新|探索|规范|加快|扩大|促进|打造"
    "|培育|制定|面向|针对|围绕|抓好|进行|组织|搞好|搞"
)
_JOINED = re.compile("以及|或者|和|与|及|或|、")
_LIGHT = re.compile(rf"{LIGHT_NOUNS}|{LIGHT_VERBS}")
_NAMES_ITEMS = re.compile(rf"{ITEM_NOUNS}|[的和]|.")


def refined(topic: str, question: str, cut: Callable[[str], list[str]], stands: Callable[[str], bool]) -> str | None:
    """The topic without words of asking that are left around it: what stands in some item as it is, what the question
    quotes and stands there, or from the first word that says something to the last; None where none does."""
    topic = topic.strip(EDGES)
    if len(topic) > 1 and stands(topic):
        return topic
    for quote in quotations(question):
        outside = topic.replace(quote, " ")
        beside = [outside[start:end] for start, end in content_runs(outside, cut)]
        if outside != topic and stands(quote) and not any(map(stands, beside)):
            return quote
    joined = _without_edges(topic, cut)
    if len(listed(joined, stands)) > 1:
        return joined
    runs = content_runs(topic, cut)
    if not runs:
        says_much = len(joined) > 1 and not is_of_items(joined) and stands(joined)  # 创新, though it says little
        return joined if says_much else _longest_standing(topic, cut, stands)
    start, end = runs[0][0], runs[-1][1]
    ends = [0, *accumulate(map(len, cut(topic)))]
    # 自主 goes on as 自主创新, though 创新 by itself says little
    end = max((one for one in ends if one > end and stands(topic[runs[-1][0] : one])), default=end)
    start = min((one for one in ends if one < start and stands(topic[one : runs[0][1]])), default=start)
    return topic[start:end].strip(EDGES)


def listed(text: str, stands: Callable[[str], bool]) -> list[str]:
    """What a text lists, where each of it stands in some item; else the text alone."""
    parts = [part.strip(EDGES) for part in _JOINED.split(text)]
    return parts if len(parts) > 1 and all(len(part) > 1 and stands(part) for part in parts) else [text]


def _without_edges(topic: str, cut: Callable[[str], list[str]]) -> str:
    """The topic without the words of asking before and after it."""
    words = cut(topic)
    ends = [0, *accumulate(map(len, words))]
    said = [at for at, word in enumerate(words) if not _is_of_asking(word)]
    return topic[ends[said[0]] : ends[said[-1] + 1]] if said else topic


def says_something(text: str, cut: Callable[[str], list[str]]) -> bool:
    """Not all of it is words of asking; what it says may be little."""
    return any(not _is_of_asking(word) for word in cut(text))


def is_of_items(word: str) -> bool:
    """任务, 内容: a word for what items are, not for what they are about."""
    return _NAMES_ITEMS.fullmatch(word) is not None


def _is_of_asking(word: str) -> bool:
    return word in _ASKING or (len(word) == 1 and (word in _FUNCTION or not word.isalnum()))


def _longest_standing(topic: str, cut: Callable[[str], list[str]], stands: Callable[[str], bool]) -> str | None:
    """The longest stretch of two words or more that stands somewhere, though each says little: 政策支持. The first of
    equals; one that names items, such as 工作任务, says nothing."""
    words = cut(topic)[:MOST_WORDS]
    ends = [0, *accumulate(map(len, words))]
    spans = [
        (ends[last + 1] - ends[first], -first, topic[ends[first] : ends[last + 1]])
        for first, last in combinations(range(len(words)), 2)
        if len(words[first]) > 1 and len(words[last]) > 1 and not all(map(is_of_items, words[first : last + 1]))
    ]
    return next((span for _, _, span in sorted(spans, reverse=True) if stands(span)), None)


def content_runs(text: str, cut: Callable[[str], list[str]]) -> list[tuple[int, int]]:
    """[start, end) of the stretches of words that are no words of asking. A character alone is no word, and words that
    say little (LIGHT_NOUNS, LIGHT_VERBS) are no stretch without another."""
    runs: list[tuple[int, int]] = []
    heavy: set[int] = set()  # ends of runs that say something
    at = 0
    for word in cut(text):
        start, at = at, at + len(word)
        if _is_of_asking(word):
            continue
        begins = runs.pop()[0] if runs and runs[-1][1] == start else start
        runs.append((begins, at))
        if start in heavy or not _LIGHT.fullmatch(word):
            heavy.add(at)
    return [(start, end) for start, end in runs if end in heavy and end - start > 1]


def quotations(question: str) -> list[str]:
    """What stands between quotation marks, in order."""
    return [
        found
        for opening, closing in QUOTES.items()
        for found in re.findall(f"{opening}([^{opening}{closing}]+){closing}", question)
    ]
