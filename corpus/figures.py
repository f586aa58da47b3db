"""Figures as documents write them: 3000元, 不超过6个月, 百分之五十, 年满65周岁, 自2020年1月1日起, 电话 8888-1234."""

import re
from functools import lru_cache
from typing import Literal

from corpus.numbering import CHINESE

FigureKind = Literal[
    "money",
    "span",
    "often",
    "day",
    "hour",
    "age",
    "share",
    "contact",
    "way",
    "size",
    "penalty",
    "division",
    "count",
    "number",
]

_CHINESE = CHINESE.removesuffix("{1,9}")
_NUMBER = rf"(?:\d[\d,.]{{0,15}}|{CHINESE})\s?"
_AMOUNT = rf"{_NUMBER}[余多]?[百千万亿]{{0,3}}[余多]?\s?"
_SPANS = r"个?工作日|个?自然日|个?小时|个?半小时|分钟|秒钟?|日|天|周(?!岁)|个?星期|个半?月|年(?![级代\d])|个?学[年期]|个?季度"
_PATTERNS: dict[FigureKind, re.Pattern[str]] = {
    "money": re.compile(rf"{_AMOUNT}(?:元|块钱?|钱|人民币)"),
    "span": re.compile(rf"(?<![第\d年月{_CHINESE[1:-1]}])(?:\d{{1,3}}|{CHINESE})\s?(?:{_SPANS})"),
    "often": re.compile(
        rf"每隔?(?:{_NUMBER})?半?个?(?:{_SPANS}|月|班)|(?:每|一)(?:次|轮|届)[^。；;，,]{{0,12}}一次|一(?:年|月|周|季度?|天|日)[^。；;，,]{{0,12}}次|[逐按](?:年|月|季度?)"
    ),
    "age": re.compile(rf"{_AMOUNT}周?岁"),
    "share": re.compile(rf"\d\s?[%％‰]|[百千]分之|分之|(?:\d|{_CHINESE})(?:成(?!立)|倍)|全额"),
    "day": re.compile(rf"之日|(?<!\d)(?:\d{{1,2}}|{CHINESE})月(?!饼)|季度|[上下]半年|年底"),
    "hour": re.compile(
        rf"(?<!\d)(?:\d{{1,2}}|{CHINESE})(?:时(?![间候期代])|点(?:[一二三四五六七八九十\d]{{1,3}}分|(?![一二三四五六七八九十〇零\d意要建措原内说名])))|(?<!\d)\d{{1,2}}:\d\d(?!\d)"
    ),
    "contact": re.compile(
        r"\d{3,4}-\d{7,8}|(?<!\d)1\d{10}(?!\d)|(?<!\d)[2-9]\d{6,7}(?![\d年.])|www\.|https?:|@[a-z0-9]"
    ),
    "way": re.compile(
        "(?:向|到|在|通过|凭|持|登录|携带)[^。；;，,]{1,30}(?:申请|申报|办理|提交|递交|报名)|(?:提交|递交|提供|填写)[^。；;]{0,20}(?:材料|资料|表|书)"
    ),
    "penalty": re.compile(
        "罚款|罚金|警告|吊销|撤销|没收|拘留|处分|责令|处罚|刑事责任|赔偿责任|民事责任|法律责任|追究|追回|收回|取消[^。；;，,]{0,12}资格|暂扣|停业|停产|训诫|开除|记分|扣分|通报批评|黑名单|失信"
    ),
    "division": re.compile(
        r"(?:划?分|分别|区分|划定)(?:为|成)|(?:(?:以下|下列)[一二三四五六七八九十\d]?|[二三四五六七八九两\d])个?(?:类|种|级|档|等级)(?!似|别|以|人民|政府)"
    ),
    "size": re.compile(
        rf"{_AMOUNT}(?:平方|立方)?[公厘毫海]?(?:米|里|亩|顷|吨|克|斤|升|分贝|摄氏度|千?瓦|伏|[ept]?flops|p(?![a-z])|[tgmk]b)"
    ),
    "count": re.compile(
        rf"{_AMOUNT}(?:个(?!月|工作日|自然日|小时|星期|季度|学[年期])|家|户|人(?!民)|名(?!称|单|义)|台|辆|座|处(?![理罚分置])|件|所(?![有需])|艘|株|头|只|套|场|份|门|张|棵|例|篇|期|次(?![日年月]))"
    ),
    "number": re.compile(rf"{_AMOUNT}(?![百千万亿])[^\W\d_]"),
}
_DONE_WITHIN = re.compile(
    rf"(?:\d{{1,3}}|{CHINESE})\s?(?:{_SPANS})(?:以内|之内|内|以前|之前|前)?(?P<done>办理|办结|办完|完成|处理)?$"
)
_HANDLED = re.compile("(?:办理|办结|办完|完成|处理)(?:的?(?:期限|时限|时间))?$")
_PERSONS = "[人名位]"
_BY_UNIT: tuple[FigureKind, ...] = ("money", "span", "age", "share", "size")


@lru_cache(maxsize=1024)
def kind_of_unit(unit: str) -> FigureKind:
    """元 -> money, 个工作日 -> span, 家 -> number; folded."""
    return next((kind for kind in _BY_UNIT if _PATTERNS[kind].fullmatch(f"3{unit}")), "number")


def find_figures(folded: str, kind: FigureKind, unit: str = "") -> list[tuple[int, int]]:
    """[start, end) of each amount of this kind in the text; of a number those that count what `unit` names."""
    pattern = _PATTERNS[kind]
    if kind == "number" and unit:
        counted = _PERSONS if re.fullmatch(_PERSONS, unit) else re.escape(unit)
        pattern = re.compile(rf"{_AMOUNT}[个家名位项件种类]?{counted}")
    return [found.span() for found in pattern.finditer(folded)]


def has_figure(folded: str, kind: FigureKind, unit: str = "") -> bool:
    """The text tells an amount of this kind."""
    return bool(find_figures(folded, kind, unit))


def limit_said(folded: str) -> str:
    """十五日内办理 -> 十五日内: what ends with a time limit, without the word that something is done in it; empty where it
    does not."""
    found = _DONE_WITHIN.search(folded)
    return folded[: found.start("done")] if found and found["done"] else folded if found else ""


def is_amount(folded: str) -> bool:
    """5年, 三个工作日, 2000元."""
    return any(_PATTERNS[kind].fullmatch(folded) for kind in _BY_UNIT)


def only_handles(folded: str) -> bool:
    """办理期限, which beside a time limit says nothing."""
    return _HANDLED.fullmatch(folded) is not None
