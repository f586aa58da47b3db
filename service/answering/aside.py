"""What is asked of an answer, not of the documents: 还有吗, 为什么."""

from dataclasses import replace

from service.answering.answer import Answer, Match, items_of
from service.answering.scope import LINES, Scope


def aside(scope: Scope, answer: Answer) -> Answer:
    """还有吗, 为什么: the answer before, said to be complete, or with the reason of each item."""
    voice, plan = scope.voice, scope.plan
    if plan.aside == "more":
        return replace(answer, statements=(voice.state("complete"), *answer.statements))
    if not answer.items:
        return answer
    items = items_of(answer.items)
    lines = [voice.state("reasons", items, counted=voice.counted(len(items), items))]
    lines += [
        voice.line("reason", f"{voice.label(match.item)}：{_reason(scope, match)}", [match.item])
        for match in answer.items[:LINES]
    ]
    return replace(answer, statements=tuple(scope.cut(lines, len(items))))


def _reason(scope: Scope, match: Match) -> str:
    voice, plan = scope.voice, scope.plan
    if match.highlights:
        found = dict.fromkeys(match.item.text[start:end] for start, end in match.highlights)
        words = voice.say("正文写有{words}", words="、".join(f"“{word}”" for word in found))
        return words + (voice.departments(match.item) if plan.roles else "")
    match match.matched:
        case "department":
            return voice.say("部门说明{departments}", departments=voice.departments(match.item))
        case "section":
            return voice.say("属于{section}", section=voice.section(match.item.section or 0))
        case "meaning":
            return voice.say("与问题意思相近")
    unwanted = [one.topic for one in plan.topics if one.not_]
    if unwanted:
        return voice.say("没有写到“{topic}”", topic="、".join(unwanted))
    return voice.say("问的就是这个编号")
