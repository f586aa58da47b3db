"""The topic: what no form took. And what of it says something: words of asking fall away at its edges."""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate, combinations

from corpus import fold, is_amount
from service.understanding.lexicon import CONTENT, FACTS, lexicon
from service.understanding.tokens import QUOTES, Token

EDGES = " \t\r\n\u3000?？。.!！,，、;；:：…“”\"'‘’「」『』《》〈〉()（）【】#"
MOST_WORDS = 40  # of a topic that are looked at together
ALTERNATIVES = 8  # at most, each searched on its own

Cut = Callable[[str], list[str]]
Stands = Callable[[str], bool]

_SAYS = ("text", "quote", "num", "title", *FACTS, "limit", "counted", "dept", "issuer")
_BRIDGES = frozenset(
    "with or de in by be pause aspect num not notof adv modal le item soft asking take it tone space have both but bring go told".split()
)
_ENDS = CONTENT | frozenset(_SAYS)
_MEANT = frozenset("lightnoun lightverb joint".split())
_INTRODUCES = ("mention", "concern")


def stretches(tokens: Sequence[Token], taken: Sequence[str | None], *, fact: bool) -> list[list[Token]]:
    """The runs of tokens that may be topics: from a word that says something to the last, over small words between;
    what a form took, and words of asking, end a run. Of a `fact` every word counts: what is paid, not only for what."""
    runs: list[list[Token]] = []
    current: list[Token] = []
    for at, token in enumerate(tokens):
        may = token.kind in _SAYS or token.kind in CONTENT or token.kind in _BRIDGES
        once = token.kind == "num" and at + 1 < len(tokens) and tokens[at + 1].kind == "times"
        may &= not (fact and once)  # 献血一次抽多少; not 每年一次的汇总
        may &= not (token.kind == "measure" and at > 0 and tokens[at - 1].kind == "which")  # 哪|个|老办法
        if taken[at] is None and may and not introduces(tokens, at):
            current.append(token)
            continue
        runs += _runs_of(current, fact)
        current = []
    return [run for run in (*runs, *_runs_of(current, fact)) if run]


def _runs_of(tokens: list[Token], fact: bool) -> list[list[Token]]:
    amount = _amount_behind(tokens)
    return [_edged(tokens[: len(tokens) - len(amount)], fact), amount]


def _amount_behind(tokens: Sequence[Token]) -> list[Token]:
    """有效期|是|5年: an amount that is said of what stands before it."""
    be = [at for at, token in enumerate(tokens) if token.kind == "be"]
    amount = list(tokens[be[-1] + 1 :]) if be and be[-1] else []
    return amount if is_amount(fold("".join(token.text for token in amount))) else []


def introduces(tokens: Sequence[Token], at: int) -> bool:
    """提到, 涉及 before what says something."""
    following = [token.kind for token in tokens[at + 1 : at + 3] if token.kind not in ("le", "de")]
    return tokens[at].kind in _INTRODUCES and bool(following) and following[0] in (*_SAYS, "lightnoun", "lightverb")


def _edged(tokens: list[Token], fact: bool) -> list[Token]:
    """From the first token that says something to the last, with words that go with it at either side."""
    joined = _joined_letters(tokens)
    said = [
        at for at, token in enumerate(tokens) if token.kind in _SAYS and (fact or at in joined or not _is_small(token))
    ]
    said = said or [at for at, token in enumerate(tokens) if token.kind in _SAYS and token.kind != "num"]
    said = said or [at for at, token in enumerate(tokens) if token.kind in _MEANT]
    if not said:
        return []
    first, last = said[0], said[-1]
    beside = _ENDS | {"aspect"} if all(_is_small(tokens[at]) for at in said) else _ENDS  # 局 alone says nothing: 地方局
    while first > 0 and tokens[first - 1].kind in beside and tokens[first - 1].end == tokens[first].start:
        first -= 1
    if first > 0 and tokens[first].kind == "measure" and tokens[first - 1].kind == "num":
        first -= 1  # 5|个|工作日
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].kind in (*CONTENT, *_SAYS)
        and not _counts_words(tokens, last + 1)
        and tokens[last].end == tokens[last + 1].start
    ):
        last += 1
    if [token.kind for token in tokens[last + 1 : last + 2]] in (["or"], ["pause"]) and _says_little(tokens, last + 2):
        last += 2  # 泄露信息|或资料
    return tokens[first : last + 1]


def _says_little(tokens: Sequence[Token], at: int) -> bool:
    """资料, the last of what is listed."""
    return at == len(tokens) - 1 and tokens[at].kind in ("soft", "lightnoun") and len(tokens[at].text) > 1


def _counts_words(tokens: Sequence[Token], at: int) -> bool:
    """风险一词, 风险两个字."""
    after = [token.kind for token in tokens[at + 1 : at + 3] if token.kind != "measure"]
    return tokens[at].kind == "num" and after[:1] == ["aspect"]


def _joined_letters(tokens: Sequence[Token]) -> set[int]:
    """The places of 买, 分, 卖, 分 in 买分卖分: characters that no dictionary joins."""
    joined: set[int] = set()
    row: list[int] = []
    for at, token in enumerate(tokens):
        letter = len(token.text) == 1 and token.kind in ("text", *CONTENT) and token.kind != "num"
        if not (letter and row and tokens[at - 1].end == token.start):
            row = []
        if letter:
            row.append(at)
        if len(row) > 2 and sum(tokens[one].kind == "text" for one in row[-3:]) > 1:
            joined.update(row[-3:])
    return joined


def _is_small(token: Token) -> bool:
    return token.kind == "num" or len(token.text) == 1


