"""What a name is: where names in a list begin and end, and whether one is a body or a word for many.

Everything here reads folded text (`corpus.fold`) and gives offsets into it; every pattern is bounded.
"""

import re
from collections.abc import Iterator
from typing import Literal

Kind = Literal["named", "own", "many", "nobody"]

OPENING, CLOSING = "([【〔{", ")]】〕}"
_BRACKET = re.compile(f"[{re.escape(OPENING + CLOSING)}]")
LONGEST = 40  # characters of a name

_NOBODY = re.compile(r"(?:其他|其它)?(?:单位|部门|机构)|无|暂无|没有|[/\\—–-]{1,4}|空|略")
_WE = "(?:本|局|委|厅|院|行|校|办|公司|集团|机关|局机关|委机关|厅机关|院机关|机关本级)?"
_DEPARTMENTS = "(?:部室|部门|处室|司局|科室|股室|机构|委办局|处|室|部|科)"
_OWN = re.compile(
    rf"{_WE}(?:各|全体|所有|有关|相关|各有关|各相关|其他各?|其它各?)(?:业务|职能|内设)?{_DEPARTMENTS}"
    rf"|{_WE}各(?:下属|直属|所属|局属|委属)?单位|{_WE}(?:下属|直属|所属|局属|委属|厅属)(?:各|事业|各事业)?单位"
)
_MANY = re.compile(
    r"各(?!界)|(?:有关|相关)[^、]{0,8}(?:单位|部门|机构|政府|企业|局|委|处室|科室|镇|乡|街道|市|县|区|院校|高校|方面|地区)"
    r"|^(?:有关|相关|全体|所有|其他|其它|其余|当地|属地|地方|基层)"
    r"|(?:主管|行业|业务|职能|监管|组织|宣传|经信|数据|发展改革|财政)部门$|成员单位$|^(?:省|市|县|区)级(?:单位|部门)$"
    r"|^(?:乡镇|镇街|街道|街镇|村居?|社区|区县|县区|街道办事处|乡镇人民政府|企事业单位)$"
)
_PLACE = "(?:设区的?市|地级以上市|县级市|自治县|自治州|县市区|市县区|市区县|区县|县区|乡镇|镇街|街镇|街道|市|县|区|州|盟|旗|乡|镇)"
_IN_BRACKETS = r"(?:[(\[【〔][^()\[\]【】〔〕]{1,12}[)\]】〕])?"
_GOVERNMENT = "(?:人民政府|政府|管委会|党委|党工委|办事处)?"
# 各市、县〔市、区〕政府; 各区、县级市; 省、市、县三级: one body, though 、 stands in it
_ONE_PLACE = re.compile(
    rf"(?:(?:各|有关|相关|全[省市县区])(?:有关|相关)?{_PLACE}|(?:省|市|县|区)){_IN_BRACKETS}"
    rf"(?:、{_PLACE}{_IN_BRACKETS}{_GOVERNMENT}(?:[两三四]级)?(?:人民政府|政府)?){{1,3}}(?=[、,;。\s和及与)]|$)"
)

_STRONG = re.compile(
    r"(?:局|厅|委|署|海关|政府|法院|检察院|党组|纪检组|支队|总队|大队|残联|妇联|工商联|文联|社科联|科协|侨联|作协|记协|团市委"
    r"|委员会|领导小组|工作组|专项组|工作小组|专班|指挥部|联席会议|推进会议|分行|支行|协会|商会|工会|学会|联合会|总会|贸促会|监会|基金会|红十字会|促进会"
    r"|供销社|新华社|(?<![一中全内外干西东南北局])部|(?<![举承主协创经督])办|(?<![之好深到用])处|(?<![本学专百])科|司令部|(?<!公)司"
    r"|办公室|部室|研究室|政研室|档案室|督查室|秘书室|信访室|监察室|处室|科室|(?<!会)办事处|管委会|居委会|村委会|常委会)$"
)
_WEAK = re.compile(
    r"(?:中心|公司|集团|银行|大学|学院|学校|医院|法学院|科学院|工程院|研究院|设计院|规划院|剧院|党校|实验室|研究所|监测站|服务站|电视台|报社|报业"
    r"|图书馆|博物馆|档案馆|科技馆|美术馆|文化馆|水务|电力|移动|联通|电信|铁塔|街道|镇|乡|市|县|区|省|州|盟|旗|[省市县区]总|供电所|派出所|管理所|总站|站)$"
)
_NO_NAME = ("实验室", "研究室")  # by themselves
_BRACKETED = re.compile(r"[(\[【〔][^()\[\]【】〔〕]{0,40}[)\]】〕]")
_SENTENCE = re.compile(r"[谁的了是吗“”《》\":?!]|^(?:按照|根据|以下|详见|见附|由于|其中|应当|可以|不得)")
_DOING = re.compile(
    r"^(?:加强|推进|推动|建立|完善|开展|做好|提高|加快|确保|不|可|应|须)"
)  # not of 应急管理部, 不动产局
_SEPARATOR = re.compile(
    r"[、,;/。]|等(?:有关|相关)?(?:部门|单位)?(?:以及|和|及|与)|会同|以及|联合(?!会|国)|及|和|与|\s{1,20}"
)
_ALWAYS = {"会同", "以及"}
_TAIL = re.compile(
    r"(?:等(?:\d{1,2}个?|[一二三四五六七八九十]{1,3}个?)?(?:有关|相关)?(?:部门|单位|地方|地区|企业)?|等等|\s|[.。;,、:])$"
)
_HEAD = re.compile(r"(?:由|会同|以及|及其|及|与|并|和(?![平田龙静硕林顺县政])|[\s.、:·])")


