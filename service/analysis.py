"""How a question was understood, and why each item is in the answer or not: `yaodian analyze`."""

from dataclasses import dataclass

from corpus import Item, fold
from index import Hit
from service.answer import Answer, Match
from service.assistant import Assistant
from service.compose import best_by_item
from service.departments import takes_part
from service.membership import Found
from service.plan import Plan, in_sections

_MATCHED = {
    "number": "编号符合",
    "words": "主题的实词全部出现",
    "meaning": "按意思相近",
    "section": "部分符合",
    "department": "部门符合",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """An item, whether it is in the answer, and why; the hit where a topic was searched."""

    item: Item
    member: bool
    why: str
    hit: Hit | None


@dataclass(frozen=True, slots=True)
class Analysis:
    folded: str
    words: list[str]
    content_words: list[str]  # of the topic
    formal_words: list[str]  # that the thesaurus adds for ranking
    answer: Answer
    verdicts: list[Verdict]  # members first, then by score, then in document order


def analyze(assistant: Assistant, question: str) -> Analysis:
    """What `assistant.ask` does with the question, step by step."""
    answer = assistant.ask(question)
    founds = assistant.topic_items(answer.plan, assistant.documents)
    hits = best_by_item([hit for found in founds for hit in (*found.members, *found.others)])
    chosen = {match.item: match for match in answer.items}
    items = [item for document in assistant.documents for item in document.items]
    verdicts = [
        Verdict(item, item in chosen, _why(item, chosen.get(item), answer.plan, founds), hits.get(item))
        for item in items
    ]
    verdicts.sort(key=lambda one: (not one.member, -(one.hit.score if one.hit else 0)))
    segmenter = assistant.index.segmenter
    words = segmenter.content_words(answer.plan.topic or "")
    formal = assistant.index.formal_words(question)
    return Analysis(fold(question), segmenter.words(question), words, formal, answer, verdicts)


def _why(item: Item, match: Match | None, plan: Plan, founds: tuple[Found, ...]) -> str:
    if match:
        return _why_member(match, founds)
    of_topic = [hit for found in founds for hit in found.members if hit.item is item]
    if plan.topic and not of_topic:
        partly = any(hit.coverage > 0 for found in founds for hit in found.others if hit.item is item)
        return "实词未全部出现" if partly else "没有字面依据"
    fits = "主题符合，" if of_topic else ""
    if not in_sections(item, plan.sections):
        return fits + "部分不符"
    if not takes_part(item, plan.departments):
        return fits + "部门不符"
    return fits + "不在所问之内"


def _why_member(match: Match, founds: tuple[Found, ...]) -> str:
    if match.via == "alias":
        return "主题以别名出现"
    for found in founds:
        for hit in found.members:
            if hit.item is match.item and hit.phrase:
                return "主题原样出现" if found.sought == found.topic else f"“{found.sought}”原样出现"
    return _MATCHED[match.matched] + ("（以统称列入）" if match.via == "collective" else "")
