"""How a question was understood, and why each item is in the answer or not: `yaodian analyze`."""

from dataclasses import dataclass

from corpus import Item, fold
from index import Hit, Mask
from service.answering import Answer, Found, Match, best_by_item
from service.assistant import Assistant
from service.understanding import About, Plan
from service.understanding.explain import Explained, explain

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
    explained: Explained  # tokens, the forms that took them, what was left
    answer: Answer
    verdicts: list[Verdict]  # members first, then by score, then in document order


def analyze(assistant: Assistant, question: str) -> Analysis:
    """What `assistant.ask` does with the question, step by step."""
    answer = assistant.ask(question)
    topics = assistant.topics_found(answer.plan, assistant.documents)
    founds = tuple(found for topic, some in topics.items() if not topic.not_ for found in some)
    hits = best_by_item([hit for found in founds for part in found.hits for hit in part])
    chosen = {match.item: match for match in answer.items}
    items = [item for document in assistant.documents for item in document.items]
    failing = _failing(assistant, answer.plan)
    verdicts = [
        Verdict(item, item in chosen, _why(item, row, chosen.get(item), answer.plan, founds, failing), hits.get(item))
        for row, item in enumerate(items)
    ]
    verdicts.sort(key=lambda one: (not one.member, -(one.hit.score if one.hit else 0)))
    segmenter = assistant.index.segmenter
    words = segmenter.content_words(answer.plan.topic or "")
    formal = assistant.index.formal_words(question)
    explained = explain(question, assistant.vocabulary)
    return Analysis(fold(question), segmenter.words(question), words, formal, explained, answer, verdicts)


def _failing(assistant: Assistant, plan: Plan) -> list[tuple[str, Mask]]:
    """Each condition but topics, and the rows that do not fulfil it."""
    columns = assistant.index.columns
    return [(type(one).__name__, one.rows(columns).denied().named) for one in plan.where if not isinstance(one, About)]


def _why(
    item: Item,
    row: int,
    match: Match | None,
    plan: Plan,
    founds: tuple[Found, ...],
    failing: list[tuple[str, Mask]],
) -> str:
    if match:
        return _why_member(match, founds)
    of_topic = [hit for found in founds for hit in found.members if hit.item == item]
    if plan.topic and not of_topic:
        partly = any(hit.coverage > 0 for found in founds for hit in found.others if hit.item == item)
        return "实词未全部出现" if partly else "没有字面依据"
    fits = "主题符合，" if of_topic else ""
    names = {"InSection": "部分不符", "InRole": "部门不符"}
    return fits + next((names.get(kind, "条件不符") for kind, rows in failing if rows[row]), "不在所问之内")


def _why_member(match: Match, founds: tuple[Found, ...]) -> str:
    if match.via == "alias":
        return "主题以别名出现"
    for found in founds:
        for hit in found.members:
            if hit.item == match.item and hit.phrase:
                return "主题原样出现" if found.sought == found.topic else f"“{found.sought}”原样出现"
    return _MATCHED[match.matched] + ("（以统称列入）" if match.via == "collective" else "")
