"""The words by which a document says who leads, who is responsible and who supports. They stand here alone.

All of them folded. The longest label stands first where one is the beginning of another.
"""

from typing import Literal

Role = Literal["lead", "responsible", "support"]

ROLE_WORDS: dict[Role, tuple[str, ...]] = {
    "lead": ("牵头", "主办"),
    "responsible": ("责任", "负责", "主责", "承办"),
    "support": ("协作", "配合", "协办", "协助", "协同", "参与", "参加", "指导"),
}
# 甲局抓好落实, 各区政府组织实施: they say that somebody is responsible only where a clause ends with them
DOING = ("落实", "实施")
AFTER = ("抓总", "总抓", "推进", "协调", "开展", "督办", "督促", *DOING)  # 牵头抓总, 负责推进
UNITS = ("部门", "单位", "处室", "科室", "司局", "机构", "机关", "部室", "股室", "主体")
PEOPLE = ("领导", "负责人", "责任人", "联系人")
SHARED = ("部门分工", "责任分工", "任务分工", "职责分工")  # labels before 甲局牵头,乙局配合
# labels and column headings before a deadline
DEADLINES = (
    *("完成时限", "完成时间", "完成期限", "完成节点", "办理时限", "办理期程", "整改时限", "时间节点", "时间要求"),
    *("时间安排", "进度安排", "时限要求", "时限"),
)

ANY_ROLE = "|".join(word for words in ROLE_WORDS.values() for word in words)
ANY_UNIT = "|".join(UNITS)


def says_responsible(word: str) -> bool:
    """负责, as a document says it of one or of several, without saying who leads."""
    return any(one in word for one in ROLE_WORDS["responsible"])


def role_of(words: str) -> Role:
    """牵头责任 -> lead, 协同配合 -> support, 主要责任 -> responsible: the strongest claim that the words make."""
    if any(word in words for word in ROLE_WORDS["lead"]):
        return "lead"
    guides = "负责指导" in words  # it is what somebody is responsible for
    return "support" if not guides and any(word in words for word in ROLE_WORDS["support"]) else "responsible"
