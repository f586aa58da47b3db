"""The packaged questions: enough of each kind, in many frames, and every label equal to the document as parsed."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from corpus import Document, Item, fold, is_traditional, load_corpus, to_simplified
from eval.cases import Case, Known, to_cases
from eval.tables import read_jsonl
from index import Segmenter
from service import DocumentReply, Wire

PATH = Path(__file__).parent.parent / "eval" / "questions" / "cnca-2017.jsonl"
DOCUMENT: Document = load_corpus().documents[0]
ITEMS = DOCUMENT.items
REPLY = DocumentReply.model_validate(Wire(load_corpus()).document(DOCUMENT))
CASES = to_cases(read_jsonl(PATH), Known.of([REPLY]), PATH.name)
LEAST = {
    "topic": 80,
    "paraphrase": 80,
    "department": 60,
    "number": 50,
    "count": 40,
    "field": 30,
    "about": 20,
    "follow-up": 40,
    "unanswerable": 50,
}
CHECKED = [case for case in CASES if case.kind in ("topic", "department", "number", "count", "field", "follow-up")]


def atom(name: str) -> set[Item]:
    """The items that one part of a topic names: lead:法律部, text:品牌, item:3,5-7, section:2, joint, unled, all."""
    what, _, value = name.partition(":")
    match what:
        case "all":
            return set(ITEMS)
        case "joint":
            return {item for item in ITEMS if len(item.lead) > 1}
        case "unled":
            return {item for item in ITEMS if not item.lead}
        case "text":
            return {item for item in ITEMS if fold(value) in fold(item.text)}
        case "section":
            return {item for item in ITEMS if item.section == int(value)}
        case "item":
            ends = [(int(first), int(last or first)) for first, last in re.findall(r"(\d+)(?:-(\d+))?", value)]
            return {item for item in ITEMS if any(first <= item.number <= last for first, last in ends)}
        case "only-lead":
            return {item for item in ITEMS if simplified(item.lead) == {value}}
        case "only-support":
            return {item for item in ITEMS if simplified(item.support) == {value}}
        case "lead" | "support" | "any":
            return {item for item in ITEMS if value in taking_part(item, what)}
    raise AssertionError(f"unknown part of a topic: {name}")


def taking_part(item: Item, role: str) -> set[str]:
    lead, support = simplified(item.lead), simplified(item.supporting)
    return lead if role == "lead" else support if role == "support" else lead | support


def simplified(names: tuple[str, ...]) -> set[str]:
    return {to_simplified(name) for name in names}


def named_by(topic: str) -> set[Item]:
    """`lead:法律部 & text:监管 - section:1`, read from left to right."""
    first, *rest = topic.split()
    items = atom(first)
    for operator, name in zip(rest[::2], rest[1::2], strict=True):
        other = atom(name)
        items = items & other if operator == "&" else items | other if operator == "|" else items - other
    return items


def frame(case: Case) -> str:
    """The question with what it asks about, numbers and departments taken out."""
    text = fold(case.question)
    values = [fold(value) for value in re.findall(r"\S+:(\S+)", case.topic)] + [*map(fold, DOCUMENT.departments)]
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, "X")
    return re.sub(r"[\d〇一二三四五六七八九十百零廿卅两]+", "N", text)


def rows_of(topic: str) -> dict[str, int]:
    """`table lead section:3` -> how often each department leads there; top and bottom: the most and the fewest."""
    shown, role, *section = topic.split()
    items = atom(section[0]) if section else set(ITEMS)
    counts = Counter(name for item in items for name in taking_part(item, role))
    if shown == "table":
        return dict(counts)
    ends = max(counts.values()) if shown == "top" else min(counts.values())
    return {name: count for name, count in counts.items() if count == ends}


def test_there_are_enough_questions_of_each_kind() -> None:
    counts = Counter(case.kind for case in CASES)
    assert counts.keys() == LEAST.keys()
    assert all(counts[kind] >= least for kind, least in LEAST.items())
    assert len(CASES) >= 400
    near = [case for case in CASES if case.note == "用文件里的词，但文件答不了"]
    assert 0.5 <= len(near) / counts["unanswerable"] <= 0.6


def test_dev_and_test_are_about_half_each_of_every_kind_and_share_no_topic() -> None:
    splits = defaultdict(set)
    for case in CASES:
        splits[case.kind, case.topic].add(case.split)
        if case.kind in ("topic", "paraphrase"):  # however it is asked, the same items are the same topic
            splits["content", str(case.items)].add(case.split)
    assert [topic for topic, of in splits.items() if len(of) > 1] == []
    for kind in LEAST:
        share = Counter(case.split for case in CASES if case.kind == kind)
        assert abs(share["dev"] - share["test"]) <= 0.1 * (share["dev"] + share["test"]), kind


def test_the_turns_of_a_dialogue_stand_in_one_split_and_follow_each_other() -> None:
    asked = {(*case.history, case.question): case.split for case in CASES if case.kind == "follow-up"}
    assert all(1 <= len(turns) - 1 <= 3 for turns in asked)
    for turns, split in asked.items():
        assert asked.get(turns[:-1], split) == split


def test_what_is_asked_by_its_content_has_an_answer() -> None:
    assert [case.id for case in CASES if case.kind in ("topic", "paraphrase") and not case.items] == []


def test_no_question_is_asked_twice() -> None:
    counts = Counter((fold(case.question), case.history) for case in CASES)
    assert [question for question, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("kind", LEAST)
def test_a_kind_is_asked_in_many_frames(kind: str) -> None:
    frames = Counter(frame(case) for case in CASES if case.kind == kind)
    assert len(frames) >= 15
    assert max(frames.values()) <= 0.15 * frames.total()


def test_a_fifth_is_in_traditional_script() -> None:
    share = sum(is_traditional(case.question) for case in CASES) / len(CASES)
    assert 0.2 <= share <= 0.3


def test_a_paraphrase_shares_at_most_one_content_word_with_its_items(segmenter: Segmenter) -> None:
    texts = {f"{DOCUMENT.id}#{item.id}": fold(item.text) for item in ITEMS}
    for case in CASES:
        if case.kind == "paraphrase":
            words = {*segmenter.content_words(case.question)} & {*segmenter.words(case.question)}
            shared = [word for word in words if any(word in texts[item] for item in case.items or ())]
            assert len(shared) <= 1, (case.question, shared)


@pytest.mark.parametrize("case", CHECKED, ids=lambda case: case.id)
def test_the_label_is_what_the_document_says(case: Case) -> None:
    if case.topic.startswith(("table", "top ", "bottom")):
        assert case.items is None
        assert case.table == rows_of(case.topic)
        assert case.count in (None, len(case.table))
        return
    topic, _, role = case.topic.partition(" > ")
    items = named_by(topic)
    departments = {name for item in items for name in taking_part(item, role)} if role else None
    if case.declined:  # a department, an item or a section that the document lacks; or the departments of an item
        assert not departments if role else not items
        assert case.items is None
        return
    assert set(case.items or ()) == {f"{DOCUMENT.id}#{item.id}" for item in items}
    assert (None if case.departments is None else set(case.departments)) == departments
    assert case.count == len(items) or (case.count is None and case.kind != "count")


@pytest.mark.parametrize("case", [case for case in CASES if case.kind == "about"], ids=lambda case: case.id)
def test_a_label_about_the_document_stands_in_it(case: Case) -> None:
    spans = [part.span for part in DOCUMENT.head] + [section.span for section in DOCUMENT.sections]
    around = [to_simplified(DOCUMENT.text[span.start : span.end]) for span in spans]
    if case.quote is not None:
        assert any(case.quote in text for text in around)
    else:
        assert case.count == {"departments": len(DOCUMENT.departments), "sections": len(DOCUMENT.sections)}[case.topic]


def test_sets_are_complete() -> None:
    labels = {case.question: case.items for case in CASES}
    assert labels["哪些任务涉及品牌建设"] == tuple(f"cnca-2017#{number}" for number in (1, 3, 4, 5, 26, 27))
    assert labels["只有法律部协作的任务"] == tuple(f"cnca-2017#{number}" for number in (9, 10, 13, 15, 17))
    assert labels["国际部参与哪些任务"] == tuple(
        f"cnca-2017#{number}" for number in (2, 12, 14, 18, 19, 20, 21, 22, 27, 31, 32, 34, 35)
    )
