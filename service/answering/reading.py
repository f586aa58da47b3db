"""How a question was read, said in a sentence: 由认证部牵头、且涉及“电商”的任务."""

from collections.abc import Sequence

from corpus import Item
from service.answering.voice import PARTS, Voice
from service.understanding import PLACES, Ask, Numbered, Plan, role_field, role_word

_ORDERED = {"first": "，最早的", "last": "，最近的", "most": "，最多的", "least": "，最少的"}
BECAME = {"new": "新增", "gone": "删去", "changed": "改动", "same": "未变"}
BESIDE = {"changed": "都写到", "same": "写得一样", "new": "只在后一份", "gone": "只在前一份"}  # of unlike documents
_EXTREME = {"first": "最早到期", "last": "最晚到期"}


def asked(plan: Plan, voice: Voice) -> str:
    """What a set has in common: 由水务局牵头且涉及“夜市”（在第3部分）."""
    joint = voice.say("且")
    parts = joint.join(one.said(voice) for one in plan.where if not isinstance(one, PLACES))
    within = [plan.asked_of] if plan.asked_of and len(voice.documents) == 1 else []
    placed = [*within, *(one for one in plan.where if isinstance(one, PLACES))]
    places = [voice.say("（{place}）", place=one.said(voice)) for one in placed]
    return parts + "".join(places) + (voice.say(f"，{_EXTREME[plan.ask.due]}") if plan.ask.due else "")


def conditions(plan: Plan, voice: Voice) -> tuple[str, ...]:
    within = (plan.asked_of,) if plan.asked_of else ()
    return tuple(one.said(voice) for one in (*within, *plan.where))


def reading(plan: Plan, voice: Voice, items: Sequence[Item]) -> str:
    """The whole question as it was read."""
    said = _reading(plan, voice, items)
    return plan.asked_of.said(voice) + said if plan.asked_of and said else said


def _reading(plan: Plan, voice: Voice, items: Sequence[Item]) -> str:
    ask, noun = plan.ask, voice.noun(items)
    if ask.kind in ("chat", "none") or plan.offers:
        return ""
    if ask.kind == "about" and ask.part:
        return voice.say("的{part}" if plan.asked_of else "文件的{part}", part=voice.say(PARTS[ask.part]))
    if ask.kind == "documents" and ask.order == "every" and not plan.where:
        return voice.say("有哪些文件")
    if plan.asks_lacking:
        return _lacking(plan, voice, noun)
    numbered = [one for one in plan.where if isinstance(one, Numbered)]
    said = voice.say("、且").join(one.said(voice) for one in plan.where if not isinstance(one, Numbered))
    items_said = f"{said}{voice.say('的')}{noun}" if said else voice.say("全部") + noun
    if numbered:
        items_said = "、".join(one.said(voice) for one in numbered) + (f"（{said}）" if said else "")
    if ask.due:
        items_said += voice.say(f"里{_EXTREME[ask.due]}的")
    return items_said + _tail(ask, plan, voice)


def denied(plan: Plan, voice: Voice) -> str:
    """What the documents are not to have: 涉及“甲”或涉及“乙”."""
    joined = voice.say("且" if plan.ask.order == "notboth" else "或")
    return joined.join(one.denied().said(voice) for one in plan.denials)


def _lacking(plan: Plan, voice: Voice, noun: str) -> str:
    """没有涉及“罚款”的条款的文件."""
    have, lack = voice.say("、且").join(one.said(voice) for one in plan.demands), denied(plan, voice)
    begun = voice.say("有{have}的{noun}、", have=have, noun=noun) if have else ""
    return begun + voice.say("没有{lack}的{noun}的文件", lack=lack, noun=noun)


def _tail(ask: Ask, plan: Plan, voice: Voice) -> str:
    if ask.kind == "tally" and ask.role:
        if ask.order == "every":
            return voice.say(f"：有几个部门{role_word(ask.role)}")
        order = {"most": "最多", "least": "最少", "none": "没有"}[ask.order]
        return voice.say(f"：各部门{role_word(ask.role)}几项，谁{order}")
    if ask.kind == "changes" and plan.between:
        if plan.between.unlike:
            return voice.say("：两份文件对照")
        became = "、".join(BECAME[kind] for kind in plan.between.became)
        return voice.say(f"：两份文件之间{became}的")
    if ask.kind == "documents":
        return voice.say(f"在哪些文件里{_ORDERED.get(ask.order, '')}")
    if ask.kind == "who" and ask.role:
        return voice.say(f"的{role_field(ask.role)}")
    if plan.figure and plan.figure.kinds and ask.kind == "items":
        return voice.say("，问的是") + voice.figure(plan.figure.kinds)
    if plan.asks_definition == "surely" and ask.kind == "items":
        return voice.say("，问的是定义")
    tails = {"count": "有几项", "sections": "：各部分有几项", "place": "在哪个部分", "compare": "的异同", "content": ""}
    layouts = {"table": "，列成表", "department": "，按部门分组", "section": "，按部分分组"}
    each = "，逐份文件" if ask.each else ""
    return voice.say(tails.get(ask.kind, "") + (layouts[plan.layout] if plan.layout else "") + each)
