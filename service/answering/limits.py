"""Time limits that rules set: 10日内, 三个工作日内, 24小时内. What has no deadline may still say within what time a thing is to be done."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import find_figures, fold
from service.answering.answer import Answer, Match
from service.answering.scope import LINES, Scope

LOOKED_AT = 2000  # items

_WITHIN = re.compile(r"\s?(?:以内|之内|内|以前|之前|前|(?:办结|办理完毕|完成|答复|反馈))")
_WORKING_DAYS = "工作日"
_OTHER_UNITS = re.compile("天|小时|自然日|个月")
_SET = re.compile(
    r"(?:不少于|不得少于|不低于|不超过|不得超过|期限[为是]?|时间[为是]?|公示期?[为是]?|为期|最长|至少|提前)\s?$"
)
_NO_LIMIT = re.compile(r"\s?(?:以?内)?(?:不得|不予|不再)|\s?(?:以上)?的?(?:工作|从业|经验|经历|学)")  # 5年内不得申请
_PAST = re.compile(r"[近前]\s?$")  # 近1年内未发生


def limits(scope: Scope, found: Sequence[Match]) -> Answer | None:
    """Those of them that set one, with the sentences that do; None where none does, or where there are very many."""
    asked = fold(scope.plan.figure.asked) if scope.plan.figure else ""
    unit = _WORKING_DAYS if _WORKING_DAYS in asked and not _OTHER_UNITS.search(asked) else ""
    told = [match for one in found if (match := _limited(one, unit))] if len(found) <= LOOKED_AT else []
    if not told:
        return None
    voice, items = scope.voice, [match.item for match in told]
    line = voice.state("limits", items, counted=voice.counted(len(told), scope.items))
    lines = scope.cut([line, *(scope.quoted(match) for match in told[:LINES])], len(told))
    return scope.answer(lines, items=told, citations=scope.citations(told), count=len(told))


def _limited(match: Match, unit: str) -> Match | None:
    """With the places where it sets one, in this unit; in any where it is empty."""
    folded = fold(match.item.text)
    spans = [span for span in find_figures(folded, "span") if _is_limit(folded, *span)]
    spans = [span for span in spans if folded[slice(*span)].endswith(unit)]
    return replace(match, matched="words", highlights=tuple(spans)) if spans else None


def _is_limit(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 8) : start]
    if _PAST.search(before) or _NO_LIMIT.match(text, end):
        return False
    return bool(_WITHIN.match(text, end) or _SET.search(before))