def bare(name: str) -> str:
    """Without what stands in brackets: 省市场监管局(省知识产权局) -> 省市场监管局."""
    for _ in range(3):
        name = _BRACKETED.sub("", name)
    return name.strip()


def kind_of(name: str) -> Kind:
    """各部室 -> own (the document's departments as a whole), 各有关单位 -> many, 无 -> nobody, 省经信厅 -> named."""
    name = re.sub(r"\s", "", name)
    if _NOBODY.fullmatch(name) or not name:
        return "nobody"
    outside = bare(name) or name
    if _OWN.fullmatch(outside):
        return "own"
    return "many" if _MANY.search(outside) else "named"


def own_words(note: str) -> list[tuple[int, int]]:
    """Where a note says its document's departments as a whole: (协作部门:各部室、下属单位) -> 各部室, 下属单位."""
    return [found.span() for found in _OWN.finditer(note)]


def is_organisation(name: str, *, surely: bool = False) -> bool:
    """True for 省经信厅 and 各区政府; for 浙江大学 and 越秀区 too, unless `surely`."""
    outside = bare(name)
    if len(outside) < 2 or len(name) > LONGEST or _SENTENCE.search(outside):
        return False
    return (
        bool(_STRONG.search(outside))
        or kind_of(outside) in ("own", "many")
        or (not surely and bool(_WEAK.search(outside)))
    )


def is_plausible(name: str) -> bool:
    """False for what cannot be a name whoever it were: too long, or part of a sentence."""
    outside = bare(name)
    if not 0 < len(name) <= LONGEST or _SENTENCE.search(outside):
        return False
    return is_organisation(name) or not _DOING.search(outside)


def depths(folded: str, start: int, end: int) -> list[int]:
    """How many brackets each character of folded[start:end] stands in; a bracket itself counts as inside."""
    depth, reached = 0, start
    found: list[int] = []
    for bracket in _BRACKET.finditer(folded, start, end):
        at = bracket.start()
        found += [depth] * (at - reached)
        depth += folded[at] in OPENING
        found.append(depth)
        depth -= folded[at] in CLOSING and depth > 0
        reached = at + 1
    return found + [depth] * (end - reached)


def split_names(folded: str, start: int, end: int, *, by_line: bool = False) -> list[tuple[int, int]]:
    """Spans of the names in folded[start:end]: 甲局、乙局(丙办)及丁局等 -> 甲局, 乙局(丙办), 丁局.

    `by_line`: a line end parts names (a cell's lines do), else it is where the page broke the line.
    """
    depth = depths(folded, start, end)
    for match in _ONE_PLACE.finditer(folded, start, end):
        depth[match.start() - start : match.end() - start] = [1] * len(match[0])
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _SEPARATOR.finditer(folded, start, end):
        low, high = match.span()
        if depth[low - start] or low < begin:
            continue
        before, after = folded[max(begin, low - 2 * LONGEST) : low], folded[high : min(end, high + LONGEST)]
        if _parts(match[0], before, after, by_line):
            spans.append((begin, low))
            begin = high
    spans.append((begin, end))
    return [span for span in (_trimmed(folded, *span) for span in spans) if span[0] < span[1]]


def _parts(separator: str, before: str, after: str, by_line: bool) -> bool:
    """Whether 和, a space or a line end between names parts them, or stands inside one (文化和旅游厅)."""
    if separator in _ALWAYS or separator in "、,;。" or separator[0] == "等":
        return True
    name = "".join(before.split())
    if separator == "/":
        return len(name) > 1
    if separator.isspace():
        following = re.split(r"[、,;\s]|等", after.lstrip(), maxsplit=1)[0]
        complete = len(following) > 3 and is_organisation(following)
        return is_organisation(name, surely="\n" not in separator) and complete and (by_line or "\n" not in separator)
    if name in _NO_NAME:  # 实验室与资产管理处 is one: of what laboratory is not said
        return False
    return is_organisation(name, surely=len(bare(name)) < 3) and bool(after.strip())


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    """Without 由 and 和 before it, without 等部门 and stops after it."""
    for _ in range(6):
        if match := _HEAD.match(folded, start, end):
            start = match.end()
        elif match := _TAIL.search(folded[max(start, end - 10) : end]):
            end -= len(match[0])
        else:
            break
    return start, max(start, end)


def written(text: str, start: int, end: int) -> str:
    """The name as the source writes it, on one line."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text[start:end]).strip()


def outermost(folded: str) -> Iterator[tuple[int, int]]:
    """Spans of the brackets that stand in no other, in order; an unclosed one counts for nothing."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for bracket in _BRACKET.finditer(folded):
        at = bracket.start()
        if bracket[0] in OPENING:
            opened.append(at)
        elif opened:
            pairs.append((opened.pop(), at + 1))
    reached = -1
    for low, high in sorted(pairs):
        if low >= reached:
            reached = high
            yield low, high
