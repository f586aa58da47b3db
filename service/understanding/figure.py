"""An amount that is asked for: 补贴多少钱, 歇业最长多久, 几月份申请; of which kind it is, and the words that ask for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from corpus import FigureKind, fold, has_figure, kind_of_unit
from service.understanding.grammar import Sentence
from service.understanding.lexicon import endings, lexicon
from service.understanding.tokens import Token

_NOUNS: dict[str, tuple[FigureKind, ...]] = {
    "price": ("money",),
    "validity": ("span", "day"),
    "reach": ("contact",),
    "howto": ("way",),
    "fact": (),
    "roster": (),
}
_ASKING: dict[str, tuple[FigureKind, ...]] = {
    "howlong": ("span",),
    "howold": ("age",),
    "howshare": ("share",),
    "when": ("day", "hour"),
}
_FUNDS: tuple[FigureKind, ...] = ("money", "share")  # 多少补贴
_ANY: tuple[FigureKind, ...] = (*_FUNDS, "span", "age", "size", "count")  # 能拿多少, 达到多少
_BOUNDS = ("most", "least", "atleast", "limit")
_LIMITS = (*_BOUNDS, "total")
_SEVERAL = ("this", "each", "next", "prior", "firstof", "atleast")  # 这几年: some years
_QUESTIONS = frozenset("how what which howmany howlong when where".split())
_OF_ITEMS = frozenset(("which", "concern", "mention", "item"))  # 哪些任务涉及收费: it asks for items, not for an amount


@dataclass(frozen=True, slots=True)
class Figure:
    """What is asked for. No kinds: none whose form is known (a person, what something looks like)."""

    kinds: tuple[FigureKind, ...]
    unit: str  # 多少家: of a number what it counts
    sure: bool  # nothing else can be meant: what does not tell it is no answer
    asked: str = ""  # the question, as typed
    sorts: bool = False  # 几种情形: what an item lists
    written: bool = False  # 有没有写: what is near in meaning is no answer
    penal: bool = False  # 怎么罚, 罚多少: what refers to the article that is broken may tell it


def read_figure(sentence: Sentence, asked: str, *, penal: bool = False) -> Figure | None:
    """What no form took and asks for an amount; takes the words that ask for it, not those that say of what. `penal` where
    a form took what asks for a penalty."""
    kinds: dict[FigureKind, None] = {}
    unit, sure, found, sorts = "", False, False, False
    says_more = any(token.kind == "text" and len(token.text) > 1 for token in sentence.tokens)
    said = {token.kind for token in sentence.tokens}
    of_items = bool(said & _OF_ITEMS) or _asks_what_is_provided(sentence.tokens) or _asks_whether(sentence.tokens)
    any_kind: tuple[FigureKind, ...] = ("money",) if "price" in said else _ANY
    for at, token in enumerate(sentence.tokens):
        if sentence.taken[at] is not None:
            continue
        if token.kind == "divide" and (last := _divided(sentence, at)):
            kinds, found, sure = {"division": None}, True, True
            sentence.take(at, last, "figure")
        elif token.kind == "sorts":
            following = sentence.tokens[at + 1 : at + 2]
            unit = fold(following[0].text) if following and following[0].kind in ("text", "soft") else ""
            kinds, found, sorts = {"number": None}, True, True
            _take(sentence, at, at + 1, says_more)
        elif token.kind == "howmany" and not _is_some(sentence.tokens, at):
            whom = _says_whom(sentence.tokens, at)
            if whom:
                sentence.take(at - 2, at, "figure")
            penal |= whom or (at > 0 and sentence.tokens[at - 1].text in endings("penal"))  # 罚多少, 罚单位多少
            funds = whom or _is_verb(sentence.tokens[at - 1 : at])
            own, unit, last = _counted(sentence, at, _FUNDS if funds else any_kind)
            kinds.update(dict.fromkeys(own))
            measured = sentence.tokens[last - 1].kind in ("counted", "measure")  # 多少家; 多少血 may be meant otherwise
            found, sure = True, sure or own != ("number",) or measured
            _take(sentence, at, last, says_more)
        elif token.kind in _ASKING and not (token.kind == "howlong" and _is_some(sentence.tokens, at)):
            kinds.update(dict.fromkeys(_kinds_of(sentence.tokens, at)))
            found = sure = True
            _take(sentence, at, at + 1, says_more)
        elif _goes_where(sentence.tokens, at) or (
            token.kind in _NOUNS and not of_items and not _is_of_what_is_done(sentence.tokens, at)
        ):
            kinds.update(dict.fromkeys(("size",) if token.text in endings("sized") else _NOUNS.get(token.kind, ())))
            found = sure = True
    if not found:
        return Figure(("penalty",), "", True, asked, penal=True) if penal else None
    for at, token in enumerate(sentence.tokens):
        _take_each(sentence, at)
        if sure and token.kind in _BOUNDS and sentence.taken[at] is None and not _begins_a_name(sentence, at):
            sentence.take(at, at + 1, "figure")  # 最多|给几个人
    return Figure(tuple(kinds), unit, sure, asked, sorts, "whether" in said, penal)


def _divided(sentence: Sentence, at: int) -> int:
    """垃圾|分成|哪几类, 湿地|分为|几|级: where what asks for its kinds ends; 0 where it does not, as in 分|几个部分."""
    following = sentence.tokens[at + 1 : at + 5]
    kinds = [token.kind for token in following]
    if not following or "section" in kinds:
        return 0
    some = tuple(word for word in lexicon().words("howmany") if not word.isascii())
    if kinds[0] == "sorts" or (len(following[0].text) > 1 and following[0].text.startswith(some)):  # 几类, 几级
        return at + 2
    if kinds[0] not in ("which", "howmany"):
        return 0
    if len(following[0].text) > 2:  # 哪几类
        return at + 2
    last = at + 2
    while last < len(sentence.tokens) and last < at + 4 and _counts(sentence.tokens[last]):
        last += 1
    return last if last > at + 2 else 0


def _counts(token: Token) -> bool:
    """级, 个, 几级."""
    return token.kind in ("measure", "counted") or (token.kind == "text" and len(token.text) < 3)


def _says_whom(tokens: Sequence[Token], at: int) -> bool:
    """罚|单位|多少"""
    return at > 2 and tokens[at - 1].text in endings("fined") and tokens[at - 2].text in endings("penal")


def _kinds_of(tokens: Sequence[Token], at: int) -> tuple[FigureKind, ...]:
    """Of 多久, 什么时候, 几点."""
    if _asks_how_often(tokens, at):
        return ("often",)
    if tokens[at].text in endings("oclock"):
        return ("hour",)
    return ("span", "size") if tokens[at].text in endings("stretched") else _ASKING[tokens[at].kind]


def _is_some(tokens: Sequence[Token], at: int) -> bool:
    """这几年, 每几天: it asks for no number."""
    return at > 0 and tokens[at - 1].kind in _SEVERAL and tokens[at - 1].end == tokens[at].start


def _asks_how_often(tokens: Sequence[Token], at: int) -> bool:
    """多久|要|做|一|次, 多久|至少|跟|家长|联系|一|次."""
    clause = takewhile(lambda token: token.kind not in ("comma", "stop"), tokens[at + 1 :])
    return tokens[at].kind == "howlong" and any(token.kind == "times" for token in clause)


def _asks_whether(tokens: Sequence[Token]) -> bool:
    """可以收费吗, 能不能收费: of no amount."""
    kinds = [token.kind for token in tokens]
    return "howmany" not in kinds and ("whether" in kinds or ("modal" in kinds and kinds[-1:] in (["tone"], ["stop"])))


def _asks_what_is_provided(tokens: Sequence[Token]) -> bool:
    """收费|怎么|规定, 收费|有|什么|要求."""
    provided = endings("provide")
    return any(one.kind in ("how", "what") and other.text in provided for one, other in pairwise(tokens))


def _is_of_what_is_done(tokens: Sequence[Token], at: int) -> bool:
    """负责人|拒绝签字|怎么办: what is asked is another thing."""
    after = tokens[at + 1 : at + 2]
    return tokens[at].kind == "fact" and bool(after) and after[0].kind == "text" and _asks(tokens[at + 2 :])


def _asks(tokens: Sequence[Token]) -> bool:
    return any(token.kind in _QUESTIONS for token in tokens)


def _is_verb(before: Sequence[Token]) -> bool:
    """骗取费用|罚|多少: 一倍以上五倍以下."""
    return bool(before) and before[0].kind == "text" and len(before[0].text) == 1


def _goes_where(tokens: Sequence[Token], at: int) -> bool:
    """去哪里可以…."""
    return [token.kind for token in tokens[at : at + 2]] == ["where", "modal"]


def _counted(sentence: Sentence, at: int, any_kind: tuple[FigureKind, ...]) -> tuple[tuple[FigureKind, ...], str, int]:
    """Of 多少 the kinds that it may be, what it counts where that is no measure of money or time, and where the words
    that ask end: 多少万元, 几个月, 多少家."""
    tokens, last = sentence.tokens, at + 1
    measure = ""
    if last < len(tokens) and tokens[last].kind == "measure" and sentence.taken[last] is None:
        measure, last = tokens[last].text, last + 1
    if last == len(tokens) or sentence.taken[last] is not None or tokens[last].kind not in ("counted", "funds", "text"):
        return any_kind, "", at + 1
    if tokens[last].kind == "funds" or tokens[last].text.endswith(endings("paid")):
        return _FUNDS, "", at + 1
    kind = kind_of_unit(fold(measure + tokens[last].text))
    if kind != "number":
        return (kind,), "", last + 1
    is_measure = tokens[last].kind == "counted" or len(tokens[last].text) == 1  # 多少艘
    return (kind,), fold(tokens[last].text), last + 1 if is_measure else at + 1


def _take_each(sentence: Sentence, at: int) -> None:
    """每个月, 每人: of what time or whom it is an amount."""
    tokens, last = sentence.tokens, at + 1
    if tokens[at].kind != "each" or sentence.taken[at] is not None:
        return
    if last < len(tokens) and tokens[last].kind == "measure":
        last += 1
    if last < len(tokens) and tokens[last].kind == "counted" and tokens[last].start == tokens[last - 1].end:
        sentence.take(at, last + 1, "figure")


def _take(sentence: Sentence, first: int, last: int, says_more: bool) -> None:
    """With the words before them that bound the amount, or say of what time or whom it is one: 每人每月最多."""
    tokens = sentence.tokens
    one_letter = first > 0 and tokens[first - 1].kind == "text" and len(tokens[first - 1].text) == 1
    if one_letter and (says_more or tokens[first - 1].text in endings("penal")):
        first -= 1  # 补多少, 花多少, 罚多少
    while first > 0 and sentence.taken[first - 1] is None and _bounds(tokens[first - 1]):
        first -= 1
    sentence.take(first, last, "figure")


def _begins_a_name(sentence: Sentence, at: int) -> bool:
    """国家|最高|科学技术奖."""
    tokens = sentence.tokens
    before, after = tokens[at - 1 : at] if at else [], tokens[at + 1 : at + 2]
    beside = [one for one in (*before, *after) if one.kind == "text"]
    return any(one.end == tokens[at].start for one in beside) and any(one.start == tokens[at].end for one in beside)


def _bounds(token: Token) -> bool:
    folded = fold(token.text)
    return token.kind in _LIMITS or (
        token.kind in ("text", "num", "counted")
        and (has_figure(folded, "span") or any(map(folded.startswith, _each())))
    )


def _each() -> Iterator[str]:
    return (word for word in lexicon().words("each") if len(word) == 1)
