"""How many departments hold a role: 联合牵头, 单独牵头, 没有牵头部门的, 三个以上部门协作, 各部门都配合."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus import NUMBER, Item, to_int
from service.departments import ASKED_ROLES, ROLES, Role, having, mentioned, role_of
from service.topic import blank


@dataclass(frozen=True, slots=True)
class Holding:
    """From `least` to `most` departments have the role in an item."""

    role: Role
    least: int
    most: int | None = None

    def fits(self, item: Item) -> bool:
        count = len(having(item, self.role))
        return self.least <= count and (self.most is None or count <= self.most)


_UNNAMED = re.compile(
    r"(?<!有)(?:没有|没|未)(?:写明|写|明确|注明|标明|标注|标|列出|指定)?(?P<role>牵头|责任|协作|配合)?(?:部门|单位)(?=$|的|[?。,、\s])"
)
_NAMED = re.compile(
    r"(?<!没)(?<!没有)(?<!未)(?:有(?:明确|写明|指定)?|(?:写明|注明|标明|明确|列明|指定)了?)的?(?P<role>牵头|责任|协作|配合)(?:部门|单位)的"
)
_SEVERAL = re.compile(  # 有多个牵头部门的, 牵头部门不止一个的
    rf"(?:有?(?:不[止只]一个|超过一个|多个|若干个?|(?P<before>{NUMBER})个(?:及|或|和)?以上的?)|(?<![有共哪])几个)(?P<role>{ROLES})的?(?:部门|单位)(?=的|$)"
    rf"|(?P<of>{ROLES})的?(?:部门|单位)(?:数量?)?(?:不[止只]一[个家]|有?(?:多个|若干个?|(?P<after>{NUMBER})[个家](?:及|或|和)?以上)|超过一[个家])(?:的)?"
)
_WITH_OTHERS = re.compile(rf"[和与跟同](?:别的|其他|其它)的?(?:部门|单位|处室)(?:一起|联合|共同)?(?=(?P<role>{ROLES}))")
_JOINT = re.compile(
    rf"由?(?:(?:多个|(?<![有共哪])几个|若干个?|(?P<least>{NUMBER})[个家](?:或{NUMBER}[个家])?(?:及|或|和)?以上|不[止只]一[个家])的?(?:部门|单位|处室)(?:联合|共同|一起)?"
    rf"|(?<![几多第至少])(?P<exactly>[2-9两二三四五六七八九])[个家](?:部门|单位|处室)(?:联合|共同|一起|合作)?|至少(?P<at_least>{NUMBER})[个家](?:部门|单位|处室)(?:联合|共同|一起)?|(?<!谁)(?<!哪家)(?<!哪几家)(?:联合|共同))(?P<role>{ROLES})的?"
)
_SOLE = re.compile(
    rf"(?:只有|仅有|只由|仅由|由|只|仅)?(?:一个|一家|单个)(?:部门|单位|处室)(?:单独|独立|独自|一家)?(?P<role>{ROLES})的?|(?:单独|独立|独自)(?P<alone>{ROLES})的?"
)
_COLLECTIVE = re.compile(
    rf"(?:由|需要?|要)?(?:各|所有|全部|全体)(?:个|有关|相关)?(?:部室|部门|单位|处室)(?:[、和及,](?:各)?(?:下属|直属|所属)单位)?(?:都|均|全部|共同|一起|要|需要?|来|参与|[、,])*(?:{ASKED_ROLES['support']}|参与|参加)的?(?![了过]?(?:最|多少|几|(?:的|任务|工作)*(?:数|排)))"
)


def find_holding(text: str, names: Mapping[str, str]) -> tuple[Holding | None, str]:
    """What the folded text says of that, and the text with it made a gap; what stands after a department's name is
    said of that department, not here. `names` maps each folded spelling to the source's."""
    if found := _UNNAMED.search(text):
        return Holding(role_of(found["role"]), 0, 0), blank(text, *found.span())
    if found := _NAMED.search(text):
        return Holding(role_of(found["role"]), 1), blank(text, *found.span())
    if found := _SEVERAL.search(text):
        least = to_int(found["before"] or found["after"] or "二") or 2
        return Holding(role_of(found["role"] or found["of"]), least), blank(text, *found.span())
    if found := _WITH_OTHERS.search(text):
        return Holding(role_of(found["role"]), 2), text[: found.start()] + "," * len(found[0]) + text[found.end() :]
    ends = {end for _, end in mentioned(text, names)}
    if (found := _JOINT.search(text)) and found.start() not in ends:
        exact = to_int(found["exactly"]) if found["exactly"] else None
        least = exact or to_int(found["least"] or found["at_least"] or "二") or 2
        return Holding(role_of(found["role"]), least, exact), blank(text, *found.span())
    if (found := _SOLE.search(text)) and found.start() not in ends:
        return Holding(role_of(found["role"] or found["alone"]), 1, 1), blank(text, *found.span())
    return None, text


def find_collective(text: str) -> tuple[bool, str]:
    """Whether it asks for items that take in all departments, and the text with that made a gap."""
    found = _COLLECTIVE.search(text)
    return (True, blank(text, *found.span())) if found else (False, text)
