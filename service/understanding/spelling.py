"""What was typed wrongly: a topic that stands nowhere, and what stands there and is spelt nearly so; departments by sound."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from corpus import NUMBER, fold, to_int
from index import Index, sounds_of
from service.kept import kept
from service.understanding.constraints import About, Constraint
from service.understanding.lexicon import lexicon
from service.understanding.plan import Correction, Plan
from service.understanding.vocabulary import Vocabulary

_NUMBERS = re.compile(NUMBER)
SHORT = 3  # characters up to which a word of the dictionary is taken for what was meant
SHORTEST_NAME = 3  # characters of a department's name that may be told by its sound


def readings(topic: str, index: Index, documents: Sequence[str] | None = None) -> list[str]:
    """The topic as it may have been meant, in whole words of the documents, each once: 一代一路 -> 一带一路. A word that
    the dictionary knows is not taken for another."""
    spelt_like = partial(index.spelt_like, documents=documents)
    folded = fold(topic.strip())
    whole = len(folded) > SHORT or not index.segmenter.frequency(folded)
    if found := [meant for meant in (spelt_like(folded) if whole else ()) if _says_the_same(folded, meant)]:
        return found
    unknown = [
        word
        for word in index.segmenter.content_words(folded)
        if 1 < len(word) < len(folded) and not index.segmenter.frequency(word) and not index.stands(word, documents)
    ]
    return [
        folded.replace(word, meant) for word in unknown[:2] for meant in spelt_like(word) if _says_the_same(word, meant)
    ]


def _says_the_same(typed: str, meant: str) -> bool:
    """要履行 is not 未履行."""
    denying = [letter for letter in lexicon().words("not", "notof") if len(letter) == 1]
    denied = [sum(text.count(letter) for letter in denying) for text in (typed, fold(meant))]
    return denied[0] == denied[1] and _same_numbers(typed, meant) and not _by_small_word(typed, fold(meant))


def _by_small_word(typed: str, meant: str) -> bool:
    """养烈性犬 is not 对烈性犬: what the text says there is no letter of the word."""
    small = {letter for letter in lexicon().words("in", "with", "de", "by", "or", "be", "have") if len(letter) == 1}
    changed = [other for one, other in zip(typed, meant, strict=False) if one != other]
    return len(typed) == len(meant) and any(letter in small for letter in changed)


def _same_numbers(typed: str, meant: str) -> bool:
    """事假超过十天 is not 事假超过3天."""
    return typed.isascii() or [to_int(one) for one in _NUMBERS.findall(typed)] == [
        to_int(one) for one in _NUMBERS.findall(fold(meant))
    ]


def corrected(plan: Plan, absent: Mapping[About, str]) -> Plan:
    """The plan with topics that stand nowhere as they were meant, and that said."""

    def put(one: Constraint) -> Constraint:
        return replace(one, topic=absent[one], asked=None) if isinstance(one, About) and one in absent else one

    said = tuple(Correction(topic.topic, meant) for topic, meant in absent.items())
    return replace(plan, where=tuple(map(put, plan.where)), corrections=(*plan.corrections, *said))


def is_short_body(typed: str, vocabulary: Vocabulary) -> bool:
    """人社部门, 区残联组织: a short form that the documents write out whole."""
    folded = fold(typed)
    ends = folded.endswith(tuple(lexicon().words("unit")))
    return ends and not vocabulary.stands(folded) and bool(vocabulary.index.whole_forms(folded, vocabulary.ids))


def names_by_sound(text: str, vocabulary: Vocabulary) -> list[tuple[int, int, str]]:
    """[start, end) of what sounds like exactly one department's name and is not written so, and that name."""
    by_sound, lengths = _by_sound(vocabulary)
    sounds = sounds_of(text) if lengths else ()
    found: list[tuple[int, int, str]] = []
    for length in lengths:
        for start in range(len(text) - length + 1):
            source = by_sound.get(sounds[start : start + length])
            if source and not any(start < end and begin < start + length for begin, end, _ in found):
                found.append((start, start + length, source))
    return found


@kept()
def _by_sound(vocabulary: Vocabulary) -> tuple[dict[tuple[int, ...], str], list[int]]:
    """The name of each sound that only one department has, and the lengths of these, longest first; 各部门 is no
    name."""
    units = tuple(lexicon().classes["unit"])
    sources: dict[tuple[int, ...], set[str]] = {}
    for name, source in vocabulary.departments.items():
        if len(name) >= SHORTEST_NAME and not name.endswith(units):
            sources.setdefault(sounds_of(name), set()).add(source)
    found = {sound: some.pop() for sound, some in sources.items() if len(some) == 1}
    return found, sorted({len(sound) for sound in found}, reverse=True)