def trimmed(tokens: Sequence[Token]) -> list[Token]:
    """Without words of asking at the edges: 品牌的任务 -> 品牌."""
    said = [
        at
        for at, token in enumerate(tokens)
        if token.kind in (*_SAYS, "lightnoun", "lightverb", "joint", "support", "does")
    ]
    while len(said) > 1 and tokens[said[-1]].kind == "num":  # 品牌两个字
        said.pop()
    return list(tokens[said[0] : said[-1] + 1]) if said else []


def _may_be_of_name(token: Token) -> bool:
    """专门|学校."""
    return token.kind == "adv" and len(token.text) > 1


def extended(
    run: Sequence[Token], tokens: Sequence[Token], taken: Sequence[str | None], question: str, stands: Stands
) -> tuple[int, int]:
    """[start, end) of the run in the question, as far over untaken neighbours as the longer text still stands."""
    first = next(at for at, token in enumerate(tokens) if token is run[0])
    last = first + len(run) - 1
    best = (tokens[first].start, tokens[last].end)
    for before in range(first, max(-1, first - 4), -1):
        if taken[before] is not None:
            break
        if tokens[before].kind not in (*_ENDS, "num") and before != first and not _may_be_of_name(tokens[before]):
            continue
        for after in range(last, min(len(tokens), last + 4)):
            if taken[after] is not None:
                break
            if tokens[after].kind not in _ENDS and after != last:
                continue
            start, end = tokens[before].start, tokens[after].end
            if (end - start) > (best[1] - best[0]) and stands(question[start:end].strip()):
                best = (start, end)
    return best


def is_quoted(question: str, topic: str) -> bool:
    """The topic stands between quotation marks: whatever it is, it is meant as it stands."""
    return any(f"{mark}{topic}{QUOTES[mark]}" in question for mark in QUOTES)


def quotations(question: str) -> list[str]:
    """What stands between quotation marks, in order."""
    return [
        found
        for opening, closing in QUOTES.items()
        for found in re.findall(f"{opening}([^{opening}{closing}]+){closing}", question)
    ]


def alternatives(topic: str) -> list[str]:
    """早市或夜间经济 -> 早市, 夜间经济; a topic that lists nothing is its own only alternative."""
    parts = [part.strip(EDGES) for part in re.split(f"{_words('or')}|、|/|還是", topic)]
    if len(parts) > ALTERNATIVES or not all(len(part) > 1 for part in parts):
        return [topic]
    return [parts[0], *(_with_verb(parts[0], part) for part in parts[1:])]


def _with_verb(first: str, part: str) -> str:
    """泄露信息或|资料 -> 泄露资料: what says little by itself belongs to the same."""
    says_little = lexicon().class_of.get(fold(part)) in ("soft", "lightnoun")
    return first[: -len(part)] + part if says_little and len(first) == 2 * len(part) else part


def listed(text: str, stands: Stands, *, each: bool = False) -> list[str]:
    """What a text lists, where each of it stands in some item, or some of it that is asked about one by one; else the text
    alone."""
    between = f"{_words('with', 'or')}|與|、" + (r"|\s+" if each else "")
    parts = [part.strip(EDGES) for part in re.split(between, text)]
    enough = any if each else all
    known = len(parts) > 1 and all(len(part) > 1 for part in parts) and enough(map(stands, parts))
    return parts if known else [text]


def _words(*classes: str) -> str:
    return "|".join(re.escape(word) for word in lexicon().words(*classes) if not word.isascii())


# What of a topic says something


def refined(topic: str, question: str, cut: Cut, stands: Stands) -> str | None:
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
    either = alternatives(joined)
    if len(listed(joined, stands)) > 1 or (len(either) > 1 and (any(map(stands, either)) or either[-1] not in joined)):
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


def content_runs(text: str, cut: Cut) -> list[tuple[int, int]]:
    """[start, end) of the stretches of words that are no words of asking. A character alone is no word, and words that
    say little are no stretch without another."""
    runs: list[tuple[int, int]] = []
    heavy: set[int] = set()  # ends of runs that say something
    at = 0
    for word in cut(text):
        start, at = at, at + len(word)
        if _is_of_asking(word):
            continue
        begins = runs.pop()[0] if runs and runs[-1][1] == start else start
        runs.append((begins, at))
        if start in heavy or lexicon().class_of.get(word) not in ("lightnoun", "lightverb", "soft"):
            heavy.add(at)
    return [(start, end) for start, end in runs if end in heavy and end - start > 1]


def says_something(text: str, cut: Cut) -> bool:
    """Not all of it is words of asking; what it says may be little."""
    return any(not _is_of_asking(word) for word in cut(text))


def is_of_items(text: str) -> bool:
    """任务, 内容: words for what items are, not for what they are about."""
    return len(text) == 1 or lexicon().class_of.get(fold(text)) in ("item", "soft", "de", "with")


_SAID = frozenset(
    "lead support join joint lightnoun lightverb soft main most least alone above limit counted divide group compare issue structure object comply date export change".split()
) | frozenset(FACTS)


def _is_of_asking(word: str) -> bool:
    kind = lexicon().class_of.get(word)
    if kind is not None:
        return kind not in _SAID
    return len(word) == 1 and not word.isalnum()


def _without_edges(topic: str, cut: Cut) -> str:
    """The topic without the words of asking before and after it."""
    words = cut(topic)
    ends = [0, *accumulate(map(len, words))]
    said = [at for at, word in enumerate(words) if not _is_of_asking(word)]
    return topic[ends[said[0]] : ends[said[-1] + 1]] if said else topic


def _longest_standing(topic: str, cut: Cut, stands: Stands) -> str | None:
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
